"""A table as its reader gives it: lines of texts, without knowing which of them holds the headings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_ROWS = 100_000
MAX_COLUMNS = 500
UNCOMPUTED = "\0"
"""Stands for a formula whose result the file does not hold: no text that is read holds this sign."""


class Row(NamedTuple):
    """`line` is where it begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Lines:
    """`rows` come one by one, those without any text left out; `bad` (line, sentence) fills up as they do."""

    rows: Iterator[Row]
    bad: list[tuple[int, str]] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
