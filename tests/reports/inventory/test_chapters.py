"""Each chapter: with its data, and without."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from app.reports.inventory import render as inventory
from app.reports.inventory import sheets
from app.reports.inventory.data import InventoryReport
from app.reports.inventory.facts import Expertise, Gaps, Sheet, SheetGroup, Software
from app.reports.inventory.words import VERDICT_WORDS, sentence
from app.rules.expertise import Feasibility, Limits, feasibility
from tests.reports import samples
from tests.reports.inventory import chapters
from tests.reports.reading import flat, pages_of

NOTHING = (
    ("5 Expertise", "Inventaire › Expertises"),
    ("6 Logiciels et licences", "Inventaire › Licences"),
    ("6 Logiciels et licences", "Aucun logiciel n’a été relevé"),
    ("7.1 Réseau", "Notez l’adresse IP"),
    ("7.2 Sauvegardes", "procès-verbal du dernier essai"),
    ("7.3 Sécurité", "aucun inventaire ne les a relevés"),
    ("8 Besoins recueillis", "imprimez le questionnaire"),
    ("9 Faisabilité technico-économique", "aucun bien n’a encore été expertisé"),
    ("10 Plan d’action chiffré", "Aucune action n’est tirée"),
    ("A Changements depuis", "il sera la référence des suivants"),
    ("B Écarts d’inventaire", "Inventaire › Campagnes"),
    ("C Photos", "Déposez-les sur une fiche"),
    ("D Pannes", "tickets marqués « panne »"),
)


def text_of(report: InventoryReport) -> str:
    return flat(" ".join(pages_of(inventory.render(report))))


def after(text: str, title: str) -> str:
    """What follows the last mention of a title: the chapter, and not the contents."""
    return text[text.rindex(title) :]


def having(**more: Any) -> str:
    return text_of(replace(samples.report(12), **more))


@pytest.mark.parametrize(("title", "words"), NOTHING)
def test_a_chapter_without_data_says_how_to_get_them(title: str, words: str) -> None:
    assert words in after(text_of(samples.report(5, draft=True, bare=True)), title)


def test_an_issued_report_says_what_is_missing_without_telling_its_readers_what_to_click() -> None:
    text = text_of(samples.report(5, bare=True))
    assert "Inventaire ›" not in text
    for words in ("Aucun besoin n’a été recueilli.", "Aucune photo n’est jointe aux fiches des biens."):
        assert words in text


# -- expertise --------------------------------------------------------------------------------------------------


def sheet(**more: Any) -> Sheet:
    return replace(chapters.judged(samples.report(5).lines[0], Random(4)), **more)


def blocks_of(found: Sequence[Sheet]) -> list[str]:
    """The pages of chapter 5 with these sheets alone."""
    report = replace(
        samples.report(5, bare=True),
        expertise=Expertise("Expertise.", (SheetGroup("Postes, Siège", tuple(found)),), ()),
    )
    return [text for text in map(flat, pages_of(inventory.render(report))) if "Règle appliquée" in text]


def test_a_block_says_the_six_notes_the_points_and_the_rule() -> None:
    (text,) = blocks_of([sheet(score=Decimal("48.75"), verdict="C", ruled="C", reason="", rule="C : score < 60")])
    for words in ("Adéquation au besoin", "C : score < 60", "R = 7,3 %", "M = 12,4 %", "Score 100 48,75"):
        assert words in text
    assert "Maintenable en palliatif (≤ 12 mois)" in text
    assert "Avis de l’expert" not in text


def test_an_override_shows_both_opinions_and_the_reason() -> None:
    (text,) = blocks_of([sheet(verdict="D", ruled="C", score=Decimal(60), reason="Aucun arrêt supportable.")])
    assert "Avis de l’expert : D. Calcul : C, score 60,00. Motif : Aucun arrêt supportable." in text


def test_three_blocks_stand_on_a_page_and_none_is_cut() -> None:
    two_lines = "Deux lignes de texte, qui disent ce qui a été vu sur le poste pendant la visite du matin."
    many = [sheet(number=f"PC-{n:04d}", observations=two_lines, action=two_lines, reason="") for n in range(30)]
    pages = blocks_of(many)
    assert len(pages) == 10
    assert all(text.count("Règle appliquée") == text.count("Action proposée") == 3 for text in pages)
    assert sheets.height(many[0]) <= 82


def test_a_text_taller_than_a_page_goes_on_and_the_next_block_follows() -> None:
    words = " ".join(f"mot{n:04d}" for n in range(1500))
    pages = blocks_of([sheet(observations=words, action="Rien."), sheet(number="PC-9999", reason="")])
    text = flat(" ".join(pages_of(inventory.render(replace(
        samples.report(5, bare=True),
        expertise=Expertise("E.", (SheetGroup("P", (sheet(observations=words, action=words, reason=""),)),), ()),
    )))))  # fmt: skip
    assert all(text.count(word) >= 2 for word in words.split())
    assert any("PC-9999" in text for text in pages)


def test_only_sound_assets_make_a_table_and_no_block() -> None:
    sound = (SheetGroup("Postes, Siège", (sheet(verdict="A", ruled="A", reason=""),)),)
    text = after(having(expertise=Expertise("Expertise.", (), sound, "")), "5 Expertise")
    assert "tous ceux qui ont été évalués sont notés A" in text
    assert "5.1 Biens notés A, maintenables en l’état : 1" in text


# -- the lot ----------------------------------------------------------------------------------------------------


def lot_of(price: int | None, **counts: int) -> tuple[Feasibility, Limits]:
    limits = Limits()
    return feasibility(counts, price, 10_000_000, limits), limits


@pytest.mark.parametrize(
    ("price", "counts", "words"),
    [
        (860_000, {"A": 124, "D": 14}, "La réserve tombe si les 14\u00a0biens D et E sont remplacés"),
        (860_000, {"A": 99, "D": 1}, "(seuil\u00a0: 15\u00a0%)."),
        (None, {"A": 9, "D": 1}, "l’avis attend ce prix."),
        (None, {"A": 1, "D": 9}, "il ne changerait pas l’avis."),
        (4_000_000, {"A": 9}, "(défavorable au-delà de 30\u00a0%)."),
    ],
)
def test_the_opinion_is_told_with_its_thresholds(price: int | None, counts: dict[str, int], words: str) -> None:
    assert sentence(*lot_of(price, **counts)).endswith(words) or words in sentence(*lot_of(price, **counts))


@pytest.mark.parametrize(
    ("whole", "words"), [(True, "n’est pas connu. Écrivez celui du contrat"), (False, "porte sur tous les sites")]
)
def test_a_lot_without_price_says_why(whole: bool, words: str) -> None:
    report = samples.report(12, draft=True)
    assert report.lot is not None
    text = text_of(replace(report, lot=replace(report.lot, price=None, whole=whole, unpriced=0)))
    assert words in after(text, "9 Faisabilité")


def test_verdicts_take_the_place_of_the_conditions() -> None:
    judged, bare = text_of(samples.report(12)), text_of(samples.report(12, bare=True))
    assert "Verdicts d’expertise" in judged
    assert all(words.replace("\u00a0", " ") in judged for words in VERDICT_WORDS.values())
    assert "État des biens" in bare


def test_a_park_without_risk_says_so() -> None:
    assert "Aucun risque n’apparaît" in having(synthesis=replace(samples.SYNTHESIS, risks=()))


def test_a_figure_of_any_length_keeps_its_place() -> None:
    figures = (("123\u00a0456\u00a0789\u00a0012\u00a0€", "HT", "valeur"),) * 4
    pages = pages_of(
        inventory.render(replace(samples.report(5), synthesis=replace(samples.SYNTHESIS, figures=figures)))
    )
    (synthesis,) = (flat(text) for text in pages[2:] if "2 Synthèse" in flat(text))
    assert synthesis.count("123 456 789 012 €") == 4


# -- the others -------------------------------------------------------------------------------------------------


def test_the_plan_is_numbered_through_and_summed() -> None:
    text = after(text_of(samples.report(12)), "10 Plan d’action chiffré")
    assert "Sous-total · 2 actions, dont 1 sans coût" in text
    assert "Total du plan · 4 actions, dont 1 sans coût" in text
    assert "17 500,00" in text
    assert "Répartition dans le temps" in text


def test_a_plan_without_any_cost_has_no_bar() -> None:
    plan = tuple(replace(one, actions=tuple(replace(a, cost=None) for a in one.actions)) for one in chapters.PLAN)
    assert "Répartition dans le temps" not in having(plan=plan)


def test_software_to_sort_is_counted_and_a_park_in_order_says_so() -> None:
    assert "57 logiciels restent à trier" in text_of(samples.report(12))
    assert "Aucun logiciel à licence n’a été vu" in having(software=Software(surveyed=3))


def test_what_changed_is_told_under_the_contents_and_listed_in_the_annex() -> None:
    pages = [flat(text) for text in pages_of(inventory.render(samples.report(12)))]
    assert "1 bien entré, 1 bien sorti, 1 bien déplacé ou réaffecté, 2 verdicts changés." in pages[1]
    found = after(" ".join(pages), "A Changements depuis la version précédente")
    for words in ("Entrés · 1", "Sortis · 1", "Déplacés ou réaffectés · 1", "Verdicts changés · 2"):
        assert words in found


def test_nothing_changed_is_told_too() -> None:
    same = replace(chapters.CHANGES, entered=(), left=(), moved=(), verdicts=())
    text = having(changes=same)
    assert "Aucun bien entré, aucun sorti, aucun déplacé, aucun verdict changé." in text
    assert "Aucun bien n’est entré, sorti, déplacé ni jugé autrement depuis." in text


def test_a_campaign_without_a_gap_says_so() -> None:
    assert "tout ce qui était attendu a été trouvé" in having(gaps=Gaps("Campagne.", ()))


def test_a_report_without_reserve_says_so() -> None:
    assert "Aucune réserve n’est tirée" in having(reserves=())


def test_photos_not_printed_are_counted() -> None:
    assert "5 photos sur 12 ; les autres sont gardées" in text_of(samples.report(12))
    assert "photos sur" not in having(photos_left=0)
