"""The lines of an address in the window of an envelope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.postal import LINES, LONGEST, postal_lines


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (["Kervadel Infogérance SARL", "Zone de l’Exemple", "4, allée des Tests", "49300 Cholet"],
         ("KERVADEL INFOGERANCE SARL", "ZONE DE L EXEMPLE", "4 ALLEE DES TESTS", "49300 CHOLET")),
        (["Cœur & Fils", "", " ", "Saint-Étienne Cedex 1"], ("COEUR FILS", "SAINT ETIENNE CEDEX 1")),
        (["Société de maintenance informatique du grand Ouest"],
         ("SOCIETE DE MAINTENANCE INFORMATIQUE DU", "GRAND OUEST")),
        (["A", "B", "C", "D", "E", "F", "29000 Quimper"], ("A", "C", "D", "E", "F", "29000 QUIMPER")),
        ([], ()),
    ],
)  # fmt: skip
def test_capitals_without_punctuation(parts: list[str], lines: tuple[str, ...]) -> None:
    assert postal_lines(parts) == lines


@given(st.lists(st.text(max_size=120), max_size=9))
def test_any_address_holds_in_the_window(parts: list[str]) -> None:
    lines = postal_lines(parts)
    assert len(lines) <= LINES
    assert all(0 < len(line) <= LONGEST for line in lines)
