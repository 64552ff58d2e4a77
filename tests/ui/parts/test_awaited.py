"""What is read beside the window keeps its place, and says so when it lasts."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.parts import awaited
from app.ui.parts.awaited import WORDS, Awaited


def words(shown: Awaited) -> list[str]:
    return [told.text() for told in shown.findChildren(QLabel) if told.isVisible()]


def test_a_word_comes_when_it_lasts_then_what_was_read(qtbot: QtBot) -> None:
    shown = Awaited(QLabel("36 mois"))
    qtbot.addWidget(shown)
    shown.show()
    assert words(shown) == [""]
    qtbot.waitUntil(lambda: words(shown) == [WORDS], timeout=10 * awaited.PATIENCE)
    shown.has_come()
    assert words(shown) == ["36 mois"]
