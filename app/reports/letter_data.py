"""What a letter says, gathered and frozen before it is drawn."""

from dataclasses import dataclass

from app.reports.identity import CompanyCard, Pair, Stamp

Piece = tuple[str, bool]
"""A part of a paragraph, and whether it stands out."""


@dataclass(frozen=True)
class Account:
    """What is claimed, in a table under the first `after` paragraphs: number, promise, due, done, late, euros."""

    after: int
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """`recipient` is ready for the window of the envelope; `registered`: it bears the place of its number."""

    company: CompanyCard
    stamp: Stamp
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    registered: bool
    tracking: str
    references: tuple[Pair, ...]
    place_and_date: str
    subject: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    signer: str
    greeting: str = "Madame, Monsieur,"
    account: Account | None = None
