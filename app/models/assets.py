"""The inventory: families and assets (domain.md A.7 and F.1)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, Record, code, day, extras, flag, ref, utc
from app.models.codes import AssetStatus, ComponentKind, Condition, Criticality, FieldKind, Finding, Ownership
from app.models.money_codes import Treatment


class Family(Record, Base):
    """A kind of asset. `prefix` begins the inventory numbers; `life_years` is the target technical life (F.1)."""

    __tablename__ = "family"
    __title__ = ("name",)
    __searched__ = ("name",)

    name: Mapped[str]
    prefix: Mapped[str]
    icon: Mapped[str] = mapped_column(default="package")
    life_years: Mapped[int | None]
    is_workstation: Mapped[bool] = flag(default=False)


class FamilyField(Record, Base):
    """A field that the assets of one family have beside the common ones; `options` are the lines of its list.

    Its uuid is the key of its values in `Asset.extra`.
    """

    __tablename__ = "family_field"
    __title__ = ("label",)

    family_id: Mapped[int] = ref("family")
    label: Mapped[str]
    kind: Mapped[FieldKind] = code(FieldKind, default=FieldKind.TEXT)
    unit: Mapped[str | None]
    options: Mapped[str | None]
    rank: Mapped[int] = mapped_column(default=0)


class Asset(Record, Base):
    __tablename__ = "asset"
    __title__ = ("number", "brand", "model")
    __searched__ = (
        "number",
        "name",
        "brand",
        "model",
        "serial",
        "hostname",
        "room",
        "service",
        "mac",
        "ip",
        "extra_words",
    )

    number: Mapped[str] = mapped_column(unique=True)
    family_id: Mapped[int] = ref("family")
    name: Mapped[str | None]
    brand: Mapped[str | None]
    model: Mapped[str | None]
    serial: Mapped[str | None] = mapped_column(index=True)
    status: Mapped[AssetStatus] = code(AssetStatus, default=AssetStatus.IN_SERVICE)
    site_id: Mapped[int | None] = ref("site")
    room: Mapped[str | None]
    person_id: Mapped[int | None] = ref("person")
    service: Mapped[str | None]
    criticality: Mapped[Criticality | None] = code(Criticality)
    user_count: Mapped[int | None]
    ownership: Mapped[Ownership] = code(Ownership, default=Ownership.OWNED)
    condition: Mapped[Condition | None] = code(Condition)
    finding: Mapped[Finding | None] = code(Finding)
    seen_on: Mapped[date | None] = day()

    supplier: Mapped[str | None]
    invoice: Mapped[str | None]
    purchased_on: Mapped[date | None] = day()
    price: Mapped[int | None]
    commissioned_on: Mapped[date | None] = day()
    replacement_value: Mapped[int | None]
    warranty_end: Mapped[date | None] = day()

    system: Mapped[str | None]
    system_version: Mapped[str | None]
    support_end: Mapped[date | None] = day()
    hostname: Mapped[str | None] = mapped_column(index=True)
    mac: Mapped[str | None] = mapped_column(index=True)
    ip: Mapped[str | None]
    machine_uuid: Mapped[str | None] = mapped_column(index=True)
    processor: Mapped[str | None]
    memory_mb: Mapped[int | None]
    disk_gb: Mapped[int | None]
    last_user: Mapped[str | None]
    inventoried_at: Mapped[datetime | None] = utc()
    personal_data: Mapped[bool | None] = flag()
    encrypted: Mapped[bool | None] = flag()
    retired_on: Mapped[date | None] = day()
    treatment: Mapped[Treatment] = code(Treatment, default=Treatment.TO_DECIDE, server_default="to_decide")
    fixed_asset_id: Mapped[int | None] = ref("fixed_asset")
    extra: Mapped[dict[str, Any]] = extras()
    """Values of the fields of its family, as texts by the uuid of the field (services.families)."""
    extra_words: Mapped[str | None]
    """The same texts in a row, for the search."""
    notes: Mapped[str | None]

    __table_args__ = (
        Index("ix_asset_warranty_end", "warranty_end"),
        Index("ix_asset_status", "status"),
        Index("ix_asset_model", "model"),
    )

    @validates("extra")
    def _keep_words(self, _key: str, values: dict[str, str]) -> dict[str, str]:
        self.extra_words = " ".join(values.values()) or None
        return values


class Component(Record, Base):
    """A part of an asset: a memory module, a disk. `removed_on` keeps those that were changed."""

    __tablename__ = "component"
    __title__ = ("label",)
    __searched__ = ("label", "serial")

    asset_id: Mapped[int] = ref("asset")
    kind: Mapped[ComponentKind] = code(ComponentKind, default=ComponentKind.OTHER)
    label: Mapped[str]
    size: Mapped[str | None]
    serial: Mapped[str | None]
    installed_on: Mapped[date | None] = day()
    removed_on: Mapped[date | None] = day()
    from_tool: Mapped[bool] = flag(default=False)
    notes: Mapped[str | None]


class Loan(Record, Base):
    """An asset in the hands of somebody for a time; open while `returned_on` is empty."""

    __tablename__ = "loan"
    __title__ = ("number",)
    __searched__ = ("number", "borrower")

    number: Mapped[str] = mapped_column(unique=True)
    asset_id: Mapped[int] = ref("asset")
    person_id: Mapped[int | None] = ref("person")
    borrower: Mapped[str | None]
    lent_on: Mapped[date] = day()
    due_on: Mapped[date | None] = day()
    returned_on: Mapped[date | None] = day()
    condition_out: Mapped[Condition | None] = code(Condition)
    condition_in: Mapped[Condition | None] = code(Condition)
    notes: Mapped[str | None]


class Survey(Record, Base):
    """What an inventory tool saw of an asset at one moment; the newest outside the bin is the one in force.

    Sizes in GB of a thousand, `battery_health` in percent of the capacity when new.
    """

    __tablename__ = "survey"

    asset_id: Mapped[int] = ref("asset")
    taken_at: Mapped[datetime] = utc()
    tool: Mapped[str | None]
    antivirus: Mapped[str | None]
    antivirus_on: Mapped[bool | None] = flag()
    antivirus_current: Mapped[bool | None] = flag()
    firewall_on: Mapped[bool | None] = flag()
    disk_total_gb: Mapped[int | None]
    disk_free_gb: Mapped[int | None]
    disk_encrypted: Mapped[bool | None] = flag()
    battery_health: Mapped[int | None]
    software_count: Mapped[int] = mapped_column(default=0)
