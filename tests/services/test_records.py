"""Records of any entity: checked, saved, never lost."""

from datetime import date
from typing import Any

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields, NotFound, Refused, StaleRecord
from app.jobs import drain
from app.models.codes import AssetStatus, Role
from app.services import records, setup
from app.storage import Store

ASSET, PERSON, SITE, CONTRACT = (ENTITIES[key] for key in ("asset", "person", "site", "contract"))


@pytest.fixture
def ready(store: Store) -> Store:
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, SITE, {"name": "Dijon"})
    return store


def make(store: Store, key: str, **values: Any) -> int:
    with store.begin() as session:
        return records.create(session, ENTITIES[key], values)


def problems(store: Store, key: str, **values: Any) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught, store.begin() as session:
        records.create(session, ENTITIES[key], values)
    return caught.value.problems


def test_numbers_follow_the_family_and_are_never_reused(ready: Store) -> None:
    first = make(ready, "asset", family_id=1)
    laptop = make(ready, "asset", family_id=2)
    with ready.begin() as session:
        records.to_bin(session, ASSET, [first])
    second = make(ready, "asset", family_id=1)
    with ready.read() as session:
        got = [records.get(session, ASSET, i).values["number"] for i in (first, laptop, second)]
    assert got == ["PC-0001", "PT-0001", "PC-0002"]


def test_defaults_and_cleaning(ready: Store) -> None:
    made = make(ready, "asset", family_id=1, serial="  7HX\t2KT3 ", notes=" a\r\nb\x00 ", mac="AA-BB-CC-DD-EE-FF")
    with ready.read() as session:
        sheet = records.get(session, ASSET, made)
    assert sheet.values["serial"] == "7HX 2KT3"
    assert sheet.values["notes"] == "a\nb"
    assert sheet.values["mac"] == "aa:bb:cc:dd:ee:ff"
    assert sheet.values["status"] is AssetStatus.IN_SERVICE
    assert sheet.titles == {"family_id": "Poste fixe"}
    assert sheet.icon == "pc-case"


@pytest.mark.parametrize(
    ("key", "values", "refused"),
    [
        ("asset", {}, "family_id"),
        ("asset", {"family_id": 999}, "family_id"),
        ("asset", {"family_id": 1, "price": -1}, "price"),
        ("asset", {"family_id": 1, "serial": "x" * 81}, "serial"),
        ("asset", {"family_id": 1, "mac": "zz"}, "mac"),
        ("asset", {"family_id": 1, "purchased_on": date(2026, 2, 1), "warranty_end": date(2026, 1, 1)}, "warranty_end"),
        ("asset", {"family_id": 1, "purchased_on": date(2026, 2, 1), "commissioned_on": date(2026, 1, 1)},
         "commissioned_on"),
        ("person", {}, "last_name"),
        ("person", {"last_name": "a", "email": "nowhere"}, "email"),
        ("person", {"last_name": "a", "arrived_on": date(2026, 2, 1), "left_on": date(2026, 1, 1)}, "left_on"),
        ("site", {"name": "Dijon"}, "name"),
        ("site", {"name": " \n "}, "name"),
        ("company", {"name": "a", "siren": "123456789"}, "siren"),
        ("company", {"name": "a", "siren": "732829320", "siret": "40483304800022"}, "siret"),
        ("contract", {"subject": "x"}, "provider_id"),
    ],
)  # fmt: skip
def test_bad_values_are_refused_by_their_field(ready: Store, key: str, values: dict[str, Any], refused: str) -> None:
    found = problems(ready, key, **values)
    assert refused in found
    assert all(sentence.endswith(".") for sentence in found.values())


def test_every_problem_is_told_at_once_and_nothing_is_written(ready: Store) -> None:
    before = ready.last_action_id
    assert set(problems(ready, "asset", price=-5, mac="q")) == {"family_id", "price", "mac"}
    assert ready.last_action_id == before


def test_the_same_serial_is_told_with_who_bears_it(ready: Store) -> None:
    make(ready, "asset", family_id=1, serial="S1", brand="Dell", model="XPS")
    assert problems(ready, "asset", family_id=1, serial="S1") == {"serial": "Déjà porté par PC-0001 Dell XPS."}


def test_update_refuses_what_changed_meanwhile(ready: Store) -> None:
    made = make(ready, "person", last_name="Morvan")
    with ready.begin() as session:
        records.update(session, PERSON, made, {"service": "Direction"}, version=1)
    with pytest.raises(StaleRecord), ready.begin() as session:
        records.update(session, PERSON, made, {"service": "Atelier"}, version=1)
    with ready.read() as session:
        sheet = records.get(session, PERSON, made)
    assert (sheet.values["service"], sheet.version) == ("Direction", 2)


def test_an_update_without_change_writes_nothing(ready: Store) -> None:
    made = make(ready, "person", last_name="Morvan")
    before = ready.last_action_id
    with ready.begin() as session:
        records.update(session, PERSON, made, {"last_name": "Morvan"}, version=1)
    assert ready.last_action_id == before


def test_bin_and_restore(ready: Store) -> None:
    made = make(ready, "asset", family_id=1, serial="S1")
    with ready.begin() as session:
        assert records.to_bin(session, ASSET, [made], "essai") == 1
        assert records.to_bin(session, ASSET, [made]) == 0
    with ready.read() as session:
        assert records.get(session, ASSET, made).in_bin
    other = make(ready, "asset", family_id=1, serial="S1")
    with pytest.raises(Refused, match="Déjà porté par PC-0002"), ready.begin() as session:
        records.restore(session, ASSET, [made])
    with ready.begin() as session:
        records.to_bin(session, ASSET, [other])
        assert records.restore(session, ASSET, [made]) == 1


def test_bulk_edit_reports_each_refusal(ready: Store) -> None:
    wanted = [make(ready, "asset", family_id=1) for _ in range(3)]
    with ready.begin() as session:
        outcome = drain(records.bulk_edit(session, ASSET, wanted[:2], {"site_id": 1}))
        assert outcome == records.Outcome(tuple(wanted[:2]), ())
        outcome = drain(records.bulk_edit(session, ASSET, [*wanted, 999], {"serial": "S9"}))
    assert outcome.done == (wanted[0],)
    assert [title for title, _ in outcome.refused] == ["PC-0002", "PC-0003", ""]


def test_choices_suggestions_links_and_duplicate(ready: Store) -> None:
    person = make(ready, "person", last_name="Morvan", first_name="Hélène", role=Role.MANAGER)
    asset = make(ready, "asset", family_id=1, brand="Dell", person_id=person, serial="S1")
    make(ready, "asset", family_id=1, brand="Dell")
    make(ready, "asset", family_id=1, brand="Apple")
    with ready.read() as session:
        assert records.choices(session, "person", "hel") == [(person, "Hélène Morvan")]
        assert records.suggestions(session, ASSET, "brand") == ["Dell", "Apple"]
        assert [(link.entity, link.count) for link in records.links(session, PERSON, person)] == [
            ("asset", 1), ("loan", 0), ("licence_seat", 0), ("ticket", 0),
        ]  # fmt: skip
        copy = records.duplicate(session, ASSET, asset)
    assert (copy["brand"], copy["serial"], "number" in copy) == ("Dell", None, False)


def test_what_does_not_exist_is_told(ready: Store) -> None:
    with pytest.raises(NotFound), ready.read() as session:
        records.get(session, ASSET, 999)
