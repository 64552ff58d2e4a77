"""The filter row's menus: the values of a field to tick, the bounds of dates and amounts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.entities import Entity
from app.fields import Count, Day, Field, Joined, Minutes, Moment, Money
from app.services.listing import MOST_VALUES, Filter, Query
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button

RANGED = (Day, Moment, Money, Count, Minutes)
VALUE = Qt.ItemDataRole.UserRole
MORE = (
    f"Les {MOST_VALUES} premières valeurs seulement\u00a0: pour une autre, tapez-la dans "
    "«\u00a0Filtrer cette liste\u00a0»."
)
Values = list[tuple[Any, str, int]]
"""Value, text, how many."""
Answer = Callable[[Filter | None], None]


def offered(entity: Entity) -> list[Field]:
    """Fields a list can be filtered by: every column of its own, and those worked out that say so."""
    return [f for f in entity.columns if f.filterable or not isinstance(f, Joined)]


def in_words(entity: Entity, wanted: Filter, texts: dict[Any, str]) -> str:
    """« Dijon, Beaune », « à partir du 01/01/2026 », « 3 valeurs »."""
    field = entity.field(wanted.field)
    if wanted.values:
        told = [texts.get(v) or field.format(v) for v in wanted.values]
        return ", ".join(told) if len(told) < 3 else f"{len(told)}\u00a0valeurs"  # noqa: PLR2004 - what a chip can hold
    low, high = (field.format(v) if v is not None else "" for v in (wanted.low, wanted.high))
    return f"{low} à {high}" if low and high else f"dès {low}" if low else f"jusqu’à {high}"


def with_filter(query: Query, field: str, wanted: Filter | None) -> Query:
    """The query with this field's filter replaced, or taken off."""
    others = tuple(f for f in query.filters if f.field != field)
    return replace(query, filters=(*others, wanted) if wanted else others)


class ValuesDialog(QDialog):
    """Tick the values to keep. `chosen` gets the filter, or None when nothing is ticked."""

    def __init__(self, values: Values, field: Field, now: Filter | None, chosen: Answer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Filtrer\u00a0: {field.label}")
        self._field, self._chosen = field, chosen
        self.list = QListWidget()
        kept = now.values if now else ()
        for value, text, n in values:
            item = QListWidgetItem(f"{text if value is not None else 'Non renseigné'}  ({n})")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in kept else Qt.CheckState.Unchecked)
            item.setData(VALUE, [value])
            self.list.addItem(item)
        self.list.itemActivated.connect(_toggle)
        more = label(MORE, "second", "ink2", wrap=True)
        more.setVisible(len(values) >= MOST_VALUES)
        body = column(label(field.label, "card"), self.list, more, _buttons(self), gap=10, margins=(16, 14, 16, 14))
        self.setLayout(body)
        self.resize(340, 420)

    def accept(self) -> None:
        items = [self.list.item(i) for i in range(self.list.count())]
        ticked = tuple(i.data(VALUE)[0] for i in items if i.checkState() == Qt.CheckState.Checked)
        super().accept()
        self._chosen(Filter(self._field.name, ticked) if ticked else None)


def _toggle(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)


class RangeDialog(QDialog):
    """Two bounds, each of which may be left empty; both are included."""

    def __init__(self, field: Field, now: Filter | None, chosen: Answer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Filtrer\u00a0: {field.label}")
        self._field, self._chosen = field, chosen
        self.low, self.high = self._line("De", now.low if now else None), self._line("À", now.high if now else None)
        self._told = label("", "second", "bad.text", wrap=True)
        bounds = row(column(label("De"), self.low), column(label("À"), self.high), gap=12)
        self.setLayout(column(label(field.label, "card"), bounds, self._told, _buttons(self), gap=10,
                              margins=(16, 14, 16, 14)))  # fmt: skip

    def _line(self, name: str, value: Any) -> QLineEdit:
        line = QLineEdit(self._field.edit(value))
        line.setPlaceholderText(self._field.placeholder)
        line.setAccessibleName(f"{self._field.label}, {name}")
        return line

    def accept(self) -> None:
        try:
            low, high = self._field.read(self.low.text()), self._field.read(self.high.text())
        except ValueError as error:
            self._told.setText(str(error))
            return
        if low is not None and high is not None and high < low:
            self._told.setText("La seconde valeur est avant la première.")
            return
        super().accept()
        empty = low is None and high is None
        self._chosen(None if empty else Filter(self._field.name, low=low, high=high))


def _buttons(dialog: QDialog) -> QWidget:
    box = QDialogButtonBox()
    apply = button("Filtrer", "primary", "check")
    apply.setDefault(True)
    box.addButton(apply, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(button("Annuler"), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
