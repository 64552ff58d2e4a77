"""What a « dossier de réversibilité » is about: the assets covered, the lists to write, the documents to join."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.models import (
    AccessGrant,
    Asset,
    Certificate,
    CoveredAsset,
    Document,
    Intervention,
    IssuedPaper,
    Licence,
    LicenceSeat,
    ReturnItem,
    Ticket,
    TicketEvent,
)
from app.models.codes import TicketStatus
from app.services import done_for, perimeter, reversibility
from app.services.return_files import safe_name

OPEN = (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)
FOLDERS = {"contract": "Contrat", "provider": "Prestataire", "certificate": "Attestations", "return_item": "Preuves"}
TICKETS_OPEN, TICKETS = "2-Tickets/tickets-ouverts.csv", "2-Tickets/tickets-historique.csv"
VISITS, ACCESSES = "2-Tickets/interventions.csv", "4-Acces/registre-des-acces.csv"


@dataclass(frozen=True, slots=True)
class Listed:
    """Records to write as one file."""

    path: str
    key: str
    ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the dossier is about, read once. `on` is the day of its perimeter: today, or the last of the contract;
    `assets` the number of each asset covered; `documents` the place in the archive and the SHA-256 of each."""

    contract: int
    number: str
    provider: int | None
    on: date
    now: datetime
    assets: dict[int, str]
    lists: tuple[Listed, ...]
    events: int
    documents: tuple[tuple[str, str], ...]

    def count(self, path: str) -> int:
        """How many records one of its lists has."""
        return next(len(one.ids) for one in self.lists if one.path == path)

    @property
    def total(self) -> int:
        return sum(len(one.ids) for one in self.lists) + self.events + len(self.documents)


def read(session: Session, contract_id: int, now: datetime) -> Scope:
    contract = reversibility.found(session, contract_id)
    today = now.astimezone(PARIS).date()
    ends = reversibility.exit_of(session, contract_id, today)
    on = min(today, ends.ends) if ends.settled and ends.ends else today
    assets = _covered(session, contract_id, on)
    of_contract = select(Ticket.id).where(Ticket.contract_id == contract_id, Ticket.deleted_at.is_(None))
    events = select(func.count()).select_from(TicketEvent).where(TicketEvent.ticket_id.in_(of_contract))
    return Scope(
        contract_id,
        contract.number,
        contract.provider_id,
        on,
        now,
        assets,
        tuple(_listed(session, contract_id, contract.provider_id, list(assets))),
        session.scalar(events) or 0,
        tuple(_attached(session, contract_id, contract.provider_id, assets)),
    )


def _covered(session: Session, contract_id: int, on: date) -> dict[int, str]:
    """The number of each asset covered that day, by its id, in the order of the numbers."""
    rows = session.execute(
        select(Asset.id, Asset.number)
        .join(CoveredAsset, CoveredAsset.asset_id == Asset.id)
        .where(CoveredAsset.contract_id == contract_id, Asset.deleted_at.is_(None), *perimeter.on_day(CoveredAsset, on))
        .order_by(Asset.number)
    )
    return {row.id: row.number for row in rows}


def _listed(session: Session, contract_id: int, provider: int | None, assets: list[int]) -> Iterator[Listed]:
    tickets = select(Ticket.id).where(Ticket.contract_id == contract_id, Ticket.deleted_at.is_(None))
    tickets = tickets.order_by(Ticket.opened_at, Ticket.id)
    visits = done_for.beside(select(Intervention.id)).where(done_for.contract() == contract_id, *done_for.kept())
    grants = select(AccessGrant.id).where(AccessGrant.provider_id == provider, AccessGrant.deleted_at.is_(None))
    items = [one.id for one in reversibility.items(session, contract_id)]
    yield Listed("1-Inventaire/inventaire.xlsx", "asset", assets)
    yield Listed("1-Inventaire/inventaire.csv", "asset", assets)
    yield Listed(TICKETS_OPEN, "ticket", _ids(session, tickets.where(Ticket.status.in_(OPEN))))
    yield Listed(TICKETS, "ticket", _ids(session, tickets))
    yield Listed("2-Tickets/interventions.csv", "intervention", _ids(session, visits.order_by(Intervention.started_at)))
    yield Listed(ACCESSES, "access_grant", _ids(session, grants.order_by(AccessGrant.since)))
    licences = select(Licence.id).where(Licence.deleted_at.is_(None)).order_by(Licence.number)
    yield Listed("5-Licences/licences.csv", "licence", _ids(session, licences))
    seats = select(LicenceSeat.id).where(LicenceSeat.deleted_at.is_(None)).order_by(LicenceSeat.id)
    yield Listed("5-Licences/attributions.csv", "licence_seat", _ids(session, seats))
    yield Listed("6-Reversibilite/liste-des-points.csv", "return_item", items)


def _ids(session: Session, statement: Any) -> list[int]:
    return list(session.scalars(statement))


def _attached(
    session: Session, contract_id: int, provider: int | None, assets: dict[int, str]
) -> Iterator[tuple[str, str]]:
    """Place in the archive and SHA-256 of each document, then of each paper issued for the contract."""
    items = select(ReturnItem.id).where(ReturnItem.contract_id == contract_id, ReturnItem.deleted_at.is_(None))
    held = select(Certificate.id).where(Certificate.provider_id == provider, Certificate.deleted_at.is_(None))
    wanted = or_(
        and_(Document.entity == "contract", Document.record_id == contract_id),
        and_(Document.entity == "provider", Document.record_id == provider),
        and_(Document.entity == "return_item", Document.record_id.in_(items)),
        and_(Document.entity == "certificate", Document.record_id.in_(held)),
        Document.entity == "asset",
    )
    rows = select(Document.entity, Document.record_id, Document.name, Document.sha256)
    for row in session.execute(rows.where(wanted, Document.deleted_at.is_(None)).order_by(Document.id)):
        if row.entity != "asset":
            yield f"7-Documents/{FOLDERS[row.entity]}/{safe_name(row.name)}", row.sha256
        elif row.record_id in assets:
            yield f"7-Documents/Biens/{safe_name(assets[row.record_id])}/{safe_name(row.name)}", row.sha256
    issued = select(IssuedPaper.file_name, IssuedPaper.pdf_sha256).where(
        IssuedPaper.entity == "contract", IssuedPaper.record_id == contract_id, IssuedPaper.deleted_at.is_(None)
    )
    for name, sha256 in session.execute(issued.order_by(IssuedPaper.id)):
        yield f"7-Documents/Papiers emis/{safe_name(name)}", sha256
