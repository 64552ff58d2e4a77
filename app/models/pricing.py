"""Prices per unit, penalties, price indexes and revisions (domain.md C.4, C.6, C.7)."""

from datetime import date

from sqlalchemy.orm import Mapped

from app.models.base import Base, Record, code, day, flag, ref
from app.models.codes import FeePeriod
from app.models.contract_codes import IndexSeries, PenaltyTrigger, PenaltyUnit


class UnitPrice(Record, Base):
    """The price of one workstation of a family, of one user, of one act (domain.md C.6). Cents HT."""

    __tablename__ = "unit_price"
    __title__ = ("label",)

    contract_id: Mapped[int] = ref("contract")
    label: Mapped[str]
    family_id: Mapped[int | None] = ref("family")
    per_user: Mapped[bool] = flag(default=False)
    price: Mapped[int]
    period: Mapped[FeePeriod | None] = code(FeePeriod)
    since: Mapped[date | None] = day()
    until: Mapped[date | None] = day()


class Penalty(Record, Base):
    """What a breach costs the provider: a share of the monthly fee (`percent`, hundredths), or an amount in cents."""

    __tablename__ = "penalty"

    contract_id: Mapped[int] = ref("contract")
    trigger: Mapped[PenaltyTrigger] = code(PenaltyTrigger)
    priorities: Mapped[str | None]
    unit: Mapped[PenaltyUnit] = code(PenaltyUnit, default=PenaltyUnit.BREACH)
    percent: Mapped[int | None]
    amount: Mapped[int | None]
    franchise: Mapped[int | None]
    notes: Mapped[str | None]


class IndexValue(Record, Base):
    """One month of a price index (C.4); `value` in thousandths, `month` its first day."""

    __tablename__ = "index_value"

    index_name: Mapped[str]
    series: Mapped[IndexSeries] = code(IndexSeries, default=IndexSeries.REVISED)
    month: Mapped[date] = day()
    value: Mapped[int]
    published_on: Mapped[date | None] = day()


class Revision(Record, Base):
    """One revision of the price as it was applied (C.4). Index values in thousandths, amounts in cents HT."""

    __tablename__ = "revision"

    contract_id: Mapped[int] = ref("contract")
    effective_on: Mapped[date] = day()
    index_from: Mapped[int]
    index_to: Mapped[int]
    fee_before: Mapped[int]
    fee_after: Mapped[int]
    notes: Mapped[str | None]
