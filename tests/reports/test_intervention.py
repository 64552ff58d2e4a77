from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports import intervention
from app.reports.intervention_data import CheckLine, InterventionSheet, PromiseLine
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
        about=("Ticket", text[:30]),
        asset=tuple((label, text[:1000]) for label, _ in sheet.asset),
        points=(CheckLine(text, text[:200], text[:50], text),),
        visits=(replace(sheet.visits[0], technician=text, travel=text[:50]),),
        parts=(replace(sheet.parts[0], label=text, reference=text, serial=text, old_part=text, warranty=text),),
        loans=(text,),
    )


def visit_sheet() -> InterventionSheet:
    return replace(
        samples.sheet(),
        about=("Visite", "V-2026-0012"),
        promises=(),
        promises_note="",
        planned=(("Tâche", "MP-0001 Dépoussiérage"), ("Prévue le", "19/11/2026")),
        diagnosis="",
        points=(CheckLine("Ventilateurs propres", "PC-0020", "À reprendre", ""),),
    )


def test_a_short_sheet_is_one_page() -> None:
    (only,) = pages_of(intervention.render(samples.sheet()))
    for words in ("FI-2026-0215", "T-2026-0387", "PC-0020", "Alimentation défaillante", "CN0P4T7", "74,90", "page 1/1"):
        assert words in flat(only)
    assert "Matériel de prêt : MPR-2026-0001 Portable de secours" in flat(only)
    assert "Visa du gestionnaire" in only


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


def test_a_planned_visit_tells_what_was_due_and_what_was_checked() -> None:
    (only,) = pages_of(intervention.render(visit_sheet()))
    for words in ("Visite prévue", "MP-0001 Dépoussiérage", "Ventilateurs propres", "À reprendre", "V-2026-0012"):
        assert words in flat(only)
    assert "Délais du contrat" not in only
    assert "Diagnostic" not in only  # nobody looked for the cause of a failure


def test_a_long_text_moves_the_rest_and_keeps_the_signatures_whole() -> None:
    long = replace(samples.sheet(), diagnosis="Très long diagnostic. " * 150, work_done="Encore des travaux. " * 150)
    pages = laid_pages_of(intervention.render(long))
    assert len(pages) == 2
    assert "Visa du gestionnaire" not in pages[0]
    signed = next(line for line in pages[1].splitlines() if "Technicien" in line and "Visa" in line)
    assert "Utilisateur" in signed
    assert flat(" ".join(pages)).count("Encore des travaux.") == 150


def test_a_sheet_without_parts_says_so_and_what_is_left_is_written() -> None:
    bare = replace(samples.sheet(), parts=(), loans=(), remaining="Commander un second bloc.")
    text = flat(pages_of(intervention.render(bare))[0])
    assert "Aucune pièce posée." in text
    assert "Commander un second bloc." in text
    assert "Matériel de prêt" not in text


def test_a_blank_sheet_is_one_page_without_data_nor_hash() -> None:
    (only,) = pages_of(intervention.render_blank(samples.BLANK))
    assert "modèle 1.0" in only
    assert "empreinte" not in only
    assert "tenu" in only
    assert "Visa du gestionnaire" in only


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
