"""Documents attached to a record, by drag and drop or by choice of a file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.entities import Entity
from app.errors import NotFound, Refused
from app.fields import clean_line
from app.models import Document
from app.models.contract_codes import DocumentRole
from app.storage import attachments as blobs


@dataclass(frozen=True, slots=True)
class Attached:
    id: int
    name: str
    size: int
    added_at: datetime
    role: DocumentRole | None = None


PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif")


def is_picture(name: str) -> bool:
    """Whether a document of this name is a photo, by its suffix."""
    return name.lower().endswith(PICTURES)


ROLES = tuple(DocumentRole)


def of_record(session: Session, entity: Entity, record_id: int) -> list[Attached]:
    """Newest first."""
    statement = (
        select(Document)
        .where(Document.entity == entity.key, Document.record_id == record_id, Document.deleted_at.is_(None))
        .order_by(Document.id.desc())
    )
    return [Attached(d.id, d.name, d.size, d.created_at, d.role) for d in session.scalars(statement)]


def add_file(session: Session, entity: Entity, record_id: int, path: Path) -> int:
    """Keep a copy of the file in the base; the file itself is left where it is."""
    if path.is_dir():
        raise Refused(f"«\u00a0{path.name}\u00a0» est un dossier. Déposez les fichiers un par un, ou une archive ZIP.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(
            f"«\u00a0{path.name}\u00a0» ne peut pas être lu. Vérifiez qu’il n’est pas ouvert ailleurs."
        ) from error
    return add(session, entity, record_id, path.name, content)


def add(session: Session, entity: Entity, record_id: int, name: str, content: bytes) -> int:
    if not content:
        raise Refused(f"«\u00a0{name}\u00a0» est vide\u00a0: il n’y a rien à garder.")
    digest = blobs.put(session, content)
    same = session.scalar(
        select(Document.id).where(
            Document.entity == entity.key,
            Document.record_id == record_id,
            Document.sha256 == digest,
            Document.deleted_at.is_(None),
        )
    )
    if same is not None:
        return same
    document = Document(
        entity=entity.key, record_id=record_id, name=clean_line(name)[:200] or "document", sha256=digest,
        size=len(content),
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document.id


def content(session: Session, document_id: int) -> tuple[str, bytes]:
    """(name, bytes), the bytes checked against their hash."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("Ce document n’existe plus.")
    return document.name, blobs.get(session, document.sha256)


def mark(session: Session, document_id: int, role: Code | None) -> None:
    """Say what a document is for its record."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound("Ce document n’existe plus.")
    document.role = DocumentRole.of(role) if role else None
    session.flush()


def signed_copy(session: Session, entity: Entity, record_id: int) -> Attached | None:
    """The newest document marked as the signed one."""
    return next((one for one in of_record(session, entity, record_id) if one.role == DocumentRole.SIGNED), None)


def remove(session: Session, document_id: int) -> None:
    document = session.get(Document, document_id)
    if document is not None:
        document.deleted_at = datetime.now(UTC)
        session.flush()
