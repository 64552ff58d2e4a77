"""Importing lists and inventories made by other programs: read, compare with the base, write (ecosystem.md 4)."""

from app.services.importing.applying import Result, apply
from app.services.importing.entries import Reject, Source
from app.services.importing.jobs import Options, apply_job, import_job, plan_job, read_file
from app.services.importing.planning import Change, Line, Outcome, Plan, plan
from app.services.importing.source import recognise

__all__ = [
    "Change",
    "Line",
    "Options",
    "Outcome",
    "Plan",
    "Reject",
    "Result",
    "Source",
    "apply",
    "apply_job",
    "import_job",
    "plan",
    "plan_job",
    "read_file",
    "recognise",
]
