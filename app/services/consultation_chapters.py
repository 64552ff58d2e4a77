"""The chapters of a « cahier des charges » that say what there is and what is wanted (domain.md C.12)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.fields import MISSING, counted, fold, formats, joined, lowered, plural
from app.models import Company, Consultation, Contract, ContractService, Need, Person, Site
from app.models.codes import Moscow, NeedDecision, Verdict
from app.models.contract_codes import Inclusion, ServiceType
from app.reports.written_data import Block, Bullets, Facts, Grid, Para
from app.services.consultation_request import NO_SITE, SOURCES, Covered, Fleet, has_perimeter, posts_told, services_of

TO_SPECIFY = "à préciser"
ANNEX_MOST = 1000
"""Assets listed in the annex at most; beyond, the list is sent as a workbook."""
UNJUDGED = (
    "L’état des biens n’a pas été expertisé\u00a0: le prestataire dira, à la prise en charge, ce sur quoi il fait des "
    "réserves."
)
COLUMNS_OF_SITES = 4
"""Sites that have a column of their own in the table of the fleet."""
LEVELS = (
    ("1", "Geste simple, sans ouvrir l’appareil", "Redémarrer, changer un toner, rebrancher un câble"),
    (
        "2",
        "Procédure courante, échange d’un élément standard",
        "Changer un écran ou un clavier, passer les mises à jour",
    ),
    ("3", "Diagnostic, échange de composants, procédure complexe", "Disque, mémoire, réinstallation, réseau"),
    ("4", "Technique ou outil de spécialiste", "Reprise d’une base ou d’un hyperviseur, annuaire"),
    ("5", "Remise à neuf, proche du constructeur", "Carte mère, baie de stockage"),
)
"""Of maintenance (domain.md A.3): not those of a help desk."""
KINDS = {
    ServiceType.PREVENTIVE: "éviter les pannes par des visites, des contrôles et des mises à jour planifiés",
    ServiceType.CORRECTIVE: "rétablir le service après une panne, par un contournement puis une réparation durable",
    ServiceType.EVOLUTIVE: "faire évoluer le parc\u00a0: ajouts, remplacements, changements de version",
    ServiceType.ASSISTANCE: "aider les utilisateurs, répondre à leurs demandes",
    ServiceType.MONITORING: "surveiller les équipements et prévenir avant la panne",
    ServiceType.BACKUP: "sauvegarder, et prouver que l’on sait restaurer",
    ServiceType.SECURITY: "protéger les postes, les comptes et les accès",
    ServiceType.ADVICE: "conseiller, alerter sur ce qui vieillit, préparer les budgets",
}


@dataclass(frozen=True)
class Request:
    """What the chapters read. `covered` are the assets asked to be covered."""

    session: Session
    asked: Consultation
    project: Contract | None
    fleet: Fleet
    covered: Sequence[Covered]
    today: date

    @property
    def posts(self) -> int:
        return sum(one.is_workstation for one in self.covered)

    @property
    def services(self) -> list[ContractService]:
        return services_of(self.session, self.project)


def written(text: str | None) -> list[str]:
    """The paragraphs of a text typed by hand."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def or_unknown(text: str | None) -> str:
    return text or TO_SPECIFY


# -- context and fleet ------------------------------------------------------------------------------------------


def context(asked: Request) -> tuple[Block, ...]:
    told = written(asked.asked.context) or [f"Contexte et attentes générales\u00a0: {TO_SPECIFY}."]
    company = asked.session.scalar(select(Company).where(Company.deleted_at.is_(None)).limit(1))
    staff = f"{counted(company.headcount, 'salarié')}" if company and company.headcount else TO_SPECIFY
    return (
        *(Para(line) for line in told),
        Facts((("Entreprise", company.name if company else TO_SPECIFY), ("Effectif", staff))),
        _sites(asked),
    )


def _sites(asked: Request) -> Block:
    people = asked.session.execute(
        select(Person.site_id, func.count().label("people"))
        .where(Person.deleted_at.is_(None), or_(Person.left_on.is_(None), Person.left_on >= asked.today))
        .group_by(Person.site_id)
    )
    staff: dict[int | None, int] = {row.site_id: row.people for row in people}
    assets = Counter(one.site for one in asked.covered)
    sites = asked.session.scalars(select(Site).where(Site.deleted_at.is_(None)))
    rows = tuple(
        (
            site.name,
            joined(site.address, joined(site.postal_code, site.city), by=", ") or TO_SPECIFY,
            formats.number(staff.get(site.id, 0)),
            formats.number(assets[site.name]),
        )
        for site in sorted(sites, key=lambda one: fold(one.name))
    )
    if not rows:
        return Para(f"Sites\u00a0: {TO_SPECIFY}.")
    return Grid(("Site", "Adresse", "Utilisateurs", "Biens à maintenir"), rows, (40, 84, 25, 25), right=(2, 3))


def fleet(asked: Request) -> tuple[Block, ...]:
    told = asked.fleet
    if not told.total:
        return (Para(f"Aucun bien n’est encore inventorié\u00a0: parc {TO_SPECIFY}."),)
    return (
        Para(f"Source\u00a0: {lowered(told.source)}. {counted(told.total, 'bien')} en tout."),
        _families(told),
        *_verdicts(told),
    )


def _families(told: Fleet) -> Grid:
    """By family and site; when there are many sites, the smaller ones are counted together."""
    totals: Counter[str] = Counter()
    for (_, site), n in told.counts.items():
        totals[site] += n
    most = COLUMNS_OF_SITES - (len(totals) > COLUMNS_OF_SITES)
    named = {site for site, _ in totals.most_common(most)}
    sites = [site for site in told.sites if site in named]
    others = [site for site in told.sites if site not in named]
    heads = ("Famille", *sites, *(["Autres sites"] if others else []), "Total")

    def row(counts: Mapping[str, int]) -> tuple[str, ...]:
        cells = [counts.get(site, 0) for site in sites] + ([sum(counts.get(s, 0) for s in others)] if others else [])
        return (*(formats.number(n) if n else MISSING for n in cells), formats.number(sum(counts.values())))

    by_family = {family: {site: n for (of, site), n in told.counts.items() if of == family} for family in told.families}
    width = len(heads) - 1
    return Grid(
        heads,
        tuple((family, *row(counts)) for family, counts in by_family.items()),
        (60, *[(174 - 60) / width] * width),
        right=tuple(range(1, width + 1)),
        total=("Total", *row(totals)),
    )


def _verdicts(told: Fleet) -> tuple[Block, ...]:
    judged = sum(told.verdicts.values())
    if not judged:
        return (Para(UNJUDGED),)
    rows = tuple((one.label, formats.number(told.verdicts.get(one.value, 0))) for one in Verdict)
    left = told.total - judged
    rest = (
        f" {counted(left, 'bien')} {plural(left, 'n’a', 'n’ont')} pas été {plural(left, 'évalué')}." if left > 0 else ""
    )
    return (
        Para(f"Verdicts de l’expertise, sur {counted(judged, 'bien évalué', 'biens évalués')}.{rest}"),
        Grid(("Verdict", "Biens"), rows, (140, 34), right=(1,)),
        Para(
            "Les biens D et E sont hors du contrat jusqu’à leur remplacement, sauf si l’offre propose de les prendre "
            "en charge et à quel prix.",
            "note",
        ),
    )


# -- needs ------------------------------------------------------------------------------------------------------


def needs(asked: Request) -> tuple[Block, ...]:
    kept = asked.session.scalars(
        select(Need).where(Need.deleted_at.is_(None), Need.decision == NeedDecision.KEPT).order_by(Need.number)
    ).all()
    if not kept:
        return (Para(f"Aucun besoin n’a encore été retenu\u00a0: besoins {TO_SPECIFY}."),)
    sources, ranks = list(SOURCES), list(Moscow)
    ordered = sorted(
        kept, key=lambda n: (sources.index(n.source), ranks.index(n.priority) if n.priority else len(ranks))
    )
    blocks: list[Block] = [
        Para(
            "Besoins recueillis auprès des techniciens, des utilisateurs et des acheteurs, puis retenus. "
            "L’offre dit, pour chacun, s’il est satisfait et comment."
        )
    ]
    for source, found in groupby(ordered, key=lambda need: need.source):
        rows = tuple(
            (
                need.number,
                need.statement,
                or_unknown(need.expectation),
                need.priority.label if need.priority else TO_SPECIFY,
            )
            for need in found
        )
        blocks += [
            Para(SOURCES[source], "strong"),
            Grid(("N°", "Besoin", "Ce qui le satisferait", "Priorité"), rows, (18, 72, 58, 26)),
        ]
    return tuple(blocks)


# -- perimeter and services -------------------------------------------------------------------------------------


def perimeter(asked: Request) -> tuple[Block, ...]:
    exact = asked.project is not None and has_perimeter(asked.session, asked.project)
    note = "" if exact else " Le périmètre du projet n’est pas encore arrêté\u00a0: tout le parc est demandé."
    excluded = written(asked.asked.exclusions) or written(asked.project.exclusions if asked.project else None)
    families = Counter(one.family for one in asked.covered)
    rows = tuple((name, formats.number(n)) for name, n in sorted(families.items(), key=lambda pair: fold(pair[0])))
    blocks: list[Block] = [
        Para(f"{posts_told(len(asked.covered), asked.posts)} à maintenir, listés en annexe A.{note}")
    ]
    blocks += [Grid(("Famille", "Biens à maintenir"), rows, (140, 34), right=(1,))] if rows else []
    blocks += [
        Para("Ajout et retrait de biens", "strong"),
        Para(
            "Le périmètre suit la vie du parc. L’offre dit à quel prix un bien est ajouté, à partir de quel nombre le "
            "prix change, et comment un retrait le diminue."
        ),
        Para("Exclusions", "strong"),
        Bullets(tuple(excluded)) if excluded else Para(f"Exclusions\u00a0: {TO_SPECIFY}."),
    ]
    return tuple(blocks)


def kinds(asked: Request) -> tuple[Block, ...]:
    wanted = list(dict.fromkeys(one.kind for one in asked.services if one.inclusion != Inclusion.EXCLUDED))
    told = tuple(f"{kind.label}\u00a0: {KINDS[kind]}." for kind in ServiceType if kind in wanted)
    return (
        Bullets(told) if told else Para(f"Types de maintenance\u00a0: {TO_SPECIFY}."),
        Para(
            "Qui fait quoi, selon les cinq niveaux de maintenance (à ne pas confondre avec ceux d’une assistance).",
            "strong",
        ),
        Grid(
            ("Niveau", "Ce que c’est", "Exemples", "Fait par"),
            tuple((n, meaning, example, _doer(int(n), asked.project)) for n, meaning, example in LEVELS),
            (14, 62, 62, 36),
        ),
    )


def _doer(level: int, project: Contract | None) -> str:
    if project is None or (project.internal_level is None and project.contract_level is None):
        return TO_SPECIFY
    if project.internal_level is not None and level <= project.internal_level:
        return "l’entreprise"
    if project.contract_level is None:
        return TO_SPECIFY
    return "le prestataire" if level <= project.contract_level else "le prestataire, sur devis"


def services(asked: Request) -> tuple[Block, ...]:
    wanted = [one for one in asked.services if one.inclusion != Inclusion.EXCLUDED]
    if not wanted:
        return (Para(f"Les prestations ne sont pas encore écrites au projet de contrat\u00a0: {TO_SPECIFY}."),)
    rows = tuple(
        (one.label, one.kind.label, one.frequency.label, one.inclusion.label, one.scope or MISSING) for one in wanted
    )
    heads = ("Prestation", "Type", "Fréquence", "Prix", "Étendue")
    excluded = [one.label for one in asked.services if one.inclusion == Inclusion.EXCLUDED]
    more = (Para(f"Ne sont pas demandés\u00a0: {', '.join(excluded)}."),) if excluded else ()
    return (Grid(heads, rows, (46, 27, 27, 26, 48)), *more)


def annex(asked: Request) -> tuple[Block, ...]:
    if not asked.covered:
        return (Para(f"Aucun bien\u00a0: liste {TO_SPECIFY}."),)
    if len(asked.covered) > ANNEX_MOST:
        return (Para(f"{counted(len(asked.covered), 'bien')}\u00a0: la liste est remise à part, en classeur."),)
    rows = tuple(
        (
            one.number,
            one.family,
            joined(one.brand, one.model) or "non relevé",
            "non noté" if one.site == NO_SITE else one.site,
            one.criticality or "non notée",
            formats.day(one.warranty_end) if one.warranty_end else "non relevée",
        )
        for one in asked.covered
    )
    heads = ("N°", "Famille", "Modèle", "Site", "Criticité", "Garantie jusqu’au")
    return (Grid(heads, rows, (21, 32, 50, 27, 22, 22)),)
