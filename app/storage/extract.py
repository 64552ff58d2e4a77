"""A part of the history to hand over: the entries on some records, and the chain that runs through them to its head."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.storage.schema import OUTSIDE
from app.storage.sealing import commitment_of, digest

AT_ONCE = 500
_COLUMNS = (
    "seq, at, clock_doubtful, who, table_name, record_id, record_uuid, kind, before, after, salt, "
    "commitment, prev, hash"
)
_LINKS = "seq, at, who, table_name, record_uuid, kind, commitment, prev, hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed change of one record, as it is kept. `salt` None: its values were erased since, lawfully."""

    seq: int
    at: str
    clock_doubtful: int
    who: str
    table_name: str
    record_id: int
    record_uuid: str
    kind: str
    before: str | None
    after: str | None
    salt: str | None
    commitment: str
    prev: str
    hash: str

    @property
    def is_sound(self) -> bool:
        """Whether its seal still fits what it says."""
        kept = self.salt is None or self.commitment == commitment_of(self.salt, self.before, self.after)
        told = (self.prev, self.seq, self.at, self.who, self.table_name, self.record_uuid, self.kind, self.commitment)
        return kept and self.hash == digest(*told)

    @property
    def is_outside(self) -> bool:
        """Written by another program than this one."""
        return self.who == OUTSIDE


def entries(session: Session, wanted: Mapping[str, Collection[int]]) -> list[Entry]:
    """Every sealed entry on these records, by table and id, in the order of the history."""
    found: list[Entry] = []
    for table, ids in wanted.items():
        ordered = sorted(ids)
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = session.connection().exec_driver_sql(
                f"SELECT {_COLUMNS} FROM history WHERE table_name = ? AND record_id IN ({marks}) AND hash IS NOT NULL",
                (table, *some),
            )
            found.extend(Entry(*row) for row in rows)
    return sorted(found, key=lambda entry: entry.seq)


def links(session: Session, since: int) -> Iterator[Any]:
    """The chain from that entry to its head, without any value: what is needed to compute each seal again, as rows of
    the columns of _LINKS."""
    statement = f"SELECT {_LINKS} FROM history WHERE seq >= ? AND hash IS NOT NULL ORDER BY seq"
    yield from session.connection().exec_driver_sql(statement, (since,), execution_options={"yield_per": AT_ONCE})


def head(session: Session) -> tuple[int, str]:
    """Number and seal of the last sealed entry; (0, "") without any."""
    row = (
        session.connection()
        .exec_driver_sql("SELECT seq, hash FROM history WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1")
        .first()
    )
    return (row.seq, row.hash) if row else (0, "")
