"""The awareness of employees: sessions, who was invited, who came, who never did (domain.md C.9, clauses 14 and 15).

A session is a visit of that kind; whether somebody came is unknown until it is told.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.fields import clean_text, fold, joined
from app.models import Person, Site, Visit, VisitPerson
from app.models.upkeep_codes import TaskKind, VisitResult, VisitState, VisitStatus
from app.rules.notice import add_months
from app.services import records
from app.services.planning import standing

VISIT = ENTITIES["visit"]
NO_SERVICE = "Sans service"
MONTHS = 12
"""How far back the rates are counted."""
TO_COME = "Cette séance n’a pas encore eu lieu."
NOBODY = "Personne n’est invité à cette séance."
HELD = (Visit.status == VisitStatus.DONE, Visit.deleted_at.is_(None))
INVITED = VisitPerson.deleted_at.is_(None)
AWARENESS = Visit.kind == TaskKind.AWARENESS


@dataclass(frozen=True, slots=True)
class Held:
    """A session: `came` and `absent` among the `invited`; the others are not told."""

    id: int
    number: str
    topic: str
    on: date
    starts_at: int | None
    trainer: str
    site: str
    state: VisitState
    invited: int
    came: int
    absent: int


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody still there. `invited` to how many sessions held since the day asked, `came` to how many of them, last
    on `last_on` (whenever it was)."""

    id: int
    name: str
    service: str
    invited: int
    came: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a service came at least once since the day asked."""

    service: str
    people: int
    came: int


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who may be invited to a session; `present` is None until it is told."""

    id: int
    name: str
    service: str
    invited: bool
    present: bool | None


def since(today: date) -> date:
    """The first day of what the rates count."""
    return add_months(today, -MONTHS)


def sessions(session: Session, today: date) -> list[Held]:
    """Newest first."""
    here = VisitPerson.present.is_(True)
    told = [func.count(VisitPerson.id), func.count().filter(here), func.count().filter(VisitPerson.present.is_(False))]
    own = Visit.__table__
    on = func.coalesce(own.c.done_on, own.c.planned_on, type_=own.c.due_on.type)
    rows = session.execute(
        select(
            own.c.id, own.c.number, own.c.label, on, own.c.starts_at, func.coalesce(own.c.technician, ""),
            func.coalesce(Site.name, ""), standing.state_on(own, today), *told,
        )
        .outerjoin(Site, Site.id == own.c.site_id)
        .outerjoin(VisitPerson, (VisitPerson.visit_id == own.c.id) & INVITED)
        .where(own.c.kind == TaskKind.AWARENESS, own.c.deleted_at.is_(None))
        .group_by(own.c.id)
        .order_by(on.desc(), own.c.id.desc())
    )  # fmt: skip
    return [Held(*row) for row in rows]


def _there(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Person.deleted_at.is_(None),
        or_(Person.left_on.is_(None), Person.left_on >= today),
        or_(Person.arrived_on.is_(None), Person.arrived_on <= today),
    )


def attendees(session: Session, today: date) -> list[Attendee]:
    """Those who never came first, then those who came longest ago."""
    came = VisitPerson.present.is_(True)
    held = (
        select(
            VisitPerson.person_id,
            func.count().filter(Visit.done_on >= since(today)).label("invited"),
            func.count().filter(Visit.done_on >= since(today), came).label("came"),
            func.max(Visit.done_on, type_=Visit.__table__.c.done_on.type).filter(came).label("last_on"),
        )
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(INVITED, AWARENESS, *HELD, Visit.done_on <= today)
        .group_by(VisitPerson.person_id)
        .subquery()
    )
    rows = session.execute(
        select(Person, held.c.invited, held.c.came, held.c.last_on)
        .outerjoin(held, held.c.person_id == Person.id)
        .where(*_there(today))
    )
    found = [
        Attendee(one.id, _name(one), one.service or NO_SERVICE, invited or 0, came or 0, last)
        for one, invited, came, last in rows
    ]
    return sorted(found, key=lambda one: (one.last_on or date.min, fold(one.name)))


def _name(person: Person) -> str:
    return joined(person.last_name, person.first_name)


def never(found: Iterable[Attendee]) -> list[Attendee]:
    """Those who never came to any session."""
    return [one for one in found if one.last_on is None]


def reaches(found: Iterable[Attendee]) -> list[Reach]:
    """Service by service, the least reached first."""
    people: dict[str, list[Attendee]] = {}
    for one in found:
        people.setdefault(one.service, []).append(one)
    told = [Reach(name, len(of), sum(one.came > 0 for one in of)) for name, of in people.items()]
    return sorted(told, key=lambda one: (one.came / one.people, fold(one.service)))


def guests(session: Session, visit_id: int | None, today: date) -> list[Guest]:
    """All who may be invited, by service and name; those invited even if they left since."""
    told = {
        one.person_id: one.present
        for one in session.scalars(select(VisitPerson).where(VisitPerson.visit_id == visit_id, INVITED))
    }
    wanted = select(Person).where(or_(Person.id.in_(told), *[_all(_there(today))]))
    found = [
        Guest(one.id, _name(one), one.service or NO_SERVICE, one.id in told, told.get(one.id))
        for one in session.scalars(wanted)
    ]
    return sorted(found, key=lambda one: (fold(one.service), fold(one.name)))


def _all(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *rest = conditions
    for one in rest:
        first = first & one
    return first


def plan(session: Session, values: dict[str, Any], people: Collection[int]) -> int:
    """A session and its guests. `values` are fields of a visit: label, planned_on, starts_at, technician…"""
    fixed = {"kind": TaskKind.AWARENESS, "due_on": values.get("planned_on")}
    made = records.create(session, VISIT, values | fixed)
    invite(session, made, people)
    return made


def invite(session: Session, visit_id: int, people: Collection[int]) -> None:
    """The guests are those, and no other; what is told of their presence stays."""
    known = {one.person_id: one for one in session.scalars(select(VisitPerson).where(VisitPerson.visit_id == visit_id))}
    for person in people:
        kept = known.get(person)
        if kept is None:
            session.add(VisitPerson(visit_id=visit_id, person_id=person))
        elif kept.deleted_at is not None:
            kept.deleted_at = kept.deleted_by = None
    for person, kept in known.items():
        if person not in people and kept.deleted_at is None:
            kept.deleted_at, kept.deleted_by = datetime.now(UTC), session.info.get("who")
    session.flush()


def hold(
    session: Session, visit_id: int, on: date, present: Collection[int], *, today: date, notes: str | None = None
) -> None:
    """The session took place: those guests came, the others did not."""
    if on > today:
        raise InvalidFields({"on": TO_COME})
    told = session.scalars(select(VisitPerson).where(VisitPerson.visit_id == visit_id, INVITED)).all()
    if not told:
        raise Refused(NOBODY)
    for one in told:
        one.present = one.person_id in present
    values = {"status": VisitStatus.DONE, "done_on": on, "result": VisitResult.GOOD, "notes": clean_text(notes or "")}
    records.update(session, VISIT, visit_id, values)
