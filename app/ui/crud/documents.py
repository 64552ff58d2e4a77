"""Open and save the documents kept with a record: always a copy, never a program."""

from PySide6.QtWidgets import QWidget

from app.errors import Refused
from app.fields import number
from app.services import attachments
from app.storage.attachments import may_open
from app.storage.files import write_safely
from app.ui import ask
from app.ui.desk import Desk
from app.ui.outside import open_copy

KILO = 1024


def size_in_words(size: int) -> str:
    """« 812 octets », « 34 Ko », « 2 Mo »."""
    if size < KILO:
        return f"{number(size)}\u00a0octets"
    return f"{number(size // KILO)}\u00a0Ko" if size < KILO * KILO else f"{number(size // (KILO * KILO))}\u00a0Mo"


def _content(desk: Desk, document: int) -> tuple[str, bytes]:
    with desk.read() as session:
        return attachments.content(session, document)


def open_document(desk: Desk, parent: QWidget, document: int) -> None:  # noqa: ARG001 - the same words as save_document
    """Show a read-only copy in the usual program; a program or a script is only ever saved."""
    name, content = _content(desk, document)
    if not may_open(name, content):
        raise Refused(
            f"«\u00a0{name}\u00a0» est un programme\u00a0: il n’est jamais ouvert d’ici. "
            "Utilisez «\u00a0Enregistrer sous…\u00a0»."
        )
    open_copy(name, content)


def save_document(desk: Desk, parent: QWidget, document: int) -> None:
    name, content = _content(desk, document)
    chosen = desk.ask.file_to_save(parent, "Enregistrer le document", name, ask.ANY)
    if chosen:
        write_safely(chosen, content)
