"""What a new base holds before anybody types: families and their fields, ends of support (domain.md F.1, F.2)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, Company, Contract, Family, Person, Ticket
from app.services import own_fields, preferences, records, support
from app.storage import attachments

FAMILIES = (
    # name, prefix, icon, target life in years, is a workstation
    ("Poste fixe", "PC", "pc-case", 5, True),
    ("Ordinateur portable", "PT", "laptop", 4, True),
    ("Serveur", "SRV", "server", 5, False),
    ("NAS", "NAS", "hard-drive", 5, False),
    ("Écran", "ECR", "monitor", 7, False),
    ("Imprimante", "IMP", "printer", 5, False),
    ("Commutateur", "COM", "network", 7, False),
    ("Pare-feu", "PF", "shield", 5, False),
    ("Borne Wi-Fi", "WIFI", "wifi", 5, False),
    ("Onduleur", "OND", "battery-charging", 6, False),
    ("Téléphone", "TEL", "phone", 7, False),
    ("Smartphone", "MOB", "smartphone", 4, False),
    ("Tablette", "TAB", "tablet", 4, False),
    ("Périphérique", "PER", "mouse", 5, False),
    ("Machine virtuelle", "VM", "boxes", None, False),
    ("Autre", "DIV", "package", None, False),
)


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """Who the file belongs to; `name` is empty until it was said."""

    name: str = ""
    is_example: bool = False


def is_set_up(session: Session) -> bool:
    return session.scalar(select(Family.id).limit(1)) is not None


def ensure(session: Session) -> None:
    """Give a base its families, the ends of support of systems, the library of clauses and the rates, once."""
    if is_set_up(session):
        return
    for name, prefix, icon, years, workstation in FAMILIES:
        family = Family(name=name, prefix=prefix, icon=icon, life_years=years, is_workstation=workstation)
        session.add(family)
        session.flush()
        own_fields.give(session, family)
    support.install(session)
    from app.services import clauses, rates  # noqa: PLC0415 - a base has its clauses and its rates from its first day

    clauses.install(session)
    rates.install(session)
    session.flush()


def is_empty(session: Session) -> bool:
    """True while nobody has entered anything: no company, person, asset, contract nor ticket."""
    return not any(
        session.scalar(select(func.count()).select_from(model)) for model in (Company, Person, Asset, Contract, Ticket)
    )


def company(session: Session) -> CompanyCard:
    found = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    return CompanyCard(found.name, bool(found.is_example)) if found else CompanyCard()


def company_id(session: Session) -> int | None:
    return session.scalar(select(Company.id).where(Company.deleted_at.is_(None)).limit(1))


def save_company(session: Session, values: dict[str, Any]) -> int:
    """Create or correct the one company of the base."""
    entity = ENTITIES["company"]
    found = company_id(session)
    if found is None:
        return records.create(session, entity, values)
    records.update(session, entity, found, values)
    return found


def logo(session: Session) -> bytes | None:
    """The company's logo as it was kept, a PNG."""
    kept = session.scalar(select(Company.logo_sha256).where(Company.deleted_at.is_(None)).limit(1))
    return attachments.get(session, kept) if kept else None


def keep_logo(session: Session, content: bytes | None) -> None:
    """Change the logo of the company, or take it away."""
    found = session.scalars(select(Company).where(Company.deleted_at.is_(None)).limit(1)).one()
    found.logo_sha256 = attachments.put(session, content) if content else None
    session.flush()


def backup_wanted(session: Session) -> bool:
    """Whether closing the program makes a backup: a choice of the company, and something to save."""
    return bool(preferences.get(session, "backup_at_close")) and not is_empty(session)
