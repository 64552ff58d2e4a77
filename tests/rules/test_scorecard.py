"""The scorecard of a provider (domain.md G.2): notes from facts, weights shared again, classes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import scorecard
from app.rules.scorecard import CRITERIA, Noted, Source

G2 = (400, 400, 300, 200, 400, 300, 300, 400)
"""The notes of the example, in the order of the table."""


def noted(*notes: int | None) -> list[Noted]:
    return [Noted(one.key, one.weight, note) for one, note in zip(CRITERIA, notes, strict=True)]


def test_the_example_is_worth_70_out_of_100() -> None:
    found = scorecard.score(noted(*G2))
    assert (str(found.total), str(found.mean), str(found.twenty), found.grade) == ("70.0", "3.5", "14.0", "B")
    assert [one.points for one in found.rows] == [20, 16, 6, 4, 8, 9, 3, 4]
    assert sum(one.weight for one in CRITERIA) == 100


@pytest.mark.parametrize(
    ("done", "of", "note"),
    [
        (120, 126, 400),  # GTI 62/64, GTR 58/62 : 95,2 %
        (98, 100, 500), (979, 1000, 400), (95, 100, 400), (949, 1000, 300), (90, 100, 300), (19, 21, 300),
        (899, 1000, 200), (18, 22, 200), (80, 100, 200), (799, 1000, 100), (60, 100, 100), (599, 1000, 0), (0, 4, 0),
        (0, 0, None),
    ],
)  # fmt: skip
def test_a_share_in_time(done: int, of: int, note: int | None) -> None:
    assert scorecard.share_note(done, of) == note


@pytest.mark.parametrize(
    ("reopened", "resolved", "note"),
    [(0, 5, 500), (2, 100, 500), (2, 62, 400), (5, 100, 400), (51, 1000, 300), (10, 100, 300), (15, 100, 200),
     (25, 100, 100), (26, 100, 0), (0, 0, None)],
)  # fmt: skip
def test_reopenings(reopened: int, resolved: int, note: int | None) -> None:
    assert scorecard.reopening_note(reopened, resolved) == note


@pytest.mark.parametrize(
    ("notes", "mean"), [([300] * 12, 300), ([433, 400, 500], 440), ([455], 460), ([325, 325], 330), ([], None)]
)
def test_satisfaction_is_a_mean_to_the_tenth(notes: list[int], mean: int | None) -> None:
    assert scorecard.mean_note(notes) == mean


@pytest.mark.parametrize(
    ("invoices", "wrong", "corrected", "note"),
    [(3, 0, 0, 500), (3, 1, 1, 300), (3, 1, 0, 100), (3, 2, 1, 100), (0, 0, 0, None)],
)
def test_invoices(invoices: int, wrong: int, corrected: int, note: int | None) -> None:
    assert scorecard.invoice_note(invoices, wrong, corrected) == note


@pytest.mark.parametrize(
    ("gaps", "lapsed", "note"), [(0, 0, 500), (1, 0, 400), (0, 1, 200), (1, 1, 200), (2, 2, 100), (9, 0, 0), (9, 1, 0)]
)
def test_an_expired_certificate_leaves_two_at_most(gaps: int, lapsed: int, note: int) -> None:
    assert scorecard.security_note(gaps, lapsed) == note


def test_a_criterion_without_data_shares_its_weight_among_the_others() -> None:
    found = scorecard.score(noted(400, 400, None, 200, 400, 300, 300, 400))
    assert found.total == Decimal("71.1")  # 64 points of 90
    lacking = next(one for one in found.rows if one.key == "preventive")
    assert {lacking.weight, lacking.note, lacking.points} == {None}
    weights = [one.weight for one in found.rows if one.weight is not None]
    assert sum(weights) == pytest.approx(100)
    assert weights[0] == Decimal(2500) / 90


def test_nothing_evaluated_is_no_score() -> None:
    found = scorecard.score(noted(*[None] * 8))
    assert {found.total, found.mean, found.twenty, found.grade} == {None}
    assert scorecard.combined([]).total is None


def test_a_weight_of_zero_counts_for_nothing() -> None:
    found = scorecard.score([Noted("a", 100, 400), Noted("b", 0, 0)])
    assert found.total == 80
    assert [found.rows[1].weight, found.rows[1].note, found.rows[1].points] == [0, 0, 0]


def test_a_provider_is_weighted_by_hours() -> None:
    """71,0 over 61,5 h, 66,0 over 18 h and 70,9 over 12,5 h are worth 70,0 (the table of papers.md)."""
    parts = [(3690, [Noted("a", 100, 355)]), (1080, [Noted("a", 100, 330)]), (750, [Noted("a", 100, 355)])]
    assert scorecard.combined(parts).total == Decimal("70.0")
    one, other = [Noted("a", 50, 500), Noted("b", 50, 300)], [Noted("a", 50, 300), Noted("b", 50, None)]
    found = scorecard.combined([(60, one), (180, other)])
    assert found.total == 65  # 80 x 1/4 + 60 x 3/4
    assert [row.weight for row in found.rows] == [Decimal("87.5"), Decimal("12.5")]
    assert scorecard.combined([(0, one), (0, other)]).total == 70
    assert scorecard.combined([(60, one), (180, [Noted("a", 100, None)])]).total == 80


@pytest.mark.parametrize(
    ("total", "letter"),
    [("85", "A"), ("84.9", "B"), ("70", "B"), ("69.9", "C"), ("50", "C"), ("49.9", "D"), ("0", "D")],
)
def test_classes(total: str, letter: str) -> None:
    assert scorecard.grade(Decimal(total)) == letter


notes = st.one_of(st.none(), st.integers(0, 500))
cards = st.lists(st.tuples(st.integers(0, 10_000), st.lists(notes, min_size=8, max_size=8)), max_size=4)


@given(cards)
def test_the_points_add_up_to_the_mean_of_the_prestations(cards: list[tuple[int, list[int | None]]]) -> None:
    parts = [(minutes, noted(*given)) for minutes, given in cards]
    found = scorecard.combined(parts)
    alone = [(minutes, scorecard.score(rows).total) for minutes, rows in parts]
    known = [(minutes, total) for minutes, total in alone if total is not None]
    if not known:
        assert found.total is None
        return
    if not any(minutes for minutes, _ in known):
        known = [(1, total) for _, total in known]
    mean = sum(minutes * total for minutes, total in known) / sum(minutes for minutes, _ in known)
    assert found.total == pytest.approx(mean, abs=Decimal("0.11"))
    assert sum(row.weight or 0 for row in found.rows) == pytest.approx(100)


def test_each_criterion_says_what_its_notes_mean() -> None:
    assert all(len(one.levels) == 6 and one.rule.endswith(".") for one in CRITERIA)
    assert {one.key for one in CRITERIA if one.source is Source.JUDGED} == {"communication"}
    assert scorecard.weight_gap(scorecard.WEIGHTS.values()) == 0
    assert scorecard.share(120, 126) == Decimal("95.2")
    assert scorecard.share(0, 0) is None
