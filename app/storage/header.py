"""The first 100 bytes of a base, read without SQLite, so that a file that is not ours is never touched.

Never called on a file that this process has open: closing it would free SQLite's own locks (POSIX).
"""

from dataclasses import dataclass
from pathlib import Path

from app.errors import StoreDamaged, StoreError, StoreNewer
from app.storage.schema import APPLICATION_ID, SCHEMA

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_ONE_MEANS = 65_536  # a page size that does not fit in two bytes

EMPTY = "Ce fichier est vide. Il n’a pas été modifié\u00a0: restaurez la dernière sauvegarde vérifiée."
UNREADABLE = (
    "Ce fichier n’est pas un fichier de Parcomètre, ou il est abîmé. Il n’a pas été modifié. "
    "Si c’est bien votre fichier, restaurez la dernière sauvegarde vérifiée."
)
FOREIGN = "Ce fichier appartient à un autre logiciel. Il n’a pas été modifié."
CUT = "La fin de ce fichier manque. Il n’a pas été modifié\u00a0: restaurez la dernière sauvegarde vérifiée."
NEWER = (
    "Ce fichier vient d’une version plus récente de Parcomètre. Rien n’a été modifié\u00a0: mettez le programme à jour."
)


@dataclass(frozen=True, slots=True)
class Header:
    application_id: int
    user_version: int
    page_size: int
    pages: int


def read_header(path: Path) -> Header:
    with path.open("rb") as file:
        head = file.read(_LENGTH)
    if not head:
        raise StoreDamaged(EMPTY)
    if len(head) < _LENGTH or not head.startswith(_MAGIC):
        raise StoreDamaged(UNREADABLE)

    def number(start: int, length: int = 4) -> int:
        return int.from_bytes(head[start : start + length], "big")

    size = number(16, 2)
    return Header(number(68), number(60), _ONE_MEANS if size == 1 else size, number(28))


def check_header(path: Path) -> Header:
    """Refuse what is not a base of ours, comes from a later version, or is cut short."""
    header = read_header(path)
    refuse_foreign(header.application_id, header.user_version)
    whole = header.page_size * header.pages
    if path.stat().st_size < whole and not has_hot_journal(path):
        raise StoreDamaged(CUT)
    return header


def refuse_foreign(application_id: int, user_version: int) -> None:
    if application_id != APPLICATION_ID or user_version == 0:
        raise StoreError(FOREIGN)
    if user_version > SCHEMA:
        raise StoreNewer(NEWER)


def has_hot_journal(path: Path) -> bool:
    """Whether a program died while it saved: SQLite will bring back the state before."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0
