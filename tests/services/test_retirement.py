"""Exits: never with readable data, always with what proves them (domain.md F.3)."""

from datetime import date
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused
from app.jobs import drain
from app.models import Asset, CoveredAsset, LicenceSeat, Loan, Retirement
from app.models.codes import AssetStatus, ErasureCheck, ErasureLevel, ExitKind, MediumKind
from app.services import loans, records, retirement, setup
from app.storage import Store
from app.storage import undo as reversal
from tests.services import company

TODAY = date(2026, 11, 20)
ASSET, ERASURE = ENTITIES["asset"], ENTITIES["erasure"]
WEEE = {"kind": ExitKind.WEEE, "retired_on": TODAY, "recipient": "Recyclage Côte-d’Or"}


@pytest.fixture
def ready(store: Store) -> Store:
    """One laptop that holds personal data."""
    with store.begin() as session:
        setup.ensure(session)
        values = {"family_id": 2, "brand": "Dell", "personal_data": True, "disk_gb": 256,
                  "purchased_on": date(2020, 5, 1)}  # fmt: skip
        records.create(session, ASSET, values)
    return store


def change(store: Store, **values: Any) -> None:
    with store.begin() as session:
        records.update(session, ASSET, 1, values)


def erase(store: Store, level: ErasureLevel = ErasureLevel.PURGE, **more: Any) -> int:
    usual = {
        "asset_id": 1, "level": level, "method": "Commande sanitize", "verification": ErasureCheck.FULL,
        "done_on": TODAY, "operator": "Yanis", "medium": MediumKind.SSD, "succeeded": True,
    }  # fmt: skip
    with store.begin() as session:
        return records.create(session, ERASURE, usual | more)


def retire(store: Store, **values: Any) -> retirement.Exit:
    with store.begin("Sortie") as session:
        return retirement.retire(session, 1, WEEE | values, TODAY)


def refused(store: Store, **values: Any) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught:
        retire(store, **values)
    with store.read() as session:
        assert session.get_one(Asset, 1).status != AssetStatus.RETIRED
        assert session.query(Retirement).count() == 0
    return caught.value.problems


def test_an_erased_asset_leaves_with_its_number(ready: Store) -> None:
    erase(ready)
    done = retire(ready, proof="BSD 12")
    assert not done.breach
    with ready.read() as session:
        asset = session.get_one(Asset, 1)
        assert (asset.status, asset.retired_on) == (AssetStatus.RETIRED, TODAY)
        gone = retirement.of_asset(session, 1)
        assert gone is not None
        assert gone.number.startswith("SOR-")
        assert (gone.kind, gone.recipient, gone.proof) == (ExitKind.WEEE, "Recyclage Côte-d’Or", "BSD 12")
        assert "bordereau" in gone.expected.lower()
        assert retirement.asset_of(session, gone.id) == 1
    with pytest.raises(Refused, match="déjà sorti, le 20/11/2026"):
        retire(ready)


@pytest.mark.parametrize(
    ("level", "more", "sentence"),
    [
        (None, {}, "Aucun effacement n’est noté"),
        (ErasureLevel.CLEAR, {}, "simple (Clear)"),
        (ErasureLevel.PURGE, {"succeeded": False}, "n’a pas réussi"),
    ],
)
def test_without_enough_erasure_it_stays_or_a_reason_is_written(
    ready: Store, level: ErasureLevel | None, more: dict[str, Any], sentence: str
) -> None:
    if level:
        erase(ready, level, **more)
    assert sentence in refused(ready)["derogation"]
    with ready.read() as session:
        assert retirement.leaving_of(session, 1).doubt is not None
    retire(ready, derogation="Disque gardé au coffre")


def test_what_is_not_known_of_a_disk_is_asked(ready: Store) -> None:
    change(ready, personal_data=None)
    assert "disque" in refused(ready, derogation="Sans réponse")["personal_data"]
    retire(ready, personal_data=False)
    with ready.read() as session:
        assert session.get_one(Asset, 1).personal_data is False


def test_a_disk_told_by_a_component_counts(ready: Store) -> None:
    change(ready, personal_data=None, disk_gb=None)
    with ready.begin() as session:
        values = {"asset_id": 1, "kind": "disk", "label": "SSD"}
        records.create(session, ENTITIES["component"], values)
        facts = retirement.leaving_of(session, 1)
    assert (facts.has_disk, facts.disks, facts.erased, facts.doubt) == (True, 1, 0, "ask")
    assert set(refused(ready)) == {"personal_data"}


def test_an_asset_without_disk_leaves_freely(ready: Store) -> None:
    change(ready, personal_data=None, disk_gb=None)
    retire(ready)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": None}, "kind"),
        ({"retired_on": None}, "retired_on"),
        ({"retired_on": date(2026, 11, 21)}, "retired_on"),
        ({"retired_on": date(2020, 4, 30)}, "retired_on"),
        ({"recipient": None}, "recipient"),
        ({"price": 100}, "price"),
        ({"kind": ExitKind.SALE, "price": -1}, "price"),
    ],
)
def test_an_exit_that_makes_no_sense(ready: Store, values: dict[str, Any], problem: str) -> None:
    erase(ready)
    assert problem in refused(ready, **values)


def test_a_theft_of_readable_data_is_a_violation(ready: Store) -> None:
    done = retire(ready, kind=ExitKind.THEFT, recipient=None)
    assert done.breach
    with ready.read() as session:
        gone = retirement.of_asset(session, 1)
    assert gone
    assert gone.breach


def test_a_theft_of_encrypted_data_is_none(ready: Store) -> None:
    change(ready, encrypted=True)
    assert not retire(ready, kind=ExitKind.THEFT, recipient=None).breach


def test_a_lent_asset_comes_back_first_unless_it_was_stolen(ready: Store) -> None:
    erase(ready)
    with ready.begin() as session:
        loans.lend(session, 1, {"borrower": "Stagiaire", "lent_on": date(2026, 11, 2)})
    assert "Stagiaire" in refused(ready)[""]
    retire(ready, kind=ExitKind.THEFT, recipient=None)
    with ready.read() as session:
        loan = session.get_one(Loan, 1)
        assert loan.returned_on == TODAY
        assert (loan.notes or "").startswith("Jamais rendu\u00a0: SOR-")


def test_what_leaves_is_in_no_contract_and_holds_no_licence(ready: Store) -> None:
    erase(ready)
    with ready.begin() as session:
        contract = company.add_contract(session, starts_on=date(2025, 1, 1))
        for since, until in (
            (date(2025, 1, 1), date(2025, 12, 31)),
            (date(2026, 1, 1), None),
            (date(2027, 1, 1), None),
        ):
            session.add(CoveredAsset(contract_id=contract, asset_id=1, since=since, until=until))
        licence = records.create(session, ENTITIES["licence"], {"name": "Suite"})
        session.add(LicenceSeat(licence_id=licence, asset_id=1))
    retire(ready)
    with ready.read() as session:
        covers = session.query(CoveredAsset).order_by(CoveredAsset.since).all()
        assert [one.until for one in covers] == [date(2025, 12, 31), TODAY, None]
        assert [one.deleted_at is None for one in covers] == [True, True, False]
        assert session.get_one(LicenceSeat, 1).released_on == TODAY


def test_the_proof_may_come_later_and_nothing_else_changes(ready: Store) -> None:
    erase(ready)
    done = retire(ready)
    with ready.begin() as session:
        retirement.complete(session, done.id, {"proof": "Attestation 7", "kind": ExitKind.GIFT})
        kept = session.get_one(Retirement, done.id)
        assert (kept.proof, kept.kind) == ("Attestation 7", ExitKind.WEEE)


def test_an_exit_is_cancelled_or_undone(ready: Store) -> None:
    erase(ready)
    retire(ready)
    with ready.begin("Annulation") as session:
        retirement.cancel(session, 1)
        assert session.get_one(Asset, 1).status == AssetStatus.IN_STOCK
        assert session.get_one(Asset, 1).retired_on is None
        assert retirement.of_asset(session, 1) is None
    with pytest.raises(Refused, match="n’est pas sorti"), ready.begin() as session:
        retirement.cancel(session, 1)
    number = ready.last_action_id
    retire(ready)
    assert ready.last_action_id != number
    with ready.begin("Annulation") as session:
        reversal.undo(session, ready.last_action_id or 0)
    with ready.read() as session:
        assert session.get_one(Asset, 1).status == AssetStatus.IN_STOCK
        assert retirement.of_asset(session, 1) is None


def test_an_old_exit_without_its_record_can_be_cancelled(ready: Store) -> None:
    with ready.begin() as session:
        asset = session.get_one(Asset, 1)
        asset.status, asset.retired_on = AssetStatus.RETIRED, TODAY
    with ready.begin() as session:
        retirement.cancel(session, 1)
    with pytest.raises(NotFound), ready.read() as session:
        retirement.asset_of(session, 99)


def test_no_other_way_makes_an_asset_leave(ready: Store) -> None:
    """Neither the form, nor a bulk edit; nor does the form bring it back."""
    with pytest.raises(InvalidFields) as caught:
        change(ready, status=AssetStatus.RETIRED)
    assert "«\u00a0Sortir du parc…\u00a0»" in caught.value.problems["status"]
    with ready.begin() as session:
        outcome = drain(records.bulk_edit(session, ASSET, [1], {"status": AssetStatus.RETIRED}))
    assert "«\u00a0Sortir du parc…\u00a0»" in outcome.refused[0][1]
    erase(ready)
    retire(ready)
    change(ready, notes="Rien")
    with pytest.raises(InvalidFields) as caught:
        change(ready, status=AssetStatus.IN_SERVICE)
    assert "«\u00a0Annuler la sortie\u00a0»" in caught.value.problems["status"]


@pytest.mark.parametrize(
    ("medium", "method", "is_refused"),
    [
        (MediumKind.SSD, "Dégaussage", True),
        (MediumKind.SSD, "Démagnétiseur certifié", True),
        (MediumKind.FLASH, "aimant de bureau", True),
        (MediumKind.PHONE, "DEGAUSS", True),
        (MediumKind.HDD, "Démagnétisation", False),
        (MediumKind.TAPE, "Dégaussage", False),
        (MediumKind.SSD, "Commande sanitize du disque", False),
    ],
)
def test_a_magnet_erases_no_chip(ready: Store, medium: MediumKind, method: str, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(InvalidFields, match="aimant"):
            erase(ready, medium=medium, method=method)
    else:
        erase(ready, medium=medium, method=method)


def test_several_leave_together_or_none_does(ready: Store) -> None:
    erase(ready)
    with ready.begin() as session:
        for personal in (False, True):
            records.create(session, ASSET, {"family_id": 2, "personal_data": personal})
    with pytest.raises(InvalidFields) as caught, ready.begin() as session:
        retirement.retire_all(session, [1, 2, 3], WEEE, TODAY)
    assert caught.value.problems[""].startswith("PT-0003\u00a0: Aucun effacement")
    with pytest.raises(InvalidFields) as caught, ready.begin() as session:
        retirement.retire_all(session, [1, 2], WEEE | {"recipient": None}, TODAY)
    assert set(caught.value.problems) == {"recipient"}
    with ready.begin() as session:
        assert session.query(Retirement).count() == 0
        assert len(retirement.retire_all(session, [1, 2], WEEE, TODAY)) == 2
    with pytest.raises(InvalidFields) as caught, ready.begin() as session:
        retirement.retire_all(session, [1, 2], WEEE, TODAY)
    assert "déjà sorti" in caught.value.problems[""]
