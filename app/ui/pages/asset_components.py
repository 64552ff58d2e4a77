"""The components of an asset, added, corrected and taken off in its pane; those taken off stay in sight, quieter."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu

from app.entities import ENTITIES
from app.fields import day, joined, this_day
from app.services import listing, records
from app.services.listing import Filter, Query
from app.services.records import Sheet
from app.ui import theme
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.parts.basics import Glyph, OneLine, empty_layout, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.section import SectionPart

COMPONENT = ENTITIES["component"]
ICONS = {
    "memory": "memory-stick",
    "disk": "hard-drive",
    "processor": "cpu",
    "graphics": "image",
    "network": "network",
    "battery": "battery-charging",
    "power": "power",
}
MOST = 40
"""Shown in the pane; the list of components has them all."""
NAME = 170
"""Of the name at most, at the base size of text: the serial number stands beside it."""


class ComponentsPart(SectionPart):
    def __init__(self, desk: Desk) -> None:
        add = button("Ajouter…", "quiet", "plus")
        add.setAccessibleName("Ajouter un composant")
        super().__init__("Composants", add)
        self._desk, self._asset = desk, 0
        add.clicked.connect(lambda: self.edit(None))

    def show_asset(self, asset_id: int) -> None:
        self._asset = asset_id
        query = Query((), "kind", filters=(Filter("asset_id", (asset_id,)),))
        with self._desk.read() as session:
            ids = listing.ids(session, COMPONENT, query, limit=MOST)
            sheets = [records.get(session, COMPONENT, one) for one in ids]
        empty_layout(self.body)
        for sheet in sorted(sheets, key=lambda one: one.values["removed_on"] is not None):
            self.body.addLayout(self._line(sheet))

    def _line(self, sheet: Sheet) -> QHBoxLayout:
        values = sheet.values
        gone = values["removed_on"]
        whole = joined(values["label"], values["size"])
        cut = theme.metrics().elidedText(whole, Qt.TextElideMode.ElideRight, theme.scaled(NAME))
        name = button(cut, "link", tip=whole if cut != whole else "")
        name.setProperty("fact", True)
        name.setAccessibleName(f"{COMPONENT.field('kind').format(values['kind'])}\u00a0: {values['label']}")
        name.clicked.connect(partial(self.edit, sheet.id))
        more = icon_button("ellipsis", f"Autres actions\u00a0: {values['label']}")
        more.clicked.connect(lambda: self._menu(sheet, more))
        told = OneLine("second", "ink3" if gone else "ink2")
        told.show_text(f"retiré le {day(gone)}" if gone else values["serial"] or "")
        icon = Glyph(ICONS.get(values["kind"].value, "cpu"), "ink3" if gone else "ink2")
        return row(icon, name, None, told, more, gap=8)

    def _menu(self, sheet: Sheet, above: Button) -> None:
        menu = QMenu(self)
        menu.addAction("Modifier…", partial(self.edit, sheet.id))
        if sheet.values["removed_on"] is None:
            menu.addAction("Retiré aujourd’hui", partial(self.take_off, sheet))
        menu.addAction("Mettre à la corbeille", partial(self._bin, sheet))
        menu.popup(above.mapToGlobal(QPoint(0, above.height())))

    def edit(self, component: int | None) -> None:
        start = {"asset_id": self._asset, "installed_on": this_day()} if component is None else None
        FormDialog(self._desk, COMPONENT, component, start, self.window()).open()

    def take_off(self, sheet: Sheet) -> None:
        """It stays in the history of the asset."""
        self._desk.act(
            f"Composant retiré\u00a0: {sheet.title}",
            lambda s: records.update(s, COMPONENT, sheet.id, {"removed_on": this_day()}),
            told=f"{sheet.title} retiré",
        )

    def _bin(self, sheet: Sheet) -> None:
        self._desk.act(
            f"Mise à la corbeille\u00a0: {sheet.title}",
            lambda s: records.to_bin(s, COMPONENT, [sheet.id]),
            told=f"{sheet.title} mis à la corbeille",
        )
