"""The accountant's side: fixed assets and the accounts they are booked to (domain.md E)."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref
from app.models.codes import ExitKind
from app.models.money_codes import AccountUse, FixedKind


class FixedAsset(Record, Base):
    """A line of the register of fixed assets (immobilisation): one thing, or a set bought as one.

    The assets and licences that it is made of bear its id. `cost` and `residual` in cents HT (TTC when VAT is not
    recovered), `vat` in cents; `life_months` is the accounting life, which is not the technical one;
    `starts_on` is when it was put in service: without it nothing is depreciated. `exit_price` in cents HT,
    `exit_vat_rate` in hundredths of a percent.
    """

    __tablename__ = "fixed_asset"
    __title__ = ("number", "label")
    __searched__ = ("number", "label", "supplier", "invoice_number", "notes")

    number: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    kind: Mapped[FixedKind] = code(FixedKind, default=FixedKind.HARDWARE)
    supplier: Mapped[str | None]
    invoice_id: Mapped[int | None] = ref("invoice")
    invoice_number: Mapped[str | None]
    acquired_on: Mapped[date | None] = day()
    starts_on: Mapped[date | None] = day()
    cost: Mapped[int]
    vat: Mapped[int | None]
    residual: Mapped[int] = mapped_column(default=0)
    life_months: Mapped[int] = mapped_column(default=36)
    account: Mapped[str | None]
    exit_on: Mapped[date | None] = day()
    exit_kind: Mapped[ExitKind | None] = code(ExitKind)
    exit_price: Mapped[int | None]
    exit_vat_rate: Mapped[int | None]
    notes: Mapped[str | None]


class Account(Record, Base):
    """The number of the chart of accounts used for something, where the company's is not the usual one."""

    __tablename__ = "account"
    __title__ = ("number", "label")

    use: Mapped[AccountUse] = code(AccountUse, unique=True)
    number: Mapped[str]
    label: Mapped[str]
