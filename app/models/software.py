"""Software: what inventories saw installed, the licences held, and until when systems are supported."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref
from app.models.codes import LicenceKind, LicenceNeed
from app.models.money_codes import Treatment


class Software(Record, Base):
    """A product, whatever its version."""

    __tablename__ = "software"
    __title__ = ("name",)
    __searched__ = ("name", "publisher")

    name: Mapped[str] = mapped_column(index=True)
    publisher: Mapped[str | None]
    need: Mapped[LicenceNeed] = code(LicenceNeed, default=LicenceNeed.UNKNOWN)
    notes: Mapped[str | None]


class Installation(Base):
    """One software on the machine of one survey: written once with it, so without history of its own.

    No foreign keys: undoing an import deletes its surveys, redoing it brings them back, and these rows wait.
    """

    __tablename__ = "installation"

    survey_id: Mapped[int] = mapped_column(primary_key=True)
    software_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str | None]
    installed_on: Mapped[date | None] = day()

    __table_args__ = (Index("ix_installation_software", "software_id", "survey_id"),)


class Licence(Record, Base):
    """A right to use, for `seats` machines or people (None: without limit). The key itself is never kept."""

    __tablename__ = "licence"
    __title__ = ("number", "name")
    __searched__ = ("number", "name", "reference")

    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    software_id: Mapped[int | None] = ref("software")
    kind: Mapped[LicenceKind] = code(LicenceKind, default=LicenceKind.SUBSCRIPTION)
    seats: Mapped[int | None]
    reference: Mapped[str | None]
    supplier: Mapped[str | None]
    purchased_on: Mapped[date | None] = day()
    price: Mapped[int | None]
    treatment: Mapped[Treatment] = code(Treatment, default=Treatment.TO_DECIDE, server_default="to_decide")
    fixed_asset_id: Mapped[int | None] = ref("fixed_asset")
    expires_on: Mapped[date | None] = day()
    renews: Mapped[bool | None] = flag()
    key_place: Mapped[str | None]
    notes: Mapped[str | None]


class LicenceSeat(Record, Base):
    """A licence given to a machine or to a person; over once `released_on` is written."""

    __tablename__ = "licence_seat"

    licence_id: Mapped[int] = ref("licence")
    asset_id: Mapped[int | None] = ref("asset")
    person_id: Mapped[int | None] = ref("person")
    assigned_on: Mapped[date | None] = day()
    released_on: Mapped[date | None] = day()


class SupportEnd(Record, Base):
    """Last day on which the maker of a system corrects it (domain.md F.2).

    `builds` are the beginnings of its version numbers, `edition` the words of its name that tell two ends apart
    (both separated by spaces; words joined by + go together). `standard_on` is the last day of its usual support,
    `extended_on` that of the extension, mostly paid. `code` is its name in the table that comes with the program and
    `listed` what that table said of it: a row that says otherwise was corrected by hand, one without was typed.
    """

    __tablename__ = "support_end"
    __title__ = ("product", "cycle")
    __searched__ = ("product", "cycle")

    product: Mapped[str]
    cycle: Mapped[str]
    edition: Mapped[str | None]
    builds: Mapped[str | None]
    ends_on: Mapped[date | None] = day()
    standard_on: Mapped[date | None] = day()
    extended_on: Mapped[date | None] = day()
    source: Mapped[str | None]
    listed: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(index=True)
