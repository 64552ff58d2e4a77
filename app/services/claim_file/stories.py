"""Each ticket of a claim file from its first act, every act with the entry of the history that holds it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import MISSING, brief_moment, day, duration, joined, lowered, moment, number
from app.models import BreachNote, Intervention, Ticket
from app.reports.claim_data import Story
from app.reports.identity import Pair
from app.reports.table import Cells
from app.rules.worktime import elapsed
from app.services import ticket_facts
from app.services.claim_file.scope import Scope
from app.services.journal import found, journal
from app.storage.extract import Entry

Written = Mapping[tuple[str, int], Entry]
"""Table and id of a row -> the entry of the history that made it."""


def stories(session: Session, scope: Scope, written: Written) -> tuple[Story, ...]:
    return tuple(_story(session, one, scope.now, written) for one in scope.tickets)


def _story(session: Session, ticket_id: int, now: datetime, written: Written) -> Story:
    ticket = found(session, ticket_id)
    hours = ticket_facts.calendar(session, ticket)
    acts = [
        (
            moment(one.at),
            duration(elapsed(hours, ticket.opened_at, one.at)) if one.at >= ticket.opened_at else MISSING,
            joined(one.title, one.text, by="\u00a0: "),
            one.author or MISSING,
            inscribed(written.get(("ticket_event", one.id))),
        )
        for one in reversed(journal(session, ticket_id))
    ]
    return Story(
        title=f"{ticket.number}, {ticket.subject}",
        asset=ticket_facts.asset(session, ticket.asset_id),
        request=(*ticket_facts.request(session, ticket), ("Gravité", ticket.priority.label),
                 ("Suivi par", ticket.assignee or MISSING)),
        quote=ticket.description or "",
        promises=ticket_facts.promises(session, ticket, now),
        note=ticket_facts.promises_note(session, ticket, now),
        acts=tuple(acts),
        done=tuple(_interventions(session, ticket_id)),
        said=tuple(_said(session, ticket)),
    )  # fmt: skip


def inscribed(entry: Entry | None) -> str:
    """« n° 10 432, le 12/06 à 10:02 »."""
    if entry is None:
        return MISSING
    return f"n°\u00a0{number(entry.seq)}\n{moment(datetime.fromisoformat(entry.at))}"


def _interventions(session: Session, ticket_id: int) -> Iterator[Cells]:
    rows = session.scalars(
        select(Intervention)
        .where(Intervention.ticket_id == ticket_id, Intervention.deleted_at.is_(None))
        .order_by(Intervention.started_at, Intervention.id)
    )
    for one in rows:
        until = f", jusqu’au {brief_moment(one.ended_at, joint=' ')}" if one.ended_at else ""
        yield (
            one.number, f"{moment(one.started_at)}{until}", one.technician or MISSING,
            joined(one.diagnosis, one.work_done, by="\n") or MISSING,
        )  # fmt: skip


def _said(session: Session, ticket: Ticket) -> Iterator[Pair]:
    """An explanation that nobody gave is told as such: its absence is a fact too."""
    rows: Sequence[BreachNote] = session.scalars(
        select(BreachNote)
        .where(BreachNote.ticket_id == ticket.id, BreachNote.deleted_at.is_(None))
        .order_by(BreachNote.promise)
    ).all()
    if not rows and (ticket.take_met is False or ticket.restore_met is False):
        yield "Explication", "Aucune explication du prestataire n’est notée."
    for one in rows:
        named = lowered(one.promise.label)
        yield f"Cause, {named}", one.cause or "non établie"
        on = f" (le {day(one.explained_on)})" if one.explained_on else ""
        yield "Explication", f"{one.explanation}{on}" if one.explanation else "Aucune explication reçue."
        by = joined(one.decided_by, f"le {day(one.decided_on)}" if one.decided_on else "", by=", ")
        yield "Décision", joined(one.decision, by and f"({by})") if one.decision else "Aucune à ce jour."
