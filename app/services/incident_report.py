"""The account of an incident (domain.md A.5): what happened hour by hour, what was promised, why, what was done."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, day, duration, formats, joined, lowered, moment
from app.models import Contract, Intervention, Provider, Ticket
from app.models.upkeep_codes import Resolution
from app.reports.identity import Pair, Stamp
from app.reports.incident_data import ActionLine, BlankReport, DownLine, Fact, IncidentReport, WaitLine
from app.reports.intervention_data import PromiseLine
from app.rules.worktime import Calendar, elapsed
from app.services import ticket_facts, ticket_links
from app.services.clock import clock
from app.services.company_card import company_card
from app.services.journal import found, journal, read_course

MINUTE = 60


def incident_report(session: Session, ticket_id: int, stamp: Stamp) -> IncidentReport:
    """As its journal tells it at the moment of the stamp."""
    ticket = found(session, ticket_id)
    at = stamp.data_at
    if at is None:
        raise NotFound("Ce ticket n’existe plus.")
    hours = ticket_facts.calendar(session, ticket)
    promises = ticket_facts.promises(session, ticket, at)
    downs = tuple(_downs(session, ticket, hours, at))
    done = _interventions(session, ticket_id)
    return IncidentReport(
        company=company_card(session),
        stamp=stamp,
        code=f"PCM:T:{ticket.number}".upper(),
        priority=ticket.priority.label,
        issued_on=day(at.astimezone(PARIS).date()),
        subtitle=_subtitle(session, ticket),
        headline=_headline(ticket, promises[2], at),
        promises=promises,
        promises_note=ticket_facts.promises_note(session, ticket, at),
        asset=ticket_facts.asset(session, ticket.asset_id),
        request=(*ticket_facts.request(session, ticket), *_gravity(ticket)),
        quote=ticket.description or ticket.subject,
        downs=downs,
        down_note=_down_note(downs),
        facts=tuple(_facts(session, ticket, hours, at)),
        hours=clock(session, ticket_id, at).base,
        waits=tuple(
            WaitLine(one.reason.label, one.start, one.end, one.minutes, one.stops)
            for one in ticket_facts.waits(session, ticket, at)
        ),
        causes=tuple(dict.fromkeys(one.diagnosis for one in done if one.diagnosis)),
        related=tuple(
            (one.title, f"{one.number} {one.subject} ({lowered(one.status.label)})")
            for one in ticket_links.of_ticket(session, ticket_id)
        ),
        actions=tuple(_actions(done)),
    )


def _subtitle(session: Session, ticket: Ticket) -> str:
    contract = session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    provider = session.get(Provider, contract.provider_id) if contract else None
    under = f"contrat {contract.number}, {provider.name}" if contract and provider else "hors contrat"
    return f"{ticket.subject} · {under}"


def _gravity(ticket: Ticket) -> tuple[Pair, ...]:
    gravity = f"{ticket.priority.label} · {lowered(ticket.impact.label)} × {lowered(ticket.urgency.label)}"
    again = (("Rouvert", f"{ticket.reopenings}\u00a0fois"),) if ticket.reopenings else ()
    return (("Gravité", gravity), ("Suivi par", ticket.assignee or formats.MISSING), *again)


def _headline(ticket: Ticket, restore: PromiseLine, at: datetime) -> tuple[str, str]:
    """« Rétabli en 5 h 00 », « Le contrat promettait 4 h 00 : dépassé de 1 h 00. »."""
    if ticket.resolved_at is None or ticket.resolved_at > at:
        due = f"Rétablissement dû le {moment(restore.due)}." if restore.due else "Aucun délai de rétablissement promis."
        return f"{ticket.status.label}", joined(due, _around(ticket))
    words = f"Rétabli en {duration(ticket.net_minutes)}"
    if restore.promised is None or restore.spare is None:
        return words, joined("Aucun délai de rétablissement n’était promis.", _around(ticket))
    gap = duration(abs(restore.spare))
    how = f"tenu, avec {gap} d’avance" if restore.met else f"dépassé de {gap}"
    return words, joined(f"Le contrat promettait {duration(restore.promised)}\u00a0: {how}.", _around(ticket))


def _around(ticket: Ticket) -> str:
    if ticket.resolution != Resolution.WORKAROUND:
        return ""
    after = (
        f", solution définitive le {moment(ticket.final_at)}" if ticket.final_at else ", solution définitive à venir"
    )
    return f"Par un contournement{after}."


def _downs(session: Session, ticket: Ticket, hours: Calendar, at: datetime) -> Iterator[DownLine]:
    for start, end in read_course(session, ticket).downs:
        last = min(end or at, at)
        if start <= last:
            yield DownLine(start, end, elapsed(hours, start, last), int((last - start).total_seconds()) // MINUTE)


def _down_note(downs: tuple[DownLine, ...]) -> str:
    if not downs:
        return "Aucun arrêt du bien n’a été noté."
    return f"Au total {duration(sum(one.worked for one in downs))} d’heures ouvrées, attentes comprises."


def _facts(session: Session, ticket: Ticket, hours: Calendar, at: datetime) -> Iterator[Fact]:
    """The journal, from its first act."""
    for one in reversed(journal(session, ticket.id)):
        if one.at <= at:
            worked = elapsed(hours, ticket.opened_at, one.at) if one.at >= ticket.opened_at else None
            yield Fact(one.at, worked, one.title, one.author or "", one.text or "")


def _interventions(session: Session, ticket_id: int) -> list[Intervention]:
    return list(
        session.scalars(
            select(Intervention)
            .where(Intervention.ticket_id == ticket_id, Intervention.deleted_at.is_(None))
            .order_by(Intervention.started_at, Intervention.id)
        )
    )


def _actions(done: list[Intervention]) -> Iterator[ActionLine]:
    for one in done:
        if one.work_done:
            on = day(one.started_at.astimezone(PARIS).date())
            yield ActionLine(f"{one.work_done} ({one.number})", one.technician or "", on, "faite")
    for one in done[-1:]:
        if one.remaining_work:
            yield ActionLine(f"{one.remaining_work} ({one.number})", "", "", "à faire")


def blank_report(session: Session, stamp: Stamp) -> BlankReport:
    return BlankReport(company_card(session), stamp)
