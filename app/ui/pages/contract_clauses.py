"""The clauses of a contract: those it has, their text with its values, and what the provider's own paper covers."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.fields import counted, this_day
from app.services import contract_clauses
from app.services.completeness import CLAUSE as CLAUSE_GAP
from app.services.contract_clauses import ClauseRow
from app.services.variables import Source
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.acts import Act
from app.ui.pages.clause_words import ARTICLE, TITLE, WORDS, WordsDialog, read_pieces
from app.ui.pages.contract_clauses_add import AddClauses
from app.ui.pages.contract_clauses_tick import TickPart
from app.ui.parts.basics import column, frame, holder, label, row, scrolled
from app.ui.parts.buttons import Segment, Segments, button, icon_button, set_available
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.parts.words_view import Kind, WordsView

OURS, THEIRS = "ours", "theirs"
COLUMNS = (
    SmallColumn("N°", 44),
    SmallColumn("Clause", 250),
    SmallColumn("Article", 70),
    SmallColumn("État", 150, "badge"),
)
EMPTY = (
    "Prenez les clauses indispensables d’un geste, puis adaptez-les\u00a0: les valeurs du contrat s’y écrivent seules. "
    "Si le contrat est celui du prestataire, dites seulement ce qu’il couvre."
)
MOST, LIST = 60, 500
"""Rows that the list shows without scrolling by itself, and the least width in which no word of it is cut."""
CHANGES: dict[str, Kind] = {"same": "", "gone": "gone", "new": "new"}


class ClausesTab(QWidget):
    """Two ways: our own text, clause by clause; or the topics that the provider's paper covers, ticked."""

    def __init__(self, desk: Desk, contract_id: int) -> None:
        super().__init__()
        self._desk, self._contract = desk, contract_id
        self.rows: list[ClauseRow] = []
        self.ways = Segments([Segment(OURS, "Notre rédaction"), Segment(THEIRS, "Texte du prestataire")], "Rédaction")
        self.ways.changed.connect(self.show_way)
        self._told = label("", "second", "ink2")
        self.add_button, self.write_button = button("Ajouter des clauses…", icon="plus"), button("Écrire une clause…")
        self.add_button.clicked.connect(self.add)
        self.write_button.clicked.connect(self.write)
        self.parts = QStackedWidget()
        self.ticks = TickPart(desk, contract_id)
        self.parts.addWidget(self._draft_part())
        self.parts.addWidget(self.ticks)
        self.parts.addWidget(scrolled(self._empty_part()))
        head = row(self.ways, self._told, None, self.write_button, self.add_button, margins=(16, 8, 16, 8))
        self.setLayout(column(head, self.parts, gap=0))
        self.reload()
        self.show_way(THEIRS if self.rows and all(one.is_theirs for one in self.rows) else OURS)

    # -- what it is made of -------------------------------------------------------------------------------------

    def _draft_part(self) -> QWidget:
        self.table = SmallTable(COLUMNS, name="Clauses du contrat", most=MOST)
        self.table.setSelectionMode(SmallTable.SelectionMode.SingleSelection)
        self.table.opened.connect(lambda _: self.adapt())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._read())
        self.words = WordsView("Texte de la clause")
        self.adapt_button = button("Adapter…", icon="pencil")
        self.adapt_button.clicked.connect(self.adapt)
        self.up, self.down = icon_button("arrow-up", "Monter"), icon_button("arrow-down", "Descendre")
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.remove_button = button("Retirer", icon="x")
        self.remove_button.clicked.connect(self.remove)
        self.compare = button("Voir la différence", "link")
        self.compare.clicked.connect(self.show_difference)
        self.take = button("Reprendre", "link")
        self.take.clicked.connect(self.take_newest)
        self._newer = label("", "second", "info.text")
        acts = row(self.adapt_button, self.up, self.down, None, self.remove_button)
        newer = row(self._newer, self.compare, self.take, None, gap=12)
        pane = frame("pane", column(acts, newer, self.words, gap=8, margins=(17, 12, 17, 12)))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        area = scrolled(holder(column(self.table, None, gap=0)))
        area.setMinimumWidth(theme.scaled(LIST))
        self.splitter.addWidget(area)
        self.splitter.addWidget(pane)
        self.splitter.setSizes([theme.scaled(560), theme.scaled(600)])
        return self.splitter

    def _empty_part(self) -> EmptyState:
        ways = [
            Beginning("all", "Prendre les indispensables", primary=True),
            Beginning("some", "Choisir dans la bibliothèque"),
            Beginning(THEIRS, "Cocher ce que dit le contrat du prestataire"),
        ]
        made = EmptyState("scale", "Aucune clause à ce contrat pour l’instant", EMPTY, ways)
        made.chosen.connect(self._begin)
        return made

    def _begin(self, key: str) -> None:
        if key == "all":
            self.add_mandatory()
        elif key == THEIRS:
            self.show_way(THEIRS)
        else:
            self.add()

    # -- what it shows ------------------------------------------------------------------------------------------

    def reload(self) -> None:
        kept, was = self.chosen(), max(self.table.currentIndex().row(), 0)
        with self._desk.read() as session:
            self.rows = contract_clauses.rows(session, Source(session, self._contract, this_day()))
        self.table.set_rows([_cells(at, one) for at, one in enumerate(self.rows, 1)])
        if self.rows:
            same = [at for at, one in enumerate(self.rows) if kept is not None and one.id == kept.id]
            self.table.selectRow(same[0] if same else min(was, len(self.rows) - 1))
        self.ticks.reload()
        lacking = sum(one.to_fill for one in self.rows)
        told = counted(len(self.rows), "clause") if self.rows else ""
        self._told.setText(f"{told}, {lacking}\u00a0à compléter" if lacking else told)
        self._settle()
        self._read()

    def show_way(self, way: str) -> None:
        self.ways.set_value(way)
        self._settle()

    def _settle(self) -> None:
        theirs = self.ways.value() == THEIRS
        self.parts.setCurrentIndex(1 if theirs else 0 if self.rows else 2)
        self.write_button.setVisible(not theirs)
        self.add_button.setVisible(not theirs)

    def chosen(self) -> ClauseRow | None:
        at = self.table.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _read(self) -> None:
        """The chosen clause, its variables filled."""
        one = self.chosen()
        for act in (self.adapt_button, self.up, self.down, self.remove_button):
            set_available(act, one is not None, "Choisissez d’abord une clause.")
        newer = one is not None and one.newest is not None
        for part in (self._newer, self.compare, self.take):
            part.setVisible(newer)
        if one is None:
            self.words.clear()
            return
        self._newer.setText(f"Version {one.newest} disponible dans la bibliothèque")
        title: tuple[str, Kind] = (f"{one.title}\n", "title")
        if one.is_theirs:
            where = f", art.\u00a0{one.article}" if one.article else ""
            self.words.show_pieces([title, (f"Dans le contrat du prestataire{where}.", "quiet")])
        else:
            self.words.show_pieces([title, *read_pieces(one.filled)])

    # -- acts ---------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Choose clauses of the library."""
        AddClauses(self._desk, self._contract, "", self).open()

    def fill_gap(self, key: str) -> None:
        """Go to what the gap asks for."""
        if not key.startswith(CLAUSE_GAP):
            return
        topic = key.removeprefix(CLAUSE_GAP)
        if self.ways.value() == THEIRS:
            self.ticks.focus_on(topic)
        else:
            AddClauses(self._desk, self._contract, topic, self).open()

    def add_mandatory(self) -> None:
        use_case = partial(contract_clauses.add_mandatory, contract_id=self._contract)
        self._desk.act("Clauses indispensables", use_case, told="Clauses indispensables ajoutées")

    def write(self) -> None:
        """A clause written for this contract alone."""
        self._ask("Écrire une clause", "", None, {})

    def adapt(self) -> None:
        """The chosen clause in other words, for this contract alone."""
        one = self.chosen()
        if one is not None:
            intro = "Le texte de la bibliothèque ne change pas." if one.clause_id else ""
            self._ask(
                "Adapter la clause", intro, one.id, {"title": one.title, "article": one.article, "text": one.text}
            )

    def _ask(self, title: str, intro: str, row_id: int | None, start: Mapping[str, Any]) -> None:
        act = Act(
            title=title,
            verb="Enregistrer",
            intro=intro,
            fields=(TITLE, ARTICLE, WORDS),
            start=start,
            run=lambda session, values: contract_clauses.write(session, self._contract, values, row_id),
            told="Clause enregistrée",
        )
        WordsDialog(self._desk, act, self).open()

    def shift(self, by: int) -> None:
        one = self.chosen()
        if one is not None:
            self._desk.act("Ordre des clauses", lambda session: contract_clauses.move(session, one.id, by))

    def remove(self) -> None:
        one = self.chosen()
        if one is not None:
            self._desk.act(
                f"Clause retirée\u00a0: {one.title}",
                lambda session: contract_clauses.remove(session, [one.id]),
                told=f"«\u00a0{one.title}\u00a0» retirée du contrat",
            )

    def show_difference(self) -> None:
        """What the present version of the library takes away and brings, in the place of the text."""
        one = self.chosen()
        if one is None:
            return
        with self._desk.read() as session:
            before, after = contract_clauses.newest(session, one.id)
        told = [(text, CHANGES[kind]) for kind, text in contract_clauses.difference(before, after)]
        self.words.show_pieces([(f"{one.title}\n", "title"), *told])

    def take_newest(self) -> None:
        one = self.chosen()
        if one is not None:
            self._desk.act(
                f"Version {one.newest}\u00a0: {one.title}",
                lambda session: contract_clauses.take_newest(session, one.id),
                told=f"Version {one.newest} reprise",
            )


def _cells(at: int, one: ClauseRow) -> list[Cell]:
    state = _state(one)
    return [Cell(str(at), "mute"), Cell(one.title), Cell(one.article), state]


def _state(one: ClauseRow) -> Cell:
    if one.is_theirs:
        return Cell("Au texte du prestataire", mark=Mark("ok"))
    if one.to_fill:
        return Cell(f"{one.to_fill}\u00a0à compléter", mark=Mark("warn", loud=True))
    if one.newest is not None:
        return Cell(f"Version {one.newest} disponible", mark=Mark("info"))
    return Cell("Adaptée" if one.adapted or one.clause_id is None else "Complète", mark=Mark("ok"))
