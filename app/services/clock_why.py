"""Why the clock of a ticket says what it says: the waits it knew, the facts that moved its date (look.md « Clock
panel », product.md « Tickets »)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.fields import brief_moment, day, duration, lowered
from app.models import Contract, Ticket, TicketEvent
from app.models.codes import EventKind, WaitReason
from app.rules.due_moves import Move, moves
from app.rules.worktime import Calendar, elapsed
from app.services import amendments
from app.services.contracts import calendar_of, levels_of, opening_day
from app.services.journal import acts, events_of, found, read_course


@dataclass(frozen=True, slots=True)
class WaitTold:
    """One wait; `end` is None while it lasts, `minutes` (working) are then counted to now."""

    reason: WaitReason
    start: datetime
    end: datetime | None
    minutes: int
    stops: bool
    author: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class MoveTold:
    """One line: « Attente de pièce, du 04/06 à 12:00 au 08/06 à 12:00 », then what it did and the date it gives."""

    title: str
    text: str
    due: datetime | None


def waits_of(session: Session, ticket_id: int, now: datetime) -> tuple[WaitTold, ...]:
    """Every wait of a ticket, newest first, those that stop no clock too."""
    ticket = found(session, ticket_id)
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    said = {(one.wait_reason, one.at): one for one in acts(session, ticket.id) if one.kind == EventKind.WAIT_STARTED}
    told = []
    for wait in read_course(session, ticket).waits:
        reason = WaitReason.of(wait.reason or "")
        one: TicketEvent | None = said.get((reason, wait.start))
        minutes = elapsed(calendar, wait.start, wait.end or now)
        author, text = (one.author, one.text) if one else (None, None)
        told.append(WaitTold(reason, wait.start, wait.end, minutes, wait.stops_clock, author, text))
    return tuple(told[::-1])


def moves_told(session: Session, ticket: Ticket, calendar: Calendar, now: datetime) -> tuple[MoveTold, ...]:
    """From the date given at the opening to the one of now; empty if nothing moved it, or nothing was promised."""
    on = opening_day(ticket.opened_at)
    levels = levels_of(session, ticket.contract_id, on)
    counted = moves(events_of(session, ticket), calendar, levels, now)
    told = [MoveTold(*_words(one), one.due) for one in counted]
    changed = [*_amended(session, ticket.contract_id or 0, on), *_covered(acts(session, ticket.id))] if counted else []
    return (*told[:1], *changed, *told[1:]) if len(told) + len(changed) > 1 else ()


def _words(one: Move) -> tuple[str, str]:
    promised = "rien n’est promis" if one.target is None else f"{duration(one.target)} ouvrées"
    match one.kind:
        case "opened":
            return f"À l’ouverture, en {one.value}", promised.capitalize()
        case "priority":
            return (
                f"Priorité portée à {one.value} le {brief_moment(one.at)}",
                f"{promised} depuis l’ouverture".capitalize(),
            )
        case "gap":
            return f"Rétabli le {brief_moment(one.at)}, puis rouvert", f"+ {_added(one)}"
    title = WaitReason.of(one.value or "").label
    if one.until is None:
        return f"{title} depuis le {brief_moment(one.at)}", f"{_added(one)} à ce jour, l’horloge est arrêtée"
    return f"{title}, du {brief_moment(one.at)} au {brief_moment(one.until)}", f"+ {_added(one)}"


def _added(one: Move) -> str:
    return f"{duration(one.minutes)} ouvrées"


def _amended(session: Session, contract_id: int, on: date) -> Iterator[MoveTold]:
    """The amendments in effect that day although they were signed later."""
    for one in amendments.in_effect(session, contract_id, on):
        if one.signed_on and one.signed_on > on:
            text = (
                f"Signé le {day(one.signed_on)}, en vigueur dès le {day(one.effective_on)}\u00a0: compté selon ses mots"
            )
            yield MoveTold(f"Avenant {one.number}", text, None)


def _covered(told: Sequence[TicketEvent]) -> Iterator[MoveTold]:
    for one in told:
        if one.kind == EventKind.COVER:
            title = f"Contrat changé pour {one.value}" if one.value else "Mis hors contrat"
            yield MoveTold(f"{title} le {brief_moment(one.at)}", "Tout est recompté depuis l’ouverture", None)


def terms_named(session: Session, ticket: Ticket) -> str:
    """« CT-2026-01 », « CT-2026-01, avenant AV-2026-02 »; empty out of contract."""
    if ticket.contract_id is None:
        return ""
    contract = session.get_one(Contract, ticket.contract_id)
    applied = amendments.in_effect(session, ticket.contract_id, opening_day(ticket.opened_at))
    return ", ".join([contract.number, *(f"avenant {one.number}" for one in applied)])


def why_stopped(session: Session, ticket: Ticket, reason: WaitReason, *, stops: bool) -> str:
    """The sentence beside a wait: whose word stops the clock, or lets it run (domain.md D.4)."""
    contract = terms_named(session, ticket)
    if reason == WaitReason.SUBCONTRACTOR:
        return "L’horloge continue\u00a0: le sous-traitant est l’affaire du prestataire."
    if reason == WaitReason.FORCE_MAJEURE:
        return "L’horloge s’arrête\u00a0: la force majeure suspend l’engagement (art. 1218 du Code civil)."
    if reason == WaitReason.PLANNED:
        return "L’horloge s’arrête\u00a0: vous avez choisi la date."
    if not contract:
        running = "L’horloge continue\u00a0: ce ticket est hors contrat."
        return running if not stops else "L’horloge s’arrête\u00a0: cette attente ne dépend pas du prestataire."
    if stops:
        return f"L’horloge s’arrête\u00a0: le contrat {contract} le prévoit."
    return f"L’horloge continue\u00a0: le contrat {contract} ne prévoit pas que l’{_named(reason)} l’arrête."


def _named(reason: WaitReason) -> str:
    return lowered(reason.label)
