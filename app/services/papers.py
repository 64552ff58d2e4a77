"""The papers of the program: drawn as drafts, or issued, that is frozen with their data and kept (papers.md 1).

Which papers there are is told in `paper_kinds`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.fields import PARIS
from app.models import IssuedPaper
from app.reports.identity import Stamp
from app.services.numbering import next_number
from app.storage import attachments

if TYPE_CHECKING:
    from app.services.paper_kinds import PaperKind


@dataclass(frozen=True)
class IssuedRow:
    id: int
    label: str
    reference: str
    version: int
    issued_at: datetime
    file_name: str


def _kinds() -> Mapping[str, "PaperKind"]:
    """Every paper, with all that gathers and draws it: imported with the first one, not with the screens that offer
    some."""
    from app.services.paper_kinds import PAPERS  # noqa: PLC0415 - as said above

    return PAPERS


def draft(session: Session, kind: str, ref: str | None, now: datetime, blank: bool = False, **chosen: Any) -> bytes:
    """The paper as it would be, watermarked and not kept; `blank`: the one to fill by hand."""
    paper = paper_named(kind)
    if paper.by_hand:
        return paper.render(_by_hand(session, paper, ref, now, **chosen))
    if blank and paper.sheet is not None:
        return paper.sheet(session, paper.find(session, ref) or 0, Stamp(paper.title, ref or "", 1, now, draft=False))
    if blank:
        if paper.blank is None:
            raise Refused(f"«\u00a0{paper.label}\u00a0» n’a pas de modèle vierge.")
        return paper.blank(session, Stamp(paper.title, "", draft=False))
    return paper.render(_as_it_would_be(session, paper, ref, now, **chosen))


def fillable(session: Session, kind: str, ref: str | None, **chosen: Any) -> bytes:
    """The paper to fill on screen, as a PDF with fields; Refused if it has none."""
    paper = paper_named(kind)
    if paper.fill is None:
        raise Refused(f"«\u00a0{paper.label}\u00a0» ne se remplit pas à l’écran.")
    return paper.fill(_by_hand(session, paper, ref, None, **chosen))


def _by_hand(session: Session, paper: "PaperKind", ref: str | None, now: datetime | None, **chosen: Any) -> Any:
    """What a paper to fill is drawn from: it is neither a draft nor a version."""
    stamp = Stamp(paper.title, ref or "", data_at=now, draft=False)
    return paper.gather(session, paper.find(session, ref), stamp, **chosen)


def word(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> bytes:
    """The paper as an editable Word file; Refused if it has none."""
    paper = paper_named(kind)
    if paper.word is None:
        raise Refused(f"«\u00a0{paper.label}\u00a0» n’existe pas en Word.")
    return paper.word(_as_it_would_be(session, paper, ref, now, **chosen))


def book(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> bytes:
    """The paper as an Excel workbook; Refused if it has none."""
    paper = paper_named(kind)
    if paper.book is None:
        raise Refused(f"«\u00a0{paper.label}\u00a0» n’existe pas en Excel.")
    return paper.book(_as_it_would_be(session, paper, ref, now, **chosen))


def _as_it_would_be(session: Session, paper: "PaperKind", ref: str | None, now: datetime, **chosen: Any) -> Any:
    """What a paper that is not issued is drawn from."""
    record_id = paper.find(session, ref)
    reference = _named(session, paper, record_id, ref, now) or f"{paper.prefix}-{_today(now).year}-projet"
    stamp = Stamp(paper.title, reference, _next_version(session, paper, reference), now, draft=True)
    return paper.gather(session, record_id, stamp, **chosen)


def issue(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> int:
    """Freeze the paper's data, draw it, keep both; gives the id of the issued paper.

    Issued again under the same reference, it is the next version; the one before stays as it was.
    """
    paper = paper_named(kind)
    if paper.by_hand:
        raise Refused(f"«\u00a0{paper.label}\u00a0» se remplit à la main\u00a0: il ne s’émet pas.")
    record_id = paper.find(session, ref)
    if paper.freeze is not None and record_id is not None:
        paper.freeze(session, record_id, now)
    kept = IssuedPaper(**issued_columns(session, kind, ref, now, **chosen))
    session.add(kept)
    session.flush()
    return kept.id


def issued_columns(session: Session, kind: str, ref: str | None, now: datetime, **chosen: Any) -> dict[str, Any]:
    """The columns of a paper issued at that moment, its bytes being kept; its record is as it is to be frozen."""
    paper = paper_named(kind)
    record_id = paper.find(session, ref)
    reference = _named(session, paper, record_id, ref, now)
    reference = reference or next_number(session, f"{paper.prefix}-{_today(now).year}", 3)
    version = _next_version(session, paper, reference)
    gathered = paper.gather(session, record_id, Stamp(paper.title, reference, version, now, draft=False), **chosen)
    data = canonical(gathered)
    digest = hashlib.sha256(data.encode()).hexdigest()
    pdf = paper.render(replace(gathered, stamp=replace(gathered.stamp, data_hash=digest)))
    return {
        "kind": paper.key, "reference": reference, "number": version, "entity": paper.entity, "record_id": record_id,
        "issued_at": now, "data": data, "data_sha256": digest, "pdf_sha256": attachments.put(session, pdf),
        "file_name": file_name(kind, reference, _today(now), version),
    }  # fmt: skip


def issued_bytes(session: Session, issued_id: int) -> bytes:
    """The very bytes that were issued, checked against their hash."""
    found = session.get(IssuedPaper, issued_id)
    if found is None or found.deleted_at is not None:
        raise NotFound("Ce papier n’existe plus.")
    return attachments.get(session, found.pdf_sha256)


def issued_row(session: Session, issued_id: int) -> IssuedRow:
    """What is told of an issued paper."""
    found = session.get(IssuedPaper, issued_id)
    if found is None:
        raise NotFound("Ce papier n’existe plus.")
    label = _kinds()[found.kind].label
    return IssuedRow(found.id, label, found.reference, found.number, found.issued_at, found.file_name)


def issued(session: Session, entity: str, record_id: int | None) -> list[IssuedRow]:
    """The papers issued for a record, newest first."""
    rows = session.execute(
        select(
            IssuedPaper.id, IssuedPaper.kind, IssuedPaper.reference, IssuedPaper.number, IssuedPaper.issued_at,
            IssuedPaper.file_name,
        )
        .where(IssuedPaper.entity == entity, IssuedPaper.record_id == record_id, IssuedPaper.deleted_at.is_(None))
        .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
    )  # fmt: skip
    return [IssuedRow(row.id, _kinds()[row.kind].label, *row[2:]) for row in rows]


def paper_named(kind: str) -> "PaperKind":
    if kind in _kinds():
        return _kinds()[kind]
    raise Refused(f"Je ne connais pas le papier «\u00a0{kind}\u00a0». Papiers connus\u00a0: {', '.join(_kinds())}.")


def file_name(kind: str, reference: str, on: date, version: int = 1) -> str:
    """« rapport-inventaire_RIE-2026-003_2026-11-21.pdf », « …-v2_… » when issued again: safe on every system."""
    bare = re.sub(r"[^\w.\-]+", "-", reference, flags=re.ASCII).strip("-.") or "vierge"
    bare += f"-v{version}" if version > 1 else ""
    return f"{paper_named(kind).label.lower().replace(' d’', '-')}_{bare}_{on.isoformat()}.pdf"


def canonical(value: Any) -> str:
    """One text for one content: keys sorted, dates in ISO 8601, times in UTC, pictures by their SHA-256, no space that
    could vary."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _named(session: Session, paper: "PaperKind", record_id: int | None, ref: str | None, now: datetime) -> str | None:
    if paper.complete is not None and ref:
        return paper.complete(session, ref, now)
    return ref if paper.named is None or record_id is None else paper.named(session, record_id)


def _today(now: datetime) -> date:
    return now.astimezone(PARIS).date()


def _next_version(session: Session, paper: "PaperKind", reference: str) -> int:
    last = session.scalar(
        select(func.max(IssuedPaper.number)).where(IssuedPaper.kind == paper.key, IssuedPaper.reference == reference)
    )
    return (last or 0) + 1
