"""The tab « Suites » of a scorecard: the actions decided, the comments of both sides, what was issued."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import records
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import scorecard_acts as acts
from app.ui.pages.improvement_card import ImprovementsCard
from app.ui.pages.issued_card import IssuedCard
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

OURS, THEIRS = "our_comment", "their_comment"
NOTHING = "Rien d’écrit\u00a0: la fiche laisse des lignes à remplir à la main."


class FollowTab(QWidget):
    def __init__(self, desk: Desk, card_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, card_id
        self.decided = ImprovementsCard(desk, scorecard_id=card_id)
        self.ours, self.theirs = (
            self._comment("Notre commentaire", OURS),
            self._comment("Commentaire du prestataire", THEIRS),
        )
        self.issued = IssuedCard(desk, "scorecard", card_id)
        both = row(self.ours, self.theirs, gap=12)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        body = column(self.decided, both, self.issued, None, gap=12, margins=PAGE_MARGINS)
        self.setLayout(column(scrolled(holder(body))))
        self.reload()

    def _comment(self, title: str, whose: str) -> Card:
        write = button("Écrire…", "quiet", "pen-line")
        write.setAccessibleName(f"Écrire\u00a0: {title}")
        write.clicked.connect(partial(self.write, whose))
        return Card(title, corner=write)

    def reload(self) -> None:
        with self._desk.read() as session:
            values = records.get(session, ENTITIES["scorecard"], self._id).values
        self._written = {whose: values[whose] or "" for whose in (OURS, THEIRS)}
        for card, text in zip((self.ours, self.theirs), self._written.values(), strict=True):
            empty_layout(card.body)
            card.body.addWidget(label(text or NOTHING, "body", "ink" if text else "ink2", wrap=True))
            card.body.addStretch(1)
        self.decided.reload()
        self.issued.reload()

    def write(self, whose: str) -> None:
        acts.comment(self._desk, self._id, whose, self._written[whose], self)
