"""The software that inventories saw: on which machines, in which version, with or without a licence."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import MISSING, counted, number, this_day
from app.services import records, software, software_needs
from app.services.listing import default_query
from app.services.records import Sheet
from app.services.software import MOST_MACHINES, Usage
from app.ui.crud.form import FormDialog
from app.ui.crud.pane import DetailPane, MenuAct, PaneTab, groups_of
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.software_needs import NeedsDialog
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.facts import Fact, FactGroup
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

SOFTWARE, ASSET, LICENCE = ENTITIES["software"], ENTITIES["asset"], ENTITIES["licence"]
WATCHED = frozenset({"licence", "licence_seat", "survey", "asset"})
COLUMNS = (SmallColumn("Poste", 212), SmallColumn("Personne", 108), SmallColumn("Version", 84))
NEW = "new"
"""The link that opens the form of a licence."""
ROWS = 22
QUESTIONS: tuple[Question, ...] = (
    ("Vus sans licence", lambda session: software.uncovered(session, this_day())),
    ("À préciser", software_needs.untold),
)


class SoftwarePage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, SOFTWARE, state, QUESTIONS, WATCHED)

    def section_actions(self) -> list[Button]:
        tell = button(
            "Préciser les besoins…", icon="list-checks", tip="Dire en une fois quels logiciels demandent une licence."
        )
        tell.clicked.connect(self.tell_needs)
        return [tell, *super().section_actions()]

    def tell_needs(self) -> None:
        with self.desk.read() as session:
            publishers = software_needs.publishers(session)
        if publishers:
            NeedsDialog(self.desk, publishers, self.window()).open()
        else:
            self.desk.done.emit("Le besoin de licence de chaque logiciel est déjà précisé", 0)

    def make_pane(self) -> DetailPane:
        return SoftwarePane(self.desk)

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        return (
            ("Voir les postes", lambda: show_machines(self.desk, wanted[0])),
            ("Enregistrer une licence…", lambda: new_licence(self.desk, wanted[0], self.window())),
        )

    def beginnings(self) -> list[Beginning]:
        told = "Fichier d’un agent d’inventaire\u00a0: chaque logiciel, sa version, et les postes où il est."
        return [
            Beginning("import", "Choisir un fichier…", "file-input", "Importer un relevé", told, primary=True),
            Beginning("new", "Nouveau logiciel", "pen-line", "Saisir à la main", "Utile pour y rattacher une licence."),
        ]

    def begin(self, key: str) -> None:
        if key == "import":
            starts.import_files(self.desk, self)
        else:
            super().begin(key)


def show_machines(desk: Desk, software_id: int) -> None:
    """The list of assets, limited to those that have it."""
    with desk.read() as session:
        ids = software.asset_ids(session, software_id)
    desk.show_list.emit(ASSET.key, replace(default_query(ASSET), ids=ids))


def new_licence(desk: Desk, software_id: int, parent: QWidget) -> None:
    """The form of a licence of this software, for as many machines as it is on."""
    with desk.read() as session:
        name = records.get(session, SOFTWARE, software_id).values["name"]
        found = software.usage(session, software_id, this_day())
    start = {"software_id": software_id, "name": name, "seats": found.missing or found.machines or None}
    form = FormDialog(desk, LICENCE, None, start, parent)
    form.saved.connect(lambda made: desk.go_to.emit(LICENCE.key, made))
    form.open()


class SoftwarePane(DetailPane):
    watched = WATCHED

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, SOFTWARE)

    def show_facts(self, sheet: Sheet) -> None:
        groups = groups_of(SOFTWARE, sheet)
        if not sheet.in_bin:
            with self._desk.read() as session:
                found = software.usage(session, sheet.id, this_day())
            groups.append(licences_of(found))
        self.facts.set_groups(groups)

    def _follow(self, link: str) -> None:
        if link == NEW:
            new_licence(self._desk, self.record_id, self.window())
        else:
            super()._follow(link)

    def tabs_of(self, session: Any) -> list[PaneTab]:
        tabs = super().tabs_of(session)
        count = len(software.asset_ids(session, self.record_id))
        return [tabs[0], PaneTab("Postes", self._machines, count), *tabs[1:]]

    def _machines(self) -> QWidget:
        return MachinesTab(self._desk, self.record_id)


def licences_of(found: Usage) -> FactGroup:
    """The licences in force, and how many machines they leave without."""
    facts = [Fact("Postes", number(found.machines))]
    facts += [Fact("Licence", title, link=f"{LICENCE.key}:{one}") for one, title in found.licences]
    if not found.licences:
        facts.append(Fact("Licence", "Enregistrer une licence…", link=NEW))
    if found.cover is not None:
        told = counted(found.missing, "poste") if found.missing else ""
        mark = Mark(found.cover.tone, loud=found.cover.loud)
        facts.append(Fact("Couverture", told, badge_text=found.cover.label, badge=mark))
    return FactGroup("Licences", facts)


class MachinesTab(QWidget):
    """The machines where a software is, with its version on each."""

    def __init__(self, desk: Desk, software_id: int) -> None:
        super().__init__()
        with desk.read() as session:
            found = software.machines_of(session, software_id)
        if not found:
            self.setLayout(column(EmptyState("monitor", "Aucun poste ne l’a, au dernier relevé")))
            return
        lines = [[Cell(one.title), Cell(one.person or MISSING), Cell(one.version or MISSING)] for one in found]
        self.table = SmallTable(COLUMNS, lines, "Postes", most=ROWS)
        self.table.opened.connect(lambda at: desk.go_to.emit(ASSET.key, found[at].asset))
        every = button("Voir dans les biens", "link")
        every.clicked.connect(lambda: show_machines(desk, software_id))
        most = f"Les {number(MOST_MACHINES)} premiers postes" if len(found) == MOST_MACHINES else ""
        head = row(label(most, "second", "ink2"), None, every, margins=(17, 6, 16, 6))
        self.setLayout(column(head, self.table, None, gap=0))
