"""Tickets written with their journals, their columns worked out by the same rules as those of any other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from app.fields import clean_line, fold, moment
from app.jobs import Job, Progress
from app.models import Asset, Person, Ticket, TicketEvent
from app.models.codes import EventKind, Impact, Urgency
from app.rules.priority import priority as matrix
from app.rules.service_level import NOTHING_PROMISED, assess
from app.rules.ticket_course import read
from app.services import journal
from app.services.contracts import calendar_of, cover_once, levels_of, opening_day, read_once
from app.services.importing.cells import same_name, split_name
from app.services.importing.entries import Reject
from app.services.numbering import next_numbers
from app.services.ticket_import.acts import Act, acts_of
from app.services.ticket_import.columns import BY_NAME
from app.services.ticket_import.reading import Told

SOURCE = "import"
BATCH = 500
CHOSEN = "Gravité de l’outil d’origine."
OTHER = timedelta(days=1)
"""Two openings further apart are of two tickets, whatever their number: each tool counts from one."""
_TICKET, _EVENT = cast("Table", Ticket.__table__), cast("Table", TicketEvent.__table__)
"""Tables: rows with empty columns are written by one statement with the others."""
Find = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """Tickets to add; those known that have more to tell, with the acts to add by their id; those as they were; lines
    refused, their number being that of another ticket."""

    new: tuple[Told, ...] = ()
    completed: tuple[Told, ...] = ()
    same: tuple[Told, ...] = ()
    refused: tuple[Reject, ...] = ()
    more: Mapping[int, tuple[Act, ...]] = field(default_factory=dict)


def planned(session: Session, told: Sequence[Told]) -> Job[Plan]:
    """Compared with what is kept: a ticket is known by its number there, or by ours when the list is our own."""
    known = _known(session)
    met = [(known[one.number], one) for one in told if one.number in known]
    completed, same, refused, more = [], [], [], {}
    for start in range(0, len(met), BATCH):
        yield Progress(start, len(met), "Comparaison avec les tickets connus")
        batch = met[start : start + BATCH]
        kept = _kept(session, [ticket for ticket, _ in batch])
        for ticket, one in batch:
            if abs(kept[ticket].opened - one.opened) > OTHER:
                refused.append(_other(one, kept[ticket].opened))
            elif acts := _after(kept[ticket], acts_of(one)):
                completed.append(one)
                more[ticket] = acts
            else:
                same.append(one)
    new = tuple(one for one in told if one.number not in known)
    return Plan(new, tuple(completed), tuple(same), tuple(refused), more)


def _known(session: Session) -> dict[str, int]:
    own = session.execute(select(Ticket.number, Ticket.id))
    brought = session.execute(select(Ticket.source_number, Ticket.id).where(Ticket.source_number.is_not(None)))
    return {row[0]: row[1] for row in (*own, *brought)}


@dataclass(slots=True)
class _Kept:
    """A ticket of ours; `follows`: what its list tells later is added to it."""

    opened: datetime
    follows: bool
    last: datetime
    kinds: Counter[EventKind] = field(default_factory=Counter)


def _kept(session: Session, wanted: Sequence[int]) -> dict[int, _Kept]:
    """Of a ticket in the bin, or opened here, nothing is added."""
    columns = select(Ticket.id, Ticket.opened_at, Ticket.deleted_at, Ticket.source).where(Ticket.id.in_(wanted))
    found = {
        given: _Kept(opened, deleted is None and source is not None, opened)
        for given, opened, deleted, source in session.execute(columns)
    }
    acts = select(TicketEvent.ticket_id, TicketEvent.kind, TicketEvent.at)
    rows = session.execute(acts.where(TicketEvent.ticket_id.in_(wanted), TicketEvent.deleted_at.is_(None)))
    for ticket, kind, at in rows:
        kept = found[ticket]
        kept.kinds[kind] += 1
        kept.last = max(kept.last, at)
    return found


def _other(one: Told, opened: datetime) -> Reject:
    return Reject(
        one.line, BY_NAME["number"].label,
        f"«\u00a0{one.number}\u00a0» est déjà celui d’un autre ticket, ouvert le {moment(opened)}.", one.source,
    )  # fmt: skip


def _after(kept: _Kept, acts: Sequence[Act]) -> tuple[Act, ...]:
    """The acts of the list that came after all that is kept."""
    if not kept.follows:
        return ()
    found = []
    for act in acts:
        if kept.kinds[act.kind]:
            kept.kinds[act.kind] -= 1
        elif act.at >= kept.last:
            found.append(act)
    return tuple(found)


def write(session: Session, plan: Plan) -> Job[None]:
    made = _Writer(session)
    numbers = _numbers(session, plan.new)
    total = len(plan.new) + len(plan.more)
    for start in range(0, len(plan.new), BATCH):
        yield Progress(start, total, "Enregistrement des tickets")
        made.add(plan.new[start : start + BATCH], numbers)
    for done, (ticket_id, acts) in enumerate(plan.more.items(), len(plan.new)):
        yield Progress(done, total, "Suite des tickets connus")
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
        self.cover = cover_once(session)
        self.last: int = session.scalar(select(func.coalesce(func.max(_TICKET.c.id), 0))) or 0

    def add(self, told: Sequence[Told], numbers: Mapping[str, Iterator[str]]) -> None:
        acts = [acts_of(one) for one in told]
        rows = [self._row(one, own, numbers) for one, own in zip(told, acts, strict=True)]
        self.session.execute(insert(_TICKET), rows)
        added = select(_TICKET.c.number, _TICKET.c.id).where(_TICKET.c.id > self.last)
        ids = {row.number: row.id for row in self.session.execute(added)}
        self.last = max(ids.values())
        given = [ids[row["number"]] for row in rows]
        events = [{**act.columns, "ticket_id": ticket} for ticket, own in zip(given, acts, strict=True) for act in own]
        self.session.execute(insert(_EVENT), events)

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
            "contacts": course.contacts, **journal.projected(course, judged, elsewhere=True),
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
