"""Those who leave, and what they give back."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.models import Asset, LicenceSeat, Loan, Person
from app.models.codes import AssetStatus
from app.services import loans, people, records, setup
from app.services.people import Held
from app.storage import Store

TODAY = date(2026, 11, 20)


@pytest.fixture
def ready(store: Store) -> Store:
    """Hélène has PC-0001 and a broken PC-0002, borrows PC-0003, and has a licence."""
    with store.begin() as session:
        setup.ensure(session)
        values = {"last_name": "Morvan", "first_name": "Hélène", "arrived_on": date(2020, 1, 6)}
        records.create(session, ENTITIES["person"], values)
        for owner, status in ((1, "in_service"), (1, "in_repair"), (None, "in_stock")):
            values = {"family_id": 1, "person_id": owner, "status": status, "brand": "Dell", "service": "Pose"}
            records.create(session, ENTITIES["asset"], values)
        loans.lend(session, 3, {"person_id": 1, "lent_on": date(2026, 11, 2), "due_on": date(2026, 12, 1)})
        licence = records.create(session, ENTITIES["licence"], {"name": "Suite"})
        records.create(session, ENTITIES["licence_seat"], {"licence_id": licence, "person_id": 1})
    return store


def held(store: Store) -> list[Held]:
    with store.read() as session:
        return people.held(session, 1)


def leave(store: Store, *returned: str, on: date = TODAY) -> int:
    with store.begin("Départ") as session:
        return people.leave(session, 1, on, returned)


def test_what_somebody_has_is_told(ready: Store) -> None:
    assert [(one.key, one.number, one.how) for one in held(ready)] == [
        ("asset:1", "PC-0001", "Affecté"),
        ("asset:2", "PC-0002", "Affecté"),
        ("loan:1", "PC-0003", "Prêt, dû le 01/12/2026"),
        ("licence_seat:1", "LIC-0001", "Licence"),
    ]


def test_what_is_given_back_is_free_and_the_rest_stays(ready: Store) -> None:
    assert leave(ready, "asset:1", "loan:1", "licence_seat:1") == 1
    assert [one.key for one in held(ready)] == ["asset:2"]
    with ready.read() as session:
        asset = session.get_one(Asset, 1)
        assert (asset.person_id, asset.service, asset.status) == (None, None, AssetStatus.IN_STOCK)
        assert session.get_one(Asset, 3).status == AssetStatus.IN_STOCK
        assert session.get_one(Loan, 1).returned_on == TODAY
        assert session.get_one(LicenceSeat, 1).released_on == TODAY
        assert session.get_one(Person, 1).left_on == TODAY
        back = people.given_back(session, 1)
    assert [(one.number, one.how) for one in back] == [
        ("PC-0001", "Affecté"),
        ("PC-0003", "Prêt"),
        ("LIC-0001", "Licence"),
    ]
    assert back[1].on == TODAY


def test_what_comes_back_later_is_noted_the_same_way(ready: Store) -> None:
    assert leave(ready) == 4
    assert leave(ready, "asset:2", on=TODAY + timedelta(days=3)) == 3
    with ready.read() as session:
        assert session.get_one(Asset, 2).status == AssetStatus.IN_REPAIR
        assert [one.number for one in people.given_back(session, 1)] == ["PC-0002"]


def test_an_asset_taken_again_was_not_given_back(ready: Store) -> None:
    leave(ready, "asset:1")
    with ready.begin() as session:
        records.update(session, ENTITIES["asset"], 1, {"person_id": 1})
    with ready.read() as session:
        assert people.given_back(session, 1) == []


def test_nothing_is_given_back_before_a_departure(ready: Store) -> None:
    with ready.read() as session:
        assert people.given_back(session, 1) == []


@pytest.mark.parametrize(
    ("on", "returned", "problem"),
    [(date(2019, 1, 1), (), "left_on"), (date(2026, 11, 1), ("loan:1",), "left_on")],
)
def test_a_departure_that_makes_no_sense(ready: Store, on: date, returned: tuple[str, ...], problem: Any) -> None:
    with pytest.raises(InvalidFields) as caught:
        leave(ready, *returned, on=on)
    assert problem in caught.value.problems
    assert len(held(ready)) == 4


def test_a_paper_names_somebody_without_doubt(ready: Store) -> None:
    with ready.begin() as session:
        assert people.reference(session, 1) == "Hélène Morvan"
        other = {"last_name": "Morvan", "first_name": "Hélène", "email": "h2@exemple.fr"}
        second = records.create(session, ENTITIES["person"], other)
        assert people.reference(session, second) == "h2@exemple.fr"
        assert people.reference(session, 1) == "Hélène Morvan"
