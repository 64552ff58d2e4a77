"""Tickets, their journal, and interventions (domain.md A.6, B.1, D.4).

The journal (`TicketEvent`) is the truth. The columns of `Ticket` under « projection » are made again from it after
each act by services.tickets, and exist so that lists and indicators read them by SQL.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref, utc
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
from app.models.upkeep_codes import CancelReason, LinkKind, PartState, Resolution

NOT_IN_BIN = text("deleted_at IS NULL")
"""The rows of a list in its own order: it is walked to any depth without reading them."""
STOPS = text("kind IN ('down', 'up') AND deleted_at IS NULL")
"""Acts that say that an asset stopped, or works again: few of all the acts."""


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
    contract_chosen: Mapped[bool] = flag(default=False)
    contract_reason: Mapped[str | None]
    source: Mapped[str | None]
    source_number: Mapped[str | None]
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
    assignee: Mapped[str | None]
    transfers: Mapped[int] = mapped_column(default=0)
    resolution: Mapped[Resolution | None] = code(Resolution)
    final_at: Mapped[datetime | None] = utc()
    cancel_reason: Mapped[CancelReason | None] = code(CancelReason)
    down_since: Mapped[datetime | None] = utc()
    down_minutes: Mapped[int | None]
    counted_at: Mapped[datetime | None] = utc()

    __table_args__ = (
        Index(
            "ix_ticket_opened_at",
            "opened_at",
            "kind",
            "status",
            "contract_id",
            "asset_id",
            "category",
            "priority",
            "deleted_at",
            sqlite_where=NOT_IN_BIN,
        ),
        # The earlier incidents of an asset, of the same category.
        Index("ix_ticket_again", "asset_id", "category", "resolved_at", "kind", "status", "deleted_at"),
        # The few tickets that were not yet, at a past moment, what they are today.
        Index("ix_ticket_counted_at", "counted_at", "opened_at", sqlite_where=NOT_IN_BIN),
        Index("ix_ticket_status_due", "status", "restore_due_at"),
        Index("ix_ticket_down_since", "down_since", sqlite_where=text("down_since IS NOT NULL")),
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
            "taken_at",
            "reopenings",
            "transfers",
            "contacts",
            "asset_id",
            "priority",
            "calendar_minutes",
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
            "asset_id",
            "priority",
        ),
        Index(
            "ix_ticket_on_site_at",
            "on_site_at",
            "on_site_due_at",
            "status",
            "deleted_at",
            "contract_id",
            "asset_id",
            "priority",
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


class TicketLink(Record, Base):
    """`ticket_id` bears on `other_id` as `kind` says."""

    __tablename__ = "ticket_link"

    ticket_id: Mapped[int] = ref("ticket")
    other_id: Mapped[int] = ref("ticket")
    kind: Mapped[LinkKind] = code(LinkKind, default=LinkKind.RELATED)

    __table_args__ = (UniqueConstraint("ticket_id", "other_id", "kind"),)


class TicketEvent(Record, Base):
    """One act of the journal. It is never edited: a mistake is put right by a later act.

    `stops_clock` is the contract's word at the time of a WAIT_STARTED. `value` is the new priority of an OPENED or a
    PRIORITY act, the Resolution of a RESOLVED, the CancelReason of a CANCELLED, to whom of a TRANSFERRED.
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

    __table_args__ = (
        # Which tickets told of a stop since a day, then all that each told of it.
        Index("ix_ticket_event_stops", "at", "ticket_id", sqlite_where=STOPS),
        Index("ix_ticket_event_stops_of", "ticket_id", "at", "id", "kind", sqlite_where=STOPS),
    )


class Intervention(Record, Base):
    """A visit or a remote session, on a ticket or for a planned visit. `repair_minutes` is active repair time, travel
    and waits left out (B.2)."""

    __tablename__ = "intervention"
    __title__ = ("number",)
    __searched__ = ("number", "technician", "diagnosis", "work_done")

    number: Mapped[str] = mapped_column(unique=True)
    ticket_id: Mapped[int | None] = ref("ticket")
    visit_id: Mapped[int | None] = ref("visit")
    kind: Mapped[InterventionKind] = code(InterventionKind, default=InterventionKind.REMOTE)
    maintenance_type: Mapped[MaintenanceType] = code(MaintenanceType, default=MaintenanceType.CURATIVE)
    level: Mapped[int | None]
    technician: Mapped[str | None]
    started_at: Mapped[datetime] = utc()
    ended_at: Mapped[datetime | None] = utc()
    repair_minutes: Mapped[int | None]
    travel: Mapped[bool | None] = flag()
    travel_minutes: Mapped[int | None]
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
    """A part asked for on a ticket, then fitted during an intervention (domain.md C.12). `unit_price` in cents HT."""

    __tablename__ = "part"
    __title__ = ("label",)
    __searched__ = ("label", "reference", "serial")

    ticket_id: Mapped[int | None] = ref("ticket")
    intervention_id: Mapped[int | None] = ref("intervention")
    label: Mapped[str]
    reference: Mapped[str | None]
    serial: Mapped[str | None]
    old_part: Mapped[str | None]
    old_serial: Mapped[str | None]
    taken_back: Mapped[bool | None] = flag()
    warranty: Mapped[str | None]
    warranty_until: Mapped[date | None] = day()
    quantity: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[int | None]
    supplier: Mapped[str | None]
    state: Mapped[PartState] = code(PartState, default=PartState.FITTED)
    requested_on: Mapped[date | None] = day()
    ordered_on: Mapped[date | None] = day()
    received_on: Mapped[date | None] = day()
    fitted_on: Mapped[date | None] = day()
    checked_on: Mapped[date | None] = day()


class Loaner(Record, Base):
    """A thing that the provider lends while an asset is repaired (domain.md C.12); with us until `returned_on`."""

    __tablename__ = "loaner"
    __title__ = ("number", "label")
    __searched__ = ("number", "label", "serial")

    number: Mapped[str] = mapped_column(unique=True)
    ticket_id: Mapped[int | None] = ref("ticket")
    asset_id: Mapped[int | None] = ref("asset")
    provider_id: Mapped[int | None] = ref("provider")
    person_id: Mapped[int | None] = ref("person")
    label: Mapped[str]
    serial: Mapped[str | None]
    lent_on: Mapped[date] = day()
    due_on: Mapped[date | None] = day()
    returned_on: Mapped[date | None] = day()
    condition_out: Mapped[str | None]
    condition_in: Mapped[str | None]
