"""Stories of the preventive tasks: chosen among the usual ones, written with their days foretold, planned again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.fields import day, this_day
from app.models import Asset, Family, MaintenanceTask, Site, Visit
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.tasks import TaskForm, TasksPage
from app.ui.pages.tasks_usual import UsualDialog
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press, shown

Make = Callable[[], TasksPage]


@pytest.fixture
def desk(qtbot: QtBot, ready: Store, answers: Answers) -> Desk:
    return make_desk(qtbot, ready, answers)


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The page of a company of one laptop in Dijon."""

    def made() -> TasksPage:
        with desk.store.begin("essai") as session:
            session.add(Site(name="Dijon"))
            family = session.query(Family).filter_by(name="Ordinateur portable").one().id
            session.add(Asset(number="PT-0001", family_id=family, site_id=1))
        page = TasksPage(desk, UiState())
        qtbot.addWidget(page)
        page.resize(1280, 700)
        page.show()
        return page

    return made


def count(page: TasksPage, model: type[MaintenanceTask | Visit]) -> int:
    with page.desk.read() as session:
        return int(session.query(model).filter(model.deleted_at.is_(None)).count())


def test_the_usual_tasks_are_ticked_and_made_at_once(qtbot: QtBot, make: Make) -> None:
    page = make()
    settle(qtbot, lambda: page.body.currentIndex() == 1)
    page.begin("usual")
    dialog = opened(page, UsualDialog)
    assert [box.text() for box in dialog.boxes] == [
        "Entretien des ordinateurs portables", "Sensibilisation à la sécurité",
    ]  # fmt: skip
    dialog.accept()
    dialog.boxes[0].setFocus()
    QTest.keyClick(dialog.boxes[0], Qt.Key.Key_Space)
    dialog.form.editors["first_on"].show(None)
    press(dialog, "Créer 1\u00a0tâche")
    assert "Ce champ est obligatoire." in shown(dialog)
    dialog.form.editors["first_on"].show(this_day() + timedelta(days=5))
    press(dialog, "Créer 1\u00a0tâche")
    assert (count(page, MaintenanceTask), count(page, Visit)) == (1, 2)
    page.offer_usual()
    again = opened(page, UsualDialog)
    assert not again.boxes[0].isEnabled()
    press(again, "Tout choisir")
    assert again.chosen() == [again._offered[1].key]
    again.reject()
    settle(qtbot, lambda: page.panel.model.rowCount() == 1)
    texts = [page.panel.model.index(0, at).data() for at in range(4)]
    assert texts[1:3] == ["Entretien des ordinateurs portables", "chaque année"]
    assert texts[3] != "–"
    page.panel.table.setCurrentIndex(page.panel.model.index(0, 0))
    settle(qtbot, lambda: "chaque année" in shown(page))
    assert "Unité" not in shown(page)


def test_the_next_days_are_foretold_while_a_task_is_typed(qtbot: QtBot, make: Make) -> None:
    page = make()
    form = page.open_form(None)
    assert isinstance(form, TaskForm)
    assert "Dites la fréquence" in form.told.text()
    first = this_day() + timedelta(days=30)
    form.form.editors["label"].show("Poussière")
    form.form.editors["first_on"].put_text(day(first))
    settle(qtbot, lambda: "Chaque mois" in form.told.text())
    form.form.editors["every"].put_text("2")
    settle(qtbot, lambda: "Tous les 2\u00a0mois" in form.told.text())
    with page.desk.read() as session:
        nas = session.query(Family).filter_by(name="NAS").one().id
    form.form.editors["family_id"].show(nas)
    form.foretell()
    assert "aucun bien de cette famille" in form.told.text()
    form.form.editors["family_id"].show(None)
    form.accept()
    assert count(page, Visit) >= 6


def test_the_planning_follows_the_assets_on_demand(qtbot: QtBot, make: Make, desk: Desk) -> None:
    page = make()
    told: list[str] = []
    desk.done.connect(lambda text, _: told.append(text))
    page.plan_again()
    with desk.store.begin("essai") as session:
        family = session.query(Family).filter_by(name="Ordinateur portable").one().id
        session.add(
            MaintenanceTask(number="MP-0001", label="Poussière", first_on=this_day(), family_id=family, every=12)
        )
        lyon = Site(name="Lyon")
        session.add(lyon)
    page.plan_again()
    with desk.store.begin("essai") as session:
        session.query(Asset).update({"site_id": 2})
    page.plan_again()
    assert told[0] == "Le planning est à jour"
    assert "visites ajoutées" in told[1]
    assert "visites retirées" in told[2]
    with qtbot.waitSignal(desk.show_list) as asked:
        dict(page.acts_on([1]))["Voir les manquées"]()
    assert asked.args is not None
    assert [one.field for one in asked.args[1].filters] == ["task_id", "state"]
    assert len(page.section_actions()) == 3
