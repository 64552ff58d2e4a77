"""What is done of the documents owed: noting one that came, refusing it, not asking for it, a reminder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, counted, day, plural, this_day
from app.services import attachments, deliverables
from app.services.deliverables import Delivery
from app.ui.crud.documents import open_document
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts import dropping
from app.ui.parts.basics import Glyph, row
from app.ui.parts.buttons import button
from app.ui.parts.files_place import FilesPlace

RECEIVED = ENTITIES["received_document"]
ON = Day(name="received_on", label="Reçu le", required=True)
DROP = "Déposez ici le fichier reçu, ou choisissez-le\u00a0: une copie est gardée."
WHY_REFUSED = Text(
    name="reason", label="Ce qui ne va pas", multiline=True, required=True, max_length=200,
    help="Repris dans le courriel de relance.",
)  # fmt: skip
WHY_WAIVED = Text(
    name="reason", label="Pourquoi", multiline=True, required=True, max_length=200,
    help="Il ne comptera ni comme attendu, ni comme en retard.",
)  # fmt: skip


def titled(chosen: Sequence[Delivery]) -> str:
    """« Rapport d’activité, novembre 2026 », « 3 documents »."""
    return chosen[0].title if len(chosen) == 1 else counted(len(chosen), "document")


def _due_words(chosen: Sequence[Delivery]) -> str:
    first = day(min(one.due_on for one in chosen))
    if len(chosen) == 1:
        return f"{chosen[0].title}, contrat {chosen[0].contract}, dû le {first}."
    return f"{counted(len(chosen), 'document')}, dont le premier était dû le {first}."


class ReceiveDialog(ActDialog):
    """The day it came, and its file: dropped on the dialog, or chosen. What is kept already is told, and opens."""

    def __init__(self, desk: Desk, chosen: Sequence[Delivery], parent: QWidget, files: Sequence[Path] = ()) -> None:
        self.place: FilesPlace | None = None
        count = len(chosen)
        act = Act(
            title=f"Noter la réception\u00a0: {titled(chosen)}",
            verb="Noter la réception",
            icon="file-check",
            intro=_due_words(chosen),
            fields=(ON,),
            start={"received_on": chosen[0].received_on or this_day()},
            run=lambda session, values: self._receive(session, chosen, values),
            told=f"{counted(count, 'document')} {plural(count, 'noté reçu', 'notés reçus')}",
        )
        super().__init__(desk, act, parent)
        if count == 1:
            self._add_place(desk, chosen[0], files)

    def _receive(self, session: Any, chosen: Sequence[Delivery], values: dict[str, Any]) -> None:
        for one in chosen:
            deliverables.receive(session, one, values["received_on"], self.place.files if self.place else ())

    def _add_place(self, desk: Desk, one: Delivery, files: Sequence[Path]) -> None:
        self.setAcceptDrops(True)
        self.place = FilesPlace(
            DROP, "Choisir le fichier…", lambda: desk.ask.files_to_open(self, "Document reçu"), files
        )
        self.extras.addWidget(self.place)
        with desk.read() as session:
            kept = attachments.of_record(session, RECEIVED, one.received_id) if one.received_id else []
        for document in kept:
            follow = button(document.name, "link")
            follow.clicked.connect(lambda _=False, wanted=document.id: open_document(desk, self, wanted))
            self.extras.addLayout(row(Glyph("paperclip"), follow, None, gap=6))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self.place is not None:
            self.place.add(dropping.files_of(event))


def refuse(desk: Desk, one: Delivery, parent: QWidget) -> None:
    act = Act(
        title=f"Refuser\u00a0: {one.title}",
        verb="Refuser ce document",
        icon="circle-x",
        intro=f"Reçu le {day(one.received_on)}. Il restera attendu jusqu’à ce que vous en receviez un qui convienne.",
        fields=(WHY_REFUSED,),
        run=lambda session, values: deliverables.refuse(session, one, values["reason"]),
        told=f"Document refusé\u00a0: {one.title}",
    )
    ActDialog(desk, act, parent.window()).open()


def waive(desk: Desk, chosen: Sequence[Delivery], parent: QWidget) -> None:
    count = len(chosen)
    act = Act(
        title=f"Ne pas exiger\u00a0: {titled(chosen)}",
        verb="Ne pas exiger",
        icon="circle-minus",
        fields=(WHY_WAIVED,),
        run=lambda session, values: deliverables.waive(session, chosen, values["reason"]),
        told=f"{counted(count, 'document')} non {plural(count, 'exigé')}",
    )
    ActDialog(desk, act, parent.window()).open()


def expect(desk: Desk, chosen: Sequence[Delivery]) -> None:
    count = len(chosen)
    desk.act(
        f"De nouveau attendu\u00a0: {titled(chosen)}", lambda session: deliverables.expect(session, chosen),
        told=f"{counted(count, 'document')} de nouveau {plural(count, 'attendu')}",
    )  # fmt: skip


def remind(desk: Desk, chosen: Sequence[Delivery]) -> None:
    """The words that ask for them, in the usual mail program."""
    with desk.read() as session:
        content = deliverables.reminder(session, chosen)
    open_copy(f"relance-{chosen[0].contract}.eml", content, read_only=False)
