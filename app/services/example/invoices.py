"""Three financial years of invoices: the fee, what is taken by the month, what was bought, what was done apart.

One is late, one in dispute, one was corrected by a credit note, one asks for more than the contract says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from app.fields import day, month_words
from app.models import Contract, Expertise, Provider, Revision
from app.models.codes import ContractStatus
from app.models.contract_codes import PriceModel
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.rules.notice import add_months
from app.rules.price import PER_YEAR
from app.services.amendments import on_day
from app.services.example import books, claimed, purchases, worked
from app.services.example.bills import Bill, BillLine, keep, next_working, working
from app.services.example.world import Card, Rows, World, data

YEARS = 3
CREDITED = 11
"""Days before a credit note comes."""


def bill(world: World) -> None:
    _telecom(world)
    signed = _signed(world)
    since = date(world.today.year - YEARS + 1, 1, 1)
    bills = [one for contract in signed for one in _fees(world, contract)]
    for stream in data("invoices")["streams"]:
        bills += _stream(world, stream, since)
    bills += [*_expertises(world), _late(world)]
    bought = purchases.buy(world, since)
    done = worked.done(world)
    hours = worked.hours(world, signed, done)
    claims = claimed.claim(world, signed)
    bills += [*bought.bills, *hours.bills, *worked.recaps(world, done), *worked.parts(world)]
    bills += [one.bill for one in claims if one.bill]
    keep(world, bills)
    claimed.keep(world, claims)
    worked.keep_hours(world, hours)
    books.book(world, bought.by_asset, bought.by_licence)


def _telecom(world: World) -> None:
    rows = Rows(world, Provider, world.money)
    card = data("invoices")["provider"]
    world.providers[card["name"]] = rows.add(card)
    rows.write()


def _signed(world: World) -> Sequence[Contract]:
    wanted = select(Contract).where(Contract.status != ContractStatus.DRAFT).order_by(Contract.id)
    return world.session.scalars(wanted).all()


def provider_of(world: World, contract: Contract) -> str:
    return next(name for name, given in world.providers.items() if given == contract.provider_id)


def _months(first: date, months: int, until: date) -> Iterator[tuple[date, date]]:
    """Periods of so many months from that day, those begun by `until`."""
    rank = 0
    while (start := add_months(first, rank * months)) <= until:
        rank += 1
        yield start, add_months(first, rank * months) - timedelta(days=1)


def _fees(world: World, contract: Contract) -> list[Bill]:
    """Each period in advance; the last before a revision was billed with it, and the one to come with more."""
    told = data("invoices")["fee"]
    if contract.price_model != PriceModel.FLAT or contract.fee is None:
        return []
    months = 12 // PER_YEAR[contract.fee_period.value]
    early = working(world.today - timedelta(days=told["early"]))
    bills = []
    for start, end in _months(contract.starts_on, months, add_months(world.today, months)):
        fee = on_day(world.session, contract.id, start).fee or 0
        on = min(next_working(start), early) if start > world.today else next_working(start)
        bills.append(_fee(world, contract, (start, end), on, fee))
    bills[-1].lines = [_raised(bills[-1].lines[0], told["raise"])]
    return [*bills, *_too_soon(world, contract, bills), *_twice(world, bills)]


def _fee(world: World, contract: Contract, period: tuple[date, date], on: date, cents: int) -> Bill:
    label = data("invoices")["fee"]["line"].format(month=month_words(period[0]))
    line = BillLine(label, LineKind.CONTRACT, cents)
    return Bill(provider_of(world, contract), label, on, [line], contract.id, period)


def _raised(line: BillLine, hundredths: int) -> BillLine:
    """By so many hundredths of a percent, to the euro."""
    euros = (Decimal(line.net) * (10_000 + hundredths) / 1_000_000).quantize(Decimal(1), ROUND_HALF_UP)
    return BillLine(line.label, line.kind, int(euros) * 100)


def _too_soon(world: World, contract: Contract, bills: Sequence[Bill]) -> Iterator[Bill]:
    """The period before a revision, billed at its price: what is too much comes back by a credit note."""
    told = data("invoices")["fee"]
    for revision in world.session.scalars(select(Revision).where(Revision.contract_id == contract.id)):
        before = revision.effective_on - timedelta(days=1)
        wrong = next((one for one in bills if one.period and one.period[1] == before), None)
        if wrong is None or revision.fee_after is None:
            continue
        extra = revision.fee_after - wrong.net
        wrong.lines = [BillLine(wrong.lines[0].label, LineKind.CONTRACT, revision.fee_after)]
        label = told["credit"].format(month=month_words(before), day=day(revision.effective_on))
        on = next_working(wrong.invoiced_on + timedelta(days=CREDITED))
        line = BillLine(label, LineKind.CONTRACT, extra)
        yield Bill(wrong.provider, told["credited"], on, [line], contract.id, wrong.period, InvoiceKind.CREDIT, wrong)


def _twice(world: World, bills: Sequence[Bill]) -> Iterator[Bill]:
    """The period before this one came twice: it is in dispute."""
    first = next((one for one in reversed(bills) if one.period and one.period[1] < world.today), None)
    if first is not None and first.period is not None:
        on = working(first.period[1] - timedelta(days=data("invoices")["fee"]["early"]))
        yield replace(first, invoiced_on=on, disputes=first)


def _stream(world: World, card: Card, since: date) -> Iterator[Bill]:
    """What comes every so many months, in advance or not."""
    if "since" in card:
        since = max(since, add_months(world.today, -card["since"]).replace(day=1))
    first = since.replace(day=1)
    while (first.month - card.get("first", 1)) % card["months"]:
        first = add_months(first, 1)
    for start, end in _months(first, card["months"], world.today):
        on = next_working(((end + timedelta(days=1)) if card.get("arrears") else start).replace(day=card["day"]))
        period = None if card.get("supplied") else (start, end)
        contract = _contract_of(world, card["provider"], on) if card.get("supplied") else None
        lines = [_line(world, line, period) for line in card["lines"]]
        yield Bill(card["provider"], card["subject"], on, lines, contract, period)


def _line(world: World, card: Card, period: tuple[date, date] | None = None) -> BillLine:
    vary, quantity = card.get("vary", 0), card.get("quantity", 1)
    net = (card["cents"] + (world.money.randint(-vary, vary) if vary else 0)) * quantity
    return BillLine(card["label"], LineKind.of(card["kind"]), net, quantity * 1000, period=period)


def _contract_of(world: World, provider: str, on: date) -> int | None:
    wanted = select(Contract.id).where(Contract.provider_id == world.providers[provider], Contract.starts_on <= on)
    return world.session.scalar(wanted.order_by(Contract.id))


def _expertises(world: World) -> Iterator[Bill]:
    told = data("invoices")["expertise"]
    for held in world.session.scalars(select(Expertise).order_by(Expertise.held_on)):
        on = next_working(held.held_on + timedelta(days=told["after"]))
        line = BillLine(f"{told['label']}, {held.number}", LineKind.FEES, told["cents"])
        yield Bill(told["provider"], held.title, on, [line])


def _late(world: World) -> Bill:
    told = data("invoices")["late"]
    on = working(world.today - timedelta(days=told["days"]))
    lines = [_line(world, line) for line in told["lines"]]
    return Bill(told["provider"], told["subject"], on, lines, status=InvoiceStatus.APPROVED)
