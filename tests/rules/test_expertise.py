"""Notes, score, verdict and feasibility, from the tables of domain.md A.7."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.rules.expertise import (
    CRITERIA,
    WEIGHTS,
    Feasibility,
    Findings,
    Limits,
    Notes,
    Reason,
    age_note,
    age_ratio,
    cost_ratio,
    failures_note,
    feasibility,
    judge,
    months_left,
    points,
    renewal,
    score,
    support_note,
)

ON = date(2026, 11, 21)
GOOD = Notes(3, 3, 4, 4, 4, 3)
FREE = Findings(GOOD, repair_cost=0, replacement_value=90_000, maintenance_cost=0)


def test_the_weights_make_a_hundred() -> None:
    assert tuple(WEIGHTS) == CRITERIA
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("on", "note"),
    [
        (date(2022, 6, 30), 4),  # the very day
        (date(2020, 1, 1), 4),  # not yet in service
        (date(2024, 6, 28), 4),  # 729 days of 1461
        (date(2024, 6, 30), 3),  # 731 of 1461: half is passed
        (date(2025, 6, 29), 3),
        (date(2025, 6, 30), 2),  # 1096 of 1461: three quarters
        (date(2026, 6, 29), 2),
        (date(2026, 6, 30), 1),  # the whole life, on its anniversary
        (date(2027, 6, 30), 1),  # 1826 of 1461, 1,2498
        (date(2027, 7, 1), 0),
        (date(2040, 1, 1), 0),
    ],
)
def test_the_note_of_age(on: date, note: int) -> None:
    assert age_note(date(2022, 6, 30), 4, on) == note


def test_the_ratio_of_age_is_exact() -> None:
    assert age_ratio(date(2021, 6, 22), 5, date(2026, 6, 22)) == 1
    assert age_ratio(date(2021, 6, 22), 5, date(2026, 11, 21)) == Fraction(1978, 1826)
    assert age_ratio(ON, 5, date(2020, 1, 1)) == 0


@pytest.mark.parametrize(
    ("end", "note", "left"),
    [
        (date(2028, 11, 22), 4, 24),
        (date(2028, 11, 21), 3, 24),  # 24 months and no more
        (date(2027, 11, 22), 3, 12),
        (date(2027, 11, 21), 2, 12),
        (date(2027, 5, 22), 2, 6),
        (date(2027, 5, 21), 1, 6),
        (date(2026, 11, 22), 1, 0),
        (ON, 0, 0),
        (date(2025, 10, 14), 0, 0),
    ],
)
def test_the_note_of_support(end: date, note: int, left: int) -> None:
    assert support_note(end, ON) == note
    assert months_left(end, ON) == left


@pytest.mark.parametrize(("count", "note"), [(0, 4), (1, 3), (2, 2), (3, 1), (4, 0), (17, 0)])
def test_the_note_of_failures(count: int, note: int) -> None:
    assert failures_note(count) == note


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (Notes(3, 1, 1, 2, 2, 3), "48.75"),
        (Notes(3, 3, 4, 4, 4, 3), "86.25"),
        (Notes(4, 4, 4, 4, 4, 4), "100"),
        (Notes(0, 0, 0, 0, 0, 0), "0"),
        (Notes(3, 1, None, 2, 2, 3), None),
    ],
)
def test_the_score(notes: Notes, expected: str | None) -> None:
    assert score(notes) == (Decimal(expected) if expected else None)


def test_the_points_of_the_criteria_add_up_to_the_score() -> None:
    notes = Notes(3, 1, 1, 2, 2, 3)
    assert points("condition", 3) == Decimal("18.75")
    assert sum(points(name, getattr(notes, name)) for name in CRITERIA) == score(notes)


@pytest.mark.parametrize(
    ("cost", "value", "expected"),
    [
        (38_000, 70_000, Decimal(38) / 70), (0, None, Decimal(0)), (0, 0, Decimal(0)), (100, None, None),
        (100, 0, None), (None, 70_000, None),
    ],
)  # fmt: skip
def test_r_and_m(cost: int | None, value: int | None, expected: Decimal | None) -> None:
    assert cost_ratio(cost, value) == expected


def found(notes: tuple[int, ...], repair: int = 0, maintenance: int = 0, *, exposed: bool = False) -> Findings:
    """Costs in cents on a replacement value of 1 000 euros."""
    return Findings(Notes(*notes), repair, 100_000, maintenance, exposed)


SEVENTY = (3, 3, 3, 2, 3, 2)  # 18,75 + 15 + 15 + 7,5 + 7,5 + 5 = 68,75
FORTY = (2, 1, 1, 2, 2, 2)  # 12,5 + 5 + 5 + 7,5 + 5 + 5 = 40
SIXTY = (3, 2, 2, 2, 3, 2)  # 18,75 + 10 + 10 + 7,5 + 7,5 + 5 = 58,75
EIGHTY = (4, 3, 3, 2, 4, 3)  # 25 + 15 + 15 + 7,5 + 10 + 7,5 = 80


@pytest.mark.parametrize(
    ("findings", "verdict", "reason"),
    [
        # E, each way, and just short of it.
        (found((0, 4, 4, 4, 4, 4), 60_001), "E", Reason.DEAD_AND_DEAR),
        (found((0, 4, 4, 4, 4, 4), 60_000), "D", Reason.REPAIR),
        (found((1, 4, 4, 4, 4, 4), 60_001), "D", Reason.REPAIR),
        (found((0, 4, 4, 4, 0, 4)), "E", Reason.DEAD_WITHOUT_PARTS),
        (found((0, 4, 4, 4, 0, 4), 60_001), "E", Reason.DEAD_AND_DEAR),  # the first that matches is told
        (found((0, 4, 4, 4, 1, 4)), "B", Reason.OTHERS),
        (found((1, 4, 4, 4, 0, 4)), "B", Reason.OTHERS),
        # D, each way, and just short of it.
        (found(EIGHTY, 50_001), "D", Reason.REPAIR),
        (found(EIGHTY, 50_000), "B", Reason.OTHERS),
        (found(EIGHTY, 0, 30_001), "D", Reason.MAINTENANCE),
        (found(EIGHTY, 0, 30_000), "A", Reason.AS_IT_IS),
        (found((2, 1, 1, 2, 2, 1)), "D", Reason.LOW_SCORE),  # 37,50
        (found(FORTY), "C", Reason.FAIR_SCORE),
        (found((4, 4, 0, 4, 4, 4), exposed=True), "D", Reason.EXPOSED),
        (found((4, 4, 0, 4, 4, 4)), "A", Reason.AS_IT_IS),  # isolated, or off the network
        (found((4, 4, 1, 4, 4, 4), exposed=True), "A", Reason.AS_IT_IS),
        # C, A and B.
        (found(SIXTY), "C", Reason.FAIR_SCORE),
        (found((3, 2, 2, 3, 2, 2)), "B", Reason.OTHERS),  # 18,75 + 10 + 10 + 11,25 + 5 + 5 = 60
        (found(EIGHTY), "A", Reason.AS_IT_IS),
        (found((4, 3, 3, 2, 4, 2)), "B", Reason.OTHERS),  # 77,50
        (found(EIGHTY, 1), "B", Reason.OTHERS),
        # The worked examples.
        (Findings(Notes(3, 1, 1, 2, 2, 3), 0, 76_000, 9_424), "C", Reason.FAIR_SCORE),
        (Findings(GOOD, 0, 90_000, 0), "A", Reason.AS_IT_IS),
        (Findings(GOOD, 12_000, 90_000, 0), "B", Reason.OTHERS),
        (Findings(Notes(*SEVENTY), 38_000, 70_000, 0), "D", Reason.REPAIR),
    ],
)
def test_the_verdict_is_that_of_the_first_rule_that_matches(findings: Findings, verdict: str, reason: Reason) -> None:
    judgement = judge(findings)
    assert (judgement.verdict, judgement.reason, judgement.missing) == (verdict, reason, ())
    assert judgement.score == score(findings.notes)


@pytest.mark.parametrize(
    ("findings", "missing"),
    [
        (replace(FREE, notes=Notes()), (*CRITERIA,)),
        (replace(FREE, notes=replace(GOOD, parts=None)), ("parts",)),
        (replace(FREE, repair_cost=None), ("repair_cost",)),
        (replace(FREE, maintenance_cost=None), ("maintenance_cost",)),
        (replace(FREE, repair_cost=100, replacement_value=None), ("replacement_value",)),
        (replace(FREE, maintenance_cost=100, replacement_value=0), ("replacement_value",)),
    ],
)
def test_there_is_no_verdict_while_something_is_missing(findings: Findings, missing: tuple[str, ...]) -> None:
    judgement = judge(findings)
    assert (judgement.verdict, judgement.reason, judgement.missing) == (None, None, missing)


def test_without_any_cost_the_replacement_value_is_not_asked() -> None:
    assert judge(replace(FREE, replacement_value=None)).verdict == "A"


@pytest.mark.parametrize(
    ("verdict", "life_end", "expected"),
    [
        ("E", date(2030, 1, 1), date(2027, 2, 21)),
        ("D", None, date(2027, 2, 21)),
        ("C", date(2030, 1, 1), date(2027, 11, 21)),
        ("A", date(2030, 1, 1), date(2030, 1, 1)),
        ("B", date(2026, 12, 1), date(2027, 11, 21)),  # never before a year for what can be kept
        ("A", None, None),
    ],
)
def test_when_to_replace(verdict: str, life_end: date | None, expected: date | None) -> None:
    assert renewal(verdict, ON, life_end) == expected


@pytest.mark.parametrize(
    ("counts", "price", "value", "opinion"),
    [
        ({"A": 9, "D": 1}, 1500, 10_000, "favourable"),  # 90 % and 15 %, both just so
        ({"A": 89, "D": 11}, 1500, 10_000, "reserved"),
        ({"A": 9, "D": 1}, 1501, 10_000, "reserved"),
        ({"A": 6, "D": 4}, 3000, 10_000, "reserved"),  # 60 % and 30 %, both just so
        ({"A": 59, "D": 41}, 1000, 10_000, "unfavourable"),
        ({"A": 10}, 3001, 10_000, "unfavourable"),
        ({"A": 10}, None, 10_000, None),  # without a price nothing favourable can be said
        ({"A": 10}, 1000, None, None),
        ({"A": 10}, 1000, 0, None),
        ({"A": 5, "E": 5}, None, None, "unfavourable"),
        ({}, 1000, 10_000, None),
    ],
)
def test_the_opinion_on_the_lot(
    counts: dict[str, int], price: int | None, value: int | None, opinion: str | None
) -> None:
    assert feasibility(counts, price, value, Limits()).opinion == opinion


def test_the_feasibility_counts_a_b_and_c() -> None:
    found = feasibility({"A": 20, "B": 15, "C": 8, "D": 4, "E": 1}, 540_000, 4_500_000, Limits())
    assert found == Feasibility(48, 43, Decimal(43) / 48, Decimal("0.12"), "reserved")


def test_the_limits_of_the_opinion_are_given() -> None:
    own = Limits(good_share=Decimal("0.5"), good_ratio=Decimal("0.5"), bad_share=Decimal(0), bad_ratio=Decimal(1))
    assert feasibility({"A": 5, "D": 5}, 5000, 10_000, own).opinion == "favourable"
