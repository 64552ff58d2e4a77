"""The chronological register of waste: what left as electrical waste, for Excel (domain.md F.3; art. R541-43 C. env.).

What nobody wrote, such as the weight or the carrier's receipt, is a column to fill, never invented.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import joined, this_day
from app.jobs import Job, Progress
from app.models import Asset, Company, Family, Retirement, Site
from app.models.codes import ExitKind
from app.storage import Store

DANGEROUS = frozenset({"Écran", "Onduleur", "Ordinateur portable", "Smartphone", "Tablette"})
"""Families that hold a screen or a battery: dangerous waste (domain.md F.3). A proposal, to be checked."""
CODES = {True: "16 02 13*", False: "16 02 14"}
"""Waste codes proposed for discarded equipment, dangerous or not."""
HEADS: tuple[tuple[str, str, int], ...] = (
    ("Date d’expédition", "day", 14),
    ("Déchet", "text", 42),
    ("Code déchet proposé", "text", 14),
    ("Dangereux", "flag", 14),
    ("Quantité", "number", 12),
    ("Poids (kg)", "plain", 12),
    ("N° d’inventaire", "text", 14),
    ("N° de série", "text", 18),
    ("Expéditeur", "text", 34),
    ("SIRET", "text", 17),
    ("Transporteur", "text", 22),
    ("Récépissé du transporteur", "text", 18),
    ("Destinataire", "text", 30),
    ("Adresse du destinataire", "text", 30),
    ("Bordereau ou preuve", "text", 34),
    ("Code de traitement", "text", 12),
    ("N° de sortie", "text", 14),
)
NOTES: tuple[tuple[str, str], ...] = (
    ("Fondement", "Registre chronologique des déchets sortants, art. R541-43 du code de l’environnement."),
    ("À garder", "Trois ans au moins\u00a0; le bordereau d’un déchet dangereux, cinq ans."),
    ("À compléter", "Poids, transporteur, récépissé, adresse et code de traitement\u00a0: ils sont sur le bordereau."),
    (
        "À vérifier",
        "Le code déchet est proposé d’après la famille\u00a0: écrans et batteries sont des déchets dangereux.",
    ),
    ("Limite", "Aide à la gestion, ne remplace pas un conseil juridique. Vérifiez le texte en vigueur."),
)


def register_job(store: Store, path: Path) -> Job[int]:
    """Write the register, oldest first; gives the number of lines."""
    from app.reports import workbook  # noqa: PLC0415 - openpyxl is read when a workbook is asked for

    with store.read() as session:
        rows = list(lines(session))
        yield Progress(0, len(rows), "Lecture des sorties")
        company = session.scalar(select(Company.name).where(Company.deleted_at.is_(None)).limit(1)) or ""
    about = workbook.About("Registre des déchets", company, this_day(), notes=NOTES)
    columns = [workbook.Column(label, kind, width) for label, kind, width in HEADS]
    return (yield from workbook.write_list(path, about, columns, rows, len(rows)))


def lines(session: Session) -> Iterator[tuple[Any, ...]]:
    """One line a piece of equipment that left as electrical waste, in the order of HEADS."""
    company = session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    found = session.execute(
        select(Retirement, Asset, Family.name, Site)
        .join(Asset, Asset.id == Retirement.asset_id)
        .join(Family, Family.id == Asset.family_id)
        .outerjoin(Site, Site.id == Asset.site_id)
        .where(Retirement.kind == ExitKind.WEEE, Retirement.deleted_at.is_(None))
        .order_by(Retirement.retired_on, Retirement.id)
    )
    for out, asset, family, site in found:
        dangerous = family in DANGEROUS
        yield (
            out.retired_on, _named(asset, family), CODES[dangerous], dangerous, 1, None, asset.number, asset.serial,
            _sender(company, site), company.siret if company else None, None, None, out.recipient, None, out.proof,
            None, out.number,
        )  # fmt: skip


def _named(asset: Asset, family: str) -> str:
    return joined(family, asset.brand, asset.model)


def _sender(company: Company | None, site: Site | None) -> str:
    """The company, and the place that the equipment left from."""
    place = site if site is not None and site.address else company
    town = joined(place.postal_code, place.city) if place else ""
    parts = (company.name if company else "", place.address if place else "", town)
    return joined(*parts, by=", ")
