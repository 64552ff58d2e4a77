"""A story of the network read by site: filtered, exported, leading to its assets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import records, setup
from app.storage import Store
from app.ui.pages.network import NetworkPage
from app.ui.parts.marks import MARK
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import press, shown


@pytest.fixture
def page(qtbot: QtBot, store: Store, answers: Answers) -> NetworkPage:
    """Two hosts with the same address, one with a MAC address alone."""
    with store.begin() as session:
        setup.ensure(session)
        for ip, mac in (("10.0.0.10", None), ("10.0.0.10", None), (None, "02:00:5e:00:00:01")):
            records.create(session, ENTITIES["asset"], {"family_id": 1, "brand": "Dell", "ip": ip, "mac": mac})
    made = NetworkPage(make_desk(qtbot, store, answers), UiState())
    qtbot.addWidget(made)
    made.resize(1280, 600)
    made.show()
    settle(qtbot)
    return made


def lines(page: NetworkPage) -> list[str]:
    return [str(page.model.index(row, 0).data()).replace("\u00a0", " ") for row in range(page.model.rowCount())]


def test_hosts_stand_under_their_subnet_and_doubles_are_flagged(page: NetworkPage) -> None:
    assert lines(page) == [
        "Sans site  ·  10.0.0.0/24  ·  2 appareils", "10.0.0.10", "10.0.0.10",
        "Sans site  ·  Sans adresse IP  ·  1 appareil", "–",
    ]  # fmt: skip
    clash = page.model.index(1, 6)
    assert (clash.data(), clash.data(MARK).tone) == ("IP", "warn")
    assert page.sentence().replace("\u00a0", " ") == "3 appareils dans 2 sous-réseaux  ·  2 avec une adresse en double"
    assert not page.model.flags(page.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_words_filter_and_the_way_out_is_offered(qtbot: QtBot, page: NetworkPage) -> None:
    QTest.keyClicks(page.search, "02:00")
    qtbot.waitUntil(lambda: len(lines(page)) == 2)
    page.search.setText("rien de tel")
    qtbot.waitUntil(lambda: "Aucun appareil ne correspond" in shown(page))
    press(page, "Effacer les filtres")
    qtbot.waitUntil(lambda: len(lines(page)) == 5)


def test_a_host_leads_to_its_asset_and_a_change_is_followed(qtbot: QtBot, page: NetworkPage) -> None:
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, number: went.append((key, number)))
    page.table.activated.emit(page.model.index(0, 0))
    page.table.activated.emit(page.model.index(1, 0))
    assert went == [("asset", 1)]
    with page.desk.store.begin("Adresse") as session:
        records.update(session, ENTITIES["asset"], 1, {"ip": "10.0.0.9"})
    qtbot.waitUntil(lambda: lines(page)[1] == "10.0.0.9")


def test_it_goes_to_excel(qtbot: QtBot, page: NetworkPage, answers: Answers, tmp_path: Path) -> None:
    answers.saves = [None, tmp_path / "reseau.xlsx"]
    page.export()
    press(page, "Exporter vers Excel")
    qtbot.waitUntil(lambda: (tmp_path / "reseau.xlsx").exists() and not page.desk.jobs.busy)


def test_an_empty_network_says_where_it_comes_from(qtbot: QtBot, store: Store, answers: Answers) -> None:
    with store.begin() as session:
        setup.ensure(session)
    page = NetworkPage(make_desk(qtbot, store, answers), UiState())
    qtbot.addWidget(page)
    page.show()
    went: list[str] = []
    page.desk.show_list.connect(lambda key, _: went.append(key))
    press(page, "Voir les biens")
    assert went == ["asset"]
