"""What the intervention sheet is made of, gathered by a few statements, as frozen plain data (architecture.md 8)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, formats, joined, lowered
from app.models import Contract, Intervention, Loaner, MaintenanceTask, Part, Ticket
from app.models import Visit as PlannedVisit
from app.reports.identity import Pair, Stamp
from app.reports.intervention_data import BlankSheet, CheckLine, FittedPart, InterventionSheet, Visit
from app.services import ticket_facts
from app.services.company_card import company_card
from app.services.interventions import kept, minutes_between
from app.services.planning import checklist

PEOPLE = ";"
"""What parts the technicians of one intervention."""


def intervention_sheet(session: Session, intervention_id: int, stamp: Stamp) -> InterventionSheet:
    """The sheet of one intervention, its delays as the ticket's clock judges them at the moment of the stamp."""
    done = kept(session, intervention_id)
    if stamp.data_at is None:
        raise NotFound("Cette intervention n’existe plus.")
    ticket = session.get(Ticket, done.ticket_id) if done.ticket_id else None
    visit = session.get(PlannedVisit, done.visit_id) if done.visit_id else None
    of = ticket or visit
    if of is None:
        raise NotFound("Cette intervention ne tient à aucun ticket ni à aucune visite.")
    about = ("Ticket" if ticket else "Visite", of.number)
    return InterventionSheet(
        company=company_card(session),
        stamp=stamp,
        code=f"PCM:I:{done.number}".upper(),
        about=about,
        issued_on=formats.day(stamp.data_at.astimezone(PARIS).date()),
        subtitle=_subtitle(session, done, about, of.contract_id),
        promises=ticket_facts.promises(session, ticket, stamp.data_at) if ticket else (),
        promises_note=ticket_facts.promises_note(session, ticket, stamp.data_at) if ticket else "",
        planned=_planned(session, visit) if visit and not ticket else (),
        asset=ticket_facts.asset(session, of.asset_id),
        request=_request(session, ticket, visit, done),
        quote=ticket.description or ticket.subject if ticket else "",
        diagnosis=done.diagnosis or "",
        work_done=done.work_done or "",
        points=_points(session, visit),
        visits=tuple(_visits(done)),
        parts=_parts(session, done.id),
        loans=_loans(session, ticket, stamp.data_at),
        charge=lowered(done.charge.label),
        checks=(done.tested, done.data_intact, done.backed_up, done.solved),
        remaining=done.remaining_work or "",
    )


def _subtitle(session: Session, done: Intervention, about: Pair, contract_id: int | None) -> str:
    contract = session.get(Contract, contract_id) if contract_id else None
    under = f"contrat {contract.number}" if contract else "hors contrat"
    what = f"{done.maintenance_type.label}, {lowered(done.kind.label)}"
    return f"{what} · {lowered(about[0])} {about[1]} · {under}"


def _request(
    session: Session, ticket: Ticket | None, visit: PlannedVisit | None, done: Intervention
) -> tuple[Pair, ...]:
    level = f"niveau {done.level}" if done.level else "niveau non relevé"
    kind = ("Type, niveau", f"{lowered(done.maintenance_type.label)} · {level}")
    if ticket is not None:
        contact = ticket_facts.first_contact(session, ticket)
        return (*ticket_facts.request(session, ticket), kind, ("Premier contact", formats.moment(contact)))
    what = visit.label if visit else formats.MISSING
    return (("Demandeur", "planning de maintenance"), ("Nature", what), kind)


def _planned(session: Session, visit: PlannedVisit) -> tuple[Pair, ...]:
    """Of a planned visit: what was due, and when."""
    task = session.get(MaintenanceTask, visit.task_id) if visit.task_id else None
    result = lowered(visit.result.label) if visit.result else formats.MISSING
    return (
        ("Tâche", f"{task.number} {task.label}" if task else "hors programme"),
        ("Due le", formats.day(visit.due_on)),
        ("Prévue le", joined(formats.day(visit.planned_on), visit.moved_reason, by=" · ")),
        ("Faite le", formats.day(visit.done_on)),
        ("Résultat", result),
    )


def _points(session: Session, visit: PlannedVisit | None) -> tuple[CheckLine, ...]:
    if visit is None:
        return ()
    found = checklist.of_visit(session, visit.id)
    return tuple(CheckLine(one.label, one.asset, one.result.label if one.result else "", one.notes) for one in found)


def _visits(done: Intervention) -> list[Visit]:
    """One line a technician: they came and left together."""
    lasted = minutes_between(done.started_at, done.ended_at)
    names = [name for one in (done.technician or "").split(PEOPLE) if (name := one.strip())] or [""]
    return [Visit(name, done.started_at, done.ended_at, lasted, _travel(done)) for name in names]


def _travel(done: Intervention) -> str:
    if done.travel is None:
        return formats.MISSING
    told = "oui" if done.travel else "non"
    return joined(told, formats.duration(done.travel_minutes) if done.travel_minutes else "", by=", ")


def _parts(session: Session, intervention_id: int) -> tuple[FittedPart, ...]:
    found = session.scalars(
        select(Part).where(Part.intervention_id == intervention_id, Part.deleted_at.is_(None)).order_by(Part.id)
    )
    return tuple(
        FittedPart(
            part.label, part.reference or "", part.serial or "", _old(part),
            formats.day(part.warranty_until) if part.warranty_until else part.warranty or "",
            part.quantity, part.unit_price,
        )
        for part in found
    )  # fmt: skip


def _old(part: Part) -> str:
    """What became of the one taken out, and its serial number."""
    became = part.old_part or {True: "récupérée", False: "emportée", None: ""}[part.taken_back]
    return joined(became, part.old_serial, by=" · ")


def _loans(session: Session, ticket: Ticket | None, at: datetime) -> tuple[str, ...]:
    """What was lent for the ticket, given back or not."""
    if ticket is None:
        return ()
    found = session.scalars(
        select(Loaner).where(Loaner.ticket_id == ticket.id, Loaner.deleted_at.is_(None)).order_by(Loaner.lent_on)
    )
    return tuple(_loan(one) for one in found if one.lent_on <= at.astimezone(PARIS).date())


def _loan(one: Loaner) -> str:
    serial = f"n° de série {one.serial}" if one.serial else ""
    back = f"à rendre le {formats.day(one.due_on)}" if one.due_on else "sans date de retour"
    told = f"rendu le {formats.day(one.returned_on)}" if one.returned_on else back
    return joined(f"{one.number} {one.label}", serial, f"prêté le {formats.day(one.lent_on)}", told, by=", ")


def blank_sheet(session: Session, stamp: Stamp) -> BlankSheet:
    return BlankSheet(company_card(session), stamp)
