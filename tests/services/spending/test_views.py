"""Costs by contract, asset, workstation, site, family and month: sums that agree, and the list behind each."""

from datetime import date

import pytest

from app.models import Asset, CoveredAsset, Intervention, Licence, LicenceSeat, Person, Site
from app.models.codes import AssetStatus, Charge
from app.models.money_codes import LineKind
from app.services.spending import picture
from app.services.spending.behind import behind
from app.services.spending.lines import Nature
from app.services.spending.picture import Picture
from app.services.spending.views import LOOSE, OTHERS, Dimension, Group, groups
from app.storage import Store
from tests.services.spending.books import asset, bought, contract, fee, invoice, seen, visit


@pytest.fixture
def fleet(store: Store) -> Store:
    """Six months of 450,00 € over a PC of 900 € and a server of 2 700 €; a screen bought, and a telephone bill."""
    with store.begin() as session:
        session.add_all([Site(name="Dijon"), Person(first_name="Ada", last_name="Morin")])
        session.flush()
        contract(session)
        asset(session, "PC-01", contract_id=1, replacement_value=90_000, site_id=1, person_id=1)
        asset(session, "SR-01", station=False, contract_id=1, replacement_value=270_000)
        asset(session, "PC-02", site_id=1, price=60_000, purchased_on=date(2026, 5, 4))
        for month in range(1, 6):
            fee(session, f"F-{month}", month)
        invoice(session, "T-1", date(2026, 3, 3), bought("Téléphone", 9_000, LineKind.TELECOM))
        fee(session, "F-2025", 1)
        session.get_one(Asset, 2).status = AssetStatus.RETIRED
    return store


def told(of: Picture, by: Dimension) -> list[tuple[str, int, int, int, int]]:
    return [(one.title, one.purchase, one.maintenance, one.other, one.unbilled) for one in groups(of, by)]


def test_each_way_of_grouping_makes_the_same_sum(fleet: Store) -> None:
    of = seen(fleet)
    whole = sum(line.cents for line in of.now.to_date)
    for by in Dimension:
        assert sum(one.total for one in groups(of, by)) == whole
        for one in groups(of, by):
            assert sum(source.cents for source in behind(of, by, one.key)) == one.total
            for nature, cents in zip(Nature, (one.purchase, one.maintenance, one.other), strict=True):
                found = behind(of, by, one.key, lambda line, nature=nature: line.nature == nature)  # type: ignore[misc]
                assert sum(source.cents for source in found) == cents


def test_a_contract_is_borne_by_value(fleet: Store) -> None:
    of = seen(fleet)
    fees = 45_000 * 7
    assert told(of, Dimension.ASSET) == [
        ("SR-01", 0, fees * 3 // 4, 0, 45_000 * 3 // 4),
        ("PC-01", 0, fees // 4, 0, 45_000 // 4),
        ("PC-02", 60_000, 0, 0, 60_000),
        ("Non réparti sur des biens", 0, 0, 9_000, 0),
    ]
    server, pc = groups(of, Dimension.ASSET)[:2]
    assert (server.value, server.ratio) == (None, None)
    assert (pc.value, str(pc.ratio), pc.note) == (90_000, "0.875", "Ada Morin")


def test_the_groups_of_assets(fleet: Store) -> None:
    of = seen(fleet)
    assert [(one.title, one.total, one.note, one.value) for one in groups(of, Dimension.STATION)] == [
        ("PC-01", 78_750, "Ada Morin", 90_000),
        ("PC-02", 60_000, "", 60_000),
        ("Autres biens", 236_250, "1\u00a0bien", None),
        ("Non réparti sur des biens", 9_000, "", None),
    ]
    assert [(one.title, one.total, one.note) for one in groups(of, Dimension.SITE)] == [
        ("Dijon", 138_750, "2\u00a0biens"),
        ("Sans site", 236_250, "1\u00a0bien"),
        ("Non réparti sur des biens", 9_000, ""),
    ]
    assert [one.title for one in groups(of, Dimension.FAMILY)][:2] == ["Famille SR", "Famille PC"]


def test_the_groups_of_lines(fleet: Store) -> None:
    of = seen(fleet)
    assert told(of, Dimension.CONTRACT) == [
        ("CT-1 Maintenance du parc", 0, 45_000 * 7, 0, 45_000),
        ("Hors contrat", 60_000, 0, 9_000, 60_000),
    ]
    assert [title for title, *_ in told(of, Dimension.PURPOSE)] == ["Contrats", "Matériel", "Autres dépenses"]
    months = groups(of, Dimension.MONTH)
    assert [one.title for one in months][::5] == ["Janvier\u00a02026", "Juin\u00a02026"]
    assert [one.total for one in months] == [90_000, 45_000, 54_000, 45_000, 105_000, 45_000]


def test_the_year_before_stands_beside(fleet: Store) -> None:
    with fleet.begin() as session:
        invoice(session, "T-0", date(2026, 11, 3), bought("Téléphone", 8_000, LineKind.TELECOM))
    with fleet.read() as session:
        of = picture.read(session, 2027, date(2027, 2, 1))
    assert {one.title: one.before for one in groups(of, Dimension.CONTRACT)} == {
        "CT-1 Maintenance du parc": 13 * 45_000, "Hors contrat": 77_000,
    }  # fmt: skip
    assert [(one.title, one.before) for one in groups(of, Dimension.MONTH)] == [
        ("Janvier\u00a02027", 90_000), ("Février\u00a02027", 45_000),
    ]  # fmt: skip
    assert sum(one.before for one in groups(of, Dimension.SITE)) == 13 * 45_000 + 77_000


def test_the_list_behind_a_part_says_what_it_is_a_part_of(fleet: Store) -> None:
    of = seen(fleet)
    [invoiced, foreseen] = sorted(behind(of, Dimension.ASSET, 1), key=lambda one: -one.cents)
    assert (invoiced.cents, invoiced.first, invoiced.last) == (45_000 * 6 // 4, date(2026, 1, 1), date(2026, 5, 1))
    assert invoiced.why == "Part de 1 sur 2\u00a0biens, sur 2\u00a0700,00\u00a0€"
    assert foreseen.why.endswith("part de 1 sur 2\u00a0biens, sur 450,00\u00a0€")
    whole = behind(of, Dimension.CONTRACT, 1)
    assert [(one.entity, one.cents) for one in whole] == [
        ("contract", 45_000), *[("invoice", 45_000)] * 6,
    ]  # fmt: skip
    assert behind(of, Dimension.SITE, LOOSE)[0].label == "Téléphone"
    assert behind(of, Dimension.SITE, OTHERS)[0].record_id == 1


def test_repairs_licences_and_purchases_go_to_their_assets(store: Store) -> None:
    with store.begin() as session:
        one, two = asset(session, "PC-01", invoice="F-2"), asset(session, "PC-02", invoice="F-2")
        first, second = visit(session, Charge.BILLABLE, one, 60), visit(session, Charge.BILLABLE, two, 180)
        kept = invoice(session, "F-1", date(2026, 6, 5), bought("Dépannages", 40_000, LineKind.REPAIR))
        for done in (first, second):
            session.get_one(Intervention, done).invoice_id = kept
        session.add(Licence(number="LI-1", name="Suite", price=1_001, purchased_on=date(2026, 2, 1)))
        session.flush()
        session.add_all([LicenceSeat(licence_id=1, asset_id=asset_id) for asset_id in (one, two)])
        invoice(session, "F-2", date(2026, 6, 6), bought("Deux portables", 100_000))
        invoice(session, "F-3", date(2026, 6, 7), bought("Souris", 500, LineKind.SMALL, asset_id=one))
    found = {group.title: group for group in groups(seen(store), Dimension.ASSET)}
    assert (found["PC-01"].maintenance, found["PC-02"].maintenance) == (10_000, 30_000)
    assert (found["PC-01"].purchase, found["PC-02"].purchase) == (50_000 + 501 + 500, 50_000 + 500)


def test_shares_follow_the_months_of_the_cover(store: Store) -> None:
    with store.begin() as session:
        contract(session)
        asset(session, "PC-01", contract_id=1)
        asset(session, "PC-02", contract_id=1)
        session.get_one(CoveredAsset, 1).until = date(2026, 6, 30)
    with store.read() as session:
        of = picture.read(session, 2026, date(2026, 12, 31))
    assert {one.title: one.total for one in groups(of, Dimension.ASSET)} == {"PC-01": 135_000, "PC-02": 405_000}


def test_a_contract_that_covers_nothing_is_borne_by_none(store: Store) -> None:
    with store.begin() as session:
        contract(session)
    found: list[Group] = groups(seen(store), Dimension.SITE)
    assert [(one.key, one.total) for one in found] == [(LOOSE, 45_000 * 6)]
