"""A scorecard as a page: the notes and what they call for, what follows, documents, history (domain.md G.2)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import day, joined
from app.jobs import Job
from app.services.periodic import when
from app.services.scorecards import cards, view, words
from app.services.scorecards.prestations import Prestation
from app.services.scorecards.view import Card
from app.services.spans import Period
from app.ui import icons
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages import scorecard_acts as acts
from app.ui.pages.indicator_reading import Reader
from app.ui.pages.scorecard_follow import FollowTab
from app.ui.pages.scorecard_notes import NotesTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

SCORECARD = ENTITIES["scorecard"]
NOTED = frozenset({"scorecard", "scorecard_note", "improvement", "document", "issued_paper"})
"""What a person says of the facts, which changes none of them."""
COUNTED = frozenset({
    "ticket", "ticket_event", "intervention", "visit", "evaluation", "received_document", "meeting", "breach_note",
    "invoice", "certificate", "access_grant", "gdpr_item", "contract", "satisfaction_response",
})  # fmt: skip
TABS: Tabs = (("Notes", NotesTab), ("Suites", FollowTab), *last_tabs(SCORECARD))
NOTES, FOLLOW = range(2)
COUNTING = "Les faits de la période sont en train d’être comptés."
ASKED, ASKED_ONE = "Donner les avis demandés", "Donner l’avis demandé"


class ScorecardPage(TabbedPage):
    """The primary button is the next step: give the notes asked for, then read the paper again and issue it. The facts
    of a draft are counted beside the window, `card` is None until then; what is said of them shows at once."""

    entity, tabs, concerned = SCORECARD, TABS, NOTED | COUNTED

    def __init__(self, desk: Desk, record_id: int) -> None:
        self.card: Card | None = None
        self._facts: Sequence[Prestation] | None = None
        super().__init__(desk, record_id)
        self._reader = Reader(desk, self._counting, self._got, self)
        if self._facts is None:
            self._reader.ask()

    def head_buttons(self) -> list[Button]:
        self.paper_button = button("Imprimer", icon="printer")
        self.paper_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.next_button = button("", "primary", "arrow-right")
        self.next_button.clicked.connect(self.go_on)
        return [self.paper_button, self._more, self.next_button]

    # Reading

    def read_more(self, session: Any) -> None:
        if self.sheet.in_bin:
            return
        if self._is_issued != (self.card is not None and self.card.is_issued):
            self._facts = None
        if self._is_issued and self._facts is None:
            self._facts = view.counted(session, self.record_id, datetime.now(UTC))
        self.card = None if self._facts is None else view.of_facts(session, self.record_id, self._facts)

    @property
    def _is_issued(self) -> bool:
        return bool(self.sheet.values["status"].value == "issued")

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        stale = tables & COUNTED or (tables & NOTED and self._facts is None)
        if stale and not (self.sheet.in_bin or self._is_issued):
            self._reader.ask()

    def reload_more(self) -> None:
        for made in self.made.values():
            self._give(made)

    def _counting(self) -> Job[list[Prestation]]:
        return view.counted_job(self.desk.store, self.record_id, datetime.now(UTC))

    def _got(self, facts: Sequence[Prestation]) -> None:
        if not (self.sheet.in_bin or self._is_issued):
            self._facts = facts
            self.read()
            self.reload_more()

    def _give(self, made: Any) -> None:
        if self.card is not None and hasattr(made, "show_card"):
            made.show_card(self.card)

    def placed(self, title: str, made: Any) -> QWidget:
        self._give(made)
        return super().placed(title, made)

    def show_head(self) -> None:
        card, values = self.card, self.sheet.values
        period = Period(values["starts_on"], values["ends_on"])
        badges = [("Émise", Mark("ok")) if self._is_issued else ("Projet", Mark("info", loud=True))]
        if card is not None and card.grade:
            badges.append((f"{words.score_told(card)} · {card.grade}", Mark(words.TONES[card.grade], loud=True)))
        told, span = when.words(period), f"du {day(period.start)} au {day(period.end)}"
        numbers = [one.number for one in card.prestations] if card is not None else []
        context = joined(f"{told[0].upper()}{told[1:]}", span, *numbers, by=" · ")
        provider = self.sheet.titles["provider_id"]
        self.head.set_data(HeadData("Fiches contrôle", self.name, provider, context, self.place[0], badges))
        self._show_next(card)

    def _show_next(self, card: Card | None) -> None:
        """What asks for the facts waits for them; the paper counts its own."""
        set_available(self.next_button, card is not None, COUNTING)
        self._more.setEnabled(card is not None)
        asked = card.asked if card is not None else 0
        self.next_button.setText((ASKED if asked > 1 else ASKED_ONE) if asked else "Relire et émettre")
        self.next_button.setVisible(not self._is_issued)

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - the notes stand together
        self.head.tabs.setCurrentIndex(NOTES)

    # Acts

    def go_on(self) -> None:
        if self.card is not None and self.card.asked:
            self.open_tab("Notes")
            self.tab().judge_next()
        else:
            self.print_paper()

    def print_paper(self) -> None:
        papers.preview(self.desk, cards.KIND, self, self.name)

    def _offer(self) -> None:
        menu = QMenu(self)
        if self._is_issued:
            reopen = partial(acts.reopen, self.desk, self.record_id, self.name)
            menu.addAction(icons.icon("rotate-ccw"), "Rouvrir pour corriger", reopen)
        elif self.card is not None:
            menu.addAction(icons.icon("scale"), "Changer les poids…", partial(acts.weigh, self.desk, self.card, self))
        menu.addAction(icons.icon("handshake"), "Ouvrir le prestataire", self.open_provider)
        menu.addAction(icons.icon("printer"), "Fiche vierge à remplir…", self.print_blank)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def open_provider(self) -> None:
        self.desk.go_to.emit("provider", self.sheet.values["provider_id"])

    def print_blank(self) -> None:
        papers.preview(self.desk, cards.KIND, self, blank=True)
