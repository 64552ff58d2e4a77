"""The steps of a consultation: providers asked, offers received and noted, one of them chosen (domain.md C.12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import InvalidFields, Refused
from app.fields import clean_text
from app.models import Contract, Offer
from app.models.codes import ContractStatus
from app.models.contract_codes import ConsultationStatus, OfferStatus
from app.services import records
from app.services.consultation_view import comparison
from app.services.consultations import ALREADY_AWARDED, CONSULTATION, create_project, found, rows, still_open

OFFER, OFFER_PRICE, OFFER_NOTE = ENTITIES["offer"], ENTITIES["offer_price"], ENTITIES["offer_note"]
NO_REASON = "Écrivez pourquoi\u00a0: le motif est gardé, et imprimé dans le comparatif."
NOT_RECEIVED = "Écrivez quand l’offre a été reçue."


def send(session: Session, consultation_id: int, sent_on: date, answers_until: date | None) -> None:
    """The request left: offers are awaited. The providers not yet asked are as of that day."""
    asked = found(session, consultation_id)
    if not rows(session, Offer, consultation_id, Offer.id):
        raise Refused("Consultez d’abord au moins un prestataire (onglet «\u00a0Offres\u00a0»).")
    values = {"sent_on": sent_on, "answers_until": answers_until, "status": ConsultationStatus.OPEN}
    records.update(session, CONSULTATION, asked.id, values)
    for offer in rows(session, Offer, consultation_id, Offer.id):
        offer.invited_on = offer.invited_on or sent_on
    session.flush()


def compare(session: Session, consultation_id: int) -> None:
    """The offers are in: those who did not answer are set apart."""
    asked = found(session, consultation_id)
    asked.status = ConsultationStatus.COMPARING
    for offer in rows(session, Offer, consultation_id, Offer.id):
        if offer.status == OfferStatus.INVITED:
            offer.status = OfferStatus.DECLINED
    session.flush()


def drop(session: Session, consultation_id: int, reason: str) -> None:
    """No provider is chosen."""
    asked = found(session, consultation_id)
    if asked.status == ConsultationStatus.AWARDED:
        raise Refused(ALREADY_AWARDED)
    asked.decision_reason = _reason(reason)
    asked.status = ConsultationStatus.DROPPED
    session.flush()


def invite(session: Session, consultation_id: int, providers: Sequence[int], on: date | None) -> int:
    """One offer to come for each provider not yet asked; gives how many."""
    still_open(session, consultation_id)
    known = {offer.provider_id for offer in rows(session, Offer, consultation_id, Offer.id)}
    gone = {
        offer.provider_id: offer
        for offer in session.scalars(
            select(Offer).where(Offer.consultation_id == consultation_id, Offer.deleted_at.is_not(None))
        )
    }
    wanted = [one for one in providers if one not in known]
    for provider in wanted:
        if provider in gone:
            records.restore(session, OFFER, [gone[provider].id])
            continue
        given = {"consultation_id": consultation_id, "provider_id": provider, "invited_on": on}
        records.create(session, OFFER, given)
    return len(wanted)


def choose(session: Session, offer_id: int, reason: str, today: date) -> int:
    """Keep this offer: the others are set apart and its provider becomes that of the project, made if there is none.

    Gives the id of the contract.
    """
    offer = session.get_one(Offer, offer_id)
    asked = found(session, offer.consultation_id)
    if asked.status == ConsultationStatus.AWARDED:
        raise Refused(ALREADY_AWARDED)
    words = _reason(reason)
    standing = comparison(session, asked.id).standing(offer_id)
    if standing is not None and not standing.totals.priced:
        raise Refused(unpriced(standing.provider))
    contract = session.get_one(Contract, asked.contract_id or create_project(session, asked.id, today))
    if contract.status != ContractStatus.DRAFT:
        raise Refused(f"{contract.number} n’est plus un projet\u00a0: reliez d’abord un autre projet de contrat.")
    contract.provider_id = offer.provider_id
    contract.provider_reference = contract.provider_reference or offer.reference
    for other in rows(session, Offer, asked.id, Offer.id):
        if other.status == OfferStatus.RECEIVED:
            other.status = OfferStatus.REFUSED
    offer.status = OfferStatus.CHOSEN
    asked.chosen_offer_id, asked.decision_reason = offer.id, words
    asked.status = ConsultationStatus.AWARDED
    session.flush()
    return contract.id


def unpriced(provider: str) -> str:
    return f"L’offre de {provider} ne chiffre aucune ligne ferme de la grille\u00a0: elle ne peut pas être retenue."


def _reason(reason: str) -> str:
    words = clean_text(reason)
    if not words:
        raise InvalidFields({"text": NO_REASON})
    return words


# -- an offer as it is typed ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TypedOffer:
    """What the form of an offer holds: its own fields, (price in cents, remark) by line, (note in hundredths, evidence)
    by criterion."""

    values: Mapping[str, Any]
    prices: Mapping[int, tuple[int | None, str | None]]
    notes: Mapping[int, tuple[int | None, str | None]]


def save_offer(session: Session, offer_id: int, typed: TypedOffer) -> None:
    """Keep the whole offer. One that holds a price is received: the day is asked for, and its state follows."""
    offer = session.get_one(Offer, offer_id)
    still_open(session, offer.consultation_id)
    values = dict(typed.values)
    priced = any(price is not None for price, _ in typed.prices.values())
    if priced and not values.get("received_on"):
        raise InvalidFields({"received_on": NOT_RECEIVED})
    if values.get("received_on") and offer.status in {OfferStatus.INVITED, OfferStatus.DECLINED}:
        values["status"] = OfferStatus.RECEIVED
    if not values.get("received_on") and offer.status == OfferStatus.RECEIVED:
        values["status"] = OfferStatus.INVITED
    records.update(session, OFFER, offer_id, values)
    for line, (price, remark) in typed.prices.items():
        _put(session, OFFER_PRICE, ("offer_id", offer_id), ("line_id", line), {"price": price, "remark": remark})
    for one, (note, evidence) in typed.notes.items():
        _put(session, OFFER_NOTE, ("offer_id", offer_id), ("criterion_id", one), {"note": note, "evidence": evidence})


def _put(session: Session, entity: Entity, of: tuple[str, int], to: tuple[str, int], values: Mapping[str, Any]) -> None:
    """The one row of two records: written if it says something, changed if it is there."""
    own = entity.model.__table__
    kept = session.scalar(select(own.c.id).where(own.c[of[0]] == of[1], own.c[to[0]] == to[1]))
    if kept is not None:
        records.update(session, entity, kept, values)
    elif any(value is not None for value in values.values()):
        records.create(session, entity, {of[0]: of[1], to[0]: to[1], **values})
