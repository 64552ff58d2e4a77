"""Stories of a visit: its points answered by keys, told as done with its hours, a ticket for what is left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import Intervention, MaintenanceTask, Person, Visit, VisitCheck, VisitPerson
from app.models.upkeep_codes import CheckResult, TaskKind, VisitResult, VisitStatus
from app.services import awareness
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.awareness_acts import PresenceDialog, SessionDialog
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.visit import VisitPage
from app.ui.pages.visit_tab import VisitTab
from app.ui.preview import Preview
from tests.services.company import add_asset
from tests.ui.fakes import Answers
from tests.ui.pages.hand import opened, pick, press, shown, write

Make = Callable[..., VisitPage]
POINTS = "Journaux\nDisques\nAntivirus"


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page of a visit of some days ago, of three points on a server."""

    def opened_at(
        days: int = 1, kind: TaskKind = TaskKind.MAINTENANCE, points: str = "Journaux\nDisques\nAntivirus"
    ) -> VisitPage:
        on = this_day() - timedelta(days=days)
        with desk.store.begin("essai") as session:
            server = add_asset(session, "SRV-01")
            task = MaintenanceTask(number="MP-0001", label="Serveurs", first_on=on, checklist=points, asset_id=server)
            session.add(task)
            session.flush()
            span = {"earliest_on": on - timedelta(days=3), "latest_on": on + timedelta(days=3)}
            visit = Visit(
                number="V-2026-0001", label="Serveurs", due_on=on, planned_on=on, task_id=task.id, asset_id=server,
                kind=kind, duration_minutes=60, **span,
            )  # fmt: skip
            session.add(visit)
            session.flush()
            made = visit.id
        page = VisitPage(desk, made)
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        return page

    return opened_at


def kept(page: VisitPage) -> Visit:
    with page.desk.read() as session:
        found: Visit = session.get_one(Visit, page.record_id)
        return found


def results(page: VisitPage) -> list[tuple[str | None, str | None]]:
    with page.desk.read() as session:
        return [(one.result and one.result.value, one.notes) for one in session.query(VisitCheck).order_by("id")]


def tab(page: VisitPage) -> VisitTab:
    made = page.made[0]
    assert isinstance(made, VisitTab)
    return made


def test_points_are_answered_by_one_key_each(make: Make, answers: Answers) -> None:
    page = make()
    table = tab(page).checks.table
    assert "3 points, 3 sans constat" in shown(page).replace("\u00a0", " ")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C)
    QTest.keyClick(table, Qt.Key.Key_R)
    assert table.currentIndex().row() == 2
    answers.lines.append("Un disque en alerte")
    table.activated.emit(tab(page).checks.model.index(1, 0))
    assert results(page) == [("good", None), ("bad", "Un disque en alerte"), (None, None)]
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    table.selectRow(0)
    press(page, "Sans objet")
    press(page, "Tout le reste est conforme")
    assert [one for one, _ in results(page)] == ["not_applicable", "bad", "good"]
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C)
    assert {one for one, _ in results(page)} == {"good"}
    answers.lines.append(None)
    tab(page).checks.annotate(0)
    page.resize(900, 700)
    assert tab(page).facts.isVisible()


def test_it_is_told_as_done_with_its_hours(make: Make) -> None:
    page = make()
    press(page, "Faite…")
    dialog = opened(page, ActDialog)
    assert "3 points à vérifier, 3 sans constat" in shown(dialog).replace("\u00a0", " ")
    dialog.form.editors["result"].show(VisitResult.GOOD)
    dialog.form.editors["rest_is_good"].show(True)
    write(dialog, "minutes", "1 h 15")
    press(dialog, "Enregistrer la visite")
    assert "À quelle heure" in shown(dialog)
    write(dialog, "starts_at", "9 h")
    write(dialog, "technician", "Yanis")
    press(dialog, "Enregistrer la visite")
    assert (kept(page).status, kept(page).technician) == (VisitStatus.DONE, "Yanis")
    with page.desk.read() as session:
        one = session.query(Intervention).one()
        assert (one.visit_id, one.repair_minutes) == (page.record_id, 75)
    assert {one for one, _ in results(page)} == {"good"}
    assert not page.done_button.isVisible()
    assert one.number in [fact.value for group in tab(page).facts._given for fact in group.facts]
    press(page, "Autres actions")
    pick(page, "Corriger ce qui a été dit…")
    assert "minutes" not in opened(page, ActDialog).form.editors


def test_points_to_do_again_forbid_good_and_open_a_ticket(make: Make) -> None:
    page = make()
    tab(page).checks.table.selectRow(1)
    tab(page).checks.settle(CheckResult.BAD)
    press(page, "Faite…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["result"].show(VisitResult.GOOD)
    press(dialog, "Enregistrer la visite")
    assert "Des points sont à reprendre" in shown(dialog)
    dialog.form.editors["result"].show(VisitResult.REMARKS)
    press(dialog, "Enregistrer la visite")
    press(page, "Ouvrir un ticket…")
    ticket = opened(page, NewTicketDialog)
    assert "Disques" in ticket.editors["words"].text()
    assert ticket.editors["asset_id"].value() == 1
    ticket._draft.stop()
    ticket.hide()
    press(page, "Autres actions")
    pick(page, "Remettre au planning")
    assert kept(page).status == VisitStatus.PLANNED


def test_a_restoration_is_measured(make: Make) -> None:
    page = make(kind=TaskKind.RESTORE_TEST, points="")
    assert "une fois pour toutes dans la tâche" in shown(page)
    press(page, "Faite…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["result"].show(VisitResult.GOOD)
    write(dialog, "measured_minutes", "0 h 40")
    write(dialog, "lost_minutes", "8 h")
    write(dialog, "notes", "Trois fichiers")
    press(dialog, "Enregistrer la visite")
    assert (kept(page).measured_minutes, kept(page).lost_minutes) == (40, 480)
    assert "Trois fichiers" in shown(page)


def test_of_a_session_it_is_asked_who_came(make: Make) -> None:
    page = make(kind=TaskKind.AWARENESS)
    press(page, "Faite…")
    opened(page, SessionDialog).reject()
    with page.desk.store.begin("essai") as session:
        person = Person(last_name="Bonnin")
        session.add(person)
        session.flush()
        session.add(VisitPerson(visit_id=1, person_id=person.id))
    press(page, "Faite…")
    press(opened(page, PresenceDialog), "Enregistrer les présences")
    assert kept(page).status == VisitStatus.DONE


def test_a_session_shows_its_guests_and_prints_their_sheet(make: Make) -> None:
    page = make(kind=TaskKind.AWARENESS, points="")
    card = tab(page).guests
    assert "Personne n’est encore invité." in shown(page)
    assert "une fois pour toutes dans la tâche" not in shown(page)
    press(card, "Sujet et invités…")
    opened(page, SessionDialog).reject()
    with page.desk.store.begin("essai") as session:
        people = [Person(last_name=name) for name in ("Bonnin", "Roux")]
        session.add_all(people)
        session.flush()
        session.add_all(VisitPerson(visit_id=1, person_id=one.id) for one in people)
    page.desk.act("Présences", lambda s: awareness.hold(s, 1, this_day(), [1], today=this_day()))
    table = card.table.model()
    assert [table.index(at, 2).data() for at in range(2)] == ["Venue", "Absente"]
    assert card.note.text().replace("\u00a0", " ") == "2 personnes, 1 venue"
    card.table.opened.emit(0)
    opened(page, PresenceDialog).reject()
    press(page, "Autres actions")
    pick(page, "Feuille de présence…\tCtrl+P")
    opened(page, Preview).close()


def test_it_is_moved_cancelled_and_left(qtbot: QtBot, make: Make) -> None:
    page = make(-10)
    assert not page.ticket_button.isVisible()
    press(page, "Déplacer…")
    dialog = opened(page, ActDialog)
    write(dialog, "technician", "Ines")
    press(dialog, "Déplacer")
    assert kept(page).technician == "Ines"
    press(page, "Autres actions")
    with qtbot.waitSignal(page.desk.go_to) as gone:
        pick(page, "Voir la tâche")
    assert gone.args == ["maintenance_task", 1]
    press(page, "Autres actions")
    pick(page, "Modifier…")
    opened(page, FormDialog).reject()
    press(page, "Autres actions")
    pick(page, "Annuler…")
    dialog = opened(page, ActDialog)
    write(dialog, "reason", "Serveur vendu")
    press(dialog, "Annuler la visite")
    assert "Annulée" in shown(page)
    for position in (1, 2, 0):
        page.head.tabs.setCurrentIndex(position)
    with qtbot.waitSignal(page.closed):
        page.to_bin()
