"""All the parts together, light and dark, at each size of text: painted without a warning of Qt."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from tests.ui.gallery import SCREENS


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_painted(qapp: QApplication, qtbot: QtBot, name: str, mode: theme.Mode, scale: float) -> None:
    theme.apply(qapp, mode, scale)
    window = SCREENS[name]()
    qtbot.addWidget(window)
    window.show()
    image = window.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 5


@pytest.mark.parametrize("name", SCREENS)
def test_every_label_shows_plain_text_and_every_button_says_its_name(qtbot: QtBot, name: str) -> None:
    window = SCREENS[name]()
    qtbot.addWidget(window)
    for shown in window.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText, shown.text()
    for pressed in window.findChildren(QAbstractButton):
        if pressed.metaObject().className() not in {"QTableCornerButton", "QToolButton"}:
            assert pressed.text() or pressed.accessibleName(), pressed


@pytest.mark.parametrize("name", ["01-accueil", "05-indicateurs", "03-contrat"])
def test_what_can_be_pressed_is_reached_by_tab(qtbot: QtBot, name: str) -> None:
    window = SCREENS[name]()
    qtbot.addWidget(window)
    unreached: list[QWidget] = [
        one
        for one in window.findChildren(QAbstractButton)
        if type(one).__module__.startswith("app.") and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert not unreached
