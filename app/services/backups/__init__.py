"""The backups followed: jobs checked, restorations tried and measured against what is promised (domain.md C.9, 13)."""

from app.models.upkeep_codes import BackupState, Every, TaskKind, VisitResult

__all__ = ["BackupState", "Every", "TaskKind", "VisitResult"]
