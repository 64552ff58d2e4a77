"""What the accountant's workbook holds. Amounts in cents, HT unless said, signed: a credit note is negative."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.rules.commitments import Commitment
from app.rules.day_count import FinancialYear
from app.rules.entries import Entry
from app.rules.prepaid import Shared


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A line of the register as it stands at the closing.

    `opening`, `charge` and `released` are what was depreciated before, in the year, and taken away by an exit;
    `exit_value` is the book value that left. `plan` holds the charge of each financial year, by its year.
    """

    number: str
    label: str
    account: str
    supplier: str | None
    invoice: str | None
    acquired_on: date | None
    starts_on: date | None
    cost: int
    vat: int | None
    residual: int
    months: int
    opening: int
    charge: int
    released: int = 0
    exit_on: date | None = None
    exit_kind: str | None = None
    exit_price: int | None = None
    exit_value: int | None = None
    plan: Mapping[int, int] | None = None

    @property
    def is_gone(self) -> bool:
        return self.exit_on is not None

    @property
    def depreciated(self) -> int:
        """All that is depreciated at the closing of what is still there."""
        return self.opening + self.charge - self.released

    @property
    def book_value(self) -> int:
        return 0 if self.is_gone else self.cost - self.depreciated


@dataclass(frozen=True, slots=True)
class BillRow:
    """A line of an invoice. `rate` in hundredths of a percent; `late` in days, None when it is not paid late; `note`
    tells what it lacks."""

    invoiced_on: date
    number: str
    kind: str
    provider: str
    label: str
    account: str
    contract: str | None
    start: date | None
    end: date | None
    net: int
    rate: int
    vat: int
    due_on: date | None
    paid_on: date | None
    late: int | None
    note: str | None = None

    @property
    def gross(self) -> int:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class PrepaidRow:
    """A charge of which a part belongs to later years; of hours bought, the units are minutes."""

    source: str
    on: date
    provider: str
    label: str
    account: str
    start: date | None
    end: date | None
    cents: int
    shared: Shared


@dataclass(frozen=True, slots=True)
class AccruedRow:
    """A service received that no invoice told before the closing; `how` says where the amount comes from."""

    source: str
    provider: str
    label: str
    account: str
    start: date
    end: date
    net: int
    rate: int
    vat: int
    how: str

    @property
    def gross(self) -> int:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class CommittedRow:
    """What a contract still binds to pay, from `since` to `until`, at `yearly` a year."""

    contract: str
    label: str
    provider: str
    kind: str
    since: date
    until: date
    yearly: int
    amount: Commitment
    how: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One account of fixed assets over the year, as in the forms 2054 and 2055."""

    account: str
    name: str
    wear: str
    opening: int
    bought: int
    left: int
    worn_before: int
    charge: int
    released: int

    @property
    def closing(self) -> int:
        return self.opening + self.bought - self.left

    @property
    def worn(self) -> int:
        return self.worn_before + self.charge - self.released


@dataclass(frozen=True, slots=True)
class Point:
    """Something to settle before booking: how many, why it matters; `entity` and `ids` are the records behind it,
    `names` their numbers, for who reads the workbook alone."""

    key: str
    label: str
    count: int
    why: str
    entity: str = ""
    ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were got, in words, under their labels."""

    label: str
    text: str


@dataclass(frozen=True)
class Book:
    """Everything in the workbook.

    `billed` is the sum TTC of the invoices of the year by their own totals; `numbers` gives the account of each use by
    its code, `names` the label of each account, `behind` the records of an entity that a list comes from.
    Not `recovered`: costs bear their VAT.
    """

    company: str
    siren: str
    year: FinancialYear
    made_on: date
    version: str
    recovered: bool
    methods: tuple[Method, ...]
    fixed: tuple[FixedRow, ...]
    movements: tuple[Movement, ...]
    bills: tuple[BillRow, ...]
    billed: int
    prepaid: tuple[PrepaidRow, ...]
    accrued: tuple[AccruedRow, ...]
    committed: tuple[CommittedRow, ...]
    entries: tuple[Entry, ...]
    numbers: Mapping[str, str]
    names: Mapping[str, str]
    points: tuple[Point, ...]
    behind: Mapping[str, tuple[int, ...]]

    @property
    def anything(self) -> bool:
        return bool(self.fixed or self.bills or self.prepaid or self.accrued or self.committed)
