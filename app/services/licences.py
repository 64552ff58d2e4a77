"""Licences: how they are used, to whom they are given, when they end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.entities.software import LICENCE, LICENCE_SEAT
from app.errors import InvalidFields, NotFound
from app.models import Asset, Family, Licence, LicenceSeat
from app.models.codes import LicenceState
from app.services import records, software_use
from app.services.security_checks import SERVERS


@dataclass(frozen=True, slots=True)
class Usage:
    """Seats held (None: no limit), those given, machines seen with its software, seats used and left: negative when
    more is used than held, None without limit."""

    seats: int | None
    assigned: int
    seen: int
    used: int
    free: int | None
    state: LicenceState


@dataclass(frozen=True, slots=True)
class Given:
    """What `assign` did: licences given, and those that were given already."""

    added: int
    already: int


@dataclass(frozen=True, slots=True)
class Held:
    """A licence given to an asset; `seat` is the id of what was given, `over` when it has expired."""

    seat: int
    licence: int
    number: str
    name: str
    since: date | None
    expires_on: date | None
    over: bool


def usage(session: Session, licence_id: int, on: date) -> Usage:
    """NotFound when the licence is in the bin."""
    found = software_use.of_licences(on).subquery()
    row = session.execute(select(found).where(found.c.id == licence_id)).one_or_none()
    if row is None:
        raise NotFound("Cette licence n’existe plus.")
    return Usage(row.seats, row.assigned, row.seen, row.used, row.free, row.state)


def in_state(session: Session, on: date, *states: LicenceState) -> tuple[int, ...]:
    found = software_use.of_licences(on).subquery()
    return tuple(session.scalars(select(found.c.id).where(found.c.state.in_(states)).order_by(found.c.id)))


def over(session: Session, on: date) -> tuple[int, ...]:
    """Those of which more is used than was bought."""
    return in_state(session, on, LicenceState.OVER)


def expired(session: Session, on: date) -> tuple[int, ...]:
    return in_state(session, on, LicenceState.LAPSED, LicenceState.EXPIRED)


def idle(session: Session, on: date) -> tuple[int, ...]:
    """« Sans usage »: in force, given to nobody, its software seen nowhere."""
    return in_state(session, on, LicenceState.UNUSED)


def ending_by(on: date, until: date) -> Select[int]:
    """Those that expire from today to that day, the first first."""
    wanted = select(Licence.id).where(Licence.deleted_at.is_(None), Licence.expires_on.between(on, until))
    return wanted.order_by(Licence.expires_on, Licence.id)


def expired_by(on: date) -> Select[int]:
    wanted = select(Licence.id).where(Licence.deleted_at.is_(None), Licence.expires_on < on)
    return wanted.order_by(Licence.expires_on, Licence.id)


def given_beyond(on: date) -> Select[int]:
    """Those in force that were given more often than bought, whatever the machines seen."""
    given = select(func.count()).where(LicenceSeat.licence_id == Licence.id, *software_use.OPEN).scalar_subquery()
    return select(Licence.id).where(software_use.in_force(on), given > Licence.seats).order_by(Licence.id)


def assign(
    session: Session, licences: Iterable[int], assets: Iterable[int] = (), persons: Iterable[int] = (), *, on: date
) -> Given:
    """Give each of these licences to each of these assets and persons, from that day on; once is enough."""
    wanted = [
        {"licence_id": one, **to}
        for one in licences
        for to in [*({"asset_id": asset} for asset in assets), *({"person_id": person} for person in persons)]
    ]
    if not wanted:
        raise InvalidFields({"": "Choisissez au moins une ligne dans la liste."})
    known = select(LicenceSeat.licence_id, LicenceSeat.asset_id, LicenceSeat.person_id).where(*software_use.OPEN)
    there = {tuple(row) for row in session.execute(known)}
    new = [one for one in wanted if (one["licence_id"], one.get("asset_id"), one.get("person_id")) not in there]
    for values in new:
        records.create(session, LICENCE_SEAT, {**values, "assigned_on": on})
    return Given(len(new), len(wanted) - len(new))


def release(session: Session, seats: Iterable[int], on: date) -> int:
    """Take back what was given, that day; what was taken back before stays as it was. Gives how many."""
    done = 0
    for seat_id in seats:
        seat = session.get(LicenceSeat, seat_id)
        if seat is None or seat.released_on is not None:
            continue
        if seat.assigned_on is not None and on < seat.assigned_on:
            raise InvalidFields({"on": "Ce jour précède celui où la licence a été donnée."})
        records.update(session, LICENCE_SEAT, seat_id, {"released_on": on})
        done += 1
    return done


def of_asset(session: Session, asset_id: int, on: date) -> tuple[Held, ...]:
    """The licences given to this asset, in the order of their numbers."""
    statement = (
        select(LicenceSeat.id, Licence.id, Licence.number, Licence.name, LicenceSeat.assigned_on, Licence.expires_on)
        .join(Licence, Licence.id == LicenceSeat.licence_id)
        .where(LicenceSeat.asset_id == asset_id, *software_use.OPEN, Licence.deleted_at.is_(None))
        .order_by(Licence.number)
    )
    rows = session.execute(statement)
    return tuple(Held(*row, over=row.expires_on is not None and row.expires_on < on) for row in rows)


def in_force(session: Session, on: date) -> tuple[tuple[int, str], ...]:
    """(id, « LIC-0001 Microsoft 365 ») of what can be given."""
    wanted = select(Licence.id).where(software_use.in_force(on)).order_by(Licence.number)
    return tuple((one, records.title(session, LICENCE, one)) for one in session.scalars(wanted))


def computer_families(session: Session) -> tuple[int, ...]:
    """The families of computers, which software is installed on."""
    wanted = select(Family.id).where(Family.deleted_at.is_(None), or_(Family.is_workstation, Family.icon.in_(SERVERS)))
    return tuple(session.scalars(wanted.order_by(Family.id)))


def is_computer(session: Session, asset_id: int) -> bool:
    families = computer_families(session)
    return session.scalar(select(Asset.id).where(Asset.id == asset_id, Asset.family_id.in_(families))) is not None
