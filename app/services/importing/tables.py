"""Lines of texts to a table: which line holds the headings, and what stands under each of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import Refused
from app.fields import fold
from app.services.importing import synonyms
from app.services.reading.rows import UNCOMPUTED, Row

LOOKED_AT = 30
"""First lines among which the headings are looked for: a title, a date, a logo may stand above."""
_FILLED = 0.6
_TOTAL = re.compile(r"(sous[- ])?tota(l|ux)\b")
_NUMBER = re.compile(r"[\d\s\u00a0\u202f.,€$%-]*")


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has exactly as many cells as there are headers; `bad` holds (line, sentence)."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""


def tabled(lines: Sequence[Row], name: str, end: Mapping[str, Any]) -> Table:
    """`end` is what the reader says once all its lines were given. Refused if nothing stands in it."""
    if not lines:
        raise Refused(f"«\u00a0{name}\u00a0» ne contient aucune ligne.")
    sheet, top = end["sheet"], _header(lines)
    rows, left = _without_total(lines[top + 1 :])
    headers = tuple(cell.strip() for cell in lines[top].cells)
    width = max((len(row.cells) for row in rows), default=0) if sheet else 0
    headers = _trimmed(headers + ("",) * (width - len(headers)), rows) if sheet else headers
    fitted, shifted = _fitted(rows, len(headers))
    told = [(int(line), str(sentence)) for line, sentence in end["bad"]]
    above = (f"Titres lus à la ligne {lines[top].line}.",) if top else ()
    return Table(headers, fitted, (*told, *shifted), (*end["notes"], *above, *left), tuple(end["sheets"]), sheet)


def _header(lines: Sequence[Row]) -> int:
    """The line with most headings that we know, if it has some; else the first one filled as widely as the others."""
    known = [sum(1 for cell in row.cells if cell and synonyms.is_known(cell)) for row in lines[:LOOKED_AT]]
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in lines[:LOOKED_AT]]
    best, wide = known.index(max(known)), _FILLED * max(filled)
    if known[best] > 1 or (known[best] == filled[best] >= wide):
        return best
    return next(i for i, count in enumerate(filled) if count >= wide)


def _without_total(rows: Sequence[Row]) -> tuple[Sequence[Row], tuple[str, ...]]:
    """The line of sums that closes a list, ours among others, is none of its records."""
    if rows and _is_total(rows[-1]):
        return rows[:-1], (f"Ligne {rows[-1].line} («\u00a0{_first(rows[-1])}\u00a0») laissée de côté.",)
    return rows, ()


def _first(row: Row) -> str:
    return next((cell.strip() for cell in row.cells if cell.strip()), "")


def _is_total(row: Row) -> bool:
    others = [cell for cell in row.cells if cell and cell.strip() != _first(row)]
    return bool(_TOTAL.match(fold(_first(row)))) and all(c == UNCOMPUTED or _NUMBER.fullmatch(c) for c in others)


def _trimmed(headers: tuple[str, ...], rows: Sequence[Row]) -> tuple[str, ...]:
    """Without the empty columns at the right that spreadsheets keep."""
    width = len(headers)
    while width > 1 and not headers[width - 1] and not any(any(row.cells[width - 1 :]) for row in rows):
        width -= 1
    return headers[:width]


def _fitted(rows: Iterable[Row], width: int) -> tuple[tuple[Row, ...], list[tuple[int, str]]]:
    """Short rows are completed; a row with more filled cells than headers is shifted, so refused."""
    kept: list[Row] = []
    bad: list[tuple[int, str]] = []
    for row in rows:
        if len(row.cells) == width:
            kept.append(row)
        elif any(cell.strip() for cell in row.cells[width:]):
            told = f"{len(row.cells)}\u00a0cellules pour {width}\u00a0colonnes\u00a0: guillemets\u00a0?"
            bad.append((row.line, told))
        else:
            kept.append(Row(row.line, (row.cells + ("",) * (width - len(row.cells)))[:width]))
    return tuple(kept), bad
