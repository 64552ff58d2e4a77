"""Rooms and services: counted, renamed and joined everywhere at once, and undone as one act."""

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.models import Asset, Need, Person
from app.models.codes import NeedSource
from app.services import history, premises, records, setup
from app.services.premises import Room, Service
from app.storage import Store
from app.storage import undo as reversal


@pytest.fixture
def ready(store: Store) -> Store:
    with store.begin() as session:
        setup.ensure(session)
        for name in ("Dijon", "Beaune"):
            records.create(session, ENTITIES["site"], {"name": name})
        for site, room, service in (
            (1, "2.04", "Pose"), (1, "Bureau 2.04", "pose"), (1, "Atelier", None), (2, "2.04", "Compta"),
            (None, "Itinérant", None), (1, None, "Compta"),
        ):  # fmt: skip
            records.create(
                session, ENTITIES["asset"], {"family_id": 1, "site_id": site, "room": room, "service": service}
            )
        records.create(session, ENTITIES["person"], {"last_name": "Roux", "service": "pose"})
        records.create(session, ENTITIES["person"], {"last_name": "Noir", "service": "École"})
        session.add(Need(number="B-1", source=NeedSource.USER, statement="x", service="Pose"))
    return store


def test_each_room_is_counted_by_site(ready: Store) -> None:
    with ready.read() as session:
        assert premises.rooms(session) == [
            Room(2, "Beaune", "2.04", 1),
            Room(1, "Dijon", "2.04", 1),
            Room(1, "Dijon", "Atelier", 1),
            Room(1, "Dijon", "Bureau 2.04", 1),
            Room(None, "Sans site", "Itinérant", 1),
        ]


def test_each_service_is_counted(ready: Store) -> None:
    with ready.read() as session:
        assert premises.services(session) == [
            Service("Compta", 2, 0, 0),
            Service("École", 0, 1, 0),
            Service("Pose", 1, 0, 1),
            Service("pose", 1, 1, 0),
        ]


def test_rooms_of_one_site_join_and_it_is_undone(ready: Store) -> None:
    with ready.begin("Locaux") as session:
        assert premises.rename_rooms(session, 1, ["2.04", "Bureau 2.04"], " Bureau  2.04 ") == 1
    with ready.read() as session:
        assert [room.assets for room in premises.rooms(session) if room.name == "Bureau 2.04"] == [2]
        assert premises.rooms(session)[0] == Room(2, "Beaune", "2.04", 1)
        assert history.of_record(session, ENTITIES["asset"], 1)[0].fields == (("Local", "2.04", "Bureau 2.04"),)
    with ready.begin("Annulation") as session:
        reversal.undo(session, ready.last_action_id or 0)
    with ready.read() as session:
        assert session.get_one(Asset, 1).room == "2.04"


def test_a_room_without_site(ready: Store) -> None:
    with ready.begin() as session:
        assert premises.rename_rooms(session, None, ["Itinérant"], "Chantiers") == 1


def test_services_join_on_assets_people_and_needs(ready: Store) -> None:
    with ready.begin() as session:
        assert premises.rename_services(session, ["pose", "Pose"], "Pose et chantiers") == 4
        assert session.get_one(Person, 1).service == "Pose et chantiers"
        assert session.query(Need).one().service == "Pose et chantiers"


@pytest.mark.parametrize("name", ["  ", "x" * 81])
def test_a_name_that_cannot_be(ready: Store, name: str) -> None:
    with pytest.raises(InvalidFields), ready.begin() as session:
        premises.rename_services(session, ["Pose"], name)
