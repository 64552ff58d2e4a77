"""The periodic report says what it must, on paper and in the workbook (papers.md 2)."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from app.reports import periodic, periodic_book, periodic_words
from app.reports.periodic_data import Kept
from tests.reports.periodic_samples import EXPLAINED, breach, figure, nothing, report
from tests.reports.reading import flat, pages_of
from tests.reports.recalculated import needs_office, recalculated


def said(told: object) -> str:
    return flat(" ".join(pages_of(periodic.render(told))))  # type: ignore[arg-type] # a report


def test_the_answer_comes_first_then_every_chapter() -> None:
    pages = [flat(page) for page in pages_of(periodic.render(report()))]
    assert "1 sur 2" in pages[0]
    assert "3 délais dépassés, 9,00 € de pénalités dues." in pages[0]
    assert "93,5 % pour un objectif ≥ 95 % (95,0 % le trimestre d’avant)" in pages[0]
    assert "1 Indicateurs du troisième trimestre 2026" in pages[1]
    assert "À retenir. Le rétablissement passe sous son objectif" in pages[1]
    whole = " ".join(pages)
    for title in ("2 Dépassements des niveaux de service", "3 Incidents qui reviennent", "4 Documents attendus",
                  "5 Préventif fait et manqué", "6 Coûts et forfait", "7 Avis des utilisateurs",
                  "8 Décisions et actions"):  # fmt: skip
        assert title in whole


def test_breaches_are_told_one_by_one_with_their_sums() -> None:
    told = said(report())
    assert "3 dépassements : 1 de prise en charge sur 64, 2 de rétablissement sur 62 délais jugés." in told
    assert "Sous-total · 2 dépassements 7 h 10 9,00" in told
    assert "Total du troisième trimestre 2026 · 3 dépassements 10 h 45 18,00" in told
    assert "pas encore" in told
    assert "Pénalité à déduire, non libératoire le plus petit des deux 9,00 €" in told
    assert "Déjà réclamé : 9,00 €, en attente de réponse." in told
    assert "Changement de technicien (reçue le 02/10/2026)" in told
    assert "Aucune explication reçue" in told


def test_many_breaches_without_a_word_are_named_in_one_line() -> None:
    many = tuple(breach(f"T-{n}") for n in range(12))
    told = said(report(breaches=many))
    assert "12 dépassements sans explication reçue : T-0, T-1, T-2, T-3, T-4, T-5, T-6, T-7 et 4 autres." in told
    told = said(report(breaches=(*many, EXPLAINED)))
    assert "Exiger un relais écrit" in told


def test_no_breach_is_said_so() -> None:
    told = said(report(breaches=(), penalties=(), kept=(Kept("gti", "GTI", 64, 64),)))
    assert "Aucun dépassement : 0 de prise en charge sur 64." in told
    assert "Explications du prestataire" not in told


def test_several_contracts_have_each_their_penalties() -> None:
    (one,) = report().penalties
    told = said(report(penalties=(one, replace(one, contract="CT-9", obtained=900))))
    assert "Calcul des pénalités, CT-2025-004" in told
    assert "dont 9,00 € obtenus" in told


def test_the_rest_has_figures_and_sentences() -> None:
    told = said(report())
    assert "40 remis à temps sur 42, soit 95,2 %." in told
    assert "Et 5 autres, les moins fréquents." in said(report(repeated=report().repeated * 45))
    assert "refusé" in told
    assert "3 visites faites dans leur fenêtre sur 5, soit 60,0 %." in told
    assert "+120,00" in told
    assert "24 fiches revenues, 31 fiches remises sur la période. Note moyenne 4,33 sur 5 (22 fiches notées)." in told
    assert "Problème dit non résolu : EV-12." in told
    assert "Relais écrit (RP-2026-T2)" in told


def test_nothing_known_is_never_a_zero() -> None:
    told = said(nothing())
    assert "Rien à juger sur cette période" in told
    assert "Aucun délai promis n’était à juger" in told
    assert "Aucun document n’était dû" in told
    assert "Écrivez-les sur la page du rapport." in told
    issued = nothing()
    assert "Écrivez-les" not in said(replace(issued, stamp=replace(issued.stamp, draft=False)))


def test_the_sentences_of_the_first_page() -> None:
    running = report(seen=report().stamp.data_at, breaches=(), penalties=())
    assert "La période n’est pas finie" in periodic_words.sentence(running)
    (one,) = report().penalties
    full = periodic_words.sentence(report(penalties=(replace(one, owed=0, bare=5_380),)))
    assert "aucune pénalité due\u00a0: le plafond du contrat est atteint (53,80\u00a0€ avant plafonds)" in full
    assert "tels qu’ils étaient le 30/09/2026 au soir" in full
    facts = list(periodic_words.worth_knowing(report(noun="période", opinions=nothing().opinions)))
    assert "la période d’avant" in facts[0]
    assert "1\u00a0visite préventive non faite." in facts
    two = report(stops=(report().stops[1],) * 2, figures=(figure(met=False, before=None),))
    assert "2\u00a0visites préventives non faites." in list(periodic_words.worth_knowing(two))
    assert list(periodic_words.worth_knowing(nothing())) == []


def test_the_same_data_give_the_same_bytes() -> None:
    assert periodic.render(report()) == periodic.render(report())


def test_the_workbook_has_its_sheets_even_of_nothing() -> None:
    names = ["Synthèse", "Indicateurs", "Dépassements", "Pénalités", "Incidents répétés", "Documents", "Préventif",
             "Coûts", "Évaluations", "Décisions", "Lisez-moi"]  # fmt: skip
    for told in (report(), nothing()):
        assert load_workbook(BytesIO(periodic_book.render(told))).sheetnames == names


@needs_office
def test_the_synthesis_of_the_workbook_is_drawn_from_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(periodic_book.render(report()))
    book = recalculated(path, tmp_path)
    told = {row[0].value: row[1].value for row in book["Synthèse"].iter_rows() if row[0].value}
    assert (told["Objectifs atteints"], told["Objectifs jugés"], told["Délais dépassés"]) == (1, 2, 3)
    assert (told["Pénalités avant plafond"], told["Pénalités dues"], told["Écart"]) == (18, 9, 120)
    assert (told["Forfait dû"], told["En plus"], round(told["Documents remis à temps"], 4)) == (1350, 170, 0.9524)
    empty = tmp_path / "vide.xlsx"
    empty.write_bytes(periodic_book.render(nothing()))
    told = {row[0].value: row[1].value for row in recalculated(empty, tmp_path)["Synthèse"].iter_rows() if row[0].value}
    assert (told["Forfait dû"], told["Documents remis à temps"], told["Note moyenne sur 5"]) == ("–", "–", None)
