"""Lists of tickets told from the other files given to the import, by the first lines of each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.jobs import Job, Progress
from app.services.importing.child import Reader
from app.services.importing.tables import tabled
from app.services.reading.rows import Row
from app.services.reading.worker import AT_ONCE, Frame
from app.services.ticket_import.columns import is_tickets
from app.storage import Store

TEXTS = {".csv", ".txt", ".tsv"}
BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
Apart = tuple[list[Path], list[Path]]


class _Head:
    """The first rows of a list; none of a file that is no list. `whole` when there were no more."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self.whole = True

    def take(self, frame: Frame) -> list[Row] | None:
        if "rows" not in frame:
            return self._rows
        self._rows += [Row(line, tuple(cells)) for line, cells in frame["rows"]]
        self.whole = len(frame["rows"]) < AT_ONCE
        return None if self.whole else self._rows


def apart_job(store: Store, paths: Sequence[Path]) -> Job[Apart]:
    """The lists of tickets, then the other files, each in the order given. A file that cannot be read is another."""
    tickets, others = list[Path](), list[Path]()
    with Reader() as reader:
        for path in paths:
            is_one = path.is_file() and (yield from _is_one(store, reader, path))
            (tickets if is_one else others).append(path)
    return tickets, others


def _is_one(store: Store, reader: Reader, path: Path) -> Job[bool]:
    suffix = path.suffix.lower()
    if suffix not in TEXTS | BOOKS:
        return False
    head, asked = _Head(), {"path": str(path.absolute()), "sheet": "", "last_user": False}
    try:
        rows = yield from reader.ask(path, asked, head.take, Progress(0, 1, f"Lecture de {path.name}"))
        if not head.whole:
            reader.kill()  # what it still has to say of this list would answer for the next
        end: dict[str, Any] = {"bad": [], "notes": [], "sheets": [], "sheet": "?" if suffix in BOOKS else ""}
        table = tabled(rows, path.name, end)
    except Refused:
        return False
    with store.read() as session:
        return is_tickets(session, table)
