"""The screens are tested in the dress of the program."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.storage import Store
from app.ui import theme
from app.ui.desk import Desk
from tests.ui.fakes import Answers, make_desk


@pytest.fixture(autouse=True)
def _dress(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 1.0)


@pytest.fixture
def answers() -> Answers:
    """What the person will answer to the questions of the program."""
    return Answers()


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """The desk of a new company's file."""
    return make_desk(qtbot, store, answers)
