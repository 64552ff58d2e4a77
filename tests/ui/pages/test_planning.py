"""Stories of the planning: a week walked and moved by keys and by hand, a month, a round, what was missed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import Site, Visit
from app.models.upkeep_codes import VisitStatus
from app.services.listing import Query
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.planning import LIST, MONTH, ROUND, WEEK, PlanningPage
from app.ui.parts.visit_card import VisitCard, carried
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.story import text_of
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

Make = Callable[..., PlanningPage]
MONDAY = this_day() - timedelta(days=this_day().weekday()) + timedelta(days=14)
"""Of a week to come."""
NEXT, CTRL = Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier


def add(session: Any, label: str, on: date, **values: Any) -> int:
    days = {"due_on": on, "planned_on": on, "earliest_on": on - timedelta(days=3), "latest_on": on + timedelta(days=3)}
    one = Visit(number=f"V-{on.year}-{session.query(Visit).count() + 1:04d}", label=label, **{**days, **values})
    session.add(one)
    session.flush()
    return one.id


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page on the week of MONDAY: two visits of Yanis on two sites, one of nobody, one missed long ago."""

    def made(view: int = WEEK) -> PlanningPage:
        with desk.store.begin("essai") as session:
            sites = [Site(name="Dijon", postal_code="21000"), Site(name="Lyon", postal_code="69000")]
            session.add_all(sites)
            session.flush()
            tuesday = MONDAY + timedelta(days=1)
            add(session, "Serveurs", tuesday, technician="Yanis", site_id=2, starts_at=540, duration_minutes=60)
            add(session, "Imprimantes", tuesday, technician="Yanis", site_id=1)
            add(session, "Onduleurs", MONDAY + timedelta(days=3))
            add(session, "Oubliée", MONDAY - timedelta(days=60))
        page = PlanningPage(desk, UiState())
        qtbot.addWidget(page)
        page.resize(1280, 700)
        page.show()
        page.on = MONDAY
        page.show_view(view)
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        return page

    return made


def kept(page: PlanningPage, visit_id: int) -> Visit:
    with page.desk.read() as session:
        found: Visit = session.get_one(Visit, visit_id)
        return found


def card(page: PlanningPage, label: str) -> VisitCard:
    return next(one for one in page.weeks.cards.values() if one.data.title == label)


def test_a_week_is_walked_by_the_arrows_and_opened(qtbot: QtBot, make: Make) -> None:
    page = make()
    assert page.bar.missed.text() == "1\u00a0manquée"
    assert "mar." in shown(page)
    first = card(page, "Serveurs")
    first.setFocus()
    assert "9 h" in first.data.sentence.replace("\u00a0", " ")
    for key, label in (
        (Qt.Key.Key_Down, "Imprimantes"),
        (NEXT, "Onduleurs"),
        (Qt.Key.Key_Left, "Serveurs"),
        (Qt.Key.Key_Up, "Serveurs"),
    ):
        QTest.keyClick(page.window().focusWidget() or page, key)
        assert card(page, label).hasFocus(), label
    with qtbot.waitSignal(page.desk.go_to) as gone:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert gone.args == ["visit", 1]
    assert page.sentence().startswith("3")


def test_a_visit_is_moved_by_keys_within_its_window_or_with_a_reason(qtbot: QtBot, make: Make) -> None:
    page = make()
    card(page, "Serveurs").setFocus()
    QTest.keyClick(card(page, "Serveurs"), NEXT, CTRL)
    settle(qtbot, lambda: kept(page, 1).planned_on == MONDAY + timedelta(days=2))
    settle(qtbot, lambda: card(page, "Serveurs").hasFocus())
    QTest.keyClick(card(page, "Serveurs"), Qt.Key.Key_Down, CTRL)
    settle(qtbot, lambda: kept(page, 1).technician is None)
    for _ in range(2):
        QTest.keyClick(card(page, "Serveurs"), NEXT, CTRL)
        settle(qtbot)
    assert kept(page, 1).planned_on == MONDAY + timedelta(days=4)
    QTest.keyClick(card(page, "Serveurs"), NEXT, CTRL)
    dialog = opened(page, ActDialog)
    assert "hors délai" in shown(dialog)
    press(dialog, "Déplacer")
    assert "écrivez pourquoi" in shown(dialog)
    write(dialog, "moved_reason", "Technicien absent")
    press(dialog, "Déplacer")
    settle(qtbot)
    assert kept(page, 1).planned_on == MONDAY + timedelta(days=7)


def test_a_visit_is_dragged_to_another_day_and_person(qtbot: QtBot, make: Make) -> None:
    page = make()
    cell = card(page, "Imprimantes").parentWidget()
    assert cell is not None
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data, other, spot = carried(3), QMimeData(), QPoint(5, 5)
    for dragged in (other, data):
        entered = QDragEnterEvent(spot, Qt.DropAction.MoveAction, dragged, left, none)
        entered.ignore()
        cell.dragEnterEvent(entered)
        assert entered.isAccepted() == (dragged is data)
    cell.dragLeaveEvent(QDragLeaveEvent())
    for dragged in (other, data):
        cell.dropEvent(QDropEvent(QPointF(spot), Qt.DropAction.MoveAction, dragged, left, none))
    settle(qtbot, lambda: kept(page, 3).technician == "Yanis")
    assert kept(page, 3).planned_on == MONDAY + timedelta(days=1)


def test_the_menu_of_a_card_does_what_is_done_with_a_visit(qtbot: QtBot, make: Make) -> None:
    page = make()
    page.offer(3, QPoint(10, 10))
    pick(page, "Annuler…")
    dialog = opened(page, ActDialog)
    write(dialog, "reason", "Materiel vendu")
    press(dialog, "Annuler la visite")
    assert kept(page, 3).status == VisitStatus.CANCELLED
    settle(qtbot)
    page.offer(3, QPoint(10, 10))
    pick(page, "Remettre au planning")
    assert kept(page, 3).status == VisitStatus.PLANNED
    page.offer(3, QPoint(10, 10))
    pick(page, "Mettre à la corbeille")
    assert kept(page, 3).deleted_at is not None
    assert [words for words, _ in page.acts_on([1])] == ["Faite…", "Déplacer…", "Annuler…"]
    assert page.acts_on([1, 2]) == ()


def test_what_was_missed_is_shown_first_of_the_list(qtbot: QtBot, make: Make, desk: Desk) -> None:
    page = make()
    press(page, "1\u00a0manquée")
    settle(qtbot, lambda: page.panel.model.rowCount() == 1)
    assert page.view() == LIST
    page.show_only(Query(page.entity.shown, page.entity.order_by))
    settle(qtbot, lambda: page.panel.model.rowCount() == 4)
    assert page.panel.model.index(0, 1).data() == "Oubliée"
    assert "visites" in page.sentence()
    page.show_record(2)
    assert page.panel.current_id() == 2
    desk.act("essai", lambda s: s.query(Visit).update({"status": VisitStatus.CANCELLED}))
    settle(qtbot, lambda: not page.bar.missed.isVisible())


def test_a_month_at_a_glance_leads_to_its_weeks(qtbot: QtBot, make: Make) -> None:
    page = make(MONTH)
    tuesday = MONDAY + timedelta(days=1)
    assert "2" in page.months.days[tuesday].day.sentence
    page.months.focus_on(tuesday)
    QTest.keyClick(page.months.days[tuesday], NEXT)
    assert page.months.days[tuesday + timedelta(days=1)].hasFocus()
    page.step(1)
    after = page.on
    page.step(-1)
    assert (after.day, page.on.month) == (1, MONDAY.month)
    last = max(page.months.days)
    QTest.keyClick(page.months.days[last], Qt.Key.Key_Down)
    assert page.on == last + timedelta(days=7)
    page.go_to_day(MONDAY)
    page.months.days[tuesday].click()
    assert (page.view(), page.on) == (WEEK, tuesday)
    page.step(1)
    assert page.on == tuesday + timedelta(days=7)
    press(page, "Aujourd’hui")
    assert page.on >= this_day()
    assert page.sentence().startswith("0")
    settle(qtbot)


def test_the_visits_of_one_technician(make: Make) -> None:
    page = make()
    press_chip(page)
    pick(page, "Yanis")
    assert {one.data.title for one in page.weeks.cards.values()} == {"Serveurs", "Imprimantes"}
    page.show_view(MONTH)
    assert "aucune visite" in page.months.days[MONDAY + timedelta(days=3)].day.sentence
    page.keep_to("")
    page.show_view(WEEK)
    assert {one.data.title for one in page.weeks.cards.values()} == {"Onduleurs"}
    page.bar.chip.cleared.emit()
    assert len(page.weeks.cards) == 3


def press_chip(page: PlanningPage) -> None:
    page.bar.chip.click()


def test_the_round_of_a_day_is_put_in_order_by_keys(qtbot: QtBot, make: Make) -> None:
    page = make(ROUND)
    page.go_to_day(MONDAY + timedelta(days=1))
    table = page.round.table

    def order() -> list[str]:
        model = page.round.model
        rows = (model.visit(at) for at in range(model.rowCount()))
        return [one.label for one in rows if one is not None]

    assert order() == ["Serveurs", "Imprimantes"]
    assert page.round.model.index(0, 0).data().startswith("Lyon")
    assert not page.round.up.isEnabled()
    table.selectRow(3)
    press(page, "Plus tôt")
    assert order() == ["Imprimantes", "Serveurs"]
    current = page.round.current()
    assert current is not None
    assert current.label == "Imprimantes"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, CTRL)
    assert order() == ["Serveurs", "Imprimantes"]
    press(page, "Plus tard")
    press(page, "Site après site")
    assert order() == ["Serveurs", "Imprimantes"]
    with qtbot.waitSignal(page.desk.go_to):
        table.activated.emit(page.round.model.index(1, 0))
    page.round.chip.click()
    pick(page, "Yanis (2\u00a0visites)")
    assert "2" in page.sentence()
    page.weeks.more.emit(MONDAY + timedelta(days=3), "")
    assert order() == ["Onduleurs"]
    table.selectRow(1)
    page.round.table.customContextMenuRequested.emit(QPoint(20, 40))
    pick(page, "Ouvrir")
    page.step(1)
    assert "Rien de prévu ce jour" in shown(page)


def test_the_round_shown_first_is_of_somebody(qtbot: QtBot, make: Make) -> None:
    page = make()
    tuesday = MONDAY + timedelta(days=1)
    with page.desk.store.begin("essai") as session:
        add(session, "À confier", tuesday)
    page.on = tuesday
    page.show_view(ROUND)
    assert page.round.who == "Yanis"
    page.round.chip.click()
    pick(page, "À attribuer (1\u00a0visite)")
    page.show_planning()
    assert page.round.who == ""
    settle(qtbot)
    table = page.round.table
    assert sum(table.columnWidth(at) for at in range(6)) >= table.viewport().width() - 6


def test_its_papers_and_its_calendar(qtbot: QtBot, make: Make, answers: Answers, tmp_path: Path) -> None:
    page = make()
    for one in page.section_actions():
        qtbot.addWidget(one)
        one.setParent(page)
        one.show()
    press(page, "Imprimer")
    path = tmp_path / "planning.ics"
    answers.saves.append(path)
    pick(page, f"Calendrier de l’année {MONDAY.year} (.ics)…")
    assert b"Onduleurs" in path.read_bytes()
    page.show_view(ROUND)
    page.go_to_day(MONDAY + timedelta(days=1))
    page.print_paper()
    preview = opened(page, Preview)
    assert "Serveurs" in text_of(preview)
    preview.close()


def test_an_empty_planning_says_where_to_begin(qtbot: QtBot, desk: Desk) -> None:
    page = PlanningPage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, lambda: page.view() == LIST)
    with qtbot.waitSignal(desk.show_list) as asked:
        page.begin("tasks")
    assert asked.args is not None
    assert asked.args[0] == "maintenance_task"
    assert [one.key for one in page.beginnings()] == ["tasks", "new"]
    page.begin("new")
    form = opened(page, FormDialog)
    form.form.editors["label"].show("Livraison")
    form.accept()
    settle(qtbot, lambda: page.panel.model.rowCount() == 1)
    page.panel.choose(1)
    with qtbot.waitSignal(desk.go_to):
        page.edit()
