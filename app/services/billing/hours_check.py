"""The hours that an invoice bills against those noted as bought (domain.md C.6)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import amount, duration
from app.models import HourPurchase
from app.rules import price
from app.services.billing import hours
from app.services.billing.billed import Billed
from app.services.billing.hours import Lot
from app.services.billing.reasons import Reason, Weight, near

UNKNOWN = "aucun achat n’est noté à cette date. Ajoutez-le à l’onglet «\u00a0Facturation\u00a0» du contrat."
AROUND = timedelta(days=62)
"""Between the purchase of hours and its invoice."""


def bought(session: Session, contract_id: int, invoice: Billed) -> tuple[int, list[Reason]]:
    """What the hours billed should cost, in cents HT, and what is to be said of it."""
    net = sum(line.net for line in invoice.of("hours"))
    linked = _linked(session, invoice)
    lots = [lot for lot in hours.ledger(session, contract_id, invoice.on + AROUND).lots if lot.price is not None]
    mine = [lot for lot in lots if (lot.entity, lot.record_id) in linked] or _near(session, invoice, lots, net)
    over = _over(session, contract_id, invoice)
    if over and near(net, over):
        return over, []
    if not mine:
        text = f"{amount(net)} d’heures facturées\u00a0: {UNKNOWN}"
        return 0, [Reason(Weight.DOUBT, text, net)]
    due = sum(lot.price or 0 for lot in mine)
    if near(net, due):
        return due, []
    told = f"{duration(sum(lot.minutes for lot in mine))} achetées pour {amount(due)}"
    return due, [Reason(Weight.DOUBT, f"Heures\u00a0: {amount(net)} facturés, {told}.", net - due)]


def _linked(session: Session, invoice: Billed) -> set[tuple[str, int]]:
    found = session.scalars(
        select(HourPurchase.id).where(HourPurchase.invoice_id == invoice.id, HourPurchase.deleted_at.is_(None))
    )
    return {("hour_purchase", one) for one in found}


def _near(session: Session, invoice: Billed, lots: list[Lot], net: int) -> list[Lot]:
    """The purchase of about that day that no invoice bills yet: of that very price first."""
    others = session.scalars(
        select(HourPurchase.id).where(HourPurchase.invoice_id.is_not(None), HourPurchase.deleted_at.is_(None))
    ).all()
    free = [
        lot
        for lot in lots
        if abs(lot.bought_on - invoice.on) <= AROUND
        and (lot.entity, lot.record_id) not in {("hour_purchase", one) for one in others}
    ]
    return sorted(free, key=lambda lot: (not near(net, lot.price or 0), abs(lot.bought_on - invoice.on)))[:1]


def _over(session: Session, contract_id: int, invoice: Billed) -> int:
    """What was worked beyond the hours bought and is paid apart, lately."""
    kept = hours.ledger(session, contract_id, invoice.on)
    recent = [one for one in kept.entries if one.over and invoice.on - AROUND <= one.on]
    return price.labour(sum(one.over for one in recent), kept.over_rate) if kept.over_rate else 0
