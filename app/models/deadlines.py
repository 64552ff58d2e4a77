"""Deadlines dealt with, and those that the manager adds by hand; all the others are worked out (services.deadlines)."""

from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day
from app.models.deadline_codes import DeadlineKind


class Handled(Record, Base):
    """A deadline that somebody dealt with, and how. `mark` tells which: its kind, the uuid of its record, its date.

    `line` is that of the line it was told in, which it shares with the other assets of its lot. `label`, `due_on` and
    the record to open stay as they were told: what the deadline came from may change since.
    """

    __tablename__ = "handled"
    __title__ = ("label",)

    mark: Mapped[str]
    line: Mapped[str]
    kind: Mapped[DeadlineKind] = code(DeadlineKind)
    label: Mapped[str]
    due_on: Mapped[date] = day()
    entity: Mapped[str]
    record_id: Mapped[int]
    handled_on: Mapped[date] = day()
    reason: Mapped[str]

    __table_args__ = (Index("ix_handled_mark", "mark", unique=True, sqlite_where=text("deleted_at IS NULL")),)


class Reminder(Record, Base):
    """A date that the manager wants to be reminded of, `lead_days` before."""

    __tablename__ = "reminder"
    __title__ = ("label",)
    __searched__ = ("label", "notes")

    label: Mapped[str]
    due_on: Mapped[date] = day()
    lead_days: Mapped[int] = mapped_column(default=30)
    consequence: Mapped[str | None]
    notes: Mapped[str | None]
