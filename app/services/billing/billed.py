"""What invoices of a contract bill, and for which days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.fields import days_words, month_words
from app.models import Invoice, InvoiceLine
from app.models.contract_codes import Billing, PriceModel
from app.models.money_codes import InvoiceKind, LineKind
from app.rules import shares
from app.rules.payment import month_end
from app.rules.shares import ONE_DAY
from app.services.billing.deal import Days, Deal

SERVICE = {
    LineKind.CONTRACT, LineKind.RENT, LineKind.LEASING, LineKind.SAAS, LineKind.TELECOM, LineKind.SUBCONTRACT,
}  # fmt: skip
"""What a contract makes due by periods."""
AROUND = 400
"""Days: the periods among which that of an invoice without one is sought."""
LATE_IN_MONTH = 25
"""From that day of a month on, an invoice is made for the next one, or for its own where it is billed in arrears."""


@dataclass(frozen=True, slots=True)
class BilledLine:
    """`group` is what it is compared with: « service », « work », « hours », « penalty », or nothing. `net` in cents,
    `quantity` in thousandths, `price` in ten-thousandths of a euro; `days` are those of its service."""

    label: str
    group: str
    net: int
    quantity: int
    unit: str | None
    price: int | None
    days: Days


@dataclass(frozen=True, slots=True)
class Billed:
    """`supposed`: no period is written on it, and the contract's billing tells one. A credit note counts below zero
    in `sign`."""

    id: int
    number: str
    on: date
    sign: int
    corrects: int | None
    lines: tuple[BilledLine, ...]
    supposed: bool

    def of(self, group: str) -> list[BilledLine]:
        return [line for line in self.lines if line.group == group]

    def net(self, group: str) -> int:
        return self.sign * sum(line.net for line in self.of(group))

    @property
    def days(self) -> tuple[Days, ...]:
        """The days that its lines of service pay for, those that follow each other as one."""
        return joined_days(line.days for line in self.of("service"))


def joined_days(spans: Iterable[Days]) -> tuple[Days, ...]:
    made: list[Days] = []
    for first, last in sorted(spans):
        if made and first <= made[-1][1] + ONE_DAY:
            made[-1] = made[-1][0], max(made[-1][1], last)
        else:
            made.append((first, last))
    return tuple(made)


def read(session: Session, *which: ColumnElement[bool]) -> list[Billed]:
    """The invoices that conditions on Invoice choose, the oldest first: two statements for all of them."""
    heads = session.scalars(
        select(Invoice).where(Invoice.deleted_at.is_(None), *which).order_by(Invoice.invoiced_on, Invoice.id)
    ).all()
    kept: dict[int, list[InvoiceLine]] = defaultdict(list)
    chosen = select(Invoice.id).where(Invoice.deleted_at.is_(None), *which)
    for line in session.scalars(
        select(InvoiceLine)
        .where(InvoiceLine.deleted_at.is_(None), InvoiceLine.invoice_id.in_(chosen))
        .order_by(InvoiceLine.rank, InvoiceLine.id)
    ):
        kept[line.invoice_id].append(line)
    deal_of = cache(lambda contract_id: Deal(session, contract_id))
    return [_billed(head, kept[head.id], deal_of(head.contract_id) if head.contract_id else None) for head in heads]


def _billed(head: Invoice, lines: Sequence[InvoiceLine], deal: Deal | None) -> Billed:
    told = _days(head.period_start, head.period_end)
    usual = told or _supposed(head.invoiced_on, deal)
    model = deal.on(head.invoiced_on).price_model if deal else PriceModel.FLAT
    made = tuple(_line(line, model, usual) for line in lines)
    sign = -1 if head.kind == InvoiceKind.CREDIT else 1
    untold = any(
        one.group == "service" and _days(line.period_start, line.period_end) is None
        for one, line in zip(made, lines, strict=True)
    )
    supposed = told is None and deal is not None and untold
    return Billed(head.id, head.number, head.invoiced_on, sign, head.corrects_id, made, supposed)


def _days(first: date | None, last: date | None) -> Days | None:
    one = first or last
    return None if one is None else (one, last or one)


def _line(line: InvoiceLine, model: PriceModel, usual: Days) -> BilledLine:
    days = _days(line.period_start, line.period_end) or usual
    return BilledLine(
        line.label, _group(line, model), line.net, line.quantity, line.unit, line.unit_price, days
    )  # fmt: skip


def _group(line: InvoiceLine, model: PriceModel) -> str:
    """A line « du contrat » pays for hours or for acts where the contract has no fee."""
    if line.kind in SERVICE:
        return {PriceModel.HOUR_BANK: "hours", PriceModel.PER_ACT: "work"}.get(model, "service")
    return {LineKind.REPAIR: "work", LineKind.HOURS: "hours", LineKind.PENALTY: "penalty"}.get(line.kind, "")


def _supposed(on: date, deal: Deal | None) -> Days:
    """Billed in advance, the period of the invoice, or the next from the end of a month; in arrears, the last ended."""
    if deal is None:
        return on, on
    periods = deal.periods(on - timedelta(days=AROUND), on + timedelta(days=AROUND))
    shifted = on + timedelta(days=month_end(on).day - LATE_IN_MONTH + 1 if on.day >= LATE_IN_MONTH else 0)
    if deal.on(on).billing == Billing.ARREARS:
        return [days for days in periods if days[1] < shifted][-1]
    return next(days for days in periods if days[1] >= shifted)


def overlap(line: BilledLine, days: Days) -> int:
    """The part of an amount that falls on these days, in cents, by its months."""
    months = shares.months(*line.days)
    kept = shares.within(months, *days)
    return shares.rounded(line.net * shares.share(kept) / shares.share(months)) if kept else 0


def days_told(days: Days) -> str:
    """« juillet 2026 », « du 1er juillet au 30 septembre 2026 »."""
    whole = days[0].day == 1 and days[1] == month_end(days[0])
    return month_words(days[0]) if whole else days_words(*days)
