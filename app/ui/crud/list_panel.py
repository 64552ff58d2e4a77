"""A list of any entity: filter row, rows, what is chosen. Pages, panes and linked tabs are made of it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.entities import Entity
from app.fields import Choice, Day, Derived, Field, Ref
from app.services import listing, views
from app.services.listing import Filter, Query
from app.ui import theme
from app.ui.crud.columns import ColumnsDialog
from app.ui.crud.filters import RANGED, RangeDialog, ValuesDialog, in_words, offered, with_filter
from app.ui.crud.model import ID, PAGE, ListModel, Tally
from app.ui.desk import Desk
from app.ui.parts.basics import column, frame, row
from app.ui.parts.buttons import icon_button
from app.ui.parts.chips import Chip
from app.ui.parts.empty import no_match
from app.ui.parts.search import search_field
from app.ui.parts.table import ListColumn, ListView, Shape
from app.ui.state import UiState

TYPING = 120
"""Milliseconds after the last key before the list follows: a word typed at once is read once."""


def shape_of(field: Field) -> Shape:
    if isinstance(field, Choice | Derived) and field.letter:
        return "verdict"
    if (isinstance(field, Derived) and field.options) or (isinstance(field, Choice) and field.badge):
        return "badge"
    if isinstance(field, Day) and field.deadline:
        return "deadline"
    return "number" if field.right else "text"


class ListPanel(QWidget):
    """`tallied` gives the counts and totals; `current` the id of the row under the cursor, or 0.

    `held` are filters that the list keeps whatever is asked, and does not show: the record that it is a part of; `on`
    is the day of the financial year that it is read for, whatever is asked too.
    """

    tallied = Signal(object)
    current = Signal(int)
    opened = Signal(int)
    binned = Signal()
    excel = Signal()
    model_type: type[ListModel] = ListModel

    def __init__(
        self, desk: Desk, entity: Entity, state: UiState, query: Query | None = None, held: tuple[Filter, ...] = ()
    ) -> None:
        super().__init__()
        self._desk, self.entity, self._state = desk, entity, state
        self._held = {one.field: one for one in held}
        self._texts: dict[str, dict[Any, str]] = {}
        self._base = query
        self.on: date | None = None
        self._fitting = False
        self.model = self.model_type(desk, entity)
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"Liste\u00a0: {entity.many.lower()}")
        self.table.setSortingEnabled(False)
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(self._no_match())
        self._wire()
        self.setLayout(column(self._filter_row(), self.body, gap=0))
        self.show_query(self._kept_query())

    def _wire(self) -> None:
        header = self.table.head()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_column)
        header.setStretchLastSection(False)  # it would tell as drawn by hand what the window did
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._keep_width)
        header.sectionMoved.connect(lambda *_: self._keep_order())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.current.emit(self.current_id()))
        self.table.activated.connect(lambda index: self.opened.emit(index.data(ID) or 0))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.model.counted.connect(self._on_count)
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(self._follow_text)

    def _no_match(self) -> QWidget:
        none = "Aucune" if self.entity.gender == "f" else "Aucun"
        shown = no_match(f"{none} {self.entity.one.lower()} ne correspond")
        shown.chosen.connect(lambda _: self.clear_filters())
        return shown

    def _go_to_rows(self) -> None:
        self._follow_text()
        self.table.setFocus()

    def _filter_row(self) -> QWidget:
        self.search = search_field("Filtrer cette liste", "Ctrl+F")
        self.search.textChanged.connect(lambda _: self._delay.start())
        self.search.returnPressed.connect(self._go_to_rows)
        self.chips: dict[str, Chip] = {}
        self._more = icon_button("list-filter", "Autre critère")
        self._more.clicked.connect(self._offer_more)
        self._chip_row = row(gap=8)
        self.only_chip = Chip("Seulement")
        self.only_chip.clicked.connect(self.clear_filters)
        self.only_chip.cleared.connect(self._lift_limit)
        self._chip_row.addWidget(self.only_chip)
        self.view_chip = Chip("Vue")
        self.view_chip.clicked.connect(self._offer_views)
        if self._held:  # a view would keep the record with it
            self.view_chip.hide()
        columns, excel = icon_button("columns-3", "Colonnes"), icon_button("file-spreadsheet", "Exporter vers Excel")
        columns.clicked.connect(self._choose_columns)
        excel.clicked.connect(self.excel.emit)
        for name in self.entity.chips:
            self._add_chip(self.entity.field(name))
        return frame("filters", row(self.search, self._chip_row, self._more, None, self.view_chip, columns, excel,
                                    margins=(16, 0, 10, 8)))  # fmt: skip

    def _add_chip(self, field: Field) -> Chip:
        chip = Chip(field.label)
        chip.clicked.connect(partial(self.ask_filter, field))
        chip.cleared.connect(partial(self.set_filter, field.name, None))
        self.chips[field.name] = chip
        self._chip_row.addWidget(chip)
        return chip

    # What is shown

    def _kept_query(self) -> Query:
        if self._base is not None:
            return self._base
        kept = views.from_text(self.entity, self._state.text(f"list/{self.entity.key}"))
        return kept or listing.default_query(self.entity)

    @property
    def query(self) -> Query:
        return self.model.query

    def show_query(self, query: Query) -> None:
        """Show another query, keep the chosen record if it is still among the first rows."""
        free = tuple(one for one in query.filters if one.field not in self._held)
        query = replace(query, filters=(*self._held.values(), *free), on=self.on)
        chosen, dressed = self.current_id(), self.model.fields
        self.model.show(query)
        if self.model.fields != dressed:
            self._fitting = True
            shapes = self.shapes()
            self.table.set_columns([ListColumn(f.width, s) for f, s in zip(self.model.fields, shapes, strict=True)])
        self._fit_columns()
        at = query.columns.index(query.sort) if query.sort in query.columns else -1
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        self.table.head().setSortIndicator(at, order)
        self._tell_chips()
        if self._base is None:
            self._state.set_text(f"list/{self.entity.key}", views.to_text(replace(query, filters=free)))
        self.choose(chosen)

    def reload(self) -> None:
        """After a change made anywhere: the same rows, read again."""
        chosen, at = self.current_id(), self.table.currentIndex().row()
        scroll = self.table.verticalScrollBar().value()
        self.model.reload()
        self.table.verticalScrollBar().setValue(scroll)
        self.choose(chosen, at)

    def widths(self) -> list[int]:
        """Of the columns, at the base size of text."""
        return [round(self.table.columnWidth(i) / theme.scaled(100) * 100) for i in range(len(self.model.fields))]

    def shapes(self) -> list[Shape]:
        return [shape_of(field) for field in self.model.fields]

    def choose(self, record_id: int, near: int = 0) -> None:
        """The row of this record; if it is no longer there, the one that stands at `near`."""
        at = self.model.position(record_id, near) if record_id else None
        if at is None and self.model.rowCount() and record_id:
            at = min(max(near, 0), self.model.rowCount() - 1)
        if at is not None:
            index = self.model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
        elif record_id:
            self.current.emit(0)

    def current_id(self) -> int:
        index = self.table.currentIndex()
        return (index.data(ID) or 0) if index.isValid() else 0

    def chosen_ids(self) -> list[int]:
        """Ids of the chosen rows, in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        if len(rows) > PAGE:
            with self._desk.read() as session:
                every = listing.ids(session, self.entity, self.query)
            return [every[position] for position in rows if position < len(every)]
        found = [self.model.row(position) for position in rows]
        return [r.id for r in found if r]

    def _on_count(self, tally: Tally) -> None:
        narrowed = bool(self.query.text or self.query.filters or self.query.ids is not None)
        self.body.setCurrentIndex(1 if not tally.shown and narrowed else 0)
        self.tallied.emit(tally)

    def _follow_text(self) -> None:
        text = self.search.text().strip()
        if text != self.query.text:
            self.show_query(replace(self.query, text=text))

    # Sorting, columns, views

    def _sort_by(self, section: int) -> None:
        name = self.query.columns[section]
        again = name == self.query.sort
        self.show_query(replace(self.query, sort=name, descending=again and not self.query.descending))

    def _keep_width(self, section: int, _old: int, new: int) -> None:
        """A column drawn by hand keeps its width; the others share what is left."""
        if not self._fitting:
            self._state.set_text(f"width/{self.entity.key}/{self.model.fields[section].name}", str(new))

    def _fit_columns(self) -> None:
        """Texts take the room that the other columns leave, each by its declared width."""
        fields = self.model.fields
        kept = [self._state.text(f"width/{self.entity.key}/{field.name}") for field in fields]
        widths = [int(k) if k.isdigit() else theme.scaled(f.width) for k, f in zip(kept, fields, strict=True)]
        self._fitting = True
        self.table.share(widths, [i for i, field in enumerate(fields) if shape_of(field) == "text" and not kept[i]])
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_columns)

    def _keep_order(self) -> None:
        header = self.table.head()
        names = tuple(self.query.columns[header.logicalIndex(i)] for i in range(header.count()))
        QTimer.singleShot(0, self, lambda: self._reorder(names))

    def _reorder(self, names: tuple[str, ...]) -> None:
        if names != self.query.columns:
            header = self.table.head()
            with QSignalBlocker(header):
                for i in range(header.count()):
                    header.moveSection(header.visualIndex(i), i)
            self.show_query(replace(self.query, columns=names))

    def _choose_columns(self) -> None:
        ColumnsDialog(
            self.entity, self.query.columns, lambda names: self.show_query(replace(self.query, columns=names)), self
        ).open()

    def _offer_views(self) -> None:
        menu = QMenu(self)
        menu.addAction(f"Toute la liste\u00a0: {self.entity.many.lower()}", lambda: self._take_view("", None))
        with self._desk.read() as session:
            names = views.names(session, self.entity)
        for name in names:
            menu.addAction(name, partial(self._load_view, name))
        menu.addSeparator()
        menu.addAction("Garder cette vue…", self._save_view)
        if names:
            menu.addAction("Oublier une vue…", lambda: self._drop_view(names))
        menu.popup(self.view_chip.mapToGlobal(self.view_chip.rect().bottomLeft()))

    def _load_view(self, name: str) -> None:
        with self._desk.read() as session:
            self._take_view(name, views.load(session, self.entity, name))

    def _take_view(self, name: str, query: Query | None) -> None:
        wanted = query or listing.default_query(self.entity)
        self.search.setText(wanted.text)
        self.show_query(wanted)
        self.view_chip.set_value(name)

    def _save_view(self) -> None:
        name = self._desk.ask.line(self, "Garder cette vue", "Nom de la vue (filtres, colonnes et tri)")
        if name:
            kept = self._desk.act("Vue gardée", lambda s: views.save(s, self.entity, name, self.query))
            self.view_chip.set_value(kept)

    def _drop_view(self, names: list[str]) -> None:
        name = self._desk.ask.one_of(self, "Oublier une vue", "Vue à oublier", names)
        if name:
            self._desk.act("Vue oubliée", lambda s: views.remove(s, self.entity, name))
            self.view_chip.set_value("")

    # Filters

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for field in offered(self.entity):
            menu.addAction(field.label, partial(self.ask_filter, field))
        menu.addSeparator()
        menu.addAction("Effacer les filtres", self.clear_filters)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _offer_column(self, spot: QPoint) -> None:
        """What can be done with the column under the mouse."""
        header = self.table.head()
        section = header.logicalIndexAt(spot)
        if section < 0:
            return
        field = self.model.fields[section]
        menu = QMenu(self)
        menu.addAction("Trier", partial(self._sort_by, section))
        if field in offered(self.entity):
            menu.addAction("Filtrer cette colonne…", partial(self.ask_filter, field))
        menu.addSeparator()
        menu.addAction("Colonnes…", self._choose_columns)
        menu.popup(header.mapToGlobal(spot))

    def ask_filter(self, field: Field) -> None:
        now = next((f for f in self.query.filters if f.field == field.name), None)
        answer = partial(self.set_filter, field.name)
        if isinstance(field, RANGED):
            RangeDialog(field, now, answer, self).open()
        else:
            with self._desk.read() as session:
                held = tuple(self._held.values())
                values = listing.distinct(session, self.entity, field.name, held=held, on=self.on)
            ValuesDialog(values, field, now, answer, self).open()

    def set_filter(self, name: str, wanted: Filter | None) -> None:
        self.show_query(with_filter(self.query, name, wanted))

    def clear_filters(self) -> None:
        self.search.clear()
        self.show_query(replace(self.query, text="", filters=(), ids=None))

    def _lift_limit(self) -> None:
        self.show_query(replace(self.query, ids=None))

    def _tell_chips(self) -> None:
        limit = self.query.ids if self._base is None else None
        self.only_chip.set_value("" if limit is None else self.entity.counted(len(limit)), removable=True)
        self.only_chip.setVisible(limit is not None)
        active = {f.field: f for f in self.query.filters if f.field not in self._held}
        for name, wanted in active.items():
            chip = self.chips.get(name) or self._add_chip(self.entity.field(name))
            chip.set_value(in_words(self.entity, wanted, self._words(name)), removable=True)
        for name, chip in self.chips.items():
            if name not in active:
                chip.set_value("")

    def _words(self, name: str) -> dict[Any, str]:
        """The texts of what a field links to; the other kinds tell theirs themselves."""
        if not isinstance(self.entity.field(name), Ref):
            return {}
        with self._desk.read() as session:
            held = tuple(self._held.values())
            return {
                value: text for value, text, _ in listing.distinct(session, self.entity, name, held=held, on=self.on)
            }

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.binned.emit()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._go_to_rows()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The chosen rows as lines of cells, for a spreadsheet."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        width = self.model.columnCount()
        lines = ["\t".join(str(self.model.index(r, c).data() or "") for c in range(width)) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
