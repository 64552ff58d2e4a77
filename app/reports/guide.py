"""The user guide as PDF: cover, contents, parts, pages, pictures; its links lead from page to page (papers.md 1)."""

from collections.abc import Iterator
from functools import singledispatch
from itertools import zip_longest

from app.reports import front, theme
from app.reports.flow import Flow, begin, following_page, put_text
from app.reports.guide_data import (
    Block,
    Grid,
    Guide,
    GuidePage,
    GuidePart,
    Heading,
    Items,
    Para,
    Shot,
    Term,
    Where,
    plain,
)
from app.reports.guide_flow import BODY, STRONG, Book, link, put, put_pieces, spans_of
from app.reports.identity import CompanyCard, Picture
from app.reports.paper import Page, Paper
from app.reports.pictures import as_it_is
from app.reports.table import HEAD_ROOM, Column, Group, Look, Section, Table
from app.reports.text import Span, wrap, wrap_spans
from app.reports.theme import ACCENT, GREY, MM, PORTRAIT, RULE, Type

MAKER = CompanyCard("Parcomètre", "Mesurez votre parc, tenez votre prestataire.")
FOR_WHOM = (
    "Du premier inventaire à la réversibilité, pour la personne qui répond des ordinateurs de l’entreprise sans être "
    "informaticienne."
)
SECTION = Type(theme.SEMIBOLD, 11.5, 14.5, ACCENT)
SUBSECTION = Type(theme.SEMIBOLD, 10, 13.8, ACCENT)
PART = Type(theme.SEMIBOLD, 24, 29)
PART_NUMBER = Type(theme.SEMIBOLD, 24, 29, ACCENT)
WAY = Type(theme.REGULAR, 8.5, 11, GREY)
CAPTION = Type(theme.ITALIC, 8.5, 11, GREY)
CELLS = Look(above=2.6, under=2.6)
UNDER, ITEM, LINE, PART_LINE = 2.6, 5.5, 5.6, 9.0
"""Millimetres: under a paragraph, before the words of an item, a line of the contents, and one that names a part."""
PIXEL = 0.125
"""Millimetres of a pixel of a picture: a window of 1 280 is 160 wide."""
TALLEST, COVER_TOP = 118.0, 148.0
LEAST_SHARE, MOST_SHARE = 8, 46
"""Letters that a column of a table counts for, at least and at most."""
START, WITH_SHOT = 70.0, 150.0
"""Millimetres that a page of the guide finds under its title, else it begins a new sheet: more with a picture."""
LEAST_SHOT, CAPTIONED = 0.65, 12.0
"""Of its size, what a picture may be brought down to; the millimetres that its caption takes."""
WHOLE, ROW = 14, 6.6
"""Rows of a table that stay together, and the height in mm of one."""


def render(guide: Guide) -> bytes:
    """The guide as PDF bytes; the same bytes for the same guide."""
    paper = Paper(MAKER, guide.stamp)
    cover = paper.page(PORTRAIT, "Couverture")
    contents = _contents_pages(paper, guide)
    flow = Flow(paper)
    book = Book(guide, flow)
    for number, part in enumerate(guide.parts, 1):
        _part(book, number, part)
    _cover(cover, guide)
    _contents(book, contents)
    return paper.finish()


def _cover(page: Page, guide: Guide) -> None:
    front.head(page, guide.stamp.reference)
    y = put_text(page, page.frame.left, 128, FOR_WHOM, theme.COVER_FACT, 130)
    shown = _picture(guide, guide.cover)
    high, top = page.frame.span * shown.height / shown.width, max(y + 6, COVER_TOP)
    page.picture(page.frame.left, top, shown, page.frame.span, high)
    page.box(page.frame.left, top, page.frame.span, high, 0.5, edge=RULE)


# -- contents ---------------------------------------------------------------------------------------------------


def _lines(guide: Guide) -> Iterator[tuple[str, str, str, float]]:
    """Number, title, place and height of each line of the contents."""
    for i, part in enumerate(guide.parts, 1):
        yield str(i), part.title, f"part:{i}", PART_LINE
        for j, page in enumerate(part.pages, 1):
            yield f"{i}.{j}", page.title, page.name, LINE


def _contents_pages(paper: Paper, guide: Guide) -> list[Page]:
    room = PORTRAIT.bottom - PORTRAIT.top - 6
    count = -(-int(sum(line[-1] for line in _lines(guide))) // int(room - PART_LINE))
    return [paper.page(PORTRAIT, "" if i else "Sommaire") for i in range(count)]


def _contents(book: Book, pages: list[Page]) -> None:
    rest = list(_lines(book.guide))
    for i, page in enumerate(pages):
        y = following_page(page) + 1
        page.text(page.frame.left, y, "Sommaire (suite)" if i else "Sommaire", theme.CHAPTER)
        y += 5
        while rest and y + rest[0][-1] <= page.frame.bottom:
            y = _contents_line(book, page, y, *rest.pop(0))


def _contents_line(book: Book, page: Page, y: float, number: str, title: str, to: str, high: float) -> float:
    frame, sheet = page.frame, book.sheets[to]
    is_part = high == PART_LINE
    base = y + high - 1.9
    indent = 0.0 if is_part else 6.0
    page.text(frame.left + indent, base, number, theme.BODY_NUMBER)
    page.fit(frame.left + indent + 10, base, title, STRONG if is_part else theme.BODY, frame.span - indent - 24)
    page.right(frame.right, base, str(sheet), theme.BODY)
    page.rule(frame.left + indent, y + high, frame.right, 0.5 if is_part else 0.25, theme.INK if is_part else RULE)
    link(page, (frame.left, y, frame.right, y + high), to)
    return y + high


# -- parts and pages --------------------------------------------------------------------------------------------


def _part(book: Book, number: int, part: GuidePart) -> None:
    flow = book.flow
    flow.turn()
    book.mark(f"part:{number}")
    flow.page.marks.append(f"{number} {part.title}")
    flow.page.text(flow.frame.left, flow.y + 9, str(number), PART_NUMBER)
    flow.y = put_text(flow.page, flow.frame.left + 14, flow.y, part.title, PART, flow.frame.span - 14) + 2
    flow.page.rule(flow.frame.left, flow.y, flow.frame.right, 1.2, ACCENT)
    flow.y += 6
    for i, page in enumerate(part.pages, 1):
        _page(book, f"{number}.{i}", page)


def _page(book: Book, number: str, page: GuidePage) -> None:
    flow = book.flow
    flow.room(WITH_SHOT if any(isinstance(block, Shot) for block in page.blocks[:3]) else START)
    flow.y += 7 if flow.y > flow.start else 0
    book.page = page.name
    book.mark(page.name)
    flow.page.marks.append(f"{number} {page.title}")
    x = flow.page.text(flow.frame.left, flow.y + 5, number, theme.CHAPTER_NUMBER)
    indent = x + 3 - flow.frame.left
    lines = wrap(page.title, theme.CHAPTER, (flow.frame.span - indent) * MM)
    put(book, [[(line, theme.CHAPTER)] for line in lines], theme.CHAPTER, indent)
    flow.y += 1.5
    for block, after in zip_longest(page.blocks, page.blocks[1:]):
        if isinstance(block, Heading) and after is not None:
            flow.room(SECTION.leading / MM + 4 + _least(book, after))  # a heading stays with what it heads
        _draw(block, book)


def _least(book: Book, block: Block) -> float:
    """Height in mm that a heading finds under it."""
    if isinstance(block, Grid):
        return HEAD_ROOM + min(len(block.rows), WHOLE) * ROW
    if isinstance(block, Shot):
        return _size(book, block, 0)[1] * LEAST_SHOT + CAPTIONED
    return 4 * BODY.leading / MM


@singledispatch
def _draw(block: Block, book: Book) -> None:
    """Draw a block where the flow stands; it ends under it."""
    raise TypeError(block, book)


@_draw.register
def _(block: Heading, book: Book) -> None:
    kind = SECTION if block.level == 2 else SUBSECTION  # noqa: PLR2004 - the level that Markdown gives a section
    flow = book.flow
    flow.y += 2.6 if flow.y > flow.start else 0
    book.mark(f"{book.page}#{block.anchor}")
    put(book, [[(line, kind)] for line in wrap(block.text, kind, flow.frame.span * MM)], kind)
    flow.y += 1.2


@_draw.register
def _(block: Para, book: Book) -> None:
    put_pieces(book, block.pieces)
    book.flow.y += UNDER


@_draw.register
def _(block: Items, book: Book) -> None:
    for number, item in enumerate(block.items, block.first):
        flow = book.flow
        lines = wrap_spans(spans_of(item), (flow.frame.span - ITEM) * MM)
        begin(flow, len(lines), BODY)
        base = flow.y + BODY.size * 0.98 / MM
        mark, kind = (f"{number}", theme.BODY_NUMBER) if block.first else ("–", BODY)
        flow.page.text(flow.frame.left, base, mark, kind)
        put(book, lines, BODY, ITEM)
        flow.y += 0.9
    book.flow.y += UNDER - 0.9


@_draw.register
def _(block: Grid, book: Book) -> None:
    heads, rows = [plain(head) for head in block.heads], [tuple(plain(cell) for cell in row) for row in block.rows]
    shares = [max(LEAST_SHARE, min(MOST_SHARE, max(len(row[i]) for row in (heads, *rows)))) for i in range(len(heads))]
    span = book.flow.frame.span
    columns = [Column(head, share * span / sum(shares), gap=3.0) for head, share in zip(heads, shares, strict=True)]
    book.flow.room(_least(book, block))
    Table(book.flow, columns, CELLS).put(Section([Group("", rows)], []))
    book.flow.y += UNDER + 1.5


@_draw.register
def _(block: Shot, book: Book) -> None:
    flow = book.flow
    words = wrap(block.words, CAPTION, flow.frame.span * MM)
    under = 2 + len(words) * CAPTION.leading / MM
    flow.y += 1.5
    wide, high = _size(book, block, flow.left - under)
    flow.room(high + under)
    flow.page.picture(flow.frame.left, flow.y, _picture(book.guide, block.file), wide, high)
    flow.page.box(flow.frame.left, flow.y, wide, high, 0.5, edge=RULE)
    flow.y += high + 1.4
    put(book, [[(line, CAPTION)] for line in words], CAPTION)
    flow.y += UNDER + 1


def _size(book: Book, block: Shot, left: float) -> tuple[float, float]:
    """Width and height in mm of a picture; a little smaller when that keeps it on the sheet, `left` mm high."""
    shown = _picture(book.guide, block.file)
    wide = min(book.flow.frame.span, shown.width * PIXEL, TALLEST * shown.width / shown.height)
    high = wide * shown.height / shown.width
    share = left / high if LEAST_SHOT * high <= left < high else 1.0
    return wide * share, high * share


@_draw.register
def _(block: Where, book: Book) -> None:
    told = "Dans le programme\u00a0: " + " · ".join(" › ".join(place) for place in block.places)
    put(book, [[(line, WAY)] for line in wrap(told, WAY, book.flow.frame.span * MM)], WAY)
    book.flow.y += UNDER


@_draw.register
def _(block: Term, book: Book) -> None:
    book.flow.room(2 * BODY.leading / MM)
    book.mark(f"{book.page}#{block.anchor}")
    spans: list[Span] = [(f"{block.term}. ", STRONG), *spans_of(block.meaning)]
    put(book, wrap_spans(spans, book.flow.frame.span * MM), BODY)
    book.flow.y += 1.8


def _picture(guide: Guide, file: str) -> Picture:
    return as_it_is(guide.pictures[file])
