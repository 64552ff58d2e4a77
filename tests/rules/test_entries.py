"""Entries balance, and their reversals too (domain.md E.4, E.5, E.6)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import entries
from app.rules.entries import EntryLine

ON = date(2026, 12, 31)
SIGNED = st.lists(st.tuples(st.sampled_from(["6156", "486", "4081", "44586"]), st.integers(-(10**9), 10**9)))


@pytest.mark.parametrize(
    ("signed", "lines"),
    [
        ([("486", 90_000), ("6156", -90_000)], (EntryLine("486", 90_000), EntryLine("6156", 0, 90_000))),
        (
            [("6156", 35_000), ("44586", 7_000), ("4081", -42_000)],
            (EntryLine("6156", 35_000), EntryLine("44586", 7_000), EntryLine("4081", 0, 42_000)),
        ),
        (
            [("2183", -125_000), ("28183", 72_801), ("657", 52_199)],
            (EntryLine("28183", 72_801), EntryLine("657", 52_199), EntryLine("2183", 0, 125_000)),
        ),
        ([("486", 500), ("6156", -500), ("44566", 0)], (EntryLine("486", 500), EntryLine("6156", 0, 500))),
        (
            [("486", 1), ("486", 2), ("6156", -3), ("6156", 3), ("486", -3)],
            (EntryLine("486", 3), EntryLine("6156", 3), EntryLine("6156", 0, 3), EntryLine("486", 0, 3)),
        ),
    ],
)
def test_an_entry_of_signed_amounts(signed: list[tuple[str, int]], lines: tuple[EntryLine, ...]) -> None:
    made = entries.entry(ON, "OD", "Essai", "CT-1", signed)
    assert made.lines == lines
    assert made.is_balanced


def test_what_does_not_balance_is_refused() -> None:
    with pytest.raises(ValueError, match="balance"):
        entries.entry(ON, "OD", "Essai", "", [("486", 1)])


@given(signed=SIGNED)
def test_debit_is_credit_and_a_reversal_undoes(signed: list[tuple[str, int]]) -> None:
    made = entries.entry(ON, "OD", "Essai", "", [*signed, ("4081", -sum(cents for _, cents in signed))])
    turned = entries.reversal(made, date(2027, 1, 1))
    assert made.is_balanced
    assert turned.is_balanced
    assert all(min(line.debit, line.credit) == 0 <= max(line.debit, line.credit) for line in made.lines)
    moved: dict[str, int] = {}
    for line in (*made.lines, *turned.lines):
        moved[line.account] = moved.get(line.account, 0) + line.debit - line.credit
    assert not any(moved.values())
