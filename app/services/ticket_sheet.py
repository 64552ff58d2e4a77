"""What the page of a ticket shows beside its fields, and what a new one would be promised."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Asset, Contract, Intervention, Part, Provider, Ticket
from app.models.codes import AssetStatus, Impact, Priority, TicketKind, TicketStatus, Urgency, WaitReason
from app.rules.first_contact import solved_at_first_contact
from app.rules.priority import priority as matrix
from app.rules.service_level import NOTHING_PROMISED
from app.rules.worktime import add_business
from app.services.clock_why import why_stopped
from app.services.contracts import calendar_of, cover_of, hours_text, levels_of, opening_day
from app.services.journal import found, read_course
from app.services.ticket_terms import clock_stops, workaround_stops

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """`contract` is « CT-2026-01, Lumeo Services », empty out of contract; `chosen` by hand instead of the one that
    covers the asset, for `contract_reason`; `parts_cost` in cents, None without price; `failures` of the same asset in
    the twelve months before, None without asset; `around_stops`: a workaround restores the service, by the contract;
    `first_contact`: an incident solved at the first one (domain.md B.2, FCR), None while not solved."""

    contract_id: int | None
    contract: str
    chosen: bool
    contract_reason: str | None
    around_stops: bool
    first_contact: bool | None
    priority: str
    parts_cost: int | None
    failures: int | None


@dataclass(frozen=True, slots=True)
class WaitChoice:
    """A reason to wait; `why` says in a sentence whether the contract's clock stops for it."""

    reason: WaitReason
    stops: bool
    why: str


@dataclass(frozen=True, slots=True)
class Promised:
    """What a ticket opened so would be owed; the moments are None where nothing is promised."""

    priority: Priority
    contract_id: int | None
    contract: str
    hours: str
    take_due: datetime | None
    restore_due: datetime | None


def facts_of(session: Session, ticket_id: int) -> TicketFacts:
    ticket = found(session, ticket_id)
    return TicketFacts(
        ticket.contract_id,
        contract_name(session, ticket.contract_id),
        ticket.contract_chosen,
        ticket.contract_reason,
        workaround_stops(session, ticket),
        _first_contact(session, ticket) if ticket.kind == TicketKind.INCIDENT else None,
        _priority_words(ticket),
        _parts_cost(session, ticket_id),
        _failures(session, ticket) if ticket.asset_id else None,
    )


def contract_name(session: Session, contract_id: int | None) -> str:
    row = session.execute(
        select(Contract.number, Provider.name)
        .join(Provider, Contract.provider_id == Provider.id)
        .where(Contract.id == contract_id)
    ).one_or_none()
    return f"{row.number}, {row.name}" if row else ""


def _priority_words(ticket: Ticket) -> str:
    """« P2 = un service × déjà », or why it was chosen otherwise."""
    if matrix(ticket.impact, ticket.urgency) == ticket.priority.value:
        return f"{ticket.priority.value} = {ticket.impact.label.lower()} × {ticket.urgency.label.lower()}"
    return f"{ticket.priority.value}, choisie\u00a0: {ticket.priority_reason or 'raison non écrite'}"


def _parts_cost(session: Session, ticket_id: int) -> int | None:
    return session.scalar(
        select(func.sum(Part.quantity * Part.unit_price))
        .join(Intervention, Part.intervention_id == Intervention.id)
        .where(
            Intervention.ticket_id == ticket_id,
            Intervention.deleted_at.is_(None),
            Part.deleted_at.is_(None),
            Part.unit_price.is_not(None),
        )
    )


def _failures(session: Session, ticket: Ticket) -> int:
    statement = select(func.count()).where(
        Ticket.asset_id == ticket.asset_id,
        Ticket.id != ticket.id,
        Ticket.is_failure.is_(True),
        Ticket.status != TicketStatus.CANCELLED,
        Ticket.deleted_at.is_(None),
        Ticket.opened_at.between(ticket.opened_at - A_YEAR, ticket.opened_at),
    )
    return session.scalar(statement) or 0


def wait_choices(session: Session, ticket_id: int) -> list[WaitChoice]:
    """Every reason to wait, with what it does to this ticket's clock (domain.md D.4)."""
    ticket = found(session, ticket_id)
    stopping = {reason: clock_stops(session, ticket, reason) for reason in WaitReason}
    return [
        WaitChoice(reason, stops, why_stopped(session, ticket, reason, stops=stops))
        for reason, stops in stopping.items()
    ]


def resting_until(session: Session, ticket_id: int, now: datetime) -> datetime | None:
    """Out of the covered hours, the moment when the clock runs again; None while it may run."""
    ticket = found(session, ticket_id)
    opening = add_business(calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at)), now, 0)
    return opening if opening > now.replace(microsecond=0) else None


def preview(
    session: Session,
    asset_id: int | None,
    opened_at: datetime,
    impact: Impact,
    urgency: Urgency,
    *,
    priority: Priority | None = None,
    chosen: bool = False,
    contract_id: int | None = None,
) -> Promised:
    """The contract that a ticket opened then would be under, its priority and its deadlines. Nothing is written.

    `priority` and, if `chosen`, `contract_id` (None: out of contract) are those of a TicketDraft.
    """
    level = priority or Priority.of(matrix(impact, urgency))
    day = opening_day(opened_at)
    contract = contract_id if chosen else cover_of(session, asset_id, day)
    calendar = calendar_of(session, contract, day)
    targets = levels_of(session, contract, day).get(level.value, NOTHING_PROMISED)
    start = opened_at.astimezone(UTC)
    take, restore = (
        None if minutes is None else add_business(calendar, start, minutes)
        for minutes in (targets.take, targets.restore)
    )
    return Promised(level, contract, contract_name(session, contract), hours_text(calendar), take, restore)


def _first_contact(session: Session, ticket: Ticket) -> bool | None:
    visits = session.scalars(
        select(Intervention.started_at).where(Intervention.ticket_id == ticket.id, Intervention.deleted_at.is_(None))
    )
    return solved_at_first_contact(read_course(session, ticket), visits)


def only_asset_of(session: Session, person_id: int) -> int | None:
    """The asset of a person who has just one; None if the choice is open."""
    kept = session.scalars(
        select(Asset.id)
        .where(Asset.person_id == person_id, Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        .limit(2)
    ).all()
    return kept[0] if len(kept) == 1 else None
