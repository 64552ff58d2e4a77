"""Numbers given by the program: never used twice, even after a bin."""

from sqlalchemy import Integer, Table, cast, func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Counter


def next_number(session: Session, prefix: str, width: int = 4) -> str:
    """« PC-0001 », « T-2026-0002 »: the next one under this prefix, past those typed by hand or imported."""
    counter = session.get(Counter, prefix) or Counter(prefix=prefix, last=0)
    counter.last += 1
    if _is_used(session, f"{prefix}-{counter.last:0{width}d}"):
        counter.last = _highest(session, prefix) + 1
    session.add(counter)
    session.flush()
    return f"{prefix}-{counter.last:0{width}d}"


def next_numbers(session: Session, prefix: str, count: int, width: int = 4) -> list[str]:
    """So many at once, in one search."""
    counter = session.get(Counter, prefix) or Counter(prefix=prefix, last=0)
    first = max(counter.last, _highest(session, prefix)) + 1
    counter.last = first + count - 1
    session.add(counter)
    session.flush()
    return [f"{prefix}-{number:0{width}d}" for number in range(first, first + count)]


def _tables() -> list[Table]:
    numbered = (entity.model.__table__ for entity in ENTITIES.values() if entity.numbering)
    return [table for table in numbered if isinstance(table, Table)]


def _is_used(session: Session, number: str) -> bool:
    return any(session.scalar(select(own.c.id).where(own.c.number == number)) is not None for own in _tables())


def _highest(session: Session, prefix: str) -> int:
    """The greatest number already carried under the prefix, whoever gave it."""
    start = len(prefix) + 2
    found = [
        session.scalar(
            select(func.max(cast(func.substr(own.c.number, start), Integer))).where(
                own.c.number.startswith(f"{prefix}-", autoescape=True),
                func.substr(own.c.number, start).op("NOT GLOB")("*[^0-9]*"),
            )
        )
        for own in _tables()
    ]
    return max(value or 0 for value in found)
