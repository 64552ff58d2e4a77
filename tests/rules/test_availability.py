"""Times down put together, and the availability of a fleet (domain.md B.2, B.3)."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from app.rules.availability import Span, clipped, fleet, merged, outside

MIDNIGHT = datetime(2026, 6, 1, tzinfo=UTC)
SRV, IMP, FULL = (11_880, 540), (11_880, 1620), (11_880, 0)
"""Minutes required and down in June 2026: 198 h, of which 9 h and 27 h down."""


def spans(*hours: tuple[int, int]) -> list[Span]:
    return [(MIDNIGHT + timedelta(hours=a), MIDNIGHT + timedelta(hours=b)) for a, b in hours]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([(3, 4), (1, 2)], [(1, 2), (3, 4)]),
        ([(1, 3), (2, 4)], [(1, 4)]),
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(1, 9), (2, 3), (4, 5)], [(1, 9)]),
    ],
)
def test_overlapping_times_are_one(given: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert merged(spans(*given)) == spans(*expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [([(0, 2)], [(1, 2)]), ([(2, 9)], [(2, 5)]), ([(0, 9)], [(1, 5)]), ([(0, 1)], [(1, 1)]), ([(5, 6), (7, 8)], [])],
)
def test_what_stands_within_a_time(given: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    ((first, last),) = spans((1, 5))
    assert clipped(spans(*given), first, last) == spans(*expected)


@pytest.mark.parametrize(
    ("given", "holes", "expected"),
    [
        ([(1, 9)], [], [(1, 9)]),
        ([(1, 9)], [(3, 4), (6, 7)], [(1, 3), (4, 6), (7, 9)]),
        ([(1, 3), (5, 9)], [(2, 6)], [(1, 2), (6, 9)]),
        ([(2, 3)], [(1, 4)], []),
        ([(2, 3)], [(3, 4)], [(2, 3)]),
    ],
)
def test_what_no_hole_covers(
    given: list[tuple[int, int]], holes: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    assert outside(spans(*given), spans(*holes)) == spans(*expected)


@pytest.mark.parametrize(
    ("parts", "percents"),
    [
        ([(5, *SRV)], "95.45"),
        ([(1, *IMP)], "86.36"),
        ([(1, *SRV), (1, *IMP), (1, *FULL), (1, *FULL), (1, *FULL)], "96.36"),
        ([(5, *SRV), (1, *IMP), (1, *FULL), (1, *FULL), (1, *FULL)], "95.96"),
        ([(1, *FULL), (4, 0, 0)], "100.00"),
    ],
)
def test_the_reference_month(parts: list[tuple[int, int, int]], percents: str) -> None:
    found = fleet(parts)
    assert found is not None
    assert f"{float(100 * found):.2f}" == percents


def test_nothing_required_is_no_data() -> None:
    assert fleet([]) is None
    assert fleet([(1, 0, 0)]) is None
    assert fleet([(1, 10, 10)]) == Fraction(0)
