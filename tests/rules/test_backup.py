"""The rule 3-2-1-1-0, and the day to look again."""

from datetime import date

import pytest

from app.rules.backup import Answer, Copies, beyond, due_on, points

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Copies(3, 2, True, True, True), (YES, YES, YES, YES, YES)),
        (Copies(2, 1, False, False, False), (NO, NO, NO, NO, NO)),
        (Copies(None, None, None, None, None), (UNKNOWN,) * 5),
        (Copies(4, 2, True, False, None), (YES, YES, YES, NO, UNKNOWN)),
    ],
)
def test_the_five_points(told: Copies, expected: tuple[Answer, ...]) -> None:
    assert points(told) == expected


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        (date(2026, 6, 1), 180, date(2026, 11, 28)),
        (None, 180, date(2026, 2, 14)),
        (None, 7, date(2026, 1, 22)),
    ],
)
def test_the_day_to_look_again(last: date | None, every: int, expected: date) -> None:
    assert due_on(last, date(2026, 1, 15), every, grace=30) == expected


@pytest.mark.parametrize(
    ("measured", "allowed", "expected"),
    [(130, 240, -110), (250, 240, 10), (None, 240, None), (130, None, None)],
)
def test_a_promise_and_what_was_measured(measured: int | None, allowed: int | None, expected: int | None) -> None:
    assert beyond(measured, allowed) == expected
