"""The registry of indicators: importing the package declares them all."""

from app.kpi import delays
from app.kpi.reasons import SINGULAR
from app.kpi.registry import REGISTRY, Cohort, Good, Kpi, Measure, Unit

__all__ = ["REGISTRY", "SINGULAR", "Cohort", "Good", "Kpi", "Measure", "Unit", "delays"]
