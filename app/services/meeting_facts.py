"""What happened under a contract in a period, to be talked of at its meeting (domain.md C.12).

Each fact is a line of the agenda, and knows the records behind its figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, joined, listed, plural
from app.models import Amendment, Asset, Contract, MeetingAction, Ticket
from app.models.codes import TicketKind, TicketStatus
from app.models.contract_codes import ActionState, AmendmentStatus
from app.models.deadline_codes import DeadlineKind
from app.services import deadlines, measures, vigilance
from app.services.journal import STILL_OPEN

AHEAD = timedelta(days=120)
"""How far the deadlines to decide are told."""
NAMED = 3
TOLD_APART = {DeadlineKind.MEETING, DeadlineKind.ACTION, DeadlineKind.CERTIFICATE}
"""Deadlines that are facts of their own, or the meeting itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`line` is a point of the agenda; `tone` that of its sign. `ids` are the records of `entity` that it counts."""

    key: str
    title: str
    line: str
    tone: str
    entity: str = ""
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The period reviewed, both days included, seen from `now`."""

    session: Session
    contract: Contract
    since: date
    until: date
    now: datetime

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """First instant of the period, and first after it."""
        start, end = (
            datetime.combine(on, datetime.min.time(), PARIS).astimezone(UTC)
            for on in (self.since, self.until + timedelta(days=1))
        )
        return start, end

    @property
    def today(self) -> date:
        return self.now.astimezone(PARIS).date()


def facts(session: Session, contract_id: int, since: date, until: date, now: datetime) -> list[Fact]:
    """Those that say something, in the order in which they are talked of."""
    asked = Asked(session, session.get_one(Contract, contract_id), since, until, now)
    return [fact for source in SOURCES for fact in source(asked)]


def _of_contract(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    return Ticket.contract_id == asked.contract.id, Ticket.deleted_at.is_(None), Ticket.status != TicketStatus.CANCELLED


def _tickets(asked: Asked, *wanted: ColumnElement[bool]) -> list[tuple[int, str]]:
    """Id and number, the most urgent first."""
    statement = select(Ticket.id, Ticket.number).where(*_of_contract(asked), *wanted)
    return [(row.id, row.number) for row in asked.session.execute(statement.order_by(Ticket.priority, Ticket.id))]


def _counted(key: str, title: str, found: list[tuple[int, str]], words: str, tone: str) -> Iterator[Fact]:
    if found:
        names = listed([number for _, number in found], NAMED)
        yield Fact(key, title, f"{words}\u00a0: {names}", tone, "ticket", tuple(one for one, _ in found))


def _actions(asked: Asked) -> Iterator[Fact]:
    rows = asked.session.execute(
        select(MeetingAction.id, MeetingAction.label, MeetingAction.owner, MeetingAction.due_on)
        .where(
            MeetingAction.contract_id == asked.contract.id,
            MeetingAction.state == ActionState.TO_DO,
            MeetingAction.deleted_at.is_(None),
        )
        .order_by(MeetingAction.due_on, MeetingAction.id)
    ).all()
    late = sum(row.due_on < asked.today for row in rows)
    if rows:
        told = f"{counted(len(rows), 'action')} à faire" + (f", dont {late} en retard" if late else "")
        names = listed([f"{row.label} ({row.owner}, {day(row.due_on)})" for row in rows], NAMED)
        tone = "bad" if late else "info"
        yield Fact("actions", "Actions des réunions précédentes", f"{told}\u00a0: {names}", tone, "meeting_action",
                   tuple(row.id for row in rows))  # fmt: skip


def _open(asked: Asked) -> Iterator[Fact]:
    found = _tickets(asked, Ticket.status.in_(STILL_OPEN))
    words = f"{counted(len(found), 'ticket ouvert', 'tickets ouverts')}"
    yield from _counted("open", "Tickets ouverts", found, words, "info")


def _late(asked: Asked) -> Iterator[Fact]:
    """Promises not held in the period: tickets resolved late, and those still open past their due time."""
    start, end = asked.bounds
    resolved = and_(Ticket.resolved_at >= start, Ticket.resolved_at < end, Ticket.restore_met.is_(False))
    overdue = and_(Ticket.status.in_(STILL_OPEN), Ticket.restore_due_at < asked.now)
    found = _tickets(asked, or_(resolved, overdue))
    words = f"{counted(len(found), 'rétablissement')} hors délai du {day(asked.since)} au {day(asked.until)}"
    yield from _counted("late", "Délais non tenus", found, words, "bad")


def _repeated(asked: Asked) -> Iterator[Fact]:
    """The same trouble twice or more on an asset."""
    start, end = asked.bounds
    within = (*_of_contract(asked), Ticket.kind == TicketKind.INCIDENT, Ticket.opened_at >= start,
              Ticket.opened_at < end, Ticket.asset_id.is_not(None), Ticket.category.is_not(None))  # fmt: skip
    rows = asked.session.execute(
        select(Asset.number, Ticket.category, func.count(), func.group_concat(Ticket.id))
        .join(Asset, Asset.id == Ticket.asset_id)
        .where(*within)
        .group_by(Ticket.asset_id, Ticket.category)
        .having(func.count() > 1)
        .order_by(func.count().desc(), Asset.number)
    ).all()
    if rows:
        names = listed([f"{row[0]} ({row[1].lower()}, {row[2]}\u00a0fois)" for row in rows], NAMED)
        ids = tuple(int(one) for row in rows for one in str(row[3]).split(","))
        words = f"{counted(len(rows), 'incident répété', 'incidents répétés')} sur le même bien"
        yield Fact("repeated", "Incidents répétés", f"{words}\u00a0: {names}", "warn", "ticket", ids)


def _indicators(asked: Asked) -> Iterator[Fact]:
    found = measures.measures(asked.session, asked.since, asked.until, asked.now, asked.contract.number)
    known = [one for one in found if one.n]
    if known:
        told = [f"{one.label.lower()} {one.text} (objectif {one.target_text})" for one in known]
        missed = sum(one.met is False for one in known)
        count = f", {missed} {plural(missed, 'objectif')} non {plural(missed, 'atteint')}" if missed else ""
        line = f"Indicateurs du {day(asked.since)} au {day(asked.until)}{count}\u00a0: {joined(*told, by=', ')}"
        yield Fact("indicators", "Indicateurs", line, "warn" if missed else "ok", "indicator")


def _certificates(asked: Asked) -> Iterator[Fact]:
    if asked.contract.provider_id is None:
        return
    wanted = vigilance.demands(asked.session, asked.today, asked.contract.provider_id)
    lacking = [one for one in wanted if one.state in {"missing", "expired"}]
    if lacking:
        names = joined(*(f"{one.title} ({one.told})" for one in lacking), by=", ")
        words = f"{counted(len(lacking), 'document')} à fournir"
        yield Fact("certificates", "Attestations du prestataire", f"{words}\u00a0: {names}", "bad", "provider",
                   (asked.contract.provider_id,))  # fmt: skip


def _amendments(asked: Asked) -> Iterator[Fact]:
    """To be signed, or in effect since the period began."""
    rows = asked.session.scalars(
        select(Amendment)
        .where(Amendment.contract_id == asked.contract.id, Amendment.deleted_at.is_(None))
        .where(
            or_(
                Amendment.status == AmendmentStatus.DRAFT,
                Amendment.effective_on.between(asked.since, asked.until + AHEAD),
            )
        )
        .order_by(Amendment.effective_on, Amendment.id)
    ).all()
    if rows:
        drafts = sum(one.status == AmendmentStatus.DRAFT for one in rows)
        words = counted(len(rows), "avenant") + (f", dont {drafts} à signer" if drafts else "")
        names = listed([f"{one.number} {one.subject} (effet au {day(one.effective_on)})" for one in rows], NAMED)
        yield Fact("amendments", "Avenants", f"{words}\u00a0: {names}", "warn" if drafts else "info", "contract",
                   (asked.contract.id,))  # fmt: skip


def _deadlines(asked: Asked) -> Iterator[Fact]:
    found = [
        one
        for one in deadlines.few(asked.session, asked.today)
        if one.contract == asked.contract.number and one.kind not in TOLD_APART and one.acts <= asked.today + AHEAD
    ]
    if found:
        names = listed([f"{one.title} ({day(one.acts)})" for one in found], NAMED)
        late = any(one.due < asked.today for one in found)
        yield Fact("deadlines", "Échéances à décider", f"{counted(len(found), 'échéance')}\u00a0: {names}",
                   "bad" if late else "warn", "contract/notice", (asked.contract.id,))  # fmt: skip


SOURCES: tuple[Callable[[Asked], Iterator[Fact]], ...] = (
    _actions, _open, _late, _repeated, _indicators, _certificates, _amendments, _deadlines,
)  # fmt: skip
