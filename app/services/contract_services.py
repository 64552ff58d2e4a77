"""The services of a contract, one by one, those usually asked, and the documents owed (domain.md A.2, A.5, C.9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.agreements import CONTRACT_SERVICE, DUE_DOCUMENT
from app.models import ContractService, DueDocument
from app.models.codes import FeePeriod
from app.models.contract_codes import DueRule, Frequency, Inclusion, ServiceType
from app.services import records
from app.services.amendments import found

FIRST = 2
PER_YEAR = {FeePeriod.MONTH: 12, FeePeriod.QUARTER: 4, FeePeriod.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Offered:
    """A service that contracts usually hold; `scope` says what it is made of."""

    label: str
    kind: ServiceType
    frequency: Frequency
    scope: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service as its table shows it; `cost` in cents HT; `over` once its last day is past."""

    id: int
    label: str
    kind: ServiceType
    frequency: Frequency
    inclusion: Inclusion
    obligation: str
    scope: str
    cost: int | None
    cost_period: FeePeriod | None
    since: date | None
    until: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A document that the provider owes; `delay` in working days."""

    id: int
    label: str
    rule: DueRule
    delay: int | None
    sanction: str


def _offered(kind: ServiceType, *lines: tuple[str, Frequency, str]) -> tuple[Offered, ...]:
    return tuple(Offered(label, kind, frequency, scope) for label, frequency, scope in lines)


CATALOGUE = (
    *_offered(
        ServiceType.PREVENTIVE,
        (
            "Visite préventive annuelle",
            Frequency.YEARLY,
            "Contrôle et nettoyage de chaque équipement, avec un rapport.",
        ),
        (
            "Mises à jour des systèmes et des logiciels",
            Frequency.MONTHLY,
            ("Correctifs de sécurité d’abord\u00a0; essai avant déploiement\u00a0; compte rendu de ce qui a échoué."),
        ),
        ("Entretien des serveurs", Frequency.MONTHLY, "Journaux, espace disque, mises à jour, redémarrage planifié."),
        ("Contrôle des onduleurs", Frequency.HALF_YEARLY, "État et autonomie des batteries."),
    ),
    *_offered(
        ServiceType.CORRECTIVE,
        ("Dépannage à distance", Frequency.ON_DEMAND, "Prise en main du poste avec l’accord de la personne."),
        (
            "Intervention sur site",
            Frequency.ON_DEMAND,
            ("Déplacement, diagnostic et réparation\u00a0; dites si le trajet est compris."),
        ),
        ("Remplacement de pièces", Frequency.ON_DEMAND, "Main-d’œuvre\u00a0; dites si les pièces sont comprises."),
        ("Prêt de matériel pendant une réparation", Frequency.ON_DEMAND, "Un équipement équivalent, installé."),
        (
            "Remise en service après sinistre",
            Frequency.ON_DEMAND,
            ("Serveurs et postes essentiels d’abord, dans l’ordre convenu."),
        ),
    ),
    *_offered(
        ServiceType.ASSISTANCE,
        (
            "Assistance téléphonique (hotline)",
            Frequency.CONTINUOUS,
            ("Réponse aux questions et premier diagnostic, pendant les heures couvertes."),
        ),
        ("Préparation d’un poste pour un arrivant", Frequency.ON_DEMAND, "Compte, messagerie, logiciels, droits."),
        (
            "Fermeture des accès d’un partant",
            Frequency.ON_DEMAND,
            "Le jour du départ\u00a0; archivage de la messagerie.",
        ),
        ("Formation des utilisateurs", Frequency.YEARLY, "Bonnes pratiques, hameçonnage, nouveaux outils."),
    ),
    *_offered(
        ServiceType.MONITORING,
        (
            "Supervision des serveurs et du réseau",
            Frequency.CONTINUOUS,
            ("Alertes sur les pannes, les disques pleins, les services arrêtés\u00a0; qui est prévenu, et quand."),
        ),
        (
            "Supervision des postes de travail",
            Frequency.CONTINUOUS,
            "État des disques, de l’antivirus et des mises à jour.",
        ),
    ),
    *_offered(
        ServiceType.BACKUP,
        (
            "Sauvegardes et contrôle quotidien",
            Frequency.DAILY,
            ("Serveurs et données partagées, une copie hors du site, un contrôle de chaque nuit."),
        ),
        ("Essai de restauration", Frequency.HALF_YEARLY, "Un vrai retour de données, avec un procès-verbal."),
        ("Plan de reprise", Frequency.YEARLY, "Ordre de remise en route, durée maximale d’arrêt, essai."),
    ),
    *_offered(
        ServiceType.SECURITY,
        ("Antivirus ou EDR", Frequency.CONTINUOUS, "Licences, mises à jour, traitement des alertes."),
        ("Gestion du pare-feu", Frequency.MONTHLY, "Règles, mises à jour, journaux."),
        ("Filtrage des courriels", Frequency.CONTINUOUS, "Pourriels, pièces jointes et liens dangereux."),
        ("Revue des comptes et des droits", Frequency.HALF_YEARLY, "Comptes inutiles fermés, administrateurs comptés."),
    ),
    *_offered(
        ServiceType.EVOLUTIVE,
        ("Installation de nouveaux équipements", Frequency.ON_DEMAND, "Sur devis accepté."),
        ("Évolution du réseau ou des serveurs", Frequency.ON_DEMAND, "Étude, devis, réalisation, recette."),
    ),
    *_offered(
        ServiceType.ADVICE,
        ("Gestion des licences", Frequency.YEARLY, "Inventaire, échéances, conformité."),
        (
            "Réunion de suivi",
            Frequency.QUARTERLY,
            "Chiffres du trimestre, incidents, actions, compte rendu sous 5 jours.",
        ),
        ("Conseil et budget informatique", Frequency.YEARLY, "Ce qu’il faut remplacer dans l’année, et à quel prix."),
        ("Tenue à jour de la documentation", Frequency.CONTINUOUS, "Schéma du réseau, configurations, procédures."),
    ),
)
"""What a company of this size asks for, in our own words (seeds 000, 002, 004)."""
USUAL_DOCUMENTS = (
    ("Compte rendu d’intervention", DueRule.AFTER_VISIT, 2),
    ("Compte rendu d’incident", DueRule.AFTER_INCIDENT, 5),
    ("Planning de maintenance", DueRule.QUARTERLY, None),
    ("Rapport d’activité", DueRule.MONTHLY, 10),
)
"""Domain.md A.5: in working days, after the visit, the incident, the end of the month; before each quarter."""


def starting(kinds: Iterable[ServiceType]) -> list[Offered]:
    """The first two of each kind: what a contract of these kinds begins with."""
    wanted = set(kinds)
    return [one for kind in ServiceType if kind in wanted for one in [o for o in CATALOGUE if o.kind == kind][:FIRST]]


def proposed(session: Session, contract_id: int) -> list[Offered]:
    """Of the catalogue, what the contract does not have."""
    written = {one.label for one in _kept(session, contract_id)}
    return [one for one in CATALOGUE if one.label not in written]


def add(session: Session, contract_id: int, wanted: Iterable[Offered]) -> int:
    """Write services of the catalogue in a contract; gives how many."""
    found(session, contract_id)
    made = [
        records.create(
            session, CONTRACT_SERVICE,
            {"contract_id": contract_id, "label": one.label, "kind": one.kind, "frequency": one.frequency,
             "scope": one.scope},
        )
        for one in wanted
    ]  # fmt: skip
    return len(made)


def rows(session: Session, contract_id: int, today: date) -> list[ServiceRow]:
    """By type in the order of their list, then as they were written."""
    order = list(ServiceType)
    kept = sorted(_kept(session, contract_id), key=lambda one: (order.index(one.kind), one.id))
    return [
        ServiceRow(
            one.id, one.label, one.kind, one.frequency, one.inclusion,
            one.obligation.label if one.obligation else "", one.scope or "", one.cost, one.cost_period, one.since,
            one.until, one.until is not None and one.until < today,
        )
        for one in kept
    ]  # fmt: skip


def yearly_cost(session: Session, contract_id: int, today: date) -> int | None:
    """Cents HT a year of the services included and in force that have a price of their own; None when none has."""
    costs = [
        one.cost * PER_YEAR[one.cost_period]
        for one in _kept(session, contract_id)
        if one.cost is not None and one.cost_period is not None and one.inclusion == Inclusion.INCLUDED
        and (one.since is None or one.since <= today) and (one.until is None or one.until >= today)
    ]  # fmt: skip
    return sum(costs) if costs else None


def owed(session: Session, contract_id: int) -> list[Owed]:
    kept = session.scalars(
        select(DueDocument)
        .where(DueDocument.contract_id == contract_id, DueDocument.deleted_at.is_(None))
        .order_by(DueDocument.id)
    )
    return [Owed(one.id, one.label, one.rule, one.delay_days, one.sanction or "") for one in kept]


def add_usual_documents(session: Session, contract_id: int, since: date | None = None) -> int:
    """Those of domain.md A.5 that the contract does not ask for yet, followed from `since`; gives how many."""
    written = {one.label for one in owed(session, contract_id)}
    missing = [one for one in USUAL_DOCUMENTS if one[0] not in written]
    for label, rule, delay in missing:
        values = {"contract_id": contract_id, "label": label, "rule": rule, "delay_days": delay, "since": since}
        records.create(session, DUE_DOCUMENT, values)
    return len(missing)


def delay_words(one: Owed) -> str:
    """« 2 jours ouvrés », « – »."""
    if one.delay is None:
        return "–"
    return f"{one.delay}\u00a0jour{'s' if one.delay > 1 else ''} ouvré{'s' if one.delay > 1 else ''}"


def _kept(session: Session, contract_id: int) -> list[ContractService]:
    own = (ContractService.contract_id == contract_id, ContractService.deleted_at.is_(None))
    return list(session.scalars(select(ContractService).where(*own).order_by(ContractService.id)))
