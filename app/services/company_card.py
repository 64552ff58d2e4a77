"""Who issues a paper: the company's name, numbers and logo."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import joined
from app.models import Company
from app.reports import pictures
from app.reports.identity import CompanyCard, Picture
from app.storage import attachments

LOGO_PIXELS = 600
"""Longest side of the printed logo: 300 points an inch where it is largest."""


def company_card(session: Session) -> CompanyCard:
    """Empty words while the company was not entered."""
    found = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    if found is None:
        return CompanyCard("Entreprise à nommer")
    town = joined(found.postal_code, found.city)
    return CompanyCard(
        found.name,
        joined(found.address, town, by=", "),
        _spaced(found.siren or ""),
        _spaced(found.siret or ""),
        _logo(session, found.logo_sha256),
    )


def _logo(session: Session, sha256: str | None) -> Picture | None:
    return pictures.ready(attachments.get(session, sha256), LOGO_PIXELS) if sha256 else None


def _spaced(number: str) -> str:
    """« 123 456 782 », « 123 456 782 00014 »."""
    return joined(number[:3], number[3:6], number[6:9], number[9:], by="\u00a0")
