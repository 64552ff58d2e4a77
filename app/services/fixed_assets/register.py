"""The register of fixed assets at a closing: gross, depreciated, charge of the year, what remains (E.3, E.4).

Amounts are cents. One reading of the lines, none by line: it must hold at 20 000 of them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models import FixedAsset
from app.models.codes import ExitKind
from app.models.money_codes import FixedKind
from app.rules import day_count, depreciation, vat
from app.rules.day_count import FinancialYear
from app.rules.depreciation import Leaving, YearPlan
from app.services.fixed_assets.plan import Method, leaving, method, of_line, terms

METHOD = "Linéaire"
Year = FinancialYear
"""What a page shows the register of."""


@dataclass(frozen=True, slots=True)
class ExitFigures:
    """An exit of the year: `price` HT and `vat` on it, `complement` of the charge until that day (it is part of the
    charge of the year), `total` depreciated, `book_value` that leaves, `result`: negative is a loss."""

    on: date
    kind: ExitKind | None
    price: int
    vat: int
    complement: int
    total: int
    book_value: int
    result: int


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line and its figures of the financial year asked for.

    `account` is its own, None for that of its kind. `opening`, `charge`, `closing`: depreciated before the year, in it,
    at its end, before what leaves is taken out; `book_value` remains in the books after that: 0 for what left in the
    year. `entered`: it was acquired in the year. `rate` in percents a year. Without `starts_on` nothing is depreciated.
    """

    id: int
    number: str
    label: str
    kind: FixedKind
    account: str | None
    supplier: str | None
    invoice_id: int | None
    invoice_number: str | None
    acquired_on: date | None
    starts_on: date | None
    cost: int
    vat: int | None
    residual: int
    life_months: int
    rate: Decimal
    opening: int
    charge: int
    closing: int
    book_value: int
    entered: bool
    exit: ExitFigures | None = None
    method: str = METHOD

    @property
    def gross_opening(self) -> int:
        return 0 if self.entered else self.cost

    @property
    def gross_closing(self) -> int:
        return 0 if self.exit else self.cost


def lines(session: Session, year_end: date) -> tuple[RegisterLine, ...]:
    """What was in the register at any time of the financial year that holds this day, by number: what left before it
    and what was acquired after it are not."""
    how = method(session)
    year = day_count.holding(year_end, *how.closing)
    return tuple(_line(one, how, year) for one in _in(session, year))


def line(session: Session, fixed_asset_id: int, year_end: date) -> RegisterLine | None:
    """One line; None if it was not in the register that year."""
    how = method(session)
    year = day_count.holding(year_end, *how.closing)
    return next((_line(one, how, year) for one in _in(session, year, fixed_asset_id)), None)


def plans(session: Session) -> dict[int, tuple[YearPlan, ...]]:
    """Id -> its whole plan, of every line: the sheet « Plan d’amortissement »."""
    how = method(session)
    kept = session.scalars(select(FixedAsset).where(FixedAsset.deleted_at.is_(None)).order_by(FixedAsset.number))
    return {one.id: of_line(one, how) for one in kept}


def named(year: Year) -> str:
    """« 2026 », « 2025-2026 »."""
    return str(year.end.year) if year.start.year == year.end.year else f"{year.start.year}-{year.end.year}"


def years_told(session: Session, today: date) -> tuple[Year, ...]:
    """The financial years that the register can be read at, the newest first: from the first one, to this one."""
    how = method(session)
    first_in = func.min(func.coalesce(FixedAsset.acquired_on, FixedAsset.starts_on))
    first: date | None = session.scalar(select(first_in).where(FixedAsset.deleted_at.is_(None)))
    now = day_count.holding(today, *how.closing)
    oldest = day_count.holding(min(first or today, today), *how.closing)
    return tuple(day_count.financial_year(year, *how.closing) for year in range(now.year, oldest.year - 1, -1))


def _in(session: Session, year: FinancialYear, fixed_asset_id: int | None = None) -> list[FixedAsset]:
    came = func.coalesce(FixedAsset.acquired_on, FixedAsset.starts_on)
    wanted = select(FixedAsset).where(
        FixedAsset.deleted_at.is_(None),
        or_(came.is_(None), came <= year.end),
        or_(FixedAsset.exit_on.is_(None), FixedAsset.exit_on >= year.start),
    )
    if fixed_asset_id is not None:
        wanted = wanted.where(FixedAsset.id == fixed_asset_id)
    return list(session.scalars(wanted.order_by(FixedAsset.number)))


def _line(one: FixedAsset, how: Method, year: FinancialYear) -> RegisterLine:
    told, gone = terms(one, how), leaving(one, how)
    out = exit_figures(one, how, gone) if gone and gone.on <= year.end else None
    last = min(year.end, gone.last) if gone else year.end
    closing = out.total if out else depreciation.accumulated(told, last)
    opening = min(closing, depreciation.accumulated(told, year.start - timedelta(days=1)))
    came = one.acquired_on or one.starts_on
    return RegisterLine(
        id=one.id, number=one.number, label=one.label, kind=one.kind, account=one.account, supplier=one.supplier,
        invoice_id=one.invoice_id, invoice_number=one.invoice_number, acquired_on=one.acquired_on,
        starts_on=one.starts_on, cost=one.cost, vat=one.vat, residual=one.residual, life_months=one.life_months,
        rate=depreciation.yearly_rate(one.life_months), opening=opening, charge=closing - opening, closing=closing,
        book_value=0 if out else one.cost - closing, entered=came is not None and came >= year.start, exit=out,
    )  # fmt: skip


def exit_figures(
    one: FixedAsset, how: Method, gone: Leaving, kind: ExitKind | None = None, rate: int | None = None
) -> ExitFigures:
    """What a line leaves in the books, were it to leave so; `rate` of VAT in hundredths of a percent."""
    made = depreciation.leave(terms(one, how), gone, how.closing)
    tax = vat.tax(gone.price, (one.exit_vat_rate if rate is None else rate) or 0)
    return ExitFigures(
        gone.on, kind or one.exit_kind, gone.price, tax, made.complement, made.total, made.book_value, made.result
    )
