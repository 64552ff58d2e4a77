"""The matrix of domain.md A.6."""

import pytest

from app.models.codes import Impact, Priority, Urgency
from app.rules.priority import MATRIX, priority

TABLE = {
    Impact.HIGH: ("P1", "P2", "P3"),
    Impact.MEDIUM: ("P2", "P3", "P4"),
    Impact.LOW: ("P3", "P4", "P4"),
}


@pytest.mark.parametrize("impact", Impact)
def test_matrix(impact: Impact) -> None:
    row = tuple(priority(impact, urgency) for urgency in (Urgency.HIGH, Urgency.MEDIUM, Urgency.LOW))
    assert row == TABLE[impact]


def test_the_matrix_speaks_the_words_of_the_models() -> None:
    assert set(MATRIX) == {(i.value, u.value) for i in Impact for u in Urgency}
    assert set(MATRIX.values()) == {p.value for p in Priority}


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(KeyError):
        priority("huge", "high")
