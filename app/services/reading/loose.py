"""Reading data whose every part may be of the wrong type: nothing here ever raises."""

import math
from typing import Any

from app.fields import clean_line

Part = dict[str, Any]
MAX_PARTS = 2000
_TOO_BIG = 10**12
_YES = {"1", "true", "yes", "on", "oui"}
_NO = {"0", "false", "no", "off", "non"}


def parts(value: Any, name: str, most: int = MAX_PARTS) -> list[Part]:
    """The dicts under `name`, whether it holds one, a list, or something else."""
    found = value.get(name) if isinstance(value, dict) else None
    listed = found if isinstance(found, list) else [found]
    return [item for item in listed[:most] if isinstance(item, dict)]


def part(value: Any, name: str) -> Part:
    """The first dict under `name`, or an empty one."""
    found = parts(value, name)
    return found[0] if found else {}


def text(value: Any, name: str, limit: int = 200) -> str:
    """A text or a number on one line; anything else is an empty text."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, list) and found:
        found = found[0]
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    if isinstance(found, int) and abs(found) > _TOO_BIG:
        return ""
    return clean_line(str(found)[: limit * 4])[:limit].strip()


def whole(value: Any, name: str) -> int | None:
    """A positive whole number, also when it is written as text; None for anything else."""
    bare = text(value, name).replace(" ", "")
    try:
        number = float(bare)
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and 0 < number < _TOO_BIG else None


def divided(value: Any, name: str, by: int) -> int | None:
    """A whole number in a larger unit: bytes in MiB."""
    found = whole(value, name)
    return round(found / by) if found else None


def truth(value: Any, name: str) -> bool:
    found = value.get(name) if isinstance(value, dict) else None
    return found is True or text(value, name).casefold() in _YES


def answer(value: Any, name: str) -> bool | None:
    """Yes, no, or None when the file does not say."""
    found = value.get(name) if isinstance(value, dict) else None
    word = text(value, name).casefold()
    return True if found is True or word in _YES else False if found is False or word in _NO else None
