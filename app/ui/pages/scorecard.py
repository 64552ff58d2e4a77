"""A scorecard as a page: the notes and what they call for, what follows, documents, history (domain.md G.2)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.fields import day, joined
from app.services.periodic import when
from app.services.scorecards import cards, view, words
from app.services.scorecards.view import Card
from app.ui import icons
from app.ui.pages import papers
from app.ui.pages import scorecard_acts as acts
from app.ui.pages.scorecard_follow import FollowTab
from app.ui.pages.scorecard_notes import NotesTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

SCORECARD = ENTITIES["scorecard"]
CONCERNED = frozenset({
    "scorecard", "scorecard_note", "improvement", "ticket", "ticket_event", "intervention", "visit", "evaluation",
    "received_document", "meeting", "breach_note", "invoice", "certificate", "access_grant", "gdpr_item", "contract",
    "document", "issued_paper", "satisfaction_response",
})  # fmt: skip
TABS: Tabs = (("Notes", NotesTab), ("Suites", FollowTab), *last_tabs(SCORECARD))
NOTES, FOLLOW = range(2)
ASKED, ASKED_ONE = "Donner les avis demandés", "Donner l’avis demandé"


class ScorecardPage(TabbedPage):
    """The primary button is the next step: give the notes asked for, then read the paper again and issue it."""

    entity, tabs, concerned = SCORECARD, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        self.paper_button = button("Imprimer", icon="printer")
        self.paper_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.next_button = button("", "primary", "arrow-right")
        self.next_button.clicked.connect(self.go_on)
        return [self.paper_button, self._more, self.next_button]

    def read_more(self, session: Any) -> None:
        if not self.sheet.in_bin:
            self.card: Card = view.card(session, self.record_id, datetime.now(UTC))

    def show_head(self) -> None:
        card = self.card
        state = ("Émise", Mark("ok")) if card.is_issued else ("Projet", Mark("info", loud=True))
        badges = [state]
        if card.grade:
            badges.append((f"{words.score_told(card)} · {card.grade}", Mark(words.TONES[card.grade], loud=True)))
        told, span = when.words(card.period), f"du {day(card.period.start)} au {day(card.period.end)}"
        numbers = [one.number for one in card.prestations]
        context = joined(f"{told[0].upper()}{told[1:]}", span, *numbers, by=" · ")
        self.head.set_data(HeadData("Fiches contrôle", card.number, card.provider, context, self.place[0], badges))
        asked = card.asked and not card.is_issued
        self.next_button.setText((ASKED if card.asked > 1 else ASKED_ONE) if asked else "Relire et émettre")
        self.next_button.setVisible(not card.is_issued)

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - the notes stand together
        self.head.tabs.setCurrentIndex(NOTES)

    def go_on(self) -> None:
        if self.card.asked:
            self.open_tab("Notes")
            self.tab().judge_next()
        else:
            self.print_paper()

    def print_paper(self) -> None:
        papers.preview(self.desk, cards.KIND, self, self.card.number)

    def _offer(self) -> None:
        menu = QMenu(self)
        if self.card.is_issued:
            menu.addAction(
                icons.icon("rotate-ccw"), "Rouvrir pour corriger", partial(acts.reopen, self.desk, self.card)
            )
        else:
            menu.addAction(icons.icon("scale"), "Changer les poids…", partial(acts.weigh, self.desk, self.card, self))
        menu.addAction(icons.icon("handshake"), "Ouvrir le prestataire", self.open_provider)
        menu.addAction(icons.icon("printer"), "Fiche vierge à remplir…", self.print_blank)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def open_provider(self) -> None:
        self.desk.go_to.emit("provider", self.card.provider_id)

    def print_blank(self) -> None:
        papers.preview(self.desk, cards.KIND, self, blank=True)
