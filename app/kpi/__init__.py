"""The registry of indicators: importing the package declares them all."""

from app.kpi import availability, costs, delays, load, opinions, solving, upkeep
from app.kpi.reasons import SINGULAR
from app.kpi.registry import (
    EVERYTHING,
    REGISTRY,
    Amount,
    Base,
    Cohort,
    Good,
    Kpi,
    Means,
    Measure,
    Row,
    Scope,
    Unit,
)

_ORDER = (
    "mtta", "mttr", "mttres", "gti", "gts", "gtr", "fcr", "reouverture", "recurrence", "mdt", "mtbf", "dispo",
    "dispo_ponderee", "realisation_preventif", "ratio_preventif", "documents", "csat", "cout_valeur", "volume",
    "backlog", "backlog_age",
)  # fmt: skip
"""From the call to what it costs; another one comes last."""
REGISTRY.update({code: REGISTRY.pop(code) for code in [*_ORDER, *REGISTRY] if code in REGISTRY})

__all__ = [
    "EVERYTHING",
    "REGISTRY",
    "SINGULAR",
    "Amount",
    "Base",
    "Cohort",
    "Good",
    "Kpi",
    "Means",
    "Measure",
    "Row",
    "Scope",
    "Unit",
    "availability",
    "costs",
    "delays",
    "load",
    "opinions",
    "solving",
    "upkeep",
]
