"""What interventions are worth under the contract of their day, and what of it is paid apart (domain.md C.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.fields import NBSP, PARIS, amount, duration, fold, rate
from app.models import Contract, Intervention, Part, Ticket, UnitPrice, Visit
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.rules import price
from app.rules.worktime import Calendar, elapsed
from app.services import done_for
from app.services.amendments import on_day
from app.services.contracts import calendar_of, opening_day, read_once

TRAVEL = "deplacement"
"""How the label of a unit price names a journey, once folded."""
PAID_APART = {Charge.BILLABLE, Charge.COUNTED}


@dataclass(frozen=True, slots=True)
class Act:
    """One intervention, on a ticket or for a planned visit. Minutes, and cents HT.

    `worked` is its effective work, `outside` how much of it fell out of the contract's hours, `counted` what is billed
    or taken from hours bought: rounded up, to the minimum, with the coefficient of hours bought. `labour` is the price
    of that work at the contract's hourly rate, whoever pays for it: None when no rate or no duration is known.
    `worth` is all it would cost if paid by the act (labour, travel, parts); `cents` what is really to be paid apart
    from the fee: all of it if billable, parts and travel if its time is taken from hours, 0 if included, under warranty
    or refused. None: nobody can tell. `how` is the working in French, or what is missing.
    """

    intervention_id: int
    number: str
    subject: str
    asset_id: int | None
    contract_id: int | None
    invoice_id: int | None
    on: date
    charge: Charge
    worked: int | None
    outside: int
    counted: int | None
    labour: int | None
    travel: int
    parts: int
    worth: int | None
    cents: int | None
    how: str


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a contract says of the price of work between two changes; `surcharge` in hundredths of a percent."""

    calendar: Calendar
    rate: int | None
    rounding: int | None
    minimum: int | None
    travel: int | None
    surcharge: int


@dataclass(frozen=True, slots=True)
class _Work:
    """`billed` and `taken` minutes: with and without the coefficient of hours bought; `share` is done out of hours."""

    worked: int | None
    outside: int
    billed: int | None
    taken: int | None
    share: Fraction


NO_WORK = _Work(None, 0, None, None, Fraction(0))
_COLUMNS = (
    Intervention.id, Intervention.number, done_for.subject().label("subject"), done_for.asset().label("asset_id"),
    done_for.contract().label("contract_id"), Intervention.invoice_id, Intervention.started_at, Intervention.ended_at,
    Intervention.repair_minutes, Intervention.travel, Intervention.charge,
)  # fmt: skip


def value(session: Session, *which: ColumnElement[bool]) -> list[Act]:
    """The acts that conditions on Intervention and on what it was done for (`done_for`) choose, in the order of time;
    two statements for all of them, and one reading of each contract between two changes of its terms."""
    parts = (
        select(
            Part.intervention_id,
            func.sum(Part.quantity * Part.unit_price).label("cents"),
            func.count().filter(Part.unit_price.is_(None)).label("bare"),
        )
        .where(Part.deleted_at.is_(None))
        .group_by(Part.intervention_id)
        .subquery()
    )
    rows = session.execute(
        done_for.beside(select(*_COLUMNS, parts.c.cents, parts.c.bare).select_from(Intervention))
        .outerjoin(parts, parts.c.intervention_id == Intervention.id)
        .where(*done_for.kept(), *which)
        .order_by(Intervention.started_at, Intervention.id)
    ).all()
    terms_of = read_once(session, _terms)
    journeys = _journeys(session)
    acts = []
    for row in rows:
        on = opening_day(row.started_at)
        terms = terms_of(row.contract_id, on)
        journey = terms.travel if terms.travel is not None else _journey(journeys.get(row.contract_id, ()), on)
        acts.append(_act(row, on, terms, journey if row.travel else 0))
    return acts


def of_contract(session: Session, contract_id: int, start: date, end: date, *which: ColumnElement[bool]) -> list[Act]:
    """Those on the tickets and visits of a contract, begun from `start` to `end` included, that answer these conditions
    too."""
    return value(session, done_for.contract() == contract_id, *begun(start, end), *which)


def begun(start: date, end: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Interventions begun from the first instant of `start` to the last of `end`, in Paris."""
    return Intervention.started_at >= _midnight(start), Intervention.started_at < _midnight(end + timedelta(days=1))


def total(acts: Sequence[Act]) -> tuple[int, int]:
    """What is to be paid for them, and how many have no known price."""
    return sum(act.cents or 0 for act in acts), sum(act.cents is None for act in acts)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _terms(session: Session, contract_id: int | None, day: date) -> _Terms:
    calendar = calendar_of(session, contract_id, day)
    if contract_id is None:
        return _Terms(calendar, None, None, None, None, 0)
    contract = on_day(session, contract_id, day)
    return _Terms(
        calendar,
        hourly_rate(contract),
        contract.rounding_minutes,
        contract.minimum_minutes,
        contract.travel_fee,
        contract.out_of_hours_rate or 0,
    )


def hourly_rate(contract: Contract) -> int | None:
    """The rate written in the contract; of hours bought without one, what an hour of them costs."""
    if contract.hourly_rate is not None or contract.price_model != PriceModel.HOUR_BANK:
        return contract.hourly_rate
    if contract.hours_price is None or not contract.hours_bought:
        return None
    return price.over(contract.hours_price, price.HOUR, contract.hours_bought)


def _journeys(session: Session) -> dict[int, list[UnitPrice]]:
    """By contract, the prices by the act that name a journey."""
    found: dict[int, list[UnitPrice]] = {}
    bare = select(UnitPrice).where(UnitPrice.period.is_(None), UnitPrice.deleted_at.is_(None)).order_by(UnitPrice.id)
    for row in session.scalars(bare):
        if TRAVEL in fold(row.label):
            found.setdefault(row.contract_id, []).append(row)
    return found


def _journey(prices: Sequence[UnitPrice], on: date) -> int:
    valid = (one.price for one in prices if (one.since or on) <= on <= (one.until or on))
    return next(valid, 0)


def _work(row: Any, terms: _Terms) -> _Work:
    """Its effective work if told, else the time between its beginning and its end."""
    lasted = None if row.ended_at is None else int((row.ended_at - row.started_at).total_seconds()) // 60
    worked = lasted if row.repair_minutes is None else row.repair_minutes
    if worked is None:
        return NO_WORK
    ended = row.ended_at if lasted else row.started_at + timedelta(minutes=worked)
    span = lasted or worked
    share = Fraction(span - elapsed(terms.calendar, row.started_at, ended), span) if span else Fraction(0)
    billed = price.billed_minutes(worked, terms.rounding, terms.minimum)
    return _Work(worked, round(worked * share), billed, price.taken(billed, terms.surcharge, share), share)


def _act(row: Any, on: date, terms: _Terms, journey: int) -> Act:
    work, parts = _work(row, terms), row.cents or 0
    labour = None
    if work.billed is not None and terms.rate is not None:
        labour = price.labour(work.billed, terms.rate, terms.surcharge, work.share)
    extras = None if row.bare else journey + parts
    worth = None if labour is None or extras is None else labour + extras
    billable = row.charge == Charge.BILLABLE
    cents = (worth if billable else extras) if row.charge in PAID_APART else 0
    return Act(
        intervention_id=row.id, number=row.number, subject=row.subject,
        asset_id=row.asset_id, contract_id=row.contract_id, invoice_id=row.invoice_id, on=on, charge=row.charge,
        worked=work.worked, outside=work.outside, counted=work.billed if billable else work.taken,
        labour=labour, travel=journey, parts=parts, worth=worth, cents=cents,
        how=_how(row, work, terms, journey, parts),
    )  # fmt: skip


def _how(row: Any, work: _Work, terms: _Terms, journey: int, parts: int) -> str:
    """« 1 h 15 × 65,00 €, dont 0 h 30 hors des heures à + 50 %, déplacement 45,00 €, pièces 89,00 € »."""
    lines = [_time(row.charge, work, terms), _surcharge(work, terms)]
    lines += [f"déplacement {amount(journey)}" if journey else "", f"pièces {amount(parts)}" if parts else ""]
    lines.append("prix d’une pièce non saisi" if row.bare else "")
    told = ", ".join(line for line in lines if line)
    return told if row.charge in PAID_APART else f"{row.charge.label.lower()}{NBSP}: {told}"


def _time(charge: Charge, work: _Work, terms: _Terms) -> str:
    if work.billed is None:
        return "durée non saisie"
    if charge == Charge.COUNTED:
        return f"{duration(work.taken)} à décompter"
    if terms.rate is None:
        return f"{duration(work.billed)}, taux horaire non écrit"
    return f"{duration(work.billed)} × {amount(terms.rate)}"


def _surcharge(work: _Work, terms: _Terms) -> str:
    if not (work.outside and terms.surcharge):
        return ""
    return f"dont {duration(work.outside)} hors des heures à +{NBSP}{rate(terms.surcharge)}"


def usual_charge(session: Session, ticket_id: int | None, on: date, visit_id: int | None = None) -> Charge:
    """Who should pay an intervention of that day, until somebody says otherwise: the contract that covers the ticket,
    or else the visit, its hours bought or included, or the company where there is no contract or where each act is
    paid."""
    model, asked = (Ticket, ticket_id) if ticket_id is not None else (Visit, visit_id)
    contract_id = session.scalar(select(model.contract_id).where(model.id == asked))
    if contract_id is None:
        return Charge.BILLABLE if asked is not None else Charge.INCLUDED
    terms = on_day(session, contract_id, on)
    if terms.price_model == PriceModel.PER_ACT:
        return Charge.BILLABLE
    counted = terms.price_model == PriceModel.HOUR_BANK or terms.included_minutes is not None
    return Charge.COUNTED if counted else Charge.INCLUDED
