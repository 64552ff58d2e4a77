"""The tabs of a meeting: its agenda and the facts behind it, its minutes, its actions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import MISSING, counted, day, day_words
from app.services import meeting_paper, meetings, records
from app.services.listing import default_query
from app.services.meeting_facts import Fact
from app.services.meetings import ActionRow
from app.ui import tokens
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import meeting_acts as acts
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.facts import Fact as Row
from app.ui.parts.facts import FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

MEETING = ENTITIES["meeting"]
LISTED = {"ticket", "meeting_action"}
"""What opens a list of the records that a fact counts; the others open one record."""
COLUMNS = (
    SmallColumn("Action", 420),
    SmallColumn("Qui", 170),
    SmallColumn("Pour le", 100),
    SmallColumn("État", 150, "badge"),
    SmallColumn("Résultat", 220),
    SmallColumn("Réunion", 110),
)
FIRST = "Choisissez d’abord une action dans la liste."


class AgendaTab(QWidget):
    def __init__(self, desk: Desk, meeting_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, meeting_id
        edit = button("Modifier…", icon="pencil")
        edit.clicked.connect(lambda: acts.edit_agenda(self._desk, self._sheet, self))
        self.points = Card("Ordre du jour", corner=edit)
        self.facts = Card("Faits de la période", aside=" ")
        body = column(self.points, self.facts, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self._sheet = records.get(session, MEETING, self._id)
            told = meetings.facts(session, self._id, acts.now())
        points = meetings.lines(self._sheet.values["agenda"])
        empty_layout(self.points.body)
        for number, point in enumerate(points, 1):
            self.points.body.addLayout(_point(number, point))
        if not points:
            self.points.body.addWidget(label("Aucun point n’est inscrit.", "body", "ink2"))
        values = self._sheet.values
        self.facts.aside.setText(f"du {day(values['since'])} au {day(values['until'])}" if values["since"] else "")
        self.facts.setVisible(
            values["status"].value == "planned"
        )  # of a meeting held, the agenda tells them as they were
        empty_layout(self.facts.body)
        for i, fact in enumerate(told):
            if i:
                self.facts.body.addWidget(hairline())
            self.facts.body.addLayout(self._fact(fact, meetings.standing(points, fact)))
        if not told:
            self.facts.body.addWidget(label("Rien à signaler sur cette période.", "body", "ink2"))

    def _fact(self, fact: Fact, standing: str) -> QHBoxLayout:
        see = button("Voir", "quiet")
        see.setAccessibleName(f"Voir\u00a0: {fact.title}")
        see.clicked.connect(lambda: show_behind(self._desk, fact))
        put: QWidget = Badge("À l’ordre du jour", Mark("ok"))
        if standing != "there":
            verb = "Ajouter" if standing == "absent" else "Mettre à jour"
            add = button(verb, icon="plus" if standing == "absent" else "refresh-cw")
            add.setAccessibleName(f"{verb}\u00a0: {fact.title}")
            add.clicked.connect(lambda: self._add(fact))
            put = add
        words = column(label(fact.title, "title"), label(fact.text, "second", "ink2", wrap=True), gap=0)
        line = row(Glyph(tokens.GLYPHS[fact.tone], f"{fact.tone}.solid", 20), words, put, see, gap=12,
                   margins=(0, 4, 0, 4))  # fmt: skip
        line.setStretch(1, 1)
        return line

    def _add(self, fact: Fact) -> None:
        self._desk.act(
            "Point de l’ordre du jour",
            lambda s: meetings.put_point(s, self._id, fact),
            told="Ordre du jour complété",
        )


def _point(number: int, text: str) -> QHBoxLayout:
    mark = label(f"{number}.", "body", "ink2")
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    line = row(mark, label(text, wrap=True), gap=8)
    line.setStretch(1, 1)
    return line


def show_behind(desk: Desk, fact: Fact) -> None:
    """The records that a fact counts."""
    if fact.entity in LISTED:
        desk.show_list.emit(fact.entity, replace(default_query(ENTITIES[fact.entity]), ids=fact.ids))
    elif fact.ids:
        desk.go_to.emit(fact.entity, fact.ids[0])
    else:
        desk.show_list.emit(fact.entity, None)


class MinutesTab(QWidget):
    def __init__(self, desk: Desk, meeting_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, meeting_id
        self._place = column(gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(self._place))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self._sheet = records.get(session, MEETING, self._id)
        values = self._sheet.values
        empty_layout(self._place)
        if values["status"].value != "held":
            self._place.addWidget(self._nothing_yet(values["status"].value == "cancelled"))
            self._place.addStretch(1)
            return
        edit = button("Corriger…", icon="pencil")
        edit.clicked.connect(self.write)
        decided, said = Card("Décisions", corner=edit), Card("Ce qui a été dit")
        for number, line in enumerate(meetings.lines(values["decisions"]), 1):
            decided.body.addLayout(_point(number, line))
        if not values["decisions"]:
            decided.body.addWidget(label("Aucune décision.", "body", "ink2"))
        for line in meetings.lines(values["minutes"]) or [MISSING]:
            said.body.addWidget(label(line, wrap=True))
        there = Card("Présence et suite")
        there.body.addWidget(FactsView([FactGroup("", _presence(values))]))
        for card in (decided, said, there):
            self._place.addWidget(card)
        self._place.addStretch(1)

    def _nothing_yet(self, cancelled: bool) -> EmptyState:
        if cancelled:
            return EmptyState(
                "calendar-x", "Réunion annulée", "Elle ne s’est pas tenue\u00a0: il n’y a rien à écrire.", []
            )
        told = "Notez ce qui a été dit et décidé, qui fait quoi, et la date de la suivante."
        made = EmptyState(
            "pen-line", "Pas encore de compte rendu", told, [Beginning("write", "Rédiger le compte rendu…", "pen-line")]
        )
        made.chosen.connect(lambda _: self.write())
        return made

    def write(self) -> None:
        acts.write_up(self._desk, self._sheet, self)


def _presence(values: Mapping[str, Any]) -> list[Row]:
    following = values["next_on"]
    return [
        Row("Présents", "\n".join(meetings.lines(values["participants"])) or MISSING),
        Row("Excusés", values["excused"] or MISSING),
        Row("Prochaine réunion", day_words(following, weekday=True) if following else "Celle-ci est la dernière"),
    ]


class ActionsCard(Card):
    """A table of actions and what can be done with the chosen one. `rows` are those of meetings; a card of others says
    how they are shown, settled and corrected."""

    columns: ClassVar[Sequence[SmallColumn]] = COLUMNS

    def __init__(self, desk: Desk, title: str, add: Callable[[], None] | None = None) -> None:
        self._desk = desk
        self.rows: Sequence[Any] = ()
        self.done_button = button("Faite…", icon="check")
        self.drop_button = button("Abandonner…", "quiet")
        self.again_button = button("Remettre à faire", "quiet", "rotate-ccw")
        made = [self.again_button, self.drop_button, self.done_button]
        if add is not None:
            add_button = button("Ajouter une action…", icon="plus")
            add_button.clicked.connect(add)
            made.append(add_button)
        super().__init__(title, corner=holder(row(*made)), flush=True)
        self.table = SmallTable(self.columns, (), title, most=10)
        self.table.opened.connect(self.edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._none = label("", "body", "ink2")
        self._none.setContentsMargins(16, 10, 16, 6)
        self.body.addWidget(self.table)
        self.body.addWidget(self._none)
        self.done_button.clicked.connect(lambda: self._settle("done"))
        self.drop_button.clicked.connect(lambda: self._settle("dropped"))
        self.again_button.clicked.connect(self._again)

    def cells(self, one: Any) -> list[Cell]:
        return _cells(one)

    def show_rows(self, rows: Sequence[Any], nothing: str) -> None:
        self.rows = rows
        self.table.set_rows([self.cells(one) for one in rows])
        self.table.setVisible(bool(rows))
        self._none.setText("" if rows else nothing)
        self._none.setVisible(not rows)
        late = sum(one.late for one in rows)
        self.note.setText(counted(late, "en retard", "en retard") if late else "")
        self._follow()

    def chosen(self) -> Any:
        at = self.table.selectionModel().selectedRows()
        return self.rows[at[0].row()] if at and at[0].row() < len(self.rows) else None

    def _follow(self) -> None:
        one = self.chosen()
        to_do = one is not None and one.state.value == "to_do"
        for made in (self.done_button, self.drop_button):
            set_available(made, to_do, FIRST)
            made.setVisible(bool(self.rows))
        self.again_button.setVisible(one is not None and not to_do)

    def _settle(self, state: str) -> None:
        if (one := self.chosen()) is not None:
            self.settle(one, state)

    def _again(self) -> None:
        if (one := self.chosen()) is not None:
            self.take_up_again(one)

    def settle(self, one: Any, state: str) -> None:
        acts.settle_action(self._desk, one, state, self)

    def take_up_again(self, one: Any) -> None:
        acts.take_up_again(self._desk, one)

    def edit(self, at: int) -> None:
        acts.edit_action(self._desk, self.rows[at], self)


def _cells(one: ActionRow) -> list[Cell]:
    state = "En retard" if one.late else one.state.label
    tone = "bad" if one.late else one.state.tone
    quiet = "mute" if one.state.value != "to_do" else ""
    told = meeting_paper.state_told(one) if quiet else MISSING
    return [
        Cell(one.label, quiet),
        Cell(one.owner, quiet),
        Cell(day(one.due_on), "bad" if one.late else quiet),
        Cell(state, mark=Mark(tone, loud=one.late)),
        Cell(told, quiet or "mute"),
        Cell(one.meeting, quiet),
    ]


class ActionsTab(QWidget):
    def __init__(self, desk: Desk, meeting_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, meeting_id
        self.carried = ActionsCard(desk, "Suivies depuis les réunions précédentes")
        self.own = ActionsCard(desk, "Décidées à cette réunion", self.add)
        body = column(self.carried, self.own, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            carried = meetings.carried_actions(session, self._id)
            own = meetings.own_actions(session, self._id)
        self.carried.show_rows(carried, "Rien n’est resté à faire des réunions précédentes.")
        self.own.show_rows(own, "Aucune action n’est encore décidée à cette réunion.")

    def add(self) -> None:
        acts.add_action(self._desk, self._id, self)
