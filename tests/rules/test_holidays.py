"""Public holidays (domain.md D.2)."""

from datetime import date

import pytest

from app.models.codes import Zone
from app.rules.holidays import ZONES, business_day_before, is_business_day, public_holidays

CHECKED = {
    "Lundi de Pâques": ["2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17"],
    "Ascension": ["2025-05-29", "2026-05-14", "2027-05-06", "2028-05-25"],
    "Lundi de Pentecôte": ["2025-06-09", "2026-05-25", "2027-05-17", "2028-06-05"],
    "Vendredi saint": ["2025-04-18", "2026-04-03", "2027-03-26", "2028-04-14"],
}
OWN_DAYS = [
    ("mayotte", "2026-04-27"),
    ("martinique", "2026-05-22"),
    ("guadeloupe", "2026-05-27"),
    ("saint_martin", "2017-05-27"),
    ("saint_martin", "2018-05-28"),
    ("guyane", "2026-06-10"),
    ("saint_barthelemy", "2026-10-09"),
    ("reunion", "2026-12-20"),
    ("alsace_moselle", "2026-12-26"),
]


def test_every_zone_of_the_models_is_known() -> None:
    assert {zone.value for zone in Zone} == ZONES


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, days in CHECKED.items() for t in days])
def test_movable_feasts(name: str, text: str) -> None:
    day = date.fromisoformat(text)
    assert name in public_holidays("alsace_moselle_temple", day.year)[day]


@pytest.mark.parametrize("year", [*range(2008, 2060), 2100, 2101, 2199])
def test_eleven_national_feasts(year: int) -> None:
    names = [one for joined in public_holidays("metropole", year).values() for one in joined.split(" et ")]
    assert len(names) == len(set(names)) == 11


@pytest.mark.parametrize(("zone", "text"), OWN_DAYS)
def test_a_zone_adds_its_own_day_only(zone: str, text: str) -> None:
    day = date.fromisoformat(text)
    added = set(public_holidays(zone, day.year)) - set(public_holidays("metropole", day.year))
    assert added == {day}


def test_good_friday_only_where_there_is_a_temple() -> None:
    assert date(2026, 4, 3) not in public_holidays("alsace_moselle", 2026)
    assert date(2026, 4, 3) in public_holidays("alsace_moselle_temple", 2026)


def test_pentecost_can_be_worked() -> None:
    assert date(2026, 5, 25) not in public_holidays("metropole", 2026, pentecost_worked=True)


def test_another_feast_on_a_worked_pentecost_stays() -> None:
    """In 1972 and 2051 Whit Monday is 22 May, abolition day in Martinique."""
    assert public_holidays("martinique", 2051)[date(2051, 5, 22)] == "Abolition de l’esclavage et Lundi de Pentecôte"
    worked = public_holidays("martinique", 2051, pentecost_worked=True)
    assert worked[date(2051, 5, 22)] == "Abolition de l’esclavage"


def test_a_date_carries_two_feasts() -> None:
    assert public_holidays("metropole", 2008)[date(2008, 5, 1)] == "Ascension et Fête du Travail"


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(KeyError):
        public_holidays("corse", 2026)


def test_business_day_before() -> None:
    assert business_day_before(date(2026, 11, 2), "metropole") == date(2026, 11, 2)
    assert business_day_before(date(2026, 11, 1), "metropole") == date(2026, 10, 30)
    assert not is_business_day(date(2026, 11, 11), "metropole")
