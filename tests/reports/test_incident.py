from dataclasses import replace

import pytest

from app.reports import incident
from app.reports.identity import Stamp
from app.reports.incident_data import ActionLine, BlankReport, DownLine, Fact, IncidentReport, WaitLine
from tests.reports import samples
from tests.reports.reading import flat, pages_of
from tests.reports.samples import at

BLANK = BlankReport(samples.COMPANY, Stamp("Compte rendu d’incident", "", draft=False))


def report(draft: bool = False) -> IncidentReport:
    sheet = samples.sheet()
    stamp = Stamp("Compte rendu d’incident", "T-2026-0387", 1, samples.MOMENT, draft, "" if draft else samples.HASH)
    return IncidentReport(
        company=samples.COMPANY,
        stamp=stamp,
        code="PCM:T:T-2026-0387",
        priority="P2, haute",
        issued_on="21/11/2026",
        subtitle="Arrêt au démarrage · contrat CT-2025-004",
        headline=("Rétabli en 8 h 50", "Le contrat promettait 8 h 00 : dépassé de 0 h 50."),
        promises=sheet.promises,
        promises_note=sheet.promises_note,
        asset=sheet.asset,
        request=sheet.request,
        quote=sheet.quote,
        downs=(DownLine(at(19, 9, 0), at(20, 10, 5), 605, 1505),),
        down_note="Au total 10 h 05.",
        facts=(
            Fact(at(19, 9, 0), None, "Bien à l’arrêt", "Agathe", ""),
            Fact(at(19, 9, 30), 0, "Ouverture", "Agathe", ""),
            Fact(at(19, 9, 52), 22, "Prise en charge", "Yanis", "Rappelée."),
        ),
        hours="Heures ouvrées, lun-ven 9 h-18 h",
        waits=(WaitLine("Attente d’accès", at(19, 11, 0), at(19, 11, 45), 45, stops=True),),
        causes=("Alimentation défaillante.",),
        related=(("Causé par", "T-2026-0300 Onduleur en fin de vie (en cours)"),),
        actions=(
            ActionLine("Bloc remplacé", "Yanis", "20/11/2026", "faite"),
            ActionLine("Essai de charge", "", "", "à faire"),
        ),
    )


def test_it_tells_hours_waits_causes_and_actions() -> None:
    text = flat(" ".join(pages_of(incident.render(report()))))
    for words in (
        "Rétabli en 8 h 50", "dépassé de 0 h 50", "19/11/2026 09:52 0 h 22 Prise en charge : Rappelée. Yanis",
        "19/11/2026 09:00 – Bien à l’arrêt", "Attente d’accès", "arrêtée, non comptée", "25 h 05",
        "Alimentation défaillante.", "Causé par T-2026-0300", "Bloc remplacé", "à faire", "Pour le prestataire",
    ):  # fmt: skip
        assert words in text


def test_nobody_signs_a_page_that_says_nothing() -> None:
    """Whatever comes before, the actions and the boxes to sign stand together while they are few."""
    for more in range(40):
        facts = tuple(Fact(at(19, 9, 0), 0, "Contact", "Agathe", "") for _ in range(more))
        pages = pages_of(incident.render(replace(report(), facts=facts)))
        assert "Bloc remplacé" in next(page for page in pages if "Pour le prestataire" in page)


def test_what_is_not_known_is_said_so() -> None:
    bare = replace(report(), downs=(), down_note="Aucun arrêt noté.", waits=(), causes=(), related=(), actions=())
    text = flat(" ".join(pages_of(incident.render(bare))))
    assert "Aucun arrêt noté." in text
    assert "Cause non établie à ce jour." in text


def test_what_lasts_has_no_end() -> None:
    lasting = replace(
        report(draft=True),
        downs=(DownLine(at(19, 9, 0), None, 60, 60),),
        waits=(WaitLine("Attente de pièce", at(19, 11, 0), None, 45, stops=False),),
    )
    text = flat(" ".join(pages_of(incident.render(lasting))))
    assert text.count("en cours") >= 2
    assert "non arrêtée, comptée" in text


def test_a_long_account_goes_on_and_its_signatures_stay_whole() -> None:
    long = replace(report(), facts=report().facts * 40, causes=("Cause. " * 300,))
    pages = pages_of(incident.render(long))
    assert len(pages) > 3
    assert "Direction" in pages[-1]
    assert "Pour le prestataire" in pages[-1]


def test_the_blank_is_one_page() -> None:
    (only,) = pages_of(incident.render_blank(BLANK))
    assert "modèle 1.0" in only
    assert "Déroulement" in only
    assert "Direction" in only


@pytest.mark.parametrize("text", samples.NASTY)
def test_the_worst_texts_are_printed(text: str) -> None:
    made = replace(
        report(draft=True),
        quote=text,
        headline=(text[:60], text),
        causes=(text,),
        facts=(Fact(at(19, 9, 30), 0, text, text, text),),
        actions=(ActionLine(text, text, "", ""),),
    )
    assert incident.render(made).startswith(b"%PDF")


def test_the_same_data_gives_the_same_bytes() -> None:
    assert incident.render(report()) == incident.render(report())
