"""The tab « Réversibilité » of a contract: what is given back, by whom, by when, its proof (domain.md C.11)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import NotFound
from app.fields import amount, counted, day, joined, number, this_day
from app.services import accesses, listing, records, reversibility
from app.services.listing import Row
from app.services.records import Sheet
from app.services.reversibility import Exit, Progress
from app.ui import theme
from app.ui.crud.document_card import DocumentsCard
from app.ui.crud.form import FormDialog
from app.ui.crud.model import ListModel
from app.ui.crud.new_button import NewButton
from app.ui.crud.pane import fact_of
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract_return_acts import (
    CONTRACT,
    ITEM,
    STATES,
    StateKeys,
    conditions,
    make_dossier,
    note_state,
    prepare,
    reschedule,
    state_label,
)
from app.ui.parts import dropping
from app.ui.parts.basics import OneLine, column, empty_layout, frame, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import MARK, OVER, PLAIN, SOON, Mark
from app.ui.parts.meter import Meter, Run

GRANT = ENTITIES["access_grant"]
SIDE = 318
SETTLED = frozenset({"checked", "not_applicable"})
SOON_DAYS = 30
LONG = 190
"""Pixels that the words of a point keep beyond what any column keeps."""
NOTHING = "Choisissez un point\u00a0: vous verrez sa preuve et ses documents."
WHY = (
    "Le jour où vous changerez de prestataire, tout doit vous revenir\u00a0: accès, données, sauvegardes, clés.\n"
    "La liste habituelle compte une vingtaine de points, échéancés sur la fin du contrat."
)
FIRST = (Beginning("prepare", "Préparer la liste", primary=True), Beginning("add", "Ajouter un point…"))


class ReturnTab(QWidget):
    """The list with its progress above, the point chosen beside it; files dropped go to that point."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.setAcceptDrops(True)
        self.list = PointsList(desk, contract_id)
        self.list.opened.connect(self.edit)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        StateKeys(self.list.table, self).noted.connect(self.note)
        self.side = PointSide(desk)
        self.side.edit_button.clicked.connect(lambda: self.edit(self.chosen()))
        lines = row(self.list, frame("pane", column(self.side)), gap=0)
        lines.setStretch(0, 1)
        self.body = QStackedWidget()
        self.body.addWidget(holder(column(self._bar(), lines, gap=0)))
        empty = EmptyState(ITEM.icon, "Aucun point de réversibilité pour l’instant", WHY, FIRST)
        empty.chosen.connect(self._begin)
        self.body.addWidget(empty)
        self.setLayout(column(self._head(), frame("hairline"), self.body, gap=0))
        self.reload()

    def _head(self) -> QVBoxLayout:
        self._progress, self._meter = OneLine("card", "ink"), Meter()
        self._exit = OneLine("second", "ink2")
        self._open = button("", "link")
        self._open.clicked.connect(self.show_accesses)
        terms = button("Modifier…", "link")
        terms.setAccessibleName("Modifier les conditions de sortie")
        terms.clicked.connect(lambda: ActDialog(self._desk, conditions(self._desk, self._contract), self).open())
        paper = button("Procès-verbal…", icon="printer")
        paper.clicked.connect(self.print_record)
        self._zipped = NewButton("Faire le dossier de réversibilité…", "archive")
        self._zipped.clicked.connect(lambda: make_dossier(self._desk, self._contract, self))
        words = column(row(self._progress, self._open, None, gap=12), row(self._exit, terms, None, gap=8), gap=0)
        first = row(words, paper, self._zipped, gap=8)
        first.setStretch(0, 1)
        return column(first, self._meter, gap=8, margins=(16, 10, 16, 12))

    def _bar(self) -> QWidget:
        self._states = []
        for key, value in STATES.items():
            made = button(state_label(value))
            made.clicked.connect(partial(self.note, value))
            made.setProperty("key", key.upper())
            self._states.append(made)
        add = button("Ajouter…", icon="plus")
        add.clicked.connect(lambda: self.edit(None))
        self._more = icon_button("ellipsis", "Autres actions sur la liste")
        self._more.clicked.connect(self._offer)
        return frame("bar", row(label("Noter", "second", "ink2"), *self._states, None, add, self._more, gap=6,
                                margins=(16, 7, 16, 7)))  # fmt: skip

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction("Ajouter les points habituels", partial(prepare, self._desk, self._contract))
        menu.addAction("Recaler les échéances sur la fin du contrat", partial(reschedule, self._desk, self._contract))
        if self.list.chosen_ids():
            menu.addSeparator()
            menu.addAction("Mettre à la corbeille", self.remove)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def reload(self) -> None:
        today = this_day()
        with self._desk.read() as session:
            done = reversibility.progress(session, self._contract, today)
            way = reversibility.exit_of(session, self._contract, today)
            there = bool(reversibility.items(session, self._contract))
            provider = records.get(session, CONTRACT, self._contract).values["provider_id"]
            left = len(accesses.of_provider(session, provider)) if provider else 0
        self._tell(done, way, left)
        self._zipped.lead(there)
        self.body.setCurrentIndex(0 if there else 1)
        self.list.reload()
        self._follow()

    def _tell(self, done: Progress, way: Exit, left: int) -> None:
        self._progress.show_text(done.sentence)
        self._exit.show_text(exit_words(way))
        shares = (Run(done.share, "ok.solid"), Run(done.received / max(done.asked, 1), "ok.solid", hatched=True))
        self._meter.set_runs(shares, done.sentence)
        self._meter.setVisible(bool(done.asked))
        self._open.setText(counted(left, "accès encore ouvert", "accès encore ouverts"))
        self._open.setVisible(bool(left))

    def _follow(self) -> None:
        chosen = self.list.chosen_ids()
        for made in self._states:
            set_available(made, bool(chosen), "Choisissez d’abord un ou plusieurs points.")
            if chosen:
                made.setToolTip(f"Touche {made.property('key')}")
        self.side.show_points(chosen)

    def chosen(self) -> int | None:
        return next(iter(self.list.chosen_ids()), None)

    def note(self, state: str) -> None:
        note_state(self._desk, self.list.chosen_ids(), state)

    def _begin(self, key: str) -> None:
        if key == "prepare":
            prepare(self._desk, self._contract)
        else:
            self.edit(None)

    def edit(self, point: int | None) -> None:
        start = {"contract_id": self._contract} if point is None else None
        FormDialog(self._desk, ITEM, point, start, self.window()).open()

    def remove(self) -> None:
        wanted = self.list.chosen_ids()
        told = f"{counted(len(wanted), 'point')} à la corbeille"
        self._desk.act(f"Retrait\u00a0: {told}", lambda s: records.to_bin(s, ITEM, wanted), told=told)

    def print_record(self) -> None:
        with self._desk.read() as session:
            contract = records.get(session, CONTRACT, self._contract).values["number"]
        papers.preview(self._desk, "reversibilite", self, contract)

    def show_accesses(self) -> None:
        """The register, limited to what this provider still has."""
        with self._desk.read() as session:
            provider = records.get(session, CONTRACT, self._contract).values["provider_id"]
            ids = tuple(accesses.of_provider(session, provider))
        self._desk.show_list.emit(GRANT.key, replace(listing.default_query(GRANT), ids=ids))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.chosen() is not None:
            dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.side.attach(dropping.files_of(event))


def exit_words(way: Exit) -> str:
    """« Fin du contrat le 31/03/2027, si le préavis est donné · assistance 60 jours, 1 500,00 € HT · plan du … »."""
    end = "Contrat sans terme" if way.ends is None else f"Fin du contrat le {day(way.ends)}"
    if way.ends is not None and not way.settled:
        end += ", si le préavis est donné"
    help_given = joined(f"assistance {number(way.days)}\u00a0jours" if way.days else "",
                        f"{amount(way.price)} HT" if way.price is not None else "", by=", ")  # fmt: skip
    plan = f"plan du {day(way.plan)}" if way.plan else "aucun plan daté"
    return joined(end, help_given or "aucune assistance écrite", plan, by=" · ")


class PointsModel(ListModel):
    """A day calls for an act while its point is not settled, a month ahead."""

    def _other(self, row: Row, page: int, rest: int, column: int, role: int) -> Any:
        if role == MARK and self.fields[column].name == "due_on":
            names = [field.name for field in self.fields]
            values = dict(zip(names, row.values, strict=True))
            return day_mark(values["due_on"], values.get("state"))
        return super()._other(row, page, rest, column, role)


def day_mark(due: date | None, state: Any) -> Mark:
    if due is None or (state is not None and state.value in SETTLED):
        return PLAIN
    left = (due - this_day()).days
    return OVER if left < 0 else SOON if left <= SOON_DAYS else PLAIN


class PointsList(LinkedList):
    """The points of a contract; those chosen stay so when they are read again."""

    model_type = PointsModel

    def _columns(self, room: int) -> tuple[str, ...]:
        """The words of the points are long: they get their place before the columns that may go."""
        return super()._columns(room - theme.scaled(LONG))

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__(desk, ITEM.key, "contract_id", contract_id, "Aucun point ici")

    def reload(self) -> None:
        kept = self.chosen_ids()
        super().reload()
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for place in map(self.model.position, kept):
            if place is not None:
                index = self.model.index(place, 0)
                selection.setCurrentIndex(index, flags.NoUpdate)
                selection.select(index, flags.Select | flags.Rows)


def _fact(name: str, sheet: Sheet) -> Fact:
    if name != "due_on":
        return fact_of(ITEM.field(name), sheet)
    mark = day_mark(sheet.values["due_on"], sheet.values["state"])
    word = {OVER: "Dépassée", SOON: "Bientôt"}.get(mark, "")
    badge = Mark(mark.tone, loud=True) if word else None
    return Fact("Échéance", day(sheet.values["due_on"]), badge_text=word, badge=badge)


class PointSide(QWidget):
    """The point chosen: what is known of it, its proof, its documents."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.edit_button = button("Modifier…", "link")
        self.edit_button.setAccessibleName("Modifier ce point")
        self._title = label("", "strong", wrap=True)
        self._facts = FactsView()
        self.documents: DocumentsCard | None = None
        self._held = column()
        body = column(self._title, self._facts, row(self.edit_button, None), 6, self._held, None, gap=8,
                      margins=(16, 12, 16, 12))  # fmt: skip
        self.setLayout(column(scrolled(holder(body))))
        theme.fix_width(self, SIDE)

    def show_points(self, chosen: Sequence[int]) -> None:
        empty_layout(self._held)
        self.documents = None
        one = len(chosen) == 1
        self._facts.setVisible(one)
        self.edit_button.setVisible(one)
        if not one:
            self._title.setText(f"{len(chosen)}\u00a0points choisis" if chosen else NOTHING)
            return
        self._show(chosen[0])

    def _show(self, point: int) -> None:
        try:
            with self._desk.read() as session:
                sheet = records.get(session, ITEM, point)
        except NotFound:
            return
        names = ("state", "owner", "due_on", "proof", "notes")
        self._title.setText(sheet.values["label"])
        told = [_fact(name, sheet) for name in names if sheet.values[name] is not None]
        self._facts.set_groups([FactGroup("", told)])
        self.documents = DocumentsCard(self._desk, ITEM, point)
        self._held.addWidget(self.documents)

    def attach(self, paths: Sequence[Path]) -> None:
        if self.documents is not None:
            self.documents.attach(paths)
