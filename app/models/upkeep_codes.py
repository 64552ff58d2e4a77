"""The closed lists of planning, evaluations and documents received (domain.md A.5, C.12, G)."""

from app.codes import Code


class TaskKind(Code):
    """What is planned: upkeep, the follow-up of backups, the training of people."""

    MAINTENANCE = "maintenance", "Maintenance préventive"
    BACKUP_CHECK = "backup_check", "Contrôle des sauvegardes"
    RESTORE_TEST = "restore_test", "Essai de restauration"
    AWARENESS = "awareness", "Sensibilisation"


class Every(Code):
    """The unit of a frequency: « tous les 3 mois »."""

    DAYS = "days", "jours"
    WEEKS = "weeks", "semaines"
    MONTHS = "months", "mois"
    YEARS = "years", "ans"


class VisitStatus(Code):
    """As told; whether a planned visit was missed is worked out from its window."""

    PLANNED = "planned", "Prévue", "info"
    DONE = "done", "Faite", "ok"
    CANCELLED = "cancelled", "Annulée", "mute"


class VisitState(Code):
    """Where a visit stands on a day, what calls for an act first: its status and its window (domain.md B.2)."""

    MISSED = "missed", "Manquée", "bad", True
    DUE = "due", "À faire", "warn", True
    PLANNED = "planned", "Prévue", "info"
    LATE = "late", "Faite hors délai", "warn"
    DONE = "done", "Faite", "ok"
    CANCELLED = "cancelled", "Annulée", "mute"


class VisitResult(Code):
    GOOD = "good", "Conforme", "ok"
    REMARKS = "remarks", "Avec remarques", "warn"
    FAILED = "failed", "En échec", "bad", True


class CheckResult(Code):
    """Of one line of a checklist."""

    GOOD = "good", "Fait, conforme", "ok"
    BAD = "bad", "À reprendre", "bad", True
    NOT_APPLICABLE = "not_applicable", "Sans objet", "mute"


class BackupState(Code):
    """Where the follow-up of a backup stands, the gravest first."""

    FAILED = "failed", "En échec", "bad", True
    UNCHECKED = "unchecked", "À contrôler", "warn", True
    UNTESTED = "untested", "Essai à faire", "warn", True
    FOLLOWED = "followed", "Suivie", "ok"


class PartState(Code):
    """domain.md C.12, in its order."""

    REQUESTED = "requested", "Demandée", "warn"
    ORDERED = "ordered", "Commandée", "info"
    RECEIVED = "received", "Reçue", "info"
    FITTED = "fitted", "Posée", "ok"
    CHECKED = "checked", "Contrôlée", "ok"


class LinkKind(Code):
    """How a ticket bears on another, read from the first to the second."""

    DUPLICATE = "duplicate", "Doublon de"
    CAUSED_BY = "caused_by", "Causé par"
    FOLLOWS = "follows", "Fait suite à"
    RELATED = "related", "Lié à"


class Resolution(Code):
    """How a service was restored (domain.md D.1)."""

    FINAL = "final", "Solution définitive", "ok"
    WORKAROUND = "workaround", "Contournement", "warn"


class DueState(Code):
    """Where the nearest promise of a ticket under way stands, at the moment of reading."""

    LATE = "late", "En retard", "bad", True
    RUNNING = "running", "Dans les délais", "ok"
    STOPPED = "stopped", "Horloge arrêtée", "hold"
    UNPROMISED = "unpromised", "Sans engagement", "mute"


class Running(Code):
    """What is told of an asset by its ticket: that it does not work."""

    DOWN = "down", "À l’arrêt", "bad", True


class CancelReason(Code):
    """Cancelled tickets are left out of every indicator, and counted apart (domain.md B.1)."""

    DUPLICATE = "duplicate", "Doublon"
    TEST = "test", "Essai"
    MISTAKE = "mistake", "Ouvert par erreur"
    WITHDRAWN = "withdrawn", "Retiré par le demandeur"


class EvaluationState(Code):
    EXPECTED = "expected", "À recevoir", "info"
    RECEIVED = "received", "Reçue", "ok"


class EvaluationStanding(Code):
    """Of a form on the day it is looked at: the one that calls for an act, first."""

    UNSOLVED = "unsolved", "Non résolu", "bad", True
    LATE = "late", "En retard", "warn", True
    EXPECTED = "expected", "Attendue", "info"
    INCOMPLETE = "incomplete", "Incomplète", "mute"
    RECEIVED = "received", "Reçue", "ok"


class AnswerSource(Code):
    """How the answers of a form came back."""

    TYPED = "typed", "Saisie"
    FIELDS = "fields", "PDF rempli"
    SCAN = "scan", "Papier numérisé"


class QuestionKind(Code):
    """domain.md G.3."""

    SCALE = "scale", "De 1 à 5, ou sans avis"
    RECOMMEND = "recommend", "Recommandation, de 0 à 10"
    EFFORT = "effort", "Effort, de 1 à 5"
    OPEN = "open", "Réponse libre"


class DeliveryState(Code):
    """Of a document that the provider owes (domain.md A.5): what is told, or what its day says."""

    EXPECTED = "expected", "Attendu", "info"
    LATE = "late", "En retard", "bad", True
    RECEIVED = "received", "Reçu", "ok"
    REFUSED = "refused", "Refusé", "warn", True
    WAIVED = "waived", "Non exigé", "mute"
