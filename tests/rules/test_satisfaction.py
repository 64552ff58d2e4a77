"""CSAT, NPS, response rate: the examples of domain.md G.3."""

from decimal import Decimal

import pytest

from app.rules.satisfaction import is_indicative, recommendation, response_rate, scale, told_apart, told_of_both


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


DIJON, AUTUN = "Dijon", "Autun"


@pytest.mark.parametrize(
    ("cells", "services", "sites"),
    [
        ({("Atelier", DIJON): 9, ("Bureau", DIJON): 6, ("Vente", AUTUN): 7}, ["Atelier", "Vente", "Bureau"],
         [DIJON, AUTUN]),
        # Dijon (12) less the Atelier (9), which is all there, would tell the three of the Vente in Dijon
        ({("Atelier", DIJON): 9, ("Vente", DIJON): 3, ("Vente", AUTUN): 8}, [], [DIJON, AUTUN]),
        # the Bureau has two in Autun, which Autun with Dijon, where the Atelier is whole, would tell
        ({("Atelier", DIJON): 6, ("Atelier", AUTUN): 6, ("Bureau", AUTUN): 2, ("Bureau", "Nevers"): 9,
          ("Vente", "Nevers"): 14, ("Vente", "Autre"): 8}, ["Vente", "Atelier", "Bureau"],
         ["Nevers", AUTUN]),
        # one person of Dijon in the service of Autun, and one of Autun in that of Dijon
        ({("Atelier", DIJON): 9, ("Atelier", AUTUN): 1, ("Vente", AUTUN): 9, ("Vente", DIJON): 1}, [], [AUTUN, DIJON]),
        ({("Atelier", DIJON): 10, ("Vente", DIJON): 10}, ["Atelier", "Vente"], [DIJON]),
        ({("Atelier", DIJON): 9, ("Bureau", DIJON): 5, ("Vente", DIJON): 4}, ["Atelier"], [DIJON]),
        ({("Atelier", DIJON): 3}, [], []),
        ({}, [], []),
    ],
)  # fmt: skip
def test_services_and_sites_side_by_side_tell_of_no_fewer_than_five(
    cells: dict[tuple[str, str], int], services: list[str], sites: list[str]
) -> None:
    assert told_of_both(cells) == (services, sites)


def test_no_more_groups_are_told_than_can_be_looked_at() -> None:
    many = {(f"S{n:02}", f"L{n:02}"): 5 + n for n in range(40)}
    services, sites = told_of_both(many)
    assert (len(services), len(sites)) == (8, 8)
