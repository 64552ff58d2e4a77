"""Stories of the backups followed: jobs checked by a key, a failure explained, a restoration measured."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.fields import this_day
from app.models import MaintenanceTask, Visit
from app.models.upkeep_codes import TaskKind, VisitResult
from app.services import records, setup
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages import backups
from app.ui.pages.acts import ActDialog
from app.ui.pages.backups import BackupsPage
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.parts.basics import row
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press, shown, write

PLAN = ENTITIES["backup_plan"]


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    """Two backups, never checked nor tried."""
    with store.begin("essai") as session:
        setup.ensure(session)
        for label, more in (("Comptabilité", {}), ("Serveur", {"rto_minutes": 240, "copies": 3, "offsite": False})):
            records.create(session, PLAN, {"label": label, **more})
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Any:
    made = BackupsPage(desk, UiState())
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    settle(qtbot, lambda: made.panel.model.tally.all == 2)
    made.panel.choose(1)
    made.panel.table.setFocus()
    return made


def done(desk: Desk) -> list[tuple[int | None, TaskKind, VisitResult | None, int | None]]:
    with desk.read() as session:
        told = select(Visit.backup_plan_id, Visit.kind, Visit.result, Visit.measured_minutes).order_by(Visit.id)
        return [tuple(one) for one in session.execute(told)]


def test_one_key_a_backup(qtbot: QtBot, desk: Desk, page: Any) -> None:
    with qtbot.waitSignal(desk.done) as told:
        QTest.keyClick(page.panel.table, Qt.Key.Key_1)
    assert told.args[0] == "1\u00a0sauvegarde contrôlée\u00a0: tout est conforme"
    assert page.panel.current_id() == 2
    QTest.keyClick(page.panel.table, Qt.Key.Key_1)
    good = (TaskKind.BACKUP_CHECK, VisitResult.GOOD, None)
    assert done(desk) == [(1, *good), (2, *good)]
    settle(qtbot, lambda: page.views.tabText(3) == "Essai à faire  2")


def test_a_failure_is_explained_and_leads_to_a_ticket(qtbot: QtBot, desk: Desk, page: Any) -> None:
    QTest.keyClick(page.panel.table, Qt.Key.Key_3)
    dialog = opened(page, ActDialog)
    dialog.accept()
    assert "Dites ce qui a échoué" in shown(dialog)
    write(dialog, "notes", "Disque plein")
    dialog.accept()
    assert done(desk) == [(1, TaskKind.BACKUP_CHECK, VisitResult.FAILED, None)]
    settle(qtbot, lambda: "Disque plein" in shown(page.detail))
    press(page.detail, "Ouvrir un ticket…")
    ticket = opened(page, NewTicketDialog)
    assert ticket.editors["words"].text() == "Sauvegarde en échec · Comptabilité\nDisque plein"


def test_a_restoration_is_measured_against_its_promise(qtbot: QtBot, desk: Desk, page: Any) -> None:
    page.panel.choose(2)
    assert "Jamais essayé" in shown(page.detail)
    QTest.keyClick(page.panel.table, Qt.Key.Key_4)
    dialog = opened(page, ActDialog)
    dialog.form.editors["result"].show(VisitResult.GOOD)
    write(dialog, "measured", "5 h")
    dialog.accept()
    assert done(desk) == [(2, TaskKind.RESTORE_TEST, VisitResult.GOOD, 300)]
    settle(qtbot, lambda: "au plus 4\u00a0h\u00a000" in shown(page.detail))
    assert "Réussi le" in shown(page.detail)


def test_the_acts_of_the_pane_and_of_the_menu(desk: Desk, page: Any) -> None:
    QTest.keyClick(page.panel.table, Qt.Key.Key_2)
    opened(page, ActDialog).reject()
    press(page.detail, "Contrôle réussi")
    for words in ("Problème…", "Essai…"):
        press(page.detail, words)
        opened(page, ActDialog).reject()
    several = page.acts_on([1, 2])
    assert [words for words, _ in several] == ["Contrôle réussi de ces 2 sauvegardes\t1"]
    several[0][1]()
    assert len(done(desk)) == 3
    acts = dict(page.acts_on([1]))
    acts["Programmer les essais…"]()
    form = opened(page, FormDialog)
    form.accept()
    with desk.read() as session:
        task = session.scalars(select(MaintenanceTask)).one()
        assert (task.backup_plan_id, task.every, task.first_on) == (1, 6, this_day())
    acts["Noter un autre contrôle…"]()
    opened(page, ActDialog).reject()
    acts["Noter un essai de restauration…\t4"]()
    opened(page, ActDialog).reject()


def test_the_hint_leaves_its_room(page: Any) -> None:
    page.resize(1280, 700)
    assert not page.hint.isHidden()
    page.resize(600, 700)
    assert page.hint.isHidden()
    assert page.beginnings() == backups.WAYS
