"""What the intervention sheet is made of, gathered by a few statements, as frozen plain data (architecture.md 8)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, formats, joined
from app.models import Contract, Intervention, Part, Person, Ticket
from app.reports.identity import Stamp
from app.reports.intervention_data import BlankSheet, FittedPart, InterventionSheet, PromiseLine, Visit
from app.services.clock import ClockPanel, Deadline, PromiseState, clock
from app.services.company_card import company_card
from app.services.inventory_report import rows


def intervention_sheet(session: Session, intervention_id: int, stamp: Stamp) -> InterventionSheet:
    """The sheet of one intervention, its delays as the ticket's clock judges them at the moment of the stamp."""
    done = session.get(Intervention, intervention_id)
    if done is None or done.deleted_at is not None or stamp.data_at is None:
        raise NotFound("Cette intervention n’existe plus.")
    ticket = session.get_one(Ticket, done.ticket_id)
    panel = clock(session, ticket.id, stamp.data_at)
    asset = _asset_facts(session, ticket.asset_id)
    contract = session.get(Contract, ticket.contract_id) if ticket.contract_id else None
    words = f"{done.maintenance_type.label}, {done.kind.label.lower()}"
    under = f"contrat {contract.number}" if contract else "hors contrat"
    take, visit, restore = (_promise(deadline) for deadline in panel.deadlines)
    return InterventionSheet(
        company=company_card(session),
        stamp=stamp,
        code=f"PCM:I:{done.number}".upper(),
        ticket=ticket.number,
        issued_on=formats.day(stamp.data_at.astimezone(PARIS).date()),
        subtitle=f"{words} · ticket {ticket.number} · {under}",
        promises=(take, visit, restore),
        promises_note=_promises_note(ticket, panel),
        asset=asset,
        request=_request(session, ticket, done),
        quote=ticket.description or ticket.subject,
        diagnosis=done.diagnosis or "",
        work_done=done.work_done or "",
        visits=(_visit(done),),
        parts=_parts(session, done.id),
        charge=done.charge.label.lower(),
        checks=(done.tested, done.data_intact, done.backed_up, done.solved),
        remaining=done.remaining_work or "",
        facts=_evaluation_facts(ticket, done, panel, asset, contract),
    )


def _promise(deadline: Deadline) -> PromiseLine:
    met = {PromiseState.MET: True, PromiseState.MISSED: False}.get(deadline.state)
    spare = deadline.left if met is not None else None
    return PromiseLine(deadline.target, deadline.due, deadline.actual, spare, met)


def _promises_note(ticket: Ticket, panel: ClockPanel) -> str:
    waits = f" En attente\u00a0: {panel.waiting}." if panel.waiting else ""
    return f"{ticket.priority.label}. Ouvert le {formats.moment(ticket.opened_at)}. {panel.base}.{waits}"


_ASSET_LABELS = ("N° d’inventaire", "Désignation", "Modèle, série", "Site, local", "Utilisateur")


def _asset_facts(session: Session, asset_id: int | None) -> tuple[tuple[str, str], ...]:
    row = rows.one(session, asset_id)
    if row is None:
        return ((_ASSET_LABELS[0], "aucun bien désigné"),)
    line = rows.line(row)
    values = (
        line.number,
        line.name,
        " · ".join((line.model or "modèle inconnu", line.serial or "non relevé")),
        joined(row.site, line.room, by=", ") or formats.MISSING,
        line.holder or formats.MISSING,
    )
    return tuple(zip(_ASSET_LABELS, values, strict=True))


def _request(session: Session, ticket: Ticket, done: Intervention) -> tuple[tuple[str, str], ...]:
    asker = session.get(Person, ticket.requester_id) if ticket.requester_id else None
    name = joined(asker.first_name, asker.last_name) if asker else "inconnu"
    level = f"niveau {done.level}" if done.level else "niveau non relevé"
    return (
        ("Demandeur", joined(name, asker.phone if asker else "", by=", ")),
        ("Nature", joined(ticket.kind.label.lower(), ticket.category or ticket.subject, by=" · ")),
        ("Type, niveau", f"{done.maintenance_type.label.lower()} · {level}"),
    )


def _visit(done: Intervention) -> Visit:
    lasted = int((done.ended_at - done.started_at).total_seconds() // 60) if done.ended_at else None
    travel = {True: "oui", False: "non", None: formats.MISSING}[done.travel]
    return Visit(done.technician or "", done.started_at, done.ended_at, lasted, travel)


def _parts(session: Session, intervention_id: int) -> tuple[FittedPart, ...]:
    found = session.scalars(
        select(Part).where(Part.intervention_id == intervention_id, Part.deleted_at.is_(None)).order_by(Part.id)
    )
    return tuple(
        FittedPart(
            part.label, part.reference or "", part.serial or "", part.old_part or "", part.warranty or "",
            part.quantity, part.unit_price,
        )
        for part in found
    )  # fmt: skip


def _evaluation_facts(
    ticket: Ticket, done: Intervention, panel: ClockPanel, asset: Sequence[tuple[str, str]], contract: Contract | None
) -> tuple[tuple[str, str], ...]:
    known = dict(asset)
    judged = " · ".join(
        f"{name}\u00a0: {deadline.state.label.lower()}"
        for name, deadline in (("GTI", panel.deadlines[0]), ("GTR", panel.deadlines[2]))
        if deadline.state in {PromiseState.MET, PromiseState.MISSED}
    )
    thing = ", ".join(known[label] for label in _ASSET_LABELS[:2] if label in known)
    return (
        ("Ticket", ticket.number),
        ("Contrat", contract.number if contract else "hors contrat"),
        ("Bien", thing),
        ("Site", known.get("Site, local", formats.MISSING)),
        ("Technicien", done.technician or "inconnu"),
        ("Type", f"{done.maintenance_type.label.lower()}, {done.kind.label.lower()}"),
        ("Arrivée", formats.moment(done.started_at)),
        ("Départ", formats.moment(done.ended_at)),
        ("Délais", judged or "sans engagement"),
        ("Reste à faire", done.remaining_work or "rien"),
    )


def blank_sheet(session: Session, stamp: Stamp) -> BlankSheet:
    return BlankSheet(company_card(session), stamp)
