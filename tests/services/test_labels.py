"""What a label says of an asset, and whom it tells to call."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import drain
from app.models import Asset, Company, Contract, CoveredAsset, Provider
from app.models.codes import AssetStatus, ContractStatus
from app.reports.labels_data import Label
from app.services import contracts, labels, records, setup
from app.services.labels import LabelOptions
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.company import add_contract

TODAY = date(2026, 6, 15)


@pytest.fixture
def fleet(store: Store) -> Store:
    """PC-0001 under a contract with a hotline, PC-0002 not covered, PC-0003 with neither maker nor model."""
    with store.begin() as session:
        setup.ensure(session)
        session.add(Company(name="Ateliers Morvan", phone="03 80 00 00 00"))
        for values in ({"brand": "Dell", "model": "OptiPlex"}, {"brand": "HP"}, {}):
            records.create(session, ENTITIES["asset"], {"family_id": 1, **values})
        cover(session, 1)
    return store


def cover(session: Session, asset: int, **values: object) -> int:
    contract = add_contract(session, number=f"CT-{asset}-{len(values)}", **values)
    session.add(CoveredAsset(contract_id=contract, asset_id=asset, since=date(2026, 1, 1)))
    session.get_one(Provider, session.get_one(Contract, contract).provider_id).hotline = "09 70 00 00 00"
    session.flush()
    return contract


def made(store: Store, *assets: int, **options: object) -> tuple[Label, ...]:
    with store.read() as session:
        return labels.sheets(session, assets, LabelOptions(**options), TODAY).labels  # type: ignore[arg-type]


def test_a_label_says_the_asset_and_whom_to_call(fleet: Store) -> None:
    assert made(fleet, 1, 2, 3) == (
        Label("PC-0001", "Dell", "OptiPlex", "09 70 00 00 00"),
        Label("PC-0002", "HP", "", "03 80 00 00 00"),
        Label("PC-0003", "", "Poste fixe", "03 80 00 00 00"),
    )


def test_labels_come_in_the_order_asked(fleet: Store) -> None:
    assert [label.number for label in made(fleet, 3, 1)] == ["PC-0003", "PC-0001"]


def test_a_provider_without_hotline_leaves_the_number_of_the_company(fleet: Store) -> None:
    with fleet.begin() as session:
        session.query(Provider).update({"hotline": None})
    assert made(fleet, 1)[0].phone == "03 80 00 00 00"


def test_without_any_number_nobody_is_to_be_called(store: Store) -> None:
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, ENTITIES["asset"], {"family_id": 1, "name": "Poste de coupe"})
        sheets = labels.sheets(session, [1], LabelOptions(), TODAY)
    assert sheets.company == ""
    assert sheets.labels == (Label("PC-0001", "", "Poste de coupe", ""),)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"form": "21"}, "planches de 65 et de 24"),
        ({"first": 0}, "entre 1 et 24"),
        ({"first": 25}, "entre 1 et 24"),
        ({"form": "65", "first": 66}, "entre 1 et 65"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(fleet: Store, options: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        made(fleet, 1, **options)


def test_no_asset_gives_no_sheet(fleet: Store) -> None:
    with pytest.raises(Refused, match="Aucun bien"):
        made(fleet)


def test_the_sheets_are_drawn_for_a_list_or_for_chosen_assets(fleet: Store) -> None:
    with fleet.begin() as session:
        session.get_one(Asset, 2).status = AssetStatus.RETIRED
    text = flat(pages_of(drain(labels.job(fleet, labels.in_place(), LabelOptions("65"), TODAY)))[0])
    assert ("PC-0001" in text, "PC-0002" in text, "PC-0003" in text) == (True, False, True)
    text = flat(pages_of(drain(labels.job(fleet, [2], LabelOptions(), TODAY)))[0])
    assert "PC-0002" in text


def test_the_covers_of_a_day_are_those_of_each_asset(fleet: Store) -> None:
    with fleet.begin() as session:
        ended = cover(session, 2, status=ContractStatus.DRAFT)
        session.query(CoveredAsset).filter_by(contract_id=ended).update({"since": date(2026, 3, 1)})
        late = cover(session, 3, subject="Plus tard")
        session.query(CoveredAsset).filter_by(contract_id=late).update({"until": date(2026, 4, 1)})
        newer = cover(session, 1, subject="Autre", part_wait_stops=False)
        session.query(CoveredAsset).filter_by(contract_id=newer).update({"since": date(2026, 5, 1)})
        for day in (TODAY, date(2026, 3, 15), date(2025, 6, 1)):
            one_by_one = {asset: contracts.cover_of(session, asset, day) for asset in (1, 2, 3)}
            assert contracts.covers(session, day) == {a: c for a, c in one_by_one.items() if c is not None}
        assert contracts.covers(session, TODAY) == {1: newer}
