"""A part of the history to hand over: its entries sealed, the chain through them, what was altered or erased."""

from app.models import Person
from app.storage import Store, extract
from app.storage.extract import Entry
from tests.storage.things import add_people, by_hand


def entries(store: Store, *ids: int) -> list[Entry]:
    with store.read() as session:
        return extract.entries(session, {"person": ids, "site": ()})


def test_the_entries_of_some_records_come_in_their_order(store: Store) -> None:
    add_people(store, "Durand", "Martin", "Petit")
    with store.begin("Départ") as session:
        session.get_one(Person, 1).first_name = "Zoé"
    found = entries(store, 3, 1)
    assert [(one.seq, one.record_id, one.kind) for one in found] == [
        (1, 1, "insert"), (3, 3, "insert"), (4, 1, "update"),
    ]  # fmt: skip
    assert all(one.is_sound and not one.is_outside for one in found)


def test_the_chain_runs_from_an_entry_to_the_head(store: Store) -> None:
    with store.read() as session:
        assert (extract.head(session), list(extract.links(session, 1))) == ((0, ""), [])
    add_people(store, "Durand", "Martin", "Petit")
    with store.read() as session:
        links = list(extract.links(session, 2))
        assert [link.seq for link in links] == [2, 3]
        assert links[1].prev == links[0].hash
        assert extract.head(session) == (3, links[1].hash)


def test_what_was_altered_is_told_and_what_was_erased_is_not(store: Store) -> None:
    add_people(store, "Durand", "Martin", "Petit")
    by_hand(store.path, "UPDATE history SET after = replace(after, 'Durand', 'Dupont') WHERE seq = 1")
    by_hand(store.path, "UPDATE history SET before = NULL, after = NULL, salt = NULL WHERE seq = 2")
    by_hand(store.path, "UPDATE history SET who = 'Quelqu’un' WHERE seq = 3")
    assert [one.is_sound for one in entries(store, 1, 2, 3)] == [False, True, False]


def test_what_another_program_wrote_is_known(store: Store) -> None:
    add_people(store, "Durand")
    by_hand(store.path, "UPDATE person SET first_name = 'Zoé'")
    assert len(entries(store, 1)) == 1, "not sealed yet"
    add_people(store, "Martin")
    assert [one.is_outside for one in entries(store, 1)] == [False, True]
