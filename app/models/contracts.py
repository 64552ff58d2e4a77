"""Maintenance contracts: terms, service levels, coverage hours, assets covered (domain.md C and D)."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, extras, flag, ref, within
from app.models.codes import (
    ContractStatus,
    FeePeriod,
    NoticeForm,
    NoticeMoment,
    NoticeReference,
    NoticeUnit,
    Priority,
    Renewal,
    Zone,
)
from app.models.contract_codes import (
    AmendmentStatus,
    Billing,
    Choosing,
    ClientStatus,
    ContractKind,
    CountRule,
    EmergencyCover,
    IndexSeries,
    Obligation,
    PaymentRule,
    PenaltyForm,
    PriceModel,
)


class Contract(Record, Base):
    """As it was signed; what amendments changed since is `services.amendments.on_day`.

    A project may have no provider yet. Amounts in cents HT, rates and percentages in hundredths of a percent,
    durations in minutes. `round_the_clock` replaces the coverage slots; `part_wait_stops`: a wait for a part stops the
    clock (domain.md D.4). `internal_level` and `contract_level`: the highest of the five maintenance levels done by
    the company itself, and by the provider under the contract (A.3). `index_base` is in thousandths.
    """

    __tablename__ = "contract"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "provider_reference", "notes")

    number: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    provider_id: Mapped[int | None] = ref("provider")
    status: Mapped[ContractStatus] = code(ContractStatus, default=ContractStatus.ACTIVE)
    kind: Mapped[ContractKind] = code(ContractKind, default=ContractKind.MAINTENANCE)
    obligation: Mapped[Obligation] = code(Obligation, default=Obligation.MEANS)
    purpose: Mapped[str | None]
    provider_reference: Mapped[str | None]
    signed_on: Mapped[date | None] = day()
    signed_off_premises: Mapped[bool] = flag(default=False)
    client_status: Mapped[ClientStatus] = code(ClientStatus, default=ClientStatus.PROFESSIONAL)
    internal_level: Mapped[int | None]
    contract_level: Mapped[int | None]
    starts_on: Mapped[date] = day()
    initial_months: Mapped[int] = mapped_column(default=12)
    renewal: Mapped[Renewal] = code(Renewal, default=Renewal.TACIT)
    renewal_months: Mapped[int | None] = mapped_column(default=12)
    max_renewals: Mapped[int | None]
    notice_value: Mapped[int] = mapped_column(default=3)
    notice_unit: Mapped[NoticeUnit] = code(NoticeUnit, default=NoticeUnit.MONTHS)
    notice_reference: Mapped[NoticeReference] = code(NoticeReference, default=NoticeReference.PERIOD_END)
    notice_form: Mapped[NoticeForm] = code(NoticeForm, default=NoticeForm.REGISTERED)
    notice_moment: Mapped[NoticeMoment] = code(NoticeMoment, default=NoticeMoment.RECEPTION)
    notice_article: Mapped[str | None]
    postal_margin: Mapped[int] = mapped_column(default=21)
    denounced_on: Mapped[date | None] = day()
    zone: Mapped[Zone] = code(Zone, default=Zone.METROPOLE)
    round_the_clock: Mapped[bool] = flag(default=False)
    pentecost_worked: Mapped[bool] = flag(default=False)
    part_wait_stops: Mapped[bool] = flag(default=False)
    client_wait_stops: Mapped[bool] = flag(default=True)
    access_wait_stops: Mapped[bool] = flag(default=True)
    third_party_wait_stops: Mapped[bool] = flag(default=True)
    workaround_stops: Mapped[bool] = flag(default=True)
    emergency: Mapped[EmergencyCover] = code(EmergencyCover, default=EmergencyCover.NONE)
    emergency_phone: Mapped[str | None]
    emergency_terms: Mapped[str | None]
    by_phone: Mapped[bool] = flag(default=True)
    by_email: Mapped[bool] = flag(default=True)
    by_portal: Mapped[bool] = flag(default=False)
    by_chat: Mapped[bool] = flag(default=False)
    portal_url: Mapped[str | None]
    simultaneous_requests: Mapped[int | None]
    exclusions: Mapped[str | None]
    price_model: Mapped[PriceModel] = code(PriceModel, default=PriceModel.FLAT)
    fee: Mapped[int | None]
    fee_period: Mapped[FeePeriod] = code(FeePeriod, default=FeePeriod.MONTH)
    included_minutes: Mapped[int | None]
    hourly_rate: Mapped[int | None]
    minimum_minutes: Mapped[int | None]
    rounding_minutes: Mapped[int | None]
    travel_fee: Mapped[int | None]
    out_of_hours_rate: Mapped[int | None]
    count_rule: Mapped[CountRule | None] = code(CountRule)
    hours_bought: Mapped[int | None]
    hours_price: Mapped[int | None]
    hours_until: Mapped[date | None] = day()
    hours_carried_over: Mapped[bool] = flag(default=False)
    overrun_allowed: Mapped[bool] = flag(default=True)
    vat_rate: Mapped[int | None]
    billing: Mapped[Billing] = code(Billing, default=Billing.ADVANCE)
    payment_days: Mapped[int] = mapped_column(default=30)
    payment_rule: Mapped[PaymentRule] = code(PaymentRule, default=PaymentRule.INVOICE)
    late_rate: Mapped[int | None]
    index_name: Mapped[str | None]
    index_base: Mapped[int | None]
    index_base_month: Mapped[date | None] = day()
    index_series: Mapped[IndexSeries | None] = code(IndexSeries)
    revision_fixed_part: Mapped[int | None]
    revision_cap: Mapped[int | None]
    revision_floor: Mapped[int | None]
    never_lowered: Mapped[bool] = flag(default=False)
    penalty_form: Mapped[PenaltyForm | None] = code(PenaltyForm)
    penalty_month_cap: Mapped[int | None]
    penalty_year_cap: Mapped[int | None]
    penalty_releases: Mapped[bool] = flag(default=False)
    reversibility_days: Mapped[int | None]
    reversibility_price: Mapped[int | None]
    reversibility_on: Mapped[date | None] = day()
    notes: Mapped[str | None]


class Amendment(Record, Base):
    """Changes the terms from `effective_on` on. `extra` holds the fields changed, by name, in their canonical text,
    None where it takes a value away; the levels, hours and clauses that it replaces bear its id."""

    __tablename__ = "amendment"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "reason")

    number: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = ref("contract")
    subject: Mapped[str]
    status: Mapped[AmendmentStatus] = code(AmendmentStatus, default=AmendmentStatus.DRAFT)
    signed_on: Mapped[date | None] = day()
    effective_on: Mapped[date] = day()
    reason: Mapped[str | None]
    replaces_levels: Mapped[bool] = flag(default=False)
    replaces_hours: Mapped[bool] = flag(default=False)
    extra: Mapped[dict[str, Any]] = extras()


class ServiceLevel(Record, Base):
    """Targets of one severity, in working minutes; all None: the contract says that it promises nothing for it.

    Of the contract as signed, or of the amendment that replaces them all.
    """

    __tablename__ = "service_level"

    contract_id: Mapped[int] = ref("contract")
    amendment_id: Mapped[int | None] = ref("amendment")
    priority: Mapped[Priority] = code(Priority)
    take_minutes: Mapped[int | None]
    on_site_minutes: Mapped[int | None]
    restore_minutes: Mapped[int | None]

    __table_args__ = (UniqueConstraint("contract_id", "amendment_id", "priority"),)


class CoverageSlot(Record, Base):
    """Hours of one weekday (0 is Monday) during which the provider answers, in minutes after midnight, end excluded."""

    __tablename__ = "coverage_slot"

    contract_id: Mapped[int] = ref("contract")
    amendment_id: Mapped[int | None] = ref("amendment")
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


class CoverRule(Record, Base):
    """All the assets of a family, of a site, or of a family on a site are covered from `since` to `until` included."""

    __tablename__ = "cover_rule"

    contract_id: Mapped[int] = ref("contract")
    family_id: Mapped[int | None] = ref("family")
    site_id: Mapped[int | None] = ref("site")
    since: Mapped[date] = day()
    until: Mapped[date | None] = day()


class CoveredAsset(Record, Base):
    """An asset in the contract's perimeter, from `since` to `until` included (None: still). `rule_id`: put there by
    that rule; `excluded`: taken out of it by hand, and no rule of the contract takes the asset again."""

    __tablename__ = "covered_asset"

    contract_id: Mapped[int] = ref("contract")
    asset_id: Mapped[int] = ref("asset")
    since: Mapped[date] = day()
    until: Mapped[date | None] = day()
    rule_id: Mapped[int | None] = ref("cover_rule")
    excluded: Mapped[bool] = flag(default=False)
    reason: Mapped[str | None]


class NoticeDecision(Record, Base):
    """What was decided of the period that ends on `period_end`, and the proof that the letter left and arrived (C.2).

    Without period_end: of a contract of indefinite duration.
    """

    __tablename__ = "notice_decision"

    contract_id: Mapped[int] = ref("contract")
    period_end: Mapped[date | None] = day()
    choice: Mapped[Choosing] = code(Choosing)
    decided_on: Mapped[date] = day()
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    sent_on: Mapped[date | None] = day()
    tracking: Mapped[str | None]
    presented_on: Mapped[date | None] = day()
    received_on: Mapped[date | None] = day()
