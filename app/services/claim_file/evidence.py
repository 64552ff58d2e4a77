"""The pieces of a claim file: documents attached to what it tells of, papers issued for it, each by its SHA-256."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Document, IssuedPaper
from app.services import records
from app.services.claim_file.scope import Scope
from app.services.return_files import safe_name
from app.storage.extract import Entry

ISSUED = {"contract": ("contrat", "reclamation"), "ticket": ("incident",), "intervention": ("intervention",)}
"""The papers that tell something of a breach, by whose they are; a claim file is no proof of itself."""
FOLDER = "3-Pieces"


@dataclass(frozen=True, slots=True)
class Piece:
    """`of` names its record, `path` its place in the archive; `table` and `record_id` are its own row, whose entry
    tells since when it is kept."""

    name: str
    of: str
    path: str
    sha256: str
    table: str
    record_id: int
    kept_at: datetime


def pieces(session: Session, scope: Scope) -> list[Piece]:
    """Documents first, by record, then the papers issued."""
    named = _Names(session)
    found = [
        _piece(named, Document.__tablename__, one, one.entity, one.record_id, one.name, one.sha256, one.created_at)
        for one in _documents(session, scope)
    ]
    return found + [
        _piece(
            named, IssuedPaper.__tablename__, one, one.entity or "", one.record_id or 0, one.file_name, one.pdf_sha256,
            one.issued_at,
        )
        for one in _papers(session, scope)
    ]  # fmt: skip


class _Names:
    """Titles of records, each asked once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, int], str] = {}

    def of(self, entity: str, record_id: int) -> str:
        key = (entity, record_id)
        if key not in self._known:
            self._known[key] = records.title(self._session, ENTITIES[entity], record_id)
        return self._known[key]


def _piece(  # noqa: PLR0917 - what a piece is made of
    named: _Names, table: str, row: Document | IssuedPaper, entity: str, record_id: int, name: str, sha256: str,
    at: datetime,
) -> Piece:  # fmt: skip
    title = named.of(entity, record_id)
    folder = safe_name(title.partition(" ")[0])
    return Piece(name, title, f"{FOLDER}/{folder}/{safe_name(name)}", sha256, table, row.id, at)


def _documents(session: Session, scope: Scope) -> Sequence[Document]:
    wanted = [
        and_(Document.entity == table, Document.record_id.in_(ids))
        for table, ids in scope.records.items()
        if table in ENTITIES and table != "provider"
    ]
    kept = select(Document).where(or_(*wanted), Document.deleted_at.is_(None))
    return session.scalars(kept.order_by(Document.entity, Document.record_id, Document.id)).all()


def _papers(session: Session, scope: Scope) -> Sequence[IssuedPaper]:
    own = IssuedPaper
    wanted = [
        and_(own.entity == table, own.record_id.in_(scope.records.get(table, ())), own.kind.in_(kinds))
        for table, kinds in ISSUED.items()
    ]
    kept = select(own).where(or_(*wanted), own.deleted_at.is_(None))
    return session.scalars(kept.order_by(own.issued_at, own.id)).all()


def with_pieces(scope: Scope, found: Iterable[Piece]) -> Mapping[str, frozenset[int]]:
    """The records whose history is handed over: those of the file, and the rows of its pieces."""
    own: dict[str, set[int]] = {}
    for one in found:
        own.setdefault(one.table, set()).add(one.record_id)
    return {**scope.records, **{table: frozenset(ids) for table, ids in own.items()}}


def inscribed(piece: Piece, entries: Iterable[Entry]) -> Entry | None:
    """The entry of the history that first gave this piece its SHA-256."""
    name = "sha256" if piece.table == Document.__tablename__ else "pdf_sha256"
    return next((one for one in entries if json.loads(one.after or "{}").get(name) == piece.sha256), None)
