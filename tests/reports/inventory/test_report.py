"""The report as a whole: its chapters, its pages, its hash, and the worst that a person may write in it."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.reports.inventory import render as inventory
from app.reports.inventory.sections import CHAPTERS, OPTIONAL
from tests.reports import samples
from tests.reports.inventory.worst import with_words
from tests.reports.reading import flat, fonts_of, pages_of


def test_the_same_data_gives_the_same_bytes() -> None:
    assert inventory.render(samples.report(25)) == inventory.render(samples.report(25))


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("count", [0, 1, 5, 60, 1000])
def test_the_synthesis_is_one_page_and_the_report_is_whole(count: int, bare: bool) -> None:
    pages = [flat(text) for text in pages_of(inventory.render(samples.report(count, bare=bare)))]
    (synthesis,) = (text for text in pages[2:] if "2 Synthèse" in text)
    assert "Recommandation" in synthesis
    assert "3 Méthode et échelles" in pages[pages.index(synthesis) + 1]
    assert all(f"page {n}/{len(pages)}" in text for n, text in enumerate(pages, 1))
    for number, title in CHAPTERS.items():
        assert any(f"{number} {title}" in text for text in pages[2:])


def test_the_contents_give_the_page_of_each_chapter() -> None:
    pages = [flat(text) for text in pages_of(inventory.render(samples.report(60)))]
    for number, title in CHAPTERS.items():
        found = re.search(rf"\b{number} {title} (\d+)", pages[1])
        assert found, title
        assert f"{number} {title}" in pages[int(found[1]) - 1]


def test_the_side_panel_names_each_chapter() -> None:
    outline = PdfReader(BytesIO(inventory.render(samples.report(12)))).outline
    titles = [str(one["/Title"]) for one in outline if isinstance(one, dict)]
    assert titles[:3] == ["Couverture", "Sommaire", "1 Objet, périmètre et limites"]
    assert {f"{number} {title}" for number, title in CHAPTERS.items()} <= set(titles)


@pytest.mark.parametrize("left_out", OPTIONAL)
def test_a_section_left_out_keeps_the_numbers_of_the_others(left_out: str) -> None:
    asked = tuple(key for key in OPTIONAL if key != left_out)
    pages = [flat(text) for text in pages_of(inventory.render(replace(samples.report(12), sections=asked)))]
    number = OPTIONAL[left_out]
    assert not any(f"{number} {CHAPTERS[number]}" in text for text in pages[3:])
    assert (f"{CHAPTERS[number]} non imprimé" in pages[1]) == number.isdigit()
    assert any("12 Signatures" in text for text in pages)


def test_the_report_alone_has_no_annex() -> None:
    pages = [flat(text) for text in pages_of(inventory.render(replace(samples.report(12), sections=())))]
    assert "d’annexes" not in pages[0]
    assert "Chapitres non imprimés" in pages[2]
    assert "12 Signatures" in pages[-1]


def test_a_draft_says_so_on_each_page_and_has_no_hash() -> None:
    pdf = inventory.render(samples.report(25, draft=True))
    for text in pages_of(pdf):
        assert "PROJET, sans valeur" in text
        assert samples.HASH[:4] not in text
    assert PdfReader(BytesIO(pdf)).metadata.get("/Keywords") == ""  # type: ignore[union-attr]


def test_an_issued_report_carries_its_hash_and_its_names() -> None:
    pdf = inventory.render(samples.report(25))
    known = PdfReader(BytesIO(pdf)).metadata
    assert known is not None
    assert (known.title, known.author, known.creator) == (
        "Rapport d’inventaire et\u00a0d’expertise technique RIE-2026-003",
        "Atelier Morvane SAS",
        "Parcomètre",
    )
    assert samples.HASH in str(known.get("/Keywords"))
    whole = [text for text in pages_of(pdf) if samples.HASH in text.replace(" ", "")]
    assert len(whole) == 2  # the cover and the signatures
    assert all(fonts_of(pdf).values())


def test_nothing_is_said_to_conform() -> None:
    text = " ".join(pages_of(inventory.render(samples.report(60))))
    assert "conforme" not in text.lower()
    assert flat(text).count("inspirée de NF EN 13306, NF EN 13269 et NF X 60-000") == 2


@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_printed(text: str) -> None:
    assert inventory.render(with_words(samples.report(12, draft=True), text)).startswith(b"%PDF")


@settings(max_examples=30)
@given(st.text(max_size=400))
def test_any_text_is_printed(text: str) -> None:
    assert inventory.render(with_words(samples.report(5), text)).startswith(b"%PDF")


def test_a_long_text_comes_out_whole() -> None:
    words = [f"mot{n:04d}" for n in range(900)]
    report = with_words(samples.report(5), " ".join(words))
    text = " ".join(pages_of(inventory.render(report)))
    assert all(text.count(word) >= 20 for word in words)
