"""A provider, its contract and the reference month (domain.md B.3), to be noted."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contract, Evaluation, Intervention, Invoice, Provider
from app.models.money_codes import InvoiceKind
from app.models.upkeep_codes import EvaluationState
from app.services.scorecards import cards, view
from app.services.scorecards.view import Card, CriterionRow
from app.services.spans import Period
from tests.services.company import add_contract, reference_month

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def june_card(session: Session) -> int:
    """The card of the provider of the reference month."""
    reference_month(session)
    return cards.ensure(session, session.scalars(select(Provider.id)).one(), JUNE, TODAY)


def second_contract(session: Session, **values: Any) -> int:
    """Another contract of the same provider."""
    provider = session.scalars(select(Provider.id).order_by(Provider.id)).first()
    made = add_contract(session, number="CT-2026-02", subject="Serveurs", **values)
    session.get_one(Contract, made).provider_id = provider
    session.flush()
    return made


def told(session: Session, card_id: int) -> Card:
    return view.card(session, card_id, NOW)


def row(card: Card, key: str, at: int = 0) -> CriterionRow:
    return next(one for one in card.prestations[at].rows if one.criterion.key == key)


def said(card: Card, key: str, at: int = 0) -> str:
    """Its facts, with plain spaces."""
    return row(card, key, at).facts.replace("\u00a0", " ")


def noted_forms(session: Session, *notes: int, on: date = date(2026, 6, 20)) -> None:
    """Forms that came back with these notes, of the first intervention."""
    done = session.scalars(select(Intervention.id).order_by(Intervention.id)).first()
    for rank, note in enumerate(notes, 1):
        told = {"intervention_id": done, "state": EvaluationState.RECEIVED, "received_on": on, "answered": 9}
        session.add(Evaluation(number=f"EV-{on:%Y%m}-{rank}", note=note, **told))
    session.flush()


def invoice(session: Session, number: str, **values: Any) -> int:
    contract = session.scalars(select(Contract).order_by(Contract.id)).first()
    assert contract is not None
    usual = {"kind": InvoiceKind.INVOICE, "contract_id": contract.id, "invoiced_on": date(2026, 6, 2), "net": 45_000}
    made = Invoice(number=number, provider_id=contract.provider_id, **(usual | values))
    session.add(made)
    session.flush()
    return made.id
