"""A paper of numbered chapters, the same as PDF and as Word: cahier des charges, contract, minutes (papers.md 2)."""

import re
from dataclasses import dataclass

from app.reports.identity import CompanyCard, Pair, Stamp

TO_FILL = re.compile(r"(\[à compléter[^\]]*\])")
"""What nobody filled yet: set apart wherever it stands in a text."""


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut in order; True for what is still to be filled."""
    return [(part, bool(i % 2)) for i, part in enumerate(TO_FILL.split(text)) if part]


@dataclass(frozen=True, slots=True)
class Para:
    """`tone` is « body », « strong » for what must be seen, « note » for small print."""

    text: str
    tone: str = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, in two columns."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `shares` are the widths of its columns in any unit, `right` the columns of numbers; an empty cell of a
    column of `to_fill` is left to be written in. `total` is the last row, set apart."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    right: tuple[int, ...] = ()
    to_fill: tuple[int, ...] = ()
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Lines to write on by hand."""

    count: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """One box for each party, never cut across pages; `mention` is what each writes by hand."""

    parties: tuple[str, ...]
    mention: str = "lu et approuvé"


Block = Para | Bullets | Facts | Grid | WritingLines | Signatures


@dataclass(frozen=True, slots=True)
class Chapter:
    """`number` is empty for what bears none (preamble, signatures)."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class WrittenPaper:
    """`facts` are those of the first page; `chapters` follow. `with_cover` gives them a page of their own, with the
    table of contents and, at its foot, the small print of `limits`; without it the paper begins at once under its
    masthead."""

    company: CompanyCard
    stamp: Stamp
    subtitle: str
    facts: tuple[Pair, ...]
    chapters: tuple[Chapter, ...]
    with_cover: bool = True
    limits: str = ""
