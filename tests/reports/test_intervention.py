from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports import evaluation, intervention
from app.reports.intervention_data import InterventionSheet, PromiseLine
from app.reports.paper import Paper
from tests.reports import samples
from tests.reports.reading import flat, fonts_of, laid_pages_of, pages_of


def with_words(text: str) -> InterventionSheet:
    sheet = samples.sheet(draft=True)
    return replace(
        sheet,
        company=replace(sheet.company, name=text, address=text, siren=text[:20]),
        subtitle=text,
        promises_note=text,
        quote=text,
        diagnosis=text,
        work_done=text,
        remaining=text,
        ticket=text[:30],
        asset=tuple((label, text[:1000]) for label, _ in sheet.asset),
        facts=tuple((label, text) for label, _ in sheet.facts),
        visits=(replace(sheet.visits[0], technician=text, travel=text[:50]),),
        parts=(replace(sheet.parts[0], label=text, reference=text, serial=text, old_part=text, warranty=text),),
    )


def test_a_short_sheet_is_one_page_and_its_evaluation_another() -> None:
    first, second = pages_of(intervention.render(samples.sheet()))
    for words in ("FI-2026-0215", "T-2026-0387", "PC-0020", "Alimentation défaillante", "CN0P4T7", "74,90", "page 1/2"):
        assert words in flat(first)
    assert "Évaluation par l’utilisateur" in second


def test_the_delays_say_what_was_held_and_by_how_much() -> None:
    text = flat(pages_of(intervention.render(samples.sheet()))[0])
    assert text.count("Tenu") == 2
    assert text.count("Dépassé") == 1
    assert "0 h 50 de retard" in text
    assert "2 h 25 d’avance" in text


def test_a_delay_without_a_promise_is_a_dash_and_neither_held_nor_missed() -> None:
    none = PromiseLine(None, None, None, None, None)
    text = flat(pages_of(intervention.render(replace(samples.sheet(), promises=(none, none, none))))[0])
    assert "Tenu" not in text
    assert "Dépassé" not in text
    assert "Rétablissement (GTR) – – – –" in text


def test_the_evaluation_asks_all_and_answers_nothing() -> None:
    pdf = intervention.render(samples.sheet())
    text = flat(laid_pages_of(pdf)[1])
    for question in (*evaluation.CRITERIA, *evaluation.QUESTIONS, *evaluation.FREE):
        assert flat(question) in text
    drawn = evaluation_marks(samples.sheet())
    blank = evaluation_marks(replace(samples.sheet(), checks=(None, None, None, None)))
    assert drawn == blank
    assert drawn["boxes"] == 9 * 6 + 4 * 2 + 1  # and the one that shows how to answer
    assert drawn["crosses"] == 2  # its two strokes


def evaluation_marks(sheet: InterventionSheet) -> dict[str, int]:
    """Boxes of the evaluation page, and strokes of crosses."""
    paper = Paper(sheet.company, sheet.stamp)
    page = paper.page()
    evaluation.draw(page, sheet.stamp.reference, sheet.facts)
    squares = [op for op in page.out if op.startswith("0.6 w") and op.endswith("re S")]
    return {"boxes": len(squares), "crosses": sum(op.startswith("1.1 w") for op in page.out)}


def test_a_long_text_moves_the_rest_and_keeps_the_signatures_whole() -> None:
    long = replace(samples.sheet(), diagnosis="Très long diagnostic. " * 150, work_done="Encore des travaux. " * 150)
    pages = laid_pages_of(intervention.render(long))
    assert len(pages) == 3
    assert "Visa du gestionnaire" not in pages[0]
    signed = next(line for line in pages[1].splitlines() if "Technicien" in line and "Visa" in line)
    assert "Utilisateur" in signed
    assert flat(" ".join(pages)).count("Encore des travaux.") == 150


def test_a_blank_sheet_holds_no_data_nor_hash() -> None:
    first, second = pages_of(intervention.render_blank(samples.BLANK))
    assert "modèle 1.0" in first
    assert "empreinte" not in first
    assert "tenu" in first
    assert "Délai de prise en charge" in second


def test_the_same_data_gives_the_same_bytes() -> None:
    assert intervention.render(samples.sheet()) == intervention.render(samples.sheet())
    assert all(fonts_of(intervention.render(samples.sheet())).values())


@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_printed(text: str) -> None:
    assert intervention.render(with_words(text)).startswith(b"%PDF")


@settings(max_examples=30)
@given(st.text(max_size=500))
def test_any_text_is_printed(text: str) -> None:
    assert intervention.render(with_words(text)).startswith(b"%PDF")
