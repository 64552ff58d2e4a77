"""Penalties asked for by the company: some credited, some given up, one awaited, the last still to ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.fields import clean_line, month_words
from app.models import Contract, PenaltyClaim
from app.models.money_codes import ClaimState, InvoiceKind, LineKind
from app.rules.notice import add_months
from app.services.example.bills import Bill, BillLine, next_working
from app.services.example.world import Rows, World, data
from app.services.penalties.months import Month, MonthState, of_contract

COURSE = (ClaimState.OBTAINED, ClaimState.WAIVED)
"""What became of the claims in turn, the oldest first, but for the last two months: awaited, and still to be made."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One month claimed, and the credit note that answered it."""

    values: dict[str, Any]
    bill: Bill | None


def claim(world: World, contracts: Sequence[Contract]) -> list[Claim]:
    return [one for contract in contracts for one in _of_contract(world, contract)]


def _of_contract(world: World, contract: Contract) -> list[Claim]:
    months = [month for month in of_contract(world.session, contract.id, world.made_at) if _is_due(month)]
    return [
        _claim(world, contract, month, state) for month, state in zip(months[:0:-1], _course(len(months)), strict=False)
    ]


def _course(months: int) -> Iterator[ClaimState]:
    for n in range(months - 2):
        yield COURSE[n % len(COURSE)]
    yield ClaimState.CLAIMED


def _is_due(month: Month) -> bool:
    return month.state == MonthState.TO_CLAIM


def _claim(world: World, contract: Contract, month: Month, state: ClaimState) -> Claim:
    told = data("books")["claims"]
    asked = next_working(add_months(month.month, 1) + timedelta(days=told["asked"]))
    settled = next_working(asked + timedelta(days=told["settled"])) if state != ClaimState.CLAIMED else None
    bill = _credit(world, contract, month, settled) if settled and state == ClaimState.OBTAINED else None
    values = {
        "contract_id": contract.id, "month": month.month, "amount": month.owed, "state": state, "claimed_on": asked,
        "settled_on": settled, "notes": clean_line(told[state.value]),
    }  # fmt: skip
    return Claim(values, bill)


def _credit(world: World, contract: Contract, month: Month, on: date) -> Bill:
    """An indemnity: no VAT (domain.md C.7)."""
    label = f"{data('books')['claims']['label']}, {month_words(month.month)}"
    provider = next(name for name, given in world.providers.items() if given == contract.provider_id)
    line = BillLine(label, LineKind.PENALTY, month.owed, vat_rate=0)
    return Bill(provider, label, on, [line], contract.id, kind=InvoiceKind.CREDIT)


def keep(world: World, claims: Sequence[Claim]) -> None:
    """Those asked for before today, once the invoices are written."""
    rows = Rows(world, PenaltyClaim, world.money)
    for one in claims:
        if (one.values["settled_on"] or one.values["claimed_on"]) < world.today:
            rows.add({**one.values, "invoice_id": one.bill.id if one.bill else None})
    rows.write()
