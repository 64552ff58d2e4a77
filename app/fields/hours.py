"""The covered hours of one day as people type them: « 9 h - 12 h 30, 14 h - 18 h »."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.fields.formats import time_of_day

Slot = tuple[int, int]
"""Minutes after midnight, the end excluded; 1440 is the midnight that ends the day."""
DAY = 1440
EXAMPLE = "Écrivez les heures comme 9 h - 12 h 30, 14 h - 18 h."
_CLOSED = {"", "-", "–", "fermé", "ferme", "néant"}
_TIME = r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?"
_SLOT = re.compile(rf"(?:de\s*)?{_TIME}\s*(?:-|–|—|à|a)\s*{_TIME}")


def slots_text(slots: Sequence[Slot]) -> str:
    """Empty for a day without hours."""
    return ", ".join(f"{time_of_day(opens)} - {time_of_day(closes)}" for opens, closes in slots)


def read_slots(text: str) -> tuple[Slot, ...]:
    """The slots in their order; ValueError when one cannot be read, is backwards, or overlaps another."""
    bare = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").lower().split())
    if bare in _CLOSED:
        return ()
    return checked_slots(_slot(part.strip()) for part in re.split(r"[,;+/]| et ", bare))


def checked_slots(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The same in their order; ValueError for one that is backwards, or overlaps another."""
    found = sorted(slots)
    for opens, closes in found:
        if opens >= closes:
            raise ValueError(f"«\u00a0{slots_text([(opens, closes)])}\u00a0»\u00a0: la fin précède le début.")
    for before, after in pairwise(found):
        if after[0] < before[1]:
            raise ValueError(
                f"«\u00a0{slots_text([before])}\u00a0» et «\u00a0{slots_text([after])}\u00a0» se chevauchent."
            )
    return tuple(found)


def _slot(text: str) -> Slot:
    read = _SLOT.fullmatch(text)
    if not read:
        raise ValueError(EXAMPLE)
    return _minutes(read[1], read[2]), _minutes(read[3], read[4])


def _minutes(hours: str, minutes: str | None) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if total > DAY or int(minutes or 0) >= 60:  # noqa: PLR2004 - minutes in an hour
        raise ValueError(EXAMPLE)
    return total
