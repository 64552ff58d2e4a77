"""Chapter 5: one block an asset not rated A, never cut, three a page when the texts are short; a table of the others
(papers.md 2)."""

from collections.abc import Sequence

from app.fields import formats, joined
from app.reports import blocks, theme
from app.reports.flow import Flow, paragraph, put_lines
from app.reports.identity import Pair
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.facts import Expertise, Sheet, SheetGroup
from app.reports.inventory.outline import Book
from app.reports.inventory.words import VERDICT_WORDS
from app.reports.paper import Page
from app.reports.table import REGISTER, Cells, Column, Group, Section, Table
from app.reports.text import wrap
from app.reports.theme import BAND, INK, MM, VERDICTS
from app.rules.expertise import WEIGHTS

NOTHING = (
    "Aucune expertise n’a encore été faite.",
    (
        "Dans Inventaire › Expertises, ouvrez-en une\u00a0: chaque bien s’évalue au clavier, ce qui est connu étant "
        "déjà rempli."
    ),
)
ALL_SOUND = "Aucun bien n’appelle de fiche\u00a0: tous ceux qui ont été évalués sont notés A."
HEIGHT, LINE = 61.6, theme.CELL.leading / MM
"""Height in mm of a block before its texts, and of one of their lines."""
GAP = 4.2
"""Between two blocks."""
HALF = 83.0
FACT, ROW = 4.0, 4.4
LABELS, CRITERIA, BAND_AT, TEXTS = 13.2, 11.8, 50.2, 57.8
"""How far under the top of a block each of its parts begins."""


def draw(book: Book, report: InventoryReport, flow: Flow) -> None:
    found = report.expertise
    if found is None:
        book.go_on(flow, "5")
        blocks.lacking(flow, *NOTHING)
        return
    book.open(flow, "5")
    paragraph(flow, found.told)
    if found.left:
        paragraph(flow, found.left)
    flow.y += 1.2
    _groups(flow, found)
    if found.sound:
        _sound(flow, found.sound, len(found.groups) + 1)


def _groups(flow: Flow, found: Expertise) -> None:
    if not found.groups:
        flow.y += 3
        blocks.lacking(flow, ALL_SOUND)
    for n, group in enumerate(found.groups, 1):
        flow.room(6.4 + height(group.sheets[0]) - GAP)
        _group_title(flow, n, group.title)
        for sheet in group.sheets:
            put(flow, sheet)


def _group_title(flow: Flow, n: int, title: str) -> None:
    x = flow.page.text(flow.frame.left, flow.y + 4.4, f"5.{n}", theme.BLOCK)
    flow.page.fit(x + 1.6, flow.y + 4.4, title, theme.BLOCK, flow.frame.right - x - 2)
    flow.y += 6.4


# -- a block ----------------------------------------------------------------------------------------------------


def height(sheet: Sheet) -> float:
    """Of the whole block in mm, its gap included."""
    return HEIGHT + LINE * (max(map(len, _texts(sheet))) + len(_own_words(sheet))) + (2 if sheet.reason else 0) + GAP


def _texts(sheet: Sheet) -> tuple[list[str], list[str]]:
    return tuple(  # type: ignore[return-value]  # two of them
        wrap(text or formats.MISSING, theme.CELL, HALF * MM) for text in (sheet.observations, sheet.action)
    )


def _own_words(sheet: Sheet) -> list[str]:
    """The two opinions and the reason, when the expert departs from the rule."""
    if not sheet.reason:
        return []
    told = (
        f"Avis de l’expert\u00a0: {sheet.verdict}. Calcul\u00a0: {sheet.ruled}, score "
        f"{formats.number(sheet.score, 2)}. Motif\u00a0: {sheet.reason}"
    )
    return wrap(told, theme.CELL, 174 * MM)


def put(flow: Flow, sheet: Sheet) -> None:
    """Draw the block whole, on a new page if need be; texts taller than a page go on to the next ones."""
    tall = height(sheet)
    is_long = tall > flow.frame.bottom - flow.frame.top
    flow.room(HEIGHT if is_long else tall - GAP)
    top, page = flow.y, flow.page
    _heading(page, top, sheet)
    _facts(page, top + LABELS, sheet.facts)
    _criteria(page, top + CRITERIA, sheet)
    _rule_band(page, top + BAND_AT, sheet)
    flow.y = top + TEXTS
    (_flowing if is_long else _side_by_side)(flow, sheet)
    flow.y += GAP


def _heading(page: Page, top: float, sheet: Sheet) -> None:
    frame = page.frame
    page.rule(frame.left, top, frame.right, 1, INK)
    end = page.fit(frame.left, top + 6.2, sheet.number, theme.SHEET_NUMBER, 60)
    page.fit(end + 3.6, top + 6.2, sheet.name, theme.SHEET_NAME, frame.left + 116 - end)
    serial = f"série {sheet.serial or 'non relevée'}"
    under = joined(sheet.model, serial, sheet.place, by=" · ")
    page.fit(frame.left, top + 10.6, under, theme.ADDRESS, 116)
    page.right(frame.right - 11, top + 5.4, "Verdict", theme.LABEL)
    page.right(frame.right - 11, top + 9.4, VERDICT_WORDS.get(sheet.verdict, sheet.verdict), theme.CARD)
    blocks.badge(page, frame.right - 8, top + 2.2, sheet.verdict, VERDICTS.get(sheet.verdict, ""), 8)


def _facts(page: Page, y: float, pairs: Sequence[Pair]) -> None:
    for label, value in pairs:
        page.text(page.frame.left, y + 2.6, label, theme.LABEL)
        page.fit(page.frame.left + 25, y + 2.6, value, theme.CELL, HALF - 27)
        y += FACT


def _criteria(page: Page, y: float, sheet: Sheet) -> None:
    """The six notes and the score they make."""
    left, right = page.frame.right - HALF - 9, page.frame.right
    places = (left, left + 33, right - 24, right - 14, right)
    _row(page, y, places, ("Critère", "Constat", "Note", "Poids", "Points"), theme.HEAD)
    y += 5.2
    page.rule(left, y - 0.8, right, 0.8, INK)
    for one in sheet.criteria:
        cells = (one.label, one.finding, str(one.note), str(one.weight), formats.number(one.points, 2))
        _row(page, y, places, cells, theme.CELL)
        y += ROW
        page.rule(left, y - 0.8, right)
    page.rule(left, y - 0.8, right, 0.8, INK)
    _row(
        page, y, places, ("Score", "", "", str(sum(WEIGHTS.values())), formats.number(sheet.score, 2)), theme.CELL_BOLD
    )


def _row(page: Page, y: float, places: Sequence[float], cells: Sequence[str], kind: theme.Type) -> None:
    page.text(places[0], y + 2.7, cells[0], kind)
    page.fit(places[1], y + 2.7, cells[1], kind, places[2] - places[1] - 6)
    for place, cell in zip(places[2:], cells[2:], strict=True):
        page.right(place, y + 2.7, cell, kind)


def _rule_band(page: Page, y: float, sheet: Sheet) -> None:
    frame = page.frame
    page.box(frame.left, y, frame.span, 6.4, 0, BAND)
    page.text(frame.left + 2, y + 4.3, "Règle appliquée", theme.LABEL)
    page.fit(frame.left + 24, y + 4.3, sheet.rule, theme.CARD, 106)
    ratios = f"R = {formats.percent(sheet.repair)}    M = {formats.percent(sheet.upkeep)}"
    page.right(frame.right - 2, y + 4.3, ratios, theme.CELL)


def _side_by_side(flow: Flow, sheet: Sheet) -> None:
    page, frame = flow.page, flow.frame
    top, right = flow.y, frame.right - HALF
    texts = _texts(sheet)
    if not sheet.observations and not sheet.action:
        texts = ([], [])
    for x, label, lines in zip((frame.left, right), ("Observations", "Action proposée"), texts, strict=True):
        page.text(x, top + 2.4, label, theme.LABEL)
        put_lines(page, x, top + 3.3, [[(line, theme.CELL)] for line in lines], theme.CELL)
    flow.y = top + 3.3 + LINE * max(map(len, texts))
    if own := _own_words(sheet):
        flow.y = put_lines(page, frame.left, flow.y + 2, [[(line, theme.CELL)] for line in own], theme.CELL)


def _flowing(flow: Flow, sheet: Sheet) -> None:
    """One under the other, over as many pages as they take."""
    told = (("Observations", sheet.observations), ("Action proposée", sheet.action), ("", " ".join(_own_words(sheet))))
    for label, text in told:
        flow.room(12)
        flow.page.text(flow.frame.left, flow.y + 2.4, label, theme.LABEL)
        flow.y += 3.3
        paragraph(flow, text, theme.CELL)


# -- those rated A ----------------------------------------------------------------------------------------------

COLUMNS = (
    Column("N° inventaire", 21), Column("Désignation", 38), Column("Marque et modèle", 44), Column("Notes", 21),
    Column("R", 12, "right"), Column("M", 14, "right", 4), Column("Score", 14, "right", 4),
    Column("Verd.", 10, "badge"),
)  # fmt: skip
NOTES_KEY = "Notes, dans l’ordre\u00a0: état, âge, support, pannes, pièces, adéquation."


def _sound(flow: Flow, groups: Sequence[SheetGroup], n: int) -> None:
    flow.room(40)
    flow.y += 2
    total = sum(len(group.sheets) for group in groups)
    _group_title(flow, n, f"Biens notés A, maintenables en l’état\u00a0: {formats.number(total)}")
    section = Section([Group(group.title, [_sound_row(sheet) for sheet in group.sheets]) for group in groups])
    Table(flow, COLUMNS, REGISTER).put(section)
    flow.room(8)
    flow.y += 1
    paragraph(flow, NOTES_KEY, theme.NOTE)


def _sound_row(sheet: Sheet) -> Cells:
    notes = "\u00a0".join(str(one.note) for one in sheet.criteria)
    return (
        sheet.number, sheet.name or formats.MISSING, sheet.model or formats.MISSING, notes,
        formats.percent(sheet.repair), formats.percent(sheet.upkeep), formats.number(sheet.score, 1), sheet.verdict,
    )  # fmt: skip
