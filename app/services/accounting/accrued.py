"""Services of the year that no invoice told before the closing (domain.md E.6)."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, days_words
from app.models import Contract, Intervention, Invoice, Provider
from app.models.codes import Charge, ContractStatus
from app.models.contract_codes import ContractKind, PriceModel
from app.models.money_codes import AccountUse, LineKind
from app.reports.accounts.data import AccruedRow
from app.rules import notice, prepaid, vat
from app.rules.accruals import Span, missing
from app.rules.day_count import ONE_DAY, FinancialYear
from app.rules.price import PER_YEAR
from app.services import amendments, preferences
from app.services.accounting.bills import Bill
from app.services.accounting.chart import Chart
from app.services.billing import acts, expected
from app.services.billing.acts import Act
from app.services.contracts import terms_of
from app.services.fixed_assets.limits import Limits, limits

FORESEEN = {
    LineKind.CONTRACT, LineKind.RENT, LineKind.LEASING, LineKind.SAAS, LineKind.TELECOM, LineKind.SUBCONTRACT,
    LineKind.SOFTWARE, LineKind.OTHER,
}  # fmt: skip
"""Lines whose period tells which days of their contract are invoiced."""
OF_ACTS = {LineKind.REPAIR, LineKind.SMALL}
"""Lines by which an invoice pays interventions and their parts."""
REGULAR = (PriceModel.FLAT, PriceModel.PER_UNIT, PriceModel.MIXED)
PAID_APART = (Charge.BILLABLE, Charge.COUNTED)
MONTHS = 12


@dataclass(slots=True)
class Accrued:
    """`unpriced`: interventions to be paid whose price nobody can tell; `untold`: contracts of which no invoice was
    ever entered; `undated`: contracts whose invoices of the year have no period, so that nothing can be worked out."""

    rows: tuple[AccruedRow, ...] = ()
    unpriced: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Year:
    """What every part needs."""

    session: Session
    chart: Chart
    year: FinancialYear
    until: date
    rule: str
    bounds: Limits


def gather(session: Session, bills: Sequence[Bill], chart: Chart, year: FinancialYear, today: date) -> Accrued:
    """At the closing; of a year that is not over, as it stands today."""
    of = _Year(session, chart, year, min(year.end, today), preferences.get(session, "prepaid_rule"), limits(session))
    found = Accrued()
    late = [bill for bill in bills if _is_late(bill, year)]
    done = _not_told(acts.value(session, *_unbilled(year)), late)
    billed = {act.invoice_id for act in done}
    came = [_of_bill(bill, of) for bill in late if not _tells_acts(bill, billed)]
    found.rows = (*_acts(of, done, found), *came, *_contracts(of, bills, found))
    return found


# -- interventions ----------------------------------------------------------------------------------------------


def _not_told(done: Sequence[Act], late: Iterable[Bill]) -> list[Act]:
    """Without those that nothing prices but the dated invoice that came since: its lines tell them."""
    dated = {bill.invoice_id for bill in late if bill.kind in OF_ACTS}
    told = {act.invoice_id for act in done if act.cents is None} & dated
    return [act for act in done if act.invoice_id not in told]


def _acts(of: _Year, done: Sequence[Act], found: Accrued) -> list[AccruedRow]:
    rows = []
    for act in done:
        if act.cents is None:
            found.unpriced.append(act.number)
        elif act.cents:
            rows.append(_of_act(act, of))
    return rows


def _unbilled(year: FinancialYear) -> list[ColumnElement[bool]]:
    """Of the year; of those before it, what an invoice came for since: what nobody ever billed may be settled."""
    after = select(Invoice.id).where(Invoice.invoiced_on > year.end)
    return [
        Intervention.deleted_at.is_(None),
        Intervention.charge.in_(PAID_APART),
        Intervention.started_at < _midnight(year.end + ONE_DAY),
        or_(
            and_(Intervention.invoice_id.is_(None), Intervention.started_at >= _midnight(year.start)),
            Intervention.invoice_id.in_(after),
        ),
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _of_act(act: Act, of: _Year) -> AccruedRow:
    rate, provider = _terms(of, act.contract_id, act.on)
    label = f"Intervention\u00a0: {act.subject}"
    account = of.chart[AccountUse.REPAIR].number
    return _row(of, act.number, provider, label, account, (act.on, act.on), act.cents or 0, rate, act.how)


def _terms(of: _Year, contract_id: int | None, day: date) -> tuple[int, str]:
    """The VAT rate and the provider of what a contract makes due."""
    if contract_id is None:
        return of.bounds.rate, ""
    contract = amendments.on_day(of.session, contract_id, day)
    provider = of.session.get(Provider, contract.provider_id) if contract.provider_id else None
    rate = of.bounds.rate if contract.vat_rate is None else contract.vat_rate
    return rate, provider.name if provider else ""


# -- invoices that came after -----------------------------------------------------------------------------------


def _is_late(bill: Bill, year: FinancialYear) -> bool:
    """Invoiced after the closing for days before it."""
    dated = bill.start is not None and bill.end is not None and bill.start <= bill.end
    return dated and not bill.fixed and bill.invoiced_on > year.end and (bill.start or year.end) <= year.end


def _tells_acts(bill: Bill, billed: Container[int | None]) -> bool:
    """A line for interventions that are counted one by one."""
    return bill.kind in OF_ACTS and bill.invoice_id in billed


def _of_bill(bill: Bill, of: _Year) -> AccruedRow:
    start, end = bill.start or of.year.end, bill.end or of.year.end
    net = prepaid.shared(bill.net, start, end, of.year.end, of.rule).before
    how = f"Facture reçue après la clôture, pour la période {days_words(start, end)}"
    return _row(of, bill.number, bill.provider, bill.label, bill.account, (start, end), net, bill.rate, how)


# -- contracts --------------------------------------------------------------------------------------------------


def _contracts(of: _Year, bills: Iterable[Bill], found: Accrued) -> Iterator[AccruedRow]:
    """What contracts made due on days that no invoice tells, whenever it came."""
    by_contract: dict[int, list[Bill]] = defaultdict(list)
    for bill in bills:
        if bill.contract_id and bill.kind in FORESEEN and not bill.is_credit:
            by_contract[bill.contract_id].append(bill)
    for contract in _regular(of.session):
        for span in _spans(of, contract, by_contract[contract.id], found):
            yield from _of_span(of, contract, span)


def _regular(session: Session) -> list[Contract]:
    statement = select(Contract).where(
        Contract.deleted_at.is_(None), Contract.status != ContractStatus.DRAFT, Contract.price_model.in_(REGULAR)
    )
    return list(session.scalars(statement.order_by(Contract.number)))


def _spans(of: _Year, contract: Contract, bills: Sequence[Bill], found: Accrued) -> list[Span]:
    """The days of the year that no invoice of the contract tells, from the first that one does: before, invoices were
    not entered yet. Without any, those of its first period of billing."""
    last = notice.last_day(terms_of(contract))
    start, end = max(contract.starts_on, of.year.start), min(last or of.until, of.until)
    if start > end:
        return []
    if any(bill.end is None and of.year.start <= bill.invoiced_on <= end for bill in bills):
        found.undated.append(contract.number)
        return []
    told = [(bill.start, bill.end) for bill in bills if bill.start and bill.end]
    if not told:
        month = MONTHS // PER_YEAR[contract.fee_period.value]
        if contract.starts_on < of.year.start or notice.add_months(start, month) + timedelta(days=1) < end:
            found.untold.append(contract.number)
            return []
    begins = max(start, min((first for first, _ in told), default=start))
    return missing(begins, end, told)


def _of_span(of: _Year, contract: Contract, span: Span) -> Iterator[AccruedRow]:
    due = expected.expected(of.session, contract.id, *span)
    net = due.of("fee", "units", "overrun")
    if net:
        rate, provider = _terms(of, contract.id, span[1])
        use = AccountUse.RENT if contract.kind == ContractKind.SUPPLY else AccountUse.CONTRACT
        how = "\u00a0; ".join(line.how for line in due.lines if line.kind in {"fee", "units", "overrun"})
        account = of.chart[use].number
        yield _row(of, contract.number, provider, contract.subject, account, span, net, rate, how)


def _row(  # noqa: PLR0917 - the columns of the sheet, in their order
    of: _Year, source: str, provider: str, label: str, account: str, span: Span, net: int, rate: int, how: str
) -> AccruedRow:
    """With a VAT that is not recovered, it is a part of the charge."""
    tax = vat.tax(net, rate)
    if of.bounds.recovered:
        return AccruedRow(source, provider, label, account, *span, net, rate, tax, how)
    return AccruedRow(source, provider, label, account, *span, net + tax, 0, 0, f"{how}, TVA comprise")
