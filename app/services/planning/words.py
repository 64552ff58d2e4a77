"""How a frequency is told."""

from app.fields import NBSP
from app.models.upkeep_codes import Every

ONCE = {
    (1, Every.DAYS): "chaque jour ouvré",
    (1, Every.WEEKS): "chaque semaine",
    (1, Every.MONTHS): "chaque mois",
    (3, Every.MONTHS): "chaque trimestre",
    (6, Every.MONTHS): "chaque semestre",
    (12, Every.MONTHS): "chaque année",
    (1, Every.YEARS): "chaque année",
}


def every(count: int, unit: Every) -> str:
    """« chaque mois », « tous les 2 mois », « toutes les 2 semaines », « tous les 3 ans »."""
    return ONCE.get((count, unit)) or several(str(count), unit)


def several(count: str, unit: Every) -> str:
    return f"{'toutes' if unit == Every.WEEKS else 'tous'} les {count}{NBSP}{unit.label}"
