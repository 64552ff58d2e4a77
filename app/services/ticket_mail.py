"""The e-mail of each stage of a ticket, written from what its journal tells: a draft, that the user reads and sends.

Opened to the provider, acknowledged to the requester, chased, waiting, restored, closed, a document awaited.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.tickets import TICKET
from app.fields import clean_line, joined, lowered
from app.models import Asset, Company, Contract, Person, Provider, ProviderContact
from app.models.codes import TicketStatus
from app.models.contract_codes import ContactRole
from app.services import attachments, mail, tickets
from app.services.attachments import Attached
from app.services.clock import clock
from app.services.journal import found
from app.services.ticket_mail_words import TEXTS, Case, Stage, late, names
from app.storage.lock import identity

HELP_ROLES = (ContactRole.DISPATCH, ContactRole.TECHNICIAN, ContactRole.TECHNICAL_LEAD)
"""Who is written to about a ticket, in this order, before the provider's own address."""
TO_PROVIDER = frozenset({Stage.OPENING, Stage.CHASE, Stage.DOCUMENT})
UNDER_WAY = (Stage.OPENING, Stage.RECEIPT, Stage.CHASE, Stage.WAITING)
AFTER = (Stage.RESTORED, Stage.CLOSING, Stage.DOCUMENT)
OFFERED: Mapping[TicketStatus, tuple[Stage, ...]] = {
    TicketStatus.OPEN: UNDER_WAY,
    TicketStatus.TAKEN: (Stage.CHASE, Stage.RECEIPT, Stage.WAITING, Stage.OPENING, Stage.DOCUMENT),
    TicketStatus.WAITING: (Stage.WAITING, Stage.CHASE, Stage.RECEIPT, Stage.OPENING, Stage.DOCUMENT),
    TicketStatus.RESOLVED: AFTER,
    TicketStatus.CLOSED: (Stage.CLOSING, Stage.DOCUMENT),
    TicketStatus.CANCELLED: (Stage.CLOSING,),
}
"""By the state of the ticket, the most likely first."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be read again; `to` is empty, and `missing` says why, where no address is known."""

    stage: Stage
    to: str
    missing: str
    subject: str
    body: str


def stages(session: Session, ticket_id: int, now: datetime) -> tuple[Stage, ...]:
    """What may be written now, the most likely first: a promise broken calls for a reminder."""
    ticket = found(session, ticket_id)
    offered = OFFERED[ticket.status]
    if Stage.CHASE in offered and late(clock(session, ticket_id, now).deadlines):
        return (Stage.CHASE, *(one for one in offered if one != Stage.CHASE))
    return offered


def write(session: Session, ticket_id: int, stage: Stage, now: datetime, who: str = "") -> Written:
    """The letter of that stage, by what the journal says at `now`, signed by `who`."""
    case = _case(session, ticket_id, now)
    to_provider = stage in TO_PROVIDER
    to = _of_provider(case) if to_provider else (case.requester.email or "" if case.requester else "")
    missing = "" if to else _missing(case, to_provider=to_provider)
    head, told = TEXTS[stage](case)
    ticket = case.ticket
    stop = "" if head.endswith("?") else "\u00a0:"
    subject = f"{ticket.number}, {head}{stop} {ticket.subject}"
    hello = joined("Bonjour", "" if to_provider else names(case.requester)) + ","
    body = "\n".join([hello, "", *told, "", "Cordialement,", *_signed(session, who), ""])
    return Written(stage, to, missing, subject, body)


def documents(session: Session, ticket_id: int) -> list[Attached]:
    """What may go with the letter: the documents and screenshots of the ticket."""
    return attachments.of_record(session, TICKET, ticket_id)


def eml(session: Session, to: str, subject: str, body: str, wanted: Sequence[int] = ()) -> bytes:
    """The draft as a file, with copies of these documents."""
    told = " ".join(subject.splitlines())
    return mail.draft(told, body, clean_line(to), [attachments.content(session, one) for one in wanted])


def note(session: Session, ticket_id: int, stage: Stage, to: str, at: datetime) -> None:
    """Keep in the journal that it was prepared: whether it left, only the mail program knows."""
    whom = f" à {clean_line(to)}" if to.strip() else ""
    tickets.note(session, ticket_id, at, f"Courriel préparé{whom}\u00a0: {lowered(stage.label)}.")


def _case(session: Session, ticket_id: int, now: datetime) -> Case:
    ticket = found(session, ticket_id)
    contract = session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    provider = session.get(Provider, contract.provider_id) if contract and contract.provider_id else None
    asset = session.get(Asset, ticket.asset_id) if ticket.asset_id else None
    requester = session.get(Person, ticket.requester_id) if ticket.requester_id else None
    return Case(session, ticket, asset, requester, contract, provider, clock(session, ticket_id, now).deadlines)


def _of_provider(case: Case) -> str:
    if case.provider is None:
        return ""
    rows = case.session.execute(
        select(ProviderContact.role, ProviderContact.email)
        .where(
            ProviderContact.provider_id == case.provider.id,
            ProviderContact.role.in_(HELP_ROLES),
            ProviderContact.email.is_not(None),
            ProviderContact.left_on.is_(None),
            ProviderContact.deleted_at.is_(None),
        )
        .order_by(ProviderContact.escalation.is_(None), ProviderContact.escalation, ProviderContact.id)
    ).all()
    first = sorted(rows, key=lambda row: HELP_ROLES.index(row.role))
    return first[0].email if first else case.provider.email or ""


def _missing(case: Case, *, to_provider: bool) -> str:
    if to_provider:
        if case.provider is None:
            return "Ce ticket est hors contrat\u00a0: écrivez l’adresse de qui va le traiter."
        return f"Aucune adresse d’assistance chez {case.provider.name}\u00a0: écrivez-la, ou complétez sa fiche."
    if case.requester is None:
        return "Ce ticket n’a pas de demandeur\u00a0: écrivez une adresse."
    return f"L’adresse de {names(case.requester)} n’est pas connue\u00a0: écrivez-la, ou complétez sa fiche."


def _signed(session: Session, who: str) -> list[str]:
    """The name told in the settings: that of a session of the machine signs nothing."""
    company = session.scalar(select(Company.name).where(Company.deleted_at.is_(None)).limit(1))
    return [one for one in ("" if who == identity() else who, company) if one]
