"""The library of clauses: read, correct, go back to a former text, take the texts of a newer program."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QListWidget, QWidget

from app.entities import ENTITIES
from app.fields import brief_moment
from app.services import clauses, contract_clauses, records
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import HISTORY, MARGINS, DetailPane, PaneTab
from app.ui.desk import Desk
from app.ui.pages.clause_words import library_dialog, read_pieces
from app.ui.parts.basics import column, holder, label, row
from app.ui.parts.buttons import Button, button, set_available
from app.ui.parts.words_view import Kind, WordsView
from app.ui.state import UiState

CLAUSE = ENTITIES["clause"]
CHANGES: dict[str, Kind] = {"same": "", "gone": "gone", "new": "new"}


class VersionsPart(QWidget):
    """The texts of a clause, newest first; a former one beside the present one shows what changed."""

    def __init__(self, desk: Desk, clause_id: int) -> None:
        super().__init__()
        self._desk, self._clause = desk, clause_id
        with desk.read() as session:
            self._versions = clauses.versions(session, clause_id)
        self.list = QListWidget()
        self.list.setAccessibleName("Versions de la clause")
        self.list.addItems([_named(one) for one in self._versions])
        self.list.setMaximumHeight(130)
        self.words = WordsView("Texte de la version")
        self.restore = button("Reprendre cette version", icon="rotate-ccw")
        self.restore.clicked.connect(self.take)
        self.list.currentRowChanged.connect(self._show)
        self.setLayout(column(self.list, row(self.restore, None), self.words, gap=8, margins=(17, 12, 17, 12)))
        self.list.setCurrentRow(0)

    def _show(self, at: int) -> None:
        shown, now = self._versions[at], self._versions[0]
        set_available(self.restore, shown is not now, "C’est la version en vigueur.")
        told: list[tuple[str, Kind]] = [(f"{shown.title}\n", "title")]
        if shown is now:
            told += read_pieces(shown.text)
        else:
            told += [("En rouge, ce qui a été retiré depuis\u00a0; en vert, ce qui a été ajouté.\n", "quiet")]
            told += [(text, CHANGES[kind]) for kind, text in contract_clauses.difference(shown.text, now.text)]
        self.words.show_pieces(told)

    def take(self) -> None:
        revision = self._versions[self.list.currentRow()].revision
        self._desk.act(
            f"Version {revision} reprise",
            lambda session: clauses.restore(session, self._clause, revision),
            told=f"Version {revision} reprise",
        )


def _named(one: clauses.Version) -> str:
    if one.replaced_at is None:
        return f"Version {one.revision}, en vigueur"
    return f"Version {one.revision}, remplacée le {brief_moment(one.replaced_at)}"


class ClausePane(DetailPane):
    """Its text, then why it matters; its versions; its history."""

    def tabs_of(self, session: Any) -> list[PaneTab]:
        kept = clauses.versions(session, self.record_id)
        return [
            PaneTab("Texte", self._text_page),
            PaneTab("Versions", partial(VersionsPart, self._desk, self.record_id), len(kept)),
            PaneTab(HISTORY, self._history_page),
        ]

    def _text_page(self) -> QWidget:
        with self._desk.read() as session:
            values = records.get(session, CLAUSE, self.record_id).values
        words = WordsView("Texte de la clause")
        why: list[tuple[str, Kind]] = []
        if values["why"]:
            why = [("\n\nPourquoi elle compte\n", "title"), (values["why"], "quiet")]
        words.show_pieces([*read_pieces(values["text"]), *why])
        note = label(clauses.NOTICE, "second", "ink2", wrap=True)
        return holder(column(words, note, gap=10, margins=MARGINS))


class ClausesPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, CLAUSE, state)

    def make_pane(self) -> DetailPane:
        return ClausePane(self.desk, CLAUSE)

    def section_actions(self) -> list[Button]:
        newer = button("Textes du programme", icon="refresh-cw", tip="Reprend les textes livrés avec cette version.")
        newer.clicked.connect(self.take_program_texts)
        return [newer, *super().section_actions()]

    def take_program_texts(self) -> None:
        found = self.desk.act("Bibliothèque de clauses", clauses.refresh)
        self.desk.tell_done(found.sentence)

    def new(self) -> None:
        self._write(None)

    def edit(self) -> None:
        if chosen := self.panel.current_id():
            self._write(chosen)

    def open_record(self, record_id: int) -> None:
        if record_id:
            self._write(record_id)

    def _do(self, act: str, record_id: int) -> None:
        if act == "edit":
            self._write(record_id)
        else:
            super()._do(act, record_id)

    def _write(self, clause_id: int | None) -> None:
        library_dialog(self.desk, clause_id, self.window()).open()
