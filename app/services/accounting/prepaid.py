"""The charges of the year that belong to those after it (domain.md E.5)."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.fields import joined
from app.models import Contract, HourPurchase, Provider
from app.models.codes import ContractStatus
from app.models.contract_codes import PriceModel
from app.models.money_codes import AccountUse, LineKind
from app.reports.accounts.data import PrepaidRow
from app.rules.prepaid import Share, Shared, shared
from app.rules.sharing import part
from app.services import preferences
from app.services.accounting.bills import Bill
from app.services.accounting.chart import Chart
from app.services.billing import hours
from app.services.billing.hours import Lot
from app.services.fixed_assets.limits import limits

NEVER = {LineKind.HOURS, LineKind.PENALTY, LineKind.REPAIR}
"""Hours bought follow their own account; the others are of the day they were due."""


def rows(session: Session, bills: Iterable[Bill], chart: Chart, closes: date) -> tuple[PrepaidRow, ...]:
    """Lines of invoices whose period goes past the closing, then hours bought and not used."""
    rule = preferences.get(session, "prepaid_rule")
    found = [_of_bill(bill, closes, rule) for bill in bills if _is_prepaid(bill, closes)]
    return (*(row for row in found if row.shared.after), *_hours(session, chart, closes))


def _is_prepaid(bill: Bill, closes: date) -> bool:
    return (
        bill.invoiced_on <= closes
        and not bill.fixed
        and bill.kind not in NEVER
        and bill.start is not None
        and bill.end is not None
        and bill.end > closes
        and bill.start <= bill.end
        and bill.cost != 0
    )


def _of_bill(bill: Bill, closes: date, rule: str) -> PrepaidRow:
    start, end = bill.start or closes, bill.end or closes
    return PrepaidRow(
        bill.number, bill.invoiced_on, bill.provider, bill.label, bill.account, start, end, bill.cost,
        shared(bill.cost, start, end, closes, rule),
    )  # fmt: skip


def _hours(session: Session, chart: Chart, closes: date) -> Iterator[PrepaidRow]:
    """Of each purchase, the hours left that day; those expired are lost, and prepay nothing."""
    account, bounds = chart[AccountUse.CONTRACT].number, limits(session)
    for contract_id, number, rate, provider in session.execute(_with_hours()):
        for lot in hours.ledger(session, contract_id, closes).lots:
            if lot.left > 0 and lot.left_cents:
                yield _of_lot(lot, bounds.cost(lot.price or 0, rate), number, provider or "", account)


def _with_hours() -> Select[int, str, int | None, str]:
    bought = select(HourPurchase.contract_id).where(HourPurchase.deleted_at.is_(None))
    return (
        select(Contract.id, Contract.number, Contract.vat_rate, Provider.name)
        .outerjoin(Provider, Provider.id == Contract.provider_id)
        .where(
            Contract.deleted_at.is_(None),
            Contract.status != ContractStatus.DRAFT,
            or_(Contract.price_model == PriceModel.HOUR_BANK, Contract.id.in_(bought)),
        )
        .order_by(Contract.number)
    )


def _of_lot(lot: Lot, price: int, number: str, provider: str, account: str) -> PrepaidRow:
    """`price` as the books count it: with its VAT when nothing of it is recovered."""
    left = part(price, lot.left, lot.minutes)
    label = joined("Heures non utilisées", lot.label, by="\u00a0: ")
    shares = Shared(price - left, left, 0, Share(lot.left, lot.minutes, "minute"))
    return PrepaidRow(number, lot.bought_on, provider, label, account, lot.bought_on, lot.until, price, shares)
