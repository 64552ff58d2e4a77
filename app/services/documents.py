"""What the papers are made of, gathered by a few statements, as frozen plain data (architecture.md 8)."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import PARIS, formats
from app.fields.text import fold
from app.models import Asset, Company, Contract, Family, Intervention, Part, Person, Provider, Site, Ticket
from app.models.codes import AssetStatus, ContractStatus, Finding, Role
from app.reports.identity import CompanyCard, Stamp
from app.reports.intervention_data import BlankSheet, FittedPart, InterventionSheet, PromiseLine, Visit
from app.reports.inventory.data import AssetLine, FamilySection, InventoryReport, SiteSection
from app.services import synthesis
from app.services.clock import ClockPanel, Deadline, PromiseState, clock
from app.services.synthesis import counted

NO_SITE = "Sans site"
AssetRow = Any
"""A row of _ASSET_COLUMNS."""


def company_card(session: Session) -> CompanyCard:
    """Who issues: empty words while the company was not entered."""
    found = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    if found is None:
        return CompanyCard("Entreprise à nommer")
    town = " ".join(part for part in (found.postal_code, found.city) if part)
    return CompanyCard(found.name, ", ".join(part for part in (found.address, town) if part), _spaced(found.siren))


def _spaced(siren: str | None) -> str:
    return "\u00a0".join((siren or "")[i : i + 3] for i in range(0, len(siren or ""), 3))


# -- inventory --------------------------------------------------------------------------------------------------

_ASSET_COLUMNS = (
    Asset.number, Asset.name, Asset.brand, Asset.model, Asset.serial, Asset.room, Asset.service, Asset.criticality,
    Asset.ownership, Asset.condition, Asset.finding, Asset.seen_on, Asset.purchased_on, Asset.commissioned_on,
    Asset.replacement_value, Asset.warranty_end, Asset.system, Asset.support_end, Asset.personal_data,
    Asset.encrypted, Family.name.label("family"), Family.life_years, Family.is_workstation, Asset.site_id,
    Site.name.label("site"), Site.postal_code, Site.city, Person.first_name, Person.last_name,
)  # fmt: skip


def assets_of(session: Session) -> list[AssetRow]:
    """Every asset still in the company, by site, family and number."""
    statement = (
        select(*_ASSET_COLUMNS)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        .order_by(Asset.number)
    )
    rows: list[AssetRow] = list(session.execute(statement))
    return sorted(rows, key=lambda row: (row.site is None, fold(row.site or ""), row.site_id or 0, fold(row.family)))


def inventory_report(session: Session, stamp: Stamp) -> InventoryReport:
    """The park as it stands, in the register's order; every figure at the day of the stamp."""
    assets = assets_of(session)
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else date.max
    return InventoryReport(
        company=company_card(session),
        stamp=stamp,
        subtitle=_subtitle(assets),
        perimeter=_perimeter(assets),
        redactor=_redactor(session),
        provider=_provider(session),
        sites=_sites(assets),
        synthesis=synthesis.synthesis(assets, today),
        reserves=synthesis.reserves(assets),
    )


def _subtitle(assets: Sequence[AssetRow]) -> str:
    names = list(dict.fromkeys(row.site for row in assets if row.site))
    if len(names) == 1:
        return f"Parc informatique du site {names[0]}"
    return f"Parc informatique de {counted(len(names), 'site')}" if names else "Parc informatique"


def _perimeter(assets: Sequence[AssetRow]) -> str:
    workstations = sum(bool(row.is_workstation) for row in assets)
    families = len({row.family for row in assets})
    return (
        f"{counted(len(assets), 'bien')}, dont {counted(workstations, 'poste')} de travail, "
        f"en {counted(families, 'famille')} ; biens sortis du parc exclus"
    )


def _redactor(session: Session) -> str:
    found = session.scalar(
        select(Person).where(Person.role == Role.MANAGER, Person.deleted_at.is_(None)).order_by(Person.id).limit(1)
    )
    return _full_name(found.first_name, found.last_name) if found else "Gestionnaire de maintenance informatique"


def _full_name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)


def _provider(session: Session) -> str:
    """The one provider under contract; empty, a line to fill, when there are none or several."""
    names = session.scalars(
        select(Provider.name)
        .join(Contract, Contract.provider_id == Provider.id)
        .where(Contract.status == ContractStatus.ACTIVE, Contract.deleted_at.is_(None))
        .distinct()
        .limit(2)
    ).all()
    return names[0] if len(names) == 1 else ""


def _sites(assets: Sequence[AssetRow]) -> tuple[SiteSection, ...]:
    return tuple(_site(list(rows)) for _, rows in groupby(assets, key=lambda row: row.site_id))


def _site(rows: list[AssetRow]) -> SiteSection:
    first = rows[0]
    same = fold(first.site or "") == fold(first.city or "")
    town = f"{first.city} ({first.postal_code})" if first.city and first.postal_code else first.city or ""
    seen = [row.seen_on for row in rows if row.seen_on is not None and row.finding == Finding.SEEN]
    families = tuple(
        FamilySection(name, tuple(_line(row) for row in found))
        for name, found in groupby(rows, key=lambda row: row.family)
    )
    return SiteSection(
        first.site or NO_SITE,
        (first.postal_code or "") if same else town,
        (min(seen), max(seen)) if seen else None,
        families,
    )


def _line(row: AssetRow) -> AssetLine:
    return AssetLine(
        number=row.number,
        name=row.name or row.family,
        model=" ".join(part for part in (row.brand, row.model) if part),
        serial=row.serial,
        room=row.room or "",
        holder=_full_name(row.first_name, row.last_name) or row.service or "",
        commissioned_on=row.commissioned_on,
        value=row.replacement_value,
        has_system=synthesis.has_system(row),
        support_end=row.support_end,
        criticality=row.criticality and row.criticality.value,
        condition=row.condition and row.condition.value,
    )


# -- intervention -----------------------------------------------------------------------------------------------


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
    waits = f" En attente : {panel.waiting}." if panel.waiting else ""
    return f"{ticket.priority.label}. Ouvert le {formats.moment(ticket.opened_at)}. {panel.base}.{waits}"


_ASSET_LABELS = ("N° d’inventaire", "Désignation", "Modèle, série", "Site, local", "Utilisateur")


def _asset_facts(session: Session, asset_id: int | None) -> tuple[tuple[str, str], ...]:
    row: AssetRow = session.execute(
        select(*_ASSET_COLUMNS)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .where(Asset.id == asset_id)
    ).first()
    if row is None:
        return ((_ASSET_LABELS[0], "aucun bien désigné"),)
    line = _line(row)
    values = (
        line.number,
        line.name,
        " · ".join((line.model or "modèle inconnu", line.serial or "non relevé")),
        ", ".join(part for part in (row.site, line.room) if part) or formats.MISSING,
        line.holder or formats.MISSING,
    )
    return tuple(zip(_ASSET_LABELS, values, strict=True))


def _request(session: Session, ticket: Ticket, done: Intervention) -> tuple[tuple[str, str], ...]:
    asker = session.get(Person, ticket.requester_id) if ticket.requester_id else None
    name = _full_name(asker.first_name, asker.last_name) if asker else "inconnu"
    level = f"niveau {done.level}" if done.level else "niveau non relevé"
    return (
        ("Demandeur", ", ".join(part for part in (name, asker.phone if asker else "") if part)),
        ("Nature", " · ".join(part for part in (ticket.kind.label.lower(), ticket.category or ticket.subject) if part)),
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
        f"{name} : {deadline.state.label.lower()}"
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
