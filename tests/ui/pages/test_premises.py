"""A story of rooms and services put in order."""

import pytest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import records, setup
from app.services.listing import Query
from app.storage import Store
from app.ui.pages.acts import ActDialog
from app.ui.pages.premises import PremisesPage
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press


@pytest.fixture
def page(qtbot: QtBot, store: Store) -> PremisesPage:
    with store.begin() as session:
        setup.ensure(session)
        for name in ("Dijon", "Beaune"):
            records.create(session, ENTITIES["site"], {"name": name})
        for site, room, service in ((1, "2.04", "Pose"), (1, "Bureau 2.04", "pose"), (2, "Quai", None)):
            values = {"family_id": 1, "site_id": site, "room": room, "service": service}
            records.create(session, ENTITIES["asset"], values)
    made = PremisesPage(make_desk(qtbot, store, Answers()), UiState())
    qtbot.addWidget(made)
    made.resize(1280, 600)
    made.show()
    settle(qtbot)
    return made


def rooms(page: PremisesPage) -> list[str]:
    with page.desk.read() as session:
        return [records.get(session, ENTITIES["asset"], n).values["room"] for n in (1, 2, 3)]


def choose(page: PremisesPage, table: str, *lines: int) -> None:
    target = getattr(page, table)
    target.setSelectionMode(target.SelectionMode.MultiSelection)
    target.clearSelection()
    for line in lines:
        target.selectRow(line)


def test_two_writings_of_one_room_are_joined(qtbot: QtBot, page: PremisesPage) -> None:
    assert page.sentence().replace("\u00a0", " ") == "3 locaux  ·  2 services"
    choose(page, "rooms", 0, 1)
    assert not page.rename_rooms.isEnabled()  # of two sites
    choose(page, "rooms", 1, 2)
    press(page, "Réunir ces 2…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["name"].put_text("")
    dialog.accept()
    assert dialog.isVisible()
    dialog.form.editors["name"].put_text("Bureau 2.04")
    dialog.accept()
    qtbot.waitUntil(lambda: rooms(page) == ["Bureau 2.04", "Bureau 2.04", "Quai"])
    qtbot.waitUntil(lambda: page.sentence().startswith("2"))


def test_a_service_is_renamed(qtbot: QtBot, page: PremisesPage) -> None:
    choose(page, "services", 0, 1)
    press(page, "Réunir ces 2…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["name"].put_text("Pose")
    dialog.accept()
    qtbot.waitUntil(lambda: page.sentence().endswith("1\u00a0service"))


def test_a_line_opens_the_assets_behind_it(page: PremisesPage) -> None:
    went: list[Query] = []
    page.desk.show_list.connect(lambda _, query: went.append(query))
    page.rooms.opened.emit(0)
    page.services.opened.emit(0)
    assert [f.field for f in went[0].filters] == ["site_id", "room"]
    assert went[1].filters[0].values == ("Pose",)


def test_an_empty_company_is_told_where_they_come_from(qtbot: QtBot, store: Store) -> None:
    page = PremisesPage(make_desk(qtbot, store, Answers()), UiState())
    qtbot.addWidget(page)
    page.show()
    went: list[str] = []
    page.desk.show_list.connect(lambda key, _: went.append(key))
    press(page, "Voir les biens")
    assert went == ["asset"]
