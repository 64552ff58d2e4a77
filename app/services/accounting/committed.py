"""What contracts firmly bind to pay after the closing (domain.md E.7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import day
from app.models import Contract, Provider
from app.models.codes import ContractStatus
from app.models.contract_codes import PriceModel
from app.reports.accounts.data import CommittedRow
from app.rules.commitments import commitment, firm_until
from app.rules.day_count import ONE_DAY
from app.services import amendments, pricing
from app.services.accounting.bills import Bill
from app.services.contracts import terms_of
from app.services.fixed_assets.limits import Limits, limits


def rows(session: Session, bills: Iterable[Bill], closes: date) -> tuple[CommittedRow, ...]:
    """By contract. What is invoiced already stands in the accounts: only what comes after is counted."""
    contracts = amendments.all_on_day(session, _signed(session, closes), closes)
    yearly = pricing.yearly_of(session, contracts, closes)
    told = _Told(_billed_until(bills, closes), _providers(session), limits(session))
    found = (row for one in contracts for row in _row(one, yearly[one.id].cents, yearly[one.id].how, told, closes))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    """`billed` is the last day invoiced of each contract."""

    billed: Mapping[int, date]
    providers: Mapping[int, str]
    bounds: Limits


def _signed(session: Session, closes: date) -> list[Contract]:
    """Those that bound at the closing, hours bought in advance left out: they are paid."""
    statement = select(Contract).where(
        Contract.deleted_at.is_(None),
        Contract.status != ContractStatus.DRAFT,
        Contract.price_model.not_in((PriceModel.HOUR_BANK, PriceModel.PER_ACT)),
    )
    rows = session.scalars(statement.order_by(Contract.number))
    return [one for one in rows if (one.signed_on or one.starts_on) <= closes]


def _row(contract: Contract, yearly: int | None, how: str, told: _Told, closes: date) -> Iterator[CommittedRow]:
    until = firm_until(terms_of(contract), closes)
    if until is None or not yearly:
        return
    since = max(closes, contract.starts_on - ONE_DAY, told.billed.get(contract.id, closes)) + ONE_DAY
    if since > until:
        return
    cost = told.bounds.cost(yearly, contract.vat_rate)
    yield CommittedRow(
        contract.number, contract.subject, told.providers.get(contract.provider_id or 0, ""), contract.kind.label,
        since, until, cost, commitment(cost, since, until, closes), f"{how}, ferme jusqu’au {day(until)}",
    )  # fmt: skip


def _billed_until(bills: Iterable[Bill], closes: date) -> dict[int, date]:
    found: dict[int, date] = {}
    for bill in bills:
        if bill.contract_id and bill.end and not bill.is_credit and bill.invoiced_on <= closes:
            found[bill.contract_id] = max(bill.end, found.get(bill.contract_id, bill.end))
    return found


def _providers(session: Session) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Provider.id, Provider.name))}
