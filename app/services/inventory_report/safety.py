"""Chapter 7: the network, where the data are, the proofs of their backups, what the inventories found to mend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, formats
from app.models import Asset, Document
from app.reports.inventory.facts import Safety
from app.reports.inventory.lines import Finding, NetworkLine, NetworkSite
from app.services import security
from app.services.inventory_report.rows import (
    NO_SITE,
    AssetRow,
    Fleet,
    gravity,
    has_system,
    model_of,
    name_of,
    numbers_of,
)
from app.services.security_checks import Gravity

HOLDERS = {"server": "serveur", "hard-drive": "NAS"}
"""Drawings of the families that hold the company's data, and their word."""
PROOF = ("sauvegarde", "restauration")
PROOFS = 12
"""Documents named at most, the newest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A check at fault on assets of the report."""

    key: str
    title: str
    gravity: Gravity
    advice: str
    rows: Sequence[AssetRow]


def found(session: Session, fleet: Fleet) -> list[Found]:
    """What is wrong, the gravest first."""
    rows = {row.id: row for row in fleet.rows}
    made = []
    for one in security.summary(session, fleet.today):
        at_fault = [rows[i] for i in security.assets(session, one.key, fleet.today) if i in rows] if one.count else []
        if at_fault:
            made.append(Found(one.key, one.title, one.gravity, one.advice, at_fault))
    return made


def safety(session: Session, fleet: Fleet, faults: Sequence[Found]) -> Safety:
    return Safety(
        network=_network(fleet),
        holders=_holders(fleet),
        proofs=_proofs(session, fleet),
        findings=tuple(finding(one) for one in faults),
        surveyed=_surveyed(session),
    )


def finding(one: Found) -> Finding:
    worst = gravity(one.rows)
    told = str(worst) if worst else formats.MISSING
    return Finding(f"{one.title}. {one.advice}", len(one.rows), told, numbers_of(one.rows))


def _network(fleet: Fleet) -> tuple[NetworkSite, ...]:
    """What has an address and is no workstation, nor in the hands of one person, by site."""
    found = [row for row in fleet.rows if (row.ip or row.mac) and not row.is_workstation and not row.last_name]
    return tuple(
        NetworkSite(name or NO_SITE, tuple(map(_line, rows))) for name, rows in groupby(found, key=lambda row: row.site)
    )


def _line(row: AssetRow) -> NetworkLine:
    support = formats.day(row.support_end) if row.support_end or not has_system(row) else "inconnue"
    return NetworkLine(row.number, name_of(row), model_of(row), row.room or "", row.ip or "", row.mac or "", support)


def _holders(fleet: Fleet) -> str:
    """« Les données de l’entreprise sont sur 2 serveurs et 1 NAS : SRV-0001… »."""
    rows = [row for row in fleet.rows if row.icon in HOLDERS]
    if not rows:
        return ""
    kinds = [(word, sum(row.icon == icon for row in rows)) for icon, word in HOLDERS.items()]
    told = " et ".join(counted(n, word, word if word.isupper() else "") for word, n in kinds if n)
    return f"Biens faits pour porter les données de l’entreprise\u00a0: {told} ({numbers_of(rows, 4)})."


def _proofs(session: Session, fleet: Fleet) -> tuple[str, ...]:
    """Documents joined to the assets whose name says backup or restore."""
    rows = {row.id: row for row in fleet.rows}
    documents = session.execute(
        select(Document.record_id, Document.name, Document.created_at)
        .where(
            Document.entity == Asset.__tablename__, Document.deleted_at.is_(None),
            or_(*(Document.name.icontains(word) for word in PROOF)),
        )
        .order_by(Document.created_at.desc(), Document.id.desc())
    )  # fmt: skip
    told = [
        f"{name}, joint à {rows[asset].number} le {formats.day(at.astimezone(PARIS).date())}."
        for asset, name, at in documents
        if asset in rows
    ]
    return tuple(told[:PROOFS])


def _surveyed(session: Session) -> str:
    seen = security.coverage(session)
    if not seen.surveyed:
        return ""
    dates = f", du {formats.day(seen.oldest)} au {formats.day(seen.newest)}" if seen.oldest and seen.newest else ""
    return (
        f"{formats.number(seen.surveyed)} ordinateurs sur {formats.number(seen.computers)} sont décrits par un relevé"
        f"{dates}\u00a0; ce qui n’est pas relevé n’est pas compté comme bon."
    )
