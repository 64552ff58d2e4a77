"""A paper of chapters as a Word file: what Word reads of it."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports import written_word
from app.reports.pictures import ready
from app.reports.written_data import Chapter, Grid, Para, WrittenPaper
from tests.reports import samples
from tests.reports import written_samples as written
from tests.reports.reading import flat
from tests.reports.test_pictures import image
from tests.reports.test_written_pdf import anywhere


def read(paper: WrittenPaper) -> Any:
    return Document(BytesIO(written_word.render(paper)))


def words(document: Any) -> str:
    return flat(" ".join(node.text or "" for node in document.element.body.iter(qn("w:t"))))


def test_the_same_data_gives_the_same_bytes() -> None:
    assert written_word.render(written.whole()) == written_word.render(written.whole())


def test_chapters_are_headings_with_their_numbers_and_a_line_of_the_contents() -> None:
    paper = written.whole()
    document = read(paper)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{told.number}  {told.title}" if told.number else told.title for told in paper.chapters]
    contents = [p for p in document.paragraphs if p.style.name == "Contents"]
    assert [line.text.split("\t")[1] for line in contents] == [told.title for told in paper.chapters]
    marks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    named = re.findall(r"PAGEREF (\w+)", document.element.body.xml)
    assert set(named) == marks
    assert len(named) == len(headings)


def test_the_head_says_who_and_which_and_the_foot_counts_the_pages() -> None:
    section = read(written.whole()).sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    assert "Atelier Morvane SAS" in head.text
    assert "PROJET, sans valeur" in head.text
    assert "CT-2026-001" in head.text
    assert {"PAGE", "NUMPAGES"} <= set(foot._p.xml.split())
    assert round(section.page_width.mm), round(section.page_height.mm) == (210, 297)
    assert "PROJET" not in read(written.whole(draft=False)).sections[0].header.paragraphs[0].text


def test_a_table_repeats_its_head_and_cuts_no_row() -> None:
    document = read(written.paper((Chapter("1", "Grille", (written.grid(500),)),)))
    table = document.tables[-1]
    rows = list(table.rows)
    assert len(rows) == 502
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows[:3]] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.text for cell in rows[-1].cells] == ["Total", "", "", "125 250,00"]


def test_what_is_still_to_be_filled_is_highlighted() -> None:
    document = read(written.paper((Chapter("1", "Prix", (Para("Forfait de [à compléter : montant] par mois."),)),)))
    runs = next(p for p in document.paragraphs if p.text.startswith("Forfait")).runs
    assert [run.text for run in runs if run.font.highlight_color] == ["[à compléter : montant]"]


def test_the_signatures_hold_with_their_title() -> None:
    document = read(written.whole())
    table = document.tables[-1]
    assert "Pour Ouest" in table.cell(0, 2).text
    before = [p for p in document.paragraphs if p.text in {"Signatures", "Fait en deux exemplaires."}]
    assert all(p.paragraph_format.keep_with_next for p in before if p.style.name != "Contents")


def test_a_paper_without_a_cover_has_no_contents() -> None:
    document = read(written.whole(cover=False))
    assert not [p for p in document.paragraphs if p.style.name.startswith("Contents")]
    assert "Projet de contrat" in words(document)


def test_a_text_of_ten_thousand_words_comes_out_whole() -> None:
    document = read(written.paper((Chapter("1", "Long", (Para(written.LONG),)), Chapter("2", "Rien", ()))))
    assert re.findall(r"mot\d{5}", words(document)) == written.WORDS


def test_an_empty_table_says_so() -> None:
    told = (Chapter("2", "Vide", (Grid(("Quoi", "Combien"), (), (1, 1)), written.to_fill())),)
    document = read(written.paper(told))
    assert [cell.text for cell in document.tables[1].rows[1].cells] == ["–", "–"]
    assert [cell.text for cell in document.tables[2].rows[2].cells] == ["Heure hors forfait", "heure", "–", ""]


def test_the_logo_stands_on_the_first_page() -> None:
    paper = written.whole()
    card = replace(paper.company, logo=ready(image("PNG", (300, 100)), 400))
    assert len(read(replace(paper, company=card)).inline_shapes) == 1


@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_written(text: str) -> None:
    assert read(written.paper(anywhere(text))).tables


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_any_text_is_written(text: str) -> None:
    assert read(written.paper(anywhere(text))).tables
