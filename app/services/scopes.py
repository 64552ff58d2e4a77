"""A scope told in words: the number of a contract, the names of a provider, of a site, of a family."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import NotFound
from app.fields import fold
from app.kpi import Base, Scope
from app.models import Contract, Family, Provider, Site
from app.models.codes import Priority


def named(
    session: Session,
    *,
    contract: str | None = None,
    provider: str | None = None,
    site: str | None = None,
    family: str | None = None,
    priority: str | None = None,
    base: Base = Base.WORKING,
) -> Scope:
    """What is not named is not asked about. NotFound, in a French sentence, for a name that nothing has."""
    return Scope(
        _id(session, Contract.number, contract, "de contrat"),
        _id(session, Provider.name, provider, "de prestataire"),
        _id(session, Site.name, site, "de site"),
        _id(session, Family.name, family, "de famille de biens"),
        Priority.of(priority) if priority else None,
        base,
    )


def _id(session: Session, column: InstrumentedAttribute[str], name: str | None, what: str) -> int | None:
    """By the very name, else by the same letters whatever their case and accents."""
    if name is None:
        return None
    model: Any = column.class_
    rows = session.execute(select(column, model.id).where(model.deleted_at.is_(None)).order_by(model.id)).all()
    for alike in (lambda text: text, fold):
        for text, found in rows:
            if alike(text) == alike(name):
                return int(found)
    raise NotFound(f"Il n’y a pas {what} «\u00a0{name}\u00a0».")
