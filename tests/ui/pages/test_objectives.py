"""Stories of the objectives: each names the indicators that serve it, which open; a note leads to its indicator."""

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.entities.judgement import OBJECTIVE
from app.services import indicator_notes, records, targets
from app.services.indicators import month
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.indicator import IndicatorPage
from app.ui.pages.indicators import place_of
from app.ui.pages.objectives import ObjectivesPage
from app.ui.state import UiState
from tests.services.company import reference_month
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import press, shown


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    with store.begin() as session:
        reference_month(session)
        served = records.create(session, OBJECTIVE, {"title": "Ne jamais arrêter l’atelier"})
        records.create(session, OBJECTIVE, {"title": "Tenir le budget"})
        targets.set_target(session, "gtr", Decimal("0.92"), objective_id=served)
    return make_desk(qtbot, store, answers)


def objectives(qtbot: QtBot, desk: Desk) -> ObjectivesPage:
    page = ObjectivesPage(desk, UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    settle(qtbot, lambda: page.panel.model.rowCount() == 2)
    return page


def test_an_objective_opens_the_indicators_that_serve_it(qtbot: QtBot, desk: Desk) -> None:
    page = objectives(qtbot, desk)
    page.show_record(1)
    settle(qtbot)
    assert "≥\u00a092\u00a0%" in shown(page)
    assert [tab.title for tab in page.detail._tabs] == ["Fiche", "Documents", "Historique"]
    with qtbot.waitSignal(desk.go_to) as signal:
        press(page, "Rétablissements dans le délai")
    assert signal.args == ["indicator", place_of("gtr")]
    page.show_record(2)
    settle(qtbot)
    assert "Aucun indicateur ne le sert encore" in shown(page)


def test_a_note_shows_its_indicator_on_its_period(qtbot: QtBot, desk: Desk) -> None:
    may = month(date(2026, 5, 1))
    with desk.store.begin("Remarque") as session:
        note = indicator_notes.write(session, "gtr", may, "Coupure", contract_id=1)
    page = IndicatorPage(desk, place_of("gtr"))
    qtbot.addWidget(page)
    page.show()
    page.show_part(note)
    settle(qtbot, lambda: not page.reader.busy)
    assert (page.choice.asked.period, page.choice.asked.scope.contract_id) == (may, 1)
    page.show_part(99)
    assert page.choice.asked.period == may
    assert "Coupure" in shown(page)
