"""Tabs that any record's page may have: its facts, what is linked to it, its history."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.entities import ENTITIES, Entity
from app.fields import MISSING, Field, Joined, Ref, Text, moment
from app.services import history
from app.services.history import Change
from app.services.listing import Filter, Query
from app.ui import theme
from app.ui.crud.list_panel import shape_of
from app.ui.crud.model import ID, ListModel, Tally
from app.ui.desk import Desk
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.table import ListColumn, ListView

PAGE_MARGINS = (16, 14, 16, 12)
NARROWEST = 110
"""Of a column of words in a pane: it is cut there rather than scrolled to."""


class LinkedList(QWidget):
    """The records of `key` whose Ref field `via` is this record; `opened` gives the id of the one asked for.

    It never scrolls sideways: as many columns as there is room for, those that the entity keeps first.
    """

    opened = Signal(int)
    tallied = Signal(int)
    model_type = ListModel
    sort = ""
    """The field that orders it, where that of the entity does not suit."""

    def __init__(self, desk: Desk, key: str, via: str, record_id: int, empty: str, *, first: str = "") -> None:
        """`empty` says that there is none; `first`, what to do then."""
        super().__init__()
        entity = ENTITIES[key]
        self._entity, self._via = entity, via
        columns = entity.kept_when_narrow(via)
        descending = entity.descending and not self.sort
        self._query = Query(
            columns, self.sort or entity.order_by, descending, filters=(Filter(via, (record_id,)),)
        )  # fmt: skip
        self.model = self.model_type(desk, entity)
        self.model.setParent(self)
        self.table = ListView()
        self.table.setAccessibleName(entity.many)
        self.table.setModel(self.model)
        self.table.activated.connect(lambda index: self.opened.emit(index.data(ID) or 0))
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(scrolled(EmptyState(entity.icon, empty, first)))  # a low pane does not push the window
        self.model.counted.connect(self._on_count)
        self.setLayout(column(self._body))
        self.reload()

    def narrow(self, filters: tuple[Filter, ...]) -> None:
        """Only those of the linked records that pass these filters too."""
        own = next(one for one in self._query.filters if one.field == self._via)
        self._query = replace(self._query, filters=(own, *filters))
        self.reload()

    def reload(self) -> None:
        self.model.show(self._query)
        self.table.set_columns([ListColumn(f.width, shape_of(f)) for f in self.model.fields])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        columns = self._columns(self.table.viewport().width())
        if columns != self._query.columns:
            self._query = replace(self._query, columns=columns)
            self.reload()
        fields = self.model.fields
        texts = [i for i, field in enumerate(fields) if _is_elastic(field)]
        self.table.share([theme.scaled(field.width) for field in fields], texts, theme.scaled(NARROWEST))

    def _columns(self, room: int) -> tuple[str, ...]:
        """Those kept, then the others in their order while they hold in `room` pixels."""
        entity = self._entity
        kept = {*entity.kept_when_narrow(self._via)}
        room -= sum(_least(entity.field(name)) for name in kept)
        for name in entity.shown:
            if name not in kept and name != self._via:
                room -= _least(entity.field(name))
                if room < 0:
                    break
                kept.add(name)
        return tuple(name for name in entity.shown if name in kept)

    def _on_count(self, tally: Tally) -> None:
        self._body.setCurrentIndex(0 if tally.shown else 1)
        QTimer.singleShot(0, self, self._fit)  # a table out of sight had not its width
        self.tallied.emit(tally.shown)

    def chosen_ids(self) -> list[int]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = [self.model.row(position) for position in rows]
        return [one.id for one in found if one]


def _is_elastic(field: Field) -> bool:
    return isinstance(field, Text | Ref | Joined)


def _least(field: Field) -> int:
    """The pixels that a column asks for at least."""
    return theme.scaled(min(field.width, NARROWEST) if _is_elastic(field) else field.width)


class HistoryView(QWidget):
    """Every change of the record, newest first; in a card on a page, bare in a pane."""

    def __init__(self, desk: Desk, entity: Entity, record_id: int, *, bare: bool = False) -> None:
        super().__init__()
        self._desk, self._entity, self._record_id = desk, entity, record_id
        self._facts = FactsView()
        held: QWidget = self._facts
        if not bare:
            held = Card()
            held.body.addWidget(self._facts)
        self.setLayout(column(scrolled(holder(column(held, None, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            changes = history.of_record(session, self._entity, self._record_id)
        self._facts.set_groups([_group(change) for change in changes])


def _group(change: Change) -> FactGroup:
    told = [Fact(name, after if before == MISSING else f"{before} → {after}") for name, before, after in change.fields]
    return FactGroup(change.title, told, aside=f"{moment(change.at)} · {change.who}")
