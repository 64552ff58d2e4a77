"""Searching the guide as a person types."""

import pytest

from app.services import guide


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("préavis", "preavis"),
        ("PREAVIS envoi conseille", "preavis"),
        ("mttr", "glossaire"),
        ("raccourcis", "clavier"),
        ("etiquettes qr", "campagnes"),
        ("l’horloge suspendre", "horloge"),
        ("reversibilite proces-verbal", "reversibilite"),
    ],
)
def test_what_is_typed_finds_its_page(asked: str, page: str) -> None:
    assert page in [hit.page for hit in guide.find(asked)[:4]]


def test_a_hit_says_where_it_is_and_the_words_around() -> None:
    hit = next(hit for hit in guide.find("sous-traitant jamais") if hit.page == "horloge")
    assert (hit.title, hit.section) == ("L’horloge d’un ticket", "Ce qui arrête l’horloge")
    assert hit.anchor == "ce-qui-arrete-l-horloge"
    assert "sous-traitant" in hit.excerpt


def test_words_that_no_section_holds_together_are_found_apart() -> None:
    assert {hit.page for hit in guide.find("hameçonnage amortissement")} >= {"sensibilisation", "immobilisations"}


@pytest.mark.parametrize("asked", ["", "  ", "zzz", "…"])
def test_nothing_is_found_for_nothing(asked: str) -> None:
    assert guide.find(asked) == []
