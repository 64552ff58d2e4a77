"""What interventions made the company pay: hours bought in advance, acts out of the fee, parts fitted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.fields import clean_line, month_words, time_of_day
from app.models import Contract, HourPurchase, Intervention, Part, Ticket
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.models.money_codes import LineKind
from app.rules import price
from app.rules.notice import add_months
from app.services.billing import acts as billing
from app.services.billing.acts import Act
from app.services.contracts import opening_day
from app.services.example.bills import Bill, BillLine, next_working
from app.services.example.world import Card, Rows, World, data

AFTER = 5
"""Days into the next month, or quarter, that what was done is billed."""
QUARTER = 3
QUARTER_HOUR = 15
CARNETS = 20
"""A company whose work is drawn by the thousand buys its hours in about so many times."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours bought beyond those of a contract; `bill` is the invoice of them."""

    contract_id: int
    minutes: int
    until: date | None
    bill: Bill


@dataclass(slots=True)
class Bought:
    bills: list[Bill] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)


def done(world: World) -> list[Act]:
    """The interventions paid apart, or taken from hours bought."""
    return billing.value(world.session, Intervention.charge.in_(billing.PAID_APART))


def hours(world: World, contracts: Sequence[Contract], acts: Sequence[Act]) -> Bought:
    """Those that each contract was signed with, then more each time that few are left."""
    found = Bought()
    for contract in contracts:
        if contract.price_model == PriceModel.HOUR_BANK and contract.hours_bought and contract.hours_price:
            signed = _carnet(world, contract, contract.starts_on, contract.hours_bought, contract.hours_price)
            found.bills.append(signed)
            counted = [act for act in acts if act.contract_id == contract.id and act.charge == Charge.COUNTED]
            more = list(_more(world, contract, counted))
            found.hours += more
            found.bills += [one.bill for one in more]
    return found


def _carnet(world: World, contract: Contract, on: date, minutes: int, cents: int) -> Bill:
    """Paid at once, used until it is not valid any more."""
    told = data("invoices")["hours"]
    label = told["label"].format(hours=time_of_day(minutes))
    provider = next(name for name, given in world.providers.items() if given == contract.provider_id)
    end = contract.hours_until
    line = BillLine(label, LineKind.HOURS, cents, minutes * 1000 // 60, "h")
    return Bill(provider, label, next_working(on), [line], contract.id, (on, end) if end else None)


def _more(world: World, contract: Contract, taken: Sequence[Act]) -> Iterator[Hours]:
    """The last time just so many that few are left."""
    told = data("invoices")["hours"]
    whole = sum(act.counted or 0 for act in taken)
    lot = max(told["least"], -(-whole // CARNETS // 60) * 60)
    bought, used, days = contract.hours_bought or 0, 0, []
    for act in taken:
        used += act.counted or 0
        if used * 100 > bought * told["used"]:
            bought += lot
            days.append(next_working(act.on + timedelta(days=1)))
    enough = -(-whole * 100 // told["left"] // QUARTER_HOUR) * QUARTER_HOUR
    for on in days:
        minutes = lot if on != days[-1] else max(QUARTER_HOUR, enough - (bought - lot))
        cents = price.over(contract.hourly_rate or 0, minutes, 60)
        yield Hours(contract.id, minutes, contract.hours_until, _carnet(world, contract, on, minutes, cents))


def keep_hours(world: World, bought: Bought) -> None:
    rows = Rows(world, HourPurchase, world.money)
    for one in bought.hours:
        bill = one.bill
        if bill.id:
            rows.add(
                {
                    "contract_id": one.contract_id, "bought_on": bill.invoiced_on, "label": clean_line(bill.subject),
                    "minutes": one.minutes, "price": bill.net, "valid_until": one.until, "invoice_id": bill.id,
                }
            )  # fmt: skip
    rows.write()


def recaps(world: World, acts: Sequence[Act]) -> Iterator[Bill]:
    """What is paid apart, month by month and contract by contract, on the invoice of the month after."""
    by_month: dict[tuple[int | None, date], list[Act]] = defaultdict(list)
    for act in acts:
        by_month[act.contract_id, act.on.replace(day=1)].append(act)
    journeys = set(world.session.scalars(select(Intervention.id).where(Intervention.travel.is_(True))))
    for (contract, month), own in by_month.items():
        lines = [line for act in own for line in _lines(act, act.intervention_id in journeys)]
        if lines:
            yield _recap(world, contract, month, lines, [act.intervention_id for act in own])


def _recap(world: World, contract: int | None, month: date, lines: list[BillLine], done: list[int]) -> Bill:
    told = data("invoices")["acts"]
    end = add_months(month, 1) - timedelta(days=1)
    subject = told["apart" if contract else "outside"].format(month=month_words(month))
    provider = _provider(world, contract) or told["provider"]
    on = next_working(end + timedelta(days=AFTER))
    return Bill(provider, subject, on, lines, contract, (month, end), acts=done)


def _provider(world: World, contract: int | None) -> str | None:
    found = world.session.get(Contract, contract) if contract else None
    return next((name for name, given in world.providers.items() if found and given == found.provider_id), None)


def _lines(act: Act, journey: bool) -> Iterator[BillLine]:
    """One line for each act: at the prices of its contract, else at the usual ones of the provider."""
    told, cents, label = data("invoices")["outside"], act.cents or 0, f"{act.number}, {act.subject}"
    if act.contract_id is None:
        minutes = price.billed_minutes(act.worked or 0, told["rounding"], told["minimum"])
        cents = price.over(told["rate"], minutes, 60) + (told["travel"] if journey else 0) + act.parts
    if act.charge == Charge.COUNTED:
        label = f"{label}\u00a0: déplacement et pièces"
    if cents:
        yield BillLine(label, LineKind.REPAIR, cents)


def parts(world: World) -> Iterator[Bill]:
    """The parts of what the fee includes are paid apart, quarter by quarter."""
    told = data("invoices")["parts"]
    by_quarter: dict[tuple[int, date], list[Any]] = defaultdict(list)
    rows = world.session.execute(
        select(Part.label, Part.unit_price, Part.quantity, Intervention.number, Intervention.started_at,
               Ticket.contract_id, Ticket.asset_id)
        .join(Intervention, Intervention.id == Part.intervention_id)
        .join(Ticket, Ticket.id == Intervention.ticket_id)
        .where(Intervention.charge == Charge.INCLUDED, Ticket.contract_id.is_not(None), Part.unit_price > 0)
        .order_by(Intervention.started_at, Part.id)
    )  # fmt: skip
    for row in rows:
        on = opening_day(row.started_at)
        by_quarter[row.contract_id, on.replace(month=on.month - (on.month - 1) % QUARTER, day=1)].append(row)
    for (contract, start), own in by_quarter.items():
        yield _fitted(world, contract, start, own, told)


def _fitted(world: World, contract: int, start: date, rows: Sequence[Any], told: Card) -> Bill:
    end = add_months(start, QUARTER)
    quarter = start, end - timedelta(days=1)
    lines = [
        BillLine(
            told["label"].format(label=row.label, number=row.number), LineKind.SMALL, row.unit_price * row.quantity,
            row.quantity * 1000, asset_id=row.asset_id, period=quarter,
        )
        for row in rows
    ]  # fmt: skip
    subject = told["subject"].format(quarter=(start.month + 2) // QUARTER, year=start.year)
    on = next_working(end + timedelta(days=AFTER))
    return Bill(_provider(world, contract) or told["provider"], subject, on, lines, contract)
