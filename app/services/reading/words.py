"""What agents and lists write in place of a value they do not know, and their many ways to write a date."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from app.fields import clean_line, fold
from app.fields.formats import PARIS

_BOGUS = {
    "0123456789", "12345678", "123456789", "1234567890", "asset", "asset 1234567890", "asset tag", "assettag",
    "aucun", "base board serial number", "chassis serial number", "default", "default string", "empty", "inconnu",
    "invalid", "missing", "n a", "na", "neant", "no asset information", "no asset tag", "no serial number",
    "non renseigne", "none", "not applicable", "not available", "not specified", "null", "o e m", "oem",
    "product name", "release keys", "sans", "serial number", "system manufacturer", "system name",
    "system product name", "system serial number", "test keys", "to be filled", "to be filled by o e m",
    "to be filled by oem", "type1productconfigid", "type2 board serial number", "undefined", "unknown",
}  # fmt: skip
_BOGUS_UUIDS = {"03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009"}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y")
_OLDEST = 2000


def known(text: str | None) -> str | None:
    """The text on one line, or None if it only says that nobody filled it in."""
    bare = clean_line(text or "")
    plain = re.sub(r"[^a-z0-9]+", " ", fold(bare)).strip()
    filler = not set(plain) - set(" 0x")  # « 0000 », « xx-xx », « --- »
    return None if filler or plain in _BOGUS or re.fullmatch(r"(.)\1{3,}", plain) else bare


def without_brand(model: str | None, brand: str | None) -> str | None:
    """A model that repeats its maker, « Brother HL-5350DN » of Brother, without it: both are shown side by side."""
    first, _, rest = (model or "").partition(" ")
    repeats = bool(brand) and fold(first) == fold((brand or "").partition(" ")[0])
    return rest.strip() if repeats and rest.strip() else model


def known_serial(text: str | None) -> str | None:
    bare = known(text)
    return bare if bare and len(bare) > 2 else None  # noqa: PLR2004 - no maker's serial is so short


def known_uuid(text: str | None) -> str | None:
    bare = clean_line(text or "").lower()
    if not _UUID.fullmatch(bare) or bare in _BOGUS_UUIDS or len(set(bare)) < 4:  # noqa: PLR2004 - all zeros or Fs
        return None
    return bare


def read_instant(text: str, zone: tzinfo = PARIS, now: datetime | None = None) -> datetime:
    """The writings met in inventories -> aware UTC time; ValueError for what cannot be a survey's date."""
    bare = clean_line(text)
    value = _parsed(bare)
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    if aware.year < _OLDEST or aware > (now or datetime.now(UTC)) + timedelta(days=1):
        raise ValueError(f"Date invraisemblable\u00a0: «\u00a0{bare}\u00a0».")
    return aware.astimezone(UTC)


def read_date(text: str) -> date | None:
    """When a software was installed, in any of their writings; None for what cannot be."""
    bare = clean_line(text)
    if re.fullmatch(r"(19|20)\d{6}", bare, re.ASCII):
        bare = f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    try:
        found = read_instant(bare).astimezone(PARIS).date()
    except (ValueError, OverflowError):
        return None
    return found


def _parsed(bare: str) -> datetime:
    for writing in _MOMENTS:
        try:
            return datetime.strptime(bare, writing)  # noqa: DTZ007 - the caller knows the zone
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(bare)
    except ValueError as error:
        raise ValueError(f"Date illisible\u00a0: «\u00a0{bare}\u00a0».") from error
