"""The preventive plan: tasks that come again, the visits they make, those missed (domain.md A.2, B.2)."""

from collections.abc import Mapping

from app.models.upkeep_codes import CheckResult, Every, TaskKind, VisitResult, VisitState, VisitStatus

__all__ = ["ICONS", "CheckResult", "Every", "TaskKind", "VisitResult", "VisitState", "VisitStatus"]

ICONS: Mapping[TaskKind, str] = {
    TaskKind.MAINTENANCE: "wrench",
    TaskKind.BACKUP_CHECK: "database-backup",
    TaskKind.RESTORE_TEST: "archive-restore",
    TaskKind.AWARENESS: "graduation-cap",
}
