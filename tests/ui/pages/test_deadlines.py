"""Stories of the échéancier: read, filtered, dealt with, taken back, sent to a calendar."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import this_day
from app.services import records, setup
from app.storage import Store
from app.storage import undo as reversal
from app.ui.crud.form import FormDialog
from app.ui.pages.acts import ActDialog
from app.ui.pages.deadlines import DeadlinesPage
from app.ui.pages.deadlines_acts import HandleButton
from app.ui.pages.deadlines_table import ACT, COLUMNS, STATE, THING, WHY
from app.ui.parts.marks import MARK
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

TODAY = this_day()


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def page(qtbot: QtBot, store: Store, answers: Answers) -> DeadlinesPage:
    """A reminder missed, a licence to deal with, a guarantee of two assets far away, another one over."""
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, ENTITIES["reminder"], {"label": "Rappeler Yanis", "due_on": ahead(-3)})
        records.create(session, ENTITIES["licence"], {"name": "ESET", "expires_on": ahead(2), "supplier": "Lumeo"})
        for when in (ahead(200), ahead(200), ahead(-20)):
            values = {"family_id": 1, "warranty_end": when, "supplier": "Hautecour"}
            records.create(session, ENTITIES["asset"], values)
    made = DeadlinesPage(make_desk(qtbot, store, answers), UiState())
    for action in made.section_actions():
        action.setParent(made)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot)
    return made


def lines(page: DeadlinesPage, column: int = THING) -> list[str]:
    kept = [row for row in range(page.model.rowCount()) if page.model.deadline(row)]
    return [str(page.model.index(row, column).data()).replace("\u00a0", " ") for row in kept]


def row_of(page: DeadlinesPage, title: str) -> int:
    return next(
        at for at in range(page.model.rowCount()) if (one := page.model.deadline(at)) and one.title.startswith(title)
    )


def test_what_is_missed_comes_first_and_what_merely_ended_last(page: DeadlinesPage) -> None:
    assert lines(page) == [
        "Rappeler Yanis", "Fin de LIC-0001 ESET", "Fin de garantie de 2 biens (Hautecour)",
        "Inventaire annuel du parc", "Fin de garantie de PC-0003",
    ]  # fmt: skip
    assert lines(page, STATE) == ["En retard", "À faire", "À venir", "À venir", "Passée"]
    headings = [page.model.index(at, 0).data() for at in page.model.headings()]
    assert str(headings[0]).replace("\u00a0", " ") == "En retard  ·  1 échéance"
    late = page.model.index(row_of(page, "Rappeler"), STATE).data(MARK)
    over = page.model.index(row_of(page, "Fin de garantie de PC"), STATE).data(MARK)
    assert (late.tone, late.loud, over.tone, over.glyph) == ("warn", True, "mute", "circle-minus")
    assert page.sentence().replace("\u00a0", " ") == "5 échéances  ·  1 en retard, 1 à faire"
    spoken = page.model.index(row_of(page, "Rappeler"), ACT).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Rappeler Yanis, En retard, à faire avant le ")


def test_two_are_dealt_with_together_and_stay_to_read(qtbot: QtBot, page: DeadlinesPage) -> None:
    assert not page.findChildren(HandleButton)[0].isEnabled()
    for title in ("Rappeler", "Fin de garantie de 2"):
        page.table.selectionModel().select(
            page.model.index(row_of(page, title), 0),
            page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows,
        )
    press(page, "Traiter…")
    dialog = opened(page, ActDialog)
    press(dialog, "Marquer comme traitées")
    assert "Ce champ est obligatoire." in shown(dialog)
    write(dialog, "reason", "Prolonge pour un an")
    press(dialog, "Marquer comme traitées")
    qtbot.waitUntil(lambda: len(lines(page)) == 3)
    press_chip(page, "states", "Traitée (2)")
    assert {line.split(" : ")[1] for line in lines(page, WHY)} == {"Prolonge pour un an"}
    assert len(lines(page)) == 2
    page.table.selectRow(1)
    page._offer(page.table.rect().center())
    pick(page, "Remettre à l’échéancier")
    qtbot.waitUntil(lambda: len(lines(page)) == 1)


def press_chip(page: DeadlinesPage, name: str, words: str) -> None:
    page.chips[name].click()
    pick(page, words)


def test_handling_is_undone_and_a_key_is_enough(qtbot: QtBot, page: DeadlinesPage) -> None:
    page.table.selectRow(row_of(page, "Rappeler"))
    page.table.setFocus()
    page.handle()
    dialog = opened(page, ActDialog)
    write(dialog, "reason", "Fait")
    press(dialog, "Marquer comme traitée")
    qtbot.waitUntil(lambda: "Rappeler Yanis" not in lines(page))
    number = page.desk.store.last_action_id
    assert number
    with page.desk.store.begin("Annulation") as session:
        reversal.undo(session, number)
    qtbot.waitUntil(lambda: "Rappeler Yanis" in lines(page))


def test_it_is_limited_by_words_by_chips_and_by_month(qtbot: QtBot, page: DeadlinesPage) -> None:
    QTest.keyClicks(page.search, "eset")
    qtbot.waitUntil(lambda: lines(page) == ["Fin de LIC-0001 ESET"])
    page.search.setText("rien de tel")
    qtbot.waitUntil(lambda: "Aucune échéance ne correspond" in shown(page))
    press(page, "Effacer les filtres")
    qtbot.waitUntil(lambda: len(lines(page)) == 5)
    press_chip(page, "kinds", "Garantie (2)")
    assert len(lines(page)) == 2
    page.chips["kinds"].cleared.emit()
    press_chip(page, "providers", "Lumeo")
    assert lines(page) == ["Fin de LIC-0001 ESET"]
    page.chips["providers"].cleared.emit()
    late = page.months.buttons[0]
    assert (late.cell.count, late.cell.tone) == (1, "warn")
    late.click()
    assert lines(page) == ["Rappeler Yanis"]
    QTest.keyClick(late, Qt.Key.Key_Return)
    assert len(lines(page)) == 5


def test_a_line_leads_to_what_it_is_about(page: DeadlinesPage) -> None:
    went: list[tuple[str, int]] = []
    lists: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, number: went.append((key, number)))
    page.desk.show_list.connect(lambda key, query: lists.append((key, len(query.ids or ()))))
    page.table.activated.emit(page.model.index(0, 0))
    page.table.activated.emit(page.model.index(row_of(page, "Fin de LIC"), 0))
    page.table.activated.emit(page.model.index(row_of(page, "Fin de garantie de 2"), 0))
    assert (went, lists) == ([("licence", 1)], [("asset", 2)])
    page.table.activated.emit(page.model.index(row_of(page, "Rappeler"), 0))
    assert opened(page, FormDialog).record_id == 1


def test_a_reminder_is_added_without_leaving(qtbot: QtBot, page: DeadlinesPage) -> None:
    press(page, "Ajouter un rappel…")
    form = opened(page, FormDialog)
    form.form.editors["label"].put_text("Revoir le forfait mobile")
    form.form.editors["due_on"].put_text(ahead(40).strftime("%d/%m/%Y"))
    press(form, "Enregistrer")
    qtbot.waitUntil(lambda: "Revoir le forfait mobile" in lines(page))


def test_it_goes_to_excel_and_to_a_calendar(
    qtbot: QtBot, page: DeadlinesPage, answers: Answers, tmp_path: Path
) -> None:
    answers.saves = [None, None, tmp_path / "e.xlsx", tmp_path / "e.ics"]
    page.export()
    page.export_calendar()
    page.want(text="fin")
    press(page, "Exporter vers Excel")
    qtbot.waitUntil(lambda: (tmp_path / "e.xlsx").exists() and not page.desk.jobs.busy)
    assert load_workbook(tmp_path / "e.xlsx")["Échéancier"].max_row == 4
    press(page, "Exporter .ics…")
    events = Calendar.from_ical((tmp_path / "e.ics").read_bytes()).walk("VEVENT")
    assert {str(event["status"]) for event in events} == {"CONFIRMED"}
    assert len(events) == 2


def test_a_narrow_window_keeps_what_when_and_the_state(qtbot: QtBot, page: DeadlinesPage) -> None:
    page.resize(900, 600)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(WHY))
    assert not any(page.table.isColumnHidden(at) for at in (ACT, THING, STATE))
    page.resize(1400, 600)
    qtbot.waitUntil(lambda: not any(page.table.isColumnHidden(at) for at in range(len(COLUMNS))))


def test_an_empty_base_says_where_deadlines_come_from(qtbot: QtBot, store: Store, answers: Answers) -> None:
    with store.begin() as session:
        setup.ensure(session)
    page = DeadlinesPage(make_desk(qtbot, store, answers), UiState())
    qtbot.addWidget(page)
    page.show()
    assert "vient ici de lui-même" in shown(page)
