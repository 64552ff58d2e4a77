"""The register of fixed assets as the accountant reads it: each line with its account, its plan, its movements."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.fields import joined
from app.models.money_codes import FixedKind
from app.reports.accounts.data import FixedRow, Movement
from app.rules.day_count import FinancialYear
from app.rules.depreciation import YearPlan
from app.services.accounting.chart import OF_FIXED, Chart
from app.services.fixed_assets import register
from app.services.fixed_assets.register import RegisterLine


def lines(session: Session, year: FinancialYear) -> tuple[RegisterLine, ...]:
    return register.lines(session, year.end)


def rows(session: Session, lines: Iterable[RegisterLine], chart: Chart, *, planned: bool) -> tuple[FixedRow, ...]:
    """With the whole plan of each when `planned`: it costs more than all the rest."""
    plans = register.plans(session) if planned else {}
    return tuple(_row(line, account_of(line, chart), plans.get(line.id, ())) for line in lines)


def account_of(line: RegisterLine, chart: Chart) -> str:
    return line.account or chart[OF_FIXED[line.kind].asset].number


def _row(line: RegisterLine, account: str, plan: Sequence[YearPlan]) -> FixedRow:
    gone = line.exit
    return FixedRow(
        line.number, line.label, account, line.supplier, line.invoice_number, line.acquired_on or line.starts_on,
        line.starts_on, line.cost, line.vat, line.residual, line.life_months, line.opening, line.charge,
        gone.total if gone else 0, gone.on if gone else None, gone.kind.label if gone and gone.kind else None,
        gone.price if gone else None, gone.book_value if gone else None, {one.end.year: one.charge for one in plan},
    )  # fmt: skip


def movements(lines: Iterable[RegisterLine], chart: Chart) -> tuple[Movement, ...]:
    """By account, in their order; the usual ones are shown even when nothing stands in them."""
    groups: dict[str, list[RegisterLine]] = {chart[OF_FIXED[kind].asset].number: [] for kind in FixedKind}
    for line in lines:
        groups.setdefault(account_of(line, chart), []).append(line)
    return tuple(_movement(account, groups[account], chart) for account in sorted(groups))


def _movement(account: str, lines: Sequence[RegisterLine], chart: Chart) -> Movement:
    left = [line for line in lines if line.exit]
    usual = [kind for kind in FixedKind if chart[OF_FIXED[kind].asset].number == account]
    kinds = sorted({line.kind for line in lines} or usual)
    names = {chart[OF_FIXED[kind].asset].number: chart[OF_FIXED[kind].asset].label for kind in FixedKind}
    return Movement(
        account, names.get(account, joined(*(kind.label for kind in kinds), by=", ")),
        joined(*(chart[OF_FIXED[kind].wear].number for kind in kinds), by=", "),
        sum(line.gross_opening for line in lines), sum(line.cost for line in lines if line.entered),
        sum(line.cost for line in left), sum(line.opening for line in lines), sum(line.charge for line in lines),
        sum(line.closing for line in left),
    )  # fmt: skip
