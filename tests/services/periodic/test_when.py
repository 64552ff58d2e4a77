"""How the periods of a report are called and written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.services.periodic import when
from app.services.spans import Period
from app.settings import Rhythm

FREE = Period(date(2026, 1, 5), date(2026, 2, 18))


@pytest.mark.parametrize(
    ("mark", "words", "of_words", "noun", "short"),
    [
        ("2026-06", "juin 2026", "de juin 2026", "mois", "juin 26"),
        ("2026-04", "avril 2026", "d’avril 2026", "mois", "avr. 26"),
        ("2026-10", "octobre 2026", "d’octobre 2026", "mois", "oct. 26"),
        ("2026-T3", "troisième trimestre 2026", "du troisième trimestre 2026", "trimestre", "T3 26"),
        ("2026", "année 2026", "de l’année 2026", "année", "2026"),
    ],
)
def test_a_period_is_called(mark: str, words: str, of_words: str, noun: str, short: str) -> None:
    period = when.read(mark)
    told = (when.words(period), when.of_words(period), when.noun(period), when.short(period))
    assert [one.replace("\u00a0", " ") for one in told] == [words, of_words, noun, short]
    assert when.mark(period) == mark


def test_days_that_are_no_usual_period_are_told_by_their_days() -> None:
    assert (when.mark(FREE), when.noun(FREE), when.short(FREE)) == ("2026-01-05-2026-02-18", "période", "18/02/2026")
    assert when.of_words(FREE) == when.words(FREE) == "du 5\u00a0janvier au 18\u00a0février\u00a02026"


@pytest.mark.parametrize("text", ["", "juin", "2026-13", "2026-T5", "26-06", "2026-6", "1999"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="2026-T3"):
        when.read(text)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from([Rhythm.MONTH, Rhythm.QUARTER, Rhythm.YEAR]))
def test_a_day_is_in_its_period_which_follows_the_last_one_over(day: date, rhythm: Rhythm) -> None:
    period = when.holding(rhythm, day)
    assert period.start <= day <= period.end
    assert when.last_over(rhythm, day).end == period.start - timedelta(days=1)
    assert when.read(when.mark(period)) == period
    assert when.rhythm_of(period) == rhythm


def test_those_offered_begin_with_the_one_under_way() -> None:
    offered = when.offered(date(2026, 11, 22))
    titles = [when.title(one, date(2026, 11, 22)).replace("\u00a0", " ") for one in offered]
    assert titles[:2] == ["Novembre 2026 (en cours)", "Octobre 2026"]
    assert titles[24:26] == ["Quatrième trimestre 2026 (en cours)", "Troisième trimestre 2026"]
    assert titles[-1] == "Année 2023"
    assert when.mark(when.usual("quarter", date(2026, 11, 22))) == "2026-T3"
    assert when.mark(when.usual("none", date(2026, 11, 22))) == "2026-10"
