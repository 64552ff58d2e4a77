"""A new ticket in under thirty seconds by the keyboard: who, what thing, what happens, how grave (look 04b)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import moment
from app.services import attachments, records, similar, ticket_sheet, tickets
from app.services.ticket_sheet import Promised
from app.services.tickets import TicketDraft
from app.ui import theme
from app.ui.crud import drafts
from app.ui.crud.form import DRAFT_EVERY
from app.ui.desk import Desk
from app.ui.pages.new_ticket_files import FilesRow
from app.ui.pages.new_ticket_form import MORE, NewTicketForm, levels
from app.ui.pages.new_ticket_similar import SimilarView
from app.ui.pages.ticket_view import promise_told
from app.ui.parts import dropping
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.formshell import dialog_buttons, dialog_foot

TICKET = ENTITIES["ticket"]
PATIENCE = 150
"""Milliseconds after the last key before what is typed is looked up."""
WIDTH = 704
FILES = "files"


class NewTicketDialog(QDialog):
    """`saved` gives the id of the ticket; « Créer et ouvrir » goes to its page as well."""

    guide_page = "tickets"

    saved = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None, start: Mapping[str, Any] | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open_it = False
        self.setWindowTitle("Nouveau ticket[*]")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self.form, self.similar, self.files_row = NewTicketForm(desk), SimilarView(), FilesRow(desk)
        self.editors, self.impact, self.urgency = (
            self.form.editors,
            self.form.segments["impact"],
            self.form.segments["urgency"],
        )
        self._banner: QVBoxLayout = column(gap=0)
        self._more = button("Plus de &précisions", "link", "chevron-down", "Reçu par, priorité, contrat (Alt+P)")
        self._more.clicked.connect(lambda: self.show_more(not self.form.has_more))
        foot = row(self.files_row, self._more, gap=10)
        foot.setStretch(0, 1)
        self._body = column(self.form, self._banner, self.similar, foot, None, gap=12, margins=(22, 16, 22, 8))
        self._content = holder(self._body)
        self._foot = dialog_foot("Ctrl+Entrée pour enregistrer", self._buttons())
        self.setLayout(column(scrolled(self._content), self._foot, gap=0))
        self._delay = QTimer(self, singleShot=True, interval=PATIENCE)
        self._delay.timeout.connect(self.look_up)
        self._start(start or {})
        self._wire()

    def _wire(self) -> None:
        self.form.changed.connect(lambda _: self._on_change())
        self.files_row.changed.connect(self._on_change)
        self.similar.doubled.connect(self.note_double)
        for name in ("requester_id", "asset_id", "words", "category"):
            widget = self.editors[name].widget
            (widget.focusProxy() or widget).installEventFilter(self)
        self._content.installEventFilter(self)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self._draft = QTimer(self, interval=DRAFT_EVERY)
        self._draft.timeout.connect(self._keep_draft)
        self._draft.start()

    def _buttons(self) -> QDialogButtonBox:
        box = dialog_buttons("Créer le ticket")
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        both = button("Créer et ouvrir")
        both.clicked.connect(self.accept_and_open)
        box.addButton(both, QDialogButtonBox.ButtonRole.ActionRole)
        return box

    def _start(self, start: Mapping[str, Any]) -> None:
        self.form.begin(start)
        self._shown = self.texts()
        self._offer_draft()
        self.look_up()
        theme.fit_size(self, theme.scaled(WIDTH), self._wanted())
        self.editors["requester_id"].widget.setFocus()

    # Its size

    def _wanted(self) -> int:
        width = max(self.width(), theme.scaled(WIDTH))
        return self._body.totalHeightForWidth(width) + self._foot.sizeHint().height() + 2

    def _make_room(self) -> None:
        """As tall as what it shows, as far as the screen goes: beyond, the form scrolls."""
        theme.fit_size(self, max(self.width(), theme.scaled(WIDTH)), self._wanted())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content:
            if event.type() == QEvent.Type.LayoutRequest:
                QTimer.singleShot(0, self, self._make_room)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self.files_row.paste()
        return super().eventFilter(watched, event)

    def show_more(self, shown: bool) -> None:
        self.form.show_more(shown)
        if shown:
            self.form.focus_on(MORE[0])

    # Living

    def _on_change(self) -> None:
        self.setWindowModified(self.is_modified())
        self._delay.start()

    def look_up(self) -> None:
        """Which contract covers it and by when it is owed, and what it looks like, before anything is written."""
        asked = self.form.asked()
        impact, urgency = levels(self.form)
        told = {"priority": self.form.priority(), **_chosen(self.form.contract())}
        with self._desk.read() as session:
            promised = ticket_sheet.preview(session, asked.asset_id, asked.at, impact, urgency, **told)
            found, often = similar.find(session, asked), similar.recurrence(session, asked)
        empty_layout(self._banner)
        self._banner.addWidget(Banner(_told(promised, self.form.contract(), named=asked.asset_id is not None)))
        self.form.show_priority(promised.priority.value)
        self.form.offer_category(found.category)
        self.similar.set_data(found, often)

    def add_files(self, paths: list[Path]) -> None:
        self.files_row.add(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(dropping.files_of(event))

    def texts(self) -> dict[str, str]:
        return {**self.form.texts(), FILES: self.files_row.text()}

    def is_modified(self) -> bool:
        return self.texts() != self._shown

    def _keep_draft(self) -> None:
        if self.is_modified():
            drafts.keep(TICKET.key, None, self.texts())

    def _offer_draft(self) -> None:
        found = drafts.find(TICKET.key, None)
        if found is None:
            return
        told = f"Elle date du {moment(found.at)}."
        banner = Banner(
            BannerData("info", "Une saisie non enregistrée a été retrouvée", told, "Reprendre", closable=True)
        )
        banner.acted.connect(lambda: self._take_draft(found.texts))
        banner.closed.connect(lambda: _forget(self.files_row.paths))
        for answered in (banner.acted, banner.closed):
            answered.connect(banner.hide)
        self._body.insertWidget(0, banner)

    def _take_draft(self, texts: Mapping[str, str]) -> None:
        self.form.put_texts(texts)
        self.files_row.put_text(texts.get(FILES, ""))
        self._on_change()

    # Saving

    def accept_and_open(self) -> None:
        self._open_it = True
        self.accept()

    def accept(self) -> None:
        """Create it; a refusal is shown under its field and everything typed stays."""
        try:
            draft = self.form.draft()
            created, number = self._desk.act("Ouverture de ticket", lambda s: self._create(s, draft))
        except AppError as error:
            self._refuse(error)
            return
        self._desk.tell_done(f"Ticket {number} créé")
        self._leave()
        super().accept()
        self.saved.emit(created)
        if self._open_it:
            self._desk.go_to.emit("ticket", created)

    def _create(self, session: Any, draft: TicketDraft) -> tuple[int, str]:
        """The id, and the number to tell whoever is on the phone."""
        created = tickets.open_ticket(session, draft)
        for other in sorted(self.similar.linked):
            similar.attach(session, created, other)
        self._attach(session, created)
        return created, records.get(session, TICKET, created).values["number"]

    def _attach(self, session: Any, ticket: int) -> None:
        for path in self.files_row.paths:
            attachments.add_file(session, TICKET, ticket, path)

    def note_double(self, ticket: int) -> None:
        """The same call as a ticket already open: it is noted there, with its documents, and no other is made."""
        asked = self.form.asked()

        def use_case(session: Any) -> None:
            similar.same_call(session, ticket, asked.at, asked)
            self._attach(session, ticket)

        try:
            self._desk.act("Appel déjà connu", use_case, "Appel noté sur le ticket déjà ouvert")
        except AppError as error:
            self._refuse(error)
            return
        self._leave()
        super().accept()
        self._desk.go_to.emit("ticket", ticket)

    def _refuse(self, error: AppError) -> None:
        self._open_it = False
        problems = dict(error.problems) if isinstance(error, InvalidFields) else {"": str(error)}
        for name, shown in (("priority_reason", "reason"), ("contract_reason", "reason"), ("contract_id", "contract")):
            if name in problems:
                problems[shown] = problems.pop(name)
        if "opened_at" in problems:
            self.form.opening.change()
        if problems.keys() & set(MORE):
            self.form.show_more(True)
        self.form.set_problems(problems)
        if first := next((name for name in (*self.editors, "priority") if name in problems), ""):
            self.form.focus_on(first)

    def reject(self) -> None:
        if self.is_modified():
            answer = self._desk.ask.unsaved(self, "Nouveau ticket")
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        self._leave()
        super().reject()

    def _leave(self) -> None:
        self._draft.stop()
        self._delay.stop()
        _forget()


def _forget(held: Sequence[Path] = ()) -> None:
    drafts.forget(TICKET.key, None)
    drafts.forget_pictures(but=held)


def _chosen(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the preview takes it."""
    return {"chosen": True, "contract_id": contract["contract_id"]} if contract else {}


def _told(promised: Promised, contract: Mapping[str, Any], *, named: bool) -> BannerData:
    """What is owed, by the contract of the asset or by the one chosen."""
    told = promise_told(promised, named=named)
    if not contract:
        return told
    if promised.contract_id is None:
        level = promised.priority.value
        return replace(told, title="Hors contrat, par votre choix", text=f"{level} · Aucun délai ne sera promis.")
    return replace(told, title=f"{promised.contract}, par votre choix")
