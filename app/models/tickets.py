"""Tickets, their journal, and interventions (domain.md A.6, B.1, D.4).

The journal (`TicketEvent`) is the truth. The columns of `Ticket` under « projection » are made again from it after
each act by services.tickets, and exist so that lists and indicators read them by SQL.
"""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, flag, ref, utc
from app.models.codes import (
    Channel,
    Charge,
    EventKind,
    Impact,
    InterventionKind,
    MaintenanceType,
    Priority,
    TicketKind,
    TicketStatus,
    Urgency,
    WaitReason,
)

NOT_IN_BIN = text("deleted_at IS NULL")
"""The rows of a list in its own order: it is walked to any depth without reading them."""


class Ticket(Record, Base):
    __tablename__ = "ticket"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "description", "category")

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TicketKind] = code(TicketKind, default=TicketKind.INCIDENT)
    subject: Mapped[str]
    description: Mapped[str | None]
    category: Mapped[str | None]
    channel: Mapped[Channel] = code(Channel, default=Channel.PHONE)
    requester_id: Mapped[int | None] = ref("person")
    asset_id: Mapped[int | None] = ref("asset")
    contract_id: Mapped[int | None] = ref("contract")
    impact: Mapped[Impact] = code(Impact, default=Impact.LOW)
    urgency: Mapped[Urgency] = code(Urgency, default=Urgency.MEDIUM)
    priority_reason: Mapped[str | None]
    is_failure: Mapped[bool] = flag(default=False)

    # Projection of the journal (times in UTC, durations in working minutes of the contract).
    priority: Mapped[Priority] = code(Priority, default=Priority.P4)
    status: Mapped[TicketStatus] = code(TicketStatus, default=TicketStatus.OPEN)
    opened_at: Mapped[datetime] = utc()
    taken_at: Mapped[datetime | None] = utc()
    on_site_at: Mapped[datetime | None] = utc()
    resolved_at: Mapped[datetime | None] = utc()
    closed_at: Mapped[datetime | None] = utc()
    take_due_at: Mapped[datetime | None] = utc()
    on_site_due_at: Mapped[datetime | None] = utc()
    restore_due_at: Mapped[datetime | None] = utc()
    take_minutes: Mapped[int | None]
    net_minutes: Mapped[int | None]
    calendar_minutes: Mapped[int | None]
    take_met: Mapped[bool | None] = flag()
    restore_met: Mapped[bool | None] = flag()
    contacts: Mapped[int] = mapped_column(default=0)
    reopenings: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index("ix_ticket_opened_at", "opened_at", sqlite_where=NOT_IN_BIN),
        Index("ix_ticket_status_due", "status", "restore_due_at"),
        # All that an indicator or a penalty reads of a month, what is late, what is open: the rows are left alone.
        Index(
            "ix_ticket_resolved_at",
            "resolved_at",
            "kind",
            "status",
            "deleted_at",
            "contract_id",
            "net_minutes",
            "restore_met",
            "restore_due_at",
            "opened_at",
        ),
        Index(
            "ix_ticket_taken_at",
            "taken_at",
            "status",
            "deleted_at",
            "contract_id",
            "take_minutes",
            "take_met",
            "take_due_at",
            "opened_at",
        ),
        Index(
            "ix_ticket_restored_late",
            "restore_met",
            "resolved_at",
            "restore_due_at",
            "status",
            "deleted_at",
            "contract_id",
            "priority",
        ),
        Index(
            "ix_ticket_taken_late",
            "take_met",
            "taken_at",
            "take_due_at",
            "status",
            "deleted_at",
            "contract_id",
            "priority",
        ),
    )


class TicketEvent(Record, Base):
    """One act of the journal. It is never edited: a mistake is put right by a later act.

    `stops_clock` is the contract's word at the time of a WAIT_STARTED; `value` the new priority of a PRIORITY act.
    """

    __tablename__ = "ticket_event"

    ticket_id: Mapped[int] = ref("ticket")
    kind: Mapped[EventKind] = code(EventKind)
    at: Mapped[datetime] = utc()
    author: Mapped[str | None]
    text: Mapped[str | None]
    wait_reason: Mapped[WaitReason | None] = code(WaitReason)
    stops_clock: Mapped[bool | None] = flag()
    value: Mapped[str | None]


class Intervention(Record, Base):
    """A visit or a remote session. `repair_minutes` is active repair time, travel and waits left out (B.2)."""

    __tablename__ = "intervention"
    __title__ = ("number",)
    __searched__ = ("number", "technician", "diagnosis", "work_done")

    number: Mapped[str] = mapped_column(unique=True)
    ticket_id: Mapped[int] = ref("ticket")
    kind: Mapped[InterventionKind] = code(InterventionKind, default=InterventionKind.REMOTE)
    maintenance_type: Mapped[MaintenanceType] = code(MaintenanceType, default=MaintenanceType.CURATIVE)
    level: Mapped[int | None]
    technician: Mapped[str | None]
    started_at: Mapped[datetime] = utc()
    ended_at: Mapped[datetime | None] = utc()
    repair_minutes: Mapped[int | None]
    travel: Mapped[bool | None] = flag()
    charge: Mapped[Charge] = code(Charge, default=Charge.INCLUDED)
    invoice_id: Mapped[int | None] = ref("invoice")
    diagnosis: Mapped[str | None]
    work_done: Mapped[str | None]
    tested: Mapped[bool | None] = flag()
    data_intact: Mapped[bool | None] = flag()
    backed_up: Mapped[bool | None] = flag()
    solved: Mapped[bool | None] = flag()
    remaining_work: Mapped[str | None]

    __table_args__ = (
        Index("ix_intervention_started_at", "started_at", sqlite_where=NOT_IN_BIN),
        # All that the repair time of a ticket is counted from.
        Index(
            "ix_intervention_repair",
            "ticket_id",
            "maintenance_type",
            "deleted_at",
            "started_at",
            "ended_at",
            "repair_minutes",
        ),
    )


class Part(Record, Base):
    """A part fitted during an intervention."""

    __tablename__ = "part"

    intervention_id: Mapped[int] = ref("intervention")
    label: Mapped[str]
    reference: Mapped[str | None]
    serial: Mapped[str | None]
    old_part: Mapped[str | None]
    warranty: Mapped[str | None]
    quantity: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[int | None]
