"""Invoices of the example company before they are kept: numbered by their providers, paid or not by today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, update

from app.fields import clean_line, day, month_words
from app.models import Intervention, Invoice, InvoiceLine, InvoiceVat
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.rules import vat
from app.rules.holidays import business_day_before, is_business_day
from app.services.example.world import Rows, World, data
from app.services.invoices.due import due

ZONE = "metropole"
RECEIVED, APPROVED = 2, 6
"""Days after its date that an invoice is received, and found good to pay."""
EARLY = 5
"""At most so many days before its limit it is paid."""
SLOW, SLOW_DAYS = 0.05, 12
"""Share of the invoices paid late, and days late at most."""


@dataclass(frozen=True, slots=True)
class BillLine:
    """Cents HT; `quantity` in thousandths. Without a unit price, `net` is that of one."""

    label: str
    kind: LineKind
    net: int
    quantity: int = 1000
    unit: str | None = None
    vat_rate: int = vat.NORMAL
    asset_id: int | None = None
    licence_id: int | None = None
    period: tuple[date, date] | None = None


@dataclass(slots=True, eq=False)
class Bill:
    """One paper. `status` None: what is usual by today. `disputes`: what it bills a second time. `acts` are the
    interventions that it bills. Its number and its id are known once written, `paid_on` too if it is."""

    provider: str
    subject: str
    invoiced_on: date
    lines: Sequence[BillLine]
    contract_id: int | None = None
    period: tuple[date, date] | None = None
    kind: InvoiceKind = InvoiceKind.INVOICE
    corrects: "Bill | None" = None
    status: InvoiceStatus | None = None
    disputes: "Bill | None" = None
    notes: str | None = None
    acts: Sequence[int] = ()
    number: str = ""
    id: int = 0
    paid_on: date | None = None

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)


def working(day: date) -> date:
    return business_day_before(day, ZONE)


def next_working(day: date) -> date:
    while not is_business_day(day, ZONE):
        day += timedelta(days=1)
    return day


def keep(world: World, bills: Sequence[Bill]) -> None:
    """Number them in the order of their days, and write those that are there by today."""
    kept = sorted((bill for bill in bills if bill.invoiced_on < world.today), key=lambda bill: bill.invoiced_on)
    _number(kept)
    heads, lines, rates = (Rows(world, model, world.money) for model in (Invoice, InvoiceLine, InvoiceVat))
    for bill in kept:
        made = vat.by_rate((line.net, line.vat_rate) for line in bill.lines)
        bill.id = heads.add(_head(world, bill, made))
        for rank, line in enumerate(bill.lines):
            lines.add({"invoice_id": bill.id, "rank": rank, **_line(line)})
        for one in made:
            rates.add({"invoice_id": bill.id, "rate": one.rate, "base": one.base, "vat": one.vat})
    for rows in (heads, lines, rates):
        rows.write()
    _link_acts(world, kept)


def _number(bills: Sequence[Bill]) -> None:
    """The numbers of a provider grow through the year; the others are those of its other customers."""
    given: set[str] = set()
    for bill in bills:
        habit, on = data("invoices")["habits"][bill.provider], bill.invoiced_on
        rank = on.timetuple().tm_yday * habit["pace"]
        while f"{habit['prefix']}{on:%y}-{rank:04d}" in given:
            rank += 1
        bill.number = f"{habit['prefix']}{on:%y}-{rank:04d}"
        given.add(bill.number)


def _head(world: World, bill: Bill, rates: Sequence[vat.OfRate]) -> dict[str, object]:
    start, end = bill.period or (None, None)
    tax = sum(one.vat for one in rates)
    return {
        "number": bill.number, "kind": bill.kind, "provider_id": world.providers[bill.provider],
        "contract_id": bill.contract_id, "corrects_id": bill.corrects.id if bill.corrects else None,
        "subject": clean_line(bill.subject), "invoiced_on": bill.invoiced_on,
        "received_on": min(bill.invoiced_on + timedelta(days=RECEIVED), world.today),
        "period_start": start, "period_end": end, "net": bill.net, "vat": tax, "gross": bill.net + tax,
        "notes": bill.notes, **_course(world, bill),
    }  # fmt: skip


def _course(world: World, bill: Bill) -> dict[str, object]:
    """What became of it by today: approved some days after it came, paid just before its limit."""
    limit = None if bill.kind == InvoiceKind.CREDIT else _due(world, bill)
    approved = working(bill.invoiced_on + timedelta(days=APPROVED))
    told: dict[str, object] = {"due_on": limit, "status": InvoiceStatus.TO_CHECK}
    if bill.disputes is not None:
        return told | {"status": InvoiceStatus.DISPUTED, "disputed_on": approved, "dispute": _why(bill.disputes)}
    if bill.status == InvoiceStatus.TO_CHECK or approved >= world.today:
        return told
    told |= {"status": InvoiceStatus.APPROVED, "approved_on": approved, "approved_by": world.manager.name}
    paid, means = _payment(world, bill, limit)
    if bill.status == InvoiceStatus.APPROVED or paid > world.today:
        return told
    bill.paid_on = paid
    return told | {"status": InvoiceStatus.PAID, "paid_on": paid, "payment": means}


def _why(first: Bill) -> str:
    month = month_words((first.period or (first.invoiced_on,))[0]).capitalize()
    why: str = data("invoices")["fee"]["twice"]
    return clean_line(why.format(month=month, number=first.number, day=day(first.invoiced_on)))


def _due(world: World, bill: Bill) -> date:
    days = data("invoices")["habits"][bill.provider].get("due_days")
    if days is not None:
        return bill.invoiced_on + timedelta(days=days)
    return due(world.session, bill.contract_id, bill.invoiced_on).on


def _payment(world: World, bill: Bill, limit: date | None) -> tuple[date, str]:
    """A credit note is taken off the invoice that it corrects, else refunded within the month."""
    if bill.corrects is not None and bill.corrects.paid_on is not None:
        return bill.corrects.paid_on, f"Déduit de {bill.corrects.number}"
    habit = data("invoices")["habits"][bill.provider]
    if limit is None:
        return working(bill.invoiced_on + timedelta(days=30)), habit["means"]
    if "due_days" in habit:
        return limit, habit["means"]
    slow = world.money.random() < SLOW
    shift = world.money.randint(2, SLOW_DAYS) if slow else -world.money.randint(0, EARLY)
    return max(working(limit + timedelta(days=shift)), bill.invoiced_on), habit["means"]


def _line(line: BillLine) -> dict[str, object]:
    start, end = line.period or (None, None)
    return {
        "label": clean_line(line.label), "kind": line.kind, "quantity": line.quantity, "unit": line.unit,
        "unit_price": line.net * 100 * 1000 // line.quantity, "net": line.net, "vat_rate": line.vat_rate,
        "asset_id": line.asset_id, "licence_id": line.licence_id, "period_start": start, "period_end": end,
    }  # fmt: skip


def _link_acts(world: World, bills: Sequence[Bill]) -> None:
    own = Intervention.__table__
    links = [{"act": act, "bill": bill.id} for bill in bills for act in bill.acts]
    as_made = {"version": own.c.version, "updated_at": world.made_at}
    if links:
        changed = update(own).where(own.c.id == bindparam("act")).values(invoice_id=bindparam("bill"), **as_made)
        world.session.connection().execute(changed, links)
