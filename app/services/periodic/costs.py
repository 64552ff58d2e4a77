"""What contracts cost over a period, against what their fee makes due and what it bought (domain.md C.6). Cents HT."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from app.models import Contract, Invoice
from app.models.codes import Charge
from app.reports.periodic_data import Cost
from app.services.billing import acts, billed
from app.services.billing.acts import Act
from app.services.billing.billed import Billed
from app.services.billing.deal import Days
from app.services.billing.expected import Kind, without_acts
from app.services.periodic.asked import Asked

AROUND = timedelta(days=400)
"""An invoice made longer before says nothing of the period."""
IN_FEE = (Charge.INCLUDED, Charge.COUNTED)
FEE: tuple[Kind, ...] = ("fee", "units")
APART = ("work", "hours")


def of_contracts(asked: Asked) -> tuple[Cost, ...]:
    """Those that cost something in the period, or were used; the dearest first."""
    found = (_cost(asked, one) for one in asked.contracts.values())
    kept = [one for one in found if one.fee or one.invoiced or one.apart or one.acts]
    return tuple(sorted(kept, key=lambda one: (-(one.fee or one.invoiced), one.contract)))


def _cost(asked: Asked, contract: Contract) -> Cost:
    days = (asked.period.start, asked.period.end)
    due = without_acts(asked.session, contract.id, *days)
    done = acts.of_contract(asked.session, contract.id, asked.period.start, asked.last)
    inside = [one for one in done if one.charge in IN_FEE]
    invoices = billed.read(
        asked.session, Invoice.contract_id == contract.id, Invoice.invoiced_on <= asked.last,
        Invoice.invoiced_on >= asked.period.start - AROUND,
    )  # fmt: skip
    return Cost(
        contract=contract.number,
        title=contract.subject,
        fee=due.of(*FEE) if any(line.kind in FEE for line in due.lines) else None,
        invoiced=sum(_net(invoices, days, "service")),
        apart=sum(_net(invoices, days, *APART)),
        acts=len(inside),
        minutes=sum(one.worked or 0 for one in inside),
        worth=_worth(inside),
    )


def _net(invoices: Iterable[Billed], days: Days, *groups: str) -> Iterator[int]:
    """What each invoice bills of these days."""
    for one in invoices:
        for group in groups:
            yield one.sign * sum(billed.overlap(line, days) for line in one.of(group))


def _worth(done: Sequence[Act]) -> int | None:
    """What they would have cost by the act, less what of it is paid beside; None when nobody can tell."""
    priced = [one.worth - (one.cents or 0) for one in done if one.worth is not None]
    return sum(priced) if priced else None
