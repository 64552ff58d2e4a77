"""Stories of the home page: what it tells, and where each line leads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Asset, Intervention, Ticket
from app.services import home, listing, records, setup
from app.services.listing import Query
from app.storage import Store
from app.ui import recents
from app.ui.company_dialog import CompanyDialog
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.evaluation_entry import EntryDialog
from app.ui.pages.home import EVERY, HomePage
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.report_dialog import ReportDialog
from app.ui.parts.recent import RecentRow
from app.ui.parts.steps import StepRow
from app.ui.parts.todo import Todo, TodoGroup, TodoList, TodoRow
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import add_asset, add_contract
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
    return make_desk(qtbot, store, answers)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A company, an asset without updates, and a ticket already late."""
    with desk.store.begin() as session:
        setup.save_company(session, {"name": "Ateliers Morvan"})
        asset = session.get(Asset, add_asset(session, "PC-01", add_contract(session)))
        assert asset
        asset.support_end = datetime(2025, 10, 14, tzinfo=UTC).date()
        long_ago = datetime.now(UTC) - timedelta(days=20)
        session.add(
            Ticket(
                number="T-2026-0001", subject="Serveur inaccessible", asset_id=asset.id, contract_id=1,
                opened_at=long_ago, take_due_at=long_ago + timedelta(hours=1),
                restore_due_at=long_ago + timedelta(hours=4),
            )
        )  # fmt: skip
    return desk


def show(qtbot: QtBot, desk: Desk, state: UiState | None = None) -> HomePage:
    page = HomePage(desk, state or UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    page.refresh()
    return page


def click_row(page: HomePage, words: str) -> None:
    row = next(one for one in page.findChildren(TodoRow) if words in one.data.title)
    QTest.mouseClick(row, LEFT)


def test_an_empty_base_offers_three_ways_to_begin(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    page = show(qtbot, desk)
    assert "Bienvenue dans Parcomètre" in shown(page)
    answers.opens = [[]]
    press(page, "Choisir un fichier…")
    assert answers.opens == []
    press(page, "Créer mon entreprise")
    form = opened(page.window(), CompanyDialog)
    form.form.editors["name"].show("Ateliers Morvan")
    form.accept()
    assert page.body.currentIndex() == 1
    assert "Ateliers Morvan" in page.summary.text()


def test_the_example_company_is_one_click_away(qtbot: QtBot, desk: Desk) -> None:
    page = show(qtbot, desk)
    told: list[tuple[str, int]] = []
    desk.done.connect(lambda text, action: told.append((text, action)))
    press(page, "Ouvrir l’exemple")
    qtbot.waitUntil(lambda: page.body.currentIndex() == 1 and bool(told), timeout=20_000)
    assert told[0][0] == "Entreprise d’exemple ouverte"
    assert told[0][1] > 0
    assert "(exemple)" in page.sentence()


def test_the_page_shows_what_the_service_counts(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    with filled.read() as session:
        facts = home.read(session, datetime.now(UTC))
    assert [card.data.value for card in page.figures] == [figure.value for figure in facts.figures]
    assert len(page.findChildren(StepRow)) == 9
    rows = [row.data.title for row in page.findChildren(TodoRow) if row.isVisible()]
    assert rows == [task.title for group in facts.groups for task in group.tasks]


def test_a_late_ticket_opens_its_page(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    with qtbot.waitSignal(filled.go_to) as signal:
        click_row(page, "Serveur inaccessible")
    assert signal.args == ["ticket", 1]


def test_a_figure_opens_the_list_behind_it(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    for card in page.figures[:2]:
        with qtbot.waitSignal(filled.show_list) as signal:
            QTest.mouseClick(card, LEFT)
        entity, query = signal.args or ["", None]
        assert isinstance(query, Query)
        with filled.read() as session:
            assert str(listing.count(session, ENTITIES[entity], query)) == card.data.value


def test_one_subject_at_a_time(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    QTest.mouseClick(page.subjects, LEFT)
    pick(page, "Biens")
    settle(qtbot)
    titles = [row.data.title for row in page.findChildren(TodoRow) if row.isVisible()]
    assert titles == ["1\u00a0bien sous un système sans mises à jour de sécurité"]
    QTest.mouseClick(page.subjects, LEFT)
    pick(page, EVERY)
    settle(qtbot)
    assert len([row for row in page.findChildren(TodoRow) if row.isVisible()]) > 1


def test_it_follows_what_is_written_elsewhere(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    filled.act("essai", lambda s: records.update(s, ENTITIES["asset"], 1, {"support_end": None}))
    settle(qtbot)
    assert page.figures[0].data.note == ""
    assert all("mises à jour" not in row.data.title for row in page.findChildren(TodoRow) if row.isVisible())


def test_what_has_not_changed_is_not_drawn_again(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    before = page.findChildren(StepRow)
    page.refresh()
    assert page.findChildren(StepRow) == before


@pytest.mark.parametrize(("words", "kind"), [("Ajouter un bien", FormDialog), ("Nouveau ticket", NewTicketDialog)])
def test_the_quick_actions_open_their_form(qtbot: QtBot, filled: Desk, words: str, kind: Any) -> None:
    page = show(qtbot, filled)
    press(page, words)
    dialog = opened(page.window(), kind)
    assert dialog.isVisible()
    dialog.close()


def test_a_new_asset_is_shown_in_its_list(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    press(page, "Ajouter un bien")
    form = opened(page.window(), FormDialog)
    form.form.editors["family_id"].show(1)
    with qtbot.waitSignal(filled.go_to) as signal:
        form.accept()
    assert signal.args == ["asset", 2]


def test_a_paper_of_the_company_opens_in_the_preview(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    press(page, "Imprimer un document")
    pick(page, "Rapport d’inventaire…")
    press(opened(page, ReportDialog), "Aperçu")
    press(opened(page, Preview), "Émettre")
    opened(page, Preview, lambda one: one.paper.issue is None).close()
    settle(qtbot)
    step = home_step(filled, "Éditer le rapport d’inventaire")
    assert (step.state, step.note[:9]) == ("done", "Version 1")


def home_step(desk: Desk, title: str) -> home.SetupStep:
    with desk.read() as session:
        return next(step for step in home.read(session, datetime.now(UTC)).steps if step.title == title)


def test_steps_lead_to_the_company_and_to_the_indicators(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    page.follow("company")
    opened(page.window(), CompanyDialog).close()
    with qtbot.waitSignal(filled.show_list) as signal:
        page.follow("indicators")
    assert signal.args == ["indicator", None]


def test_a_menu_is_not_left_open(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    QTest.mouseClick(page.subjects, LEFT)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_a_long_group_is_folded_and_unfolds_where_the_eye_is(qtbot: QtBot) -> None:
    rows = [Todo(f"k{n}", "ticket", "bad", f"Chose {n}", "", "", "", "Ouvrir") for n in range(9)]
    groups = [TodoGroup("En retard", "bad", rows), TodoGroup("Aujourd’hui", "", rows[:7])]
    made = TodoList(groups)
    qtbot.addWidget(made)
    made.show()

    def drawn() -> int:
        return len([one for one in made.findChildren(TodoRow) if one.isVisible()])

    assert drawn() == 6 + 7, "one more row is no shorter than what would hide it"
    (more,) = [one for one in made.findChildren(QAbstractButton) if one.accessibleName() == "En retard, 3 autres"]
    QTest.mouseClick(more, LEFT)
    QApplication.processEvents()
    assert drawn() == 9 + 7
    assert made.focusWidget().data is rows[6]  # type: ignore[attr-defined] # the first that was hidden
    made.set_groups(groups)
    QApplication.processEvents()
    assert drawn() == 9 + 7, "it stays open"


def test_the_last_records_come_back(qtbot: QtBot, filled: Desk) -> None:
    state = UiState()
    recents.note(state, filled.store.path, "contract", 1)
    recents.note(state, filled.store.path, "ticket", 1)
    recents.note(state, filled.store.path, "ticket", 1)
    page = show(qtbot, filled, state)
    rows = [one for one in page.findChildren(RecentRow) if one.isVisible()]
    assert rows[0].data.key == "ticket:1"
    assert len({one.data.key for one in rows}) == len(rows)
    with qtbot.waitSignal(filled.go_to) as asked:
        QTest.mouseClick(rows[0], LEFT)
    assert asked.args == ["ticket", 1]
    state.set_text(f"recents/{filled.store.path}", "[[1]]")
    assert recents.seen(state, filled.store.path) == []


def test_evaluations_are_typed_from_here_once_there_are_interventions(qtbot: QtBot, filled: Desk) -> None:
    page = show(qtbot, filled)
    assert not page.evaluate.isVisible()
    with filled.store.begin("Intervention") as session:
        session.add(Intervention(number="FI-2026-0001", ticket_id=1, started_at=datetime.now(UTC)))
    page.refresh()
    assert page.evaluate.isVisible()
    press(page, "Saisir une évaluation")
    opened(page, EntryDialog).reject()
    page.resize(900, 700)
    QApplication.processEvents()
    assert not page.evaluate.isVisible()
    assert page.new_ticket.isVisible()


def test_a_day_with_nothing_to_do_leads_to_the_next_step(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin() as session:
        setup.save_company(session, {"name": "Ateliers Morvan"})
    page = HomePage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    assert "Rien ne presse" in shown(page)
    assert not page.subjects.isVisible()
    with qtbot.waitSignal(desk.show_list) as asked:
        press(page, "Étape suivante\u00a0: inventorier les biens")
    assert asked.args is not None
    assert asked.args[0] == "asset"


def test_a_narrow_window_puts_the_steps_under_what_is_to_be_done(qtbot: QtBot, filled: Desk) -> None:
    page = HomePage(filled, UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    assert page.figures[0].y() == page.figures[3].y()
    page.resize(760, 700)
    qtbot.waitUntil(lambda: page.figures[0].y() < page.figures[3].y())
    assert page.steps.mapTo(page, page.steps.rect().topLeft()).x() < page.width() // 2
    assert page.new_ticket.mapTo(page, page.new_ticket.rect().topRight()).x() < page.width()
