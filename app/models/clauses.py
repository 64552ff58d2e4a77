"""The library of clauses, and those a contract took from it (domain.md C.9)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, flag, ref, utc
from app.models.contract_codes import ClauseFamily


class Clause(Record, Base):
    """A clause of the library as it stands. `topic` tells what it is about and never changes; `revision` grows with
    its text; `text` holds {variables} filled from the contract; `why` says what its absence costs."""

    __tablename__ = "clause"
    __title__ = ("title",)
    __searched__ = ("title", "text", "why")

    topic: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    title: Mapped[str]
    family: Mapped[ClauseFamily] = code(ClauseFamily, default=ClauseFamily.LEGAL)
    text: Mapped[str]
    mandatory: Mapped[bool] = flag(default=False)
    weight: Mapped[int] = mapped_column(default=1)
    why: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    is_ours: Mapped[bool] = flag(default=False)


class ClauseRevision(Base):
    """A text that a clause had before; appended, never changed."""

    __tablename__ = "clause_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = ref("clause")
    revision: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    replaced_at: Mapped[datetime] = utc()

    __table_args__ = (UniqueConstraint("clause_id", "revision"),)


class ContractClause(Record, Base):
    """A clause as a contract has it: `revision` is that of the library it was taken from, None if it was written for
    this contract alone; `article` its number in the signed text. Without text: it is in the provider's own paper."""

    __tablename__ = "contract_clause"
    __title__ = ("title",)
    __searched__ = ("title", "text")

    contract_id: Mapped[int] = ref("contract")
    amendment_id: Mapped[int | None] = ref("amendment")
    clause_id: Mapped[int | None] = ref("clause")
    revision: Mapped[int | None]
    position: Mapped[int]
    article: Mapped[str | None]
    title: Mapped[str]
    text: Mapped[str | None]
