"""Planned work, backups and awareness (domain.md A.2, B.2)."""

from collections.abc import Mapping
from typing import Any

from app.entities.base import Entity, Linked, Numbering, Problems
from app.fields import Choice, Count, Day, Derived, Flag, Minutes, Ref, Text, TimeOfDay
from app.models import BackupPlan, MaintenanceTask, Visit, VisitCheck, VisitPerson
from app.models.contract_codes import Frequency
from app.models.upkeep_codes import BackupState, CheckResult, Every, TaskKind, VisitResult, VisitState, VisitStatus

SCOPE = "Sur quoi"
WHEN = "Quand"
HOW = "Comment"
OUTCOME = "Résultat"
PROMISE = "Ce qui est attendu"


def _task_makes_sense(values: Mapping[str, Any]) -> Problems:
    problems: Problems = {}
    first, until = values.get("first_on"), values.get("until")
    if first and until and until < first:
        problems["until"] = "La fin précède la première fois."
    if values.get("asset_id") and values.get("family_id"):
        problems["family_id"] = "Choisissez un bien ou une famille, pas les deux."
    if values.get("kind") in {TaskKind.BACKUP_CHECK, TaskKind.RESTORE_TEST} and not values.get("backup_plan_id"):
        problems["backup_plan_id"] = "Dites de quelle sauvegarde il s’agit."
    return problems


MAINTENANCE_TASK = Entity(
    model=MaintenanceTask,
    one="Tâche préventive",
    many="Tâches préventives",
    gender="f",
    icon="repeat",
    chips=("kind", "contract_id", "family_id"),
    order_by="label",
    numbering=Numbering(prefix="MP"),
    summary="Ce qui revient\u00a0: nettoyer, vérifier, tester, former. Le programme en fait des visites.",
    subtitle=("kind", "contract_id"),
    first_columns=(
        "number", "label", "rhythm", "next_on", "missed", "family_id", "site_id", "technician",
        "duration_minutes", "contract_id",
    ),
    brief=("label", "next_on", "missed"),
    check=_task_makes_sense,
    linked=(Linked("visit", "task_id"),),
    fields=(
        Text(name="number", label="N°", column="shown", width=96, read_only=True),
        Text(name="label", label="Tâche", required=True, max_length=160, column="shown", width=256),
        Choice(name="kind", label="Nature", options=TaskKind, default=TaskKind.MAINTENANCE, required=True,
               column="shown", width=170),
        Ref(name="contract_id", label="Contrat", target="contract", column="shown", width=150,
            help="Vide\u00a0: faite par vous.", group=SCOPE),
        Ref(name="asset_id", label="Bien", target="asset", column="available", group=SCOPE),
        Ref(name="family_id", label="Famille", target="family", column="shown", width=126, group=SCOPE,
            help="Tous ses biens, ceux à venir aussi."),
        Ref(name="site_id", label="Site", target="site", column="shown", width=84, group=SCOPE,
            help="Vide\u00a0: une visite par site."),
        Ref(name="backup_plan_id", label="Sauvegarde", target="backup_plan", group=SCOPE),
        Derived(name="rhythm", label="Fréquence", words=True, column="shown", width=120),
        Count(name="every", label="Tous les", low=1, high=999, default=1, required=True, width=80, group=WHEN),
        Choice(name="unit", label="Unité", options=Every, default=Every.MONTHS, required=True, width=90, group=WHEN),
        Day(name="first_on", label="Première fois le", required=True, column="shown", group=WHEN),
        Day(name="until", label="Jusqu’au", group=WHEN),
        Derived(name="next_on", label="Prochaine visite", day=True, column="shown", width=112),
        Derived(name="missed", label="Manquées", column="shown", width=86,
                help="Visites dont la tolérance est passée, qui ne sont ni faites, ni déplacées, ni annulées."),
        Count(name="window_days", label="Tolérance", unit="jours", high=366, group=WHEN,
              help="Avant et après. Vide\u00a0: un dixième de l’intervalle."),
        TimeOfDay(name="starts_at", label="Heure", group=WHEN),
        Minutes(name="duration_minutes", label="Durée prévue", column="shown", width=92, group=HOW),
        Text(name="technician", label="Technicien", max_length=120, suggest=True, column="shown", width=130, group=HOW,
             filterable=True),
        Count(name="level", label="Niveau (1 à 5)", low=1, high=5, group=HOW),
        Flag(name="stops_asset", label="Arrête le bien", default=False, required=True, group=HOW,
             help="Un arrêt prévu n’est pas une panne."),
        Text(name="checklist", label="Points à vérifier", multiline=True, column="never", group=HOW,
             help="Un point par ligne."),
        Flag(name="active", label="Suivie", default=True, required=True, column="available", bulk=True),
    ),
)  # fmt: skip


def _visit_makes_sense(values: Mapping[str, Any]) -> Problems:
    if values.get("status") == VisitStatus.DONE and not values.get("done_on"):
        return {"done_on": "Dites quel jour la visite a été faite."}
    return {}


VISIT = Entity(
    model=Visit,
    one="Visite",
    many="Visites",
    gender="f",
    icon="calendar-check",
    chips=("state", "kind", "technician", "site_id"),
    order_by="state",
    then_by="planned_on",
    first_columns=("number", "label", "state", "planned_on", "site_id", "technician", "kind", "done_on", "result"),
    brief=("label", "state", "planned_on"),
    numbering=Numbering(prefix="V", yearly=True),
    own_page=True,
    summary="Chaque passage prévu, fait ou manqué.",
    subtitle=("kind", "site_id", "technician"),
    check=_visit_makes_sense,
    linked=(Linked("visit_check", "visit_id"), Linked("visit_person", "visit_id"), Linked("intervention", "visit_id")),
    fields=(
        Text(name="number", label="N°", column="shown", width=120, read_only=True),
        Text(name="label", label="Objet", required=True, max_length=160, column="shown", width=244),
        Choice(name="kind", label="Nature", options=TaskKind, default=TaskKind.MAINTENANCE, required=True,
               column="shown", width=160),
        Derived(name="state", label="État", options=VisitState, column="shown", width=132, filterable=True),
        Choice(name="status", label="Suite donnée", options=VisitStatus, default=VisitStatus.PLANNED, required=True,
               badge=True, column="available", width=110, in_form=False),
        Ref(name="task_id", label="Tâche", target="maintenance_task", column="available", in_form=False),
        Ref(name="contract_id", label="Contrat", target="contract", column="available", group=SCOPE),
        Ref(name="site_id", label="Site", target="site", column="shown", width=130, group=SCOPE),
        Ref(name="asset_id", label="Bien", target="asset", column="available", group=SCOPE),
        Ref(name="backup_plan_id", label="Sauvegarde", target="backup_plan", column="available", group=SCOPE),
        Day(name="due_on", label="Échéance", column="available", in_form=False, group=WHEN),
        Day(name="planned_on", label="Prévue le", required=True, column="shown", width=106, group=WHEN),
        Day(name="earliest_on", label="Au plus tôt le", in_form=False, group=WHEN),
        Day(name="latest_on", label="Au plus tard le", column="available", in_form=False, group=WHEN),
        TimeOfDay(name="starts_at", label="Heure", column="shown", width=70, group=WHEN),
        Minutes(name="duration_minutes", label="Durée prévue", column="shown", width=100, group=WHEN, total=True),
        Text(name="technician", label="Technicien", max_length=120, suggest=True, column="shown", width=140,
             group=WHEN, bulk=True, filterable=True),
        Count(name="rank", label="Ordre dans la tournée", low=1, high=99, in_form=False, group=WHEN),
        Text(name="moved_reason", label="Déplacée parce que", max_length=200, in_form=False, group=WHEN),
        Day(name="done_on", label="Faite le", column="shown", width=104, in_form=False, group=OUTCOME),
        Choice(name="result", label="Résultat", options=VisitResult, badge=True, column="shown", width=130,
               in_form=False, group=OUTCOME),
        Minutes(name="measured_minutes", label="Durée de la restauration (RTO)", in_form=False, group=OUTCOME),
        Minutes(name="lost_minutes", label="Âge des données revenues (RPO)", in_form=False, group=OUTCOME),
        Text(name="notes", label="Remarques", multiline=True, column="never", group=OUTCOME),
    ),
)  # fmt: skip

VISIT_CHECK = Entity(
    model=VisitCheck,
    one="Point vérifié",
    many="Points vérifiés",
    icon="list-checks",
    order_by="label",
    from_lists=False,
    fields=(
        Ref(name="visit_id", label="Visite", target="visit", required=True, column="shown"),
        Ref(name="asset_id", label="Bien", target="asset", column="shown"),
        Text(name="label", label="Point", required=True, max_length=200, column="shown", width=260),
        Choice(name="result", label="Constat", options=CheckResult, badge=True, column="shown", width=130),
        Text(name="notes", label="Remarque", max_length=300, column="shown", width=220),
    ),
)

VISIT_PERSON = Entity(
    model=VisitPerson,
    one="Participant",
    many="Participants",
    icon="users",
    order_by="person_id",
    from_lists=False,
    fields=(
        Ref(name="visit_id", label="Séance", target="visit", required=True, column="shown"),
        Ref(name="person_id", label="Personne", target="person", required=True, column="shown", width=200),
        Flag(name="present", label="Présente", column="shown"),
    ),
)

BACKUP_PLAN = Entity(
    model=BackupPlan,
    one="Sauvegarde",
    many="Sauvegardes",
    gender="f",
    icon="database-backup",
    chips=("contract_id",),
    order_by="label",
    numbering=Numbering(prefix="SV", width=2),
    summary="Ce qui est sauvegardé, où, et la preuve qu’on sait le restaurer.",
    subtitle=("asset_id", "destination"),
    linked=(Linked("maintenance_task", "backup_plan_id"), Linked("visit", "backup_plan_id")),
    fields=(
        Text(name="number", label="N°", column="shown", width=80, read_only=True),
        Text(name="label", label="Ce qui est sauvegardé", required=True, max_length=160, column="shown", width=240),
        Derived(name="state", label="Suivi", options=BackupState, column="shown", width=130, filterable=True,
                help="D’après le dernier contrôle et le dernier essai de restauration."),
        Derived(name="check_age", label="Contrôle (j)", column="shown", width=96,
                help="Jours depuis le dernier contrôle réussi."),
        Derived(name="test_age", label="Essai (j)", column="shown", width=84,
                help="Jours depuis la dernière restauration réussie."),
        Ref(name="asset_id", label="Bien", target="asset", column="shown", width=180),
        Ref(name="contract_id", label="Contrat", target="contract", column="available", width=180),
        Text(name="owner", label="Responsable", max_length=120, suggest=True, column="available"),
        Text(name="method", label="Méthode, logiciel", max_length=160, column="available", group=HOW),
        Text(name="destination", label="Où sont les copies", max_length=200, column="shown", width=200, group=HOW),
        Choice(name="frequency", label="Fréquence", options=Frequency, default=Frequency.DAILY, required=True,
               column="shown", group=HOW),
        Text(name="retention", label="Conservation", max_length=120, group=HOW, placeholder="30 jours, puis 12 mois"),
        Count(name="copies", label="Copies, l’original compris", low=1, high=99, group=HOW),
        Count(name="media", label="Supports différents", low=1, high=20, group=HOW,
              help="Disque, NAS, bande, hébergeur\u00a0: une même panne ne doit pas les toucher tous."),
        Flag(name="offsite", label="Une copie hors du site", group=HOW),
        Flag(name="offline", label="Une copie débranchée ou inaltérable", group=HOW,
             help="Un rançongiciel chiffre aussi les copies qu’il peut atteindre."),
        Flag(name="encrypted", label="Copies chiffrées", group=HOW),
        Minutes(name="rpo_minutes", label="Perte admise (RPO)", calendar=True, column="shown", group=PROMISE,
                help="L’âge, au plus, des données retrouvées."),
        Minutes(name="rto_minutes", label="Remise en marche en (RTO)", calendar=True, column="shown", group=PROMISE),
        Text(name="notes", label="Notes", multiline=True, column="never"),
    ),
)  # fmt: skip
