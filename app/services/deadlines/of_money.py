"""The deadlines of money: invoices to pay, hours running out, penalties to claim (domain.md C.5 to C.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from app.fields import PARIS, amount, month_words
from app.models import Invoice
from app.models.codes import ContractStatus
from app.models.contract_codes import PriceModel
from app.models.deadline_codes import DeadlineKind as Kind
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.rules.notice import add_months
from app.rules.payment import month_end
from app.services.deadlines.asking import Ask, Deal
from app.services.deadlines.words import Deadline, mark
from app.services.invoices import columns
from app.services.remembered import remembered

CLAIMABLE = 12
"""Whole months before a contract was entered whose penalties may still be asked for."""
UNCHECKED = "Pas encore vérifiée\u00a0: comparez-la au contrat avant de la payer."
AGREED = "Bonne à payer."
COSTLY = "Le retard coûte 40\u00a0€ de frais, et des intérêts chaque jour (art. L441-10 C. com.)."
CLAIM = "Demandez-les par écrit tant que les faits sont frais, puis notez l’avoir."


def invoices(ask: Ask) -> Iterator[Deadline]:
    """Those neither paid nor in dispute, credit notes and what was paid before taken off (C.5)."""
    own = Invoice.__table__
    wanted = select(
        own.c.id, own.c.uuid, own.c.number, own.c.due_on, own.c.status, own.c.provider_id, own.c.contract_id,
        columns.left(own).label("left"),
    ).where(
        own.c.deleted_at.is_(None), own.c.kind == InvoiceKind.INVOICE, own.c.due_on.is_not(None),
        own.c.status.in_((InvoiceStatus.TO_CHECK, InvoiceStatus.APPROVED)),
    )  # fmt: skip
    for row in ask.session.execute(wanted.order_by(own.c.due_on, own.c.id)):
        if row.left > 0:
            agreed = row.status == InvoiceStatus.APPROVED
            told = AGREED if agreed else UNCHECKED
            why = f"{told} {COSTLY}" if ask.today > row.due_on else told
            provider = ask.provider(row.provider_id)
            title = f"Facture {row.number} de {provider} à payer\u00a0: {amount(row.left)}"
            contract = ask.numbers[row.contract_id][0] if row.contract_id else ""
            yield Deadline(
                Kind.INVOICE, mark(Kind.INVOICE, row.uuid, row.due_on), title, why, row.due_on, ask.lead(Kind.INVOICE),
                "invoice", row.id, provider=provider, contract=contract, reference=row.number, decided=agreed,
            )  # fmt: skip


def hours_used(ask: Ask) -> Iterator[Deadline]:
    """Of a bank of hours nearly or wholly used: a purchase begins it anew (C.6)."""
    for deal in ask.deals:
        if deal.contract.price_model == PriceModel.HOUR_BANK and deal.contract.status == ContractStatus.ACTIVE:
            yield from _bank(ask, deal)


def _bank(ask: Ask, deal: Deal) -> Iterator[Deadline]:
    contract = deal.contract
    key = ("hours", contract.id, ask.today)
    found = remembered(ask.session, key, lambda: _balance(ask, contract.id), hurried=ask.hurried)
    if found is not None:
        title = f"{contract.number}\u00a0: {found.alert[:1].lower()}{found.alert[1:]}"
        yield Deadline(
            Kind.HOURS, mark(Kind.HOURS, contract.uuid, found.bought, found.level), title, found.told,
            max(found.ends, ask.today), ask.lead(Kind.HOURS), "contract/billing", contract.id, found.used,
            deal.provider, contract.number, contract.number,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Balance:
    """Of hours running out: `bought` last that day, `used` last that other; those left end at `ends`."""

    level: str
    alert: str
    told: str
    bought: date
    used: date
    ends: date


def _balance(ask: Ask, contract_id: int) -> _Balance | None:
    from app.services.billing import hours  # noqa: PLC0415 - few companies buy hours

    found = hours.ledger(ask.session, contract_id, ask.today)
    used = [one.on for one in found.entries if one.kind == "use"]
    if found.alert == hours.HourAlert.NONE or not used:
        return None
    ends = min((lot.until for lot in found.lots if lot.left and lot.until), default=ask.today)
    bought = max(lot.bought_on for lot in found.lots)
    low = found.alert == hours.HourAlert.LOW
    alert = f"{found.percent}\u00a0% des heures utilisées" if low else found.alert.label
    return _Balance(found.alert.value, alert, " ".join(found.told), bought, used[-1], ends)


def penalties(ask: Ask) -> Iterator[Deadline]:
    """Each month whose delays missed cost something that nobody claimed nor gave up (C.7)."""
    first = add_months(ask.today.replace(day=1), -CLAIMABLE)
    deals = {deal.contract.id: deal for deal in ask.deals}
    since = {key: min(deal.recorded, first) for key, deal in deals.items()}
    key = ("penalties", ask.today, tuple(since.items()))
    known = remembered(ask.session, key, lambda: _to_claim(ask, since), hurried=ask.hurried)
    for contract_id, month, cents, how in known:
        deal = deals[contract_id]
        number, due = deal.contract.number, month_end(add_months(month, 1))
        told = f"Pénalités de {number} à réclamer pour {month_words(month)}\u00a0: {amount(cents)}"
        yield Deadline(
            Kind.PENALTY, mark(Kind.PENALTY, deal.contract.uuid, due), told, f"{how} {CLAIM}", due,
            ask.lead(Kind.PENALTY), "contract/billing", contract_id, None, deal.provider, number, number,
        )  # fmt: skip


def _to_claim(ask: Ask, since: Mapping[int, date]) -> list[tuple[int, date, int, str]]:
    """Contract, month, cents, and how they are counted."""
    from app.services.penalties import months, words  # noqa: PLC0415 - after the contracts, that it reads

    now = datetime.combine(ask.today, time(), PARIS)
    return [
        (one.contract_id, one.month, one.left, words.how(one))
        for one in months.over(ask.session, now, since)
        if one.state == months.MonthState.TO_CLAIM
    ]
