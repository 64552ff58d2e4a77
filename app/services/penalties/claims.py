"""Claiming the penalties of a month, and what becomes of it: obtained, or given up (domain.md C.7)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.invoices import PENALTY_CLAIM
from app.errors import InvalidFields, NotFound, Refused
from app.fields import amount, day, month_words
from app.models import Contract, Invoice, PenaltyClaim
from app.models.money_codes import ClaimState, InvoiceKind
from app.services import records
from app.services.penalties.months import Month, is_over, of_contract

NOT_OVER = "Ce mois n’est pas fini\u00a0: ses retards et son plafond se comptent sur le mois entier."
NOTHING_LEFT = "Il ne reste rien à réclamer pour ce mois."
OTHER_PROVIDER = "Cette facture est d’un autre prestataire."


def month_of(session: Session, contract_id: int, month: date, now: datetime) -> Month:
    wanted = month.replace(day=1)
    found = next((one for one in of_contract(session, contract_id, now) if one.month == wanted), None)
    if found is None:
        raise Refused(NOTHING_LEFT)
    return found


def claim(  # noqa: PLR0917 - what the act asks
    session: Session, contract_id: int, month: date, cents: int, on: date, notes: str | None, now: datetime
) -> int:
    """Note that these penalties were asked for: at most what is left of that month. Gives the claim."""
    return _make(session, contract_id, month, now, amount=cents, claimed_on=on, notes=notes)


def give_up(session: Session, contract_id: int, month: date, on: date, notes: str | None, now: datetime) -> int:  # noqa: PLR0917
    """Note that the penalties of that month will not be asked for; they leave what is to be claimed."""
    left = month_of(session, contract_id, month, now).left
    told = {"claimed_on": on, "settled_on": on, "state": ClaimState.WAIVED, "notes": notes}
    return _make(session, contract_id, month, now, amount=left, **told)


def _make(session: Session, contract_id: int, month: date, now: datetime, **values: object) -> int:
    if not is_over(month, now):
        raise Refused(NOT_OVER)
    left = month_of(session, contract_id, month, now).left
    cents = values["amount"]
    if not left:
        raise Refused(NOTHING_LEFT)
    if not isinstance(cents, int) or not 0 < cents <= left:
        raise InvalidFields({"amount": f"Réclamez au plus {amount(left)}, ce qui reste dû pour {month_words(month)}."})
    return records.create(session, PENALTY_CLAIM, {"contract_id": contract_id, "month": month.replace(day=1), **values})


def obtain(session: Session, claim_id: int, on: date, invoice_id: int | None, notes: str | None) -> None:
    """The credit note came, or it was taken off an invoice."""
    kept = _claim(session, claim_id, ClaimState.CLAIMED, ClaimState.WAIVED)
    if on < kept.claimed_on:
        raise InvalidFields({"settled_on": f"Réclamée le {day(kept.claimed_on)}\u00a0: écrivez un jour d’après."})
    invoice = session.get(Invoice, invoice_id) if invoice_id else None
    if invoice is not None and invoice.provider_id != _provider(session, kept.contract_id):
        raise InvalidFields({"invoice_id": OTHER_PROVIDER})
    told = {"state": ClaimState.OBTAINED, "settled_on": on, "invoice_id": invoice_id, "notes": notes}
    records.update(session, PENALTY_CLAIM, claim_id, told)


def abandon(session: Session, claim_id: int, on: date, notes: str | None) -> None:
    """Asked for, and given up since."""
    _claim(session, claim_id, ClaimState.CLAIMED)
    records.update(session, PENALTY_CLAIM, claim_id, {"state": ClaimState.WAIVED, "settled_on": on, "notes": notes})


def reopen(session: Session, claim_id: int) -> None:
    """Claimed still, after all."""
    _claim(session, claim_id, ClaimState.OBTAINED, ClaimState.WAIVED)
    told = {"state": ClaimState.CLAIMED, "settled_on": None, "invoice_id": None}
    records.update(session, PENALTY_CLAIM, claim_id, told)


def credit_note(session: Session, claim_id: int) -> int | None:
    """The likely answer to a claim: the last credit note of its provider since, that answers no other claim."""
    kept = _claim(session, claim_id, *ClaimState)
    taken = select(PenaltyClaim.invoice_id).where(
        PenaltyClaim.invoice_id.is_not(None), PenaltyClaim.deleted_at.is_(None)
    )
    wanted = select(Invoice.id).where(
        Invoice.kind == InvoiceKind.CREDIT, Invoice.deleted_at.is_(None), Invoice.id.not_in(taken),
        Invoice.provider_id == _provider(session, kept.contract_id), Invoice.invoiced_on >= kept.claimed_on,
    )  # fmt: skip
    return session.scalar(wanted.order_by(Invoice.invoiced_on.desc(), Invoice.id.desc()).limit(1))


def _claim(session: Session, claim_id: int, *allowed: ClaimState) -> PenaltyClaim:
    kept = session.get(PenaltyClaim, claim_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Cette réclamation n’existe plus.")
    if kept.state not in allowed:
        raise Refused(f"Cette pénalité est déjà dans l’état «\u00a0{kept.state.label}\u00a0».")
    return kept


def _provider(session: Session, contract_id: int) -> int | None:
    return session.scalar(select(Contract.provider_id).where(Contract.id == contract_id))
