"""A paper of numbered chapters as PDF: cahier des charges, contract, minutes (papers.md 1 and 2).

A title stands with what follows it, signatures are never parted, and a long text flows over the pages.
"""

from collections.abc import Sequence
from functools import singledispatch
from itertools import zip_longest

from app.fields import MISSING, formats
from app.reports import blocks, front, theme
from app.reports.blocks import Signature
from app.reports.flow import Flow, begin, following_page, lay, put_lines, put_text
from app.reports.identity import Pair
from app.reports.paper import Page, Paper, width_of
from app.reports.table import HEAD_ROOM, PROSE, Column, Group, Look, Section, Table
from app.reports.text import Span, wrap, wrap_spans
from app.reports.theme import MM, PORTRAIT, RULE, Type
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

TONES = {"body": theme.BODY, "strong": theme.BODY_BOLD, "note": theme.NOTE}
TO_WRITE_IN = Look(above=4.2, under=4.2)
"""A table with cells to fill by hand has rows to write in."""
LABELS, BETWEEN, ABOVE_TITLE, UNDER_TITLE, SIGNING, PITCH = 44.0, 2.2, 6.5, 2.0, 58.0, 6.6
"""Millimetres: the column of labels, under a block, above and under a title, a box to sign, between writing lines."""
SIGNED = (("Nom", ""), ("Qualité", ""), ("Fait à", ""), ("Le", ""))
SIDE_BY_SIDE = 2
CONTENTS = 5.6
"""Height in mm of a line of the contents: the forty chapters of a contract stand on one page."""
FIRST_LINES = MOST_LABEL = 3


def render(written: WrittenPaper) -> bytes:
    """The paper as PDF bytes; the same bytes for the same data."""
    paper = Paper(written.company, written.stamp)
    if not written.with_cover:
        _chapters(_begun(paper, written), written.chapters)
        return paper.finish()
    first = paper.page(PORTRAIT, "Couverture")
    contents = _contents_pages(paper, written.chapters)
    flow = Flow(paper)
    flow.y = flow.frame.bottom  # the first chapter begins a new page
    starts = _chapters(flow, written.chapters)
    _contents(contents, written.chapters, starts)
    front.head(first, written.subtitle)
    front.facts(first, [(label, [value or MISSING]) for label, value in written.facts])
    front.band(first, formats.number(len(paper.pages)))
    put_text(first, first.frame.left, front.LIMITS_TOP, written.limits, theme.NOTE, first.frame.span)
    return paper.finish()


def _begun(paper: Paper, written: WrittenPaper) -> Flow:
    """The first page of a paper without a cover: its masthead and its facts."""
    stamp = written.stamp
    page = paper.page(PORTRAIT, stamp.title)
    flow = Flow(paper)
    card = (("Référence", stamp.reference), ("Version", stamp.version_text), ("Données au", formats.day(stamp.data_at)))
    flow.y = blocks.masthead(page, card, subtitle=written.subtitle) + 2
    _put(Facts(written.facts), flow)
    return flow


# -- contents ---------------------------------------------------------------------------------------------------


def _contents_pages(paper: Paper, chapters: Sequence[Chapter]) -> list[Page]:
    """As many blank pages as the contents will take."""
    a_page = int((PORTRAIT.bottom - PORTRAIT.top - 6) / CONTENTS)
    count = -(-len(chapters) // a_page)
    return [paper.page(PORTRAIT, "" if i else "Sommaire") for i in range(count)]


def _contents(pages: list[Page], chapters: Sequence[Chapter], starts: list[int]) -> None:
    rest = list(zip(chapters, starts, strict=True))
    for i, page in enumerate(pages):
        y = following_page(page) + 1
        page.text(page.frame.left, y, "Sommaire (suite)" if i else "Sommaire", theme.CHAPTER)
        y += 5
        while rest and y + CONTENTS <= page.frame.bottom:
            told, start = rest.pop(0)
            y = front.line(page, y, told.number, told.title, start, CONTENTS)


# -- chapters ---------------------------------------------------------------------------------------------------


def _chapters(flow: Flow, chapters: Sequence[Chapter]) -> list[int]:
    """Draw them one after the other; the number of the page that each begins."""
    starts = []
    for told in chapters:
        _make_room(flow, told)
        starts.append(len(flow.paper.pages))
        _chapter(flow, told)
    return starts


def _make_room(flow: Flow, told: Chapter) -> None:
    """A chapter to sign stands whole on its page if a page can hold it; the others begin with what they say first."""
    needed = _whole(flow, told) if any(isinstance(block, Signatures) for block in told.blocks) else None
    flow.room(_title_height(told) + _least(told.blocks[0]) if needed is None and told.blocks else needed or 0)


def _whole(flow: Flow, told: Chapter) -> float | None:
    """Height in mm of a chapter drawn alone; None when it takes more than a page."""
    apart = Flow(Paper(flow.paper.company, flow.paper.stamp))
    _chapter(apart, told)
    return apart.y - apart.frame.top + ABOVE_TITLE if len(apart.paper.pages) == 1 else None


def _chapter(flow: Flow, told: Chapter) -> None:
    _title(flow, told)
    for block, after in zip_longest(told.blocks, told.blocks[1:]):
        if isinstance(block, Para) and block.tone == "strong" and after is not None:
            flow.room(theme.BODY_BOLD.leading / MM + BETWEEN + _least(after))  # a heading stays with what it heads
        _put(block, flow)


def _title_lines(told: Chapter) -> tuple[float, list[str]]:
    """Where the words of a title begin beside its number, and their lines."""
    indent = width_of(told.number, theme.CHAPTER_NUMBER) + 3 if told.number else 0.0
    return indent, wrap(told.title, theme.CHAPTER, (PORTRAIT.span - indent) * MM)


def _title_height(told: Chapter) -> float:
    return ABOVE_TITLE + len(_title_lines(told)[1]) * theme.CHAPTER.leading / MM + UNDER_TITLE


def _title(flow: Flow, told: Chapter) -> None:
    indent, lines = _title_lines(told)
    flow.y += ABOVE_TITLE if flow.y > flow.start else 0
    flow.room(len(lines) * theme.CHAPTER.leading / MM)
    flow.page.marks.append(f"{told.number} {told.title}".strip())
    flow.page.text(flow.frame.left, flow.y + theme.CHAPTER.size * 0.98 / MM, told.number, theme.CHAPTER_NUMBER)
    lay(flow, [[(line, theme.CHAPTER)] for line in lines], theme.CHAPTER, indent)
    flow.y += UNDER_TITLE


def _least(block: Block) -> float:
    """Height in mm that a title finds under it."""
    if isinstance(block, Grid):
        return HEAD_ROOM + 3 * theme.CELL.leading / MM
    return SIGNING + 3 if isinstance(block, Signatures) else FIRST_LINES * theme.BODY.leading / MM


# -- blocks -----------------------------------------------------------------------------------------------------


@singledispatch
def _put(block: Block, flow: Flow) -> None:
    """Draw a block where the flow stands; it ends under it."""
    raise TypeError(block, flow)


@_put.register
def _(block: Para, flow: Flow) -> None:
    kind = TONES[block.tone]
    lay(flow, _lines(block.text, kind, flow.frame.span), kind)
    flow.y += BETWEEN


@_put.register
def _(block: Bullets, flow: Flow) -> None:
    for item in block.items:
        lines = _lines(item, theme.BODY, flow.frame.span - blocks.ITEM)
        begin(flow, len(lines), theme.BODY)
        flow.page.text(flow.frame.left, flow.y + 3.4, "–", theme.BODY)
        lay(flow, lines, theme.BODY, blocks.ITEM)
        flow.y += 0.8
    flow.y += BETWEEN - 0.8


@_put.register
def _(block: Facts, flow: Flow) -> None:
    for pair in block.pairs:
        _fact(flow, pair)
    flow.y += BETWEEN


def _fact(flow: Flow, pair: Pair) -> None:
    label, value = pair
    lines = _lines(value or MISSING, theme.BODY, flow.frame.span - LABELS)
    begin(flow, len(lines), theme.BODY)
    page, top = flow.page, flow.y
    words = [[(line, theme.LABEL)] for line in wrap(label, theme.LABEL, (LABELS - 4) * MM)[:MOST_LABEL]]
    under = put_lines(page, flow.frame.left, top + 0.9, words, theme.LABEL)
    lay(flow, lines, theme.BODY, LABELS)
    flow.y = max(flow.y, under) if flow.page is page else flow.y
    flow.y += 0.9
    flow.page.rule(flow.frame.left, flow.y, flow.frame.right, 0.25, RULE)
    flow.y += 0.9


@_put.register
def _(block: Grid, flow: Flow) -> None:
    if flow.left < _least(block):
        flow.turn()
    columns = [_column(block, i, flow.frame.span) for i in range(len(block.heads))]
    rows = [_cells(block, row) for row in block.rows] or [(MISSING,) * len(columns)]
    total = [_cells(block, block.total, "")] if block.total else []
    Table(flow, columns, TO_WRITE_IN if block.to_fill else PROSE).put(Section([Group("", rows)], total))
    flow.y += BETWEEN + 1


def _column(block: Grid, i: int, span: float) -> Column:
    """A left column after one of numbers is set off from it."""
    width = block.shares[i] * span / sum(block.shares)
    is_number, next_is = i in block.right, i + 1 in block.right
    gap = 4.0 if is_number and not next_is else 2.0
    head = "\n".join(wrap(block.heads[i], theme.HEAD, (width - gap) * MM)[:MOST_LABEL])
    return Column(head, width, "right" if is_number else "left", gap)


def _cells(block: Grid, row: tuple[str, ...], nothing: str = MISSING) -> tuple[str, ...]:
    return tuple(cell or ("" if i in block.to_fill else nothing) for i, cell in enumerate(row))


@_put.register
def _(block: WritingLines, flow: Flow) -> None:
    for _line in range(block.count):
        flow.room(PITCH)
        flow.y = blocks.rules_to_write(flow.page, flow.y, 1, PITCH)
    flow.y += BETWEEN


@_put.register
def _(block: Signatures, flow: Flow) -> None:
    mention = f"Mention «\u00a0{block.mention}\u00a0», signature et cachet"
    boxes = [Signature(party, SIGNED, mention) for party in block.parties]
    for i in range(0, len(boxes), SIDE_BY_SIDE):
        flow.room(SIGNING + 2)
        flow.y = blocks.signatures(flow.page, flow.y + 2, boxes[i : i + SIDE_BY_SIDE], SIGNING, gap=8)
        flow.y += BETWEEN


def _lines(text: str, kind: Type, width: float) -> list[list[Span]]:
    """Lines of at most `width` mm; what is still to be filled stands out in them."""
    return [line for part in text.splitlines() or [""] for line in _paragraph(part, kind, width * MM)]


def _paragraph(text: str, kind: Type, width: float) -> list[list[Span]]:
    found = pieces(text)
    if not any(lacking for _, lacking in found):
        return [[(line, kind)] for line in wrap(text, kind, width)]
    marked = Type(theme.BODY_NUMBER.face, kind.size, kind.leading, theme.BODY_NUMBER.colour)
    return wrap_spans([(part, marked if lacking else kind) for part, lacking in found], width)
