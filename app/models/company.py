"""The company itself, its sites and its people."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref
from app.models.codes import Role, Zone


class Company(Record, Base):
    """One row."""

    __tablename__ = "company"
    __title__ = ("name",)

    name: Mapped[str]
    siren: Mapped[str | None]
    siret: Mapped[str | None]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    headcount: Mapped[int | None]
    zone: Mapped[Zone] = code(Zone, default=Zone.METROPOLE)
    year_end: Mapped[str | None]
    """Last day of the financial year, « 31/12 »."""
    logo_sha256: Mapped[str | None]
    is_example: Mapped[int] = mapped_column(default=0)


class Site(Record, Base):
    __tablename__ = "site"
    __title__ = ("name",)
    __searched__ = ("name", "address", "city")

    name: Mapped[str]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    zone: Mapped[Zone | None] = code(Zone)
    notes: Mapped[str | None]


class Person(Record, Base):
    __tablename__ = "person"
    __title__ = ("first_name", "last_name")
    __searched__ = ("first_name", "last_name", "email", "service", "position")

    first_name: Mapped[str | None]
    last_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    service: Mapped[str | None]
    position: Mapped[str | None]
    role: Mapped[Role] = code(Role, default=Role.USER)
    site_id: Mapped[int | None] = ref("site")
    arrived_on: Mapped[date | None] = day()
    left_on: Mapped[date | None] = day()
    notes: Mapped[str | None]
