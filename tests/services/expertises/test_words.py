"""The French of an expertise: sources, rules, actions, opinions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.models.codes import Condition, Verdict
from app.rules.expertise import Feasibility, Findings, Limits, Notes, judge
from app.services.expertises import words
from app.services.expertises.facts import Fee, Known
from app.services.expertises.words import SCALES, Opinion

NB = "\u00a0"
ON = date(2026, 11, 21)
YEARLY = f"8{NB}280,00{NB}€ par an pour 77{NB}biens"
FITTED = f"pièces posées{NB}: 120,00{NB}€, ajoutez le prix de 1{NB}intervention facturée"
KNOWN = Known(
    asset_id=1, on=ON, commissioned_on=date(2021, 6, 22), purchased_on=None, life_years=5,
    support_end=date(2027, 10, 12), warranty_end=date(2024, 6, 21), failures=2, networked=True, value=76_000,
    price=None, parts_cost=0, unpriced=0, fees=(), condition=Condition.GOOD, finding=None, seen_on=date(2026, 11, 6),
)  # fmt: skip


def test_what_is_known_says_where_it_comes_from() -> None:
    assert words.sources(KNOWN) == {
        "condition": "Noté à la visite du 06/11/2026",
        "age": f"1,08{NB}fois sa vie visée de 5{NB}ans, en service le 22/06/2021",
        "support": f"Jusqu’au 12/10/2027{NB}: 10{NB}mois",
        "failures": f"2{NB}pannes dans les tickets en 12{NB}mois",
        "maintenance_cost": "Aucun contrat, aucune pièce payée",
        "replacement_value": "Fiche du bien",
    }
    assert words.hints(KNOWN) == {"parts": "Garantie finie le 21/06/2024"}


@pytest.mark.parametrize(
    ("facts", "key", "told"),
    [
        ({"commissioned_on": None, "purchased_on": date(2021, 6, 22)}, "age",
         f"1,08{NB}fois sa vie visée de 5{NB}ans, acheté le 22/06/2021"),
        ({"support_end": None}, "support", f"Fin de support inconnue{NB}: note 2, à vérifier"),
        ({"support_end": date(2025, 10, 14)}, "support", "Fini le 14/10/2025"),
        ({"support_end": date(2026, 12, 1)}, "support", f"Jusqu’au 01/12/2026{NB}: moins d’un mois"),
        ({"failures": 0}, "failures", f"Aucune panne dans les tickets en 12{NB}mois"),
        ({"failures": None}, "failures", None),
        ({"warranty_end": ON}, "parts", "Sous garantie jusqu’au 21/11/2026"),
        ({"value": None, "price": 80_000}, "replacement_value", "Prix d’achat, faute de valeur de remplacement"),
        ({"value": None}, "replacement_value", None),
        ({"life_years": None}, "age", None),
        ({"fees": (Fee("CT-1", 828_000, 77, None),), "parts_cost": 12_000, "unpriced": 1}, "maintenance_cost",
         f"Part du forfait CT-1 selon sa valeur ({YEARLY}){NB}: 107,53{NB}€, {FITTED}"),
    ],
)  # fmt: skip
def test_a_source(facts: dict[str, Any], key: str, told: str | None) -> None:
    assert words.sources(replace(KNOWN, **facts)).get(key) == told


@pytest.mark.parametrize(
    ("facts", "key", "told"),
    [
        ({"seen_on": date(2025, 11, 6)}, "condition", "Noté 3 la dernière fois, le 06/11/2025"),
        ({"seen_on": None}, "condition", "Noté 3 la dernière fois"),
        ({"condition": None}, "condition", None),
        ({"commissioned_on": None}, "age", "Ni mise en service ni achat sur la fiche du bien"),
        ({"life_years": None}, "age", "Sa famille n’a pas de durée de vie visée"),
        ({"warranty_end": None}, "parts", None),
        ({"failures": None}, "failures", f"Aucun ticket noté sur 12{NB}mois{NB}: à dire"),
    ],
)
def test_a_hint(facts: dict[str, Any], key: str, told: str | None) -> None:
    assert words.hints(replace(KNOWN, **facts)).get(key) == told


def test_the_ratio_of_age_is_cut_not_rounded() -> None:
    assert words.ratio_of_age(replace(KNOWN, on=date(2026, 6, 21))) == "0,99"
    assert words.ratio_of_age(replace(KNOWN, life_years=None)) == ""


@pytest.mark.parametrize(
    ("key", "note", "exact", "told"),
    [
        ("condition", 3, True, "bon, usure normale"),
        ("age", 1, True, "1,08"),
        ("age", 2, False, f"mûr, sous 100{NB}%"),  # noted otherwise by the expert
        ("support", 2, True, f"10{NB}mois"),
        ("failures", 2, True, f"2{NB}pannes"),
        ("failures", 4, False, "aucune"),
        ("parts", 2, False, "marché"),
        ("fit", 3, False, "bonne"),
    ],
)
def test_a_finding(key: str, note: int, exact: bool, told: str) -> None:
    assert words.finding(key, note, KNOWN if exact else None) == told


def test_a_finding_of_support() -> None:
    assert words.finding("support", 0, replace(KNOWN, support_end=date(2025, 1, 1))) == "fini"
    assert words.finding("support", 2, replace(KNOWN, support_end=None)) == "inconnu, à vérifier"


def test_every_scale_has_its_five_words() -> None:
    assert (SCALES[0].weight, SCALES[0].word(4), SCALES[0].word(0)) == (25, "Très bon", "Hors service")
    assert all(len(set(scale.steps)) == 5 for scale in SCALES)


def told(notes: tuple[int, ...], repair: int = 0, maintenance: int = 0, *, exposed: bool = False) -> str:
    findings = Findings(Notes(*notes), repair, 1_000_000, maintenance, exposed)
    return words.rule(judge(findings), findings)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (told((0, 4, 4, 4, 4, 4), 650_000), f"Hors service, et R = 65,0{NB}% dépasse 60{NB}%"),
        (told((0, 4, 4, 4, 0, 4)), "Hors service, et pièces introuvables"),
        (told((4, 4, 4, 4, 4, 4), 542_857), f"R = 54,3{NB}% dépasse 50{NB}%"),
        (told((4, 4, 4, 4, 4, 4), 500_001), f"R = 50,0001{NB}% dépasse 50{NB}%"),
        (told((4, 4, 4, 4, 4, 4), 0, 353_000), f"M = 35,3{NB}% dépasse 30{NB}%"),
        (told((2, 1, 1, 2, 2, 1)), "Score de 37,50, inférieur à 40"),
        (told((4, 4, 0, 4, 4, 4), exposed=True), "Support fini, et relié au réseau sans mesure d’isolement écrite"),
        (told((3, 1, 1, 2, 2, 3)), "Score de 48,75, inférieur à 60"),
        (told((3, 3, 4, 4, 4, 3)), "Score de 86,25, au moins 80, et rien à remettre en état"),
        (told((3, 3, 4, 4, 4, 3), 12_000), f"Score de 86,25, mais 120,00{NB}€ de remise en état"),
        (told((3, 3, 3, 2, 3, 2)), "Score de 68,75, de 60 à moins de 80"),
    ],
)
def test_the_rule_says_its_figures(rule: str, sentence: str) -> None:
    assert rule == sentence


def test_a_ratio_a_hair_above_its_limit_is_still_told() -> None:
    findings = Findings(Notes(4, 4, 4, 4, 4, 4), 500_000_001, 1_000_000_000, 0)
    assert words.rule(judge(findings), findings) == f"R = 50,000000{NB}% dépasse 50{NB}%"


def test_what_is_missing_is_named() -> None:
    findings = Findings(Notes(3, 3, 4, 4), None, None, 0)
    assert words.rule(judge(findings), findings) == f"Il manque{NB}: pièces, adéquation au besoin, remise en état."
    assert words.missing(()) == ""


@pytest.mark.parametrize(
    ("verdict", "cost", "value", "renew", "sentence"),
    [
        (Verdict.A, 0, None, "", "Maintenir en l’état."),
        (Verdict.A, 0, 1, "01/01/2030", "Maintenir en l’état. Remplacement à prévoir pour le 01/01/2030."),
        (Verdict.B, 12_000, 1, "", f"Remettre à niveau avant la prise en charge{NB}: 120,00{NB}€ HT."),
        (Verdict.B, 0, 1, "", "Remettre à niveau avant la prise en charge."),
        (Verdict.C, 0, 76_000, "21/11/2027",
         f"Maintenir en palliatif. Remplacer avant le 21/11/2027. Prévoir 760,00{NB}€ HT."),
        (Verdict.D, 0, 76_000, "21/02/2027",
         f"Exclure du contrat et remplacer avant le 21/02/2027. Prévoir 760,00{NB}€ HT."),
        (Verdict.E, 0, None, "21/02/2027",
         "Sortir du parc, données effacées. Remplacer avant le 21/02/2027 si le besoin demeure."),
    ],
)  # fmt: skip
def test_the_action_that_a_verdict_proposes(
    verdict: Verdict, cost: int, value: int | None, renew: str, sentence: str
) -> None:
    assert words.action(verdict, Findings(Notes(), cost, value), renew) == sentence


FOUND = Feasibility(48, 43, Decimal(43) / 48, Decimal("0.12"), "reserved")
KEPT = f"43 des 48{NB}biens évalués restent maintenables"
COST = f"le contrat coûte chaque année 12,0{NB}% de leur remplacement."
WITHOUT_PRICE = replace(FOUND, ratio=None, opinion=None)


@pytest.mark.parametrize(
    ("found", "unpriced", "left", "sentence"),
    [
        (FOUND, 0, 0, f"{KEPT}{NB}; {COST}"),
        (FOUND, 2, 0, f"{KEPT}{NB}; {COST} 2{NB}biens sans valeur de remplacement."),
        (FOUND, 0, 3, f"{KEPT}. L’avis sera donné quand les 3{NB}biens restants seront évalués."),
        (replace(FOUND, kept=1), 0, 1,
         f"1 des 48{NB}biens évalués reste maintenable. L’avis sera donné quand le dernier bien sera évalué."),
        (replace(FOUND, kept=0, ratio=None), 0, 0, f"Aucun des 48{NB}biens évalués n’est maintenable."),
        (replace(FOUND, judged=1, kept=0, ratio=None), 0, 0, "Le bien évalué n’est plus maintenable."),
        (replace(FOUND, judged=1, kept=1, ratio=None), 0, 0, "Le bien évalué reste maintenable."),
        (WITHOUT_PRICE, 0, 0, f"{KEPT}. Indiquez le prix annuel du contrat pour avoir un avis."),
        (replace(WITHOUT_PRICE, opinion="unfavourable"), 0, 0, f"{KEPT}."),
        (Feasibility(0, 0, None, None, None), 0, 5,
         "L’avis sur la faisabilité sera donné quand tous les biens seront évalués."),
    ],
)  # fmt: skip
def test_the_opinion_in_a_sentence(found: Feasibility, unpriced: int, left: int, sentence: str) -> None:
    assert words.feasibility(found, Limits(), unpriced, left).sentence == sentence


def test_the_ratios_stand_beside_their_thresholds() -> None:
    told = words.feasibility(FOUND, Limits(), 0, 0)
    assert told.opinion is Opinion.RESERVED
    assert (told.share, told.share_limits) == (f"89,6{NB}%", f"favorable dès 90{NB}%, défavorable sous 60{NB}%")
    assert (told.ratio, told.ratio_limits) == (
        f"12,0{NB}%",
        f"favorable jusqu’à 15{NB}%, défavorable au-delà de 30{NB}%",
    )
    assert words.feasibility(replace(FOUND, opinion=None), Limits(), 0, 0).opinion is None
