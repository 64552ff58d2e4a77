"""What every kept record has, and the column types that suit STRICT tables (TEXT, INTEGER, BLOB only)."""

import json
import uuid
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Dialect, ForeignKey, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.codes import Code

__all__ = ["Base", "CodeText", "Day", "JsonObject", "Record", "Utc", "code", "day", "extras", "flag", "ref", "utc"]


class Utc(TypeDecorator[datetime]):
    """An aware time, kept as « 2026-11-21T13:05:00Z »: sorts as text, and whole seconds are enough."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        return value.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A date, kept as « 2026-11-21 »."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return None if value is None else date.fromisoformat(value)


class Yes(TypeDecorator[bool]):
    """A boolean as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        return None if value is None else bool(value)


class CodeText(TypeDecorator[Code]):
    """A member of a closed list, by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, options: type[Code]) -> None:
        super().__init__()
        self.options = options

    def process_bind_param(self, value: Code | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.options.of(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:  # noqa: ARG002
        return None if value is None else self.options.of(value)


class JsonObject(TypeDecorator[dict[str, Any]]):
    """Names and texts, kept as canonical JSON; always replaced whole, never changed in place."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return json.dumps(value or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any]:  # noqa: ARG002
        return json.loads(value or "{}")  # type: ignore[no-any-return]  # written above


def code(options: type[Code], **more: Any) -> Any:
    return mapped_column(CodeText(options), **more)


def day(**more: Any) -> Any:
    return mapped_column(Day, **more)


def utc(**more: Any) -> Any:
    return mapped_column(Utc, **more)


def flag(**more: Any) -> Any:
    return mapped_column(Yes, **more)


def extras() -> Any:
    return mapped_column(JsonObject, default=dict, server_default="{}")


def ref(target: str, **more: Any) -> Any:
    """A link to another record. RESTRICT: nothing is ever deleted by a chain reaction (reliability.md 2.5)."""
    return mapped_column(ForeignKey(f"{target}.id", ondelete="RESTRICT"), index=True, **more)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, int: BigInteger().with_variant(Integer, "sqlite")}


def new_uuid() -> str:
    return str(uuid.uuid4())


class Record:
    """A thing the company keeps: never deleted, only put in the bin; every change is in the history.

    `__searched__` names the text columns of its full-text index; `__title__` the columns of its short name.
    """

    __table__: ClassVar[Any]
    __searched__: ClassVar[tuple[str, ...]] = ()
    __title__: ClassVar[tuple[str, ...]] = ()

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True, default=new_uuid)
    version: Mapped[int] = mapped_column(default=1, onupdate=text("version + 1"))  # of bulk statements too
    created_at: Mapped[datetime] = utc(default=lambda: datetime.now(UTC))
    updated_at: Mapped[datetime] = utc(default=lambda: datetime.now(UTC), onupdate=lambda: datetime.now(UTC))
    deleted_at: Mapped[datetime | None] = utc()
    deleted_by: Mapped[str | None]
    deleted_reason: Mapped[str | None]


def within(column: str, low: int, high: int) -> CheckConstraint:
    """A bound that the base itself keeps."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")
