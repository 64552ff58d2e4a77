"""Stories of the papers of planned work asked for from the company's menu."""

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.services import planning_paper, records, route_sheet, setup
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.planned_papers import PlannedDialog
from app.ui.preview import Preview
from tests.services.company import add_contract
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import opened, pick, press, shown, write


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    with store.begin("essai") as session:
        setup.ensure(session)
        add_contract(session, number="CT-0001")
        records.create(session, ENTITIES["site"], {"name": "Dijon"})
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_planning_is_asked_for_and_bears_the_name_of_what_it_shows(desk: Desk, page: Any) -> None:
    papers.offer(desk, page, page)
    pick(page, "Planning de maintenance…")
    dialog: Any = opened(page, PlannedDialog)
    dialog.form.editors["year"].show(None)
    dialog.accept()
    assert "Ce champ est obligatoire." in shown(dialog)
    dialog.form.show_values({"year": 2026, "month": "3", "contract_id": 1, "site_id": 1, "technician": "Karim"})
    asked: list[planning_paper.Choices] = []
    dialog.chosen.connect(asked.append)
    press(dialog, "Aperçu")
    assert asked == [planning_paper.Choices(2026, 3, "CT-0001", "Dijon", "Karim")]
    preview = opened(page, Preview)
    assert "PLA-2026-03-CT-0001-DIJON-KARIM" in preview.windowTitle()
    preview.reject()


def test_a_route_sheet_is_asked_for_a_day(desk: Desk, page: Any) -> None:
    papers.preview(desk, "tournee", page)
    dialog: Any = opened(page, PlannedDialog)
    write(dialog, "on", "23/11/2026")
    asked: list[route_sheet.Choices] = []
    dialog.chosen.connect(asked.append)
    dialog.accept()
    assert [one.reference for one in asked] == ["TOU-2026-11-23"]
    opened(page, Preview).reject()
