"""Stories of awareness: a session planned by service, who came, who never did."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.fields import this_day
from app.services import awareness, records, setup
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import planning_acts
from app.ui.pages.awareness import AwarenessPage, told
from app.ui.pages.awareness_acts import PresenceDialog, SessionDialog
from app.ui.parts.basics import row
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

PERSON = ENTITIES["person"]


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    with store.begin("essai") as session:
        setup.ensure(session)
        for name, service in (("Aubry", "Atelier"), ("Bel", "Atelier"), ("Cros", "Bureau")):
            records.create(session, PERSON, {"last_name": name, "service": service})
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Any:
    made = AwarenessPage(desk, UiState())
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    bar.show()
    return made


def plan(desk: Desk, people: tuple[int, ...] = (1, 2, 3)) -> int:
    with desk.store.begin("essai") as session:
        return awareness.plan(session, {"label": "Hameçonnage", "planned_on": this_day()}, people)


def test_a_session_is_planned_by_service(qtbot: QtBot, page: Any) -> None:
    assert "Aucune séance pour l’instant" in shown(page)
    press(page, "Planifier une séance")
    dialog = opened(page, SessionDialog)
    write(dialog, "label", "Mots de passe")
    write(dialog, "planned_on", "15/12/2026")
    atelier = dialog.guests.tree.topLevelItem(0)
    assert atelier is not None
    dialog.guests.tree.setCurrentItem(atelier)
    QTest.keyClick(dialog.guests.tree, Qt.Key.Key_Space)
    assert dialog.guests.ticked() == {1, 2}
    press(dialog, "Tout cocher")
    press(dialog, "Tout décocher")
    dialog.guests.tick([1, 3])
    assert "2 sur 3\u00a0personnes" in shown(dialog)
    dialog.accept()
    settle(qtbot, lambda: bool(page._sessions))
    assert page.sessions.model().index(0, 4).data() == "2"
    page.sessions.selectRow(0)
    page.edit()
    again = opened(page, SessionDialog)
    again.guests.tick([1])
    again.accept()
    settle(qtbot, lambda: page.sessions.model().index(0, 4).data() == "1")


def test_who_came_is_told_and_who_never_did_is_invited(qtbot: QtBot, desk: Desk, page: Any) -> None:
    plan(desk)
    settle(qtbot, lambda: page.body.currentIndex() == 0)
    page.sessions.opened.emit(0)
    dialog = opened(page, PresenceDialog)
    assert dialog.guests.ticked() == set()
    dialog.guests.tick([1])
    dialog.accept()
    settle(qtbot, lambda: page._sessions[0].came == 1)
    assert page.told.text() == (
        "1\u00a0personne sur 3 (33,3\u00a0%) est venue au moins une fois en douze mois\u00a0; 2 ne sont jamais venues."
    )
    assert [page.people.model().index(at, 2).data() for at in range(3)][:2] == ["Jamais", "Jamais"]
    press(page, "Les inviter…")
    assert opened(page, SessionDialog).guests.ticked() == {2, 3}
    with qtbot.waitSignal(desk.go_to):
        page.people.opened.emit(0)


def test_a_session_without_guests_asks_for_them_first(page: Any, desk: Desk) -> None:
    plan(desk, ())
    page.refresh()
    page.sessions.opened.emit(0)
    assert opened(page, SessionDialog)


def test_a_session_of_the_planning_is_told_by_who_came(qtbot: QtBot, desk: Desk, page: Any) -> None:
    visit = plan(desk)
    done: list[int] = []
    planning_acts.done(desk, visit, page, lambda: done.append(1))
    dialog = opened(page, PresenceDialog)
    dialog.guests.tick([1, 2])
    dialog.accept()
    settle(qtbot, lambda: page._sessions[0].came == 2)
    assert done == [1]


def test_the_sheet_to_sign_and_the_menu(qtbot: QtBot, desk: Desk, page: Any) -> None:
    plan(desk)
    page.refresh()
    page.print_paper()
    page.edit()
    page._offer(QPoint(5, 5))
    assert not page.findChildren(QMenu)
    page.sessions.selectRow(0)
    page._offer(QPoint(5, 5))
    with qtbot.waitSignal(desk.go_to):
        pick(page, "Voir dans le planning")
    page._offer(QPoint(5, 5))
    pick(page, "Noter les présences…")
    dialog = opened(page, PresenceDialog)
    press(dialog, "Feuille de présence…")
    opened(dialog, Preview).reject()
    dialog.reject()
    page.print_paper()
    opened(page, Preview).reject()
    assert told([]) == ""
