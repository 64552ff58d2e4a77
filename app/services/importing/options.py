"""What a person may say of a file before it is read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import Refused

Told = Mapping[Any, str | None]
"""A heading, or the position of a column from 0 -> the target it fills, by its name or its label, or None to leave it
aside."""
WRITING = "Écrivez la correspondance comme «\u00a0Titre=champ;Autre titre=-\u00a0», ou nommez un fichier JSON."
_PLACE = re.compile(r"#(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Options:
    """`entity` says what a list holds when its headers must not decide; `columns` what some of its columns fill (the
    others are guessed); `sheet` the sheet of a workbook. The last user's name is personal data: it is read only when
    asked for. `from_memory` lets the columns told once for the same headings serve again.
    """

    entity: str = ""
    last_user: bool = False
    columns: Told = field(default_factory=dict)
    sheet: str = ""
    from_memory: bool = True


def read_columns(text: str) -> Told:
    """« N° parc=N°;Machine=hostname;#4=- » as columns: « - » leaves one aside, « #4 » is the fourth. Or the path of a
    JSON file that maps headings to fields, null leaving one aside."""
    pairs = _of_file(Path(text)) if text.lower().endswith(".json") else _of_words(text)
    return {_place(heading.strip()): _target(target) for heading, target in pairs.items()}


def _of_words(text: str) -> dict[str, str | None]:
    pairs = [piece.rpartition("=") for piece in text.split(";") if piece.strip()]
    if not pairs or not all(heading.strip() and mark for heading, mark, _ in pairs):
        raise Refused(WRITING)
    return {heading: target for heading, _, target in pairs}


def _of_file(path: Path) -> dict[str, str | None]:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refused(f"«\u00a0{path}\u00a0» n’est pas un fichier JSON lisible. {WRITING}") from error
    if not isinstance(told, dict) or not all(isinstance(one, str | None) for one in told.values()):
        raise Refused(f"«\u00a0{path.name}\u00a0» doit faire correspondre des titres à des champs. {WRITING}")
    return {str(heading): target for heading, target in told.items()}


def _place(heading: str) -> str | int:
    found = _PLACE.fullmatch(heading)
    return int(found[1]) - 1 if found else heading


def _target(text: str | None) -> str | None:
    bare = (text or "").strip()
    return None if bare in {"", "-", "–"} else bare
