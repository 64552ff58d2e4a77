"""The few forms of Markdown that the guide uses, and how French is held together."""

import pytest

from app.reports.guide_data import (
    Block,
    Grid,
    Heading,
    Items,
    Para,
    Piece,
    Shot,
    Term,
    Where,
    links,
    texts,
)
from app.services.guide.reading import anchor_of, inline, read_page

BLOCKS: list[tuple[str, list[Block]]] = [
    ("## Trois dates\n\nUne\nphrase.", [Heading("Trois dates", "trois-dates"), Para((Piece("Une phrase."),))]),
    ("### Le « ? »", [Heading("Le «\u00a0?\u00a0»", "le", 3)]),
    ("## Le titre\nsa phrase", [Heading("Le titre", "le-titre"), Para((Piece("sa phrase"),))]),
    ("- un\n  seul\n- deux", [Items(((Piece("un seul"),), (Piece("deux"),)))]),
    ("6. six\n7. sept", [Items(((Piece("six"),), (Piece("sept"),)), 6)]),
    ("Une liste\u00a0:\n- un", [Para((Piece("Une liste\u00a0:"),)), Items(((Piece("un"),),))]),
    ("| A | B |\n|---|:--|\n| 1 | |", [Grid(((Piece("A"),), (Piece("B"),)), (((Piece("1"),), ()),))]),
    ("![Un ticket : son horloge](ticket.png)", [Shot("ticket.png", "Un ticket\u00a0: son horloge")]),
    (
        "> Inventaire › Autres › Prêts · Accueil",
        [Where((("Inventaire", "Autres", "Prêts"), ("Accueil",)))],
    ),
    ("Avenant\n: Un changement\nsigné.", [Term("Avenant", "avenant", (Piece("Un changement signé."),))]),
    ("", []),
]


@pytest.mark.parametrize(("text", "blocks"), BLOCKS)
def test_each_form_makes_its_block(text: str, blocks: list[Block]) -> None:
    page = read_page("essai", f"# Un titre\n\n{text}\n")
    assert (page.name, page.title, list(page.blocks)) == ("essai", "Un titre", blocks)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("**Gras** et *soft*", [("Gras", "strong"), (" et ", ""), ("soft", "soft")]),
        ("`demo -o a : b` : non", [("demo -o a : b", "code"), ("\u00a0: non", "")]),
        ("à 15 % et 1 200 €, en 4 h 00", [("à 15\u00a0% et 1\u00a0200\u00a0€, en 4\u00a0h 00", "")]),
    ],
)
def test_words_have_weights_and_french_is_held(text: str, pieces: list[tuple[str, str]]) -> None:
    assert [(piece.text, piece.weight) for piece in inline(text)] == pieces


def test_links_are_told_with_where_they_lead() -> None:
    page = read_page("essai", "# T\n\nVoir [le préavis](preavis#trois-dates), ou\n\n- [les tickets](tickets)")
    assert links(page) == ["preavis#trois-dates", "tickets"]
    assert texts(page.blocks[0]) == ["Voir le préavis, ou"]


@pytest.mark.parametrize(
    ("words", "anchor"), [("GTI et GTR", "gti-et-gtr"), ("L’œuvre\u00a0: à l’état", "l-oeuvre-a-l-etat")]
)
def test_a_section_is_called_by_its_words(words: str, anchor: str) -> None:
    assert anchor_of(words) == anchor
