"""The note of a form: domain.md G.1."""

import pytest

from app.rules.evaluation import answered, note, out_of_twenty

CASES = [
    ((5, 5, 5, 5, 5, 5, 5, 5, 5), 9, 500),
    ((4, 4, 3, 2, 4, None, None, None, None), 5, 340),
    ((4, 4, 3, 2, 0, 0, 0, 0, 0), 4, None),
    ((4, 4, 3, 2, None, None, None, None, None), 4, None),
    ((5, 4, 4, 5, 4, 4, 0, None, None), 6, 433),
    ((5, 5, 4, 4, 4, 4, 0, None, None), 6, 433),
    ((5, 4, 4, 4, 4, 4, 4, 4, None), 8, 413),
    ((1, 1, 1, 1, 1, 0, 0, 0, 0), 5, 100),
    ((None,) * 9, 0, None),
    ((0,) * 9, 0, None),
]


@pytest.mark.parametrize(("answers", "count", "mean"), CASES)
def test_a_note_is_the_mean_of_what_was_given(answers: tuple[int | None, ...], count: int, mean: int | None) -> None:
    """« Sans avis » weighs nothing, below five answers there is no note, a half goes up (4,125 is 4,13)."""
    assert answered(answers) == count
    assert note(answers) == mean


def test_a_note_out_of_twenty_is_four_times_that_out_of_five() -> None:
    assert [out_of_twenty(one) for one in (500, 340, 433)] == [2000, 1360, 1732]
