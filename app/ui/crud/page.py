"""One section of a tab: the list, the pane of the chosen record, and what is done with them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget

from app.entities import Entity
from app.fields import Field, number, plural
from app.services import export, records
from app.services.listing import Query
from app.services.records import Outcome
from app.ui import ask, theme
from app.ui.crud.bulk import BulkDialog, OutcomeDialog
from app.ui.crud.form import FormDialog
from app.ui.crud.list_panel import ListPanel
from app.ui.crud.model import Tally
from app.ui.crud.new_button import NewButton
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.desk import Desk
from app.ui.pages.base import Page
from app.ui.parts.basics import column
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.state import UiState

NARROW = 85 * theme.DESIGN_PIXELS
"""Below this width the pane goes under the list."""
PANE = 430


class EntityPage(Page):
    """List and pane; a way to begin that is not its own is told by `begun`."""

    begun = Signal(str)
    panel_type: type[ListPanel] = ListPanel
    with_pane = False
    """Whether what has a page of its own is shown beside the list too."""

    def __init__(self, desk: Desk, entity: Entity, state: UiState) -> None:
        super().__init__(desk, state)
        self.entity = entity
        self.panel = self.panel_type(desk, entity, state)
        self.pane: QWidget | None = None
        if self.with_pane or not entity.own_page:
            self.detail = self.make_pane()
            self.detail.acts_of = self.acts_on
            self.detail.wanted.connect(self._do)
            self.detail.closed.connect(self.close_pane)
            self.detail.hide()
            self.pane = self.detail
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.panel)
        if self.pane is not None:
            self.splitter.addWidget(self.pane)
            self.splitter.setStretchFactor(0, 1)
        self.body = QStackedWidget()
        self.body.addWidget(self.splitter)
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.panel.search)
        self._wire()

    def make_pane(self) -> DetailPane:
        return DetailPane(self.desk, self.entity)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:  # noqa: ARG002 - most entities have none
        """Acts of this entity's own on the records chosen, for the menus of the list and of the pane."""
        return ()

    def _wire(self) -> None:
        self.panel.tallied.connect(self._tell)
        self.panel.current.connect(self._on_current)
        self.panel.opened.connect(self.open_record)
        self.panel.binned.connect(self.bin_chosen)
        self.panel.excel.connect(self.export)
        self.panel.table.customContextMenuRequested.connect(self._menu)
        self.panel.table.selectionModel().selectionChanged.connect(lambda *_: self.footed.emit(self.sentence()))
        self.desk.changed.connect(self._on_change)
        self._tally: Tally | None = None

    def refresh(self) -> None:
        self.panel.reload()

    # Acts of the section

    def section_actions(self) -> list[Button]:
        """What stands at the right of the sections, the primary one last."""
        return [self.new_button(f"{self._new()} {self.entity.one.lower()}")]

    def new_button(self, words: str) -> NewButton:
        new = NewButton(words)
        new.clicked.connect(self.new)
        new.suit(self._tally or Tally(0, 0, {}))
        self.panel.tallied.connect(new.suit)
        return new

    def _new(self) -> str:
        return "Nouvelle" if self.entity.gender == "f" else "Nouvel" if self.entity.one[0] in "AEIOUÉ" else "Nouveau"

    def new(self) -> None:
        self.open_form(None)

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        form = FormDialog(self.desk, self.entity, record_id, start, self.window())
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def _on_saved(self, record_id: int) -> None:
        self.panel.reload()
        self.show_record(record_id)

    def edit(self) -> None:
        if self.entity.editable and (chosen := self.panel.current_id()):
            self.open_form(chosen)

    def duplicate(self) -> None:
        if self.entity.editable and (chosen := self.panel.current_id()):
            with self.desk.read() as session:
                start = records.duplicate(session, self.entity, chosen)
            self.open_form(None, start)

    def _do(self, act: str, record_id: int) -> None:
        if act == "edit":
            self.open_form(record_id)
        elif act == "duplicate":
            self.duplicate()
        elif act == "bin":
            self.to_bin([record_id])

    def bin_chosen(self) -> None:
        self.to_bin(self.panel.chosen_ids())

    def to_bin(self, wanted: Sequence[int]) -> None:
        """Without a question: it can be undone, and the bin keeps it."""
        if not wanted:
            return
        told = self.entity.counted(len(wanted))
        if len(wanted) == 1:
            with self.desk.read() as session:
                told = records.title(session, self.entity, wanted[0])
        self.close_pane()
        self.desk.act(
            f"Mise à la corbeille\u00a0: {told}",
            lambda s: records.to_bin(s, self.entity, wanted),
            told=f"{told} mis{'e' if self.entity.gender == 'f' else ''} à la corbeille",
        )

    def bulk(self) -> None:
        wanted = self.panel.chosen_ids()
        if wanted:
            BulkDialog(self.desk, self.entity, wanted, lambda f, v: self._bulk(wanted, f, v), self.window()).open()

    def _bulk(self, wanted: list[int], field: Field, value: Any) -> None:
        label = f"Modification de {self.entity.counted(len(wanted))}"

        def make() -> Any:
            with self.desk.store.begin(label) as session:
                return (yield from records.bulk_edit(session, self.entity, wanted, {field.name: value}))

        self.desk.run(label, make, self._bulk_done, "Annuler laisse tout comme avant.")

    def _bulk_done(self, outcome: Outcome) -> None:
        self.desk.tell_done(f"{self.entity.counted(len(outcome.done))} {plural(len(outcome.done), 'modifié')}")
        if outcome.refused:
            OutcomeDialog(outcome, self.window()).open()

    def export(self) -> None:
        """The list as it is shown: its columns, filters and order."""
        name = f"{self.entity.many.lower().replace(' ', '-')}.xlsx"
        path = self.desk.ask.file_to_save(self, "Exporter la liste", name, f"{ask.EXCEL};;Fichier CSV (*.csv)")
        if path:
            query = self.panel.query
            self.desk.run(
                "Export de la liste",
                lambda: export.list_job(self.desk.store, self.entity, path, query=query, notes=self.export_notes()),
                lambda n: self.desk.done.emit(f"{self.entity.counted(n)} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )

    def export_notes(self) -> tuple[str, ...]:
        """What the workbook of the list says besides its filters."""
        return ()

    def _menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        chosen = len(self.panel.chosen_ids())
        if chosen:
            if self.entity.own_page:
                menu.addAction("Ouvrir", lambda: self.open_record(self.panel.current_id()))
            elif self.entity.editable and chosen == 1:
                menu.addAction("Modifier…", self.edit)
                menu.addAction("Dupliquer…", self.duplicate)
            if chosen > 1 and any(f.bulk for f in self.entity.fields):
                menu.addAction(f"Modifier ces {chosen} lignes…", self.bulk)
            for words, act in self.acts_on(self.panel.chosen_ids()):
                menu.addAction(words, act)
            menu.addAction("Copier", self.panel.copy)
            menu.addSeparator()
            several = f" ces {chosen} lignes" if chosen > 1 else ""
            menu.addAction(f"Mettre{several} à la corbeille", self.bin_chosen)
            menu.addSeparator()
        menu.addAction("Exporter vers Excel…", self.export)
        menu.popup(self.panel.table.viewport().mapToGlobal(spot))

    # What is shown

    def open_record(self, record_id: int) -> None:
        """Enter or double click: the record's own page if it has one, else its form."""
        if self.entity.own_page:
            self.desk.go_to.emit(self.entity.key, record_id)
        elif record_id and self.entity.editable:
            self.open_form(record_id)

    def show_record(self, record_id: int) -> None:
        """Choose a record in the list, even when filters hide it."""
        if self.panel.model.position(record_id) is None:
            self.panel.search.clear()
            self.panel.show_query(replace(self.panel.query, text="", filters=(), ids=None))
        self.panel.choose(record_id)
        self.panel.table.setFocus()
        self._on_current(record_id)

    def show_only(self, query: Query) -> None:
        self.panel.show_query(query)

    def _on_current(self, record_id: int) -> None:
        if self.pane is None:
            return
        if record_id:
            self.detail.show_record(record_id)
            if self.pane.isHidden():
                self.pane.show()
                self._share()
        else:
            self.pane.hide()

    def close_pane(self) -> None:
        if self.pane is not None:
            self.pane.hide()
            self.panel.table.setFocus()

    def _share(self) -> None:
        if self.pane is None:
            return
        upright = self.splitter.orientation() == Qt.Orientation.Vertical
        whole = self.splitter.height() if upright else self.splitter.width()
        part = whole * 2 // 5 if upright else min(max(theme.scaled(PANE), self.detail.tabs_width()), whole // 2)
        self.splitter.setSizes([whole - part, part])
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The chosen row, that a pane coming under the list may hide."""
        self.panel.table.scrollTo(self.panel.table.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = Qt.Orientation.Vertical if self.width() < theme.scaled(NARROW) else Qt.Orientation.Horizontal
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)
            self._share()

    def _on_change(self, tables: frozenset[str]) -> None:
        concerned = {self.entity.key} | {link.entity for link in self.entity.linked} | {"document"}
        if tables & concerned:
            self.panel.reload()
        if self.pane is None or not self.pane.isVisible() or not self.detail.record_id:
            return
        if tables & (concerned | self.detail.watched):
            self.detail.show_record(self.detail.record_id)

    def _tell(self, tally: Tally) -> None:
        self._tally = tally
        self.counted.emit(tally.all)
        if not tally.all and not self.panel.query.text and not self.panel.query.filters:
            self._show_empty()
        else:
            self.body.setCurrentIndex(0)
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        """« 26 biens affichés sur 148 · 1 sélectionné · Remplacement HT : 31 480,00 € »; nothing before the count."""
        tally, entity = self._tally, self.entity
        if tally is None:
            return ""
        if not tally.all:
            return f"Aucun{'e' if entity.gender == 'f' else ''} {entity.one.lower()}"
        parts = [entity.counted(tally.shown)]
        if tally.shown != tally.all:
            mark = ("e" if entity.gender == "f" else "") + ("s" if tally.shown > 1 else "")
            parts = [f"{parts[0]} affiché{mark} sur {number(tally.all)}"]
        chosen = len(self.panel.table.selectionModel().selectedRows())
        if chosen:
            mark = ("e" if entity.gender == "f" else "") + ("s" if chosen > 1 else "")
            parts.append(f"{number(chosen)} sélectionné{mark}")
        for name, total in tally.totals.items():
            if total and (name in self.panel.query.columns or entity.field(name).total):
                parts.append(f"{entity.field(name).label}\u00a0: {entity.field(name).format(total)}")
        return "  ·  ".join(parts[:4])

    # Empty

    def beginnings(self) -> list[Beginning]:
        return [Beginning("new", f"{self._new()} {self.entity.one.lower()}", primary=True)]

    def begin(self, key: str) -> None:
        if key == "new":
            self.new()
        else:
            self.begun.emit(key)

    def _show_empty(self) -> None:
        if self.body.count() == 1:
            empty = EmptyState(self.entity.icon, self.empty_title(), self.entity.summary, self.beginnings(),
                               self.empty_link())  # fmt: skip
            empty.chosen.connect(self.begin)
            self.body.addWidget(empty)
        self.body.setCurrentIndex(1)

    def empty_title(self) -> str:
        return f"Aucun{'e' if self.entity.gender == 'f' else ''} {self.entity.one.lower()} pour l’instant"

    def empty_link(self) -> tuple[str, str, str]:
        return ("", "", "")
