"""Numbers given by the program: never used twice, even after a bin."""

from sqlalchemy.orm import Session

from app.models import Counter


def next_number(session: Session, prefix: str, width: int = 4) -> str:
    """« PC-0001 », « T-2026-0002 »: the next one under this prefix."""
    counter = session.get(Counter, prefix) or Counter(prefix=prefix, last=0)
    counter.last += 1
    session.add(counter)
    session.flush()
    return f"{prefix}-{counter.last:0{width}d}"
