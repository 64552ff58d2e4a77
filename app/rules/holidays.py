"""Public holidays of each French zone, computed offline (domain.md D.2; Labour code L3133-1 and L3134-13)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

NATIONAL = "metropole"
ALSACE = "alsace_moselle"
ALSACE_TEMPLE = "alsace_moselle_temple"
ABOLITION = {
    "mayotte": (4, 27),
    "martinique": (5, 22),
    "guadeloupe": (5, 27),
    "saint_martin": (5, 28),
    "guyane": (6, 10),
    "saint_barthelemy": (10, 9),
    "reunion": (12, 20),
}
ZONES = frozenset({NATIONAL, ALSACE, ALSACE_TEMPLE, *ABOLITION})
PENTECOST = "Lundi de Pentecôte"
EASTER_MONDAY = "Lundi de Pâques"
SATURDAY = 5
SAINT_MARTIN_MOVED = 2018


def _national(year: int) -> list[tuple[date, str]]:
    """Eleven national days, those that fall on the same date kept apart (L3133-1)."""
    from holidays import country_holidays  # noqa: PLC0415 - half a tenth of a second, paid when first needed

    found = country_holidays("FR", language="fr")
    found.end_year = max(year, found.end_year)  # the library stops in 2100, a date typed here may not
    found.get(date(year, 1, 1))
    return [(on, name) for on, names in found.items() for name in names.split("; ")]


def _local(zone: str, year: int, easter_monday: date) -> list[tuple[date, str]]:
    """The days that a zone adds (L3134-13, decree 83-1003 and local acts)."""
    if zone in ABOLITION:
        month, day = ABOLITION[zone]
        if zone == "saint_martin" and year < SAINT_MARTIN_MOVED:
            day = 27
        return [(date(year, month, day), "Abolition de l’esclavage")]
    second_day = [(date(year, 12, 26), "Deuxième jour de Noël")]
    if zone == ALSACE:
        return second_day
    return [(easter_monday - timedelta(days=3), "Vendredi saint"), *second_day]


@cache
def public_holidays(zone: str, year: int, pentecost_worked: bool = False) -> Mapping[date, str]:
    """Date -> name, two feasts of one date joined by « et » (domain.md D.2); KeyError for an unknown zone.

    With `pentecost_worked` Whit Monday is left out (journée de solidarité), unless another feast falls on it.
    """
    if zone not in ZONES:
        raise KeyError(zone)
    feasts = _national(year)
    if zone != NATIONAL:
        easter_monday = next(on for on, name in feasts if name == EASTER_MONDAY)
        feasts += _local(zone, year, easter_monday)
    names: dict[date, list[str]] = {}
    for on, name in sorted(feasts):
        if not (pentecost_worked and name == PENTECOST):
            names.setdefault(on, []).append(name.replace("'", "’"))
    return MappingProxyType({on: " et ".join(several) for on, several in names.items()})


def is_business_day(day: date, zone: str) -> bool:
    """Monday to Friday, public holidays left out (jour ouvré, domain.md D.2)."""
    return day.weekday() < SATURDAY and day not in public_holidays(zone, day.year)


def business_day_before(day: date, zone: str) -> date:
    """`day` itself, or the business day before it (domain.md C.2)."""
    while not is_business_day(day, zone):
        day -= timedelta(days=1)
    return day
