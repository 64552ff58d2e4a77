"""Everything that the accountant needs of a financial year, gathered; and its workbook (domain.md E.8)."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import __version__
from app.errors import Refused
from app.fields import counted, joined, this_day
from app.jobs import Job, Progress
from app.models import Company, Contract, Invoice
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.reports.accounts.data import BillRow, Book, PrepaidRow
from app.rules.day_count import FinancialYear
from app.rules.entries import Entry
from app.services import preferences
from app.services.accounting import accrued, bills, booking, committed, prepaid, register, words, years
from app.services.accounting.accrued import Accrued
from app.services.accounting.bills import Bill
from app.services.accounting.chart import Chart, accounts
from app.services.accounting.points import gaps_of, points, without_period
from app.services.fixed_assets.register import RegisterLine
from app.storage import Store


def job(store: Store, year: int, path: Path) -> Job[Book]:
    """Write the workbook of the financial year that ends in `year`; gives what it holds. Refused but for .xlsx."""
    from app.reports.accounts import book as written  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    if path.suffix.lower() != ".xlsx":
        raise Refused("Le classeur comptable a plusieurs feuilles\u00a0: donnez-lui un nom en .xlsx.")
    with store.read() as session:
        yield Progress(0, 0, "Lecture des comptes")
        told = gather(session, year, this_day())
    yield from written.write(path, told)
    return told


def read_job(store: Store, year: int, today: date) -> Job[Book]:
    """What the workbook would hold, for who looks before exporting."""
    with store.read() as session:
        yield Progress(0, 0, "Lecture des comptes")
        return gather(session, year, today, planned=False)


def told(made: Book) -> str:
    """« exercice 2026, 38 immobilisations, 214 lignes de factures »."""
    lines = counted(len(made.bills), "ligne de facture", "lignes de factures")
    return f"exercice {made.year.year}, {counted(len(made.fixed), 'immobilisation')}, {lines}"


def gather(session: Session, year: int, today: date, *, planned: bool = True) -> Book:
    """As it stands `today`, for the financial year that ends in `year`; `planned`: with the plan of each line."""
    span = years.of_year(session, year)
    chart = accounts(session, span)
    everything = bills.read(session, chart)
    of_year = bills.within(everything, span.start, span.end)
    lines = register.lines(session, span)
    missing = accrued.gather(session, everything, chart, span, today)
    put_off = prepaid.rows(session, everything, chart, span.end)
    bound = committed.rows(session, everything, span.end)
    company = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    return Book(
        company=company.name if company else "",
        siren=(company.siren if company else "") or "",
        year=span,
        made_on=today,
        version=__version__,
        recovered=bool(preferences.get(session, "vat_recovered")),
        methods=words.methods(session, span, today),
        fixed=register.rows(session, lines, chart, planned=planned),
        movements=register.movements(lines, chart),
        bills=tuple(_bill_row(bill, today) for bill in of_year),
        billed=_billed(session, span),
        prepaid=put_off,
        accrued=missing.rows,
        committed=bound,
        entries=_entries(of_year, lines, missing, put_off, chart, span),
        numbers={use.value: one.number for use, one in chart.items()},
        names=_names(chart),
        points=points(session, of_year, lines, missing, gaps_of(session, lines, span.end, today)),
        behind={
            "fixed": tuple(line.id for line in lines),
            "bills": tuple(dict.fromkeys(bill.invoice_id for bill in of_year)),
            "prepaid": _invoices_of(put_off, everything),
            "committed": _contracts_of(session, [row.contract for row in bound]),
        },
    )


def _invoices_of(rows: Iterable[PrepaidRow], everything: Iterable[Bill]) -> tuple[int, ...]:
    told = {(row.source, row.provider) for row in rows}
    return tuple(dict.fromkeys(bill.invoice_id for bill in everything if (bill.number, bill.provider) in told))


def _contracts_of(session: Session, numbers: list[str]) -> tuple[int, ...]:
    return tuple(session.scalars(select(Contract.id).where(Contract.number.in_(numbers)).order_by(Contract.id)))


def _bill_row(bill: Bill, today: date) -> BillRow:
    return BillRow(
        bill.invoiced_on, bill.number, "Avoir" if bill.is_credit else "Facture", bill.provider, bill.label,
        bill.account, bill.contract, bill.start, bill.end, bill.net, bill.rate, bill.vat, bill.due_on, bill.paid_on,
        _late(bill, today), _note(bill),
    )  # fmt: skip


def _note(bill: Bill) -> str | None:
    told = (
        "période" if without_period(bill) else "",
        "immobilisation ou charge" if bill.undecided else "",
        "en litige" if bill.status == InvoiceStatus.DISPUTED else "",
        "à vérifier" if bill.status == InvoiceStatus.TO_CHECK else "",
    )
    return joined(*told, by=", ") or None


def _late(bill: Bill, today: date) -> int | None:
    if bill.is_credit or bill.due_on is None:
        return None
    days = ((bill.paid_on or today) - bill.due_on).days
    return days if days > 0 else None


def _billed(session: Session, year: FinancialYear) -> int:
    """TTC, by the totals of the invoices themselves."""
    rows = session.execute(
        select(Invoice.kind, Invoice.gross).where(
            Invoice.deleted_at.is_(None), Invoice.invoiced_on >= year.start, Invoice.invoiced_on <= year.end
        )
    )
    return sum(-gross if kind == InvoiceKind.CREDIT else gross for kind, gross in rows)


def _entries(  # noqa: PLR0917 - all that is booked
    of_year: Iterable[Bill], lines: tuple[RegisterLine, ...], missing: Accrued, put_off: tuple[PrepaidRow, ...],
    chart: Chart, year: FinancialYear,
) -> tuple[Entry, ...]:  # fmt: skip
    """Purchases, exits, then the closing, and what is reversed the day after."""
    closing = [*booking.prepaid(put_off, chart, year), *booking.accrued(missing.rows, chart, year)]
    return (
        *booking.purchases(of_year, chart),
        *booking.exits(lines, chart),
        *booking.depreciation(lines, chart, year),
        *closing,
        *booking.reversed_at(closing, year),
    )


def _names(chart: Chart) -> Mapping[str, str]:
    """The label of each account, the first use of a number naming it."""
    return {one.number: one.label for one in reversed(list(chart.values()))}
