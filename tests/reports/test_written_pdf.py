"""A paper of chapters as PDF: nothing is lost, nothing is parted that must stand together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports import written_pdf
from app.reports.written_data import Bullets, Chapter, Facts, Grid, Para, Signatures
from tests.reports import samples
from tests.reports import written_samples as written
from tests.reports.reading import flat, fonts_of, pages_of


def test_the_same_data_gives_the_same_bytes() -> None:
    assert written_pdf.render(written.whole()) == written_pdf.render(written.whole())


def test_the_contents_give_the_page_of_each_chapter() -> None:
    paper = written.whole()
    pages = [flat(text) for text in pages_of(written_pdf.render(paper))]
    for told in paper.chapters:
        title = f"{told.number} {told.title}".strip()
        found = re.search(rf"(?:^| ){re.escape(title)} (\d+)", pages[1])
        assert found, title
        assert title in pages[int(found[1]) - 1]


def test_a_draft_says_so_on_each_page_and_an_issued_paper_bears_its_hash() -> None:
    assert all("PROJET, sans valeur" in text for text in pages_of(written_pdf.render(written.whole())))
    issued = pages_of(written_pdf.render(written.whole(draft=False)))
    assert not any("PROJET" in text for text in issued)
    assert samples.HASH in issued[0].replace(" ", "")


def test_without_a_cover_the_first_chapter_stands_on_the_first_page() -> None:
    pages = [flat(text) for text in pages_of(written_pdf.render(written.whole(cover=False)))]
    assert "Préambule" in pages[0]
    assert not any("Sommaire" in text for text in pages)
    assert all(f"page {n}/{len(pages)}" in text for n, text in enumerate(pages, 1))


@pytest.mark.parametrize("before", range(0, 60, 4))
def test_a_title_stands_with_its_text_and_signatures_are_whole(before: int) -> None:
    """Wherever the page ends, by a text that grows before them."""
    chapters = (
        Chapter("1", "Avant", (Para("\n".join("ligne" for _ in range(before)) or "rien"),)),
        Chapter("2", "Titre gardé", (Para("debut " + "suite " * 60 + "fin"),)),
        Chapter("3", "Tableau gardé", (written.grid(2), Para("Intertitre", "strong"), Bullets(("premier", "second")))),
        Chapter("", "Pour signer", (Para("Fait en deux exemplaires."), Signatures(("Client A", "Prestataire B")))),
    )
    pages = [flat(text) for text in pages_of(written_pdf.render(written.paper(chapters)))[2:]]
    for parts in (
        ("Titre gardé", "debut"),
        ("Tableau gardé", "PC-0001"),
        ("Intertitre", "premier"),
        ("Pour signer", "Client A", "Fait à"),
    ):
        assert sum(all(part in text for part in parts) for text in pages) == 1, parts


def test_a_text_of_ten_thousand_words_comes_out_whole() -> None:
    pages = pages_of(written_pdf.render(written.paper((Chapter("1", "Long", (Para(written.LONG),)),))))
    assert re.findall(r"mot\d{5}", " ".join(pages)) == written.WORDS


@pytest.mark.parametrize("count", [2, 3, 4, 7])
@pytest.mark.parametrize("before", range(44, 56))
def test_a_page_shows_two_lines_of_a_paragraph_at_least(before: int, count: int) -> None:
    lines = (Para("\n".join("avant" for _ in range(before))), Para("\n".join("ligne" for _ in range(count))))
    pages = pages_of(written_pdf.render(written.paper((Chapter("1", "T", lines),))))
    shown = [n for n in (text.count("ligne") for text in pages) if n]
    assert sum(shown) == count
    assert min(shown) >= 2


def test_the_head_of_a_long_table_stands_on_each_of_its_pages() -> None:
    told = (Chapter("1", "Grille", (written.grid(500),)),)
    pages = [flat(text) for text in pages_of(written_pdf.render(written.paper(told)))[2:]]
    assert all("Bien Local Valeur de rempl. HT (€)" in text for text in pages)
    assert sum(len(re.findall(r"PC-\d{4}", text)) for text in pages) == 500
    assert "Total" in pages[-1]


def test_what_is_empty_is_a_dash_or_left_to_be_written_in() -> None:
    told = (
        Chapter("1", "Rien", ()),
        Chapter("2", "Vide", (Grid(("Quoi", "Combien"), (), (1, 1)), Facts((("Indice", ""),)), Bullets(()))),
        Chapter("3", "À remplir", (written.to_fill(),)),
    )
    text = flat(" ".join(pages_of(written_pdf.render(written.paper(told)))))
    assert "Quoi Combien – –" in text
    assert "Indice –" in text
    assert "Heure hors forfait heure –" in text


def test_what_is_still_to_be_filled_stands_out() -> None:
    told = (Chapter("1", "Prix", (Para("Forfait de [à compléter\u00a0: montant] par mois."),)),)
    pdf = written_pdf.render(written.paper(told))
    assert "Forfait de [à compléter : montant] par mois." in flat(" ".join(pages_of(pdf)))
    assert all(fonts_of(pdf).values())


def test_many_chapters_take_more_pages_of_contents() -> None:
    told = tuple(Chapter(str(n), f"Chapitre {n}", (Para("x"),)) for n in range(1, 91))
    pages = [flat(text) for text in pages_of(written_pdf.render(written.paper(told)))]
    assert "Sommaire (suite)" in pages[2]
    assert "90 Chapitre 90" in pages[3]


@pytest.mark.parametrize("parties", [1, 2, 3, 5])
def test_each_party_has_its_box(parties: int) -> None:
    names = tuple(f"Partie {n}" for n in range(parties))
    told = (Chapter("", "Signatures", (Signatures(names),)),)
    text = flat(" ".join(pages_of(written_pdf.render(written.paper(told)))))
    assert all(name in text for name in names)


def anywhere(text: str) -> tuple[Chapter, ...]:
    return (
        Chapter(text[:40], text, (Para(text), Para(text, "note"), Bullets((text, text)))),
        Chapter(
            "1", text, (Facts(((text, text),)), Grid((text, text), ((text, text),), (1, 2), (1,), (), (text, text)))
        ),
        Chapter("", "S", (Para(text), Signatures((text, text), text))),
    )


@pytest.mark.parametrize("cover", [True, False])
@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_printed(text: str, cover: bool) -> None:
    assert written_pdf.render(written.paper(anywhere(text), cover=cover)).startswith(b"%PDF")


@settings(max_examples=40)
@given(st.text(max_size=600))
def test_any_text_is_printed(text: str) -> None:
    assert written_pdf.render(written.paper(anywhere(text))).startswith(b"%PDF")
