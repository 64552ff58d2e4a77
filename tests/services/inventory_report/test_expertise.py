"""What the verdicts make of the report: sheets, opinion, plan, synthesis."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.models.codes import Condition, Criticality, Finding, Verdict
from app.reports.inventory.data import InventoryReport
from app.services.inventory_report.sheets import _since
from app.storage import Store
from tests.services.inventory_report.make import TODAY, add_asset, add_expertise, add_site, judge, report_of


def judged_park(session: Session) -> None:
    """Two of each: A, B, C kept; D and E out. A B is worth 1 000 €, its repair 100 €; one asset is not judged."""
    lot = add_expertise(session, annual_price=60_000, expert="Yanis Ferrand")
    site = add_site(session, "Dole")
    numbers = iter(range(1, 99))
    for letter in "AABBCCDE":
        asset = add_asset(session, f"PC-{next(numbers):04d}", site_id=site, criticality=Criticality.HIGH)
        repair = {"B": 10_000, "C": 5_000}.get(letter, 0)
        judge(session, lot, asset, letter, repair_cost=repair, replacement_value=100_000)
    printer = add_asset(session, "IMP-0001", site_id=site)
    judge(session, lot, printer, "D", replacement_value=50_000, renew_on=date(2027, 1, 15), observations="Bourrages.")
    add_asset(session, "PC-0099", site_id=site)


@pytest.fixture
def report(store: Store) -> InventoryReport:
    with store.begin("Essai") as session:
        judged_park(session)
        return report_of(session)


def test_those_not_rated_a_have_a_sheet_and_the_others_a_line(report: InventoryReport) -> None:
    found = report.expertise
    assert found is not None
    assert [(group.title, len(group.sheets)) for group in found.groups] == [
        ("Imprimante, Dole", 1),
        ("Poste fixe, Dole", 6),
    ]
    assert [sheet.verdict for group in found.sound for sheet in group.sheets] == ["A", "A"]
    assert found.told.startswith("Expertise EXP-2026-001 «\u00a0Avant contrat\u00a0» du 6\u00a0novembre\u00a02026")
    assert found.told.endswith("menée par Yanis Ferrand, encore en cours.")
    assert found.left == "1\u00a0bien n’a pas été évalué\u00a0: PC-0099."
    assert report.stamp.title == "Rapport d’inventaire et\u00a0d’expertise technique"


def test_a_sheet_tells_the_asset_and_its_six_notes(report: InventoryReport) -> None:
    assert report.expertise is not None
    sheet = report.expertise.groups[0].sheets[0]
    assert [(one.note, one.points) for one in sheet.criteria] == [
        (3, Decimal("18.75")), (1, Decimal(5)), (1, Decimal(5)), (2, Decimal("7.5")), (2, Decimal(5)),
        (3, Decimal("7.5")),
    ]  # fmt: skip
    assert sheet.score == Decimal("48.75")
    assert sheet.rule == "D\u00a0: Score de 48,75, inférieur à 60"
    assert sheet.observations == "Bourrages."
    assert dict(sheet.facts)["Valeur de rempl."] == "500,00\u00a0€ HT"


def test_the_register_bears_the_verdicts_and_the_scores(report: InventoryReport) -> None:
    by_number = {line.number: (line.verdict, line.score) for line in report.lines}
    assert by_number["IMP-0001"] == ("D", "48,8")
    assert by_number["PC-0099"] == (None, None)


def test_the_lot_is_counted_on_the_assets_of_the_report(report: InventoryReport) -> None:
    lot = report.lot
    assert lot is not None
    assert dict(lot.counts) == {"A": 2, "B": 2, "C": 2, "D": 2, "E": 1}
    assert (lot.upgrade, lot.price, lot.value) == (30_000, 60_000, 600_000)
    assert (lot.result.share, lot.result.ratio) == (Decimal(6) / 9, Decimal("0.1"))
    assert report.synthesis.opinion[1] == "Favorable avec réserves"
    assert [figure[:2] for figure in report.synthesis.figures[2:]] == [("6", "biens"), ("300\u00a0€", "HT")]


def test_the_price_of_all_tells_nothing_of_one_site(store: Store) -> None:
    with store.begin("Essai") as session:
        judged_park(session)
        site = add_site(session, "Évry")
        judge(session, 1, add_asset(session, "PC-0500", site_id=site), "A")
        lot = report_of(session, sites=(site,)).lot
    assert lot is not None
    assert (lot.price, lot.whole, dict(lot.counts)["A"], lot.result.judged) == (None, False, 1, 1)


def test_the_plan_gives_each_verdict_its_horizon(report: InventoryReport) -> None:
    told = [[(a.words, a.due, a.base, a.cost) for a in horizon.actions] for horizon in report.plan]
    assert told == [
        [
            ("Remplacer 1\u00a0bien D hors postes (imprimante)", date(2027, 1, 15), "m", 50_000),
            (
                "Mettre au rebut et remplacer 1\u00a0bien E, certificats d’effacement compris",
                date(2027, 2, 20),
                "m",
                100_000,
            ),
            ("Remplacer 1\u00a0poste de travail D", date(2027, 2, 20), "m", 100_000),
        ],
        [
            ("Remettre à niveau 2\u00a0biens B", date(2027, 5, 20), "d", 20_000),
            ("Remettre en état 2\u00a0biens C, gardés en palliatif", date(2027, 5, 20), "d", 10_000),
            ("Renouveler 2\u00a0postes de travail C", date(2027, 11, 20), "m", 200_000),
        ],
        [],
    ]


def test_the_recommendation_names_the_actions_and_the_amounts(report: InventoryReport) -> None:
    lines = ["".join(text for text, _ in pieces) for pieces in report.synthesis.recommendations]
    out = "Remplacer 3\u00a0biens D et E avant la prise en charge"
    assert lines == [
        f"{out} : 2\u00a0500,00\u00a0€\u00a0HT (actions\u00a01, 2 et\u00a03).",
        "Remettre à niveau les biens B et C\u00a0: 300,00\u00a0€\u00a0HT (actions\u00a04 et\u00a05).",
    ]
    assert [text for pieces in report.synthesis.recommendations for text, bold in pieces if bold] == [
        "2\u00a0500,00\u00a0€\u00a0HT",
        "300,00\u00a0€\u00a0HT",
    ]


def test_those_to_replace_are_a_risk_and_an_exclusion(report: InventoryReport) -> None:
    assert (report.synthesis.risks[0].chapter, report.synthesis.risks[0].count) == ("5", 3)
    excluded = [reserve.subject for reserve in report.reserves if reserve.nature == "Exclusion"]
    assert excluded == ["IMP-0001, PC-0007 et 1\u00a0autre"]


def test_an_override_keeps_both_verdicts(store: Store) -> None:
    with store.begin("Essai") as session:
        lot = add_expertise(session)
        asset = add_asset(session, "PC-0001", serial="X1", seen_on=TODAY, finding=Finding.SEEN)
        judge(session, lot, asset, "B", override=Verdict.D, override_reason="Aucun arrêt supportable.")
        report = report_of(session)
    assert report.expertise is not None
    sheet = report.expertise.groups[0].sheets[0]
    assert (sheet.verdict, sheet.ruled, sheet.reason) == ("D", "B", "Aucun arrêt supportable.")
    assert dict(sheet.facts)["Constat"] == "vu le 20/11/2026"


def test_each_asset_bears_its_last_verdict(store: Store) -> None:
    with store.begin("Essai") as session:
        first = add_expertise(session, held_on=date(2026, 3, 1))
        one, two = add_asset(session, "PC-0001"), add_asset(session, "PC-0002")
        judge(session, first, one, "C")
        judge(session, first, two, "C")
        judge(session, add_expertise(session, "EXP-2026-002", held_on=date(2026, 11, 6)), one, "A")
        report = report_of(session)
    assert [(line.number, line.verdict) for line in report.lines] == [("PC-0001", "A"), ("PC-0002", "C")]
    assert report.expertise is not None
    assert report.expertise.told.endswith("Chaque bien porte le dernier avis qui l’a jugé.")


def test_what_was_not_judged_is_planned_by_its_end_of_support(store: Store) -> None:
    with store.begin("Essai") as session:
        for n, end in enumerate((date(2025, 10, 14), date(2027, 6, 1), date(2035, 1, 1)), 1):
            add_asset(session, f"PC-{n:04d}", support_end=end, condition=Condition.GOOD)
        plan = report_of(session).plan
    told = [[(a.words, a.due, a.cost, a.base) for a in horizon.actions] for horizon in plan]
    words = "Mettre à niveau ou isoler le système de 1\u00a0bien"
    assert told == [[(words, date(2027, 2, 20), None, "")], [(words, date(2027, 6, 1), None, "")], []]


def test_a_kept_asset_is_renewed_on_the_day_of_its_sheet(store: Store) -> None:
    told = (date(2028, 6, 1), date(2027, 11, 20), date(2030, 1, 1), None)  # the third is beyond the plan
    with store.begin("Essai") as session:
        lot = add_expertise(session)
        for n, day in enumerate(told, 1):
            judge(session, lot, add_asset(session, f"PC-{n:04d}"), "A", renew_on=day)
        judge(session, lot, add_asset(session, "IMP-0001"), "B", renew_on=date(2027, 3, 1))
        plan = report_of(session).plan
    assert [[(a.words, a.due) for a in horizon.actions] for horizon in plan] == [
        [],
        [
            ("Renouveler 1\u00a0bien hors postes (imprimante), en fin de vie", date(2027, 3, 1)),
            ("Renouveler 1\u00a0poste de travail, en fin de vie", date(2027, 11, 20)),
        ],
        [("Renouveler 1\u00a0poste de travail, en fin de vie", date(2028, 6, 1))],
    ]


def test_a_system_that_ends_before_its_machine_is_upgraded_and_not_replaced(store: Store) -> None:
    ends = {"support_end": date(2027, 6, 1)}
    with store.begin("Essai") as session:
        lot = add_expertise(session)
        judge(session, lot, add_asset(session, "PC-0001", **ends), "A", renew_on=date(2030, 6, 1))
        judge(session, lot, add_asset(session, "PC-0002", support_end=date(2031, 1, 1)), "A", renew_on=date(2030, 6, 1))
        plan = report_of(session).plan
    assert [[(a.words, a.cost) for a in horizon.actions] for horizon in plan] == [
        [], [("Mettre à niveau ou isoler le système de 1\u00a0bien", None)], [],
    ]  # fmt: skip


def test_many_families_are_named_in_part(store: Store) -> None:
    with store.begin("Essai") as session:
        lot = add_expertise(session)
        for number in ("IMP-0001", "ECR-0001", "COM-0001", "OND-0001"):
            judge(session, lot, add_asset(session, number), "D")
        (action,) = report_of(session).plan[0].actions
    assert action.words == "Remplacer 4\u00a0biens D hors postes (commutateur, écran, imprimante…)"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2021, 6, 22), "22/06/2021 (5\u00a0ans 4\u00a0mois)"),
        (date(2025, 11, 20), "20/11/2025 (1\u00a0an)"),
        (date(2026, 11, 1), "01/11/2026 (0\u00a0mois)"),
        (None, "inconnue"),
    ],
)
def test_the_age_is_told_in_years_and_months(since: date | None, words: str) -> None:
    assert _since(since, TODAY) == words


def test_the_facts_of_a_sheet_say_what_is_past_and_what_is_not_known(store: Store) -> None:
    with store.begin("Essai") as session:
        lot = add_expertise(session)
        old = add_asset(
            session, "PC-0001", system="Windows 10", support_end=date(2025, 10, 14), warranty_end=date(2024, 1, 1),
            purchased_on=date(2020, 5, 4), encrypted=False, personal_data=True,
        )  # fmt: skip
        new = add_asset(session, "PC-0002", system="Linux", warranty_end=date(2028, 1, 1))
        for asset in (old, new, add_asset(session, "ECR-0001")):
            judge(session, lot, asset, "B", replacement_value=None)
        groups = report_of(session).expertise
    assert groups is not None
    screen, first, second = (dict(sheet.facts) for group in groups.groups for sheet in group.sheets)
    assert (first["Achat"], first["Garantie"]) == ("04/05/2020 (6\u00a0ans 6\u00a0mois)", "échue le 01/01/2024")
    assert (first["Fin de support"], first["Données perso."]) == ("14/10/2025 (échue)", "oui · chiffré\u00a0: non")
    assert (second["Fin de support"], second["Garantie"]) == ("inconnue, à vérifier", "jusqu’au 01/01/2028")
    assert (screen["Système"], screen["Fin de support"], screen["Valeur de rempl."]) == (
        "sans objet",
        "sans objet",
        "–",
    )
    assert (screen["Garantie"], screen["Constat"]) == ("inconnue", "non relevé")


def test_a_replacement_beyond_the_plan_bears_no_number(store: Store) -> None:
    with store.begin("Essai") as session:
        judge(session, add_expertise(session), add_asset(session, "PC-0001"), "D", renew_on=date(2031, 1, 1))
        report = report_of(session)
    assert "".join(text for text, _ in report.synthesis.recommendations[0]).endswith("900,00\u00a0€\u00a0HT.")
