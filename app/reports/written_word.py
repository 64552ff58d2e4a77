"""A paper of numbered chapters as an editable Word file: the words of the PDF, in the styles that Word knows.

Titles are « Heading 1 », so that the navigation pane and the contents follow them; a table repeats its head and cuts no
row; what nobody filled yet is highlighted.
"""

from functools import singledispatch
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from app.fields import MISSING
from app.reports import word_parts as parts
from app.reports.identity import Pair
from app.reports.text import one_line, printable
from app.reports.word_parts import SPAN
from app.reports.written_data import (
    Block,
    Bullets,
    Chapter,
    Facts,
    Grid,
    Para,
    Signatures,
    WritingLines,
    WrittenPaper,
    pieces,
)

LABELS = 44
LOGO = (60, 15)
SIDE_BY_SIDE = 2
SIGNED = ("Nom", "Qualité", "Fait à", "Le")


def render(written: WrittenPaper) -> bytes:
    """The paper as .docx bytes; the same bytes for the same data."""
    word = Document()
    parts.dress(word)
    parts.lay_page(word, written)
    parts.describe(word, written)
    _front(word, written)
    for number, told in enumerate(written.chapters):
        _chapter(word, told, number)
    made = BytesIO()
    word.save(made)
    return parts.steady(made.getvalue())


def _front(word: Word, written: WrittenPaper) -> None:
    """The title and the facts; the contents after them if the paper has a cover."""
    _letterhead(word, written)
    title = _write(word.add_paragraph(style="Title"), written.stamp.title)
    if written.with_cover:
        title.paragraph_format.space_before = Pt(90)
    _write(word.add_paragraph(style="Subtitle"), written.subtitle)
    _put(Facts(written.facts), word)
    if written.with_cover:
        _write(word.add_paragraph(style="Note"), written.limits)
        _contents(word, written)


def _letterhead(word: Word, written: WrittenPaper) -> None:
    company = written.company
    if company.logo is not None:
        wide, high = company.logo.width, company.logo.height
        scale = min(LOGO[0] / wide, LOGO[1] / high)
        picture: Any = word.add_paragraph().add_run()
        picture.add_picture(BytesIO(company.logo.content), Mm(wide * scale), Mm(high * scale))
    line = word.add_paragraph()
    line.add_run(one_line(company.name)).bold = True
    siren = f"SIREN {company.siren}" if company.siren else ""
    for told in (company.address, siren):
        line.add_run(f"\n{one_line(told)}" if told else "")


def _contents(word: Word, written: WrittenPaper) -> None:
    """One line a chapter, its page worked out by Word from where the chapter stands."""
    head = _write(word.add_paragraph(style="Contents Title"), "Sommaire")
    head.paragraph_format.page_break_before = True
    for number, told in enumerate(written.chapters):
        line = word.add_paragraph(style="Contents")
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(20))
        stops.add_tab_stop(Mm(SPAN), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(f"{one_line(told.number)}\t{one_line(told.title)}\t")
        parts.add_field(line, f"PAGEREF chapitre_{number} \\h", "")


# -- chapters ---------------------------------------------------------------------------------------------------


def _chapter(word: Word, told: Chapter, number: int) -> None:
    before = len(word.element.body)
    title = word.add_paragraph(style="Heading 1")
    title.paragraph_format.keep_with_next = True
    if told.number:
        run = title.add_run(f"{one_line(told.number)}  ")
        run.font.color.rgb = RGBColor.from_string(parts.ACCENT)
    title.add_run(one_line(told.title))
    parts.bookmark(title, number)
    if number == 0:
        title.paragraph_format.page_break_before = True
    for block in told.blocks:
        _put(block, word)
    if any(isinstance(block, Signatures) for block in told.blocks):
        _keep_whole(word, before)


def _keep_whole(word: Word, since: int) -> None:
    """Hold the paragraphs before the boxes to sign on the page of these."""
    for paragraph in word.paragraphs:
        if word.element.body.index(paragraph._p) >= since:  # noqa: SLF001 - its place is not told otherwise
            paragraph.paragraph_format.keep_with_next = True


# -- blocks -----------------------------------------------------------------------------------------------------


@singledispatch
def _put(block: Block, word: Word) -> None:
    """Write a block at the end of the document."""
    raise TypeError(block, word)


@_put.register
def _(block: Para, word: Word) -> None:
    paragraph = _write(word.add_paragraph(style="Note" if block.tone == "note" else "Normal"), block.text)
    for run in paragraph.runs:
        run.bold = block.tone == "strong" or run.bold


@_put.register
def _(block: Bullets, word: Word) -> None:
    for item in block.items:
        _write(word.add_paragraph(style="List Bullet"), item)


@_put.register
def _(block: Facts, word: Word) -> None:
    if block.pairs:
        table = _table(word, len(block.pairs), (LABELS, SPAN - LABELS))
        for row, pair in zip(table.rows, block.pairs, strict=True):
            _fact(row.cells, pair)
        _after(word)


def _fact(cells: tuple[_Cell, ...], pair: Pair) -> None:
    _write(_cell(cells[0], "Cell"), pair[0]).runs[0].font.color.rgb = RGBColor.from_string(parts.GREY)
    _write(_cell(cells[1], "Cell"), pair[1] or MISSING)


@_put.register
def _(block: Grid, word: Word) -> None:
    rows = block.rows or ((MISSING,) * len(block.heads),)
    shares = tuple(share * SPAN / sum(block.shares) for share in block.shares)
    table = _table(word, 1 + len(rows) + bool(block.total), shares)
    lines = list(table.rows)
    _fill(lines[0], block, block.heads, "Cell Head")
    parts.row_flag(lines[0], "tblHeader")
    for line, row in zip(lines[1:], rows, strict=False):
        told = tuple(text or ("" if i in block.to_fill else MISSING) for i, text in enumerate(row))
        _fill(line, block, told, "Cell")
        if block.to_fill:
            line.height, line.height_rule = Mm(8), WD_ROW_HEIGHT_RULE.AT_LEAST
    if block.total:
        _fill(lines[-1], block, block.total, "Cell", strong=True)
    _after(word)


def _fill(row: Any, block: Grid, texts: tuple[str, ...], style: str, *, strong: bool = False) -> None:
    for i, (cell, text) in enumerate(zip(row.cells, texts, strict=False)):
        paragraph = _write(_cell(cell, style), text)
        if i in block.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs if strong else ():
            run.bold = True


@_put.register
def _(block: WritingLines, word: Word) -> None:
    for _line in range(block.count):
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(6)
        parts.border(line, ("bottom", "between"), parts.RULE)


@_put.register
def _(block: Signatures, word: Word) -> None:
    for i in range(0, len(block.parties), SIDE_BY_SIDE):
        _boxes(word, block.parties[i : i + SIDE_BY_SIDE], block.mention)


def _boxes(word: Word, parties: tuple[str, ...], mention: str) -> None:
    """Two frames side by side in one row that is never cut, a white column between them."""
    table = _table(word, 1, (83, 8, 83), ruled=False)
    for party, cell in zip(parties, (table.cell(0, 0), table.cell(0, 2)), strict=False):
        parts.box_cell(cell)
        _cell(cell, "Cell").add_run(one_line(party)).bold = True
        for label in SIGNED:
            parts.border(cell.add_paragraph(label, "Cell"), ("bottom", "between"), parts.RULE)
        note = cell.add_paragraph(style="Note")
        note.add_run(f"Mention «\u00a0{one_line(mention)}\u00a0», signature et cachet").italic = True
        note.paragraph_format.space_after = Mm(18)
    _after(word)


# -- parts ------------------------------------------------------------------------------------------------------


def _table(word: Word, count: int, widths: tuple[float, ...], *, ruled: bool = True) -> Table:
    """Rows that are never cut, in columns of these widths in mm."""
    table: Table = word.add_table(count, len(widths))
    table.autofit = False
    if ruled:
        parts.rule_table(table)
    for row in table.rows:
        parts.row_flag(row, "cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _cell(cell: _Cell, style: str) -> Paragraph:
    first: Paragraph = cell.paragraphs[0]
    first.style = style
    return first


def _after(word: Word) -> None:
    """Word joins two tables that touch: a thin line between."""
    gap = word.add_paragraph(style="Note")
    gap.paragraph_format.space_after = Pt(0)


def _write(paragraph: Paragraph, text: str) -> Paragraph:
    """The text in runs, its own lines kept, what is still to be filled highlighted."""
    for part, lacking in pieces(printable(text)):
        run = paragraph.add_run()
        for i, line in enumerate(part.split("\n")):
            if i:
                run.add_break(WD_BREAK.LINE)
            run.add_text(line)
        if lacking:
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
    if not paragraph.runs:
        paragraph.add_run()
    return paragraph
