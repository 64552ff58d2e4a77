"""Deadlines dealt with, and those that the manager adds by hand; all the others are worked out (services.deadlines)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, day


class Handled(Record, Base):
    """A deadline that somebody dealt with, and how. `mark` tells which: its kind, the uuid of its record, its date."""

    __tablename__ = "handled"
    __title__ = ("mark",)

    mark: Mapped[str] = mapped_column(unique=True)
    handled_on: Mapped[date] = day()
    reason: Mapped[str]


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
