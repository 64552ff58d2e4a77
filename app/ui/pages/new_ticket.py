"""A new ticket in under thirty seconds by the keyboard: who, what thing, what happens, how grave (look 04b)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import Choice, Moment, Ref, Text, brief_moment, moment
from app.services import attachments, ticket_sheet, tickets
from app.services.tickets import TicketDraft
from app.ui import theme
from app.ui.crud import drafts
from app.ui.crud.editors import Editor, editor
from app.ui.crud.form import DRAFT_EVERY
from app.ui.desk import Desk
from app.ui.pages.acts import MANDATORY, this_minute
from app.ui.pages.ticket_view import promise_told, subject_of
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.buttons import Segment, Segments, button
from app.ui.parts.formshell import FormShell, dialog_buttons, dialog_foot

TICKET = ENTITIES["ticket"]
PERSON = Ref(name="requester_id", label="Demandeur", target="person")
ASSET = Ref(name="asset_id", label="Bien concerné", target="asset")
WORDS = Text(name="words", label="Que se passe-t-il\u00a0?", multiline=True)
OPENED = Moment(name="opened_at", label="Ouvert le")
PATIENCE = 150
WIDTH = 704


class NewTicketDialog(QDialog):
    """`saved` gives the id of the ticket; « Créer et ouvrir » goes to its page as well."""

    saved = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None, start: Mapping[str, Any] | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open_it = False
        self.files: list[Path] = []
        self.setWindowTitle("Nouveau ticket[*]")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAcceptDrops(True)
        self._build_form()
        self._banner: QVBoxLayout = column(gap=0)
        body = column(self.form, self._banner, self._foot_line(), gap=12, margins=(22, 16, 22, 14))
        self.setLayout(column(body, dialog_foot("Ctrl+Entrée pour enregistrer", self._buttons()), gap=0))
        self._delay = QTimer(self, singleShot=True, interval=PATIENCE)
        self._delay.timeout.connect(self.show_promise)
        self._start(start or {})
        for name, made in self.editors.items():
            made.on_change(self._on_change)
            made.on_change(partial(self.form.forgive, name))
        for segments in (self.impact, self.urgency):
            segments.changed.connect(self._on_change)
        self.setMinimumWidth(theme.scaled(WIDTH))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self._draft = QTimer(self, interval=DRAFT_EVERY)
        self._draft.timeout.connect(self._keep_draft)
        self._draft.start()

    # Building

    def _build_form(self) -> None:
        self.form = FormShell()
        self.editors: dict[str, Editor] = {f.name: editor(f, self._desk) for f in (PERSON, ASSET, WORDS, OPENED)}
        self.form.add("requester_id", PERSON.label, self.editors["requester_id"].widget, required=True)
        self.form.add("asset_id", ASSET.label, self.editors["asset_id"].widget)
        self.form.add("words", WORDS.label, self.editors["words"].widget, required=True, span=2)
        self.impact, self.urgency = _segments("impact"), _segments("urgency")
        self.form.add("impact", TICKET.field("impact").label, self.impact)
        self.form.add("urgency", TICKET.field("urgency").label, self.urgency)
        line = self.editors["asset_id"].widget.focusProxy()
        if line is not None:
            line.installEventFilter(self)

    def _foot_line(self) -> QHBoxLayout:
        self._opened_words = label("", "strong")
        change = button("Changer", "link", tip="Pour un appel reçu plus tôt")
        change.clicked.connect(self.change_opening)
        self._opening = QStackedWidget()
        self._opening.addWidget(holder(row(self._opened_words, change, None)))
        self._opening.addWidget(holder(row(self.editors["opened_at"].widget, None)))
        self._opening.setFixedHeight(theme.control_height() + 4)
        self._attach = button("Joindre un document", "link", "paperclip")
        self._attach.clicked.connect(
            lambda: self.add_files(self._desk.ask.files_to_open(self, "Joindre des documents"))
        )
        line = row(label(OPENED.label, "body", "ink2"), self._opening, self._attach, gap=8)
        line.setStretch(1, 1)
        return line

    def _buttons(self) -> QDialogButtonBox:
        box = dialog_buttons("Créer le ticket")
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        both = button("Créer et ouvrir")
        both.clicked.connect(self.accept_and_open)
        box.addButton(both, QDialogButtonBox.ButtonRole.ActionRole)
        return box

    def _start(self, start: Mapping[str, Any]) -> None:
        for name in ("requester_id", "asset_id"):
            self.editors[name].show(start.get(name))
        told = start.get("description") or start.get("subject")
        self.editors["words"].show(told)
        self.impact.set_value(str(start.get("impact") or _default("impact")))
        self.urgency.set_value(str(start.get("urgency") or _default("urgency")))
        self._show_opening(this_minute())
        self._kind = start.get("kind")
        self._shown = self.texts()
        self._offer_draft()
        self.show_promise()

    def _show_opening(self, at: datetime) -> None:
        self.opened_at = at
        self.editors["opened_at"].show(at)
        self._opened_words.setText(brief_moment(at))

    # Living

    def change_opening(self) -> None:
        self._opening.setCurrentIndex(1)
        self.editors["opened_at"].widget.setFocus()

    def _on_change(self) -> None:
        self.setWindowModified(self.is_modified())
        self._delay.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._offer_asset()
        return super().eventFilter(watched, event)

    def _offer_asset(self) -> None:
        """On coming to the asset while none was named: that of a person who has just one."""
        if self.editors["asset_id"].text():
            return
        person = _quietly(self.editors["requester_id"])
        if person:
            with self._desk.read() as session:
                self.editors["asset_id"].show(ticket_sheet.only_asset_of(session, person))

    def show_promise(self) -> None:
        """Which contract covers it and by when it is owed, before anything is written."""
        asset, opened = _quietly(self.editors["asset_id"]), _quietly(self.editors["opened_at"])
        with self._desk.read() as session:
            promised = ticket_sheet.preview(
                session, asset, opened or self.opened_at, _code("impact", self.impact), _code("urgency", self.urgency)
            )
        empty_layout(self._banner)
        self._banner.addWidget(Banner(promise_told(promised, named=asset is not None)))

    def add_files(self, paths: list[Path]) -> None:
        self.files += paths
        n = len(self.files)
        if n:
            self._attach.setText(f"{n}\u00a0document{'s joints' if n > 1 else ' joint'}")

    def texts(self) -> dict[str, str]:
        found = {name: made.text() for name, made in self.editors.items() if name != "opened_at"}
        return found | {"impact": self.impact.value(), "urgency": self.urgency.value()}

    def is_modified(self) -> bool:
        return self.texts() != self._shown or bool(self.files)

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
        banner.closed.connect(lambda: drafts.forget(TICKET.key, None))
        for answered in (banner.acted, banner.closed):
            answered.connect(banner.hide)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, banner)

    def _take_draft(self, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].put_text(text)
        self.impact.set_value(texts.get("impact", ""))
        self.urgency.set_value(texts.get("urgency", ""))
        self._on_change()

    # Saving

    def draft(self) -> TicketDraft:
        """What was typed, as a ticket to open; InvalidFields with a sentence for each field."""
        problems: dict[str, str] = {}
        found: dict[str, Any] = {}
        for name, made in self.editors.items():
            try:
                found[name] = made.value()
            except ValueError as error:
                problems[name] = str(error)
        for name in ("requester_id", "words"):
            if found.get(name, "") is None:
                problems[name] = MANDATORY
        if problems:
            raise InvalidFields(problems)
        more = {"kind": self._kind} if self._kind else {}
        return TicketDraft(
            subject=subject_of(found["words"]),
            description=found["words"],
            opened_at=found["opened_at"] or self.opened_at,
            requester_id=found["requester_id"],
            asset_id=found["asset_id"],
            impact=_code("impact", self.impact),
            urgency=_code("urgency", self.urgency),
            **more,
        )

    def accept_and_open(self) -> None:
        self._open_it = True
        self.accept()

    def accept(self) -> None:
        """Create it; a refusal is shown under its field and everything typed stays."""
        try:
            draft = self.draft()
            created = self._desk.act("Ouverture de ticket", lambda s: self._create(s, draft), "Ticket créé")
        except AppError as error:
            self._refuse(error)
            return
        self._leave()
        super().accept()
        self.saved.emit(created)
        if self._open_it:
            self._desk.go_to.emit("ticket", created)

    def _create(self, session: Any, draft: TicketDraft) -> int:
        created = tickets.open_ticket(session, draft)
        for path in self.files:
            attachments.add_file(session, TICKET, created, path)
        return created

    def _refuse(self, error: AppError) -> None:
        self._open_it = False
        problems = error.problems if isinstance(error, InvalidFields) else {"": str(error)}
        if "opened_at" in problems:
            self.change_opening()
            problems[""] = f"{OPENED.label}\u00a0: {problems.pop('opened_at')}"
        self.form.set_problems(problems)
        first = next((name for name in ("requester_id", "asset_id", "words") if name in problems), "")
        if first:
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
        drafts.forget(TICKET.key, None)


def _segments(name: str) -> Segments:
    """The answers of a closed list, the mildest first."""
    field = TICKET.field(name)
    options = list(field.options) if isinstance(field, Choice) else []
    return Segments([Segment(one.value, one.label) for one in reversed(options)], field.label)


def _code(name: str, segments: Segments) -> Any:
    field = TICKET.field(name)
    assert isinstance(field, Choice)  # noqa: S101 - the entity declares it so
    return field.options.of(segments.value())


def _default(name: str) -> str:
    return str(TicketDraft.__dataclass_fields__[name].default)


def _quietly(made: Editor) -> Any:
    """The value, or None while what is typed names nothing yet."""
    try:
        return made.value()
    except ValueError:
        return None
