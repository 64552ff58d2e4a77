"""The inventory: families and assets (domain.md A.7 and F.1)."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref, utc
from app.models.codes import AssetStatus, Condition, Criticality, Finding, Ownership


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


class Asset(Record, Base):
    __tablename__ = "asset"
    __title__ = ("number", "brand", "model")
    __searched__ = ("number", "name", "brand", "model", "serial", "hostname", "room", "service", "mac", "ip")

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
    notes: Mapped[str | None]

    __table_args__ = (
        Index("ix_asset_warranty_end", "warranty_end"),
        Index("ix_asset_status", "status"),
        Index("ix_asset_model", "model"),
    )
