"""Those who leave: what they have to give back, what was given back, who left with something."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.entities.assets import ASSET
from app.errors import InvalidFields
from app.fields import day, joined
from app.models import Asset, History, Licence, LicenceSeat, Loan, Person
from app.models.codes import AssetStatus
from app.services import loans, records

PERSON, SEAT = ENTITIES["person"], ENTITIES["licence_seat"]
AROUND = timedelta(days=31)
"""What was given back that long before the last day belongs to the departure."""
KEPT = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
SEATED = (LicenceSeat.released_on.is_(None), LicenceSeat.deleted_at.is_(None))


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that a person has, or had: an asset, a loan or a licence, with the title of the asset lent. `on` is
    the day it was given back."""

    entity: str
    id: int
    number: str
    name: str
    serial: str
    how: str
    on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.entity}:{self.id}"


def held(session: Session, person_id: int) -> list[Held]:
    """What is to be given back: assets, open loans, licences."""
    return [*_assets(session, person_id), *_loans(session, person_id), *_seats(session, person_id)]


def _asset(asset: Asset, how: str, entity: str = "asset", record_id: int = 0, on: date | None = None) -> Held:
    name = joined(asset.brand, asset.model) or asset.name or ""
    return Held(entity, record_id or asset.id, asset.number, name, asset.serial or "", how, on)


def _assets(session: Session, person_id: int) -> Iterator[Held]:
    found = session.scalars(select(Asset).where(Asset.person_id == person_id, *KEPT).order_by(Asset.number))
    return (_asset(asset, "Affecté") for asset in found)


def _loans(session: Session, person_id: int) -> Iterator[Held]:
    found = session.execute(
        select(Loan.id, Loan.due_on, Asset)
        .join(Asset, Asset.id == Loan.asset_id)
        .where(Loan.person_id == person_id, *loans.OPEN)
        .order_by(Loan.id)
    )
    for loan, due, asset in found:
        yield _asset(asset, f"Prêt, dû le {day(due)}" if due else "Prêt", "loan", loan)


def _seats(session: Session, person_id: int) -> Iterator[Held]:
    found = session.execute(
        select(LicenceSeat.id, Licence)
        .join(Licence, Licence.id == LicenceSeat.licence_id)
        .where(LicenceSeat.person_id == person_id, *SEATED)
        .order_by(Licence.number)
    )
    return (Held("licence_seat", seat, licence.number, licence.name, "", "Licence") for seat, licence in found)


def reference(session: Session, person_id: int) -> str:
    """What names somebody on a paper: the whole name, or the address when another bears the same name."""
    person = session.get_one(Person, person_id)
    title = records.title(session, PERSON, person_id)
    same = select(func.count()).where(
        Person.first_name == person.first_name, Person.last_name == person.last_name, Person.deleted_at.is_(None)
    )
    alone = person.email is None or (session.scalar(same) or 0) < 2  # noqa: PLR2004 - two are one too many
    return title if alone else str(person.email)


def leave(session: Session, person_id: int, on: date, returned: Collection[str]) -> int:
    """The person leaves that day; `returned` are the keys of what was given back. Gives how many things remain.

    An asset given back is in stock and nobody's, a loan is over, a licence is free.
    """
    things = held(session, person_id)
    for thing in things:
        if thing.key in returned:
            _take_back(session, thing, on)
    records.update(session, PERSON, person_id, {"left_on": on})
    return sum(thing.key not in returned for thing in things)


def _take_back(session: Session, thing: Held, on: date) -> None:
    if thing.entity == "asset":
        asset = session.get_one(Asset, thing.id)
        status = AssetStatus.IN_STOCK if asset.status == AssetStatus.IN_SERVICE else asset.status
        records.update(session, ASSET, thing.id, {"person_id": None, "service": None, "status": status})
    elif thing.entity == "loan":
        _refuse_before(session.get_one(Loan, thing.id).lent_on, on, thing)
        loans.give_back(session, thing.id, on)
    else:
        records.update(session, SEAT, thing.id, {"released_on": on})


def _refuse_before(lent: date, on: date, thing: Held) -> None:
    if on < lent:
        raise InvalidFields({"left_on": f"{thing.number} n’a été prêté que le {day(lent)}."})


def given_back(session: Session, person_id: int) -> list[Held]:
    """What somebody gave back around the day of leaving; nothing while the departure is not noted."""
    left = session.get_one(Person, person_id).left_on
    if left is None:
        return []
    since = left - AROUND
    return [
        *_assets_back(session, person_id, since),
        *_loans_back(session, person_id, since),
        *_seats_back(session, person_id, since),
    ]


def _assets_back(session: Session, person_id: int, since: date) -> Iterator[Held]:
    """From the history: the assets that ceased to be this person's."""
    before: Any = func.json_extract(History.before, "$.person_id")
    after: Any = func.json_extract(History.after, "$.person_id")
    moved = select(History.record_id, func.max(History.at)).where(
        History.table_name == "asset", before == person_id, or_(after.is_(None), after != person_id),
        History.at >= since.isoformat(),
    )  # fmt: skip
    days = {
        record_id: date.fromisoformat(at[:10]) for record_id, at in session.execute(moved.group_by(History.record_id))
    }
    wanted = (Asset.id.in_(days), or_(Asset.person_id.is_(None), Asset.person_id != person_id))
    for asset in session.scalars(select(Asset).where(*wanted, *KEPT).order_by(Asset.number)):
        yield _asset(asset, "Affecté", on=days[asset.id])


def _loans_back(session: Session, person_id: int, since: date) -> Iterator[Held]:
    found = session.execute(
        select(Loan.id, Loan.returned_on, Asset)
        .join(Asset, Asset.id == Loan.asset_id)
        .where(Loan.person_id == person_id, Loan.returned_on >= since, Loan.deleted_at.is_(None))
        .order_by(Loan.id)
    )
    return (_asset(asset, "Prêt", "loan", loan, on) for loan, on, asset in found)


def _seats_back(session: Session, person_id: int, since: date) -> Iterator[Held]:
    found = session.execute(
        select(LicenceSeat.id, LicenceSeat.released_on, Licence)
        .join(Licence, Licence.id == LicenceSeat.licence_id)
        .where(
            LicenceSeat.person_id == person_id, LicenceSeat.released_on >= since, LicenceSeat.deleted_at.is_(None)
        )
        .order_by(Licence.number)
    )  # fmt: skip
    return (Held("licence_seat", seat, licence.number, licence.name, "", "Licence", on) for seat, on, licence in found)
