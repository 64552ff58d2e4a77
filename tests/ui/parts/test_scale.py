"""A criterion noted by digits, arrows and clicks; verdicts as a bar that opens the list behind it."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.parts.scale import ScaleData, ScaleRow
from app.ui.parts.verdict import VerdictBar, VerdictSquare

STEPS = ("Très bon", "Bon, usure normale", "Moyen", "Mauvais", "Hors service")
WORDS = dict(zip("ABCDE", ("En l’état", "À réviser", "Palliatif", "À remplacer", "Au rebut"), strict=True))
BARE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def row(qtbot: QtBot) -> ScaleRow:
    made = ScaleRow(ScaleData("État", "Comment est-il ?", STEPS))
    qtbot.addWidget(made)
    made.resize(640, made.sizeHint().height())
    made.show()
    return made


def cell(row: ScaleRow, note: int) -> QPoint:
    """The middle of an answer."""
    return QPoint(round((4.5 - note) * row.width() / 5), row.height() - 15)


@pytest.mark.parametrize(
    ("text", "modifiers", "note"),
    [
        ("0", BARE, 0),
        ("4", BARE, 4),
        ("3", SHIFT, 3),
        ("à", BARE, 0),
        ("&", BARE, 1),
        ("'", BARE, 4),
        ("2", CTRL, None),
    ],
)
def test_a_digit_answers_on_any_keyboard(
    row: ScaleRow, text: str, modifiers: Qt.KeyboardModifier, note: int | None
) -> None:
    told: list[int] = []
    row.answered.connect(told.append)
    QApplication.sendEvent(row, QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, text))
    assert row.note() == note
    assert told == ([] if note is None else [note])


def test_arrows_look_for_an_answer_and_move_between_criteria(row: ScaleRow) -> None:
    moves: list[int] = []
    row.moved.connect(moves.append)
    for key, note in ((Qt.Key.Key_Right, 4), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Left, 4)):
        QTest.keyClick(row, key)
        assert row.note() == note
    QTest.keyClick(row, Qt.Key.Key_Down)
    QTest.keyClick(row, Qt.Key.Key_Up)
    assert moves == [1, -1]


def test_a_click_answers(row: ScaleRow) -> None:
    QTest.mouseMove(row, cell(row, 1))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=cell(row, 1))
    assert row.note() == 1
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 4))
    assert row.note() == 1
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert row.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_whole_sentence_is_said(row: ScaleRow) -> None:
    assert row.accessibleName() == "État\u00a0: sans réponse"
    row.set_missing(True)
    row.set_note(3)
    row.set_source("Connu : noté hier", "mute", "circle-check")
    assert row.accessibleName() == "État\u00a0: 3, Bon, usure normale. Connu : noté hier"


def test_a_tooltip_has_the_whole_words(row: ScaleRow) -> None:
    row.set_source("Connu depuis longtemps")
    for spot, told in ((cell(row, 3), STEPS[1]), (QPoint(20, 4), "Connu depuis longtemps")):
        QApplication.sendEvent(row, QHelpEvent(QEvent.Type.ToolTip, spot, row.mapToGlobal(spot)))
        assert QToolTip.text() == told
    QToolTip.hideText()


def test_what_is_taken_is_outlined(row: ScaleRow, qapp: QApplication) -> None:
    row.set_note(4)
    image = row.grab().toImage()
    left = cell(row, 4)
    assert image.pixelColor(left.x() + 20, left.y() - 14) == theme.color("select")
    theme.apply(qapp, "light", 1.3)
    assert row.sizeHint().height() > image.height()


def test_a_bar_of_verdicts_opens_the_list_behind(qtbot: QtBot) -> None:
    bar = VerdictBar(WORDS, "à évaluer")
    qtbot.addWidget(bar)
    bar.show()
    bar.set_counts({"A": 3, "B": 0, "C": 1, "D": 0, "E": 1}, 5)
    told: list[str] = []
    bar.chosen.connect(told.append)
    assert [key.isEnabled() for key in bar.keys.values()] == [True, False, True, False, True, True]
    assert bar.keys["A"].accessibleName() == "A, En l’état\u00a0: 3"
    for letter in ("C", ""):
        QTest.mouseClick(bar.keys[letter], Qt.MouseButton.LeftButton)
    assert told == ["C", ""]
    bar.resize(900, 60)
    whole = bar.keys["A"].sizeHint().width()
    bar.resize(bar.minimumSizeHint())
    assert bar.keys["A"].sizeHint().width() < whole
    bar.set_counts(dict.fromkeys("ABCDE", 0), 0)
    assert not any(key.isEnabled() for key in bar.keys.values())
    bar.grab()


def test_a_verdict_is_its_letter(qtbot: QtBot, qapp: QApplication) -> None:
    square = VerdictSquare()
    qtbot.addWidget(square)
    square.set_letter("E")
    assert square.accessibleName() == "Verdict E"
    assert square.grab().toImage().pixelColor(4, 4) == theme.color("ink")
    square.set_letter("")
    assert square.accessibleName() == "Pas encore de verdict"
    before = square.sizeHint()
    theme.apply(qapp, "light", 1.3)
    assert square.sizeHint().width() > before.width()
