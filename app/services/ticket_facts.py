"""A ticket as papers tell it: its asset, its request, its promises kept or not, its waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.fields import formats, joined, lowered
from app.models import Person, Ticket
from app.models.codes import EventKind, WaitReason
from app.reports.identity import Pair
from app.reports.intervention_data import PromiseLine
from app.rules.worktime import Calendar, elapsed
from app.services.clock import Deadline, PromiseState, clock
from app.services.contracts import calendar_of, opening_day
from app.services.inventory_report import rows
from app.services.journal import acts, read_course

ASSET_LABELS = ("N° d’inventaire", "Désignation", "Modèle, série", "Site, local", "Utilisateur")
CONTACTS = {EventKind.TAKEN, EventKind.CONTACT, EventKind.ON_SITE}


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait, in working minutes of the contract; `end` None while it lasts."""

    reason: WaitReason
    start: datetime
    end: datetime | None
    minutes: int
    stops: bool


def calendar(session: Session, ticket: Ticket) -> Calendar:
    """The hours of its contract on the day of its opening."""
    return calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))


def asset(session: Session, asset_id: int | None) -> tuple[Pair, ...]:
    """The five facts of the asset, or that there is none."""
    row = rows.one(session, asset_id)
    if row is None:
        return ((ASSET_LABELS[0], "aucun bien désigné"),)
    line = rows.line(row)
    values = (
        line.number,
        line.name,
        " · ".join((line.model or "modèle inconnu", line.serial or "non relevé")),
        joined(row.site, line.room, by=", ") or formats.MISSING,
        line.holder or formats.MISSING,
    )
    return tuple(zip(ASSET_LABELS, values, strict=True))


def request(session: Session, ticket: Ticket) -> tuple[Pair, ...]:
    """Who asked, and for what."""
    asker = session.get(Person, ticket.requester_id) if ticket.requester_id else None
    name = joined(asker.first_name, asker.last_name) if asker else "inconnu"
    return (
        ("Demandeur", joined(name, asker.phone if asker else "", by=", ")),
        ("Nature", joined(lowered(ticket.kind.label), ticket.category or ticket.subject, by=" · ")),
    )


def first_contact(session: Session, ticket: Ticket) -> datetime | None:
    """When somebody first answered: taken, called back or come."""
    return min((one.at for one in acts(session, ticket.id) if one.kind in CONTACTS), default=None)


def promises(session: Session, ticket: Ticket, at: datetime) -> tuple[PromiseLine, ...]:
    """The three delays of the contract as they stand at that moment."""
    return tuple(_promise(deadline) for deadline in clock(session, ticket.id, at).deadlines)


def _promise(deadline: Deadline) -> PromiseLine:
    met = {PromiseState.MET: True, PromiseState.MISSED: False}.get(deadline.state)
    spare = deadline.left if met is not None else None
    return PromiseLine(deadline.target, deadline.due, deadline.actual, spare, met)


def waits(session: Session, ticket: Ticket, at: datetime) -> tuple[Waited, ...]:
    """Each wait of its journal, up to that moment."""
    hours = calendar(session, ticket)
    return tuple(
        Waited(
            WaitReason.of(wait.reason or ""), wait.start, wait.end,
            elapsed(hours, wait.start, min(wait.end or at, at)), wait.stops_clock,
        )
        for wait in read_course(session, ticket).waits
        if wait.start <= at
    )  # fmt: skip


def promises_note(session: Session, ticket: Ticket, at: datetime) -> str:
    """« P2, ouvert le 19/11/2026 09:30. Heures ouvrées, lun-ven 9 h-18 h. Déduit : attente d’accès 0 h 45. »."""
    base = clock(session, ticket.id, at).base
    told = [f"{ticket.priority.value}, ouvert le {formats.moment(ticket.opened_at)}.", f"{base}."]
    taken = [
        f"{lowered(one.reason.label)} {formats.duration(one.minutes)}"
        for one in waits(session, ticket, at)
        if one.stops
    ]
    if taken:
        told.append(f"Déduit\u00a0: {', '.join(taken)}.")
    return " ".join(told)
