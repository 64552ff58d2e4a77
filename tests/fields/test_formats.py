"""French formats, from tables and by round trips."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields import formats as f

NB = "\u00a0"
MOMENTS = st.datetimes(datetime(1950, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001 - aware
    lambda t: t.replace(second=0, microsecond=0)
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (None, 0, "–"),
        (0, 0, "0"),
        (-0, 2, "0,00"),
        (1234567, 0, f"1{NB}234{NB}567"),
        (Decimal("1234.5"), 1, f"1{NB}234,5"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("-0.005"), 2, "−0,01"),
        (Decimal("2.5"), 0, "3"),
        (-1000, 0, f"−1{NB}000"),
    ],
)
def test_number(value: Decimal | int | None, places: int, text: str) -> None:
    assert f.number(value, places) == text


@pytest.mark.parametrize(
    ("cents", "text"),
    [(None, "–"), (0, f"0,00{NB}€"), (123450, f"1{NB}234,50{NB}€"), (-5, f"−0,05{NB}€"), (100, f"1,00{NB}€")],
)
def test_amount(cents: int | None, text: str) -> None:
    assert f.amount(cents) == text


@pytest.mark.parametrize(
    ("count", "many", "text"),
    [(0, "", f"0{NB}bien"), (1, "", f"1{NB}bien"), (2, "", f"2{NB}biens"), (1234, "parts", f"1{NB}234{NB}parts")],
)
def test_counted(count: int, many: str, text: str) -> None:
    assert f.counted(count, "bien", many) == text


@pytest.mark.parametrize(
    ("most", "text"), [(4, "a, b, c"), (3, "a, b, c"), (2, f"a, b et 1{NB}autre"), (1, f"a et 2{NB}autres")]
)
def test_listed(most: int, text: str) -> None:
    assert f.listed(["a", "b", "c"], most) == text


def test_amount_without_unit() -> None:
    assert f.amount(123450, "") == f"1{NB}234,50"


@pytest.mark.parametrize(
    ("ratio", "places", "text"),
    [(None, 1, "–"), (Decimal("0.8333"), 1, f"83,3{NB}%"), (1, 0, f"100{NB}%"), (0.00001, 3, f"0,001{NB}%")],
)
def test_percent(ratio: Decimal | float | None, places: int, text: str) -> None:
    assert f.percent(ratio, places) == text


@pytest.mark.parametrize(
    "text", ["06/2026", "6.26", "2026-06", "juin 2026", "juin-26", "Juin\u00a02026", "15/06/2026", "2026-06-01"]
)
def test_read_month(text: str) -> None:
    assert f.read_month(text) == date(2026, 6, 1)


@pytest.mark.parametrize(("text", "month"), [("févr. 2026", 2), ("fev 26", 2), ("juil. 2026", 7), ("déc.-26", 12)])
def test_read_a_month_in_short(text: str, month: int) -> None:
    assert f.read_month(text) == date(2026, month, 1)


@pytest.mark.parametrize("text", ["jui 2026", "brumaire 2026", "13/2026", "2026", "avant"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"Écrivez|existe pas"):
        f.read_month(text)


@pytest.mark.parametrize(("hundredths", "text"), [(1_500, f"15{NB}%"), (786, f"7,86{NB}%"), (850, f"8,5{NB}%")])
def test_rate(hundredths: int, text: str) -> None:
    assert f.rate(hundredths) == text


@pytest.mark.parametrize(
    ("value", "weekday", "text"),
    [
        (date(2026, 11, 6), False, f"6{NB}novembre{NB}2026"),
        (date(2026, 11, 6), True, f"vendredi{NB}6{NB}novembre{NB}2026"),
        (date(2026, 5, 1), False, f"1er{NB}mai{NB}2026"),
        (date(2026, 8, 31), False, f"31{NB}août{NB}2026"),
    ],
)
def test_day_words(value: date, weekday: bool, text: str) -> None:
    assert f.day_words(value, weekday=weekday) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 5, 1), date(2026, 5, 1), "le 1er mai 2026"),
        (date(2026, 5, 20), date(2026, 5, 22), "du 20 au 22 mai 2026"),
        (date(2026, 5, 30), date(2026, 6, 2), "du 30 mai au 2 juin 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "du 30 décembre 2025 au 2 janvier 2026"),
    ],
)
def test_days_words(first: date, last: date, text: str) -> None:
    assert f.days_words(first, last).replace(NB, " ") == text


def test_day() -> None:
    assert (f.day(None), f.day(date(2026, 1, 2))) == ("–", "02/01/2026")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (datetime(2026, 7, 1, 12, 5, tzinfo=UTC), "01/07/2026 14:05"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "01/01/2027 00:30"),
    ],
)
def test_moment(value: datetime | None, text: str) -> None:
    assert f.moment(value) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (None, "–"),
        (0, f"0{NB}h{NB}00"),
        (265, f"4{NB}h{NB}25"),
        (Decimal("59.5"), f"1{NB}h{NB}00"),
        (-61, f"−1{NB}h{NB}01"),
        (61234, f"1{NB}020{NB}h{NB}34"),
    ],
)
def test_duration(minutes: int | Decimal | None, text: str) -> None:
    assert f.duration(minutes) == text


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [
        ("3", 0, "3"),
        ("1 234,5", 1, "1234.5"),
        ("1\u202f234,50", 1, "1234.5"),
        ("1234.5", 2, "1234.5"),
        ("−3", 0, "-3"),
        ("-3", 0, "-3"),
        ("2,0", 0, "2"),
    ],
)
def test_read_number(text: str, places: int, value: str) -> None:
    assert f.read_number(text, places) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("deux", 0), ("1,5", 0), ("1,234", 2), ("1.234,5", 2), ("1e5", 2), ("٣", 0), ("--3", 0), ("1" * 16, 0)],
)
def test_read_number_refuses(text: str, places: int) -> None:
    with pytest.raises(ValueError, match=r"^(Écrivez un nombre|\d chiffres au plus)"):
        f.read_number(text, places)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1 234,50 €", 123450),
        ("1234.5", 123450),
        ("12 € HT", 1200),
        ("12 EUR HT", 1200),
        ("12 euros", 1200),
        ("−5,05", -505),
        ("0", 0),
    ],
)
def test_read_amount(text: str, cents: int) -> None:
    assert f.read_amount(text) == cents


@pytest.mark.parametrize("text", ["", "€", "douze", "1,234", "12 $", "200 000 000 000"])
def test_read_amount_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="montant"):
        f.read_amount(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21/11/2026", date(2026, 11, 21)),
        (" 21.11.26 ", date(2026, 11, 21)),
        ("21112026", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        ("1 2 2027", date(2027, 2, 1)),
        ("15/03/98", date(1998, 3, 15)),
        ("15/03/69", date(2069, 3, 15)),
        ("29/02/2028", date(2028, 2, 29)),
        ("aujourd’hui", date(2026, 3, 1)),
        ("aujourd'hui", date(2026, 3, 1)),
        ("hier", date(2026, 2, 28)),
        ("Demain", date(2026, 3, 2)),
    ],
)
def test_read_day(text: str, value: date) -> None:
    assert f.read_day(text, today=date(2026, 3, 1)) == value


@pytest.mark.parametrize(
    "text", ["", "11/2026", "21/11", "30/02/2026", "00/01/2026", "01/13/2026", "0026-01-02", "01/01/1949", "x/y/z"]
)
def test_read_day_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(Écrivez une date|«\u00a0.*\u00a0: ce jour|L’année)"):
        f.read_day(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21/11/2026 14:05", datetime(2026, 11, 21, 13, 5, tzinfo=UTC)),
        ("21/11/2026 à 14 h 05", datetime(2026, 11, 21, 13, 5, tzinfo=UTC)),
        ("21/11/2026\u00a014h", datetime(2026, 11, 21, 13, 0, tzinfo=UTC)),
        ("2026-07-01 9:30", datetime(2026, 7, 1, 7, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:15", datetime(2026, 7, 1, 7, 30, 15, tzinfo=UTC)),
        ("14:05", datetime(2026, 3, 1, 13, 5, tzinfo=UTC)),
        ("25/10/2026 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_read_moment(text: str, value: datetime) -> None:
    assert f.read_moment(text, now=datetime(2026, 3, 1, 8, tzinfo=UTC)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21/11/2026",
        "21/11/2026 24:00",
        "21/11/2026 10:60",
        "midi",
        "14::05",
        "31/02/2026 10:00",
        "29/03/2026 02:30",
    ],
)
def test_read_moment_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"Écrivez une date|ce jour n’existe pas|Cette heure n’existe pas"):
        f.read_moment(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4 h 25", 265),
        ("31 jours", 44_640),
        ("2 j", 2880),
        ("4h", 240),
        ("2h5", 125),
        ("90 min", 90),
        ("90mn", 90),
        ("1:30", 90),
        ("1,5", 90),
        ("0", 0),
        ("1 020 h 34", 61234),
    ],
)
def test_read_duration(text: str, minutes: int) -> None:
    assert f.read_duration(text) == minutes


@pytest.mark.parametrize("text", ["", "4 h 75", "1:75", "-1", "longtemps", "99999999 min", "99999999"])
def test_read_duration_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="Écrivez une durée"):
        f.read_duration(text)


@given(st.integers(-f.MAX_CENTS, f.MAX_CENTS))
def test_an_amount_is_read_back(cents: int) -> None:
    assert f.read_amount(f.amount(cents)) == cents


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_number_is_read_back(value: Decimal) -> None:
    assert f.read_number(f.number(value, 3), 3) == value


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_a_day_is_read_back(value: date) -> None:
    assert f.read_day(f.day(value)) == value


@given(st.integers(0, 10**6))
def test_a_duration_is_read_back(minutes: int) -> None:
    assert f.read_duration(f.duration(minutes)) == minutes


@given(MOMENTS)
def test_a_moment_is_read_back_but_in_the_hour_that_autumn_repeats(value: datetime) -> None:
    read = f.read_moment(f.moment(value))
    assert read == value or value - read == timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (datetime(2026, 10, 22, 9, tzinfo=UTC), {}, f"22/10{NB}à{NB}11:00"),
        (datetime(2026, 10, 26, 8, 20, tzinfo=UTC), {"weekday": True}, f"lundi{NB}26/10{NB}à{NB}09:20"),
        (datetime(2025, 12, 31, 22, 30, tzinfo=UTC), {"joint": " "}, f"31/12/2025{NB}23:30"),
    ],
)
def test_a_brief_moment_tells_the_year_when_it_is_another(value: datetime, options: dict[str, Any], text: str) -> None:
    assert f.brief_moment(value, date(2026, 11, 20), **options) == text


@pytest.mark.parametrize(
    ("minutes", "told"), [(None, "–"), (90, "1 h 30"), (1440, "24 h 00"), (2880, "2 jours"), (2881, "48 h 01"),
                          (44_640, "31 jours")]
)  # fmt: skip
def test_a_span_of_the_calendar(minutes: int | None, told: str) -> None:
    assert f.span(minutes).replace("\u00a0", " ") == told


@pytest.mark.parametrize("read", [f.read_number, f.read_amount, f.read_day, f.read_moment, f.read_duration])
@given(text=st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(read: object, text: str) -> None:
    assert callable(read)
    try:
        read(text)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017 - most texts are refused, a few are read


@pytest.mark.parametrize(
    ("value", "places", "least", "told"),
    [(1000, 3, 0, "1"), (3500, 3, 0, "3,5"), (125, 4, 0, "0,0125"), (645_000, 4, 2, "64,50"), (-1500, 3, 0, "−1,5"),
     (0, 3, 0, "0"), (2000, 2, 0, "20"), (12_345_678, 4, 2, "1\u00a0234,5678")],
)  # fmt: skip
def test_the_zeros_that_end_a_number_are_left_out(value: int, places: int, least: int, told: str) -> None:
    assert f.shortened(value, places, least) == told
