"""What the register and the synthesis count, without any expertise."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from app.fields import formats
from app.models import Asset
from app.models.codes import AssetStatus, Condition, Criticality, Finding, Ownership
from app.services.inventory_report.dangers import DANGERS, age_of
from app.services.inventory_report.rows import numbers_of
from app.storage import Store
from tests.services.inventory_report.make import NOW, TODAY, add_asset, add_site, fleet_of, report_of


def test_every_figure_of_the_synthesis_is_that_of_the_register(morvan: Store) -> None:
    kept = Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED
    with morvan.read() as session:
        report = report_of(session)
        count = session.scalar(select(func.count()).select_from(Asset).where(*kept))
        systems = session.scalar(select(func.count()).select_from(Asset).where(*kept, Asset.support_end < TODAY))
    assert len(report.lines) == count
    assert report.synthesis.figures[0][0] == str(count)
    assert report.synthesis.supports[0].count == systems
    assert sum(support.count for support in report.synthesis.supports) == sum(line.has_system for line in report.lines)
    dated = sum(line.commissioned_on is not None for line in report.lines)
    assert sum(age.workstations + age.others for age in report.synthesis.ages) >= dated
    worth = sum(line.value or 0 for line in report.lines)
    assert report.synthesis.figures[1][0] == formats.number(worth // 100) + "\u00a0€"


def test_assets_stand_by_site_then_family_in_french_order(store: Store) -> None:
    with store.begin("Essai") as session:
        places = {"Zone nord": {}, "Évry": {"city": "Évry", "postal_code": "91000"}, "Dole": {}}
        sites = {name: add_site(session, name, **where) for name, where in places.items()}
        for n, name in enumerate(places, 1):
            add_asset(session, f"PC-000{n}", site_id=sites[name], seen_on=date(2026, 11, n), finding=Finding.SEEN)
        add_asset(session, "PC-0004")
        add_asset(session, "PC-0005", status=AssetStatus.RETIRED, site_id=sites["Dole"])
        report = report_of(session)
    assert [(site.name, site.place, site.count) for site in report.sites] == [
        ("Dole", "", 1),
        ("Évry", "91000", 1),
        ("Zone nord", "", 1),
        ("Sans site", "", 1),
    ]
    assert report.sites[0].visited == (date(2026, 11, 3), date(2026, 11, 3))
    assert report.sites[3].visited is None
    assert report.subtitle == "Parc informatique de 3\u00a0sites"


def test_a_report_of_one_site_holds_its_assets_alone(store: Store) -> None:
    with store.begin("Essai") as session:
        dole, evry = add_site(session, "Dole", city="Dole (Jura)", postal_code="39100"), add_site(session, "Évry")
        add_asset(session, "PC-0001", site_id=dole)
        add_asset(session, "PC-0002", site_id=evry)
        report = report_of(session, sites=(dole,))
    assert [line.number for line in report.lines] == ["PC-0001"]
    assert report.subtitle == "Parc informatique du site Dole"
    assert report.sites[0].place == "Dole (Jura) (39100)"
    assert any("toute l’entreprise" in limit for limit in report.scope.limits)


def test_each_danger_is_found_and_only_where_it_is(store: Store) -> None:
    past = date(2020, 1, 1)
    dangerous: tuple[dict[str, Any], ...] = (
        {"support_end": past},
        {"condition": Condition.DEAD},
        {"personal_data": True, "encrypted": False},
        {"criticality": Criticality.VITAL, "warranty_end": past, "condition": Condition.GOOD},
        {"commissioned_on": past},
        {"criticality": Criticality.HIGH},
    )
    with store.begin("Essai") as session:
        for n, values in enumerate(dangerous):
            add_asset(session, f"PC-{n:04d}", **values)
        add_asset(session, "PC-0100", condition=Condition.GOOD, encrypted=True, personal_data=True)
        fleet = fleet_of(session)
        risks = report_of(session).synthesis.risks
    found = [[row.number for row in fleet.rows if danger.test(row, fleet)] for danger in DANGERS]
    assert found == [["PC-0000"], [], *[[f"PC-{n:04d}"] for n in range(1, 6)]]
    assert [risk.criticality for risk in risks] == ["4", "3", "–", "–", "–"]


def test_what_was_not_established_is_a_limit_and_a_reserve(store: Store) -> None:
    good = {"condition": Condition.GOOD, "commissioned_on": TODAY, "replacement_value": 1}
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001", serial="A1", finding=Finding.SEEN, **good)
        add_asset(session, "PC-0002", serial="A2", finding=Finding.TOOL, system="Windows 11", **good)
        add_asset(session, "PC-0003", finding=Finding.SEEN, ownership=Ownership.PERSONAL, **good)
        report = report_of(session)
    assert [(reserve.subject, reserve.nature, reserve.words.split(" ")[0]) for reserve in report.reserves] == [
        ("PC-0003", "Réserve", "N°"),
        ("PC-0002", "Réserve", "Bien"),
        ("PC-0002", "Réserve", "Fin"),
        ("PC-0003", "Exclusion", "Bien"),
    ]
    assert [limit.split("\u00a0")[0] for limit in report.scope.limits] == ["1", "1", "1"]


def test_an_empty_park_says_how_to_begin(store: Store) -> None:
    with store.read() as session:
        report = report_of(session)
    assert report.company.name == "Entreprise à nommer"
    assert report.subtitle == "Parc informatique"
    assert report.synthesis.opinion[1] == "Aucun bien inventorié"
    assert "Relever les biens" in report.synthesis.recommendations[0][0][0]
    assert (report.expertise, report.lot, report.gaps, report.changes) == (None, None, None, None)
    assert report.stamp.title == "Rapport"


def test_a_park_in_good_order_asks_for_nothing(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001", condition=Condition.GOOD, encrypted=True, seen_on=TODAY)
        told = report_of(session).synthesis
    assert told.opinion[1] == "100,0\u00a0% des biens en bon état"
    assert told.recommendations == ((("Aucune action n’est tirée des données relevées.", False),),)


def test_what_nobody_priced_is_a_dash_not_zero(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001")
        report = report_of(session)
    assert report.synthesis.figures[1] == ("–", "", "valeur de remplacement, 1\u00a0bien sans valeur")
    assert ("Valeur de remplacement", "–") in report.scope.covered


@pytest.mark.parametrize(
    ("since", "age"), [(date(2021, 11, 20), 5), (date(2021, 11, 21), 4), (date(2026, 12, 1), 0), (None, None)]
)
def test_age_counts_whole_years(since: date | None, age: int | None) -> None:
    assert age_of(Asset(commissioned_on=since), NOW.date()) == age


def test_numbers_are_named_then_counted() -> None:
    assets = [Asset(number=f"PC-{n}") for n in range(5)]
    assert numbers_of(assets[:2]) == "PC-0, PC-1"
    assert numbers_of(assets[:3]) == "PC-0, PC-1 et 1\u00a0autre"
    assert numbers_of(assets) == "PC-0, PC-1 et 3\u00a0autres"
