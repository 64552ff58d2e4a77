"""The columns of a sheet of accounts: what each holds, and how it is named in the formulas of the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from openpyxl.utils import get_column_letter

from app.fields import NBSP
from app.fields.formats import day, number
from app.reports.workbook import Column, Sheet

T = TypeVar("T")
NARROWEST, MARGIN, HEAD_MARGIN = 8, 2, 3
HEAD_LINES = 2
EMPTY = 12
"""Letters of an amount when the list has none."""
READABLE = 240
"""Letters that one landscape page still shows legibly; a wider list is printed on two side by side."""
NOTHING = "=0"
"""What a formula over a list without rows gives."""


@dataclass(frozen=True)
class Col(Generic[T]):
    """`value` gives the cell of a row from its record and its number in the sheet; `most` bounds the width."""

    key: str
    label: str
    kind: str
    value: Callable[[T, int], Any]
    total: bool = False
    most: int = 34


@dataclass(frozen=True)
class Listed(Generic[T]):
    """A list of the workbook. `at(key)` is the letter of a column, `range(key)` the cells of its rows."""

    title: str
    cols: Sequence[Col[T]]
    records: Sequence[T]
    kept: int = 1
    dress: Callable[[Any, int], None] | None = None

    def letter(self, key: str) -> str:
        return get_column_letter(next(at for at, col in enumerate(self.cols, 1) if col.key == key))

    def range(self, key: str) -> str:
        letter = self.letter(key)
        return f"'{self.title}'!${letter}$2:${letter}${len(self.records) + 1}"

    def formula(self, made: Callable[..., str], *keys: str) -> str:
        """A formula over the ranges of these columns; zero while the list is empty."""
        return f"={made(*(self.range(key) for key in keys))}" if self.records else NOTHING

    def sum(self, key: str) -> str:
        return self.formula("SUM({})".format, key)

    def sheet(self) -> Sheet:
        rows = [[col.value(one, line) for col in self.cols] for line, one in enumerate(self.records, 2)]
        columns = [
            Column(col.label, col.kind, _width(col, [row[at] for row in rows]), col.total)
            for at, col in enumerate(self.cols)
        ]
        pages = 1 if sum(column.width for column in columns) <= READABLE else 2
        return Sheet(self.title, columns, rows, fitted=pages, kept=self.kept, dress=self.dress)


def _width(col: Col[Any], values: Sequence[Any]) -> int:
    """As wide as its head on two lines, and as its longest value, its total among them."""
    head = max(-(-len(col.label) // HEAD_LINES), *map(len, col.label.split()))
    if "money" in col.kind:
        told = [abs(value) for value in values if isinstance(value, int)]
        whole = sum(told) if col.total else max(told, default=0)
        longest = len(f"{number(whole // 100)},00{NBSP}€") if told else EMPTY
    elif col.kind == "day":
        longest = len(day(None)) if not values else len("31/12/2026")
    else:
        longest = max((len(str(value)) for value in values if value is not None), default=0)
    return max(NARROWEST, head + HEAD_MARGIN, min(longest + MARGIN, col.most))
