"""A CSV list of any program to a table of texts (reliability.md F9, F13)."""

import csv
import io
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from app.errors import Refused
from app.services.importing.decoding import mended

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_LINES = 1_000_000
MAX_HEADER = 50_000
SEPARATORS = ";,\t|"
_OURS = re.compile(r"'(?=\s*[=+\-@\t\r])")
_DECLARED = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where it begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has exactly as many cells as there are headers; `bad` holds (line, sentence)."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[tuple[int, str], ...] = ()


def read_table(text: str, name: str = "Ce fichier") -> Table:
    """Refused if there is no header or if the list is out of all measure."""
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise Refused(f"«\u00a0{name}\u00a0» a plus d’un million de lignes\u00a0: ce n’est pas une liste.")
    bad: list[tuple[int, str]] = []
    lines = list(io.StringIO(text, newline=""))
    separator, start = _separator(lines)
    if start < len(lines) and len(lines[start]) > MAX_HEADER:
        raise Refused(f"La première ligne de «\u00a0{name}\u00a0» est démesurée\u00a0: ce n’est pas une liste.")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one for the whole process: never lowered
    records = _records(lines, start, separator, bad)
    header = next(records, None)
    if header is None:
        raise Refused(f"«\u00a0{name}\u00a0» ne contient aucune ligne.")
    headers = tuple(cell.strip() for cell in header.cells)
    if len(headers) > MAX_COLUMNS:
        raise Refused(f"«\u00a0{name}\u00a0» a plus de {MAX_COLUMNS}\u00a0colonnes\u00a0: ce n’est pas une liste.")
    rows = tuple(_fitted(records, len(headers), bad))
    if len(rows) > MAX_ROWS:
        raise Refused(f"«\u00a0{name}\u00a0» a plus de 100\u00a0000\u00a0lignes\u00a0: découpez-le.")
    return Table(headers, rows, tuple(bad))


def _fitted(records: Iterator[Row], width: int, bad: list[tuple[int, str]]) -> Iterator[Row]:
    """Short rows are completed; a row with more filled cells than headers is shifted, so refused."""
    for count, row in enumerate(records):
        if count > MAX_ROWS:
            return
        extra = row.cells[width:]
        if any(cell.strip() for cell in extra):
            bad.append(
                (row.line, f"{len(row.cells)}\u00a0cellules pour {width}\u00a0colonnes\u00a0: guillemets\u00a0?")
            )
        else:
            yield Row(row.line, (row.cells + ("",) * (width - len(row.cells)))[:width])


def _records(lines: list[str], start: int, separator: str, bad: list[tuple[int, str]]) -> Iterator[Row]:
    """Records that hold anything. A quote never closed loses its own line only: reading goes on at the next."""
    for _ in range(20):
        opened = yield from _until_unclosed(lines, start, separator)
        if opened is None:
            return
        bad.append((opened + 1, "Un guillemet ouvert sur cette ligne n’est pas refermé."))
        start = opened + 1
    bad.append((start + 1, "Trop de guillemets ne sont pas refermés\u00a0: la suite du fichier n’est pas lue."))


def _until_unclosed(lines: list[str], start: int, separator: str) -> Generator[Row, None, int | None]:
    """Yields the records from `start`; returns the index of a line whose quote is not closed, if there is one."""
    reader = csv.reader(lines[start:], delimiter=separator)
    begin = start
    for cells in reader:
        end = start + reader.line_num
        if (end - begin > 1 or end == len(lines)) and _unclosed(lines[begin:end], separator):
            return begin
        if any(cell.strip() for cell in cells):
            yield Row(begin + 1, tuple(_cell(cell) for cell in cells))
        begin = end
    return None


def _unclosed(lines: list[str], separator: str) -> bool:
    """The strict mode of csv alone tells a quote never closed, or closed lines below by the quote of another cell."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return len(lines) > 1 or "unexpected end of data" in str(error)
    return False


def _cell(text: str) -> str:
    """The quote that our own export puts before what Excel would take for a formula is taken off again."""
    return mended(text[1:] if _OURS.match(text) else text)


def _separator(lines: list[str]) -> tuple[str, int]:
    """The separator most frequent outside quotes in the first filled line, and the index where records begin."""
    for index, line in enumerate(lines):
        if declared := _DECLARED.fullmatch(line):
            return declared[1], index + 1
        if line.strip():
            bare = re.sub(r'"[^"]*"', "", line)
            return max(SEPARATORS, key=bare.count), index
    return ";", 0
