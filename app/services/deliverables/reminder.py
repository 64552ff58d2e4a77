"""A draft e-mail that asks a provider for what he owes; nothing leaves without the user."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import Refused
from app.fields import counted, day, joined
from app.models import Contract
from app.models.upkeep_codes import DeliveryState
from app.services import letter, mail
from app.services.deliverables.expected import Delivery

ONE_CONTRACT = "Choisissez les documents d’un seul contrat\u00a0: le courriel part à son prestataire."
NOTHING = "Choisissez des documents qui restent à recevoir."


def reminder(session: Session, chosen: Sequence[Delivery]) -> bytes:
    """RFC 5322 text, as `mail.draft` gives it. Refused when they are of several contracts, or all came."""
    wanted = [one for one in chosen if one.is_open]
    if not wanted:
        raise Refused(NOTHING)
    if len({one.contract_id for one in wanted}) > 1:
        raise Refused(ONE_CONTRACT)
    contract = session.get_one(Contract, wanted[0].contract_id)
    reference = joined(
        contract.number, contract.provider_reference and f"(votre référence {contract.provider_reference})"
    )
    them = "les" if len(wanted) > 1 else "le"
    body = "\n".join((
        "Bonjour,", "",
        f"Au titre du contrat {reference}, nous {_missing(wanted)}\u00a0:", "",
        *(_line(one) for one in wanted), "",
        f"Pouvez-vous nous {them} faire parvenir, ou nous dire quand nous {them} recevrons\u00a0?", "",
        "Cordialement,", "",
    ))  # fmt: skip
    subject = f"{counted(len(wanted), 'document')} à nous remettre, contrat {contract.number}"
    return mail.draft(subject, body, to=letter.address(session, contract.id))


def _missing(wanted: Sequence[Delivery]) -> str:
    """What is wrong with them, in one verb where all are in the same case."""
    refused = sum(one.state == DeliveryState.REFUSED for one in wanted)
    told = ("n’avons pas reçu", refused < len(wanted)), ("n’avons pas pu accepter", refused > 0)
    return joined(*(words for words, so in told if so), by=", ou ")


def _line(one: Delivery) -> str:
    """« - Rapport d’activité, octobre 2026 : dû le 16/11/2026, en retard »."""
    told = {
        DeliveryState.LATE: f"dû le {day(one.due_on)}, non reçu",
        DeliveryState.REFUSED: f"reçu le {day(one.received_on)}, à reprendre\u00a0: {one.reason}",
    }.get(one.state, f"attendu pour le {day(one.due_on)}")
    return f"- {one.title}\u00a0: {told}"
