"""Loans: the asset's status goes with them."""

from datetime import date
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.models import Asset, Loan
from app.models.codes import AssetStatus, Condition, Finding
from app.services import loans, records, setup
from app.storage import Store

PERSON, LOAN = ENTITIES["person"], ENTITIES["loan"]
TODAY = date(2026, 11, 20)
LENT = {"person_id": 1, "lent_on": date(2026, 11, 2), "due_on": date(2026, 11, 16)}


@pytest.fixture
def ready(store: Store) -> Store:
    """Hélène has PC-0001; PC-0002 is nobody's."""
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, PERSON, {"last_name": "Morvan", "first_name": "Hélène"})
        for owner in (1, None):
            records.create(session, ENTITIES["asset"], {"family_id": 1, "person_id": owner, "brand": "Dell"})
    return store


def lend(store: Store, asset: int = 2, **values: Any) -> int:
    with store.begin() as session:
        return loans.lend(session, asset, LENT | values)


def status(store: Store, asset: int = 2) -> AssetStatus:
    with store.read() as session:
        return session.get_one(Asset, asset).status


@pytest.mark.parametrize(("asset", "after"), [(1, AssetStatus.IN_SERVICE), (2, AssetStatus.IN_STOCK)])
def test_lent_then_given_back(ready: Store, asset: int, after: AssetStatus) -> None:
    loan = lend(ready, asset, notes="Avec sa sacoche", condition_out=Condition.GOOD)
    assert status(ready, asset) == AssetStatus.LENT
    with ready.read() as session:
        told = loans.of_asset(session, asset, TODAY)
        assert told is not None
        assert (told.who, told.due_on, told.late) == ("Hélène Morvan", date(2026, 11, 16), True)
        assert [one.id for one in loans.overdue(session, TODAY)] == [loan]
        assert loans.overdue(session, date(2026, 11, 16)) == []
        assert [one.asset_id for one in loans.overdue(session, TODAY)] == [asset]
    with ready.begin() as session:
        loans.give_back(session, loan, TODAY, Condition.FAIR, "Sans son chargeur")
    assert status(ready, asset) == after
    with ready.read() as session:
        assert loans.of_asset(session, asset, TODAY) is None
        kept, thing = session.get_one(Loan, loan), session.get_one(Asset, asset)
        assert kept.number.startswith("PR-")
        assert kept.returned_on == TODAY
        assert kept.notes == "Avec sa sacoche\nSans son chargeur"
        assert (thing.condition, thing.finding, thing.seen_on) == (Condition.FAIR, Finding.SEEN, TODAY)


def test_given_back_without_a_word(ready: Store) -> None:
    loan = lend(ready, person_id=None, borrower="Intérimaire")
    with ready.begin() as session:
        found = loans.of_asset(session, 2, TODAY)
        assert found
        assert found.who == "Intérimaire"
        loans.give_back(session, loan, TODAY)
        assert session.get_one(Asset, 2).condition is None


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"person_id": None}, "person_id"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"lent_on": None}, "lent_on"),
    ],
)
def test_a_loan_that_makes_no_sense(ready: Store, values: dict[str, Any], refused: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        lend(ready, **values)
    assert refused in caught.value.problems
    assert status(ready) == AssetStatus.IN_SERVICE


def test_an_asset_is_lent_once_at_a_time_and_not_after_it_left(ready: Store) -> None:
    lend(ready)
    with pytest.raises(InvalidFields, match="déjà prêté à Hélène Morvan"):
        lend(ready)
    with ready.begin() as session:
        session.get_one(Asset, 1).status = AssetStatus.RETIRED
    with pytest.raises(InvalidFields, match="sorti du parc"):
        lend(ready, 1)


def test_a_loan_given_to_another_asset_frees_the_first(ready: Store) -> None:
    loan = lend(ready)
    with ready.begin() as session:
        loans.save(session, loan, {"asset_id": 1})
    assert (status(ready, 1), status(ready, 2)) == (AssetStatus.LENT, AssetStatus.IN_STOCK)
    with ready.begin() as session:
        loans.save(session, loan, {"notes": "Rien d’autre"}, version=2)
    assert status(ready, 1) == AssetStatus.LENT


def test_a_loan_in_the_bin_frees_its_asset(ready: Store) -> None:
    loan = lend(ready)
    with ready.begin() as session:
        loans.to_bin(session, [loan])
        assert loans.of_asset(session, 2, TODAY) is None
    assert status(ready) == AssetStatus.IN_STOCK


def test_an_asset_taken_for_repair_while_lent_stays_so_after(ready: Store) -> None:
    loan = lend(ready)
    with ready.begin() as session:
        session.get_one(Asset, 2).status = AssetStatus.IN_REPAIR
    with ready.begin() as session:
        loans.give_back(session, loan, TODAY)
    assert status(ready) == AssetStatus.IN_REPAIR
