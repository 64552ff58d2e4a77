"""The user guide as data: parts of pages, pages of blocks, blocks of pieces; the window and the PDF draw the same."""

from dataclasses import dataclass
from typing import Literal

from app.reports.identity import Stamp

Weight = Literal["", "strong", "soft", "code"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `to` is what it leads to, « penalites » or « glossaire#gtr »."""

    text: str
    weight: Weight = ""
    to: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`anchor` is what links call it; `level` is 2 or 3."""

    text: str
    anchor: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Para:
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Items:
    """`first` is the number of the first one; 0 when they have none."""

    items: tuple[Pieces, ...]
    first: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    heads: tuple[Pieces, ...]
    rows: tuple[tuple[Pieces, ...], ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the program: the name of its file in resources/aide/images, and what it shows."""

    file: str
    words: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the program the page is of use: (tab,), (tab, section) or (tab, section, tab of a record)."""

    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade and what it means."""

    term: str
    anchor: str
    meaning: Pieces


Block = Heading | Para | Items | Grid | Shot | Where | Term


@dataclass(frozen=True, slots=True)
class GuidePage:
    """`name` is that of its file, by which links call it."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class GuidePart:
    title: str
    pages: tuple[GuidePage, ...]


@dataclass(frozen=True)
class GuideStamp(Stamp):
    """The guide belongs to the program, not to a company: its foot tells the version of the program."""

    @property
    def first_line(self) -> str:
        return f"{self.title} · {self.reference}"

    @property
    def second_line(self) -> str:
        return "Aide à la gestion\u00a0: ne remplace pas un conseil juridique ou comptable."


@dataclass(frozen=True)
class Guide:
    """The whole book; `pictures` are the bytes of the PNG files that its pages name, `cover` the name of the one of
    the first page."""

    stamp: GuideStamp
    parts: tuple[GuidePart, ...]
    pictures: dict[str, bytes]
    cover: str


def plain(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def texts(block: Block) -> list[str]:
    """What a block says, without its links and weights."""
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Shot):
        return [block.words]
    told = [plain(pieces) for pieces in _runs(block)]
    return [block.term, *told] if isinstance(block, Term) else told


def links(page: GuidePage) -> list[str]:
    """All that the page leads to."""
    return [piece.to for block in page.blocks for pieces in _runs(block) for piece in pieces if piece.to]


def _runs(block: Block) -> list[Pieces]:
    match block:
        case Para(pieces=pieces) | Term(meaning=pieces):
            return [pieces]
        case Items(items=items):
            return list(items)
        case Grid(heads=heads, rows=rows):
            return [cell for row in (heads, *rows) for cell in row]
        case _:
            return []
