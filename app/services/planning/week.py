"""A week by technician, and a month at a glance, as the page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import fold
from app.models import Company, Visit
from app.models.codes import Zone
from app.models.upkeep_codes import VisitState, VisitStatus
from app.rules.holidays import public_holidays
from app.rules.notice import add_months
from app.services.planning import visits
from app.services.planning.visits import VisitRow

SATURDAY = 5
DAY = timedelta(days=1)
MOST = 12
"""People without a visit that week who have a line in it."""
GRAVEST = tuple(VisitState)
"""The states, what calls for an act first."""


@dataclass(frozen=True, slots=True)
class Day:
    """`holiday` is its name, empty on an ordinary day; `inside`: of the month shown."""

    on: date
    holiday: str
    visits: tuple[VisitRow, ...] = ()
    inside: bool = True

    @property
    def worked(self) -> bool:
        return not self.holiday and self.on.weekday() < SATURDAY

    @property
    def state(self) -> VisitState | None:
        """The gravest of its visits."""
        return min((one.state for one in self.visits), key=GRAVEST.index, default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """The week of a technician, "" for what nobody has: the visits of each day, and how long they last."""

    technician: str
    cells: tuple[tuple[VisitRow, ...], ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Friday, and the week-end where something is planned then."""

    days: tuple[Day, ...]
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        return sum(len(day.visits) for day in self.days)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def of_week(session: Session, monday: date, technicians: Sequence[str] = (), today: date | None = None) -> Week:
    """`technicians`: only theirs ("" for what nobody has); none: everybody's, with a line for each of those who have
    visits to come, so that one may be given to them."""
    found = _chosen(visits.of_week(session, monday, today=today), technicians)
    days = [day for day in _days(session, monday, 7, found) if day.on.weekday() < SATURDAY or day.visits]
    known = technicians or ["", *everybody(session)[:MOST]]
    who = sorted({one.technician for one in found} | set(known), key=lambda name: (not name, fold(name)))
    return Week(tuple(days), tuple(_line(name, days) for name in who))


def _line(technician: str, days: Iterable[Day]) -> Line:
    cells = tuple(tuple(one for one in day.visits if one.technician == technician) for day in days)
    return Line(technician, cells, sum(one.duration_minutes or 0 for cell in cells for one in cell))


def of_month(
    session: Session, month: date, technicians: Sequence[str] = (), today: date | None = None
) -> list[tuple[Day, ...]]:
    """The weeks of the month, Monday first, with the days around it that fill them."""
    first = month.replace(day=1)
    start, last = monday_of(first), add_months(first, 1) - DAY
    count = 7 * ((last - start).days // 7 + 1)
    found = _chosen(visits.between(session, start, start + timedelta(days=count - 1), today=today), technicians)
    days = _days(session, start, count, found, first.month)
    return [tuple(days[at : at + 7]) for at in range(0, count, 7)]


def _chosen(found: Iterable[VisitRow], technicians: Sequence[str]) -> list[VisitRow]:
    return [one for one in found if not technicians or one.technician in technicians]


def _days(session: Session, start: date, count: int, found: Iterable[VisitRow], month: int = 0) -> list[Day]:
    zone = session.scalar(select(Company.zone).where(Company.deleted_at.is_(None)).limit(1)) or Zone.METROPOLE
    held: dict[date, list[VisitRow]] = {}
    for one in found:
        held.setdefault(one.planned_on, []).append(one)
    return [
        Day(
            on,
            public_holidays(zone.value, on.year).get(on, ""),
            tuple(held.get(on, ())),
            not month or on.month == month,
        )
        for on in (start + timedelta(days=at) for at in range(count))
    ]


def everybody(session: Session) -> list[str]:
    """Those who have visits still planned, by name."""
    rows = session.scalars(
        select(Visit.technician)
        .where(Visit.technician.is_not(None), Visit.deleted_at.is_(None), Visit.status == VisitStatus.PLANNED)
        .distinct()
    )
    return sorted((name for name in rows if name), key=fold)


def named(session: Session, name: str) -> str:
    """A technician as the visits write it, whatever the capitals and accents; NotFound for one without any."""
    if not name:
        return ""
    known = session.scalars(select(Visit.technician).where(Visit.technician.is_not(None), Visit.deleted_at.is_(None)))
    for one in known.unique():
        if one and fold(one) == fold(name):
            return one
    raise NotFound(f"Aucune visite n’est confiée à «\u00a0{name}\u00a0».")
