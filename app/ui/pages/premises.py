"""« Locaux et services »: the rooms of each site and the services, renamed or joined everywhere in one act."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.entities import ENTITIES
from app.fields import MISSING, NBSP, Text, counted, number
from app.services import listing, premises
from app.services.listing import Filter, Query
from app.services.premises import LONGEST, Room, Service
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.base import Page
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, set_available
from app.ui.parts.card import Card
from app.ui.parts.empty import Beginning, EmptyState
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable
from app.ui.state import UiState

ASSET = ENTITIES["asset"]
WATCHED = frozenset({"asset", "person", "need", "site"})
EVERY = 100_000
ROOMS = (SmallColumn("Site", 130), SmallColumn("Local", 210), SmallColumn("Biens", 80, "number"))
SERVICES = (
    SmallColumn("Service", 210), SmallColumn("Biens", 80, "number"), SmallColumn("Personnes", 100, "number"),
    SmallColumn("Besoins", 90, "number"),
)  # fmt: skip
WHY = (
    "Un local s’écrit sur la fiche d’un bien, un service sur celle d’un bien ou d’une personne. Ils se liront ici, "
    "pour les renommer ou les réunir partout à la fois."
)
NOTE = "Deux écritures d’un même nom\u00a0? Choisissez-les (Ctrl et clic), puis réunissez-les. Cela peut être annulé."
PICK = "Choisissez d’abord une ligne, ou plusieurs à réunir."
ONE_SITE = "Choisissez des locaux d’un même site."


class PremisesPage(Page):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, state)
        self._rooms: list[Room] = []
        self._services: list[Service] = []
        self.rename_rooms, self.rename_services = _act_button("local"), _act_button("service")
        self.rooms = SmallTable(ROOMS, name="Locaux", most=EVERY)
        self.services = SmallTable(SERVICES, name="Services", most=EVERY)
        self.rename_rooms.clicked.connect(self._rename_rooms)
        self.rename_services.clicked.connect(self._rename_services)
        for table, opened in ((self.rooms, self._open_room), (self.services, self._open_service)):
            table.opened.connect(opened)
            table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._cards = row(gap=12)
        self.body = QStackedWidget()
        note = label(NOTE, "second", "ink2", wrap=True)
        self.body.addWidget(scrolled(holder(column(note, self._cards, None, gap=10, margins=(16, 2, 16, 12)))))
        empty = EmptyState("door-open", "Aucun local, aucun service", WHY, [Beginning("assets", "Voir les biens")])
        empty.chosen.connect(lambda _: self.desk.show_list.emit("asset", None))
        self.body.addWidget(empty)
        self.setLayout(column(self.body, gap=0))
        self._fill_cards()
        self.desk.changed.connect(self._on_change)
        self.refresh()

    def _fill_cards(self) -> None:
        empty_layout(self._cards)
        for title, table, act in (
            ("Locaux", self.rooms, self.rename_rooms),
            ("Services", self.services, self.rename_services),
        ):
            card = Card(title, corner=act, flush=True)
            card.body.addWidget(table)
            self._cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & WATCHED and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        with self.desk.read() as session:
            self._rooms, self._services = premises.rooms(session), premises.services(session)
        self.rooms.set_rows([[Cell(one.site), Cell(one.name), _count(one.assets)] for one in self._rooms])
        self.services.set_rows(
            [[Cell(one.name), _count(one.assets), _count(one.people), _count(one.needs)] for one in self._services]
        )
        self.body.setCurrentIndex(0 if self._rooms or self._services else 1)
        self._follow()
        self.footed.emit(self.sentence())

    def sentence(self) -> str:
        told = [counted(len(self._rooms), "local", "locaux"), counted(len(self._services), "service", "services")]
        return "  ·  ".join(told)

    # What is chosen

    def _chosen(self, table: SmallTable) -> list[int]:
        return sorted(index.row() for index in table.selectionModel().selectedRows())

    def chosen_rooms(self) -> list[Room]:
        return [self._rooms[at] for at in self._chosen(self.rooms) if at < len(self._rooms)]

    def chosen_services(self) -> list[Service]:
        return [self._services[at] for at in self._chosen(self.services) if at < len(self._services)]

    def _follow(self) -> None:
        rooms = self.chosen_rooms()
        one_site = len({room.site_id for room in rooms}) <= 1
        _tell(self.rename_rooms, len(rooms), PICK if one_site else ONE_SITE, available=one_site)
        _tell(self.rename_services, len(self.chosen_services()), PICK)

    # Acts

    def _rename_rooms(self) -> None:
        chosen = self.chosen_rooms()
        site, names = chosen[0].site_id, [one.name for one in chosen]
        known = [one.name for one in self._rooms if one.site_id == site]
        act = _renaming("local", "locaux", names, sum(one.assets for one in chosen))
        self._open(replace(act, run=lambda s, v: premises.rename_rooms(s, site, names, v["name"] or "")), known)

    def _rename_services(self) -> None:
        chosen = self.chosen_services()
        names = [one.name for one in chosen]
        act = _renaming("service", "services", names, sum(one.assets + one.people + one.needs for one in chosen))
        known = [one.name for one in self._services]
        self._open(replace(act, run=lambda s, v: premises.rename_services(s, names, v["name"] or "")), known)

    def _open(self, act: Act, known: Sequence[str]) -> None:
        dialog = ActDialog(self.desk, act, self)
        made = dialog.form.editors["name"]
        if isinstance(made, LineEditor):
            made.suggest(list(known))
        dialog.open()

    def _open_room(self, at: int) -> None:
        room = self._rooms[at]
        self._show_assets(Filter("site_id", (room.site_id,)), Filter("room", (room.name,)))

    def _open_service(self, at: int) -> None:
        self._show_assets(Filter("service", (self._services[at].name,)))

    def _show_assets(self, *filters: Filter) -> None:
        query: Query = replace(listing.default_query(ASSET), filters=filters)
        self.desk.show_list.emit("asset", query)


def _renaming(one: str, many: str, names: Sequence[str], followed: int) -> Act:
    joined = len(names) > 1
    told = f"{', '.join(names)}{NBSP}: {counted(followed, 'fiche suivra', 'fiches suivront')}."
    return Act(
        title=f"Réunir {len(names)} {many}" if joined else f"Renommer un {one}",
        verb="Réunir" if joined else "Renommer",
        intro=told,
        fields=(Text(name="name", label="Nom", required=True, max_length=LONGEST),),
        start={"name": names[0]},
        run=lambda _, __: None,
        told=f"{many.capitalize()} réunis" if joined else f"{one.capitalize()} renommé",
    )


def _act_button(one: str) -> Button:
    made = button("Renommer…", "quiet", "pencil")
    made.setAccessibleName(f"Renommer\u00a0: {one}")
    return made


def _tell(target: Button, count: int, why: str, *, available: bool = True) -> None:
    target.setText(f"Réunir ces {count}…" if count > 1 else "Renommer…")
    set_available(target, available and count > 0, why)


def _count(value: int) -> Cell:
    return Cell(number(value)) if value else Cell(MISSING, tone="mute")
