"""The needs collected before a contract (domain.md A.7, seed 001)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref
from app.models.codes import Criticality, Moscow, NeedDecision, NeedFrequency, NeedSource


class Need(Record, Base):
    """`expectation` is what would satisfy it, with a figure; `stated_by` names who is not among the persons."""

    __tablename__ = "need"
    __title__ = ("number", "statement")
    __searched__ = ("number", "statement", "expectation", "service", "stated_by")

    number: Mapped[str] = mapped_column(unique=True)
    source: Mapped[NeedSource] = code(NeedSource, default=NeedSource.USER)
    statement: Mapped[str]
    person_id: Mapped[int | None] = ref("person")
    stated_by: Mapped[str | None]
    stated_on: Mapped[date | None] = day()
    asset_id: Mapped[int | None] = ref("asset")
    service: Mapped[str | None]
    criticality: Mapped[Criticality | None] = code(Criticality)
    frequency: Mapped[NeedFrequency | None] = code(NeedFrequency)
    expectation: Mapped[str | None]
    priority: Mapped[Moscow | None] = code(Moscow)
    decision: Mapped[NeedDecision] = code(NeedDecision, default=NeedDecision.PENDING)
    decision_reason: Mapped[str | None]
    decided_on: Mapped[date | None] = day()
