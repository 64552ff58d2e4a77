"""Tickets written with their journals, their columns worked out by the same rules as those of any other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.fields import clean_line, fold
from app.models import Asset, Person, Ticket, TicketEvent
from app.models.codes import Impact, Urgency
from app.rules.priority import priority as matrix
from app.rules.service_level import NOTHING_PROMISED, assess
from app.rules.ticket_course import read
from app.services import journal
from app.services.contracts import calendar_of, cover_of, levels_of, opening_day, read_once
from app.services.importing.cells import same_name, split_name
from app.services.numbering import next_numbers
from app.services.ticket_import.acts import Act, acts_of
from app.services.ticket_import.reading import Told

SOURCE = "import"
BATCH = 500
CHOSEN = "Gravité de l’outil d’origine."
Find = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Tickets to add, acts to add to those known (by their id), how many are as they were."""

    new: tuple[Told, ...]
    more: Mapping[int, tuple[Act, ...]]
    same: int


def planned(session: Session, told: Sequence[Told]) -> Plan:
    """Compared with what is kept: a ticket is known by its number there, or by ours when the list is our own."""
    known = _known(session)
    new, more, same = [], {}, 0
    for one in told:
        ticket = known.get(one.number)
        if ticket is None:
            new.append(one)
        elif acts := _after(session, ticket, acts_of(one)):
            more[ticket] = acts
        else:
            same += 1
    return Plan(tuple(new), more, same)


def _known(session: Session) -> dict[str, int]:
    own = session.execute(select(Ticket.number, Ticket.id))
    brought = session.execute(select(Ticket.source_number, Ticket.id).where(Ticket.source_number.is_not(None)))
    return {row[0]: row[1] for row in (*own, *brought)}


def _after(session: Session, ticket_id: int, acts: Sequence[Act]) -> tuple[Act, ...]:
    """The acts of the list that came after all that is kept; of a ticket in the bin, or ended here, none."""
    ticket = session.get_one(Ticket, ticket_id)
    if ticket.deleted_at is not None or ticket.source is None:
        return ()
    last = max(one.at for one in journal.acts(session, ticket_id))
    kinds = Counter(one.kind for one in journal.acts(session, ticket_id))
    found = []
    for act in acts:
        if kinds[act.kind]:
            kinds[act.kind] -= 1
        elif act.at >= last:
            found.append(act)
    return tuple(found)


def write(session: Session, plan: Plan) -> Iterator[int]:
    """Gives how many tickets are written, from time to time."""
    made = _Writer(session)
    numbers = _numbers(session, plan.new)
    for start in range(0, len(plan.new), BATCH):
        made.add(plan.new[start : start + BATCH], numbers)
        yield start + BATCH
    for ticket_id, acts in plan.more.items():
        session.execute(insert(TicketEvent), [{**act.columns, "ticket_id": ticket_id} for act in acts])
        session.expire_all()
        journal.project(session, ticket_id)


def _numbers(session: Session, new: Sequence[Told]) -> dict[str, Iterator[str]]:
    """Ours, by the year of the opening."""
    years = Counter(f"T-{opening_day(one.opened).year}" for one in new)
    return {prefix: iter(next_numbers(session, prefix, count)) for prefix, count in sorted(years.items())}


class _Writer:
    """What many tickets are written from, read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asset, self.person = _assets(session), _persons(session)
        self.calendar, self.levels = read_once(session, calendar_of), read_once(session, levels_of)
        self.cover = cache(lambda asset, day: cover_of(session, asset, day))

    def add(self, told: Sequence[Told], numbers: Mapping[str, Iterator[str]]) -> None:
        acts = [acts_of(one) for one in told]
        rows = [self._row(one, own, numbers) for one, own in zip(told, acts, strict=True)]
        ids = self.session.scalars(insert(Ticket).returning(Ticket.id, sort_by_parameter_order=True), rows).all()
        events = [{**act.columns, "ticket_id": given} for given, own in zip(ids, acts, strict=True) for act in own]
        self.session.execute(insert(TicketEvent), events)

    def _row(self, told: Told, acts: Sequence[Act], numbers: Mapping[str, Iterator[str]]) -> dict[str, Any]:
        day = opening_day(told.opened)
        asset = self.asset(told.asset)
        contract = self.cover(asset, day) if asset else None
        course = read([act.event for act in acts])
        targets = self.levels(contract, day).get(told.priority.value, NOTHING_PROMISED)
        judged = assess(course, self.calendar(contract, day), targets, max(act.at for act in acts))
        impact, urgency = told.impact or Impact.LOW, told.urgency or Urgency.MEDIUM
        chosen = matrix(impact, urgency) != told.priority.value
        return {
            "number": next(numbers[f"T-{day.year}"]), "source": SOURCE, "source_number": told.number,
            "kind": told.kind, "subject": told.subject, "description": _description(told, self.person, asset),
            "category": told.category or None, "channel": told.channel, "requester_id": self.person(told.requester),
            "asset_id": asset, "contract_id": contract, "impact": impact, "urgency": urgency,
            "priority_reason": CHOSEN if chosen else None, "is_failure": False, "contract_chosen": False,
            "contacts": course.contacts, **journal.projected(course, judged),
        }  # fmt: skip


def _description(told: Told, person: Find, asset: int | None) -> str | None:
    """What the list says and that nothing here is the name of stays readable."""
    unknown = [("Bien", told.asset)] if told.asset and asset is None else []
    unknown += [("Demandeur", told.requester)] if told.requester and person(told.requester) is None else []
    lines = [told.description, *(f"{label}\u00a0: {text}" for label, text in unknown)]
    return "\n".join(line for line in lines if line) or None


def _finder(names: Iterator[tuple[str | None, int]], key: Callable[[str], str]) -> Find:
    """A record by one of its names; none when two records bear it."""
    found: dict[str, int | None] = {}
    for name, given in names:
        if name and (bare := key(name)):
            found[bare] = given if found.get(bare, given) == given else None
    return lambda text: found.get(key(text)) if text else None


def _assets(session: Session) -> Find:
    columns = (Asset.number, Asset.serial, Asset.hostname, Asset.name)
    rows = session.execute(select(Asset.id, *columns).where(Asset.deleted_at.is_(None))).all()
    names = ((name, row.id) for row in rows for name in row[1:])
    by_name = _finder(names, lambda text: fold(clean_line(text)))
    return lambda text: by_name(text) or by_name(text.split(" ")[0])


def _persons(session: Session) -> Find:
    rows = session.execute(
        select(Person.id, Person.first_name, Person.last_name, Person.email).where(Person.deleted_at.is_(None))
    ).all()
    whole = ((f"{row.first_name or ''} {row.last_name}", row.id) for row in rows)
    by_name = _finder(whole, lambda text: same_name(*split_name(text)))
    by_email = _finder(((row.email, row.id) for row in rows), lambda text: fold(clean_line(text)))
    return lambda text: by_name(text) or by_email(text)
