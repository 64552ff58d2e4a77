"""Interventions on a ticket (domain.md A.5, B.2, G.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.tickets import INTERVENTION
from app.errors import InvalidFields, Refused
from app.fields import duration, moment
from app.models import Intervention, Ticket
from app.models.codes import InterventionKind, MaintenanceType, TicketStatus
from app.services import records
from app.services.journal import found


@dataclass(frozen=True, slots=True)
class InterventionRow:
    id: int
    number: str
    kind: InterventionKind
    maintenance_type: MaintenanceType
    technician: str | None
    started_at: datetime
    ended_at: datetime | None
    repair_minutes: int | None
    solved: bool | None


def record(session: Session, values: Mapping[str, Any]) -> int:
    """A new intervention from the fields of its entity, numbered by the program. Gives its id.

    InvalidFields if it begins before its ticket, or counts more repair time than it lasted.
    """
    if ticket_id := values.get("ticket_id"):
        ticket = found(session, ticket_id)
        if ticket.status == TicketStatus.CANCELLED:
            raise Refused("Ce ticket est annulé\u00a0: aucune intervention ne peut y être ajoutée.")
        if problems := _problems(values, ticket):
            raise InvalidFields(problems)
    return records.create(session, INTERVENTION, values)


def _problems(values: Mapping[str, Any], ticket: Ticket) -> dict[str, str]:
    started, ended = values.get("started_at"), values.get("ended_at")
    repair = values.get("repair_minutes")
    problems = {}
    if started and started < ticket.opened_at:
        problems["started_at"] = f"C’est avant l’ouverture du ticket, le {moment(ticket.opened_at)}."
    lasted = int((ended - started).total_seconds() // 60) if started and ended else None
    if lasted is not None and repair is not None and 0 <= lasted < repair:
        problems["repair_minutes"] = f"L’intervention n’a duré que {duration(lasted)}."
    return problems


def of_ticket(session: Session, ticket_id: int) -> list[InterventionRow]:
    """The interventions on a ticket, in the order of time."""
    rows = session.execute(
        select(
            Intervention.id,
            Intervention.number,
            Intervention.kind,
            Intervention.maintenance_type,
            Intervention.technician,
            Intervention.started_at,
            Intervention.ended_at,
            Intervention.repair_minutes,
            Intervention.solved,
        )
        .where(Intervention.ticket_id == ticket_id, Intervention.deleted_at.is_(None))
        .order_by(Intervention.started_at, Intervention.id)
    )
    return [InterventionRow(*row) for row in rows]
