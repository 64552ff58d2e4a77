"""What follows itself down the pages: the next free place, a new page when there is no room, paragraphs."""

from collections.abc import Callable, Sequence

from app.reports import theme
from app.reports.paper import Page, Paper, running_head
from app.reports.text import Span, wrap, wrap_spans
from app.reports.theme import ACCENT, MM, PORTRAIT, Frame, Type

Opening = Callable[[Page], float]
ORPHANS = 2
"""Lines of a paragraph that may stand alone on a page, at least."""


def following_page(page: Page) -> float:
    running_head(page)
    return page.frame.top


class Flow:
    """`y` is the top of what is free on `page`, in mm, `start` where this page began; `opening` dresses each new page
    and says where it begins."""

    def __init__(self, paper: Paper, frame: Frame = PORTRAIT, opening: Opening = following_page) -> None:
        self.paper = paper
        self.frame = frame
        self.opening = opening
        self.page = paper.pages[-1] if paper.pages else paper.page(frame)
        self.y = self.start = frame.top

    def turn(self) -> None:
        self.page = self.paper.page(self.frame)
        self.y = self.start = self.opening(self.page)

    def room(self, height: float) -> None:
        """Be on a page with that much left, if a page can have it."""
        if self.y + height > self.frame.bottom and self.y > self.start:
            self.turn()

    def gap(self, height: float) -> None:
        """White above what comes next, unless it opens a page."""
        if self.y > self.start:
            self.y += height

    @property
    def left(self) -> float:
        return self.frame.bottom - self.y


def block_title(page: Page, y: float, title: str, x: float | None = None, to: float | None = None) -> float:
    """An accent title over its rule; the y under it."""
    start = page.frame.left if x is None else x
    end = page.frame.right if to is None else to
    page.fit(start, y + 3.6, title, theme.BLOCK, end - start)
    page.rule(start, y + 5.4, end, 0.5, ACCENT)
    return y + 5.4


def chapter(page: Page, y: float, number: int | str, title: str, note: str = "") -> float:
    """A numbered chapter title, its note in grey beside it; the y under it."""
    x = page.text(page.frame.left, y + 5, str(number), theme.CHAPTER_NUMBER)
    x = page.text(x + 3, y + 5, title, theme.CHAPTER)
    page.fit(x + 4, y + 5, note, theme.SUBTITLE, page.frame.right - x - 4)
    return y + 7.5


def paragraph(flow: Flow, text: str, kind: Type = theme.BODY) -> None:
    """A text over the whole width; it goes on to the next pages, two lines together at least."""
    lay(flow, [[(line, kind)] for line in wrap(text, kind, flow.frame.span * MM)], kind)


def spans(flow: Flow, pieces: Sequence[Span], kind: Type = theme.BODY) -> None:
    lay(flow, wrap_spans(pieces, flow.frame.span * MM), kind)


def begin(flow: Flow, count: int, kind: Type) -> int:
    """How many of `count` lines may stand here, on a new page when too few could."""
    lead = kind.leading / MM
    fits = int(flow.left / lead)
    if fits < count:
        fits = min(fits, count - ORPHANS)
    if fits < min(ORPHANS, count):
        flow.turn()
        fits = max(int(flow.left / lead), 1)
    return fits


def lay(flow: Flow, lines: list[list[Span]], kind: Type, indent: float = 0) -> None:
    """Lines already cut to their width, `indent` mm from the left margin."""
    rest = lines
    while rest:
        fits = begin(flow, len(rest), kind)
        put_lines(flow.page, flow.frame.left + indent, flow.y, rest[:fits], kind)
        flow.y += len(rest[:fits]) * kind.leading / MM
        rest = rest[fits:]


def put_lines(page: Page, x: float, y: float, lines: list[list[Span]], kind: Type) -> float:
    """Lines under y, each made of pieces; the y under them."""
    lead = kind.leading / MM
    for i, line in enumerate(lines):
        end = x
        for text, piece in line:
            end = page.text(end, y + i * lead + kind.size * 0.98 / MM, text, piece)
    return y + len(lines) * lead


def put_text(page: Page, x: float, y: float, text: str, kind: Type, width: float) -> float:
    """A short text in a place of its own, wrapped to `width` mm; the y under it."""
    return put_lines(page, x, y, [[(line, kind)] for line in wrap(text, kind, width * MM)], kind)
