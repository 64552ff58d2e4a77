"""Beside the facts of a provider: the number to call and its hours, and whom to call, first to last."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.entities import ENTITIES
from app.services import providers, records
from app.services.providers import Call
from app.ui.desk import Desk
from app.ui.parts.basics import column, empty_layout, label, row
from app.ui.parts.card import Card

PROVIDER = ENTITIES["provider"]
NO_HOURS = "Heures non notées"
NO_NUMBER = "Aucun numéro de dépannage n’est noté\u00a0: «\u00a0Modifier\u00a0» l’ajoute."
NO_CALLS = "Dites qui est appelé d’abord, et qui ensuite si rien ne bouge."


class HotlineCard(Card):
    """What staff call when something breaks, in clear sight."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__("Dépannage")
        self._desk, self._provider = desk, provider_id
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            values = records.get(session, PROVIDER, self._provider).values
        empty_layout(self.body)
        if not values["hotline"]:
            self.body.addWidget(label(NO_NUMBER, "second", "ink2", wrap=True))
        else:
            number = label(values["hotline"], "figure")
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            number.setAccessibleName(f"Téléphone de dépannage\u00a0: {values['hotline']}")
            self.body.addWidget(number)
            self.body.addWidget(label(values["hotline_hours"] or NO_HOURS, "body", "ink2", wrap=True))
        for name in ("email", "portal_url"):
            if values[name]:
                shown = label(values[name], "second", "ink2", wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.body.addWidget(shown)


class CallsCard(Card):
    """« Qui appeler »; the link leads to the tab where they are put in order."""

    def __init__(self, desk: Desk, provider_id: int) -> None:
        super().__init__("Qui appeler", link="Mettre en ordre…")
        self._desk, self._provider = desk, provider_id
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = providers.calls(session, self._provider)
        empty_layout(self.body)
        for one in found:
            self.body.addLayout(_line(one))
        if not found:
            self.body.addWidget(label(NO_CALLS, "second", "ink2", wrap=True))


def _line(one: Call) -> QHBoxLayout:
    rank = label(str(one.rank), "strong", "accent")
    rank.setFixedWidth(18)
    rank.setAlignment(Qt.AlignmentFlag.AlignTop)
    phone = label(one.phone or one.email, "body", "ink")
    phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words = column(label(one.name, "title"), label(one.role, "second", "ink2"), gap=0)
    return row(rank, words, None, phone, gap=6)
