"""The head of a campaign: what it is, and what is done with the whole of it."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.ui import icons
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import RecordHead


class CampaignHead(RecordHead):
    """`acted` gives edit, gaps, list, close, reopen or bin."""

    acted = Signal(str)

    def __init__(self) -> None:
        edit, self._print = button("Modifier", icon="pencil"), button("Imprimer", icon="printer")
        self._more = icon_button("ellipsis", "Autres actions")
        self.close_button = button("Clore la campagne", "primary", "check-check")
        self.reopen_button = button("Rouvrir", icon="rotate-ccw")
        super().__init__([edit, self._print, self.reopen_button, self._more, self.close_button])
        for key, made in (("edit", edit), ("close", self.close_button), ("reopen", self.reopen_button)):
            made.clicked.connect(partial(self._tell, key))
        self._print.clicked.connect(self._offer_papers)
        self._more.clicked.connect(self._offer_more)

    def _tell(self, key: str) -> None:
        self.acted.emit(key)

    def set_open(self, is_open: bool) -> None:
        self.close_button.setVisible(is_open)
        self.reopen_button.setVisible(not is_open)

    def _offer_papers(self) -> None:
        menu = QMenu(self)
        menu.addAction("Écarts de la campagne…", partial(self._tell, "gaps"))
        menu.addAction("Liste à pointer à la main…", partial(self._tell, "list"))
        _open_under(menu, self._print)

    def _offer_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", partial(self._tell, "bin"))
        _open_under(menu, self._more)


def _open_under(menu: QMenu, made: Button) -> None:
    menu.popup(made.mapToGlobal(QPoint(0, made.height())))
