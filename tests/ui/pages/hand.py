"""The hand and the eye of a story test: find what is on the screen, press it, write in it, read it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QWidget

from app.ui.crud.form import FormDialog
from app.ui.pages.acts import ActDialog

D = TypeVar("D", bound=QDialog)
PATIENCE = 2000  # hundredths of a second


def opened(within: QWidget, kind: type[D], having: Callable[[D], bool] = lambda _: True) -> D:
    """The dialog of that kind on the screen, waited for if a task prepares it."""

    def found() -> list[D]:
        return [one for one in within.window().findChildren(kind) if one.isVisible() and having(one)]

    for _ in range(PATIENCE):
        QApplication.processEvents()
        if shown_now := found():
            return shown_now[-1]
        QTest.qWait(10)
    raise AssertionError(f"no {kind.__name__} was opened")


def press(within: QWidget, text: str) -> None:
    """Click the button that bears these words, or that a reader calls so."""
    QApplication.processEvents()
    buttons = [b for b in within.findChildren(QPushButton) if text in {b.text(), b.accessibleName()} and b.isVisible()]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def pick(within: QWidget, text: str) -> None:
    """Choose in the menu that is open."""
    QApplication.processEvents()
    menu = next(m for m in within.findChildren(QMenu) if m.isVisible())
    action = next(a for a in menu.actions() if a.text() == text)
    menu.close()
    action.trigger()


def write(dialog: ActDialog | FormDialog, name: str, text: str) -> None:
    widget = dialog.form.editors[name].widget
    target = widget.focusProxy() or widget
    assert isinstance(target, QLineEdit | QPlainTextEdit)
    target.clear()
    QTest.keyClicks(target, text)


def shown(within: QWidget) -> str:
    """All the labels in sight."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in within.findChildren(QLabel) if one.isVisible())


def hurry(dialog: QDialog) -> None:
    """Ctrl+Enter, from wherever the cursor stands."""
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
