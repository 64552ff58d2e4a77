"""What presses is told: a count on the tab, one line a day, the icon beside the clock for who asks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import this_day
from app.services import records, setup
from app.services.deadlines import Deadline, DeadlineKind
from app.storage import open_store
from app.ui import reminding
from app.ui.control import Control
from app.ui.pages.deadlines import DeadlinesPage
from app.ui.state import UiState
from app.ui.tray import TOLD, Tray
from app.ui.window import Window
from tests.ui.fakes import Answers
from tests.ui.pages.hand import press, shown

TODAY = this_day()
CONTRACTS = 2


@pytest.fixture
def control(qtbot: QtBot, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Control]:
    """A base with a reminder missed and one due tomorrow, just opened."""
    monkeypatch.setattr(reminding, "AFTER_START", 10)
    monkeypatch.setattr(reminding, "AFTER_CHANGE", 10)
    with closing(open_store(tmp_path / "entreprise.parc")) as store:
        with store.begin() as session:
            setup.ensure(session)
            add(session, -1)
            add(session, 1)
        window = Window(UiState(tmp_path / "poste.json"))
        qtbot.addWidget(window)
        made = Control(window, store, answers)
        window.show()
        yield made
        window.close()


def add(session: Session, days: int) -> None:
    values = {"label": f"Rappel à {days}", "due_on": TODAY + timedelta(days=days), "lead_days": 30}
    records.create(session, ENTITIES["reminder"], values)


def test_what_presses_is_counted_and_told_once_a_day(qtbot: QtBot, control: Control) -> None:
    told = "1 échéance en retard, 1 à traiter cette semaine"
    qtbot.waitUntil(lambda: control.reminding.banner is not None, timeout=5000)
    assert told in shown(control.window).replace("\u00a0", " ")
    assert control.window.tabs.accessibleTabName(CONTRACTS).replace("\u00a0", " ") == f"Contrats, {told}"
    press(control.window, "Voir l’échéancier")
    assert isinstance(control.page(), DeadlinesPage)
    assert control.reminding.banner is None
    with control.desk.store.begin("Rappel") as session:
        add(session, 2)
    qtbot.waitUntil(lambda: "2 à traiter" in control.window.tabs.accessibleTabName(CONTRACTS).replace("\u00a0", " "))
    assert control.reminding.banner is None
    assert control.state.text(reminding.TOLD) == TODAY.isoformat()


def test_the_line_is_closed_by_its_cross(qtbot: QtBot, control: Control) -> None:
    qtbot.waitUntil(lambda: control.reminding.banner is not None, timeout=5000)
    press(control.window, "Fermer ce message")
    assert control.reminding.banner is None
    assert control.reminding.tray is None  # not asked for


def test_what_is_written_on_leaving_starts_no_reading(qtbot: QtBot, control: Control) -> None:
    """A thread that outlives its window ends the whole program."""
    qtbot.waitUntil(lambda: control.reminding.banner is not None, timeout=5000)
    control.window.close()
    with control.desk.store.begin("Après coup") as session:
        add(session, 3)
    assert not control.reminding._soon.isActive()


def test_nothing_is_said_where_nothing_presses(control: Control) -> None:
    control.reminding._show([])
    assert control.window.tabs.accessibleTabName(CONTRACTS) == "Contrats"


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # the platform of the tests has no such place
def test_the_icon_is_there_for_who_asks_and_where_there_is_a_place(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    control.state.set_setting("tray", True)
    control.reminding._show([])
    tray = control.reminding.tray
    assert tray is not None
    tray.asked.emit()
    assert isinstance(control.page(), DeadlinesPage)
    control.state.set_setting("tray", False)
    control.reminding._show([])
    assert control.reminding.tray is None


def made(days: int, title: str = "Rappeler") -> Deadline:
    """It begins to press in so many days."""
    due = TODAY + timedelta(days=30 + days)
    return Deadline(DeadlineKind.REMINDER, f"reminder:{title}:{due}", title, "", due, 30, "reminder", 1)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # the platform of the tests has no such place
def test_a_message_comes_the_day_it_begins_to_press_and_once(qtbot: QtBot, tmp_path: Path) -> None:
    state = UiState(tmp_path / "poste.json")
    window = Window(state)
    qtbot.addWidget(window)
    tray = Tray(state, window)
    found = [made(0), made(1), made(-1, "Hier")]
    assert tray.tell(found, TODAY) == "Rappeler"
    assert tray.tell(found, TODAY) == ""
    state.set_text(TOLD, date.min.isoformat())
    assert tray.tell(found, TODAY).replace("\u00a0", " ") == "Rappeler, et 1 autre"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([2], "1 échéance demande une décision cette semaine"),
        ([2, 3, 4], "3 échéances demandent une décision cette semaine"),
        ([-1, -2], "2 échéances en retard"),
        ([-1, 2], "1 échéance en retard, 1 à traiter cette semaine"),
    ],
)
def test_it_is_said_in_one_line(days: list[int], told: str) -> None:
    ones = [
        Deadline(DeadlineKind.REMINDER, str(at), "t", "", TODAY + timedelta(days=day), 30, "reminder", 1)
        for at, day in enumerate(days)
    ]
    assert reminding.headline(ones).replace("\u00a0", " ") == told


def test_the_line_in_sight_follows_what_changes(qtbot: QtBot, control: Control) -> None:
    qtbot.waitUntil(lambda: control.reminding.banner is not None, timeout=5000)
    with control.desk.store.begin("Rappel") as session:
        add(session, 2)
    told = "1 échéance en retard, 2 à traiter cette semaine"
    qtbot.waitUntil(lambda: told in shown(control.window).replace("\u00a0", " "), timeout=5000)
