"""Proposed accounting entries (domain.md E.4 to E.6, E.8): each balanced, in cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One amount in one account: in its debit or in its credit, never in both."""

    account: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """`journal` is AC for purchases, OD for the others; `piece` is what it is booked from."""

    on: date
    journal: str
    label: str
    piece: str
    lines: tuple[EntryLine, ...]

    @property
    def is_balanced(self) -> bool:
        return sum(line.debit for line in self.lines) == sum(line.credit for line in self.lines)


def entry(on: date, journal: str, label: str, piece: str, signed: Iterable[tuple[str, int]]) -> Entry:
    """From (account, cents), debits above zero and credits below: those of one account and one side are summed.

    ValueError unless they balance.
    """
    sums: dict[tuple[str, bool], int] = {}
    for account, cents in signed:
        if cents:
            sums[account, cents > 0] = sums.get((account, cents > 0), 0) + cents
    if sum(sums.values()):
        raise ValueError(f"the entry {label!r} does not balance")
    lines = [EntryLine(a, debit=c) if debit else EntryLine(a, credit=-c) for (a, debit), c in sums.items()]
    return Entry(on, journal, label, piece, _in_order(lines))


def _in_order(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Debits first."""
    return tuple(sorted(lines, key=lambda line: line.credit > 0))


def reversal(of: Entry, on: date) -> Entry:
    """The same the other way round, on the first day of the next year."""
    turned = (EntryLine(line.account, line.credit, line.debit) for line in of.lines)
    return Entry(on, of.journal, f"Extourne\u00a0: {of.label}", of.piece, _in_order(turned))
