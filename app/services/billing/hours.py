"""The account of the hours bought in advance under a contract (domain.md C.6). Minutes, and cents HT."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.fields import amount, day, duration
from app.models import Contract, HourPurchase, Intervention
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.rules import hour_bank, notice, price
from app.rules.hour_bank import Account, Move
from app.rules.notice import Period
from app.services.billing import acts
from app.services.billing.acts import Act
from app.services.billing.deal import Deal
from app.services.contracts import terms_of


class HourAlert(Code):
    """How much of the hours in hand is used (domain.md C.6)."""

    NONE = "none", "Heures en réserve", "ok"
    LOW = "low", "80\u00a0% des heures utilisées", "warn", True
    EMPTY = "empty", "Toutes les heures sont utilisées", "bad", True
    OVER = "over", "Solde négatif", "bad", True


@dataclass(frozen=True, slots=True)
class Lot:
    """Hours of one purchase, that day: minutes = used + expired + left. `price` None when nobody wrote it;
    `left_cents` is the part of the price not used yet (domain.md E.5). `until` None: without limit."""

    bought_on: date
    label: str
    minutes: int
    price: int | None
    until: date | None
    used: int
    expired: int
    left: int
    left_cents: int | None
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement, signed; `balance` is what was left after it, below zero when more was used than bought. `over`
    minutes of it are beyond the hours and paid apart, so taken from none."""

    on: date
    kind: Literal["purchase", "use", "expiry"]
    label: str
    minutes: int
    balance: int
    over: int
    how: str
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """`entries` in the order of time. `percent` is the share of the hours valid today that is used, None without any.
    `over` minutes were worked beyond them and are paid apart at `over_rate` an hour, for `over_cents` in all; None when
    the contract forbids it or says no rate: they then make the balance negative, until the next purchase. `told` says
    in French what follows. `unknown` uses have no duration yet."""

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    bought: int
    used: int
    expired: int
    balance: int
    percent: int | None
    alert: HourAlert
    over: int
    over_rate: int | None
    over_cents: int | None
    unknown: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bought:
    lot: hour_bank.Lot
    label: str
    price: int | None
    entity: str
    record_id: int


def ledger(session: Session, contract_id: int, today: date) -> Ledger:
    """Purchases, uses and expiries until today, included; empty for a contract without hours bought."""
    return account_of(Deal(session, contract_id), today)


def account_of(deal: Deal, today: date) -> Ledger:
    """The same, of a contract already read."""
    terms = deal.on(today)
    bought = [*_of_contract(deal, today), *_purchases(deal.session, deal.id, today)]
    uses = _uses(deal.session, deal.id, today) if bought else []
    told = [(use.on, use.counted) for use in uses if use.counted is not None]
    rate = terms.hourly_rate if terms.overrun_allowed else None
    account = hour_bank.account([one.lot for one in bought], told, today, paid_apart=rate is not None)
    timed = [use for use in uses if use.counted is not None]
    made = replace(_ledger(account, bought, timed, today, rate), unknown=len(uses) - len(timed))
    return replace(made, told=tuple(_told(made, terms, today)))


def _of_contract(deal: Deal, today: date) -> Iterator[_Bought]:
    """The hours of the first period, then as many again at each renewal: it has the same content (art. 1215)."""
    bounds = deal.force(today)
    if bounds is None:
        return
    last = min(bounds[1], today)
    for period in takewhile(lambda one: one.starts <= last, notice.periods(terms_of(deal.on(today)))):
        then = deal.on(period.starts)
        if then.price_model == PriceModel.HOUR_BANK and then.hours_bought and period.ends:
            yield _of_period(then, period, bounds[1])


def _of_period(then: Contract, period: Period, contract_ends: date) -> _Bought:
    months = then.initial_months
    lasts = (then.renewal_months if period.index else months) or months
    minutes = price.over(then.hours_bought or 0, lasts, months)
    cents = None if then.hours_price is None else price.over(then.hours_price, lasts, months)
    label = f"Reconduction du {day(period.starts)}" if period.index else "Heures du contrat"
    lot = hour_bank.Lot(period.starts, _until(then, period, contract_ends), minutes)
    return _Bought(lot, label, cents, "contract", then.id)


def _until(then: Contract, period: Period, contract_ends: date) -> date | None:
    """What is carried over lasts as long as the contract; the rest until the day told, else the period's last."""
    if then.hours_carried_over:
        return contract_ends if contract_ends.year < date.max.year else None
    told = then.hours_until
    return told if told and told >= period.starts else period.ends


def _purchases(session: Session, contract_id: int, today: date) -> list[_Bought]:
    rows = session.scalars(
        select(HourPurchase)
        .where(
            HourPurchase.contract_id == contract_id, HourPurchase.deleted_at.is_(None), HourPurchase.bought_on <= today
        )
        .order_by(HourPurchase.bought_on, HourPurchase.id)
    )
    return [
        _Bought(
            hour_bank.Lot(one.bought_on, one.valid_until, one.minutes), one.label or "Achat d’heures", one.price,
            "hour_purchase", one.id,
        )
        for one in rows
    ]  # fmt: skip


def _uses(session: Session, contract_id: int, today: date) -> list[Act]:
    """Interventions whose time is taken from the hours."""
    return acts.of_contract(session, contract_id, date(1900, 1, 1), today, Intervention.charge == Charge.COUNTED)


def _ledger(account: Account, bought: Sequence[_Bought], uses: Sequence[Act], today: date, rate: int | None) -> Ledger:
    lots = tuple(_lot(one, kept) for one, kept in zip(bought, account.lots, strict=True))
    percent = hour_bank.percent_used(account.lots, today)
    return Ledger(
        entries=tuple(_entry(move, bought, uses) for move in account.moves),
        lots=lots,
        bought=sum(lot.minutes for lot in lots),
        used=sum(lot.used for lot in lots) + account.debt,
        expired=sum(lot.expired for lot in lots),
        balance=account.balance,
        percent=percent,
        alert=_alert(account, percent),
        over=account.over,
        over_rate=rate,
        over_cents=None if rate is None else price.labour(account.over, rate),
        unknown=0,
        told=(),
    )


def _lot(one: _Bought, kept: hour_bank.Lot) -> Lot:
    left_cents = price.over(one.price, kept.left, kept.minutes) if one.price is not None and kept.minutes else None
    return Lot(
        kept.bought, one.label, kept.minutes, one.price, kept.until, kept.used, kept.expired, kept.left, left_cents,
        one.entity, one.record_id,
    )  # fmt: skip


def _entry(move: Move, bought: Sequence[_Bought], uses: Sequence[Act]) -> Entry:
    if move.kind == "use":
        use = uses[move.index]
        beyond = f", dont {duration(move.over)} au-delà" if move.over else ""
        words, of = (f"{use.number}, {use.subject}", use.how + beyond), ("intervention", use.intervention_id)
    else:
        lot = bought[move.index]
        words, of = (lot.label, _bought_how(lot)), (lot.entity, lot.record_id)
        if move.kind == "expiry":
            words = f"Heures perdues, {lot.label.lower()}", f"Elles valaient jusqu’au {day(lot.lot.until)}."
    return Entry(move.on, move.kind, words[0], move.minutes, move.balance, move.over, words[1], *of)


def _bought_how(one: _Bought) -> str:
    until = f"jusqu’au {day(one.lot.until)}" if one.lot.until else "sans limite"
    return f"{amount(one.price)}, {until}" if one.price is not None else until


def _alert(account: Account, percent: int | None) -> HourAlert:
    if account.debt:
        return HourAlert.OVER
    if percent is None or percent < hour_bank.LOW:
        return HourAlert.NONE
    return HourAlert.EMPTY if percent >= hour_bank.ALL else HourAlert.LOW


def _told(made: Ledger, terms: Contract, today: date) -> Iterator[str]:
    if made.balance < 0 and terms.overrun_allowed:
        yield f"{duration(-made.balance)} au-delà des heures achetées\u00a0: le prochain achat les reprendra."
    elif made.balance < 0:
        yield f"{duration(-made.balance)} au-delà des heures achetées, que le contrat ne permet pas de dépasser."
    if made.over:
        yield f"{duration(made.over)} au-delà des heures achetées, payées à part\u00a0: {amount(made.over_cents)} HT."
    if made.unknown:
        yield "Des interventions à décompter n’ont pas encore de durée."
    ends = sorted((lot.until, lot.left) for lot in made.lots if lot.left and lot.until and lot.until >= today)
    if ends:
        yield f"{duration(ends[0][1])} à utiliser d’ici le {day(ends[0][0])}\u00a0: après, ces heures sont perdues."
