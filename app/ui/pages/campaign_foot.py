"""The foot of the list of a campaign: what is done with the chosen rows, and with the places that are wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu

from app.fields import counted, number
from app.ui import icons
from app.ui.parts.basics import OneLine, row
from app.ui.parts.buttons import Button, button, set_available

OFFERED = (
    ("found", "Trouvé (T)", "check"),
    ("missing", "Non trouvé (N)", "x"),
    ("elsewhere", "Ailleurs…", "map-pin"),
    ("note", "Remarque…", "pen-line"),
    ("back", "Reprendre", "rotate-ccw"),
)
WRONG_PLACE = "Le local de la fiche devient celui où le bien a été trouvé."


class RowActs(QFrame):
    """`acted` gives found, missing, elsewhere, note or back, for the chosen rows; or places, for all that are wrong."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._chosen = OneLine("second", "ink2")
        self.places = button("Corriger les locaux", "quiet", "map-pin", WRONG_PLACE)
        self.places.clicked.connect(lambda: self.acted.emit("places"))
        self.acts: dict[str, Button] = {}
        for key, text, icon in OFFERED:
            self.acts[key] = made = button(text, "quiet", icon)
            made.clicked.connect(lambda _=False, key=key: self.acted.emit(key))
        line = row(self._chosen, self.places, *self.acts.values(), gap=4, margins=(16, 4, 12, 4))
        line.setStretch(0, 1)
        self.setLayout(line)

    def follow(self, chosen: int, is_open: bool) -> None:
        told = {0: "Choisissez une ligne pour la pointer à la main.", 1: "1\u00a0ligne choisie"}
        self._chosen.show_text(told.get(chosen, f"{counted(chosen, 'ligne')} choisies") if is_open else "")
        for made in self.acts.values():
            made.setVisible(is_open)
            set_available(made, bool(chosen), "Choisissez d’abord une ligne.")

    def offer_places(self, misplaced: int) -> None:
        self.places.setVisible(misplaced > 0)
        self.places.setText("Corriger 1\u00a0local" if misplaced == 1 else f"Corriger {number(misplaced)}\u00a0locaux")

    def fill(self, menu: QMenu) -> None:
        """The same acts, for the menu of a row."""
        for key, text, icon in OFFERED:
            if self.acts[key].isEnabled() and not self.acts[key].isHidden():
                menu.addAction(icons.icon(icon), text, lambda key=key: self.acted.emit(key))
