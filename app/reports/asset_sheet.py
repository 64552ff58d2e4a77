"""The sheet of one asset: what it is, where, its state, what covers it, what happened to it, what it cost (A.7)."""

from app.reports import blocks, theme
from app.reports.asset_sheet_data import AssetSheet, SheetTable
from app.reports.fact_columns import two_columns
from app.reports.flow import Flow, block_title, paragraph
from app.reports.identity import Picture
from app.reports.paper import Paper
from app.reports.pictures import placed
from app.reports.table import COMPACT, Group, Section, Table
from app.reports.theme import BAND, PORTRAIT, VERDICTS

TABLE_ROOM = 26
"""Height in mm that a title keeps with the first rows of its table."""
ROW, SHORT = 5.5, 6
"""Height of a row in mm, and how many of them stay with their title: a short table is not parted."""
A_ROW, PHOTO, GAP = 3, (56.0, 42.0), 3.0


def render(sheet: AssetSheet) -> bytes:
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page(PORTRAIT, sheet.stamp.title)
    flow = Flow(paper)
    flow.y = blocks.masthead(page, sheet.card, sheet.code, sheet.subtitle) - 1
    _opinion(flow, sheet)
    two_columns(flow, sheet.blocks)
    if sheet.notes:
        flow.room(18)
        flow.y = block_title(flow.page, flow.y + 4.2, "Observations") + 2
        paragraph(flow, sheet.notes)
    for table in sheet.tables:
        _table(flow, table)
    _photos(flow, sheet.photos)
    return paper.finish()


def _opinion(flow: Flow, sheet: AssetSheet) -> None:
    """The last verdict, in a band: the answer first."""
    if sheet.opinion is None:
        return
    letter, words, sentence = sheet.opinion
    page, x = flow.page, flow.frame.left
    page.box(x, flow.y + 2, flow.frame.span, 11, 0, BAND)
    blocks.badge(page, x + 3, flow.y + 4.3, letter, VERDICTS[letter], 6.4)
    end = page.text(x + 12.5, flow.y + 9, words, theme.TOTAL)
    page.fit(end + 4, flow.y + 9, sentence, theme.SENTENCE, flow.frame.right - end - 7)
    flow.y += 12


def _table(flow: Flow, table: SheetTable) -> None:
    if not table.rows:
        return
    flow.room(TABLE_ROOM + ROW * min(len(table.rows), SHORT))
    flow.y = block_title(flow.page, flow.y + 4.2, table.title)
    if table.note:
        flow.page.right(flow.frame.right, flow.y - 1.8, table.note, theme.NOTE)
    Table(flow, table.columns, COMPACT).put(Section([Group("", list(table.rows), table.total)]))


def _photos(flow: Flow, photos: tuple[tuple[Picture, str], ...]) -> None:
    """Three a row, each over its name."""
    for first in range(0, len(photos), A_ROW):
        head = 0 if first else 10
        flow.room(head + PHOTO[1] + 8)
        if not first:
            flow.y = block_title(flow.page, flow.y + 4.2, "Photos") + 2
        for column, (picture, name) in enumerate(photos[first : first + A_ROW]):
            x = flow.frame.left + column * (PHOTO[0] + GAP)
            flow.page.picture(x, flow.y, picture, *PHOTO)
            under = flow.y + placed(picture, *PHOTO)[1]
            flow.page.fit(x, under + 3.4, name, theme.NOTE, PHOTO[0])
        flow.y += PHOTO[1] + 6
