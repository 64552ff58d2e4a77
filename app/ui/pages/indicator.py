"""One indicator: its value, twelve periods, how it is calculated with the figures put in, the records behind it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from app.entities import ENTITIES
from app.fields import counted, duration, lowered, number
from app.jobs import Job
from app.kpi import REGISTRY, Kpi
from app.services import board, indicator_notes
from app.services.board import One
from app.services.indicator_notes import Note
from app.services.indicators import Page as Sheet
from app.storage import Store
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.base import RecordPage
from app.ui.pages.indicator_acts import TargetDialog, note_act, rewrite_act
from app.ui.pages.indicator_cards import HIGHEST, NotesCard, TopCards, chart_card, how_card, value_card, way
from app.ui.pages.indicator_choice import Asked, Choice
from app.ui.pages.indicator_page import UNTOLD
from app.ui.pages.indicator_reading import Reader
from app.ui.pages.indicator_rows import Lines, Record
from app.ui.pages.indicator_words import outcome_words, several
from app.ui.pages.indicators import place_of, table_card
from app.ui.parts.awaited import Awaited
from app.ui.parts.basics import column, empty_layout, frame, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.chips import Chip
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Rows, SmallTable

TABLE_HEIGHT = 220
MOST = 500
"""Lines of records in sight; the workbook has them all."""


class IndicatorPage(RecordPage):
    """`record_id` is the place of the indicator in the registry, from 1."""

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self.sheet: Sheet | None = None
        self.rows: Sequence[Record] = ()
        self._judged: bool | None = None
        self._stale = False
        self.choice = Choice(desk, self)
        self.choice.changed.connect(self.read)
        self.excel = button("Excel", icon="file-spreadsheet", tip="Exporter ce que compte l’indicateur")
        self.excel.clicked.connect(self.export)
        self.head = RecordHead([self.excel])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self._step(-1))
        self.head.following.connect(lambda: self._step(1))
        self.result = Chip("Résultat")
        self.result.clicked.connect(self._offer_results)
        self.result.cleared.connect(lambda: self._take_result(None))
        self._body: QVBoxLayout = column(gap=12, margins=(16, 12, 16, 12))
        chips = frame("bar", row(self.choice, margins=(16, 8, 16, 8)))
        self._shown = Awaited(scrolled(holder(self._body)))
        self.setLayout(column(self.head, chips, self._shown, gap=0))
        self._codes: tuple[str, ...] = ()
        self.reader = Reader(desk, self._reading, self._show, self)
        self._tell_head()
        self.read()
        desk.changed.connect(self._on_change)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables - UNTOLD:
            self._stale = True
            if self.isVisible():
                self.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    @property
    def kpi(self) -> Kpi:
        return list(REGISTRY.values())[self.record_id - 1]

    def _step(self, by: int) -> None:
        self.record_id = place_of(self._codes[self._codes.index(self.kpi.code) + by])
        self._judged = None
        self.result.set_value("")
        self._tell_head()
        self.read()

    def read(self) -> None:
        """Measure again what is asked for."""
        self._stale = False
        self.reader.ask()

    def _reading(self) -> Job[tuple[One, Lines]]:
        asked = self.choice.asked
        return _measured(self.desk.store, self.kpi, asked)

    def _tell_head(self, badges: Sequence[tuple[str, Mark]] = ()) -> None:
        """The name and the meaning need no measure."""
        kpi = self.kpi
        at = self._codes.index(kpi.code) if kpi.code in self._codes else -1
        place = f"{at + 1}\u00a0sur\u00a0{len(self._codes)}" if at >= 0 else ""
        self.head.set_data(HeadData("Indicateurs", kpi.label, kpi.label, f"{kpi.definition} {way(kpi)}", place, badges))
        self.head.set_steps(at > 0, -1 < at < len(self._codes) - 1)

    def _show(self, measured: tuple[One, Lines]) -> None:
        found, self.lines = measured
        kpi, sheet, period = self.kpi, found.page, self.choice.asked.period
        self._shown.has_come()
        self.sheet, self._codes = sheet, found.codes
        self._tell_head([(sheet.tile.state.label, Mark(sheet.tile.state.tone, loud=True))])
        set_available(self.excel, bool(self.lines.records), "Il n’y a rien à exporter.")
        self.result.setParent(None)
        empty_layout(self._body)
        value = value_card(kpi, (sheet, self.lines.held), period, self.change_target)
        self._body.addWidget(TopCards(value, chart_card(kpi, sheet, period), how_card(sheet)))
        self._body.addWidget(NotesCard(found.notes, self.add_note, self.change_note, self.remove_note))
        self._body.addWidget(self._records_card(kpi, sheet), 1)
        self.footed.emit(self.sentence())

    # What is decided

    def change_target(self) -> None:
        if self.sheet:
            TargetDialog(self.desk, self.kpi, self.choice.asked, self.sheet.target, self.window()).open()

    def add_note(self) -> None:
        self._open(note_act(self.kpi, self.choice.asked, self.desk.store.who))

    def change_note(self, note: Note) -> None:
        self._open(rewrite_act(note))

    def _open(self, act: Act) -> None:
        ActDialog(self.desk, act, self.window()).open()

    def remove_note(self, note: Note) -> None:
        self.desk.act(
            "Suppression d’une remarque", lambda s: indicator_notes.remove(s, note.id), told="Remarque supprimée"
        )

    def show_part(self, record_id: int) -> None:
        """A note: on the period and the contract that it is about."""
        with self.desk.read() as session:
            note = indicator_notes.one(session, record_id)
        if note is not None:
            self.choice.take(Asked(note.period).with_value("contract_id", note.contract_id, note.contract))

    # The records

    def _records_card(self, kpi: Kpi, sheet: Sheet) -> QFrame:
        count = len(self.lines.records)
        title = several(kpi, count)
        self.result.setVisible(len(set(self.lines.outcomes)) > 1)
        if not count:
            told = f"Chaque {lowered(ENTITIES[sheet.behind].one)} compté se lira ici."
            if ENTITIES[sheet.behind].gender == "f":
                told = told.replace("compté", "comptée")
            words = holder(row(label(told, "body", "ink2", wrap=True), margins=(16, 8, 16, 8)))
            return table_card(title, "", self.result, words)
        note = f"les {number(MOST)} premiers\u00a0; le classeur les a tous" if count > MOST else ""
        self.table = SmallTable(self.lines.columns, (), title)
        self.table.opened.connect(lambda at: self.desk.go_to.emit(sheet.behind, self.rows[at].id))
        made = table_card(title, note, self.result, self.table, tall=True)
        self._show_rows()
        return made

    def _show_rows(self) -> None:
        self.rows = self.lines.judged(self._judged)
        self.table.set_rows(Rows(self.rows[:MOST], self.lines.cells))
        self.table.setMinimumHeight(theme.scaled(TABLE_HEIGHT))
        self.table.setMaximumHeight(HIGHEST)

    def _offer_results(self) -> None:
        menu = QMenu(self)
        yes, no = outcome_words(self.kpi)
        for judged, word in ((None, "Tous"), (False, no), (True, yes)):
            menu.addAction(word, partial(self._take_result, judged))
        menu.popup(self.result.mapToGlobal(self.result.rect().bottomLeft()))

    def _take_result(self, judged: bool | None) -> None:
        self._judged = judged
        yes, no = outcome_words(self.kpi)
        self.result.set_value("" if judged is None else yes if judged else no, removable=True)
        self._show_rows()

    def sentence(self) -> str:
        if self.sheet is None:
            return ""
        entity = ENTITIES[self.sheet.behind]
        told = counted(len(self.lines.records), lowered(entity.one), lowered(entity.many))
        spent = self.lines.spent
        return f"{told}  ·  durée totale {duration(spent)}" if spent else told

    def export(self) -> None:
        """The records shown, as a workbook."""
        if self.sheet is None:
            return
        sheet, rows, lines, asked = self.sheet, self.rows, self.lines, self.choice.asked
        path = self.desk.ask.file_to_save(self, "Exporter l’indicateur", f"indicateur-{self.kpi.code}.xlsx", ask.EXCEL)
        if path:
            from app.ui.pages import indicator_excel  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

            self.desk.run(
                "Export de l’indicateur",
                lambda: indicator_excel.one_job(self.desk, (sheet, lines, rows), asked, path),
                lambda _: self.desk.done.emit(f"{counted(len(rows), 'ligne')}\u00a0: {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )


def _measured(store: Store, kpi: Kpi, asked: Asked) -> Job[tuple[One, Lines]]:
    """The indicator and its lines, counted beside the window."""
    found = yield from board.one_job(store, kpi.code, asked.period, asked.scope)
    return found, Lines(kpi, found.page)
