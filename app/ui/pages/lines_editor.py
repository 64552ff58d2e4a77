"""A short table typed in place: one line editor a cell, a box for a flag; lines added and removed by buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.errors import InvalidFields
from app.fields import Choice, Field, Flag, lowered
from app.ui import theme
from app.ui.crud.editors import LineEditor, ListEditor
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import Button, button, icon_button


class TickEditor:
    """A flag as a box to tick: never empty."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._box = QCheckBox()
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def value(self) -> bool:
        return self._box.isChecked()

    def text(self) -> str:
        return "oui" if self._box.isChecked() else ""

    def put_text(self, text: str) -> None:
        self._box.setChecked(bool(text))

    def on_change(self, listener: Callable[[], None]) -> None:
        self._box.toggled.connect(lambda _: listener())


class WordEditor(ListEditor):
    """One of a closed list: never empty once it was told."""

    def __init__(self, field: Choice) -> None:
        super().__init__([(member, member.label) for member in field.options], field.required)
        self.field: Field = field


Cell = LineEditor | TickEditor | WordEditor


def cell_of(field: Field) -> Cell:
    if isinstance(field, Flag):
        return TickEditor(field)
    return WordEditor(field) if isinstance(field, Choice) else LineEditor(field)


@dataclass(slots=True)
class Line:
    """`key` is the `id` it was shown with; None for a line added here."""

    key: Any
    editors: list[Cell]
    remove: Button

    def cell(self, name: str) -> Cell:
        return next(one for one in self.editors if one.field.name == name)


class LinesEditor(QWidget):
    """`name` is the key of its problems; `one` what a line is called in its sentences (« Pièce »)."""

    changed = Signal()

    def __init__(self, name: str, one: str, fields: Sequence[tuple[Field, int]], add: str) -> None:
        """`fields` come with the width of their cells; 0 takes what is left."""
        super().__init__()
        self.name, self._one, self._fields = name, one, fields
        self._lines: list[Line] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._heads = [label(field.label, "small_title", "ink2") for field, _ in fields]
        for position, (head, (_, width)) in enumerate(zip(self._heads, fields, strict=True)):
            self._grid.addWidget(head, 0, position)
            self._grid.setColumnStretch(position, 0 if width else 1)
        self.add_button = button(add, "quiet", "plus")
        self.add_button.clicked.connect(lambda: self.add_line().setFocus())
        self.setLayout(column(self._grid, row(self.add_button, None), gap=4))
        self._show_heads()

    def show_lines(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """`id` of each line is given back with its values."""
        for line in list(self._lines):
            self._remove(line)
        for values in lines:
            self.add_line(values)

    def add_line(self, values: Mapping[str, Any] | None = None) -> QLineEdit:
        """Gives the first cell of the new line."""
        given = values or {field.name: field.default for field, _ in self._fields}
        made = Line(given.get("id"), [], icon_button("x", f"Retirer\u00a0: {self._one.lower()}"))
        at = self._grid.rowCount()
        for position, (field, width) in enumerate(self._fields):
            cell = cell_of(field)
            cell.show(given.get(field.name))
            if isinstance(cell.widget, QLineEdit):
                cell.widget.setCursorPosition(0)  # a long text from its beginning
            cell.widget.setAccessibleName(f"{field.label}, ligne {len(self._lines) + 1}")
            if width:
                cell.widget.setFixedWidth(theme.scaled(width))
            cell.on_change(self.changed.emit)
            self._grid.addWidget(cell.widget, at, position)
            made.editors.append(cell)
        made.remove.clicked.connect(lambda: self._remove(made))
        self._grid.addWidget(made.remove, at, len(self._fields))
        self._lines.append(made)
        self._chain(made)
        self._show_heads()
        self.changed.emit()
        return self.cells(len(self._lines) - 1)[0]

    def _chain(self, line: Line) -> None:
        """Tab goes through the lines before the button that adds one: Qt would put the new cells after the dialog's."""
        before = self.add_button.previousInFocusChain() or self
        for widget in (*(cell.widget for cell in line.editors), line.remove):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _remove(self, line: Line) -> None:
        self._lines.remove(line)
        for widget in (*(cell.widget for cell in line.editors), line.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._show_heads()
        self.changed.emit()

    def _show_heads(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self._lines))

    def cells(self, line: int) -> list[QLineEdit]:
        return [cell.widget for cell in self._lines[line].editors if isinstance(cell.widget, QLineEdit)]

    def put_texts(self, texts: Sequence[Sequence[str]], keys: Sequence[Any] = ()) -> None:
        """The lines as they were typed, what cannot be read included; `keys` are their `id`, if they have some."""
        self.show_lines([{"id": key} for key in keys] or [{}] * len(texts))
        for line, told in zip(self._lines, texts, strict=True):
            for cell, text in zip(line.editors, told, strict=False):
                cell.put_text(text)

    def keys(self) -> list[Any]:
        """The `id` of each line."""
        return [line.key for line in self._lines]

    def texts(self) -> list[list[str]]:
        return [[cell.text() for cell in line.editors] for line in self._lines]

    def lines(self) -> list[dict[str, Any]]:
        """What the lines hold, empty ones left out; InvalidFields with one sentence under `name`."""
        found: list[dict[str, Any]] = []
        problems: list[str] = []
        for number, line in enumerate(self._lines, 1):
            if not any(cell.text().strip() for cell in line.editors if cell.field.default is None):
                continue
            found.append(
                {"id": line.key, **{c.field.name: self._read(c, number, problems.append) for c in line.editors}}
            )
        if problems:
            raise InvalidFields({self.name: " ".join(problems)})
        return found

    def _read(self, cell: Cell, number: int, tell: Callable[[str], None]) -> Any:
        try:
            value = cell.value()
        except ValueError as error:
            tell(f"{self._one} {number}, {lowered(cell.field.label)}\u00a0: {error}")
            return None
        if value is None and cell.field.required:
            tell(f"{self._one} {number}\u00a0: {lowered(cell.field.label)} à remplir.")
        return value
