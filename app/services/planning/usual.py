"""The usual preventive tasks, by family of assets, offered until the company has its own (domain.md A.2, C.9 clause 6).

How often and how long are proposals, as are the points to check: a task is corrected like any other once it is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.planning import MAINTENANCE_TASK
from app.models import Asset, BackupPlan, Family, MaintenanceTask
from app.models.codes import AssetStatus
from app.models.upkeep_codes import Every, TaskKind
from app.services import records
from app.services.reading import families as named


@dataclass(frozen=True, slots=True)
class Usual:
    """`minutes` a visit; `level` of the five of A.3."""

    label: str
    families: tuple[str, ...]
    every: int
    unit: Every
    minutes: int
    level: int
    points: tuple[str, ...]
    kind: TaskKind = TaskKind.MAINTENANCE
    stops: bool = False


MONTHS, WEEKS = Every.MONTHS, Every.WEEKS
UPDATES = "Mises à jour du système et des logiciels installées"
PROTECTED = "Antivirus actif et à jour"
USUAL: tuple[Usual, ...] = (
    Usual(
        "Contrôle des serveurs", (named.SERVER,), 1, MONTHS, 60, 3,
        (
            "Journaux d’événements lus, erreurs expliquées", "Espace disque libre au-dessus de 20\u00a0%",
            "Grappe de disques (RAID) sans défaut", "Dernière sauvegarde réussie", PROTECTED,
            "Horloge, certificats et licences vérifiés",
        ),
    ),
    Usual(
        "Mises à jour des serveurs, avec redémarrage", (named.SERVER,), 3, MONTHS, 90, 3,
        (
            "Sauvegarde vérifiée avant l’intervention", UPDATES, "Micrologiciels à jour", "Redémarrage réussi",
            "Services contrôlés avec un utilisateur",
        ),
        stops=True,
    ),
    Usual(
        "Contrôle des machines virtuelles", (named.VIRTUAL,), 1, MONTHS, 30, 3,
        ("Espace disque libre au-dessus de 20\u00a0%", UPDATES, "Instantanés anciens supprimés"),
    ),
    Usual(
        "Contrôle des NAS", (named.NAS,), 1, MONTHS, 30, 3,
        ("Disques sans défaut (SMART)", "Espace libre au-dessus de 20\u00a0%", "Micrologiciel à jour",
         "Accès distant fermé ou protégé"),
    ),
    Usual(
        "Contrôle des pare-feu", (named.FIREWALL,), 3, MONTHS, 45, 3,
        ("Micrologiciel à jour", "Règles relues, celles qui ne servent plus retirées", "Licences de sécurité en cours",
         "Comptes d’administration et accès distants revus", "Configuration exportée et rangée"),
    ),
    Usual(
        "Contrôle du réseau et du Wi-Fi", (named.SWITCH, named.ACCESS_POINT), 6, MONTHS, 30, 3,
        ("Micrologiciel à jour", "Ports en erreur recherchés", "Ventilation et câblage propres",
         "Configuration exportée et rangée"),
    ),
    Usual(
        "Essai des onduleurs", (named.UPS,), 6, MONTHS, 20, 2,
        ("Autonomie mesurée en coupant le secteur", "Batteries sans gonflement",
         "Arrêt automatique des serveurs essayé", "Alarmes et journaux lus"),
    ),
    Usual(
        "Entretien des postes fixes", (named.DESKTOP,), 12, MONTHS, 20, 2,
        ("Poussière retirée, ventilateurs silencieux", UPDATES, PROTECTED, "Espace disque libre au-dessus de 20\u00a0%",
         "Câbles et périphériques en état"),
    ),
    Usual(
        "Entretien des ordinateurs portables", (named.LAPTOP,), 12, MONTHS, 20, 2,
        ("Poussière retirée, ventilateurs silencieux", "Capacité de la batterie relevée", "Disque chiffré", UPDATES,
         PROTECTED, "Chargeur et charnières en état"),
    ),
    Usual(
        "Entretien des imprimantes", (named.PRINTER,), 6, MONTHS, 30, 2,
        ("Nettoyage des rouleaux et de la vitre", "Compteur de pages relevé", "Consommables d’avance",
         "Micrologiciel à jour, accès d’administration protégé"),
    ),
    Usual(
        "Contrôle des téléphones et tablettes", (named.SMARTPHONE, named.TABLET), 12, MONTHS, 10, 1,
        ("Système à jour", "Code et chiffrement actifs", "Effacement à distance possible"),
    ),
    Usual(
        "Lecture des rapports de sauvegarde", (), 1, WEEKS, 10, 1,
        ("Travaux de la semaine réussis", "Volume sauvegardé vraisemblable", "Copie hors du site présente"),
        TaskKind.BACKUP_CHECK,
    ),
    Usual(
        "Essai de restauration", (), 6, MONTHS, 90, 3,
        ("Fichiers choisis au hasard retrouvés et ouverts", "Durée de la restauration mesurée",
         "Âge des données retrouvées noté"),
        TaskKind.RESTORE_TEST,
    ),
    Usual(
        "Sensibilisation à la sécurité", (), 12, MONTHS, 60, 1,
        ("Messages frauduleux", "Mots de passe et double authentification", "Qui prévenir, et comment"),
        TaskKind.AWARENESS,
    ),
)  # fmt: skip
BY_KIND = {TaskKind.BACKUP_CHECK, TaskKind.RESTORE_TEST}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A usual task that this company could have: of a family it has, of a backup that it follows, or of everybody.
    `count`: assets that it bears on; `there`: a task of that name, or on that family, is there already."""

    key: str
    usual: Usual
    on: str
    family_id: int | None = None
    backup_plan_id: int | None = None
    count: int = 0
    there: bool = False


def proposals(session: Session) -> list[Proposal]:
    """In the order above; those of families that the company has not are left out."""
    kept = select(
        MaintenanceTask.label, MaintenanceTask.family_id, MaintenanceTask.backup_plan_id, MaintenanceTask.kind
    )
    known = session.execute(kept.where(MaintenanceTask.deleted_at.is_(None))).all()
    labels = {(row.label, row.family_id, row.backup_plan_id) for row in known}
    found = []
    for at, usual in enumerate(USUAL):
        for made in _of(session, at, usual):
            there = (usual.label, made.family_id, made.backup_plan_id) in labels
            found.append(Proposal(made.key, usual, made.on, made.family_id, made.backup_plan_id, made.count, there))
    return found


def _of(session: Session, at: int, usual: Usual) -> Iterable[Proposal]:
    if usual.families:
        rows = session.execute(
            select(Family.id, Family.name, func.count(Asset.id))
            .join(Asset, Asset.family_id == Family.id)
            .where(Family.name.in_(usual.families), Family.deleted_at.is_(None), Asset.deleted_at.is_(None))
            .where(Asset.status != AssetStatus.RETIRED)
            .group_by(Family.id)
            .order_by(Family.id)
        )
        return [Proposal(f"{at}:{one}", usual, name, family_id=one, count=count) for one, name, count in rows]
    if usual.kind in BY_KIND:
        plans = select(BackupPlan.id, BackupPlan.label).where(BackupPlan.deleted_at.is_(None)).order_by(BackupPlan.id)
        return [Proposal(f"{at}:{one}", usual, label, backup_plan_id=one) for one, label in session.execute(plans)]
    return [Proposal(f"{at}:0", usual, "Tous les salariés")]


def add(
    session: Session, keys: Sequence[str], first_on: date, contract_id: int | None = None, technician: str | None = None
) -> list[int]:
    """Make tasks of these proposals, and their visits; those there already are left out. Gives their ids."""
    wanted = [one for one in proposals(session) if one.key in keys and not one.there]
    return [
        records.create(session, MAINTENANCE_TASK, _values(one, first_on, contract_id, technician)) for one in wanted
    ]


def _values(one: Proposal, first_on: date, contract_id: int | None, technician: str | None) -> dict[str, object]:
    usual = one.usual
    return {
        "label": usual.label,
        "kind": usual.kind,
        "family_id": one.family_id,
        "backup_plan_id": one.backup_plan_id,
        "contract_id": contract_id,
        "every": usual.every,
        "unit": usual.unit,
        "first_on": first_on,
        "duration_minutes": usual.minutes,
        "level": usual.level,
        "stops_asset": usual.stops,
        "technician": technician,
        "checklist": "\n".join(usual.points),
    }
