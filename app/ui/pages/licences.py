"""The licences: what is held, used and left, to whom each is given, what is over, idle or soon to end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import counted, joined, number, this_day
from app.services import licences, preferences, records
from app.services.licences import Usage
from app.services.records import Link, Sheet
from app.ui.crud.pane import DetailPane, MenuAct, groups_of
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.crud.record_views import LinkedList
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.licences_acts import give_to, take_back
from app.ui.parts.basics import column, row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.empty import Beginning
from app.ui.parts.facts import Fact, FactGroup
from app.ui.parts.marks import Mark
from app.ui.state import UiState

LICENCE, SEAT = ENTITIES["licence"], ENTITIES["licence_seat"]
WATCHED = frozenset({"licence_seat", "software", "survey", "asset", "person"})
SEATS = LICENCE.field("seats").label


def _ending(session: Any) -> Sequence[int]:
    """As far ahead as the company wants to be told of guarantees."""
    until = this_day() + timedelta(days=int(preferences.get(session, "warranty_days")))
    return tuple(session.scalars(licences.ending_by(this_day(), until)))


QUESTIONS: tuple[Question, ...] = (
    ("En dépassement", lambda session: licences.over(session, this_day())),
    ("Expirées", lambda session: licences.expired(session, this_day())),
    ("Bientôt expirées", _ending),
    ("Sans usage", lambda session: licences.idle(session, this_day())),
)
WAYS = [
    Beginning(
        "new",
        "Nouvelle licence",
        "key-round",
        "Saisir une licence",
        "Combien de postes, jusqu’à quand, où est la clé. La clé elle-même n’est jamais gardée ici.",
        primary=True,
    ),
    Beginning(
        "software",
        "Voir les logiciels",
        "app-window",
        "Partir de ce qui est installé",
        "Les relevés disent quels logiciels sont sur vos postes, et lesquels demandent une licence.",
    ),
]


class LicencesPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, LICENCE, state, QUESTIONS, WATCHED)

    def make_pane(self) -> DetailPane:
        return LicencePane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        return (
            ("Attribuer à des biens…", lambda: give_to(self.desk, wanted, "asset", self.window())),
            ("Attribuer à des personnes…", lambda: give_to(self.desk, wanted, "person", self.window())),
        )

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def begin(self, key: str) -> None:
        if key == "software":
            self.desk.show_list.emit("software", None)
        else:
            super().begin(key)


class LicencePane(DetailPane):
    watched = WATCHED

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LICENCE)

    def show_facts(self, sheet: Sheet) -> None:
        groups = groups_of(LICENCE, sheet)
        if not sheet.in_bin:
            rest = [fact for fact in groups[0].facts if fact.label != SEATS]
            groups[0] = FactGroup(groups[0].title, rest)
            groups.insert(0, self._usage(sheet))
        self.facts.set_groups(groups)

    def _usage(self, sheet: Sheet) -> FactGroup:
        with self._desk.read() as session:
            found = licences.usage(session, sheet.id, this_day())
        mark = Mark(found.state.tone, loud=found.state.loud)
        facts = [
            Fact(SEATS, "Sans limite" if found.seats is None else number(found.seats)),
            Fact("Utilisés", number(found.used), note=how_used(found)),
            Fact("Libres", "Sans limite" if found.free is None else number(found.free), badge_text=found.state.label,
                 badge=mark),
        ]  # fmt: skip
        return FactGroup("Usage", facts)

    def linked_page(self, link: Link) -> QWidget:
        if link.entity == SEAT.key:
            return SeatsTab(self._desk, self.record_id)
        return super().linked_page(link)


def how_used(found: Usage) -> str:
    """What the number of seats used was counted from."""
    seen = f"vu sur {counted(found.seen, 'poste')}" if found.seen else ""
    if found.assigned:
        return joined(SEAT.counted(found.assigned), seen, by=", ")
    return f"{seen}, sans attribution" if seen else "ni attribution, ni poste où le voir"


class SeatsTab(QWidget):
    """To whom the licence is given, and was."""

    def __init__(self, desk: Desk, licence_id: int) -> None:
        super().__init__()
        self._desk, self._licence = desk, licence_id
        self.list = LinkedList(desk, SEAT.key, "licence_id", licence_id, "Cette licence n’est donnée à personne")
        self.list.opened.connect(self._open)
        self._give = button("Attribuer…", icon="plus")
        self._give.clicked.connect(self._offer)
        self._release = button("Libérer…", icon="rotate-ccw")
        self._release.clicked.connect(self.release)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.setLayout(column(row(None, self._release, self._give, margins=(16, 8, 16, 8)), self.list, gap=0))
        self._follow()

    def _follow(self) -> None:
        chosen = self.list.table.selectionModel().hasSelection()
        set_available(self._release, chosen, "Choisissez d’abord les attributions à libérer.")

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction("À des biens…", lambda: self.give("asset"))
        menu.addAction("À des personnes…", lambda: self.give("person"))
        menu.popup(self._give.mapToGlobal(self._give.rect().bottomLeft()))

    def give(self, key: str) -> None:
        give_to(self._desk, [self._licence], key, self.window())

    def release(self) -> None:
        if seats := self.list.chosen_ids():
            ActDialog(self._desk, take_back(seats), self).open()

    def _open(self, seat: int) -> None:
        """Enter on a line leads to the asset or the person that has it."""
        with self._desk.read() as session:
            given = records.get(session, SEAT, seat).values
        self._desk.go_to.emit(*(("asset", given["asset_id"]) if given["asset_id"] else ("person", given["person_id"])))
