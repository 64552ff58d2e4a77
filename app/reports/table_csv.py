"""Any list as a CSV that a French Excel opens by a double click: semicolons, BOM, decimal comma, no formula
(reliability.md F13)."""

import csv
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.fields import formats
from app.fields.cells import guarded
from app.jobs import Job, Progress
from app.reports.workbook import EVERY, Column
from app.reports.workbook_cells import clean

_WRITERS: dict[str, Callable[[Any], str]] = {
    "day": formats.day,
    "moment": formats.moment,
    "money": lambda cents: f"{Decimal(cents) / 100:.2f}".replace(".", ","),
    "number": lambda value: str(value).replace(".", ","),
    "decimal": lambda value: str(value).replace(".", ","),
    "plain": lambda value: f"{value.normalize():f}".replace(".", ","),
    "duration": lambda minutes: f"{minutes // 60}:{minutes % 60:02d}",
    "flag": lambda value: "Oui" if value else "Non",
    "text": lambda value: guarded(clean(str(value))),
}


def write_list(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Any]], total: int = 0) -> Job[int]:
    """Write the rows as they come; gives how many there were."""
    count = 0
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow([guarded(clean(column.label)) for column in columns])
        writers = [_WRITERS[column.kind] for column in columns]
        for count, row in enumerate(rows, 1):
            out.writerow(["" if value is None else write(value) for write, value in zip(writers, row, strict=True)])
            if count % EVERY == 0:
                yield Progress(count, total, "Écriture du fichier")
    part.replace(path)
    return count
