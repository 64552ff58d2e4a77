"""What happened under a contract in a period, to be talked of at its meeting (domain.md C.12).

Each fact is a point of the agenda, and knows the records behind its figure. The provider reads them: nothing tells when
or how one decides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, joined, listed, lowered, plural
from app.kpi import Scope
from app.models import Amendment, Asset, Contract, MeetingAction, Ticket
from app.models.codes import TicketKind, TicketStatus
from app.models.contract_codes import ActionState, AmendmentStatus
from app.models.deadline_codes import DeadlineKind
from app.rules import notice
from app.services import deadlines, measures, reversibility, vigilance
from app.services.amendments import on_day
from app.services.contracts import terms_of
from app.services.journal import STILL_OPEN

AHEAD = timedelta(days=120)
"""How far the deadlines to decide are told."""
NAMED = 3
TOLD_APART = {
    DeadlineKind.MEETING, DeadlineKind.ACTION, DeadlineKind.CERTIFICATE, DeadlineKind.NOTICE, DeadlineKind.RETURN,
}  # fmt: skip
"""Deadlines that are facts of their own, or the meeting itself; that of the notice is nobody else’s business."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`text` tells it, `tone` is that of its sign. `ids` are the records of `entity` that it counts."""

    key: str
    title: str
    text: str
    tone: str
    entity: str = ""
    ids: tuple[int, ...] = ()

    @property
    def begins(self) -> str:
        """How its point of an agenda begins, whatever its figures were when it was written."""
        return f"{self.title}\u00a0:"

    @property
    def line(self) -> str:
        """Its point of an agenda."""
        return f"{self.begins} {self.text}"


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


def _counted(key: str, title: str, found: list[tuple[int, str]], tone: str) -> Iterator[Fact]:
    if found:
        names = listed([number for _, number in found], NAMED)
        yield Fact(key, title, f"{len(found)} ({names})", tone, "ticket", tuple(one for one, _ in found))


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
        told = f"{len(rows)} à faire" + (f", dont {late} en retard" if late else "")
        names = listed([f"{lowered(row.label)} ({row.owner}, {day(row.due_on)})" for row in rows], NAMED)
        tone = "bad" if late else "info"
        yield Fact("actions", "Actions précédentes", f"{told}\u00a0; {names}", tone, "meeting_action",
                   tuple(row.id for row in rows))  # fmt: skip


def _open(asked: Asked) -> Iterator[Fact]:
    yield from _counted("open", "Tickets ouverts", _tickets(asked, Ticket.status.in_(STILL_OPEN)), "info")


def _late(asked: Asked) -> Iterator[Fact]:
    """Promises not held in the period: tickets resolved late, and those still open past their due time."""
    start, end = asked.bounds
    resolved = and_(Ticket.resolved_at >= start, Ticket.resolved_at < end, Ticket.restore_met.is_(False))
    overdue = and_(Ticket.status.in_(STILL_OPEN), Ticket.restore_due_at < asked.now)
    yield from _counted("late", "Rétablissements hors délai", _tickets(asked, or_(resolved, overdue)), "bad")


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
        names = listed([f"{row[0]} ({lowered(row[1])}, {row[2]}\u00a0fois)" for row in rows], NAMED)
        ids = tuple(int(one) for row in rows for one in str(row[3]).split(","))
        yield Fact("repeated", "Incidents répétés", names, "warn", "ticket", ids)


def _indicators(asked: Asked) -> Iterator[Fact]:
    found = measures.measures(
        asked.session,
        asked.since,
        asked.until,
        asked.now,
        Scope(contract_id=asked.contract.id),
        measures.OF_A_MEETING,
        detail=False,
    )
    known = [one for one in found if one.n]
    if known:
        missed = [one for one in known if one.met is False]
        told = [f"{lowered(one.label)} {one.text} (objectif {one.target_text})" for one in missed or known]
        count = f"{counted(len(missed), 'objectif')} non {plural(len(missed), 'atteint')} sur {len(known)}"
        text = joined(count if missed else "", *told, by=", ")
        yield Fact("indicators", "Indicateurs", text, "warn" if missed else "ok", "indicator")


def _certificates(asked: Asked) -> Iterator[Fact]:
    if asked.contract.provider_id is None:
        return
    wanted = vigilance.demands(asked.session, asked.today, asked.contract.provider_id)
    lacking = [one for one in wanted if one.state in {"missing", "expired"}]
    if lacking:
        names = joined(*(lowered(one.title) for one in lacking), by=", ")
        yield Fact("certificates", "Documents à fournir", names, "bad", "provider", (asked.contract.provider_id,))


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
        signing = {AmendmentStatus.DRAFT: "à signer, "}
        names = [
            f"{one.number} {lowered(one.subject)} ({signing.get(one.status, '')}effet au {day(one.effective_on)})"
            for one in rows
        ]
        tone = "warn" if any(one.status == AmendmentStatus.DRAFT for one in rows) else "info"
        yield Fact("amendments", "Avenants", listed(names, NAMED), tone, "contract", (asked.contract.id,))


def _term(asked: Asked) -> Iterator[Fact]:
    """The end of the period, and no more: the provider reads the agenda, and must not learn when one decides."""
    current = notice.current_period(terms_of(on_day(asked.session, asked.contract.id, asked.today)), asked.today)
    if current is not None and current.ends is not None and current.ends <= asked.today + AHEAD + AHEAD:
        text = f"la période en cours finit le {day(current.ends)}"
        yield Fact("term", "Suite du contrat", text, "warn", "contract/notice", (asked.contract.id,))


def _returns(asked: Asked) -> Iterator[Fact]:
    done = reversibility.progress(asked.session, asked.contract.id, asked.today)
    if done.asked and not done.is_done:
        tone = "bad" if done.late else "info"
        yield Fact("returns", "Réversibilité", lowered(done.sentence), tone, "contract/return", (asked.contract.id,))


def _deadlines(asked: Asked) -> Iterator[Fact]:
    found = [
        one
        for one in deadlines.few(asked.session, asked.today)
        if one.contract == asked.contract.number and one.kind not in TOLD_APART and one.due <= asked.today + AHEAD
    ]
    if found:
        names = listed([f"{lowered(one.title)} ({day(one.due)})" for one in found], NAMED)
        tone = "bad" if any(one.due < asked.today for one in found) else "info"
        yield Fact("deadlines", "Échéances", names, tone, "contract", (asked.contract.id,))


SOURCES: tuple[Callable[[Asked], Iterator[Fact]], ...] = (
    _actions, _open, _late, _repeated, _indicators, _certificates, _amendments, _deadlines, _returns, _term,
)  # fmt: skip
