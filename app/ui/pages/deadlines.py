"""The échéancier: every deadline of the company, the missed ones first and until they are dealt with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.fields import counted, number, this_day
from app.services import calendar_file, deadlines, setup
from app.services.deadlines import Deadline, DeadlineKind, State, Wanted, sheet
from app.storage.files import write_safely
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.pages import deadlines_acts as acts
from app.ui.pages.base import Page
from app.ui.pages.deadlines_table import COLUMNS, ELASTIC, LEAST, NARROW, DeadlinesModel, cells
from app.ui.parts.basics import column, frame, holder, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.chips import Chip
from app.ui.parts.empty import Beginning, EmptyState, no_match
from app.ui.parts.months import MonthStrip
from app.ui.parts.search import search_field
from app.ui.parts.table import ListColumn, ListView
from app.ui.state import UiState

TYPING = 120
CALENDAR = "Calendrier (*.ics)"
WHY = (
    "Préavis, garanties, licences, attestations, réunions\u00a0: tout ce que vous saisissez\n"
    "ailleurs et qui a une date vient ici de lui-même. Ajoutez vos propres rappels."
)
Choices = Sequence[tuple[str, Any]]
"""Words of a choice and what it keeps."""


class DeadlinesPage(Page):
    tallied = Signal(int)  # how many of the chosen ones are still to deal with

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._all: list[Deadline] = []
        self._done: list[Deadline] = []
        self._shown: list[Deadline] = []
        self.wanted = Wanted()
        self.model = DeadlinesModel()
        self.model.setParent(self)
        self._make_table()
        self.months = MonthStrip("Mois à venir")
        self.months.chosen.connect(lambda key: self.want(month=key))
        self.body, self._answers = QStackedWidget(), QStackedWidget()
        nothing = no_match("Aucune échéance ne correspond")
        nothing.chosen.connect(lambda _: self.clear())
        for one in (self.table, nothing):
            self._answers.addWidget(one)
        self._strip = frame("filters", row(self.months, margins=(16, 2, 16, 8)))
        self.body.addWidget(holder(column(self._strip, self._filter_row(), self._answers, gap=0)))
        empty = EmptyState("calendar-clock", "Aucune échéance pour l’instant", WHY,
                           [Beginning("new", "Ajouter un rappel…", primary=True)])  # fmt: skip
        empty.chosen.connect(lambda _: self.new())
        self.body.addWidget(empty)
        self.setLayout(column(self.body, gap=0))
        self.setFocusProxy(self.table)
        QShortcut(QKeySequence("Ctrl+T"), self, self.handle, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.changed.connect(lambda _: self._follow())
        self.refresh()

    def _make_table(self) -> None:
        self.table = ListView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Échéancier")
        self.table.set_columns([ListColumn(width, shape) for _, width, shape in COLUMNS])
        self.table.activated.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._offer)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())

    def _filter_row(self) -> QWidget:
        self.search = search_field("Filtrer l’échéancier", "Ctrl+F")
        self._delay = QTimer(self, singleShot=True, interval=TYPING)
        self._delay.timeout.connect(lambda: self.want(text=self.search.text().strip()))
        self.search.textChanged.connect(lambda _: self._delay.start())
        self.chips: dict[str, Chip] = {}
        offered: dict[str, tuple[str, Callable[[], Choices]]] = {
            "states": ("État", self._states),
            "kinds": ("Type", self._kinds),
            "providers": ("Prestataire", lambda: self._among(one.provider for one in self._all)),
            "contracts": ("Contrat", lambda: self._among(one.contract for one in self._all)),
        }
        for name, (title, choices) in offered.items():
            chip = self.chips[name] = Chip(title)
            chip.clicked.connect(partial(self._ask, name, choices))
            chip.cleared.connect(partial(self.want, **{name: frozenset()}))
        excel = icon_button("file-spreadsheet", "Exporter vers Excel")
        excel.clicked.connect(self.export)
        return frame("filters", row(self.search, *self.chips.values(), None, excel, margins=(16, 0, 10, 8)))

    def section_actions(self) -> list[Button]:
        add, handle = button("Ajouter un rappel…", icon="plus"), acts.HandleButton()
        calendar = button("Exporter .ics…", tip="Pour Outlook, Apple Calendar ou un autre agenda.")
        add.clicked.connect(self.new)
        calendar.clicked.connect(self.export_calendar)
        handle.clicked.connect(self.handle)
        handle.suit(self._open_ones())
        self.tallied.connect(handle.suit)
        return [add, calendar, handle]

    # What is shown

    def _follow(self) -> None:
        """A change made anywhere: out of sight, the page waits to come back."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        with self.desk.read() as session:
            found = deadlines.every(session, this_day())
            done = deadlines.handled(session)
        if (found, done, this_day()) != (self._all, self._done, self.model.today):
            self._all, self._done = found, done
            self._show()
        self.counted.emit(len(self._all))

    def want(self, **values: Any) -> None:
        """Filter by other words, or by another choice."""
        self.wanted = replace(self.wanted, **values)
        self._show()

    def clear(self) -> None:
        self.search.clear()
        self.wanted = Wanted()
        self._show()

    def _show(self) -> None:
        today, kept = this_day(), self._chosen_marks()
        source = self._done if State.HANDLED in self.wanted.states else self._all
        whole = deadlines.matching(source, replace(self.wanted, month=""), today)
        self._shown = deadlines.matching(source, self.wanted, today)
        self.months.set_cells(cells(whole, today), self.wanted.month)
        self._strip.setVisible(source is self._all)
        self.table.clearSpans()
        self.model.show(self._shown, today)
        for line in self.model.headings():
            self.table.setSpan(line, 0, 1, len(COLUMNS))
        self._choose(kept)
        self._tell_chips()
        self.body.setCurrentIndex(0 if self._all or self._done else 1)
        self._answers.setCurrentIndex(0 if self._shown else 1)
        self._tell()

    def _chosen_marks(self) -> set[str]:
        return {one.mark for one in self.chosen()}

    def _choose(self, marks: set[str]) -> None:
        """The same rows, after the list was made again."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for line in range(self.model.rowCount()):
            one = self.model.deadline(line)
            if one is not None and one.mark in marks:
                self.table.selectionModel().select(self.model.index(line, 0), flags)

    def chosen(self) -> list[Deadline]:
        found = (self.model.deadline(index.row()) for index in self.table.selectionModel().selectedRows())
        return [one for one in found if one is not None]

    def _open_ones(self) -> int:
        return sum(one.handled_on is None for one in self.chosen())

    def _tell(self) -> None:
        self.tallied.emit(self._open_ones())
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        """« 9 échéances affichées sur 43  ·  3 en retard, 2 à faire  ·  1 sélectionnée »."""
        done = State.HANDLED in self.wanted.states
        whole, shown = len(self._done if done else self._all), len(self._shown)
        told = counted(shown, "échéance")
        parts = [f"{told} affichée{'s' if shown > 1 else ''} sur {number(whole)}" if shown != whole else told]
        states = [one.state(this_day()) for one in self._shown]
        urgent = [(states.count(State.LATE), "en retard"), (states.count(State.TO_DO), "à faire")]
        parts.append(", ".join(f"{number(count)}\u00a0{words}" for count, words in urgent if count))
        chosen = len(self.chosen())
        parts.append(counted(chosen, "sélectionnée") if chosen else "")
        return "  ·  ".join(part for part in parts if part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        """Columns go, the last first, until the others have their width."""
        widths = [theme.scaled(width) for _, width, _ in COLUMNS]
        needed = [theme.scaled(LEAST.get(at, width)) for at, (_, width, _) in enumerate(COLUMNS)]
        room, shown = self.table.viewport().width(), set(range(len(COLUMNS)))
        for at in reversed(NARROW):
            if sum(needed[i] for i in shown) > room:
                shown.discard(at)
        for at in range(len(COLUMNS)):
            self.table.setColumnHidden(at, at not in shown)
        kept = [width if at in shown else 0 for at, width in enumerate(widths)]
        self.table.share(kept, ELASTIC, theme.scaled(min(LEAST.values())))

    # The filters

    def _ask(self, name: str, choices: Callable[[], Choices]) -> None:
        menu = QMenu(self)
        menu.addAction("Tout", partial(self.want, **{name: frozenset()}))
        for words, value in choices():
            menu.addAction(words, partial(self.want, **{name: frozenset({value})}))
        chip = self.chips[name]
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _states(self) -> Choices:
        found = [one.state(this_day()) for one in (*self._all, *self._done)]
        return [(f"{state.label} ({number(found.count(state))})", state) for state in State]

    def _kinds(self) -> Choices:
        found = [one.kind for one in self._all]
        return [(f"{kind.label} ({number(found.count(kind))})", kind) for kind in DeadlineKind if kind in found]

    @staticmethod
    def _among(values: Iterable[str]) -> Choices:
        return [(value, value) for value in sorted(set(values)) if value]

    def _tell_chips(self) -> None:
        words = {
            "states": [state.label for state in self.wanted.states],
            "kinds": [kind.label for kind in self.wanted.kinds],
            "providers": self.wanted.providers,
            "contracts": self.wanted.contracts,
        }
        for name, told in words.items():
            self.chips[name].set_value(", ".join(told), removable=True)

    # What is done

    def _open(self, index: QModelIndex) -> None:
        if (one := self.model.deadline(index.row())) is not None:
            acts.follow(self.desk, one, self)

    def _offer(self, spot: QPoint) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        if len(chosen) == 1:
            menu.addAction("Ouvrir", partial(acts.follow, self.desk, chosen[0], self))
        if chosen[0].handled_on is None:
            menu.addAction("Traiter…\tCtrl+T", self.handle)
        else:
            menu.addAction("Remettre à l’échéancier", partial(acts.reopen, self.desk, chosen))
        menu.addSeparator()
        menu.addAction("Exporter vers Excel…", self.export)
        menu.popup(self.table.viewport().mapToGlobal(spot))

    def handle(self) -> None:
        chosen = [one for one in self.chosen() if one.handled_on is None]
        if chosen:
            acts.handle(self.desk, chosen, self)

    def new(self) -> None:
        acts.add_reminder(self.desk, self)

    def export(self) -> None:
        path = self.desk.ask.file_to_save(self, "Exporter l’échéancier", _name("xlsx"), ask.EXCEL)
        if path:
            shown, told = list(self._shown), self._filters()
            self.desk.run(
                "Export de l’échéancier",
                lambda: sheet.export_job(self.desk.store, shown, path, this_day(), told),
                lambda n: self.desk.done.emit(f"{counted(n, 'échéance')} dans {path.name}", 0),
                "Annuler ne laisse aucun fichier.",
            )

    def _filters(self) -> tuple[str, ...]:
        told = [chip.text() for chip in self.chips.values() if "\u00a0: " in chip.text()]
        return (*([f"Contient «\u00a0{self.wanted.text}\u00a0»"] if self.wanted.text else []), *told)

    def export_calendar(self) -> None:
        """All that is to come and what is late, as shown; what was dealt with leaves the calendar."""
        path = self.desk.ask.file_to_save(self, "Exporter un calendrier", _name("ics"), CALENDAR)
        if path:
            with self.desk.read() as session:
                name = setup.company(session).name
            shown = [one for one in self._shown if one.handled_on is None]
            write_safely(path, calendar_file.write(shown, self._done, name, datetime.now(UTC)))
            self.desk.done.emit(f"{counted(len(shown), 'échéance')} dans {path.name}", 0)


def _name(extension: str) -> str:
    return f"echeancier_{this_day().isoformat()}.{extension}"
