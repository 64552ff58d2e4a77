"""CSAT, NPS, response rate: the examples of domain.md G.3."""

from decimal import Decimal

import pytest

from app.rules.satisfaction import is_indicative, recommendation, response_rate, scale, told_apart


def test_csat_is_the_share_of_four_and_five_among_valid_answers() -> None:
    found = scale([5] * 10 + [4] * 8 + [3] * 3 + [2] * 2 + [1] + [0] * 2 + [None] * 4)
    assert (found.valid, found.satisfied) == (24, Decimal("75.0"))
    assert found.mean == Decimal("4.00")
    assert found.counts == {5: 10, 4: 8, 3: 3, 2: 2, 1: 1, 0: 2}


@pytest.mark.parametrize("answers", [[], [None], [0, 0]])
def test_no_valid_answer_gives_no_figure(answers: list[int | None]) -> None:
    found = scale(answers)
    assert (found.valid, found.satisfied, found.mean) == (0, None, None)


def test_nps_is_promoters_less_detractors() -> None:
    found = recommendation([9, 10] * 6 + [7, 8] * 4 + [6, 0, 3, 5, 2] + [None])
    assert (found.promoters, found.passives, found.detractors, found.valid) == (12, 8, 5, 25)
    assert found.score == 28
    assert recommendation([None]).score is None
    assert recommendation([0, 1]).score == -100


@pytest.mark.parametrize(
    ("answers", "invited", "rate", "indicative"),
    [(12, 40, "30.0", False), (11, 40, "27.5", True), (3, None, None, True), (0, 0, None, True)],
)
def test_under_thirty_percents_figures_are_indicative(
    answers: int, invited: int | None, rate: str | None, indicative: bool
) -> None:
    assert response_rate(answers, invited) == (Decimal(rate) if rate else None)
    assert is_indicative(answers, invited) is indicative


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ({"Atelier": 9, "Bureau": 5, "Vente": 4, "Stock": 3}, ["Atelier", "Bureau"]),
        ({"Atelier": 9, "Bureau": 5, "Vente": 4}, ["Atelier"]),  # 18 less 14 would tell the four of the Vente
        ({"Atelier": 6, "Vente": 1}, []),
        ({"Atelier": 6, "Bureau": 5}, ["Atelier", "Bureau"]),
        ({}, []),
    ],
)
def test_no_group_of_fewer_than_five_can_be_known(groups: dict[str, int], shown: list[str]) -> None:
    assert told_apart(groups) == shown
