"""Importing lists and inventories made by other programs: read, compare with the base, write (ecosystem.md 4)."""

from app.services.importing.applying import Result, apply
from app.services.importing.columns import Target, importable
from app.services.importing.entries import Reject, Source, TableView, UnknownColumns
from app.services.importing.jobs import apply_job, import_job, mapped, plan_job, table_job, targets
from app.services.importing.memory import forget, remember, remembered
from app.services.importing.options import Options, read_columns
from app.services.importing.planning import plan
from app.services.importing.plans import Change, Line, Outcome, Plan

__all__ = [
    "Change",
    "Line",
    "Options",
    "Outcome",
    "Plan",
    "Reject",
    "Result",
    "Source",
    "TableView",
    "Target",
    "UnknownColumns",
    "apply",
    "apply_job",
    "forget",
    "import_job",
    "importable",
    "mapped",
    "plan",
    "plan_job",
    "read_columns",
    "remember",
    "remembered",
    "table_job",
    "targets",
]
