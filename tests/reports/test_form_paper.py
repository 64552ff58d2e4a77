"""The evaluation form and the questionnaire: words, geometry, codes, fields; nothing is ever ticked."""

import re
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from app.reports.evaluation_form import evaluation_forms
from app.reports.evaluation_model import CRITERIA, FREE, G1, QUESTIONS
from app.reports.form_data import FormCopy, Forms
from app.reports.form_model import BOX, CODE, MARKS, FormModel, from_plain, to_plain
from app.reports.form_paper import code_of, render, render_fillable
from app.reports.form_questionnaire import SEGMENT, Question, questionnaire
from app.reports.identity import Stamp
from tests.reports import samples
from tests.reports.reading import flat, pages_of

FACTS = (
    (("Ticket", "T-2026-0387"), ("Contrat", "CT-2025-004"), ("Bien", "PC-0020"), ("Site", "Cholet")),
    (("Travaux", "bloc d’alimentation remplacé"),),
)
MM = 72 / 25.4
RETENTION = "les réponses servent au suivi du prestataire, conservées 3 ans"


def forms(*copies: FormCopy) -> Forms:
    stamp = Stamp("Fiche d’évaluation après intervention", "", draft=True)
    return evaluation_forms(samples.COMPANY, stamp, copies or (FormCopy("EV-2026-0142", FACTS),), RETENTION)


def questions() -> tuple[Question, ...]:
    scales = tuple(Question(f"q{i}", "scale", f"Question {i}", "Poste" if i < 7 else "Support") for i in range(1, 13))
    return (
        *scales,
        Question("nps", "recommend", "Recommanderiez-vous le support à un collègue\u00a0?", "En résumé"),
        Question("ces", "effort", "Obtenir de l’aide vous a paru…", "En résumé"),
        Question("gene", "open", "Ce qui vous gêne le plus"),
        Question("besoin", "open", "De quoi aurez-vous besoin dans les douze mois\u00a0? " * 3),
    )


def asked(model: FormModel, *copies: FormCopy) -> Forms:
    intro = ("Vos réponses sont anonymes.",)
    return Forms(samples.COMPANY, Stamp("Questionnaire de satisfaction", ""), model, copies, (), intro, ("anonyme", ""))


def image(pdf: bytes, page: int = 0, scale: float = 200 / 72) -> Any:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[page].render(scale=scale).to_pil().convert("L")


def test_the_page_asks_all_and_says_what_it_is_for() -> None:
    (text,) = pages_of(render(forms()))
    for words in (
        *CRITERIA,
        *QUESTIONS,
        *FREE,
        "T-2026-0387",
        "bloc d’alimentation remplacé",
        RETENTION,
        "EV-2026-0142",
    ):
        assert flat(words) in flat(text)
    assert "PROJET" not in text


def test_copies_follow_each_other_and_a_blank_one_has_lines_to_write() -> None:
    first, second, third = pages_of(render(forms(FormCopy("EV-1", FACTS), FormCopy("EV-2"), FormCopy(""))))
    assert "T-2026-0387" in first
    for blank in (second, third):
        assert "Demandeur" in blank
        assert "T-2026-0387" not in blank
    assert "EV-2" in second


def test_marks_boxes_and_code_stand_where_the_model_says() -> None:
    """What papers.md 3 gives, seen on the page drawn: black in the marks, white in the boxes, ink on their edges."""
    page = image(render(forms()), scale=10 / MM)
    for i, (x, y) in enumerate(MARKS):
        assert page.getpixel((round((x + 2) * 10), round(y * 10))) == 0
        assert page.getpixel((round(x * 10), round(y * 10))) == (255 if i == 3 else 0)
        assert page.getpixel((round((x + 3.2) * 10), round(y * 10))) == 255
    for line in G1.lines:
        for box in line.boxes:
            inner = page.crop(tuple(round(v * 10) for v in (box.x - 2.2, box.y - 2.2, box.x + 2.2, box.y + 2.2)))
            assert inner.getextrema() == (255, 255)
            assert page.getpixel((round((box.x - BOX / 2) * 10), round(box.y * 10))) < 90
    (read,) = zxingcpp.read_barcodes(page)
    assert read.text == code_of(G1, FormCopy("EV-2026-0142"))
    at = read.position.top_left
    assert (at.x / 10, at.y / 10) == pytest.approx(CODE[:2], abs=0.3)


def test_the_geometry_is_that_of_the_design() -> None:
    boxes = [box for line in G1.lines for box in line.boxes]
    assert (len(boxes), len(list(G1.lines))) == (62, 13)
    assert [box.x for box in G1.line("c1").boxes] == [110, 124, 138, 152, 166, 180]
    assert [box.value for box in G1.line("c1").boxes] == [1, 2, 3, 4, 5, 0]
    assert G1.line("c9").y == pytest.approx(86.2 + 8.5 * 8)
    places = {name: [(box.x, box.y) for box in G1.line(name).boxes] for name in ("q1", "q2", "q3", "q4")}
    assert places == {
        "q1": [(77, 166.6), (91, 166.6)], "q2": [(160, 166.6), (174, 166.6)],
        "q3": [(77, 175.1), (91, 175.1)], "q4": [(160, 175.1), (174, 175.1)],
    }  # fmt: skip
    assert from_plain(to_plain(G1)).line("q4") == G1.line("q4")


def widgets(pdf: bytes, page: int = 0) -> list[Any]:
    return [one.get_object() for one in PdfReader(BytesIO(pdf)).pages[page]["/Annots"]]  # type: ignore[attr-defined]


def test_the_screen_variant_is_the_same_page_with_a_field_over_each_box() -> None:
    pdf = render_fillable(forms())
    radios = [one for one in widgets(pdf) if "/Parent" in one]
    wanted = [(line.name, box) for line in G1.lines for box in line.boxes]
    assert len(radios) == 62
    for widget, (name, box) in zip(radios, wanted, strict=True):
        left, low, right, top = (float(v) for v in widget["/Rect"])
        place = (box.x - BOX / 2, 297 - box.y - BOX / 2, box.x + BOX / 2, 297 - box.y + BOX / 2)
        assert (left / MM, low / MM, right / MM, top / MM) == pytest.approx(place, abs=0.01)
        assert (widget["/Parent"]["/T"], set(widget["/AP"]["/N"])) == (name, {f"/{box.value}", "/Off"})
        assert widget["/AS"] == "/Off"
        assert not widget["/Parent"]["/Ff"] & (1 << 1 | 1 << 14)  # may be left empty, and unticked
    texts = {str(one["/T"]) for one in widgets(pdf) if "/Parent" not in one}
    assert texts == {area.name for area in G1.areas}
    assert pages_of(pdf) == pages_of(render(forms()))


def test_two_renderings_are_the_same_bytes() -> None:
    assert render(forms()) == render(forms())
    assert render_fillable(forms()) == render_fillable(forms())


@pytest.mark.parametrize("nasty", samples.NASTY)
def test_no_text_breaks_the_page(nasty: str) -> None:
    copy = FormCopy("EV-2026-0142", ((("Ticket", nasty), ("Bien", nasty)), (("Travaux", nasty),)))
    told = replace(forms(copy), intro=(nasty,))
    assert len(pages_of(render(told))) == 1
    model = questionnaire(
        "QS-01", (Question("a", "scale", nasty, nasty), Question("b", "open", nasty[:200])), nasty[:80]
    )
    assert render_fillable(asked(model, FormCopy("ENQ-1", (), 1)))


def test_a_questionnaire_is_laid_out_from_its_questions() -> None:
    model = questionnaire("QS-01", questions(), "Votre service (facultatif)")
    assert len(model.pages) == 2
    assert [line.name for line in model.lines] == [f"q{i}" for i in range(1, 13)] + ["nps", "ces"]
    assert [area.name for area in model.areas] == [SEGMENT, "gene", "besoin"]
    assert model.line("nps").values == tuple(range(11))
    assert model.line("ces").values == (1, 2, 3, 4, 5, 0)
    assert model == questionnaire("QS-01", questions(), "Votre service (facultatif)")
    for page in model.pages:
        ends = [box.y + BOX / 2 for line in page.lines for box in line.boxes] + [a.y + a.height for a in page.areas]
        assert max(ends) <= 275


def test_each_page_of_a_questionnaire_says_which_sheet_it_is() -> None:
    model = questionnaire("QS-01", questions())
    pdf = render(asked(model, FormCopy("ENQ-2026-01", (), 17), FormCopy("ENQ-2026-01", (), 4)))
    text = pages_of(pdf)
    assert len(text) == 4
    for words in ("Vos réponses sont anonymes.", "Poste", "Support", "ENQ-2026-01 · 17", "page 1/2"):
        assert words in flat(text[0])
    assert "Recommanderiez-vous" in text[0]
    assert re.search(r"douze mois", text[1])
    read = zxingcpp.read_barcodes(image(pdf, 3))[0].text
    assert read == code_of(model, FormCopy("ENQ-2026-01", (), 4), 2)


def test_a_long_introduction_is_written_smaller_and_never_over_the_boxes() -> None:
    purpose = "Vos réponses servent à améliorer l’informatique de l’entreprise. "
    model = questionnaire("QS-01", questions(), "Votre service")
    for times in (1, 8, 60):
        made = replace(asked(model, FormCopy("ENQ-1", (), 1)), intro=(purpose * times, "Fin."))
        text = flat(pages_of(render(made))[0])
        assert ("Fin." in text) is (times < 60)
        page = image(render(made), scale=10 / MM)
        assert page.crop((240, 597, 1860, 603)).getextrema() == (255, 255)


def test_long_questions_are_never_cut() -> None:
    long = (
        "Les problèmes sont bien résolus, du premier coup, sans que j’aie à rappeler plusieurs fois pour la même chose"
    )
    model = questionnaire("QS-01", (Question("a", "scale", long), Question("b", "scale", long[:60])))
    assert flat(long) in flat(pages_of(render(asked(model, FormCopy("ENQ-1", (), 1))))[0])
    many = questionnaire("QS-02", tuple(Question(f"k{i}", "recommend", "Oui\u00a0?", f"B{i}") for i in range(20)))
    assert len(many.pages) == 3
