"""Maintenance contracts: terms, service levels, coverage hours, assets covered (domain.md C and D)."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref, within
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeReference,
    NoticeUnit,
    Priority,
    Renewal,
    Zone,
)


class Contract(Record, Base):
    """`round_the_clock` replaces the coverage slots; `part_wait_stops`: a wait for a part stops the clock (D.4)."""

    __tablename__ = "contract"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "notes")

    number: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    provider_id: Mapped[int] = ref("provider")
    status: Mapped[ContractStatus] = code(ContractStatus, default=ContractStatus.ACTIVE)
    starts_on: Mapped[date] = day()
    initial_months: Mapped[int] = mapped_column(default=12)
    renewal: Mapped[Renewal] = code(Renewal, default=Renewal.TACIT)
    renewal_months: Mapped[int | None] = mapped_column(default=12)
    max_renewals: Mapped[int | None]
    notice_value: Mapped[int] = mapped_column(default=3)
    notice_unit: Mapped[NoticeUnit] = code(NoticeUnit, default=NoticeUnit.MONTHS)
    notice_reference: Mapped[NoticeReference] = code(NoticeReference, default=NoticeReference.PERIOD_END)
    notice_form: Mapped[NoticeForm] = code(NoticeForm, default=NoticeForm.REGISTERED)
    postal_margin: Mapped[int] = mapped_column(default=21)
    denounced_on: Mapped[date | None] = day()
    fee: Mapped[int | None]
    fee_period: Mapped[FeePeriod] = code(FeePeriod, default=FeePeriod.MONTH)
    zone: Mapped[Zone] = code(Zone, default=Zone.METROPOLE)
    round_the_clock: Mapped[bool] = flag(default=False)
    pentecost_worked: Mapped[bool] = flag(default=False)
    part_wait_stops: Mapped[bool] = flag(default=False)
    notes: Mapped[str | None]


class ServiceLevel(Record, Base):
    """Targets of one severity, in working minutes. None: nothing promised."""

    __tablename__ = "service_level"

    contract_id: Mapped[int] = ref("contract")
    priority: Mapped[Priority] = code(Priority)
    take_minutes: Mapped[int | None]
    on_site_minutes: Mapped[int | None]
    restore_minutes: Mapped[int | None]

    __table_args__ = (UniqueConstraint("contract_id", "priority"),)


class CoverageSlot(Record, Base):
    """Hours of one weekday (0 is Monday) during which the provider answers, in minutes after midnight, end excluded."""

    __tablename__ = "coverage_slot"

    contract_id: Mapped[int] = ref("contract")
    weekday: Mapped[int]
    opens: Mapped[int]
    closes: Mapped[int]

    __table_args__ = (within("weekday", 0, 6), within("opens", 0, 1440), within("closes", 0, 1440))


class ClosingDay(Record, Base):
    """Days on which the provider is closed, bounds included."""

    __tablename__ = "closing_day"

    contract_id: Mapped[int] = ref("contract")
    first_day: Mapped[date] = day()
    last_day: Mapped[date] = day()
    label: Mapped[str | None]


class CoveredAsset(Record, Base):
    """An asset in the contract's perimeter, from `since` to `until` included (None: still)."""

    __tablename__ = "covered_asset"

    contract_id: Mapped[int] = ref("contract")
    asset_id: Mapped[int] = ref("asset")
    since: Mapped[date] = day()
    until: Mapped[date | None] = day()
