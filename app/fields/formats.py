"""French dates, amounts, numbers and durations: to text and back. Every other module calls these.

The reading functions raise ValueError with a French sentence that says what to type.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from app.fields.text import fold

PARIS = ZoneInfo("Europe/Paris")
MISSING = "–"
NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MAX_CENTS = 10**13
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009]")
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(
    r"(?P<first>\d{4})-(?P<last>\d{1,2})|(?:(?P<month>\d{1,2})[/.\-]|(?P<name>[^\W\d]+)\.?[ \-])(?P<year>\d{4}|\d{2})"
)
_HOUR = re.compile(r"(\d{1,2})\s*[h:]\s*(?:(\d{2})(?::(\d{2}))?)?")
_EURO = re.compile(r"(€|euros?|eur)?(ht)?$", re.IGNORECASE)
_WHOLE_DAYS = re.compile(r"(\d{1,3})(?:j|jours?)", re.ASCII)
_MINUTES_A_DAY = 1440
_DURATION = re.compile(r"(?:(\d+)\s*h\s*(\d{1,2})?|(\d+)\s*(?:min|mn|m)|(\d+):(\d{2}))")


def this_day() -> date:
    """Today in Paris, in whatever time zone the machine is."""
    return datetime.now(PARIS).date()


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", NBSP)


def number(value: Decimal | int | None, places: int = 0) -> str:
    """1234.5 -> « 1 234,5 » (no-break spaces, half up)."""
    if value is None:
        return MISSING
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = f"{abs(exact):f}".partition(".")
    return (MINUS if exact < 0 else "") + _grouped(whole) + ("," + part if part else "")


def shortened(value: int, places: int, least: int = 0) -> str:
    """A number kept in parts of ten, without the zeros that end it: 3500 thousandths -> « 3,5 »."""
    while places > least and value % 10 == 0:
        value, places = value // 10, places - 1
    return number(Decimal(value).scaleb(-places), places)


def plural(count: int, one: str, many: str = "") -> str:
    """The word that agrees with `count`, 0 and 1 being singular: « bien », « biens », « journaux »."""
    return one if abs(count) < 2 else many or one + "s"  # noqa: PLR2004 - French plural


def counted(count: int, one: str, many: str = "") -> str:
    """« 1 bien », « 1 234 biens »."""
    return f"{number(count)}{NBSP}{plural(count, one, many)}"


def listed(words: Sequence[str], most: int, by: str = ", ") -> str:
    """« PC-0017, PC-0018 et 7 autres »: the first `most` of them."""
    left = len(words) - most
    shown = by.join(words[:most])
    return shown if left <= 0 else f"{shown} et {counted(left, 'autre')}"


def amount(cents: int | None, unit: str = "€") -> str:
    """123450 cents -> « 1 234,50 € »; `unit` may be empty in a table whose head says it."""
    if cents is None:
        return MISSING
    return number(Decimal(cents) / 100, 2) + (NBSP + unit if unit else "")


def percent(ratio: Decimal | float | None, places: int = 1) -> str:
    """0.8333 -> « 83,3 % »."""
    if ratio is None:
        return MISSING
    return number(Decimal(str(ratio)) * 100, places) + NBSP + "%"


def rate(hundredths: int) -> str:
    """1500 hundredths of a percent -> « 15 % », 550 -> « 5,5 % », 786 -> « 7,86 % »."""
    places = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return f"{number(Decimal(hundredths) / 100, places)}{NBSP}%"


def day(value: date | None) -> str:
    return MISSING if value is None else f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def day_words(value: date, weekday: bool = False) -> str:
    """« 6 novembre 2026 », « vendredi 6 novembre 2026 », « 1er mai 2026 »; unbreakable."""
    first = "1er" if value.day == 1 else str(value.day)
    words = [DAYS[value.weekday()]] if weekday else []
    return NBSP.join([*words, first, MONTHS[value.month - 1], str(value.year)])


def days_words(first: date, last: date) -> str:
    """« le 3 mai 2026 », « du 20 au 22 mai 2026 », « du 30 mai au 2 juin 2026 », « du 30 décembre 2026 au … »."""
    if first == last:
        return f"le {day_words(first)}"
    *begun, month, year = day_words(first).split(NBSP)
    if first.year != last.year:
        begun += [month, year]
    elif first.month != last.month:
        begun.append(month)
    return f"du {NBSP.join(begun)} au {day_words(last)}"


def month_words(value: date, short: bool = False) -> str:
    """« octobre 2026 », « oct. 2026 »."""
    return (SHORT_MONTHS if short else MONTHS)[value.month - 1] + f"{NBSP}{value.year}"


def moment(value: datetime | None) -> str:
    """An aware time -> « 22/10/2026 08:50 » in Paris."""
    if value is None:
        return MISSING
    local = value.astimezone(PARIS)
    return f"{day(local)} {local.hour:02d}:{local.minute:02d}"


def brief_moment(value: datetime, today: date | None = None, *, joint: str = " à ", weekday: bool = False) -> str:
    """« 22/10 à 11:00 », « lundi 26/10 à 09:20 » in Paris, unbreakable; the year stands when it is not this one."""
    local = value.astimezone(PARIS)
    this_year = (today or this_day()).year
    words = f"{DAYS[local.weekday()]} " if weekday else ""
    words += local.strftime("%d/%m") if local.year == this_year else day(local.date())
    return f"{words}{joint}{local:%H:%M}".replace(" ", NBSP)


def duration(minutes: int | Decimal | None) -> str:
    """265 minutes -> « 4 h 25 »; halves of a minute round up."""
    if minutes is None:
        return MISSING
    whole = int(Decimal(minutes).quantize(Decimal(1), ROUND_HALF_UP))
    hours, rest = divmod(abs(whole), 60)
    return f"{MINUS if whole < 0 else ''}{_grouped(str(hours))}{NBSP}h{NBSP}{rest:02d}"


def span(minutes: int | None) -> str:
    """A time by the calendar, in days once it is long and whole: 44 640 minutes -> « 31 jours », 90 -> « 1 h 30 »."""
    if minutes is None or minutes < 2 * _MINUTES_A_DAY or minutes % _MINUTES_A_DAY:
        return duration(minutes)
    return counted(minutes // _MINUTES_A_DAY, "jour")


def time_of_day(minutes: int) -> str:
    """Minutes after midnight -> « 9 h », « 12 h 30 »."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def read_time_of_day(text: str) -> int:
    """« 9 h », « 9h30 », « 09:30 » -> minutes after midnight."""
    read = re.fullmatch(r"(\d{1,2})(?:[h:](\d{2})?)?", _SPACE.sub("", text).lower(), re.ASCII)
    hours, minutes = (int(read[1]), int(read[2] or 0)) if read else (24, 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - a day and an hour
        raise ValueError("Écrivez une heure, par exemple 9 h 30.")
    return hours * 60 + minutes


def read_number(text: str, places: int = 0) -> Decimal:
    """« 1 234,5 », « 1234.5 », « -3 » -> Decimal, refused beyond `places` decimals."""
    bare = _SPACE.sub("", text).replace(MINUS, "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", bare, re.ASCII):
        raise ValueError("Écrivez un nombre, par exemple 3." if not places else "Écrivez un nombre, par exemple 12,5.")
    value = Decimal(bare)
    if value != value.quantize(Decimal(1).scaleb(-places)):
        raise ValueError(
            "Écrivez un nombre entier, par exemple 3." if not places else f"{places} chiffres au plus après la virgule."
        )
    return value


def read_amount(text: str) -> int:
    """« 1 234,50 € » -> 123450 cents."""
    bare = _EURO.sub("", _SPACE.sub("", text), count=1)
    try:
        cents = int(read_number(bare, 2) * 100)
    except ValueError as error:
        raise ValueError("Écrivez un montant en euros, par exemple 1 234,50.") from error
    if abs(cents) > MAX_CENTS:
        raise ValueError("Ce montant est trop grand.")
    return cents


def _full_year(digits: str) -> int:
    """Two digits from 70 are of the last century, as strptime has it."""
    if len(digits) > 2:  # noqa: PLR2004
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)  # noqa: PLR2004


def _date(year: str, month: str, dom: str) -> date:
    full = _full_year(year)
    try:
        value = date(full, int(month), int(dom))
    except ValueError as error:
        told = f"{int(dom):02d}/{int(month):02d}/{full:04d}"
        raise ValueError(f"«\u00a0{told}\u00a0»\u00a0: ce jour n’existe pas.") from error
    if not date(1950, 1, 1) <= value <= date(2199, 12, 31):
        raise ValueError("L’année doit être comprise entre 1950 et 2199.")
    return value


def read_day(text: str, today: date | None = None) -> date:
    """« 21/11/2026 », « 21.11.26 », « 21112026 », « 2026-11-21 », « aujourd’hui » -> date."""
    bare = text.strip().lower()
    if bare in {"aujourd'hui", "aujourd’hui", "auj"}:
        return today or this_day()
    if bare in {"hier", "demain"}:
        return (today or this_day()) + timedelta(days=1 if bare == "demain" else -1)
    if re.fullmatch(r"\d{8}", bare, re.ASCII):
        bare = f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
    if iso := _ISO_DAY.fullmatch(bare):
        return _date(iso[1], iso[2], iso[3])
    if french := _DAY.fullmatch(bare):
        return _date(french[3], french[2], french[1])
    raise ValueError("Écrivez une date comme 21/11/2026.")


def read_month(text: str) -> date:
    """« 06/2026 », « 2026-06 », « juin 2026 », « juin-26 », or any day of it -> the first day of that month."""
    bare = _SPACE.sub(" ", text).strip().lower()
    if found := _MONTH.fullmatch(bare):
        month = _month_named(found["name"]) if found["name"] else int(found["month"] or found["last"])
        return _date(found["first"] or found["year"], str(month), "1")
    return read_day(text).replace(day=1)


def _month_named(name: str) -> int:
    known = [at for at, one in enumerate(MONTHS, 1) if fold(one).startswith(fold(name))]
    if len(known) != 1:
        raise ValueError("Écrivez un mois comme 06/2026.")
    return known[0]


def read_moment(text: str, now: datetime | None = None) -> datetime:
    """« 21/11/2026 14:05 », « 21/11/2026 à 14 h 05 », « 2026-11-21T14:05:30 », « 14:05 » (today) -> aware UTC time.

    In the hour that the autumn change repeats, the first reading is taken; the one that spring skips is refused.
    """
    bare = re.sub(r" à |(?<=\d)t(?=\d)", " ", _SPACE.sub(" ", text).strip().lower())
    head, _, tail = bare.partition(" ") if _DAY.match(bare) or _ISO_DAY.match(bare) else ("", "", bare)
    hour = _HOUR.fullmatch(tail.strip())
    if not hour:
        raise ValueError("Écrivez une date et une heure comme 21/11/2026 14:05.")
    on = read_day(head) if head else (now or datetime.now(UTC)).astimezone(PARIS).date()
    try:
        at = time(int(hour[1]), int(hour[2] or 0), int(hour[3] or 0))
    except ValueError as error:
        raise ValueError("Écrivez une date et une heure comme 21/11/2026 14:05.") from error
    value = datetime.combine(on, at, PARIS).astimezone(UTC)
    if value.astimezone(PARIS).time() != at:
        raise ValueError("Cette heure n’existe pas\u00a0: ce jour-là, on passe à l’heure d’été.")
    return value


def read_duration(text: str) -> int:
    """« 4 h 25 », « 4h », « 90 min », « 1:30 », « 1,5 » (hours), « 31 jours » -> minutes."""
    bare = _SPACE.sub("", text).lower()
    if days := _WHOLE_DAYS.fullmatch(bare):
        return int(days[1]) * _MINUTES_A_DAY
    if found := _DURATION.fullmatch(bare):
        hours, minutes, only, h, m = found.groups()
        total = int(only) if only else int(hours or h) * 60 + int(minutes or m or 0)
        if total <= 10**6 and int(minutes or m or 0) < 60:  # noqa: PLR2004
            return total
    try:
        total = int((read_number(bare, 2) * 60).to_integral_value(ROUND_HALF_UP))
    except ValueError as error:
        raise ValueError("Écrivez une durée comme 4 h 25 ou 90 min.") from error
    if not 0 <= total <= 10**6:
        raise ValueError("Écrivez une durée comme 4 h 25 ou 90 min.")
    return total
