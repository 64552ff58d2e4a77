"""What a contract makes due for a period of service (domain.md C.6): each amount with its working. Cents HT."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from app.fields import amount, duration
from app.models import Contract, Intervention
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.rules import price, shares
from app.services.billing import acts, hours
from app.services.billing.acts import Act
from app.services.billing.fees import fee_lines, unit_lines
from app.services.billing.lines import Kind, Line
from app.services.billing.spans import Span, billed_periods, in_force, spans

__all__ = ["Expected", "Kind", "Line", "expected", "without_acts"]
NOT_RUNNING = "Le contrat ne court pas sur cette période."
NO_FEE = "Le contrat ne dit pas le montant du forfait."
NO_UNIT = "Le contrat n’a aucun prix à l’unité pour cette période."
UNPRICED = {PriceModel.FLAT, PriceModel.PER_UNIT, PriceModel.MIXED}


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
    done = acts.of_contract(session, contract_id, start, end)
    return _expected(session, contract_id, start, end, done)


def without_acts(session: Session, contract_id: int, start: date, end: date) -> Expected:
    """The same but for the interventions paid apart: who counts them all at once reads thousands of them one time."""
    return _expected(session, contract_id, start, end, ())


def _expected(session: Session, contract_id: int, start: date, end: date, done: Sequence[Act]) -> Expected:
    run = spans(session, contract_id, start, end)
    if not run:
        return Expected(0, (), (NOT_RUNNING,))
    grid = shares.months(start, end)
    fixed = [*fee_lines(run, grid), *unit_lines(session, run, grid)]
    found = _Found([*fixed], [] if fixed else _unsaid(run))
    _add_overruns(found, session, contract_id, start, end)
    found.lines += [act_line(act) for act in done if act.cents]
    found.missing += [f"{act.number}\u00a0: {act.how}." for act in done if act.cents is None]
    _add_hours(found, session, contract_id, start, end)
    unknown = not found.lines and bool(found.missing)
    return Expected(
        None if unknown else sum(one.cents for one in found.lines), tuple(found.lines), tuple(found.missing)
    )


@dataclass(slots=True)
class _Found:
    lines: list[Line]
    missing: list[str]


def _unsaid(run: Sequence[Span]) -> list[str]:
    model = run[-1].terms.price_model
    return [NO_UNIT if model == PriceModel.PER_UNIT else NO_FEE] if model in UNPRICED else []


def act_line(act: Act) -> Line:
    return Line("act", f"{act.number}, {act.subject}", act.cents or 0, act.how, act.on, act.on, "intervention",
                act.intervention_id)  # fmt: skip


def _add_overruns(found: _Found, session: Session, contract_id: int, start: date, end: date) -> None:
    """Of each billed period that ends on these days: before, nobody knows whether its hours will be passed."""
    for first, last in billed_periods(session, contract_id, start, end):
        terms = including(session, contract_id, first, last) if start <= last <= end else None
        if terms is None:
            continue
        included = included_minutes(session, terms, first, last)
        used = used_minutes(session, contract_id, first, last)
        over = max(0, used - included)
        words = f"{duration(used)} décomptées, {duration(included)} comprises"
        if over and (terms.hourly_rate is None or not terms.overrun_allowed):
            why = "le contrat ne permet pas de les dépasser" if terms.hourly_rate else "taux horaire non écrit"
            found.missing.append(f"{words}\u00a0: {why}.")
        elif over and terms.hourly_rate is not None:
            cents = price.overrun(used, included, terms.hourly_rate)
            how = f"{words}\u00a0: {duration(over)} × {amount(terms.hourly_rate)}"
            found.lines.append(
                Line("overrun", "Dépassement des heures", cents, how, first, last, "contract", contract_id)
            )


def including(session: Session, contract_id: int, first: date, last: date) -> Contract | None:
    """The terms of a period that includes hours, those of its last day under contract."""
    run = spans(session, contract_id, first, last)
    terms = run[-1].terms if run else None
    known = terms is not None and terms.price_model in UNPRICED and terms.included_minutes is not None
    return terms if known else None


def included_minutes(session: Session, terms: Contract, first: date, last: date) -> int:
    """The hours of a billed period, less where the contract begins or ends within it."""
    bounds = in_force(session, terms.id, last)
    opens, closes = bounds or (first, last)
    months = shares.months(first, last)
    kept = shares.share(shares.within(months, opens, closes))
    return shares.rounded(Fraction(terms.included_minutes or 0) * kept / shares.share(months))


def used_minutes(session: Session, contract_id: int, first: date, last: date) -> int:
    done = acts.of_contract(session, contract_id, first, last, Intervention.charge == Charge.COUNTED)
    return sum(act.counted or 0 for act in done)


def _add_hours(found: _Found, session: Session, contract_id: int, start: date, end: date) -> None:
    """Hours bought on these days, and those worked beyond them that are paid apart."""
    kept = hours.ledger(session, contract_id, end)
    for lot in kept.lots:
        if start <= lot.bought_on <= end and lot.price is None:
            found.missing.append(f"{lot.label}, {duration(lot.minutes)}\u00a0: prix non saisi.")
        elif start <= lot.bought_on <= end:
            found.lines.append(_lot_line(lot))
    for entry in kept.entries:
        if entry.over and kept.over_rate is not None and start <= entry.on <= end:
            found.lines.append(_over_line(entry, kept.over_rate))


def _lot_line(lot: hours.Lot) -> Line:
    how = f"{duration(lot.minutes)} achetées d’avance"
    return Line(
        "hours", lot.label, lot.price or 0, how, lot.bought_on, lot.until or lot.bought_on, lot.entity, lot.record_id
    )


def _over_line(entry: hours.Entry, rate: int) -> Line:
    how = f"{duration(entry.over)} au-delà des heures achetées × {amount(rate)}"
    return Line(
        "overrun", entry.label, price.labour(entry.over, rate), how, entry.on, entry.on, entry.entity, entry.record_id
    )
