"""The journal of a ticket: a line to add to it, what it tells, newest first; one may look at a part of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.services import tickets
from app.services.journal import JournalRow
from app.ui.crud.document_card import DocumentsCard, PastingLine
from app.ui.desk import Desk
from app.ui.pages.acts import this_minute
from app.ui.pages.ticket_view import entry_of
from app.ui.parts.basics import row
from app.ui.parts.buttons import button, set_available
from app.ui.parts.card import Card
from app.ui.parts.timeline import Timeline

SAID = frozenset({"contact", "note"})
STOOD = frozenset({"wait_started", "wait_ended", "priority", "cover", "down", "up"})
PARTS: Sequence[tuple[str, Callable[[str], bool]]] = (
    ("Tout", lambda _kind: True),
    ("Sans les notes", lambda kind: kind != "note"),
    ("Notes et contacts", lambda kind: kind in SAID),
    ("Attentes et changements", lambda kind: kind in STOOD),
)
"""What is shown, by kind of act."""


class JournalCard(Card):
    """Pictures pasted in its line are kept with the documents of the ticket."""

    def __init__(self, desk: Desk, ticket_id: int, documents: DocumentsCard) -> None:
        self._part = button("Tout", icon="list-filter")
        super().__init__("Journal", corner=self._part)
        self._desk, self._ticket = desk, ticket_id
        self._rows: Sequence[JournalRow] = ()
        self._shown = 0
        self._part.setAccessibleDescription("Ce que montre le journal")
        self._part.clicked.connect(self._offer)
        self.timeline = Timeline()
        self.entry = PastingLine("Ajouter une note, un appel… (coller une capture ici)")
        self.entry.setAccessibleName("Nouvelle ligne du journal")
        self.note_button, self.contact_button = button("Noter", icon="send"), button("Contact", icon="phone")
        self.entry.returnPressed.connect(self._note)
        self.entry.textChanged.connect(self._follow_entry)
        self.entry.pasted.connect(documents.attach_picture)
        self.note_button.clicked.connect(self._note)
        self.contact_button.clicked.connect(self._note_contact)
        self.body.addLayout(row(self.entry, self.note_button, self.contact_button, gap=7))
        self.body.addSpacing(8)
        self.body.addWidget(self.timeline, 1)
        self._follow_entry("")

    def show_rows(self, rows: Sequence[JournalRow]) -> None:
        self._rows = rows
        self.show_part(self._shown)

    def show_part(self, position: int) -> None:
        words, wanted = PARTS[position]
        self._shown = position
        self._part.setText(words)
        self.timeline.set_entries([entry_of(one) for one in self._rows if wanted(one.kind.value)])

    def _offer(self) -> None:
        menu = QMenu(self)
        for position, (words, _) in enumerate(PARTS):
            menu.addAction(words, partial(self.show_part, position))
        menu.popup(self._part.mapToGlobal(QPoint(0, self._part.height())))

    def _follow_entry(self, text: str) -> None:
        for act in (self.note_button, self.contact_button):
            set_available(act, bool(text.strip()), "Écrivez d’abord ce qu’il faut garder.")

    def _note(self) -> None:
        self._write(tickets.note, "Note au journal")

    def _note_contact(self) -> None:
        self._write(tickets.contact, "Contact au journal")

    def _write(self, act: Callable[..., Any], told: str) -> None:
        text = self.entry.text()
        if text.strip():
            self._desk.act(told, lambda s: act(s, self._ticket, this_minute(), text), told=told)
            self.entry.clear()
