"""The negotiation log of a consultation: price, quality, delay, guarantees (domain.md C.12, seed 001)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, amount, number
from app.models import Clause, NegotiationPoint, Offer, Provider
from app.models.contract_codes import NegotiationObject, PointState
from app.rules import offers
from app.services.consultations import rows


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of the negotiation log. `deviation` in percent, None without both amounts."""

    id: int
    subject: NegotiationObject
    provider: str
    point: str
    asked: str
    threshold: str
    offered: str
    obtained: str
    deviation: Decimal | None
    state: PointState
    decision: str
    noted_on: date | None
    clause: str


def negotiation(session: Session, consultation_id: int) -> list[PointRow]:
    """By object, then in the order they were noted."""
    kept = rows(session, NegotiationPoint, consultation_id, NegotiationPoint.noted_on)
    providers = _of_offers(session, consultation_id)
    clauses = _clauses(session, [one.clause_id for one in kept if one.clause_id])
    order = list(NegotiationObject)
    made = [
        PointRow(
            one.id, one.subject, providers.get(one.offer_id or 0, ""), one.point, _with(one.asked, one.asked_amount),
            one.threshold or "", one.offered or "", _with(one.obtained, one.obtained_amount),
            offers.deviation(one.asked_amount, one.obtained_amount), one.state, one.decision or "", one.noted_on,
            clauses.get(one.clause_id or 0, ""),
        )
        for one in kept
    ]  # fmt: skip
    return sorted(made, key=lambda one: order.index(one.subject))


def _of_offers(session: Session, consultation_id: int) -> dict[int, str]:
    statement = (
        select(Offer.id, Provider.name)
        .join(Provider, Provider.id == Offer.provider_id)
        .where(Offer.consultation_id == consultation_id)
    )
    return {row.id: row.name for row in session.execute(statement)}


def _clauses(session: Session, wanted: Sequence[int]) -> dict[int, str]:
    statement = select(Clause.id, Clause.title).where(Clause.id.in_(wanted))
    return {row.id: row.title for row in session.execute(statement)}


def _with(words: str | None, cents: int | None) -> str:
    """« par mois, 690,00 € »: the words, the amount, or both."""
    told = amount(cents) if cents is not None else ""
    return f"{words}, {told}" if words and told else words or told


def deviation_text(value: Decimal | None) -> str:
    """« +3,2 % »; « – » without amounts."""
    return (
        ("+" if value is not None and value > 0 else "") + number(value, 1) + (f"{NBSP}%" if value is not None else "")
    )
