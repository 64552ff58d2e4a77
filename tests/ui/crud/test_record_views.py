"""Lists of linked records, in a pane and on a page."""

import pytest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.entities.base import Linked
from app.services import records, setup
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from tests.ui.fakes import settle

PANE = 430
KEPT = [link for entity in ENTITIES.values() if not entity.own_page for link in entity.linked]


def linked(qtbot: QtBot, desk: Desk, key: str, via: str, width: int) -> LinkedList:
    made = LinkedList(desk, key, via, 1, "Aucun")
    qtbot.addWidget(made)
    made.resize(width, 300)
    made.show()
    settle(qtbot)
    return made


@pytest.mark.parametrize("link", KEPT, ids=lambda link: f"{link.entity}-{link.via}")
def test_no_list_of_a_pane_is_scrolled_to_reach_its_state(qtbot: QtBot, desk: Desk, link: Linked) -> None:
    made = linked(qtbot, desk, link.entity, link.via, PANE)
    shown = [field.name for field in made.model.fields]
    assert made.table.horizontalScrollBar().maximum() == 0
    state = "standing" if "standing" in shown else made.model.entity.badge  # that of the day, if any
    assert state in {"", *shown}
    assert len(shown) >= 2


def test_a_ticket_keeps_its_number_its_subject_and_its_state(qtbot: QtBot, desk: Desk) -> None:
    made = linked(qtbot, desk, "ticket", "asset_id", PANE)
    assert [field.label for field in made.model.fields] == ["N°", "Objet", "État"]


def test_room_brings_the_other_columns(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin() as session:
        setup.ensure(session)
        person = records.create(session, ENTITIES["person"], {"last_name": "Morvan"})
        records.create(session, ENTITIES["asset"], {"family_id": 1, "person_id": person, "brand": "Dell"})
    made = linked(qtbot, desk, "asset", "person_id", PANE)
    few = len(made.model.fields)
    made.resize(1200, 300)
    settle(qtbot, lambda: few < len(made.model.fields) == 6 and made.model.rowCount() == 1)
    assert [field.label for field in made.model.fields][-2:] == ["Expertise", "Statut"]


def test_an_empty_list_holds_in_a_low_pane(qtbot: QtBot, desk: Desk) -> None:
    made = linked(qtbot, desk, "ticket", "asset_id", PANE)
    assert made.minimumSizeHint().height() < 110
