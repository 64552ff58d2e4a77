"""A cell of another program's list to what our kinds of fields read: orders of dates, signs of amounts, units."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.fields import clean_line, fold

Order = Literal["dmy", "mdy"]
_SLASHED = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_NOTHING = {"", "–", "-", "—", "n/a", "#n/a", "null", "(null)", "nan", "#valeur!", "#ref!", "&nbsp;", "0000-00-00",
            "0000-00-00 00:00:00"}  # fmt: skip
_MONTHS_IN_YEAR = 12
_MEMORY = re.compile(r"(\d{1,9}(?:[.,]\d+)?)([kmgt])i?[ob]", re.IGNORECASE)
_FACTORS = {"k": 1 / 1024, "m": 1, "g": 1024, "t": 1024 * 1024}


def is_nothing(text: str) -> bool:
    return clean_line(text).casefold() in _NOTHING


def date_order(columns: Iterable[Iterable[str]]) -> Order:
    """American only if some date cannot be read otherwise and none says the contrary; one file has one order."""
    american = french = 0
    for cells in columns:
        for cell in cells:
            if found := _SLASHED.match(cell):
                french += int(found[1]) > _MONTHS_IN_YEAR
                american += int(found[2]) > _MONTHS_IN_YEAR
    return "mdy" if american > french else "dmy"


def day_text(text: str, order: Order) -> str:
    """The date alone, in a writing that our kinds read; what is no date is left for them to refuse."""
    if iso := _ISO.match(text):
        return f"{iso[1]}-{iso[2]}-{iso[3]}"
    if found := _SLASHED.match(text):
        first, second = (found[2], found[1]) if order == "mdy" else (found[1], found[2])
        return f"{first}/{second}/{found[3]}"
    return text


def moment_text(text: str, order: Order) -> str:
    """The same with its hour and minute; midnight if there is none."""
    hour = re.search(r"[T ](\d{1,2}[:h]\d{2})", text)
    return f"{day_text(text, order)} {hour[1] if hour else '00:00'}"


def amount_text(text: str) -> str:
    """« $1,234.50 », « 1.234,50 EUR » -> « 1234.50 ». A lone separator before three figures parts thousands."""
    bare = re.sub(r"(?i)[\s\u00a0\u202f'’$£€]|eur(os?)?|usd|gbp|chf|h\.?t\.?$", "", text)
    if "," in bare and "." in bare:
        decimal = max(",.", key=bare.rfind)
        return bare.replace("." if decimal == "," else ",", "").replace(",", ".")
    if re.fullmatch(r"-?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*", bare):
        return re.sub(r"[.,]", "", bare)
    return bare


def cents_text(text: str) -> str:
    """The same to the cent: a price worked out by a spreadsheet has twelve decimals."""
    bare = amount_text(text)
    if not re.fullmatch(r"-?\d{1,12}[.,]\d{3,}", bare, re.ASCII):
        return bare
    return str(Decimal(bare.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP))


def is_whole(text: str) -> bool:
    """A few figures alone: a size that leaves its unit to the heading."""
    return bool(re.fullmatch(r"\d{1,6}", text, re.ASCII))


def megabytes_text(text: str) -> str:
    """« 16 Go » -> « 16384 »; without unit it is already in Mo."""
    found = _MEMORY.fullmatch(re.sub(r"\s", "", text))
    return str(round(float(found[1].replace(",", ".")) * _FACTORS[found[2].lower()])) if found else text


def gigabytes_text(text: str) -> str:
    """« 1 To » -> « 1000 », « 512 GB » -> « 512 »: makers of disks count by thousands."""
    bare = clean_line(text)
    for end, factor in (("to", 1000), ("tb", 1000), ("go", 1), ("gb", 1)):
        if bare.casefold().endswith(end):
            whole = bare[: -len(end)].strip().replace(",", ".")
            return str(round(float(whole) * factor)) if re.fullmatch(r"\d{1,9}(\.\d+)?", whole) else text
    return text


def first_of(text: str) -> str:
    """Several addresses in a cell: the first."""
    return re.split(r"[\n,;]|<br ?/?>|\s+", text.strip(), maxsplit=1)[0]


def split_name(text: str) -> tuple[str | None, str]:
    """« Claire BONNIN », « Bonnin, Claire », « BONNIN Claire », « Claire Bonnin » -> (first name, last name)."""
    bare = clean_line(text)
    if "," in bare:
        last, _, first = (piece.strip() for piece in bare.partition(","))
        return first or None, last
    words = bare.split(" ")
    upper = [w for w in words if len(w) > 1 and w.isupper()]
    if upper and len(upper) < len(words):
        return " ".join(w for w in words if w not in upper), " ".join(upper)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else (None, bare)


def same_name(first: str | None, last: str) -> str:
    """A key for comparing people: both names, whatever their order was."""
    return " ".join(sorted(fold(f"{first or ''} {last}").replace("-", " ").split()))


def place_parts(text: str) -> tuple[str, str]:
    """GLPI's full names of places, « Dijon > Bâtiment A > 2.04 » -> (site, room)."""
    site, _, room = (piece.strip() for piece in clean_line(text).partition(" > "))
    return site, room
