"""The entries proposed: purchases, depreciation, exits, charges across the closing (domain.md E.4 to E.6, E.8)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.fields import joined
from app.models.money_codes import AccountUse, FixedKind
from app.reports.accounts.data import AccruedRow, PrepaidRow
from app.rules.day_count import FinancialYear
from app.rules.entries import Entry, entry, reversal
from app.services.accounting.bills import Bill
from app.services.accounting.chart import OF_FIXED, Chart
from app.services.accounting.register import account_of
from app.services.fixed_assets.register import ExitFigures, RegisterLine

PURCHASES, VARIOUS = "AC", "OD"
"""The journals."""
Signed = tuple[str, int]


# -- purchases --------------------------------------------------------------------------------------------------


def purchases(bills: Iterable[Bill], chart: Chart) -> Iterator[Entry]:
    """One entry an invoice; what is capitalised is owed to another account, its VAT stands in another."""
    groups: dict[int, list[Bill]] = defaultdict(list)
    for bill in bills:
        groups[bill.invoice_id].append(bill)
    for lines in groups.values():
        first = lines[0]
        signed = [one for line in lines for one in _purchase(line, chart)]
        yield entry(first.invoiced_on, PURCHASES, first.title, first.number, signed)


def _purchase(bill: Bill, chart: Chart) -> list[Signed]:
    tax, owed = (
        (AccountUse.VAT_ASSETS, AccountUse.ASSET_SUPPLIER) if bill.fixed else (AccountUse.VAT, AccountUse.SUPPLIER)
    )
    return [
        (bill.account, bill.cost),
        (chart[tax].number, bill.gross - bill.cost),
        (chart[owed].number, -bill.gross),
    ]


# -- fixed assets -----------------------------------------------------------------------------------------------


def depreciation(lines: Iterable[RegisterLine], chart: Chart, year: FinancialYear) -> Iterator[Entry]:
    """One entry a kind, for what is still there at the closing."""
    sums: dict[FixedKind, int] = defaultdict(int)
    for line in lines:
        sums[line.kind] += 0 if line.exit else line.charge
    for kind, cents in sums.items():
        if cents:
            label = f"Dotations aux amortissements {year.year}, {kind.label.lower()}"
            yield entry(year.end, VARIOUS, label, "Immobilisations", _charge(kind, cents, chart))


def _charge(kind: FixedKind, cents: int, chart: Chart) -> list[Signed]:
    uses = OF_FIXED[kind]
    return [(chart[uses.charge].number, cents), (chart[uses.wear].number, -cents)]


def exits(lines: Iterable[RegisterLine], chart: Chart) -> Iterator[Entry]:
    """What is left of the charge, the sale if there is one, then what leaves (domain.md E.4)."""
    for line in lines:
        if line.exit is not None:
            yield from _exit(line, line.exit, chart)


def _exit(line: RegisterLine, gone: ExitFigures, chart: Chart) -> Iterator[Entry]:
    name = f"{line.number} {line.label}"
    if gone.complement:
        label = f"Complément d’amortissement, {name}"
        yield entry(gone.on, VARIOUS, label, line.number, _charge(line.kind, gone.complement, chart))
    if gone.price:
        yield entry(gone.on, VARIOUS, f"Cession, {name}", line.number, _sale(gone, chart))
    how = joined("Sortie de l’actif", f"({gone.kind.label.lower()})" if gone.kind else "", by=" ")
    yield entry(gone.on, VARIOUS, f"{how}, {name}", line.number, _leaving(line, gone, chart))


def _sale(gone: ExitFigures, chart: Chart) -> list[Signed]:
    return [
        (chart[AccountUse.SALE_DEBTOR].number, gone.price + gone.vat),
        (chart[AccountUse.SALE].number, -gone.price),
        (chart[AccountUse.VAT_DUE].number, -gone.vat),
    ]


def _leaving(line: RegisterLine, gone: ExitFigures, chart: Chart) -> list[Signed]:
    return [
        (chart[OF_FIXED[line.kind].wear].number, gone.total),
        (chart[AccountUse.BOOK_VALUE].number, gone.book_value),
        (account_of(line, chart), -line.cost),
    ]


# -- charges across the closing ---------------------------------------------------------------------------------


def prepaid(rows: Iterable[PrepaidRow], chart: Chart, year: FinancialYear) -> list[Entry]:
    """Each charge put off, HT: no VAT is concerned (domain.md E.5)."""
    return [
        entry(
            year.end, VARIOUS, joined("CCA", row.provider, row.label, by=" – "), row.source,
            [(chart[AccountUse.PREPAID].number, row.shared.after), (row.account, -row.shared.after)],
        )
        for row in rows
    ]  # fmt: skip


def accrued(rows: Iterable[AccruedRow], chart: Chart, year: FinancialYear) -> list[Entry]:
    """Each service received, with its VAT (domain.md E.6)."""
    return [
        entry(
            year.end, VARIOUS, joined("FNP", row.provider, row.label, by=" – "), row.source,
            [
                (row.account, row.net),
                (chart[AccountUse.VAT_ACCRUED].number, row.vat),
                (chart[AccountUse.ACCRUED].number, -row.gross),
            ],
        )
        for row in rows
    ]  # fmt: skip


def reversed_at(entries: Sequence[Entry], year: FinancialYear) -> list[Entry]:
    return [reversal(one, year.opening) for one in entries]
