"""The fields that a family has beside the common ones: typed, kept, told, found, exported."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Day, Flag, Number, OneOf, Text
from app.jobs import drain
from app.models import Asset, FamilyField
from app.services import export, families, history, listing, own_fields, records, setup
from app.services.families import PREFIX
from app.services.listing import Filter, Query
from app.storage import Store

ASSET, FIELD, FAMILY, SITE = (ENTITIES[key] for key in ("asset", "family_field", "family", "site"))
LAPTOP, SERVER = 2, 3


def own(store: Store, family: int = LAPTOP) -> dict[str, Any]:
    """The fields of a family, by label."""
    with store.read() as session:
        return {f.label: f for f in families.own_fields(session, ASSET, {"family_id": family})}


def add_field(store: Store, label: str, kind: str, family: int = LAPTOP, **more: Any) -> str:
    """Gives its name."""
    with store.begin() as session:
        made = records.create(session, FIELD, {"family_id": family, "label": label, "kind": kind, "rank": 50, **more})
        return PREFIX + session.get_one(FamilyField, made).uuid


def make(store: Store, values: dict[str, Any] | None = None, family: int = LAPTOP) -> int:
    with store.begin() as session:
        return records.create(session, ASSET, {"family_id": family, **(values or {})})


def kept(store: Store, asset: int) -> dict[str, str]:
    with store.read() as session:
        return session.get_one(Asset, asset).extra


def test_each_kind_gives_its_field(ready: Store) -> None:
    for label, kind in (("a", "text"), ("b", "number"), ("c", "day"), ("d", "flag")):
        add_field(ready, label, kind, unit="V" if kind == "number" else None)
    add_field(ready, "e", "choice", options="Un\n\nDeux\nUn")
    found = own(ready)
    kinds = [type(found[label]) for label in "abcde"]
    assert kinds == [Text, Number, Day, Flag, OneOf]
    assert (found["b"].unit, found["e"].options) == ("V", (("Un", "Un"), ("Deux", "Deux")))
    assert {field.group for field in found.values()} == {"Ordinateur portable"}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", "Baie 2", "Baie 2"),
        ("number", Decimal("15.60"), "15.6"),
        ("number", Decimal(1200), "1200"),
        ("day", date(2026, 11, 21), "2026-11-21"),
        ("flag", True, "oui"),
        ("flag", False, "non"),
    ],
)
def test_a_value_is_kept_as_its_canonical_text(ready: Store, kind: str, value: Any, text: str) -> None:
    name = add_field(ready, "Essai", kind)
    asset = make(ready, {name: value})
    assert kept(ready, asset) == {name.removeprefix(PREFIX): text}
    with ready.begin() as session:
        assert records.get(session, ASSET, asset).values[name] == value
        records.update(session, ASSET, asset, {name: None})
    assert kept(ready, asset) == {}


def test_values_are_checked_by_their_kind_and_of_the_right_family(ready: Store) -> None:
    size = add_field(ready, "Taille", "choice", options="14\n16")
    with pytest.raises(InvalidFields) as caught:
        make(ready, {size: "15"})
    assert caught.value.problems == {size: "Choisissez dans la liste."}
    with pytest.raises(InvalidFields) as caught:
        make(ready, {size: "14"}, SERVER)
    assert caught.value.problems == {size: families.NOT_OF_FAMILY}


def test_another_family_hides_the_values_and_gives_them_back(ready: Store) -> None:
    name = add_field(ready, "Clavier", "text")
    asset = make(ready, {name: "AZERTY"})
    with ready.begin() as session:
        records.update(session, ASSET, asset, {"family_id": SERVER})
        assert name not in records.get(session, ASSET, asset).values
        records.update(session, ASSET, asset, {"family_id": LAPTOP})
        assert records.get(session, ASSET, asset).values[name] == "AZERTY"


def test_what_a_changed_field_cannot_read_is_left_alone(ready: Store) -> None:
    name = add_field(ready, "Poids", "text")
    asset = make(ready, {name: "deux kilos"})
    with ready.begin() as session:
        field = listing.ids(session, FIELD, Query((), "label", text="", filters=(Filter("label", ("Poids",)),)))[0]
        records.update(session, FIELD, field, {"kind": "number"})
        assert records.get(session, ASSET, asset).values[name] is None
        records.update(session, ASSET, asset, {name: None, "room": "Atelier"})
    assert kept(ready, asset) == {name.removeprefix(PREFIX): "deux kilos"}


def test_a_choice_taken_off_its_list_stays_where_it_was_made(ready: Store) -> None:
    name = add_field(ready, "Taille", "choice", options="14\n16")
    asset = make(ready, {name: "14"})
    with ready.begin() as session:
        records.update(session, FIELD, _id_of(session, name), {"options": "16"})
        sheet = records.get(session, ASSET, asset)
        field = next(f for f in sheet.fields if f.name == name)
        assert isinstance(field, OneOf)
        assert field.options == (("16", "16"), ("14", "14"))
        records.update(session, ASSET, asset, {name: "14", "room": "Atelier"})


def _id_of(session: Any, name: str) -> int:
    found: int = session.query(FamilyField).filter_by(uuid=name.removeprefix(PREFIX)).one().id
    return found


def test_own_fields_stand_after_those_that_tell_the_family(ready: Store) -> None:
    asset = make(ready)
    with ready.read() as session:
        fields = records.get(session, ASSET, asset).fields
    groups = list(dict.fromkeys(field.group for field in fields if field.group))
    assert groups[:3] == ["Identification", "Ordinateur portable", "Affectation"]
    with ready.read() as session:
        assert families.own_fields(session, SITE, {}) == ()


def test_the_history_names_the_field_even_from_the_bin(ready: Store) -> None:
    name = add_field(ready, "Prêt le", "day")
    asset = make(ready)
    with ready.begin("Réglage") as session:
        records.update(session, ASSET, asset, {name: date(2026, 11, 21)})
    with ready.begin() as session:
        records.to_bin(session, FIELD, [_id_of(session, name)])
    with ready.read() as session:
        change = history.of_record(session, ASSET, asset)[0]
    assert change.fields == (("Prêt le", "–", "21/11/2026"),)


def test_the_search_finds_what_they_hold(ready: Store) -> None:
    name = add_field(ready, "Hôte", "text")
    asset = make(ready, {name: "Hyperviseur du siège"})
    make(ready)
    with ready.read() as session:
        assert listing.ids(session, ASSET, Query((), "number", text="hyperv")) == [asset]


def test_a_copy_and_a_bulk_edit_know_them(ready: Store) -> None:
    name = add_field(ready, "Clavier", "text")
    first, second, server = make(ready, {name: "AZERTY"}), make(ready), make(ready, family=SERVER)
    with ready.begin() as session:
        assert records.duplicate(session, ASSET, first)[name] == "AZERTY"
        same = {f.name for f in records.bulk_fields(session, ASSET, [first, second])}
        assert name in same
        assert name not in {f.name for f in records.bulk_fields(session, ASSET, [first, server])}
        outcome = drain(records.bulk_edit(session, ASSET, [second, server], {name: "QWERTY"}))
    assert outcome.done == (second,)
    assert outcome.refused == (("SRV-0001", families.NOT_OF_FAMILY),)


def test_the_workbook_of_the_fleet_has_them_as_columns(ready: Store, tmp_path: Path) -> None:
    size, ready_on, mixed = (
        add_field(ready, "Diagonale", "number", unit="po"),
        add_field(ready, "Prêt le", "day"),
        add_field(ready, "Divers", "text"),
    )
    other_size = add_field(ready, "diagonale", "number", SERVER, unit="po")
    other = add_field(ready, "Divers", "number", SERVER)
    make(ready, {size: Decimal("15.6"), ready_on: date(2026, 1, 2), mixed: "b"})
    make(ready, {other_size: Decimal(19), other: Decimal("1.5")}, SERVER)
    whole = tmp_path / "parc.xlsx"
    drain(export.list_job(ready, ASSET, whole))
    sheet = load_workbook(whole).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = {head: rows[0].index(head) for head in ("Diagonale (po)", "Prêt le", "Divers")}
    assert [row[at["Diagonale (po)"]] for row in rows[1:3]] == [15.6, 19]
    assert rows[1][at["Prêt le"]] == datetime(2026, 1, 2)  # noqa: DTZ001 - as a workbook has it
    assert [row[at["Divers"]] for row in rows[1:3]] == ["b", "1,5"]


def test_a_list_of_one_family_exports_its_fields_and_no_other(ready: Store, tmp_path: Path) -> None:
    name = add_field(ready, "Diagonale", "number")
    make(ready, {name: Decimal("15.6")})
    target = tmp_path / "portables.csv"
    query = Query(("number",), "number", filters=(Filter("family_id", (LAPTOP,)),))
    drain(export.list_job(ready, ASSET, target, query=query))
    head, line = target.read_text("utf-8-sig").splitlines()
    assert head.startswith("N°;")
    assert head.endswith("Diagonale")
    assert line.endswith("15,6")
    drain(export.list_job(ready, ASSET, target, query=Query(("number",), "number")))
    assert target.read_text("utf-8-sig").splitlines()[0] == "N°"


def test_only_assets_have_families(ready: Store) -> None:
    with ready.read() as session:
        assert families.columns(session, SITE) == []
        assert families.named(session, "unknown") is None


LIVES = {  # domain.md F.1, the target of each family in years
    "Poste fixe": 5, "Ordinateur portable": 4, "Serveur": 5, "NAS": 5, "Commutateur": 7, "Pare-feu": 5,
    "Borne Wi-Fi": 5, "Imprimante": 5, "Écran": 7, "Onduleur": 6, "Smartphone": 4, "Tablette": 4, "Téléphone": 7,
}  # fmt: skip


def test_the_lives_given_are_those_of_the_source() -> None:
    given = {name: years for name, _, _, years, _ in setup.FAMILIES}
    assert {name: given[name] for name in LIVES} == LIVES


def test_a_new_base_has_the_fields_of_its_families(ready: Store) -> None:
    assert set(own_fields.OWN_FIELDS) == {name for name, *_ in setup.FAMILIES} - {"Autre"}
    found = own(ready)
    assert list(found) == ["Diagonale", "Carte graphique", "Station d’accueil", "Chargeur remis", "Carte SIM"]
    assert isinstance(found["Diagonale"], Number)
    assert found["Diagonale"].name == PREFIX + own_fields.uuid_of("Ordinateur portable", "Diagonale")
    for position, (name, *_) in enumerate(setup.FAMILIES, 1):
        assert list(own(ready, position)) == list(own_fields.OWN_FIELDS.get(name, {}))
