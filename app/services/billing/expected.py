"""What a contract makes due for a period of service (domain.md C.6): each amount with its working. Cents HT."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.fields import amount, duration
from app.models.contract_codes import PriceModel
from app.rules import price, shares
from app.services.billing import acts, hours
from app.services.billing.acts import Act
from app.services.billing.deal import Deal, Span
from app.services.billing.fees import fee_lines, unit_lines
from app.services.billing.hours import Entry, Ledger, Lot
from app.services.billing.lines import Kind, Line
from app.services.billing.overruns import WITH_FEE, overruns

__all__ = ["Expected", "Kind", "Line", "expected", "without_acts"]
NOT_RUNNING = "Le contrat ne court pas sur cette période."
NO_FEE = "Le contrat ne dit pas le montant du forfait."
NO_UNIT = "Le contrat n’a aucun prix à l’unité pour cette période."
UNPRICED = "prix non saisi."


@dataclass(frozen=True, slots=True)
class Expected:
    """`cents` sums the lines; None when the contract says nothing of its price. `missing` tells in French what could
    not be priced: an intervention without its time, an hourly rate never written."""

    cents: int | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()

    def of(self, *kinds: Kind) -> int:
        return sum(line.cents for line in self.lines if line.kind in kinds)


def expected(session: Session, contract_id: int, start: date, end: date) -> Expected:
    """What is due for the service of these days, both included, by the terms in force on each: nothing before the
    contract begins nor after it ends. When it is billed, in advance or in arrears, does not count here."""
    return of_deal(Deal(session, contract_id), start, end)


def of_deal(deal: Deal, start: date, end: date) -> Expected:
    """The same, of a contract already read."""
    done = acts.of_contract(deal.session, deal.id, start, end)
    return _expected(deal, start, end, done, hours.account_of(deal, end))


def without_acts(session: Session, contract_id: int, start: date, end: date) -> Expected:
    """The same but for the interventions paid apart: who counts them all at once reads thousands of them one time."""
    deal = Deal(session, contract_id)
    return apart_from_acts(deal, start, end, hours.account_of(deal, end))


def apart_from_acts(deal: Deal, start: date, end: date, account: Ledger) -> Expected:
    """The same, with the account of the hours as it stands on the last of these days or later."""
    return _expected(deal, start, end, (), account)


def _expected(deal: Deal, start: date, end: date, done: Sequence[Act], account: Ledger) -> Expected:
    run = deal.spans(start, end)
    if not run:
        return Expected(0, (), (NOT_RUNNING,))
    grid = shares.months(start, end)
    fixed = [*fee_lines(run, grid), *unit_lines(deal.session, run, grid)]
    extras = [*overruns(deal, start, end), *map(act_line, done), *_hours(account, start, end)]
    lines = (*fixed, *(one for one in extras if isinstance(one, Line) and (one.cents or one.kind != "act")))
    missing = (*([] if fixed else _unsaid(run)), *(one for one in extras if isinstance(one, str)))
    unknown = not lines and bool(missing)
    return Expected(None if unknown else sum(one.cents for one in lines), lines, missing)


def _unsaid(run: Sequence[Span]) -> list[str]:
    model = run[-1].terms.price_model
    return [NO_UNIT if model == PriceModel.PER_UNIT else NO_FEE] if model in WITH_FEE else []


def act_line(act: Act) -> Line | str:
    """What an intervention costs apart; a sentence where nobody knows."""
    if act.cents is None:
        return f"{act.number}\u00a0: {act.how}."
    label = f"{act.number}, {act.subject}"
    return Line("act", label, act.cents, act.how, act.on, act.on, "intervention", act.intervention_id)


def _hours(account: Ledger, start: date, end: date) -> Iterator[Line | str]:
    """Hours bought on these days, and those worked beyond them that are paid apart."""
    for lot in account.lots:
        if start <= lot.bought_on <= end:
            yield _lot_line(lot) if lot.price is not None else f"{lot.label}, {duration(lot.minutes)}\u00a0: {UNPRICED}"
    for entry in account.entries:
        if entry.over and account.over_rate is not None and start <= entry.on <= end:
            yield _over_line(entry, account.over_rate)


def _lot_line(lot: Lot) -> Line:
    how = f"{duration(lot.minutes)} achetées d’avance"
    return Line(
        "hours", lot.label, lot.price or 0, how, lot.bought_on, lot.until or lot.bought_on, lot.entity, lot.record_id
    )


def _over_line(entry: Entry, rate: int) -> Line:
    how = f"{duration(entry.over)} au-delà des heures achetées × {amount(rate)}"
    return Line(
        "overrun", entry.label, price.labour(entry.over, rate), how, entry.on, entry.on, entry.entity, entry.record_id
    )
