"""What providers owe on a day: one delivery for each occasion, with what was done of it (domain.md A.5)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import func, literal, null, or_, select
from sqlalchemy.orm import Session

from app.fields import NBSP, PARIS, day, month_words
from app.jobs import Job, Progress
from app.models import Contract, DueDocument, Intervention, Provider, ReceivedDocument, Ticket
from app.models.codes import ContractStatus, Priority, TicketKind, TicketStatus
from app.models.contract_codes import DueRule
from app.models.upkeep_codes import DeliveryState
from app.rules import deliverables, notice
from app.rules.deliverables import Punctuality, business_days_after
from app.services import amendments, done_for
from app.services.contracts import terms_of
from app.storage import Store

SERIOUS = (Priority.P1, Priority.P2)
OVER = {ContractStatus.TERMINATED, ContractStatus.ENDED}
QUARTER_OF = {
    "1": f"1er{NBSP}trimestre",
    "2": f"2e{NBSP}trimestre",
    "3": f"3e{NBSP}trimestre",
    "4": f"4e{NBSP}trimestre",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One document owed for one occasion. `mark` names it (« intervention:12 », « 2026-T4 »), `told` says it in French;
    `received_id` is the record of what was done of it, None while nothing was."""

    contract_id: int
    contract: str
    provider: str
    document_id: int
    label: str
    mark: str
    told: str
    due_on: date
    state: DeliveryState
    received_id: int | None = None
    received_on: date | None = None
    reason: str = ""

    @property
    def title(self) -> str:
        """« Rapport d’activité, novembre 2026 »."""
        return f"{self.label}, {self.told}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or to come again."""
        return self.state in {DeliveryState.EXPECTED, DeliveryState.LATE, DeliveryState.REFUSED}

    @property
    def is_late(self) -> bool:
        return self.state == DeliveryState.LATE

    @property
    def is_refused(self) -> bool:
        return self.state == DeliveryState.REFUSED

    @property
    def is_received(self) -> bool:
        return self.state == DeliveryState.RECEIVED

    @property
    def late_days(self) -> int:
        """Days by which it came late; 0 when it came in time, or has not come."""
        return max(0, (self.received_on - self.due_on).days) if self.received_on else 0


@dataclass(frozen=True, slots=True)
class Owing:
    """A document owed under a contract as it stands today; followed from `since`, owed by periods until `ends`."""

    id: int
    uuid: str
    label: str
    rule: DueRule
    delay: int
    sanction: str
    since: date
    contract_id: int
    contract: str
    provider: str
    starts: date
    ends: date | None
    zone: str


_after = cache(business_days_after)


def found(
    session: Session,
    today: date,
    contract_id: int | None = None,
    *,
    after: date = date.min,
    known: date = date.max,
) -> list[Delivery]:
    """All that is owed since each document is followed, by the day it is due; of one contract only if told.

    Of what comes by periods, the one under way is the last; of the planning, the quarter that comes. Nothing due before
    `after` is looked at; what came after `known` had not come yet.
    """
    owed = [replace(one, since=max(one.since, after)) for one in owing(session, today, contract_id)]
    happened = _happened(session, owed)
    kept = _kept(session, [one.id for one in owed], known)
    deliveries = [
        _delivery(one, mark, told, due, kept.get((one.id, mark)), today)
        for one in owed
        for mark, told, due in (*happened.get(one.id, ()), *_by_period(one, today))
        if due >= one.since
    ]
    return sorted(deliveries, key=lambda one: (one.due_on, one.contract, one.label, one.mark))


def read_job(store: Store, today: date) -> Job[list[Delivery]]:
    """`found`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des documents attendus")
    with store.read() as session:
        return found(session, today)


def owing(session: Session, today: date, contract_id: int | None = None) -> list[Owing]:
    """The documents followed, of the contracts that are no project."""
    wanted = (
        select(DueDocument, Contract, Provider.name)
        .join(Contract, Contract.id == DueDocument.contract_id)
        .outerjoin(Provider, Provider.id == Contract.provider_id)
        .where(DueDocument.deleted_at.is_(None), Contract.deleted_at.is_(None))
        .where(Contract.status != ContractStatus.DRAFT)
        .order_by(DueDocument.id)
    )
    if contract_id is not None:
        wanted = wanted.where(Contract.id == contract_id)
    rows = session.execute(wanted).all()
    lasting = {contract.id: contract for _, contract, _ in rows}
    terms = {one.id: terms_of(one) for one in amendments.all_on_day(session, lasting.values(), today)}
    return [_owing(document, contract, provider or "", terms[contract.id]) for document, contract, provider in rows]


def _owing(document: DueDocument, contract: Contract, provider: str, terms: notice.Terms) -> Owing:
    since = document.since or document.created_at.astimezone(PARIS).date()
    ends = notice.last_day(terms)
    if ends is None and contract.status in OVER:
        ends = terms.starts_on
    starts = max(contract.starts_on, since) if document.rule == DueRule.ONCE else contract.starts_on
    return Owing(
        document.id, document.uuid, document.label, document.rule, document.delay_days or 0,
        document.sanction or "", since, contract.id, contract.number, provider, starts, ends, terms.zone,
    )  # fmt: skip


Occasion = tuple[str, str, date]
"""Its mark, its words, the day the document is due."""


def _by_period(one: Owing, today: date) -> Iterator[Occasion]:
    if one.rule in {DueRule.AFTER_VISIT, DueRule.AFTER_INCIDENT}:
        return
    until = max(today, notice.add_months(today, 3)) if one.rule == DueRule.QUARTERLY else today
    for period in deliverables.periods(one.rule.value, one.starts, one.ends, one.delay, one.zone, until=until):
        yield period.mark, _period_words(one.rule, period), period.due


def _period_words(rule: DueRule, period: deliverables.Period) -> str:
    if rule == DueRule.MONTHLY:
        return month_words(period.last)
    if rule == DueRule.QUARTERLY:
        year, _, quarter = period.mark.partition("-T")
        return f"{QUARTER_OF[quarter]} {year}"
    return "prise d’effet" if rule == DueRule.ONCE else f"du {day(period.first)} au {day(period.last)}"


# What happened


def _happened(session: Session, owed: Sequence[Owing]) -> Mapping[int, list[Occasion]]:
    """The interventions and the serious incidents of the contracts that owe something for them, by document."""
    sources: dict[DueRule, Callable[[Session, Sequence[Owing]], Iterable[Any]]] = {
        DueRule.AFTER_VISIT: _interventions,
        DueRule.AFTER_INCIDENT: _incidents,
    }
    told: dict[int, list[Occasion]] = defaultdict(list)
    for rule, read in sources.items():
        concerned = [one for one in owed if one.rule == rule]
        by_contract: dict[int, list[Owing]] = defaultdict(list)
        for one in concerned:
            by_contract[one.contract_id].append(one)
        for key, record, number, at, contract, priority in read(session, concerned) if concerned else ():
            on = at.astimezone(PARIS).date()
            words = f"{number} ({priority.value}) du {day(on)}" if priority else f"{number} du {day(on)}"
            for one in by_contract[contract]:
                if one.ends is None or on <= one.ends:
                    told[one.id].append((f"{key}:{record}", words, _after(on, one.delay, one.zone)))
    return told


def _since(owed: Sequence[Owing]) -> datetime:
    """No occasion before that day has its document due since any of these is followed."""
    first = min(notice.add_months(one.since, -1 - one.delay // 15) for one in owed)
    return datetime(first.year, first.month, first.day, tzinfo=PARIS)


def _interventions(session: Session, owed: Sequence[Owing]) -> Iterable[Any]:
    own = Intervention.__table__.c
    ended = func.coalesce(own.ended_at, own.started_at, type_=own.started_at.type)
    contract = done_for.contract().label("contract_id")
    wanted = select(literal("intervention"), own.id, own.number, ended, contract, null())
    return session.execute(
        done_for.beside(wanted.select_from(Intervention)).where(
            *done_for.kept(), contract.in_({one.contract_id for one in owed}), ended >= _since(owed)
        )
    )


def _incidents(session: Session, owed: Sequence[Owing]) -> Iterable[Any]:
    """P1 and P2, once restored: the report tells how."""
    own = Ticket.__table__.c
    return session.execute(
        select(
            literal("ticket"), own.id, own.number, own.resolved_at, own.contract_id, own.priority,
        ).where(
            own.deleted_at.is_(None), own.contract_id.in_({one.contract_id for one in owed}),
            own.kind == TicketKind.INCIDENT, own.priority.in_(SERIOUS), own.status != TicketStatus.CANCELLED,
            own.resolved_at >= _since(owed),
        )
    )  # fmt: skip


# What was done


def _kept(session: Session, documents: Sequence[int], known: date) -> Mapping[tuple[int, str], Any]:
    own = ReceivedDocument.__table__.c
    rows = session.execute(
        select(own.id, own.due_document_id, own.mark, own.due_on, own.state, own.received_on, own.reason).where(
            own.due_document_id.in_(documents),
            own.deleted_at.is_(None),
            or_(own.received_on.is_(None), own.received_on <= known),
        )
    )
    return {(row.due_document_id, row.mark): row for row in rows}


def _delivery(  # noqa: PLR0917 - what a delivery is made of
    one: Owing, mark: str, told: str, due: date, kept: Any, today: date
) -> Delivery:
    """What was done is judged by the day that was due then."""
    whose = (one.contract_id, one.contract, one.provider, one.id, one.label, mark, told)
    if kept is None:
        return Delivery(*whose, due, DeliveryState.LATE if today > due else DeliveryState.EXPECTED)
    state = DeliveryState.of(deliverables.state(kept.state.value, kept.due_on, today))
    return Delivery(*whose, kept.due_on, state, kept.id, kept.received_on, kept.reason or "")


# What it comes to


def in_time(session: Session, start: date, end: date, today: date, contract_id: int | None = None) -> Punctuality:
    """« Remis à temps ÷ attendus échus », of what was due between these days, both included."""
    return punctuality(found(session, today, contract_id), start, end, today)


def punctuality(deliveries: Iterable[Delivery], start: date, end: date, today: date) -> Punctuality:
    return deliverables.punctuality(
        ((one.state.value, one.due_on, one.received_on) for one in deliveries if start <= one.due_on <= end), today
    )


def of_the_year(deliveries: Iterable[Delivery], today: date) -> Punctuality:
    """The same of the twelve months that end today."""
    return punctuality(deliveries, notice.add_months(today, -12), today, today)
