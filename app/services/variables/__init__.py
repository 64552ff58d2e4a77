"""The variables of the clauses, by name (domain.md C.9). Each module registers those of its subject."""

from app.services.variables import ending, hours, parties, prices, scope
from app.services.variables.registry import GROUPS, VARIABLES, Source, Variable, fill, unknown

__all__ = [
    "GROUPS",
    "VARIABLES",
    "Source",
    "Variable",
    "ending",
    "fill",
    "hours",
    "parties",
    "prices",
    "scope",
    "unknown",
]
