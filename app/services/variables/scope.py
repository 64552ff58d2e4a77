"""What is maintained: assets, levels, services, documents."""

from datetime import date

from sqlalchemy import func, select

from app.fields import counted, day, lowered, number
from app.models import (
    CoveredAsset,
    DueDocument,
    IssuedPaper,
)
from app.models.contract_codes import Inclusion, ServiceType
from app.services import perimeter
from app.services.variables.registry import Source, items, variable


@variable("Étendue", "inventaire", "Inventaire de référence")
def _(source: Source) -> str | None:
    own = IssuedPaper
    found = source.session.execute(
        select(own.reference, own.issued_at).where(own.kind == "inventaire").order_by(own.id.desc()).limit(1)
    ).first()
    return f"{found.reference} du {day(found.issued_at.date())}" if found else None


@variable("Étendue", "biens_couverts", "Nombre de biens couverts")
def _(source: Source) -> str | None:
    own = CoveredAsset
    count = source.session.scalar(
        select(func.count()).where(own.contract_id == source.contract.id, *perimeter.on_day(own, _cover_day(source)))
    )
    return counted(count, "bien") if count else None


def _cover_day(source: Source) -> date:
    """The perimeter of a contract to come is that of its first day."""
    return max(source.on, source.contract.starts_on)


@variable("Étendue", "exclusions", "Exclusions")
def _(source: Source) -> str | None:
    lines = (line.strip().rstrip(" .;") for line in (source.contract.exclusions or "").splitlines())
    return "\u00a0; ".join(lowered(line) for line in lines if line) or None


@variable("Étendue", "niveau_contrat", "Niveau de maintenance confié, de 1 à 5")
def _(source: Source) -> str | None:
    return _count(source.contract.contract_level)


@variable("Étendue", "niveau_interne", "Niveau de maintenance gardé, de 0 à 5")
def _(source: Source) -> str | None:
    return _count(source.contract.internal_level)


def _count(value: int | None) -> str | None:
    return None if value is None else number(value)


@variable("Étendue", "prestations", "Liste des prestations comprises")
def _(source: Source) -> str | None:
    return _services(source, tuple(ServiceType))


@variable("Étendue", "prestations_preventives", "Liste des prestations préventives")
def _(source: Source) -> str | None:
    kinds = (ServiceType.PREVENTIVE, ServiceType.MONITORING, ServiceType.BACKUP, ServiceType.SECURITY)
    return _services(source, kinds)


def _services(source: Source, kinds: tuple[ServiceType, ...]) -> str | None:
    kept = [one for one in source.services if one.kind in kinds and one.inclusion == Inclusion.INCLUDED]
    return items(f"{lowered(one.label)}\u00a0: {lowered(one.frequency.label)}" for one in kept)


@variable("Étendue", "documents_dus", "Liste des documents attendus")
def _(source: Source) -> str | None:
    own = DueDocument
    kept = source.session.scalars(
        select(own).where(own.contract_id == source.contract.id, own.deleted_at.is_(None)).order_by(own.id)
    )
    return items(f"{lowered(one.label)}\u00a0: {_due(one)}" for one in kept)


def _due(one: DueDocument) -> str:
    within = f", sous {counted(one.delay_days, 'jour ouvré', 'jours ouvrés')}" if one.delay_days else ""
    return f"{lowered(one.rule.label)}{within}"
