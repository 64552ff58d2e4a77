"""Contents of documents: kept once each by their SHA-256, checked again each time they are read."""

import hashlib
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from app.errors import NotFound, Refused, StoreDamaged
from app.fields.formats import number
from app.models import Blob

MEGABYTE = 1024 * 1024
MAX_BYTES = 25 * MEGABYTE

_ZIP = (b"PK\x03\x04",)
_TEXT = ("txt", "csv", "log", "eml", "md")
# What may be handed to the system: the ending and the first bytes must agree. Programs, scripts, shortcuts, pages and
# documents with macros are not in the table: they can only be saved.
_OPENED: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), _ZIP),
    **dict.fromkeys(("doc", "xls", "ppt", "msg"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
}
_PROGRAMS = (b"MZ", b"#!", b"\x7fELF", b"%!", b"<", b"\xef\xbb\xbf<")


def put(session: Session, content: bytes) -> str:
    """Keep a content, once, and return its SHA-256."""
    if len(content) > MAX_BYTES:
        size = number(-(-len(content) // MEGABYTE))
        limit = number(MAX_BYTES // MEGABYTE)
        raise Refused(f"Ce fichier fait {size}\u00a0Mo\u00a0: un document peut en faire {limit} au plus.")
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, size=len(content), content=content))
        session.flush()
    return sha256


def get(session: Session, sha256: str) -> bytes:
    """The content, if it is still what was kept."""
    blob = session.get(Blob, sha256)
    if blob is None:
        raise NotFound("Le contenu de ce document n’est pas dans le fichier.")
    if hashlib.sha256(blob.content).hexdigest() != sha256:
        raise StoreDamaged(
            "Le contenu de ce document a changé depuis qu’il a été joint\u00a0: restaurez une sauvegarde."
        )
    return blob.content


def may_open(name: str, content: bytes) -> bool:
    """Whether a document may be handed to the system's viewer; anything else is only ever saved."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.removeprefix(".").casefold()
    if ending in _TEXT:
        return b"\x00" not in content and not content.startswith(_PROGRAMS)
    return content.startswith(_OPENED[ending]) if ending in _OPENED else False
