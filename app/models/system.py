"""What the program keeps for itself: settings, named views, the last numbers given, acts and their history."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, utc


class Setting(Base):
    """A declared setting that was changed; the value is JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SavedView(Record, Base):
    """Filters, columns and order of a list under one name; the layout is JSON."""

    __tablename__ = "saved_view"

    entity: Mapped[str]
    name: Mapped[str]
    layout: Mapped[str]

    __table_args__ = (UniqueConstraint("entity", "name"),)


class Counter(Base):
    """The last number given under a prefix: a number is never used again."""

    __tablename__ = "counter"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Action(Base):
    """One transaction as the user sees it: « Import de 43 biens ». Undoing it is another action that names it."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = utc()
    who: Mapped[str]
    label: Mapped[str]
    undoes: Mapped[int | None]


class History(Base):
    """One row's change, written by triggers and sealed by the program (reliability.md 4.1, 4.2, 5).

    `before` and `after` are canonical JSON of the columns (None for an insertion's before); `commitment` is
    SHA-256(salt, before, after), so that erasing the clear values of a person leaves the chain whole; `hash` is
    SHA-256(prev, seq, at, who, table, uuid, kind, commitment).
    """

    __tablename__ = "history"

    seq: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None]
    at: Mapped[str]
    clock_doubtful: Mapped[int] = mapped_column(default=0)
    who: Mapped[str]
    app_version: Mapped[str]
    table_name: Mapped[str]
    record_id: Mapped[int]
    record_uuid: Mapped[str]
    kind: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    salt: Mapped[str | None]
    commitment: Mapped[str | None]
    prev: Mapped[str | None]
    hash: Mapped[str | None]

    __table_args__ = (
        Index("ix_history_record", "table_name", "record_id"),
        Index("ix_history_action", "action_id"),
    )
