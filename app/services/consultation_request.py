"""What a request for offers is made of: needs kept, the fleet, the perimeter, the price grid to propose."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.fields import counted, day, fold
from app.models import Asset, Consultation, Contract, ContractService, CoveredAsset, Family, IssuedPaper, Need, Site
from app.models.codes import AssetStatus, Moscow, NeedDecision, NeedSource
from app.models.contract_codes import Frequency, Inclusion, PriceModel
from app.services import contracts, verdicts
from app.services.consultations import ProjectFacts, found, report_of

SOURCES = {
    NeedSource.TECHNICIAN: "Techniciens",
    NeedSource.USER: "Utilisateurs",
    NeedSource.BUYER: "Acheteurs",
}
NO_SITE = "Sans site"
MONTHS = 12
PER_YEAR = {
    Frequency.DAILY: 220,
    Frequency.WEEKLY: 52,
    Frequency.MONTHLY: MONTHS,
    Frequency.QUARTERLY: 4,
    Frequency.HALF_YEARLY: 2,
    Frequency.YEARLY: 1,
}
"""Times a year; a service without a rhythm is priced by the month."""
EXTRA_HOURS, TRAVELS = 20, 6
"""Hours and travels out of the flat rate put in the grid for a year, so that their prices weigh something."""


# -- needs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The needs kept of one source; `must` are those that cannot be done without."""

    source: NeedSource
    label: str
    kept: int
    must: int


def needs_by_source(session: Session) -> tuple[SourceCount, ...]:
    """Every source, even without any need: a source that was not asked is seen."""
    statement = (
        select(Need.source, Need.priority, func.count())
        .where(Need.deleted_at.is_(None), Need.decision == NeedDecision.KEPT)
        .group_by(Need.source, Need.priority)
    )
    counts = {(source, priority): n for source, priority, n in session.execute(statement)}
    return tuple(
        SourceCount(
            source,
            label,
            sum(n for (of, _), n in counts.items() if of == source),
            counts.get((source, Moscow.MUST), 0),
        )
        for source, label in SOURCES.items()
    )


# -- the fleet --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fleet:
    """The assets counted by family and site. `report` is the issued report they are read from, "" for the present
    inventory; `on` the day they are of. `verdicts` count A to E, what was not judged left out."""

    report: str
    on: date
    counts: Mapping[tuple[str, str], int]
    verdicts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def families(self) -> list[str]:
        return sorted({family for family, _ in self.counts}, key=fold)

    @property
    def sites(self) -> list[str]:
        """Those without a site last."""
        return sorted({site for _, site in self.counts}, key=lambda site: (site == NO_SITE, fold(site)))

    @property
    def source(self) -> str:
        if self.report:
            return f"Rapport d’inventaire {self.report}, données du {day(self.on)}"
        return f"Inventaire tel qu’il est au {day(self.on)}, sans rapport émis"


def fleet_of(session: Session, asked: Consultation, today: date) -> Fleet:
    """From the issued report that the consultation refers to; without one, from the inventory of today."""
    report = report_of(session, asked)
    if report is None:
        return _present(session, today)
    data = session.scalar(select(IssuedPaper.data).where(IssuedPaper.id == report.id)) or "{}"
    return _frozen(report.label, report.day, json.loads(data))


def _frozen(label: str, on: date, data: Mapping[str, Any]) -> Fleet:
    """The frozen data of a report, whatever its version kept."""
    counts: Counter[tuple[str, str]] = Counter()
    verdicts: Counter[str] = Counter()
    for site in data.get("sites", ()):
        for family in site["families"]:
            counts[family["name"], site["name"]] += len(family["lines"])
            verdicts.update(line["verdict"] for line in family["lines"] if line.get("verdict"))
    return Fleet(label, on, dict(counts), dict(verdicts))


def _present(session: Session, today: date) -> Fleet:
    statement = (
        select(Family.name, func.coalesce(Site.name, NO_SITE), func.count())
        .select_from(Asset)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        .group_by(Family.id, Site.id)
    )
    counts: Counter[tuple[str, str]] = Counter()
    for family, site, n in session.execute(statement):
        counts[family, site] += n
    there = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
    judged = session.scalars(select(verdicts.of_row(Asset.__table__)).where(*there))
    return Fleet("", today, dict(counts), dict(Counter(one.value for one in judged if one is not None)))


# -- the perimeter ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Covered:
    """An asset asked to be covered."""

    id: int
    number: str
    family: str
    is_workstation: bool
    name: str
    brand: str
    model: str
    site: str
    criticality: str
    warranty_end: date | None


def project_facts(session: Session, asked: Consultation) -> ProjectFacts | None:
    """The project that the consultation describes; None while there is none."""
    kept = session.get(Contract, asked.contract_id) if asked.contract_id else None
    if kept is None or kept.deleted_at is not None:
        return None
    covered, posts = _counted(session, kept)
    levels = contracts.levels_of(session, kept.id, kept.starts_on)
    perimeter = posts_told(covered, posts) if covered else "à choisir\u00a0; tout le parc en attendant"
    services = sum(one.inclusion != Inclusion.EXCLUDED for one in services_of(session, kept))
    return ProjectFacts(kept.id, f"{kept.number} {kept.subject}", kept.starts_on, services, len(levels), perimeter)


def perimeter_of(session: Session, contract: Contract | None) -> list[Covered]:
    """What the project covers on its first day; without a project, or while it covers nothing, every asset kept."""
    own = _covered(session, contract) if contract else []
    return own or _covered(session, None)


def has_perimeter(session: Session, contract: Contract) -> bool:
    return bool(_counted(session, contract)[0])


def _counted(session: Session, contract: Contract) -> tuple[int, int]:
    """How many assets the project covers, and how many of them are workstations."""
    row = session.execute(
        select(func.count(), func.count().filter(Family.is_workstation))
        .select_from(Asset)
        .join(Family, Family.id == Asset.family_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED, Asset.id.in_(_within(contract)))
    ).one()
    return row[0], row[1]


def _within(contract: Contract) -> Select[Any]:
    """The assets that the project covers on its first day or later."""
    return select(CoveredAsset.asset_id).where(
        CoveredAsset.contract_id == contract.id,
        CoveredAsset.deleted_at.is_(None),
        or_(CoveredAsset.until.is_(None), CoveredAsset.until >= contract.starts_on),
    )


def _covered(session: Session, contract: Contract | None) -> list[Covered]:
    statement = (
        select(
            Asset.id, Asset.number, Family.name.label("family"), Family.is_workstation, Asset.name, Asset.brand,
            Asset.model, Site.name.label("site"), Asset.criticality, Asset.warranty_end,
        )
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        .order_by(Asset.number)
    )  # fmt: skip
    if contract is not None:
        statement = statement.where(Asset.id.in_(_within(contract)))
    rows = [
        Covered(
            row.id, row.number, row.family, row.is_workstation, row.name or row.family, row.brand or "",
            row.model or "", row.site or NO_SITE, row.criticality.label if row.criticality else "", row.warranty_end,
        )
        for row in session.execute(statement)
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (one.site == NO_SITE, fold(one.site), fold(one.family)))


# -- the price grid proposed ------------------------------------------------------------------------------------


def usual_grid(session: Session, consultation_id: int) -> list[dict[str, Any]]:
    """The lines proposed, for one year: the flat rate or the assets by family, the services that have a rhythm of
    their own or are options, then hours and travels out of the flat rate, the takeover."""
    asked = found(session, consultation_id)
    project = session.get(Contract, asked.contract_id) if asked.contract_id else None
    flat = project is not None and project.price_model in {PriceModel.FLAT, PriceModel.MIXED}
    lines = [_line("Forfait de maintenance", "mois", MONTHS)] if flat else _by_family(session, project)
    lines += _services(session, project)
    return [
        *lines,
        _line("Intervention hors forfait", "heure", EXTRA_HOURS),
        _line("Déplacement hors forfait", "déplacement", TRAVELS),
        _line("Reprise de l’existant", "forfait", 1),
    ]


def _line(label: str, unit: str, quantity: int, *, optional: bool = False) -> dict[str, Any]:
    return {"id": None, "label": label, "unit": unit, "quantity": 100 * quantity, "optional": optional}


def _by_family(session: Session, project: Contract | None) -> list[dict[str, Any]]:
    covered = Counter(one.family for one in perimeter_of(session, project))
    return [
        _line(f"Maintenance\u00a0: {family}, par an", "bien", n)
        for family, n in sorted(covered.items(), key=lambda pair: fold(pair[0]))
    ]


def _services(session: Session, project: Contract | None) -> list[dict[str, Any]]:
    """Options, and what is done at a rhythm; the rest is within the flat rate or the hours."""
    return [
        _line(one.label, _unit(one.frequency), PER_YEAR.get(one.frequency, MONTHS), optional=_is_option(one))
        for one in services_of(session, project)
        if _is_option(one) or (one.frequency in PER_YEAR and one.inclusion == Inclusion.INCLUDED)
    ]


def _is_option(service: ContractService) -> bool:
    return service.inclusion == Inclusion.OPTION


def _unit(frequency: Frequency) -> str:
    return "mois" if frequency not in PER_YEAR or frequency == Frequency.MONTHLY else "fois"


def services_of(session: Session, project: Contract | None) -> list[ContractService]:
    if project is None:
        return []
    statement = select(ContractService).where(
        ContractService.contract_id == project.id, ContractService.deleted_at.is_(None)
    )
    return list(session.scalars(statement.order_by(ContractService.id)))


def posts_told(covered: int, posts: int) -> str:
    """« 98 biens, dont 48 postes de travail »."""
    told = counted(covered, "bien")
    return f"{told}, dont {counted(posts, 'poste')} de travail" if posts else told
