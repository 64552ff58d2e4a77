"""A contract at 450 € a month, two tickets late in June and one in time, with a document and a provider to write to."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import BreachNote, Company, Contract, Provider
from app.models.judgement_codes import Promise
from app.services import attachments
from app.storage import Store
from tests.services.company import june, repair
from tests.services.penalties.make import agreed, late, penalty

JULY_2 = datetime(2026, 7, 2, 8, tzinfo=UTC)
MAIL = b"From: Lumeo\r\n\r\nNous arrivons.\r\n"


def lumeo(store: Store, **terms: Any) -> tuple[int, int]:
    """The contract, and the ticket that a mail and an explanation tell of."""
    with store.begin("Saisie") as session:
        contract, asset = agreed(session, **terms)
        session.add(Company(name="Ateliers Morvan", address="14 rue des Copeaux", city="Dijon", siren="123456782"))
        provider = session.get_one(Provider, session.get_one(Contract, contract).provider_id)
        provider.address, provider.postal_code, provider.city = "4 allée des Tests", "49300", "Cholet"
        penalty(session, contract)
    with store.begin("Tickets") as session:
        told = late(session, asset, "01", description="=HYPERLINK(1)")
        repair(session, told, "01 10:00", "01 16:00", 60)
        late(session, asset, "02", "P2", done="18:00")
        late(session, asset, "03", "P3", done="10:00")
    with store.begin("Pièces") as session:
        attachments.add(session, ENTITIES["ticket"], told, "courriel.eml", MAIL)
        session.add(BreachNote(ticket_id=told, promise=Promise.RESTORE, cause="Pièce oubliée", decision="Réclamer"))
    return contract, told


def number_of(session: Session, contract: int) -> str:
    return session.get_one(Contract, contract).number


def at(text: str) -> datetime:
    return june(text)
