"""The bar above the planning: its views, the time shown and how to leave it, whose visits are kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.fields import counted
from app.ui import icons
from app.ui.parts.basics import OneLine, holder, row
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.chips import Chip
from app.ui.parts.crumbs import list_views

WHY = "Leur tolérance est passée\u00a0: faites-les noter, déplacez-les ou annulez-les, avec la raison."


class PlanningBar(QFrame):
    """`stepped` asks for the time before (-1) or after (1), `home` for the one in course."""

    stepped = Signal(int)
    home = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "filters")
        self.views = list_views(["Semaine", "Mois", "Tournée", "Liste"])
        self.views.setAccessibleName("Vues du planning")
        self.title, self.chip = OneLine("card", "ink"), Chip("Technicien")
        back, today = icon_button("arrow-left", "Précédent (Alt+Page préc.)"), button("Aujourd’hui")
        ahead = icon_button("arrow-right", "Suivant (Alt+Page suiv.)")
        back.clicked.connect(lambda: self.stepped.emit(-1))
        ahead.clicked.connect(lambda: self.stepped.emit(1))
        today.clicked.connect(self.home)
        self.missed = button("", tip=WHY)
        self.missed.hide()
        self.moves = holder(row(back, today, ahead, 6, self.title, None, self.chip, gap=4))
        line = row(self.views, 8, self.moves, None, self.missed, margins=(16, 8, 16, 8))
        line.setStretch(2, 1000)  # all the room there is, but in the list
        self.setLayout(line)

    def set_missed(self, count: int) -> None:
        self.missed.setText(counted(count, "manquée"))
        icons.dress(self.missed, "circle-x", "bad.text")  # once it has words, which the icon leaves room for
        self.missed.setVisible(bool(count))
