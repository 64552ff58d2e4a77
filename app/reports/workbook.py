"""Any list as a workbook that Excel and LibreOffice open clean: true dates, amounts and durations, never a formula made
of what a person typed (reliability.md F12, F13)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from app.errors import AppError
from app.fields import formats
from app.jobs import Job, Progress
from app.reports.workbook_cells import BOLD, FORMATS, FORMULA, LEFT, RIGHT, WHITE, clean, maker, style, text_maker

EVERY = 500
MAKER = "Parcomètre"
READ_ME = "Lisez-moi"
NOTE_WIDTH, NOTE_LINE = 90, 15
"""Letters of a line of that page, and its height in points."""
A4, FOOT = 9, 8
MARGINS = (0.4, 0.4, 0.45, 0.6, 0.3, 0.3)
"""Inches: left, right, top, bottom, and those of the head and of the foot."""
READABLE_WIDTH = 220
"""Letters that a landscape page still shows legibly; a wider list is printed over several pages."""
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = PatternFill("solid", fgColor="1F4E5F")
_TOTAL_EDGE = Border(top=Side(style="medium", color="1B1F23"))


@dataclass(frozen=True)
class Column:
    """`kind` tells what its values are: str, date, aware datetime, cents, number, minutes, bool; None is empty.

    A « plain » number has the decimals that it needs; a percent is a ratio. « =number » holds formulas of numbers.
    """

    label: str
    kind: str
    width: int = 16
    total: bool = False


@dataclass(frozen=True)
class About:
    """What the page « Lisez-moi » says of the list; `notes` are further lines of it, under their labels."""

    title: str
    company: str
    on: date
    filters: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A list in a book: `rows` are read once, as they are written.

    `fitted`: printed as wide as so many pages, whatever it holds; `kept` columns stay in sight and on each page;
    `dress` adds to the sheet what depends on how many rows it has.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    fitted: int = 0
    kept: int = 0
    dress: Callable[[Any, int], None] | None = None


@dataclass(frozen=True)
class Drawn:
    """A page of a book that is no list: `draw` fills the sheet."""

    title: str
    draw: Callable[[Any], None]


def write_list(
    target: Path | IO[bytes], about: About, columns: Sequence[Column], rows: Iterable[Sequence[Any]], total: int = 0
) -> Job[int]:
    """Write the rows as they come; gives how many there were. AppError if Excel holds the file open."""
    return (yield from write_book(target, about, [Sheet(about.title, columns, rows)], total))


def write_book(target: Path | IO[bytes], about: About, sheets: Sequence[Sheet | Drawn], total: int = 0) -> Job[int]:
    """Several lists in one book, in this order; gives how many rows there were in all.

    A book that has a page « Lisez-moi » of its own is given no other.
    """
    book = Workbook(write_only=True)
    try:
        _describe(book, about)
        counts: list[tuple[str, int]] = []
        for one in sheets:
            sheet = book.create_sheet(_sheet_name(one.title))
            _foot(sheet, about)
            if isinstance(one, Drawn):
                one.draw(sheet)
            else:
                counts.append((one.title, (yield from _list(sheet, one, sum(n for _, n in counts), total))))
        if READ_ME not in book.sheetnames:
            _read_me(book, about, counts)
        written = sum(n for _, n in counts)
        yield Progress(written, total, "Enregistrement du classeur")
        _save(book, target)
    except BaseException:
        _abandon(book)
        raise
    return written


def _list(sheet: Any, one: Sheet, before: int, total: int) -> Job[int]:
    _head(sheet, one)
    make = _makers(sheet, one.columns)
    count = 0
    for count, row in enumerate(one.rows, 1):
        sheet.append([cell(value) for cell, value in zip(make, row, strict=True)])
        if count % EVERY == 0:
            yield Progress(before + count, total, "Écriture du classeur")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.columns))}{count + 1}"
    _total_row(sheet, one.columns, count)
    if one.dress is not None and count:
        one.dress(sheet, count)
    return count


def _abandon(book: Workbook) -> None:
    """Close the sheets under way and remove the temporary files that hold their rows."""
    sheets: Any = book.worksheets
    for sheet in sheets:
        if not sheet.closed:
            sheet.close()
            sheet._writer.cleanup()  # noqa: SLF001 - openpyxl gives no other way to give a workbook up


def _describe(book: Workbook, about: About) -> None:
    """The properties of the file, and no name of a session or a machine."""
    told = book.properties
    told.creator = told.lastModifiedBy = MAKER
    told.title = clean(about.title)
    told.company = clean(about.company)
    told.created = told.modified = datetime(about.on.year, about.on.month, about.on.day, tzinfo=UTC).replace(
        tzinfo=None
    )


def _sheet_name(title: str) -> str:
    return _SHEET_NAME.sub(" ", clean(title))[:31].strip() or "Liste"


def _makers(sheet: Any, columns: Sequence[Column]) -> list[Callable[[Any], Any]]:
    """One function a column: a stored value -> a cell in its style."""
    return [text_maker(sheet) if column.kind == "text" else maker(sheet, column.kind) for column in columns]


def _foot(sheet: Any, about: About) -> None:
    """What each printed page says at its foot: of whom, which sheet, which page."""
    sheet.page_setup.paperSize = A4
    sheet.page_margins = PageMargins(*MARGINS)
    sheet.oddFooter.left.text = f"{about.title} – {about.company}".replace("&", "&&")
    sheet.oddFooter.center.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
        part.size = FOOT


def _head(sheet: Any, one: Sheet) -> None:
    columns = one.columns
    for i, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(i)].width = min(max(column.width, 8), 70)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = f"{get_column_letter(one.kept + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    if one.fitted or sum(column.width for column in columns) <= READABLE_WIDTH:
        sheet.page_setup.fitToWidth = one.fitted or 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    else:  # what each line is about stays in sight, and is printed on each page
        sheet.freeze_panes = "B2"
        sheet.print_title_cols = "A:A"
    if one.kept and one.fitted > 1:
        sheet.print_title_cols = f"A:{get_column_letter(one.kept)}"
    sheet.append(
        [_head_maker(sheet, "right" if _shown(column) in RIGHT else "left")(column.label) for column in columns]
    )


def _shown(column: Column) -> str:
    return column.kind.removeprefix(FORMULA)


def _head_maker(sheet: Any, side: Literal["left", "right"]) -> Callable[[Any], Any]:
    return text_maker(sheet, font=WHITE, fill=_HEAD, alignment=Alignment(side, "center", wrap_text=True, indent=1))


def _total_row(sheet: Any, columns: Sequence[Column], count: int) -> None:
    """Sums as formulas under the list, one row apart from it so that filters leave them alone."""
    if not any(column.total for column in columns) or not count:
        return
    sheet.append([])
    sheet.append([_total_cell(sheet, i, column, count) for i, column in enumerate(columns, 1)])


def _total_cell(sheet: Any, i: int, column: Column, count: int) -> Any:
    letter = get_column_letter(i)
    summed = f"=SUBTOTAL(109,{letter}2:{letter}{count + 1})" if column.total else "Total" if i == 1 else None
    cell: Any = WriteOnlyCell(sheet, summed)
    number_format = FORMATS.get(_shown(column), "General") if column.total else "General"
    look = {"font": BOLD, "border": _TOTAL_EDGE} | ({} if column.total else {"alignment": LEFT})
    cell._style = style(sheet, number_format, look)  # noqa: SLF001
    return cell


def _read_me(book: Workbook, about: About, counts: Sequence[tuple[str, int]]) -> None:
    sheet: Any = book.create_sheet(READ_ME)
    _foot(sheet, about)
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = NOTE_WIDTH
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    lines = [
        ("Liste", about.title),
        ("Entreprise", about.company),
        ("Données au", formats.day(about.on)),
        *_told(about, counts),
        ("Total", "La ligne «\u00a0Total\u00a0» additionne les lignes affichées\u00a0: elle suit les filtres."),
        *about.notes,
        ("Établi avec", MAKER),
    ]
    top = Alignment("left", "top", wrap_text=True)
    bold, plain = text_maker(sheet, font=BOLD, alignment=top), text_maker(sheet, alignment=top)
    for at, (label, text) in enumerate(lines, 1):
        sheet.row_dimensions[at].height = NOTE_LINE * (1 + len(text) // NOTE_WIDTH)
        sheet.append([bold(label), plain(text)])


def _told(about: About, counts: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """How many rows, and of what."""
    if len(counts) != 1:
        return [("Feuille", f"{title}\u00a0: {formats.number(count)} lignes") for title, count in counts]
    filters = about.filters or ("aucun\u00a0: la liste est entière",)
    return [("Lignes", formats.number(counts[0][1])), *(("Filtre", text) for text in filters)]


def _save(book: Workbook, target: Path | IO[bytes]) -> None:
    """To a stream, or to a file that appears whole or not at all."""
    if not isinstance(target, Path):
        book.save(target)
        return
    part = target.with_name(f"{target.name}.part")
    try:
        book.save(part)
        part.replace(target)
    except PermissionError as error:
        part.unlink(missing_ok=True)
        raise AppError(
            f"«\u00a0{target.name}\u00a0» est ouvert dans un autre programme. Fermez-le, puis recommencez."
        ) from error
