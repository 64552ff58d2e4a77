"""What a claim file is about, read once: the promises missed, the records that tell of them, the days that judge."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import PARIS
from app.models import (
    Amendment,
    BreachNote,
    Clause,
    ClosingDay,
    Contract,
    ContractClause,
    CoverageSlot,
    CoveredAsset,
    DueDocument,
    Evaluation,
    Intervention,
    Part,
    Penalty,
    PenaltyClaim,
    ReceivedDocument,
    ServiceLevel,
    Ticket,
    TicketEvent,
)
from app.models.contract_codes import PenaltyTrigger, PenaltyUnit
from app.services import amendments
from app.services.claim_file.asked import Span
from app.services.contracts import opening_day
from app.services.journal import found
from app.services.penalties import late
from app.services.penalties.breach import Late
from app.services.penalties.months import Line, Month, of_contract

Records = Mapping[str, frozenset[int]]
AGREED = (ServiceLevel, CoverageSlot, ClosingDay, Amendment, Penalty, DueDocument)
"""What a contract promises by, besides itself."""
TOPICS = frozenset({"niveaux", "horaires", "documents", "penalites", "force-majeure", "preuve"})
"""The clauses of the library that a claim rests on."""
TOLD_BY_TICKET = (TicketEvent, Intervention, Part, BreachNote)
FUTURE = "Ces mois ne sont pas commencés."


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise missed. `line` is its price, None where the contract asks for none."""

    late: Late
    line: Line | None


@dataclass(frozen=True, slots=True)
class Scope:
    """`ticket` or `span` was asked for. `months` are those of the penalties, oldest first; `tickets` and `visits` those
    to tell, in the order of time; `days` one for each set of terms that judges something; `records` the tables and ids
    of all that the file rests on."""

    ticket: int | None
    span: Span | None
    contract: int | None
    now: datetime
    breaches: tuple[Breach, ...]
    months: tuple[Month, ...]
    tickets: tuple[int, ...]
    days: tuple[date, ...]
    records: Records


def of_ticket(session: Session, ticket_id: int, now: datetime) -> Scope:
    """All that was promised of one ticket, the reports owed for its interventions too."""
    ticket = found(session, ticket_id)
    done = frozenset(_ids(session, Intervention, Intervention.ticket_id == ticket_id))
    own = [
        one
        for one in _lates(session, ticket.contract_id, now)
        if (one.entity == "ticket" and one.record_id == ticket_id)
        or (one.entity == "intervention" and one.record_id in done)
    ]
    return _scope(session, (ticket_id, None, ticket.contract_id), own, now)


def of_span(session: Session, contract_id: int, span: Span, now: datetime) -> Scope:
    """All the promises of a contract missed in those months. A promise belongs to the month in which it was at last
    kept, as in its penalties; one still not kept, to the month under way."""
    amendments.found(session, contract_id)
    if span.since > now:
        raise Refused(FUTURE)
    own = [one for one in _lates(session, contract_id, now) if span.first <= one.on <= span.ends]
    return _scope(session, (None, span, contract_id), own, now)


def _lates(session: Session, contract_id: int | None, now: datetime) -> list[Late]:
    """Whatever was missed, whether the contract punishes it or not: as if it had a penalty for each."""
    if contract_id is None:
        return []
    asked = [Penalty(contract_id=contract_id, trigger=one, unit=PenaltyUnit.HOUR) for one in late.TOLD]
    return late.found(session, asked, now)


def _scope(
    session: Session, asked: tuple[int | None, Span | None, int | None], lates: Sequence[Late], now: datetime
) -> Scope:
    ticket, span, contract = asked
    months = _months(session, contract, span, lates, now)
    lines = {_key(line.late): line for month in months for line in month.lines}
    tickets = (ticket,) if ticket else tuple(dict.fromkeys(one.record_id for one in lates if one.entity == "ticket"))
    return Scope(
        ticket, span, contract, now, tuple(Breach(one, lines.get(_key(one))) for one in lates), months, tickets,
        tuple(_days(session, contract, tickets, lates)), _records(session, contract, tickets, lates, months),
    )  # fmt: skip


def _key(one: Late) -> tuple[str, str, int, datetime]:
    return one.penalty.trigger.value, one.entity, one.record_id, one.due


def _months(
    session: Session, contract: int | None, span: Span | None, lates: Iterable[Late], now: datetime
) -> tuple[Month, ...]:
    """Of a ticket, those in which it cost something."""
    if contract is None:
        return ()
    of = {one.on.replace(day=1) for one in lates}
    return tuple(
        one
        for one in reversed(of_contract(session, contract, now))
        if (span.first <= one.month <= span.last if span else one.month in of)
    )


def _days(session: Session, contract: int | None, tickets: Sequence[int], lates: Sequence[Late]) -> Iterator[date]:
    """The first day of each set of terms that judges something here; today's for nothing at all is no use."""
    if contract is None:
        return
    opened = select(Ticket.opened_at).where(Ticket.id.in_(tickets))
    days = {opening_day(at) for at in session.scalars(opened)} | {one.on for one in lates if one.entity != "ticket"}
    steps, seen = amendments.steps(session, contract), set()
    for day in sorted(days):
        step = bisect_right(steps, day)
        if step not in seen:
            seen.add(step)
            yield day


def _ids(session: Session, model: Any, *conditions: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(model.id).where(*conditions, model.deleted_at.is_(None)).order_by(model.id)))


def _records(
    session: Session, contract: int | None, tickets: Sequence[int], lates: Sequence[Late], months: Sequence[Month]
) -> Records:
    kept: dict[str, set[int]] = {"ticket": set(tickets)}
    for model in TOLD_BY_TICKET:
        kept[model.__tablename__] = set(_ids(session, model, model.ticket_id.in_(tickets)))
    for one in lates:
        kept.setdefault(one.entity.partition("/")[0], set()).add(one.record_id)
    done = kept["intervention"]
    kept["evaluation"] = set(_ids(session, Evaluation, Evaluation.intervention_id.in_(done)))
    if contract is not None:
        kept.setdefault("contract", set()).add(contract)
        _add_contract(session, kept, contract, tickets, lates, months)
    return {table: frozenset(ids) for table, ids in kept.items() if ids}


def _add_contract(  # noqa: PLR0917 - all that is read together
    session: Session, kept: dict[str, set[int]], contract: int, tickets: Sequence[int], lates: Sequence[Late],
    months: Sequence[Month],
) -> None:  # fmt: skip
    provider = session.get_one(Contract, contract).provider_id
    kept["provider"] = {provider} if provider else set()
    for model in AGREED:
        kept[model.__tablename__] = set(_ids(session, model, model.contract_id == contract))
    quoted = select(Clause.id).where(Clause.topic.in_(TOPICS))
    own = (ContractClause.contract_id == contract, ContractClause.clause_id.in_(quoted))
    kept["contract_clause"] = set(_ids(session, ContractClause, *own))
    assets = select(Ticket.asset_id).where(Ticket.id.in_(tickets))
    kept["covered_asset"] = set(
        _ids(session, CoveredAsset, CoveredAsset.contract_id == contract, CoveredAsset.asset_id.in_(assets))
    )
    claimed = (PenaltyClaim.contract_id == contract, PenaltyClaim.month.in_([one.month for one in months]))
    kept["penalty_claim"] = set(_ids(session, PenaltyClaim, *claimed))
    owed = [one.due.astimezone(PARIS).date() for one in lates if one.penalty.trigger == PenaltyTrigger.DOCUMENT]
    received = (ReceivedDocument.contract_id == contract, ReceivedDocument.due_on.in_(owed))
    kept["received_document"] = set(_ids(session, ReceivedDocument, *received))
