"""The registry of indicators: importing the package declares them all."""

from app.kpi import delays
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
    "delays",
]
