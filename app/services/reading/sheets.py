"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) to lines of texts (reliability.md F10).

A true date becomes an ISO one, so that no order of day and month has to be guessed; a number is written as a person
would type it in a list.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.errors import Refused
from app.fields import fold
from app.services.reading.decoding import mended
from app.services.reading.package import Package, Place
from app.services.reading.rows import MAX_COLUMNS, MAX_ROWS, UNCOMPUTED, Lines, Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_EXACT = 10**15
_MAX_MERGED = 20_000


def read_lines(name: str, raw: bytes, wanted: str = "") -> Lines:
    """Of the sheet named, else of the first visible one that holds anything."""
    package = Package(name, raw) if raw.startswith(b"PK") else None
    if package:
        package.check()
    book = _opened(name, raw)
    names = tuple(str(one) for one in book.sheet_names)
    sheet = _chosen(name, book, names, wanted)
    uncomputed = package.uncomputed(sheet.name) if package else set()
    return Lines(_measured(_rows(sheet, uncomputed), name), sheets=names, sheet=str(sheet.name))


def _opened(name: str, raw: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - for a workbook only

    try:
        return CalamineWorkbook.from_filelike(BytesIO(raw))
    except PasswordError as error:
        raise Refused(
            f"«\u00a0{name}\u00a0» est protégé par un mot de passe\u00a0: enregistrez-en une copie sans protection."
        ) from error
    except (CalamineError, OSError) as error:
        raise Refused(
            f"«\u00a0{name}\u00a0» n’est pas un classeur lisible\u00a0: il est abîmé, ou d’une autre sorte."
        ) from error


def _chosen(name: str, book: "CalamineWorkbook", names: tuple[str, ...], wanted: str) -> "CalamineSheet":
    if wanted:
        found = [one for one in names if fold(one) == fold(wanted)]
        if not found:
            raise Refused(
                f"«\u00a0{name}\u00a0» n’a pas de feuille «\u00a0{wanted}\u00a0». Feuilles\u00a0: {', '.join(names)}."
            )
        return book.get_sheet_by_name(found[0])
    visible = [one.name for one in book.sheets_metadata if str(one.visible).endswith("Visible")]
    for one in visible or names:
        sheet = book.get_sheet_by_name(one)
        if sheet.end is not None:
            return sheet
    raise Refused(f"«\u00a0{name}\u00a0» ne contient aucune ligne.")


def _measured(rows: Iterator[Row], name: str) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            raise Refused(f"«\u00a0{name}\u00a0» a plus de 100\u00a0000\u00a0lignes\u00a0: découpez-le.")
        if len(row.cells) > MAX_COLUMNS and any(row.cells[MAX_COLUMNS:]):
            raise Refused(f"«\u00a0{name}\u00a0» a plus de {MAX_COLUMNS}\u00a0colonnes\u00a0: ce n’est pas une liste.")
        yield row


def _rows(sheet: "CalamineSheet", uncomputed: set[Place]) -> Iterator[Row]:
    """Lines that hold anything, numbered as the spreadsheet numbers them."""
    merged = _merged_down(sheet)
    odd = {row for row, _ in uncomputed}
    above: dict[int, str] = {}
    for number, read in enumerate(sheet.iter_rows()):
        cells = [cell if cell.__class__ is str and cell.isascii() else _text(cell) for cell in read]
        if number in odd:
            cells = _marked(cells, {column for row, column in uncomputed if row == number})
        for column, until in merged.get(number, {}).items():
            above[column] = cells[column] if until else above.get(column, "")
            cells[column] = above[column]
        if any(cells):
            yield Row(number + 1, tuple(cells))


def _marked(cells: list[str], columns: set[int]) -> list[str]:
    """The last formulas of a line may lie beyond what the reader gives."""
    wide = [*cells, *[""] * (max(columns) + 1 - len(cells))]
    return [UNCOMPUTED if column in columns and not cell else cell for column, cell in enumerate(wide)]


def _merged_down(sheet: "CalamineSheet") -> dict[int, dict[int, bool]]:
    """Row -> column -> whether its merged cell begins there: what one big cell says holds for each of its lines."""
    found: dict[int, dict[int, bool]] = {}
    for (top, left), (bottom, _) in (sheet.merged_cell_ranges or [])[:_MAX_MERGED]:
        if bottom > top and bottom - top < _MAX_MERGED:
            for row in range(top, bottom + 1):
                found.setdefault(row, {})[left] = row == top
    return found


def _text(cell: Any) -> str:
    write: Callable[[Any], str] = _WRITERS.get(cell.__class__, str)
    return write(cell)


def _number(value: float) -> str:
    """1234.0 -> « 1234 »; the noise of computed results is dropped; three decimals get a zero more, lest they be taken
    for thousands."""
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
        return ""
    if value == int(value):
        return str(int(value))
    text = format(value, ".15g")
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals}0" if len(decimals) == 3 and "e" not in text else text  # noqa: PLR2004 - as said above


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


def _duration(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: mended(value.replace(UNCOMPUTED, "")),
    float: _number,
    int: str,
    bool: lambda value: "Oui" if value else "Non",
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: value.isoformat("minutes"),
    timedelta: _duration,
}
