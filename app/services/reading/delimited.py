"""A CSV list of any program to lines of texts (reliability.md F9, F13)."""

import csv
import io
import re
from collections.abc import Generator, Iterator

from app.errors import Refused
from app.fields.cells import unguarded
from app.services.reading.decoding import mended
from app.services.reading.rows import MAX_COLUMNS, MAX_ROWS, Lines, Row

MAX_LINES = 1_000_000
MAX_HEADER = 50_000
SEPARATORS = ";,\t|"
_DECLARED = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_LOOKED_AT = 10


def read_lines(text: str, name: str = "Ce fichier") -> Lines:
    """Refused if the list is out of all measure."""
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise Refused(f"«\u00a0{name}\u00a0» a plus d’un million de lignes\u00a0: ce n’est pas une liste.")
    lines = list(io.StringIO(text, newline=""))
    separator, start = _separator(lines)
    if start < len(lines) and len(lines[start]) > MAX_HEADER:
        raise Refused(f"La première ligne de «\u00a0{name}\u00a0» est démesurée\u00a0: ce n’est pas une liste.")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one for the whole process: never lowered
    bad: list[tuple[int, str]] = []
    return Lines(_measured(_records(lines, start, separator, bad), name), bad)


def _measured(records: Iterator[Row], name: str) -> Iterator[Row]:
    for count, row in enumerate(records):
        if count > MAX_ROWS:
            raise Refused(f"«\u00a0{name}\u00a0» a plus de 100\u00a0000\u00a0lignes\u00a0: découpez-le.")
        if len(row.cells) > MAX_COLUMNS:
            raise Refused(f"«\u00a0{name}\u00a0» a plus de {MAX_COLUMNS}\u00a0colonnes\u00a0: ce n’est pas une liste.")
        yield row


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
    bare = unguarded(text) if text.startswith("'") else text
    return bare if bare.isascii() else mended(bare)


def _separator(lines: list[str]) -> tuple[str, int]:
    """The index where records begin, and the separator most frequent outside quotes in the first filled line; where
    that line has none (a title), in the first of the next lines that has any."""
    for index, line in enumerate(lines):
        if declared := _DECLARED.fullmatch(line):
            return declared[1], index + 1
        if line.strip():
            return _most_frequent(lines[index : index + _LOOKED_AT]), index
    return ";", 0


def _most_frequent(lines: list[str]) -> str:
    for line in lines:
        bare = re.sub(r'"[^"]*"', "", line[:MAX_HEADER])
        found = max(SEPARATORS, key=bare.count)
        if found in bare:
            return found
    return ";"
