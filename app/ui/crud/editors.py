"""One editor a kind of field: a widget, and how it shows and gives a value. A new kind is one registration."""

from collections.abc import Callable, Sequence
from functools import partial, singledispatch
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListView, QPlainTextEdit, QWidget

from app.entities import ENTITIES
from app.fields import Choice, Field, Flag, Icon, OneOf, Ref, Text
from app.services import records
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.parts.buttons import icon_button
from app.ui.parts.formshell import combo_box

LINES = 5
"""Of an area in sight: a longer text scrolls in it."""
SEARCH = "Tapez quelques lettres"
ROOM = 26
"""Of a line, its borders and the space beside what is typed."""
CHOOSE = "Choisissez dans la liste."
CHOOSE_OR_ADD = "Choisissez dans la liste, ou ajoutez avec le bouton\u00a0+."


def _frame(completer: QCompleter) -> QListView:
    """Give the suggestions the look of a list that opens."""
    popup = QListView()
    popup.setProperty("kind", "suggestions")
    completer.setPopup(popup)
    return popup


class Editor(Protocol):
    """`value` raises ValueError with a French sentence when what stands in the widget cannot be read.

    `text` and `put_text` are what stands there as it is, for a draft.
    """

    widget: QWidget

    def show(self, value: Any) -> None: ...
    def value(self) -> Any: ...
    def text(self) -> str: ...
    def put_text(self, text: str) -> None: ...
    def on_change(self, listener: Callable[[], None]) -> None: ...


class LineEditor:
    """Text, numbers, amounts, dates, durations: what is typed is read by the kind of field."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.widget: QWidget
        self._line = QLineEdit()
        self._line.setPlaceholderText(field.placeholder)
        if field.right:
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.widget = self._line

    def show(self, value: Any) -> None:
        self._line.setText(self.field.edit(value))

    def value(self) -> Any:
        return self.field.read(self._line.text())

    def text(self) -> str:
        return self._line.text()

    def put_text(self, text: str) -> None:
        self._line.setText(text)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._line.textChanged.connect(lambda _: listener())

    def suggest(self, words: list[str]) -> None:
        completer = QCompleter(words, self._line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        _frame(completer)
        self._line.setCompleter(completer)


class AreaEditor:
    """Text over several lines; Tab goes to the next field."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._area = QPlainTextEdit()
        self._area.setTabChangesFocus(True)
        self._area.setFixedHeight(LINES * theme.line() + 16)
        self.widget: QWidget = self._area

    def show(self, value: Any) -> None:
        self._area.setPlainText(value or "")

    def value(self) -> Any:
        return self.field.read(self._area.toPlainText())

    def text(self) -> str:
        return self._area.toPlainText()

    def put_text(self, text: str) -> None:
        self._area.setPlainText(text)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._area.textChanged.connect(listener)


class ListEditor:
    """One of a few words; the empty one is offered where the field may stay empty."""

    def __init__(self, options: list[tuple[Any, str]], required: bool) -> None:
        self._combo = combo_box()
        self._values = ([] if required else [None]) + [value for value, _ in options]
        for text in ([] if required else [""]) + [text for _, text in options]:
            self._combo.addItem(text)
        self._combo.setCurrentIndex(-1)
        self.widget: QWidget = self._combo

    def show(self, value: Any) -> None:
        self._combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def value(self) -> Any:
        index = self._combo.currentIndex()
        return self._values[index] if index >= 0 else None

    def text(self) -> str:
        return self._combo.currentText()

    def put_text(self, text: str) -> None:
        self._combo.setCurrentIndex(self._combo.findText(text))

    def on_change(self, listener: Callable[[], None]) -> None:
        self._combo.currentIndexChanged.connect(lambda _: listener())


class IconEditor(ListEditor):
    """Each drawing before its name."""

    def __init__(self, options: list[tuple[Any, str]], required: bool) -> None:
        super().__init__(options, required)
        for position, (name, _) in enumerate(options, 0 if required else 1):
            self._combo.setItemIcon(position, icons.icon(name, "ink2"))


class _Finder(QWidget):
    """A line that finds a record by what is typed, and a button to add one without leaving."""

    changed = Signal()

    def __init__(self, target: str, desk: Desk) -> None:
        super().__init__()
        self._desk, self._target = desk, target
        self.line = QLineEdit()
        self.line.setPlaceholderText(SEARCH)
        self.line.setMinimumWidth(theme.width(SEARCH) + theme.scaled(ROOM))
        self._found: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = _frame(self._completer)
        self.line.setCompleter(self._completer)
        self.line.textEdited.connect(self._search)
        self.line.editingFinished.connect(lambda: self.line.setCursorPosition(0))  # a long title is read from its start
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.add = icon_button("plus", f"Ajouter\u00a0: {ENTITIES[target].one.lower()}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        self.setFocusProxy(self.line)

    def _search(self, typed: str) -> None:
        with self._desk.read() as session:
            found = {title: record_id for record_id, title in records.choices(session, self._target, typed)}
        if not typed.strip():
            found = self._first | found
        self._words.setStringList(list(found))
        self._found = found | {t: i for t, i in self._found.items() if t == typed}

    def offer(self, likely: Sequence[tuple[int, str]]) -> None:
        """Records to list first, and to tell of, while nothing is typed."""
        self._first = {title: record_id for record_id, title in likely}
        told = f"{len(likely)}\u00a0possibles\u00a0: flèche bas" if len(likely) > 1 else SEARCH
        self.line.setPlaceholderText(told)

    def choose(self, record_id: int | None) -> None:
        if record_id is None:
            self.line.clear()
            return
        with self._desk.read() as session:
            title = records.title(session, ENTITIES[self._target], record_id)
        self._found[title] = record_id
        self.line.setText(title)
        self.line.setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow down, or a click in the empty line, shows what can be chosen; what is typed replaces the rest."""
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self.line, self.line.selectAll)
        down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
        click = event.type() == QEvent.Type.MouseButtonRelease and not self.line.text()
        if (down or click) and self._popup.isHidden():
            self.open_list()
            return True
        return super().eventFilter(watched, event)

    def open_list(self) -> None:
        self._search(self.line.text())
        self._completer.complete()

    def chosen(self) -> int | None:
        """The record named by the text; a text that names only one record in the base is enough."""
        typed = self.line.text().strip()
        if not typed:
            return None
        if typed not in self._found:
            self._search(typed)
        if typed in self._found:
            return self._found[typed]
        if len(self._words.stringList()) == 1:
            return next(iter(self._found.values()))
        raise ValueError(CHOOSE if self.add.isHidden() else CHOOSE_OR_ADD)


class RefEditor:
    def __init__(self, field: Ref, desk: Desk) -> None:
        self._finder = _Finder(field.target, desk)
        self.widget: QWidget = self._finder
        self._finder.add.clicked.connect(partial(self._add, field.target, desk))
        target = ENTITIES[field.target]
        if target.opened_apart or not target.editable:
            self.without_adding()

    def _add(self, target: str, desk: Desk) -> None:
        from app.ui.crud.form import FormDialog  # noqa: PLC0415 - a form holds editors, an editor opens a form

        dialog = FormDialog(desk, ENTITIES[target], parent=self._finder.window())
        dialog.saved.connect(self.show)
        dialog.open()

    def offer(self, likely: Sequence[tuple[int, str]]) -> None:
        """(id, title) of the records listed first while nothing is typed."""
        self._finder.offer(likely)

    def without_adding(self) -> None:
        """Where a new record of that kind is made elsewhere."""
        self._finder.add.hide()

    def show(self, value: Any) -> None:
        self._finder.choose(value)

    def value(self) -> Any:
        return self._finder.chosen()

    def text(self) -> str:
        return self._finder.line.text()

    def put_text(self, text: str) -> None:
        self._finder.line.setText(text)

    def on_change(self, listener: Callable[[], None]) -> None:
        self._finder.changed.connect(listener)


@singledispatch
def editor(field: Field, desk: Desk) -> Editor:  # noqa: ARG001 - some kinds need the desk
    return LineEditor(field)


@editor.register
def _(field: Text, desk: Desk) -> Editor:  # noqa: ARG001
    return AreaEditor(field) if field.multiline else LineEditor(field)


@editor.register
def _(field: Choice, desk: Desk) -> Editor:  # noqa: ARG001
    return ListEditor([(member, member.label) for member in field.options], field.required)


@editor.register
def _(field: OneOf, desk: Desk) -> Editor:  # noqa: ARG001
    return ListEditor(list(field.options), field.required)


@editor.register
def _(field: Icon, desk: Desk) -> Editor:  # noqa: ARG001
    return IconEditor(list(field.options), field.required)


@editor.register
def _(field: Flag, desk: Desk) -> Editor:  # noqa: ARG001
    return ListEditor([(True, "Oui"), (False, "Non")], field.required)


@editor.register
def _(field: Ref, desk: Desk) -> Editor:
    return RefEditor(field, desk)


__all__ = ["AreaEditor", "Editor", "IconEditor", "LineEditor", "ListEditor", "RefEditor", "editor"]
