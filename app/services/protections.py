"""What the Code de la consommation gives to this contract, told only where it applies (domain.md C.3)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import day_words
from app.models import Company, Contract
from app.models.contract_codes import ClientStatus
from app.rules import consumer, notice
from app.services.amendments import on_day
from app.services.contracts import terms_of


@dataclass(frozen=True, slots=True)
class Protection:
    """A right, in a title and what it means; `tone` is « info », or « warn » while it can be used."""

    title: str
    text: str
    tone: str


def protections(session: Session, contract_id: int, today: date) -> list[Protection]:
    contract = on_day(session, contract_id, today)
    return [one for one in (_withdrawal(session, contract, today), _reminder(contract, today)) if one is not None]


def _withdrawal(session: Session, contract: Contract, today: date) -> Protection | None:
    staff = session.scalar(select(Company.headcount).where(Company.deleted_at.is_(None)).limit(1))
    if contract.signed_on is None or not consumer.may_withdraw(staff, contract.signed_off_premises):
        return None
    until = consumer.withdrawal_until(contract.signed_on)
    if today > until:
        return None
    return Protection(
        f"Vous pouvez encore vous rétracter, jusqu’au {day_words(until)} inclus",
        "Vous avez cinq salariés au plus et avez signé hors des locaux du prestataire\u00a0: quatorze jours pour "
        "renoncer, sans motif ni frais, si ce contrat n’est pas votre métier (art. L221-3 et L221-18).",
        "warn",
    )


def _reminder(contract: Contract, today: date) -> Protection | None:
    """Of the period that runs: what the provider must have told, and what it opens if it did not."""
    if contract.client_status != ClientStatus.NON_PROFESSIONAL or contract.denounced_on is not None:
        return None
    terms = terms_of(contract)
    where = notice.standing(terms, today)
    if where.notice is None or where.state not in {"future", "running", "renewed"}:
        return None
    limit = where.notice.limit
    window = consumer.information_window(limit)
    between = f"entre le {day_words(window.opens)} et le {day_words(window.closes)}"
    if consumer.may_leave_freely(limit, None, today):
        return Protection(
            "Sans rappel écrit du prestataire, vous pouvez partir à tout moment",
            f"Il devait vous rappeler {between}, dans une lettre ou un courriel dédié, que vous pouviez refuser la "
            "reconduction. S’il ne l’a pas fait, vous mettez fin au contrat sans frais (art. L215-1 et L215-3).",
            "warn",
        )
    return Protection(
        f"Le prestataire doit vous écrire {between}",
        "Vous signez comme non-professionnel\u00a0: il doit vous rappeler que vous pouvez refuser la reconduction. "
        "Sans ce rappel, vous pourrez partir à tout moment après elle (art. L215-1 et L215-3).",
        "info",
    )
