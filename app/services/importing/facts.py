"""What agents and lists write in place of a value they do not know, and the facts read from an inventory."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from app.fields import clean_line, fold
from app.fields.formats import PARIS

_BOGUS = {
    "aucun", "asset tag", "asset 1234567890", "base board serial number", "chassis serial number", "default",
    "default string", "empty", "inconnu", "invalid", "missing", "n a", "na", "neant", "no asset tag",
    "no asset information", "no serial number", "none", "non renseigne", "not applicable", "not available",
    "not specified", "null", "o e m", "oem", "product name", "sans", "serial number", "system manufacturer",
    "system name", "system product name", "system serial number", "to be filled", "to be filled by o e m",
    "to be filled by oem", "undefined", "unknown", "type1productconfigid", "type2 board serial number",
    "123456789", "1234567890", "0123456789", "12345678",
}  # fmt: skip
_BOGUS_UUIDS = {"03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009"}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y")
_OLDEST = 2000


@dataclass(slots=True)
class AssetFacts:
    """`values` by field name of the asset, empty ones absent; `family` the name of the family guessed."""

    values: dict[str, Any]
    family: str
    notes: list[str] = field(default_factory=list)


def known(text: str | None) -> str | None:
    """The text on one line, or None if it only says that nobody filled it in."""
    bare = clean_line(text or "")
    plain = re.sub(r"[^a-z0-9]+", " ", fold(bare)).strip()
    filler = not set(plain) - set(" 0x")  # « 0000 », « xx-xx », « --- »
    return None if filler or plain in _BOGUS or re.fullmatch(r"(.)\1{3,}", plain) else bare


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
