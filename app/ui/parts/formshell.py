"""The shell of a form: label above, « obligatoire » in words, hint or error under, the errors gathered on top."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QStyledItemDelegate,
    QWidget,
)

from app.fields import plural
from app.ui import theme
from app.ui.parts.basics import Glyph, column, empty_layout, frame, holder, label, repolish, row
from app.ui.parts.buttons import Button, button

WIDTH = 660
COLUMN_GAP, ROW_GAP = 14, 10
REQUIRED = "obligatoire"


@dataclass(slots=True)
class _Field:
    label: str
    editor: QWidget
    hint: str
    under: QLabel
    sign: QWidget


class _Grid(QGridLayout):
    """Two columns filled line after line. Room to spare goes under the last one: a stretch beside the grid would take
    of the lines that wrapped hints ask for."""

    def __init__(self) -> None:
        super().__init__()
        self._next = self._after = 0
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(COLUMN_GAP)
        self.setVerticalSpacing(ROW_GAP)
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 1)

    def place(self, block: QWidget | QGridLayout, span: int) -> None:
        if span > 1 and self._next % 2:
            self._next += 1
        line, at = divmod(self._next, 2)
        if isinstance(block, QWidget):
            self.addWidget(block, line, at, 1, span)
        else:
            self.addLayout(block, line, at, 1, span)
        self._next += span
        self.setRowStretch(self._after, 0)
        self._after = line + 1
        self.setRowStretch(self._after, 1)

    def empty(self) -> None:
        empty_layout(self)
        self._next = 0


def _target(editor: QWidget) -> QWidget:
    return editor.focusProxy() or editor


class FormShell(QWidget):
    """Fields follow each other in two columns; one of span 2 takes a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, _Field] = {}
        self._problems: dict[str, str] = {}
        self._grid = self._main = _Grid()
        self._part: _Grid | None = None
        self._part_names: list[str] = []
        self._box = frame("banner-bad")
        self._box_text = label("", "strong", "bad.text", wrap=True)
        self._links: QHBoxLayout = row(gap=10)
        words = column(self._box_text, self._links, gap=0)
        line = row(gap=11, margins=(12, 8, 12, 6))
        line.addWidget(Glyph("circle-alert", "bad.text", 17), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._box.setLayout(line)
        self._box.hide()
        self.setLayout(column(self._box, self._main, gap=12))
        self.setMaximumWidth(theme.scaled(WIDTH))

    def add(
        self, name: str, title: str, editor: QWidget, *, required: bool = False, hint: str = "", span: int = 1
    ) -> None:
        """Add a field after the others; its label leads to the editor, its name is the key of its problem."""
        under = label(hint, "second", "ink2", wrap=True)
        sign = Glyph("circle-alert", "bad.text", 14)
        sign.hide()
        heading = label(title, "title")
        heading.setBuddy(_target(editor))
        head = row(heading, label(REQUIRED if required else "", "second", "ink2"), None, gap=7)
        foot = row(gap=6)
        foot.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(under, 1)
        under.setVisible(bool(hint))
        body = column(head, editor, foot, None, gap=3)
        self._fields[name] = _Field(title, editor, hint, under, sign)
        if self._grid is self._part:
            self._part_names.append(name)
        if not _target(editor).accessibleName():
            _target(editor).setAccessibleName(f"{title}, {REQUIRED}" if required else title)
        _target(editor).setAccessibleDescription(hint)
        self._grid.place(holder(body), span)

    def add_heading(self, title: str) -> None:
        """A title of its own line, for the fields that follow."""
        self._grid.place(label(title, "card"), 2)

    def add_part(self) -> None:
        """Leave a place for fields that will be told later, and changed."""
        self._part = _Grid()
        self._main.place(self._part, 2)

    @contextmanager
    def refilling(self) -> Iterator[None]:
        """What is added within stands in the part, in the place of what it held."""
        assert self._part is not None  # noqa: S101 - `add_part` comes first
        for name in self._part_names:
            self.forgive(name)
            del self._fields[name]
        self._part_names.clear()
        self._part.empty()
        self._grid = self._part
        try:
            yield
        finally:
            self._grid = self._main

    def editor(self, name: str) -> QWidget:
        return self._fields[name].editor

    def set_problems(self, problems: Mapping[str, str]) -> None:
        """Show each sentence under its field, and the way to it on top; an empty mapping takes all away.

        A sentence whose field is not in the form is written in the box itself.
        """
        self._problems = dict(problems)
        for name, field in self._fields.items():
            self._show(field, problems.get(name, ""))
        empty_layout(self._links)
        here = [name for name in self._fields if name in problems]
        for name in here:
            self._links.addWidget(self._link(name))
        self._links.addStretch(1)
        elsewhere = [sentence for name, sentence in problems.items() if name not in self._fields]
        self._box_text.setText("\n".join([*([_counted(len(here))] if here else []), *elsewhere]))
        self._box.setVisible(bool(problems))
        self._box.setAccessibleName(self._box_text.text())
        QTimer.singleShot(0, self, self.make_room)
        if problems and not here:
            QTimer.singleShot(0, self, self._bring_the_box)

    def _bring_the_box(self) -> None:
        """In sight: a refusal that no field shows must not stay above what is scrolled."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(self._box)

    def make_room(self) -> None:
        """For the sentences that wrap: a dialog does not follow them by itself."""
        dialog = self.window()
        layout = dialog.layout()
        if isinstance(dialog, QDialog) and layout is not None:
            dialog.resize(dialog.width(), max(dialog.height(), layout.totalHeightForWidth(dialog.width())))

    def set_hint(self, name: str, hint: str) -> None:
        """Say something else under a field."""
        self._fields[name].hint = hint
        self._show(self._fields[name], self._problems.get(name, ""))
        QTimer.singleShot(0, self, self.make_room)

    def forgive(self, name: str) -> None:
        """Take away the problem of a field that was just changed: it is told again on saving if it is still there."""
        if name in self._problems:
            self.set_problems({other: told for other, told in self._problems.items() if other != name})

    def _link(self, name: str) -> Button:
        made = button(self._fields[name].label, "link")
        made.setProperty("tone", "bad")
        made.clicked.connect(lambda: self.focus_on(name))
        return made

    def focus_on(self, name: str) -> None:
        _target(self._fields[name].editor).setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _show(field: _Field, problem: str) -> None:
        field.under.setText(problem or field.hint)
        field.under.setProperty("ink", "bad.text" if problem else "ink2")
        field.under.setVisible(bool(problem or field.hint))
        field.sign.setVisible(bool(problem))
        target = _target(field.editor)
        target.setProperty("invalid", bool(problem))
        target.setAccessibleDescription(problem or field.hint)
        for changed in (field.under, target):
            repolish(changed)


def _counted(number: int) -> str:
    return f"{number} {plural(number, 'champ')} à corriger avant d’enregistrer"


def combo_box() -> QComboBox:
    """A closed list whose rows have the air of the style sheet: Qt's own delegate for combo boxes ignores it."""
    made = QComboBox()
    made.setItemDelegate(QStyledItemDelegate(made))
    return made


def dialog_foot(note: str, buttons: QDialogButtonBox, extra: QWidget | None = None) -> QFrame:
    """The foot of a dialog: a quiet sentence, then the buttons in the order of the system."""
    line = row(label(note, "second", "ink2"), None, margins=(22, 11, 22, 11))
    if extra is not None:
        line.addWidget(extra)
    line.addWidget(buttons)
    return foot_frame(line)


def foot_frame(content: QLayout) -> QFrame:
    """The ground of a dialog's foot; F1 in that dialog opens the guide."""
    foot = frame("dialogfoot", content)
    QShortcut(QKeySequence("F1"), foot).activated.connect(lambda: _ask_for_help(foot))
    return foot


def _ask_for_help(inside: QWidget) -> None:
    """F1 in a dialog presses the « ? » of the window that it was opened from."""
    window: QWidget | None = inside.window()
    while window is not None and not hasattr(window, "help_button"):
        window = window.parentWidget()
    if window is not None:
        window.help_button.click()


def dialog_buttons(save: str, icon: str = "check", cancel: str = "Annuler") -> QDialogButtonBox:
    """The primary button carries a verb; `accepted` and `rejected` as usual."""
    box = QDialogButtonBox()
    accept, reject = button(save, "primary", icon), button(cancel)
    accept.setDefault(True)
    box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(reject, QDialogButtonBox.ButtonRole.RejectRole)
    return box
