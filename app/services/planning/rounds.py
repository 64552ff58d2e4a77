"""The round of a day: who goes where, in which order; changed by keys, else site after site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.fields import fold, joined
from app.models import Site, Visit
from app.models.upkeep_codes import VisitStatus
from app.services.planning import visits
from app.services.planning.visits import VisitRow

NO_SITE = "Sans site"
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Stop:
    """A site and what is done there, in the order of the round; a site where one goes back is another stop."""

    site_id: int | None
    site: str
    address: str
    visits: tuple[VisitRow, ...]

    @property
    def minutes(self) -> int:
        return sum(one.duration_minutes or 0 for one in self.visits)


def technicians(session: Session, on: date) -> list[tuple[str, int]]:
    """Those who have visits that day, with how many, by name; "" for what nobody has."""
    rows = session.execute(
        select(func.coalesce(Visit.technician, ""), func.count())
        .where(Visit.planned_on == on, Visit.status != VisitStatus.CANCELLED, Visit.deleted_at.is_(None))
        .group_by(func.coalesce(Visit.technician, ""))
    )
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: (not one[0], fold(one[0])))


def stops(session: Session, on: date, technician: str = "", today: date | None = None) -> list[Stop]:
    """In the order chosen, else site after site: the hours agreed first, then the postal codes."""
    found = ordered(session, _of(session, on, technician, today))
    cut: list[list[VisitRow]] = []
    for one in found:
        if cut and cut[-1][-1].site_id == one.site_id:
            cut[-1].append(one)
        else:
            cut.append([one])
    return [_stop(session, own) for own in cut]


def _of(session: Session, on: date, technician: str, today: date | None = None) -> list[VisitRow]:
    found = visits.between(session, on, on, today=today)
    return [one for one in found if one.technician == technician and one.status != VisitStatus.CANCELLED]


def _stop(session: Session, own: Sequence[VisitRow]) -> Stop:
    site = session.get(Site, own[0].site_id) if own[0].site_id is not None else None
    if site is None:
        return Stop(None, NO_SITE, "", tuple(own))
    return Stop(site.id, site.name, joined(site.address, joined(site.postal_code, site.city), by=", "), tuple(own))


def ordered(session: Session, found: Sequence[VisitRow]) -> list[VisitRow]:
    """By rank once somebody chose; what was added since comes last."""
    if any(one.rank for one in found):
        return list(found)
    codes = {row.id: row.postal_code or "" for row in session.execute(select(Site.id, Site.postal_code))}
    first: dict[int | None, int] = {}
    for one in found:
        at = MIDNIGHT if one.starts_at is None else one.starts_at
        first[one.site_id] = min(first.get(one.site_id, MIDNIGHT), at)
    return sorted(
        found,
        key=lambda one: (
            first[one.site_id],
            codes.get(one.site_id or 0, "~"),
            fold(one.site),
            MIDNIGHT if one.starts_at is None else one.starts_at,
            one.id,
        ),
    )


def shift(session: Session, visit_id: int, step: int) -> bool:
    """One place earlier (-1) or later (1) in its round; False at an end of it."""
    one = visits.get(session, visit_id)
    found = [row.id for row in ordered(session, _of(session, one.planned_on, one.technician))]
    at = found.index(visit_id)
    if not 0 <= at + step < len(found):
        return False
    found[at], found[at + step] = found[at + step], found[at]
    rank(session, found)
    return True


def by_site(session: Session, on: date, technician: str = "") -> None:
    """Forget the order chosen: site after site again."""
    rank(session, [one.id for one in _of(session, on, technician)], forget=True)


def rank(session: Session, wanted: Sequence[int], *, forget: bool = False) -> None:
    """The visits of a round, in this order."""
    for place, visit_id in enumerate(wanted, 1):
        session.execute(update(Visit).where(Visit.id == visit_id).values(rank=None if forget else place))
