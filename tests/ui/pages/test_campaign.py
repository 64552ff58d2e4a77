"""Stories of a physical inventory: opened, read, ticked by keys, closed."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.jobs import drain
from app.services import campaigns, records, setup
from app.services.campaigns import Counts
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.campaign import CampaignPage
from app.ui.pages.campaigns import CampaignsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.reports.reading import pages_of
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

ASSET, LINE = ENTITIES["asset"], ENTITIES["campaign_line"]
LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """Four assets in two rooms."""
    with store.begin() as session:
        setup.ensure(session)
        for number, room in enumerate(("Accueil", "Accueil", "Atelier", "Atelier"), 1):
            values = {"family_id": 1, "brand": "Dell", "model": "Pro", "serial": f"S{number}", "room": room}
            records.create(session, ASSET, values)
    return make_desk(qtbot, store, answers)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CampaignPage:
    values = {"title": "Inventaire annuel", "opened_on": date(2026, 11, 20)}
    made = CampaignPage(desk, drain(campaigns.open_job(desk.store, values)))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    made.setFocus()
    settle(qtbot, lambda: made.panel.model.rowCount() == 4)
    return made


def counts(page: CampaignPage) -> Counts:
    with page.desk.read() as session:
        return campaigns.counts(session, page.record_id)


def scan(page: CampaignPage, code: str) -> None:
    """As a reader does: signs, then Enter, wherever the focus is on the page."""
    for sign in code:
        QTest.keyClicks(page.focusWidget() or page, sign)
    QTest.keyClick(page.focusWidget() or page, ENTER)


def rows(page: CampaignPage, name: str) -> list[str]:
    model = page.panel.model
    at = page.panel.query.columns.index(name)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def line(page: CampaignPage, at: int) -> dict[str, Any]:
    with page.desk.read() as session:
        return records.get(session, LINE, at).values


def tell(desk: Desk) -> list[str]:
    told: list[str] = []
    desk.done.connect(lambda text, _: told.append(text))
    return told


def test_a_campaign_is_opened_from_the_list(qtbot: QtBot, desk: Desk) -> None:
    went: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: went.append((key, record)))
    section = CampaignsPage(desk, UiState())
    qtbot.addWidget(section)
    section.show()
    settle(qtbot, lambda: section.body.currentIndex() == 1)
    press(section, "Ouvrir une campagne")
    dialog = opened(section, ActDialog)
    write(dialog, "held_by", "Karim")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(went), timeout=5000)
    assert went == [("campaign", 1)]
    with desk.read() as session:
        assert campaigns.counts(session, 1) == Counts(to_find=4)


def test_a_campaign_of_a_site_where_nothing_is_stays_in_its_dialog(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin() as session:
        site = records.create(session, ENTITIES["site"], {"name": "Nuits"})
    section = CampaignsPage(desk, UiState())
    qtbot.addWidget(section)
    section.show()
    section.new()
    dialog = opened(section, ActDialog)
    dialog.form.editors["site_id"].show(site)
    dialog.accept()
    assert "Aucun bien n’est noté sur ce site." in shown(dialog)
    dialog.form.editors["site_id"].show(None)
    dialog.accept()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    settle(qtbot, lambda: not desk.jobs.busy)


def test_a_campaign_is_corrected_and_followed_by_another_from_the_list(qtbot: QtBot, page: CampaignPage) -> None:
    desk = page.desk
    desk.act("essai", lambda s: records.update(s, ENTITIES["campaign"], 1, {"held_by": "Karim"}))
    section = CampaignsPage(desk, UiState())
    qtbot.addWidget(section)
    section.show()
    settle(qtbot, lambda: section.panel.model.rowCount() == 1)
    section.panel.table.selectRow(0)
    section.edit()
    dialog = opened(section, ActDialog)
    assert "site_id" not in dialog.form.editors
    write(dialog, "title", "Printemps")
    dialog.accept()
    with desk.read() as session:
        assert records.get(session, ENTITIES["campaign"], 1).values["title"] == "Printemps"
    section.duplicate()
    following = opened(section, ActDialog)
    assert following.form.editors["held_by"].text() == "Karim"
    assert following.form.editors["title"].text().startswith("Inventaire physique 20")
    following.reject()


def test_a_reader_ticks_and_the_field_waits_for_the_next(page: CampaignPage) -> None:
    told = tell(page.desk)
    scan(page, "PCM:B:PC-0001")
    assert "PC-0001 Dell Pro" in shown(page.reader)
    assert "Trouvé à sa place (Accueil)." in shown(page.reader)
    assert page.reader.field.text() == ""
    scan(page, "s2")
    assert counts(page) == Counts(to_find=2, found=2)
    assert [page.tiles[key].data.number for key in ("to_find", "found")] == ["2", "2"]
    assert told == ["PC-0001 Dell Pro\u00a0: pointé", "PC-0002 Dell Pro\u00a0: pointé"]
    assert page.sentence() == "INV-2026-001  ·  2\u00a0trouvés sur 4"
    scan(page, "   ")
    assert counts(page).found == 2
    scan(page, "ZZZ9")
    assert told[-1] == "ZZZ9\u00a0: noté, inconnu du parc"


def test_a_reading_is_taken_back(page: CampaignPage) -> None:
    scan(page, "PC-0003")
    press(page.reader, "Annuler")
    assert counts(page) == Counts(to_find=4)
    assert "puis Entrée" in shown(page.reader)


def test_a_room_said_once_tells_what_was_moved_and_corrects_it(page: CampaignPage) -> None:
    QTest.keyClicks(page.reader.room.widget, "Salle 2")
    page.reader.field.setFocus()
    scan(page, "PC-0001")
    assert "attendu dans «\u00a0Accueil\u00a0»" in shown(page.reader)
    press(page.reader, "Corriger sa fiche")
    scan(page, "PC-0003")
    press(page.foot, "Corriger 1\u00a0local")
    with page.desk.read() as session:
        assert [records.get(session, ASSET, at).values["room"] for at in (1, 3)] == ["Salle 2", "Salle 2"]
    assert not page.foot.places.isVisible()
    assert counts(page).elsewhere == 2


def test_an_unknown_code_becomes_an_asset_in_two_clicks(page: CampaignPage) -> None:
    scan(page, "5CG4120R8K")
    assert "il est noté comme non attendu" in shown(page.reader)
    press(page.reader, "Créer le bien…")
    form = opened(page, FormDialog)
    form.form.editors["family_id"].show(1)
    form.accept()
    assert line(page, 5)["asset_id"] == 5
    with page.desk.read() as session:
        assert records.get(session, ASSET, 5).values["serial"] == "5CG4120R8K"
    assert counts(page) == Counts(to_find=4, unexpected=1)


def test_keys_tick_one_row_after_the_other(qtbot: QtBot, page: CampaignPage) -> None:
    QTest.keyClick(page.reader.field, Qt.Key.Key_Down)
    assert page.panel.table.hasFocus()
    QTest.keyClicks(page.panel.table, "t")
    qtbot.waitUntil(lambda: counts(page).found == 1)
    QTest.keyClicks(page.panel.table, "n")
    qtbot.waitUntil(lambda: counts(page).missing == 1)
    assert rows(page, "result") == ["Trouvé", "Non trouvé", "À trouver", "À trouver"]
    assert page.panel.table.currentIndex().row() == 2
    QTest.keyClicks(page.panel.table, "t")
    QTest.keyClick(page.panel.table, Qt.Key.Key_Up)
    assert counts(page).found == 2
    QTest.keyClick(page.panel.table, Qt.Key.Key_Delete)
    assert counts(page) == Counts(to_find=2, found=1, missing=1)


def test_a_code_that_begins_as_a_key_is_still_a_code(page: CampaignPage) -> None:
    """NAS-0001 read while the list has the focus ticks no row as missing."""
    page.panel.table.selectRow(0)
    page.panel.table.setFocus()
    scan(page, "NTS-9")
    assert counts(page) == Counts(to_find=4, unexpected=1)
    assert line(page, 5)["code_read"] == "NTS-9"


def test_a_tile_keeps_its_lines_and_a_ticked_one_leaves(qtbot: QtBot, page: CampaignPage) -> None:
    scan(page, "PC-0001")
    QTest.mouseClick(page.tiles["to_find"], LEFT)
    settle(qtbot, lambda: page.panel.model.rowCount() == 3)
    page.panel.table.selectRow(1)
    press(page.foot, "Trouvé (T)")
    settle(qtbot, lambda: page.panel.model.rowCount() == 2)
    assert rows(page, "asset_id") == ["PC-0002 Dell Pro", "PC-0004 Dell Pro"]
    assert page.panel.table.currentIndex().row() == 1
    page.panel.chips["result"].cleared.emit()
    settle(qtbot, lambda: page.panel.model.rowCount() == 4)
    assert not page.tiles["to_find"].isChecked()


def test_a_row_found_elsewhere_and_what_there_is_to_say_of_it(page: CampaignPage) -> None:
    page.panel.table.selectRow(0)
    press(page.foot, "Ailleurs…")
    dialog = opened(page, ActDialog)
    write(dialog, "room", "Quai")
    dialog.accept()
    press(page.foot, "Remarque…")
    note = opened(page, ActDialog)
    write(note, "notes", "Dans la remise")
    note.accept()
    kept = line(page, 1)
    assert (kept["result"].value, kept["room"], kept["notes"]) == ("found", "Quai", "Dans la remise")


def test_many_rows_are_ticked_at_once(qtbot: QtBot, page: CampaignPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.pages.campaign_acts.MANY", 2)
    told = tell(page.desk)
    page.panel.table.selectAll()
    press(page.foot, "Non trouvé (N)")
    settle(qtbot, lambda: bool(told))
    assert told == ["4\u00a0biens non trouvés"]
    assert counts(page) == Counts(missing=4)


def test_the_menu_of_a_row_opens_its_asset(qtbot: QtBot, page: CampaignPage) -> None:
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, record: went.append((key, record)))
    page.panel.table.selectRow(1)
    page.panel.table.customContextMenuRequested.emit(page.panel.table.rect().center())
    pick(page, "Ouvrir le bien")
    assert went == [("asset", 2)]
    scan(page, "INCONNU9")
    settle(qtbot, lambda: page.panel.model.rowCount() == 5)
    page.open_line(5)
    opened(page, FormDialog).reject()


def test_closing_asks_and_reopening_goes_on(qtbot: QtBot, page: CampaignPage, answers: Answers) -> None:
    told = tell(page.desk)
    scan(page, "PC-0001")
    answers.confirms = [False, True]
    press(page, "Clore la campagne")
    assert "3\u00a0biens sont encore à trouver\u00a0: ils deviendront «\u00a0Non trouvé\u00a0»" in answers.told[0][1]
    press(page, "Clore la campagne")
    settle(qtbot, lambda: len(told) == 2 and not page.desk.jobs.busy)
    assert told[1] == "Campagne close\u00a0: 3\u00a0biens non trouvés"
    assert not page.reader.isVisible()
    assert not page.foot.acts["found"].isVisible()
    QTest.keyClicks(page.panel.table, "x")
    press(page, "Rouvrir")
    assert page.reader.isVisible()
    assert counts(page) == Counts(to_find=3, found=1)


def test_what_the_campaign_is_can_be_corrected_and_it_goes_to_the_bin(page: CampaignPage) -> None:
    page.edit()
    dialog = opened(page, ActDialog)
    write(dialog, "title", "Inventaire de printemps")
    dialog.accept()
    assert "Inventaire de printemps" in shown(page.head)
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    press(page.head, "Autres actions")
    pick(page, "Mettre à la corbeille")
    assert closed


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Écarts de la campagne…", "Écarts de l’inventaire physique"),
        ("Liste à pointer à la main…", "Liste des biens à pointer"),
    ],
)
def test_its_papers_open_in_the_preview(qtbot: QtBot, page: CampaignPage, words: str, title: str) -> None:
    press(page.head, "Imprimer")
    pick(page, words)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(Preview)), timeout=20_000)
    found = opened(page, Preview)
    assert title in pages_of(found.paper.pdf)[0]
    found.close()


def test_the_list_is_exported_as_it_is_shown(qtbot: QtBot, page: CampaignPage, answers: Answers, tmp_path: Any) -> None:
    told = tell(page.desk)
    answers.saves = [tmp_path / "campagne.csv"]
    press(page, "Exporter vers Excel")
    settle(qtbot, lambda: bool(told))
    assert "PC-0001 Dell Pro" in (tmp_path / "campagne.csv").read_text(encoding="utf-8-sig")


def test_a_sign_typed_on_the_page_goes_to_the_field(page: CampaignPage) -> None:
    tile: QWidget = page.tiles["found"]
    tile.setFocus()
    QTest.keyClicks(tile, "p")
    assert page.reader.field.text() == "p"
    QTest.keyClick(page.reader.field, Qt.Key.Key_Escape)
    assert page.reader.field.text() == ""
    assert QApplication.focusWidget() in {page.reader.field, None}


def test_the_page_holds_on_a_low_and_narrow_screen(page: CampaignPage) -> None:
    least = page.minimumSizeHint()
    assert least.width() <= 960
    assert least.height() <= 560
