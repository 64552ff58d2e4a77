"""In the pane of an asset: the licences it was given, and how many software its last survey saw."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.entities import ENTITIES
from app.fields import NBSP, day, number, this_day
from app.services import licences, software
from app.services.licences import Held
from app.services.listing import default_query
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.licences_acts import give_licences, take_back
from app.ui.parts.basics import Glyph, empty_layout, label, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.section import SectionPart

SOFTWARE = ENTITIES["software"]
NAME = 185
"""Of a licence at most, at the base size of text: its last day and its button stand beside it."""


class LicencesPart(SectionPart):
    def __init__(self, desk: Desk) -> None:
        give = button("Attribuer…", "quiet", "plus")
        give.setAccessibleName("Attribuer une licence")
        super().__init__("Licences et logiciels", give)
        self._desk, self._asset = desk, 0
        give.clicked.connect(lambda: give_licences(desk, [self._asset], self.window()))

    def show_asset(self, asset_id: int) -> None:
        """Hidden for what holds no software, a screen or a chair."""
        self._asset = asset_id
        with self._desk.read() as session:
            held = licences.of_asset(session, asset_id, this_day())
            count = software.count_of_asset(session, asset_id)
            self.setVisible(bool(held) or count is not None or licences.is_computer(session, asset_id))
        empty_layout(self.body)
        for one in held:
            self.body.addLayout(self._line(one))
        self.body.addLayout(self._software(count))

    def _line(self, held: Held) -> QHBoxLayout:
        name = _link(held.name, f"{held.number} {held.name}")
        name.clicked.connect(partial(self._desk.go_to.emit, "licence", held.licence))
        told = f"jusqu’au {day(held.expires_on)}" if held.expires_on else ""
        back = icon_button("rotate-ccw", f"Libérer\u00a0: {held.name}")
        back.clicked.connect(lambda: ActDialog(self._desk, take_back([held.seat]), self.window()).open())
        ink = "bad.text" if held.over else "ink2"
        return row(Glyph("key-round", ink), name, None, label(told, "second", ink), back, gap=8)

    def _software(self, count: int | None) -> QHBoxLayout:
        """Never surveyed is not the same as nothing seen."""
        if not count:
            told = "Aucun logiciel vu au dernier relevé" if count == 0 else "Aucun relevé n’a vu ses logiciels"
            return row(Glyph("app-window", "ink3"), label(told, "second", "ink3"), None, gap=8)
        seen = _link(f"{number(count)}{NBSP}logiciel{'s vus' if count > 1 else ' vu'} sur ce poste")
        seen.clicked.connect(self.show_software)
        return row(Glyph("app-window", "ink2"), seen, None, gap=8)

    def show_software(self) -> None:
        """The list of software, limited to what is on this asset."""
        with self._desk.read() as session:
            ids = tuple(one.software for one in software.of_asset(session, self._asset))
        self._desk.show_list.emit(SOFTWARE.key, replace(default_query(SOFTWARE), ids=ids))


def _link(text: str, said: str = "") -> Button:
    """Cut where the pane would not hold it; `said` is the whole, for the tooltip and the screen reader."""
    shown = theme.metrics().elidedText(text, Qt.TextElideMode.ElideRight, theme.scaled(NAME))
    made = button(shown, "link", tip=said)
    made.setAccessibleName(said or text)
    made.setProperty("fact", True)
    return made
