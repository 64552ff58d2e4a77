"""Persons: what each has, and the departure, in which what is given back is ticked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.entities import ENTITIES
from app.fields import NBSP, Day, counted, day, joined, this_day
from app.services import people, records
from app.services.people import Held
from app.services.records import Sheet
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.buttons import button
from app.ui.state import UiState

PERSON = ENTITIES["person"]
LEFT = Day(name="left_on", label="Dernier jour", required=True)
NOTHING = "Rien n’est noté à son nom\u00a0: ni bien, ni prêt, ni licence."


def things(count: int) -> str:
    return f"{counted(count, 'chose')} à rendre"


class LeaveDialog(ActDialog):
    """What the person has, each with a box to tick once it is given back; what is not ticked stays due."""

    def __init__(self, desk: Desk, person_id: int, parent: QWidget) -> None:
        self._person = person_id
        with desk.read() as session:
            sheet = records.get(session, PERSON, person_id)
            self.held = people.held(session, person_id)
        self._title, self._left = sheet.title, sheet.values["left_on"]
        super().__init__(desk, self._act(), parent)
        self.boxes = [self._box(thing) for thing in self.held]
        every = button("Tout cocher", "quiet", "list-checks")
        every.clicked.connect(self.tick_all)
        every.setVisible(bool(self.held))
        printed = button("Fiche à signer…", icon="printer", tip="La fiche de restitution, avec une case par chose.")
        printed.clicked.connect(lambda: print_return(desk, self, person_id))
        self.extras.addLayout(row(label("Rendu", "card"), None, every, gap=8))
        for box, thing in zip(self.boxes, self.held, strict=True):
            self.extras.addLayout(row(box, None, label(thing.how, "second", "ink2"), gap=8))
        if not self.held:
            self.extras.addWidget(label(NOTHING, "body", "ink2", wrap=True))
        self.extras.addLayout(row(printed, None))

    def _act(self) -> Act:
        gone = self._left is not None
        return Act(
            title="Restitution" if gone else "Départ",
            verb="Enregistrer" if gone else "Noter le départ",
            icon="check" if gone else "log-out",
            intro=f"{self._title}{NBSP}: cochez ce qui est rendu. Un bien revient en stock, une licence se libère.",
            fields=(LEFT,),
            start={"left_on": self._left or this_day()},
            run=self._run,
            told="",
        )

    @staticmethod
    def _box(thing: Held) -> QCheckBox:
        return QCheckBox(joined(thing.number, thing.name))

    def tick_all(self) -> None:
        for box in self.boxes:
            box.setChecked(True)

    def returned(self) -> list[str]:
        return [thing.key for box, thing in zip(self.boxes, self.held, strict=True) if box.isChecked()]

    def _run(self, session: Any, values: dict[str, Any]) -> int:
        left = people.leave(session, self._person, values["left_on"], self.returned())
        rest = f", {things(left)}" if left else ""
        self.accepted.connect(lambda: self._desk.tell_done(f"Départ de {self._title} noté{rest}"))
        return left


class PersonPane(DetailPane):
    watched = frozenset({"licence_seat", "loan", "asset"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PERSON)
        self._told = column(gap=8)

    def facts_body(self) -> QWidget:
        return holder(column(self._told, self.facts, gap=12))

    def show_facts(self, sheet: Sheet) -> None:
        super().show_facts(sheet)
        empty_layout(self._told)
        left = sheet.values["left_on"]
        if left is None or left > this_day():
            return
        with self._desk.read() as session:
            count = len(people.held(session, sheet.id))
        if count:
            since = f"Le dernier jour était le {day(left)}. Cochez ce qui revient."
            banner = Banner(BannerData("bad", things(count).capitalize(), since, "Restitution…"))
            banner.acted.connect(lambda: LeaveDialog(self._desk, sheet.id, self).open())
            self._told.addWidget(banner)


class PersonsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, PERSON, state)

    def make_pane(self) -> DetailPane:
        return PersonPane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        [one] = wanted
        with self.desk.read() as session:
            gone = records.get(session, PERSON, one).values["left_on"] is not None
        return (
            ("Restitution…" if gone else "Départ…", lambda: LeaveDialog(self.desk, one, self).open()),
            ("Imprimer la fiche de restitution…", lambda: print_return(self.desk, self, one)),
        )

    def print_paper(self) -> None:
        if chosen := self.panel.current_id():
            print_return(self.desk, self, chosen)


def print_return(desk: Desk, parent: QWidget, person_id: int) -> None:
    with desk.read() as session:
        ref = people.reference(session, person_id)
    papers.preview(desk, "restitution", parent, ref)
