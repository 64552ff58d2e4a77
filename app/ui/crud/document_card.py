"""The documents of a record as a card: open, save, remove; add by choice, by drop, by paste."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from app.codes import Code
from app.entities import Entity
from app.fields import moment
from app.services import attachments
from app.services.attachments import Attached
from app.ui.crud.documents import open_document, save_document, size_in_words
from app.ui.desk import Desk
from app.ui.parts import dropping
from app.ui.parts.badge import Badge
from app.ui.parts.basics import Glyph, empty_layout, label, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.card import Card
from app.ui.parts.marks import Mark

EMPTY = "Déposez ici vos fichiers\u00a0: une copie est gardée avec la fiche."
SIGNED_FIRST = "Déposez d’abord l’exemplaire signé, puis les annexes\u00a0: une copie est gardée avec la fiche."


class DocumentsCard(Card):
    """`reload` reads them again. With `roles`, what each is for the record can be told: its signed copy, an annex."""

    def __init__(
        self, desk: Desk, entity: Entity, record_id: int, *, roles: bool = False, title: str = "Documents"
    ) -> None:
        self._roles = attachments.ROLES if roles else ()
        self._add = button("Joindre…", "link", tip="Joindre un document")
        super().__init__(title, corner=self._add)
        self._desk, self._entity, self._record_id = desk, entity, record_id
        self._add.clicked.connect(self.choose)
        self.setAcceptDrops(True)
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found = attachments.of_record(session, self._entity, self._record_id)
        empty_layout(self.body)
        if not found:
            self.body.addWidget(label(SIGNED_FIRST if self._roles else EMPTY, "second", "ink2", wrap=True))
        for one in found:
            self.body.addLayout(self._line(one))

    def _line(self, one: Attached) -> QHBoxLayout:
        follow = button(one.name, "link")
        follow.clicked.connect(partial(open_document, self._desk, self, one.id))
        more = icon_button("ellipsis", f"Autres actions\u00a0: {one.name}")
        more.clicked.connect(lambda: self._menu(one, more))
        told = label(f"{size_in_words(one.size)} · {moment(one.added_at)}", "second", "ink2")
        badge = Badge(one.role.label, Mark(one.role.tone, loud=True)) if one.role else 0
        return row(Glyph("paperclip"), follow, badge, None, told, more, gap=6)

    def _menu(self, one: Attached, above: Button) -> None:
        menu = QMenu(self)
        menu.addAction("Ouvrir", partial(open_document, self._desk, self, one.id))
        menu.addAction("Enregistrer sous…", partial(save_document, self._desk, self, one.id))
        for role in self._roles:
            if role != one.role:
                menu.addAction(f"C’est\u00a0: {role.label.lower()}", partial(self._mark, one, role))
        if one.role:
            menu.addAction(f"Ce n’est pas\u00a0: {one.role.label.lower()}", partial(self._mark, one, None))
        menu.addAction("Retirer de la fiche", partial(self._remove, one.id))
        menu.popup(above.mapToGlobal(QPoint(0, above.height())))

    def _mark(self, one: Attached, role: Code | None) -> None:
        told = f"{one.name}\u00a0: {role.label.lower()}" if role else f"{one.name}\u00a0: simple document"
        self._desk.act("Nature d’un document", lambda s: attachments.mark(s, one.id, role), told=told)

    def _remove(self, document: int) -> None:
        self._desk.act("Document retiré", lambda s: attachments.remove(s, document), told="Document retiré")

    def choose(self) -> None:
        self.attach(self._desk.ask.files_to_open(self, "Joindre des documents"))

    def attach(self, paths: Sequence[Path]) -> None:
        """Keep a copy of these files with the record: all of them, or none."""
        if paths:
            self._desk.act(
                "Documents joints",
                lambda s: [attachments.add_file(s, self._entity, self._record_id, path) for path in paths],
                told=f"{len(paths)}\u00a0document{'s joints' if len(paths) > 1 else ' joint'}",
            )

    def attach_picture(self, picture: QImage) -> None:
        """A screenshot from the clipboard, kept as PNG."""
        name = f"capture {moment(datetime.now(UTC)).replace('/', '-').replace(':', ' h ')}.png"
        content = png_of(picture)
        self._desk.act(
            "Capture jointe",
            lambda s: attachments.add(s, self._entity, self._record_id, name, content),
            told="Capture jointe",
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach(dropping.files_of(event))


def png_of(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants the format as bytes
    return bytes(buffer.data().data())


class PastingLine(QLineEdit):
    """A line in which a picture can be pasted: `pasted` gives it, text goes in as usual."""

    pasted = Signal(object)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if event.matches(QKeySequence.StandardKey.Paste) and data.hasImage() and not data.hasText():
            self.pasted.emit(QGuiApplication.clipboard().image())
            return
        super().keyPressEvent(event)
