"""The words of the guide on its sheets: their weights, where they stand for the contents, the links between them."""

from dataclasses import dataclass, field

from app.reports import theme
from app.reports.flow import Flow, begin
from app.reports.guide_data import Guide, Pieces
from app.reports.paper import Page
from app.reports.text import Span, wrap_spans
from app.reports.theme import ACCENT, MM, Type

BODY = Type(theme.REGULAR, 10, 13.8)
STRONG = Type(theme.SEMIBOLD, 10, 13.8)
SOFT = Type(theme.ITALIC, 10, 13.8)
CODE = Type(theme.MONO, 8.4, 13.8)
WEIGHTS = {"": BODY, "strong": STRONG, "soft": SOFT, "code": CODE}


@dataclass(frozen=True)
class Link(Type):
    """Words that lead to a page of the guide, or to one of its sections."""

    to: str = ""


@dataclass
class Book:
    """What is being drawn: on which sheet each page of the guide stands, for its contents."""

    guide: Guide
    flow: Flow
    page: str = ""
    sheets: dict[str, int] = field(default_factory=dict)

    def mark(self, to: str) -> None:
        """A place that links lead to, where the flow stands."""
        page, y = self.flow.page, self.flow.y
        self.sheets[to] = len(self.flow.paper.pages)
        page.fields.append(
            lambda canvas: canvas.bookmarkPage(to, fit="XYZ", left=0, top=page.high - y * MM + 8, zoom=0)
        )


def put_pieces(book: Book, pieces: Pieces) -> None:
    put(book, wrap_spans(spans_of(pieces), book.flow.frame.span * MM), BODY)


def spans_of(pieces: Pieces) -> list[Span]:
    return [
        (piece.text, Link(BODY.face, BODY.size, BODY.leading, ACCENT, piece.to) if piece.to else WEIGHTS[piece.weight])
        for piece in pieces
    ]


def put(book: Book, lines: list[list[Span]], kind: Type, indent: float = 0) -> None:
    """Lines already cut to their width, over as many sheets as they take; what leads elsewhere can be clicked."""
    flow, rest = book.flow, lines
    while rest:
        fits = begin(flow, len(rest), kind)
        for line in rest[:fits]:
            _line(book, line, kind, flow.frame.left + indent)
        rest = rest[fits:]


def _line(book: Book, line: list[Span], kind: Type, x: float) -> None:
    flow, lead = book.flow, kind.leading / MM
    for text, piece in line:
        end = flow.page.text(x, flow.y + kind.size * 0.98 / MM, text, piece)
        if isinstance(piece, Link):
            link(flow.page, (x, flow.y, end, flow.y + lead), piece.to)
        x = end
    flow.y += lead


def link(page: Page, box: tuple[float, float, float, float], to: str) -> None:
    """Make a part of a sheet, (left, top, right, bottom) in mm, lead to a place of the guide."""
    x, top, end, under = (length * MM for length in box)
    rect = (x, page.high - under, end, page.high - top)
    page.fields.append(lambda canvas: canvas.linkRect("", to, rect, relative=0, Border="[0 0 0]"))
