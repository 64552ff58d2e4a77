"""How complete: weights met, what lacks, heaviest first (domain.md C.9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.completeness import Point, lacking, score


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([], 100),
        ([Point("a", 8, 100)], 100),
        ([Point("a", 8, 0)], 0),
        ([Point("a", 8, 100), Point("b", 2, 0)], 80),
        ([Point("a", 5, 100), Point("b", 5, 57)], 78),
        ([Point("a", 9, 100), Point("b", 1, 99)], 99),
        ([Point("a", 999, 100), Point("b", 1, 0)], 99),
    ],
)
def test_the_score_is_the_share_of_the_weights_that_are_met(points: list[Point], expected: int) -> None:
    assert score(points) == expected


def test_what_lacks_is_told_by_what_it_costs() -> None:
    points = [Point("light", 2, 0), Point("whole", 9, 100), Point("half", 8, 50), Point("same", 2, 0), Point("x", 9, 0)]
    assert [point.key for point in lacking(points)] == ["x", "half", "light", "same"]


POINTS = st.lists(st.builds(Point, st.text(), st.integers(1, 10), st.integers(0, 100)))


@given(POINTS)
def test_complete_is_what_lacks_nothing(points: list[Point]) -> None:
    assert (score(points) == 100) == (not lacking(points))
    assert 0 <= score(points) <= 100
