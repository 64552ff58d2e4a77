"""Period after period, what a contract foresees and what was billed for it (domain.md C.6). Cents HT."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.models import HourPurchase, Intervention, Invoice, PenaltyClaim
from app.models.codes import Charge
from app.models.contract_codes import Billing
from app.models.money_codes import InvoiceStatus
from app.rules import notice
from app.rules.price import PER_YEAR
from app.rules.shares import ONE_DAY
from app.services.billing import acts, billed, hours
from app.services.billing.acts import Act
from app.services.billing.billed import Billed
from app.services.billing.deal import Days, Deal
from app.services.billing.expected import act_line, apart_from_acts
from app.services.billing.lines import Line
from app.services.billing.overruns import Included, included
from app.services.billing.reasons import near

ROUNDING = 5
"""Lines of a period, each of which may be rounded its own way."""


class Standing(Code):
    """Where a period stands."""

    RIGHT = "right", "Conforme", "ok"
    MORE = "more", "Facturé en plus", "warn", True
    LESS = "less", "Reste à facturer", "info"
    NONE = "none", "Pas encore facturé", "hold"
    COMING = "coming", "À venir", "mute"
    NOTHING = "nothing", "Rien à facturer", "mute"
    UNKNOWN = "unknown", "Prix non écrit", "mute"


@dataclass(frozen=True, slots=True)
class Share:
    """What an invoice bills for a period, in cents HT; below zero for a credit note."""

    invoice_id: int
    number: str
    on: date
    status: InvoiceStatus
    cents: int


@dataclass(frozen=True, slots=True)
class Row:
    """One period. `expected` None when the contract says nothing of its price; `missing` tells what has no price."""

    days: Days
    expected: int | None
    billed: int
    standing: Standing
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    invoices: tuple[Share, ...]

    @property
    def gap(self) -> int | None:
        """Billed − expected; None while nothing is billed."""
        return None if self.expected is None or not self.invoices else self.billed - self.expected


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` newest first, each of so many `months`; `outside`: what its invoices bill that no contract foresees."""

    rows: tuple[Row, ...]
    months: int
    outside: int
    included: Included | None


def table(session: Session, contract_id: int, today: date, months: int | None = None) -> Table:
    """Since the contract began until the period under way, or the last one that an invoice bills, without those where
    there is nothing to bill. By its own periods of billing, or by so many `months`."""
    deal = Deal(session, contract_id)
    length = months or 12 // PER_YEAR[deal.on(today).fee_period.value]
    invoices = billed.read(session, Invoice.contract_id == contract_id)
    periods = _periods(deal, today, invoices, length)
    shares = _shares(invoices, periods, _statuses(session, contract_id))
    dues = _dues(deal, invoices, periods)
    billing = deal.on(today).billing
    rows = [_row(days, shares.get(days, []), dues[days], _is_due(days, billing, today)) for days in periods]
    outside = sum(one.net("") for one in invoices)
    told = [one for one in reversed(rows) if one.lines or one.invoices or one.missing]
    return Table(tuple(told), length, outside, included(deal, deal.periods(today, today)[0]))


def _periods(deal: Deal, today: date, invoices: Sequence[Billed], months: int) -> list[Days]:
    """Nothing of a project without any invoice. What is not a service counts on its first day only."""
    bounds = deal.force(today)
    lines = [line for one in invoices for line in one.lines if line.group]
    days = [day for line in lines for day in (line.days if line.group == "service" else line.days[:1])]
    if bounds is not None:
        days += [bounds[0], max(bounds[0], min(bounds[1], today))]
    return deal.periods(min(days), max(days), months) if days else []


def _statuses(session: Session, contract_id: int) -> dict[int, InvoiceStatus]:
    rows = session.execute(select(Invoice.id, Invoice.status).where(Invoice.contract_id == contract_id))
    return {row.id: row.status for row in rows}


def _shares(
    invoices: Sequence[Billed], periods: Sequence[Days], status: Mapping[int, InvoiceStatus]
) -> dict[Days, list[Share]]:
    """Services by the days that they are billed for, the rest on its first day."""
    found: dict[Days, list[Share]] = defaultdict(list)
    for one in invoices:
        cents: dict[Days, int] = defaultdict(int)
        for line in one.lines:
            if line.group == "service":
                for days in _touched(periods, line.days):
                    cents[days] += one.sign * billed.overlap(line, days)
            elif line.group:
                cents[_holding(periods, line.days[0])] += one.sign * line.net
        for days, net in cents.items():
            found[days].append(Share(one.id, one.number, one.on, status[one.id], net))
    return found


def _touched(periods: Sequence[Days], days: Days) -> Sequence[Days]:
    return [one for one in periods if one[0] <= days[1] and days[0] <= one[1]]


def _holding(periods: Sequence[Days], day: date) -> Days:
    """The period that holds a day; all the days of invoices are within one."""
    return periods[max(0, bisect_right(periods, day, key=lambda one: one[0]) - 1)]


@dataclass(slots=True)
class _Due:
    """What is due for a period; `known`: the contract says its price."""

    lines: list[Line]
    missing: list[str]
    known: bool


def _dues(deal: Deal, invoices: Sequence[Billed], periods: Sequence[Days]) -> dict[Days, _Due]:
    """What an invoice pays by name (interventions, hours, penalties) counts where it is billed; while none does, where
    it was done or bought."""
    places = {one.id: _holding(periods, _apart_day(one)) for one in invoices}
    paid_by = _purchases(deal)
    account = hours.account_of(deal, periods[-1][1] if periods else date.min)
    found = {days: _Due([], [], known=True) for days in periods}
    for days in periods:
        due = apart_from_acts(deal, *days, account)
        found[days].known = due.cents is not None
        found[days].missing += due.missing
        for line in due.lines:
            invoice = paid_by.get(line.record_id) if line.entity == "hour_purchase" else None
            found[places.get(invoice or 0, days)].lines.append(line)
    for act in _acts(deal, periods):
        place = found[places.get(act.invoice_id or 0) or _holding(periods, act.on)]
        told = act_line(act)
        if isinstance(told, str):
            place.missing.append(told)
        elif told.cents:
            place.lines.append(told)
    for claim in _claims(deal, places):
        found[places[claim.invoice_id or 0]].lines.append(_claim_line(claim))
    return found


def _apart_day(one: Billed) -> date:
    """The first day of what it bills apart from the service."""
    return min((line.days[0] for line in one.lines if line.group and line.group != "service"), default=one.on)


def _purchases(deal: Deal) -> dict[int, int | None]:
    """Each purchase of hours -> the invoice that bills it."""
    rows = deal.session.execute(
        select(HourPurchase.id, HourPurchase.invoice_id).where(HourPurchase.contract_id == deal.id)
    )
    return {row.id: row.invoice_id for row in rows}


def _acts(deal: Deal, periods: Sequence[Days]) -> list[Act]:
    if not periods:
        return []
    paid = Intervention.charge.in_((Charge.BILLABLE, Charge.COUNTED))
    return acts.of_contract(deal.session, deal.id, periods[0][0], periods[-1][1], paid)


def _claims(deal: Deal, places: Iterable[int]) -> Sequence[PenaltyClaim]:
    """The penalties that an invoice or a credit note settles."""
    return deal.session.scalars(
        select(PenaltyClaim).where(
            PenaltyClaim.contract_id == deal.id, PenaltyClaim.deleted_at.is_(None),
            PenaltyClaim.invoice_id.in_(list(places)),
        )
    ).all()  # fmt: skip


def _claim_line(claim: PenaltyClaim) -> Line:
    last = notice.add_months(claim.month, 1) - ONE_DAY
    return Line("penalty", "Pénalités", -claim.amount, "déduites", claim.month, last, "penalty_claim", claim.id)


def _row(days: Days, shares: Sequence[Share], due: _Due, is_due: bool) -> Row:
    expected = sum(line.cents for line in due.lines) if due.known or due.lines else None
    net = sum(one.cents for one in shares)
    standing = _standing(expected, net, bool(shares), is_due)
    return Row(days, expected, net, standing, tuple(due.lines), tuple(due.missing), tuple(shares))


def _is_due(days: Days, billing: Billing, today: date) -> bool:
    return today > days[1] if billing == Billing.ARREARS else today >= days[0]


def _standing(expected: int | None, net: int, some: bool, due: bool) -> Standing:
    if expected is None:
        return Standing.UNKNOWN
    if not some:
        return Standing.NOTHING if not expected else Standing.NONE if due else Standing.COMING
    if near(net, expected, ROUNDING):
        return Standing.RIGHT
    return Standing.MORE if net > expected else Standing.LESS
