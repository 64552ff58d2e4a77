"""Documents attached to records, and the papers that were issued. Contents are BLOBs kept once, by their SHA-256."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, utc
from app.models.contract_codes import DocumentRole


class Blob(Base):
    """25 MB at most each; loaded only when opened."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Document(Record, Base):
    """A file attached to the record `entity`/`record_id`; `role` tells apart those that prove a contract."""

    __tablename__ = "document"
    __title__ = ("name",)
    __searched__ = ("name",)

    entity: Mapped[str]
    record_id: Mapped[int]
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    role: Mapped[DocumentRole | None] = code(DocumentRole)

    __table_args__ = (Index("ix_document_record", "entity", "record_id"),)


class IssuedPaper(Record, Base):
    """A paper as it was issued: its frozen data, and its bytes (papers.md 1, « Issued »)."""

    __tablename__ = "issued_paper"
    __title__ = ("reference",)
    __searched__ = ("reference",)

    kind: Mapped[str]
    reference: Mapped[str]
    number: Mapped[int]
    entity: Mapped[str | None]
    record_id: Mapped[int | None]
    issued_at: Mapped[datetime] = utc()
    data: Mapped[str]
    data_sha256: Mapped[str]
    pdf_sha256: Mapped[str]
    file_name: Mapped[str]

    __table_args__ = (Index("ix_issued_paper_reference", "kind", "reference", "number", unique=True),)
