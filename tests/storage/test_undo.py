import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from app.errors import NotFound, Refused
from app.models import Action, Asset, Document, Person
from app.storage import Store
from app.storage.history import outside_changes, undo, verify_chain
from tests.storage.things import add_people, asset, by_hand, family, people, person


def state(store: Store, *tables: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables, without what each write changes."""
    with store.read() as session:
        rows = {table: session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings().all() for table in tables}
    return {
        table: [{k: v for k, v in row.items() if k not in ("version", "updated_at")} for row in found]
        for table, found in rows.items()
    }


def undo_last(store: Store) -> str:
    with store.begin() as session:
        return undo(session, store.last_action_id or 0)


def test_an_edit_is_undone_by_a_new_action(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin("Correction") as session:
        session.get_one(Person, 1).last_name = "Dupont"
    assert undo_last(store) == "Correction"
    assert people(store) == ["Durand"]
    with store.read() as session:
        last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        assert (last.id, last.undoes, last.label) == (3, 2, "Annulation de «\u00a0Correction\u00a0»")
        assert session.get_one(Person, 1).version == 3
        assert (verify_chain(session), outside_changes(session)) == ([], [])


def test_a_large_import_is_undone_and_done_again(store: Store) -> None:
    with store.begin("Import") as session:
        kind = family(session)
        session.add_all(Asset(number=f"PC-{n:05}", family_id=kind) for n in range(3000))
    imported = state(store, "family", "asset")
    undo_last(store)
    assert state(store, "family", "asset") == {"family": [], "asset": []}
    undo_last(store)
    assert state(store, "family", "asset") == imported


def test_each_kind_of_act_is_undone_in_turn(store: Store) -> None:
    add_people(store, "Durand", "Martin")
    before = state(store, "person")
    with store.begin("Modification en nombre") as session:
        session.execute(update(Person).values(service="Achats"))
    with store.begin("Corbeille") as session:
        one = session.get_one(Person, 1)
        one.deleted_at, one.deleted_by = datetime.now(UTC), "Marie"
    with store.begin("Purge") as session:
        session.execute(delete(Person).where(Person.id == 1))
    with store.begin("Plusieurs fois") as session:
        session.get_one(Person, 2).phone = "1"
        session.flush()
        session.get_one(Person, 2).phone = "2"
    for action in (6, 5, 4, 3):
        with store.begin() as session:
            undo(session, action)
    assert state(store, "person") == before


def test_what_changed_since_is_not_undone(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.get_one(Person, 1).phone = "06"
    with pytest.raises(Refused, match="modifiées depuis"), store.begin() as session:
        undo(session, 1)
    assert people(store) == ["Durand"]


def test_what_was_undone_is_not_undone_twice(store: Store) -> None:
    add_people(store, "Durand")
    undo_last(store)
    with pytest.raises(Refused, match="modifiées depuis"), store.begin() as session:
        undo(session, 1)


def test_what_others_hang_on_is_not_undone(store: Store) -> None:
    with store.begin("Famille") as session:
        kind = family(session)
    with store.begin() as session:
        asset(session, "PC-1", kind)
    with pytest.raises(Refused, match="d’autres fiches en dépendent"), store.begin() as session:
        undo(session, 1)


def document(entity: str, record_id: int) -> Document:
    return Document(entity=entity, record_id=record_id, name="facture.pdf", sha256="0", size=1)


def test_a_record_with_a_later_document_is_not_undone(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.add(document("person", 1))
    with pytest.raises(Refused, match="documents"), store.begin() as session:
        undo(session, 1)
    undo_last(store)
    with store.begin() as session:
        undo(session, 1)
    assert people(store) == []


def test_a_record_made_with_its_document_is_undone(store: Store) -> None:
    with store.begin() as session:
        one = person()
        session.add(one)
        session.flush()
        session.add(document("person", one.id))
    undo_last(store)
    assert state(store, "person", "document") == {"person": [], "document": []}


def test_erased_values_cannot_come_back(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.get_one(Person, 1).phone = "06"
    by_hand(store.path, "UPDATE history SET before = NULL WHERE seq = 2")
    with pytest.raises(Refused, match="effacées"):
        undo_last(store)


def test_a_column_of_an_older_schema_is_left_out(store: Store) -> None:
    add_people(store, "Durand")
    with store.begin() as session:
        session.get_one(Person, 1).last_name = "Dupont"
    before = json.dumps({"former": 1, "id": 1, "last_name": "Durand"})
    by_hand(store.path, f"UPDATE history SET before = '{before}' WHERE seq = 2")
    undo_last(store)
    assert people(store) == ["Durand"]


def test_an_unknown_action_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound), store.begin() as session:
        undo(session, 12)
