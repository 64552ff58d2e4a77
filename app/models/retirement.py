"""Leaving the company: the proofs that the law and prudence ask for (domain.md F.3)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref
from app.models.codes import ErasureCheck, ErasureLevel, ExitKind, MediumKind, Sensitivity


class Erasure(Record, Base):
    """One medium erased or destroyed; a certificate is printed from it."""

    __tablename__ = "erasure"
    __title__ = ("number",)
    __searched__ = ("number", "medium_serial", "tool")

    number: Mapped[str] = mapped_column(unique=True)
    asset_id: Mapped[int] = ref("asset")
    medium: Mapped[MediumKind] = code(MediumKind, default=MediumKind.SSD)
    medium_serial: Mapped[str | None]
    capacity: Mapped[str | None]
    sensitivity: Mapped[Sensitivity] = code(Sensitivity, default=Sensitivity.PERSONAL)
    level: Mapped[ErasureLevel] = code(ErasureLevel)
    method: Mapped[str]
    tool: Mapped[str | None]
    verification: Mapped[ErasureCheck] = code(ErasureCheck)
    succeeded: Mapped[bool] = flag(default=True)
    done_on: Mapped[date] = day()
    place: Mapped[str | None]
    operator: Mapped[str]
    witness: Mapped[str | None]
    destination: Mapped[str | None]
    notes: Mapped[str | None]


class Retirement(Record, Base):
    """The exit of one asset. `proof` names the document that proves it; `derogation` says why data may leave
    without a certificate of erasure. `price` in cents HT."""

    __tablename__ = "retirement"
    __title__ = ("number",)
    __searched__ = ("number", "recipient", "proof")

    number: Mapped[str] = mapped_column(unique=True)
    asset_id: Mapped[int] = ref("asset")
    kind: Mapped[ExitKind] = code(ExitKind)
    retired_on: Mapped[date] = day()
    recipient: Mapped[str | None]
    price: Mapped[int | None]
    proof: Mapped[str | None]
    derogation: Mapped[str | None]
    reason: Mapped[str | None]
