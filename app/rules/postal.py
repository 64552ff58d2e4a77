"""The address as the sorting machines of the post read it (papers.md 2, « Lettre de dénonciation »)."""

import re
import unicodedata
from collections.abc import Iterable
from textwrap import wrap

LINES, LONGEST = 6, 38


def postal_lines(parts: Iterable[str]) -> tuple[str, ...]:
    """At most six lines of 38 capitals without accent nor punctuation, the last part at the foot.

    A part too long takes several lines; when there are too many, those in the middle give way to the name at the top
    and to the street and town at the foot.
    """
    groups = [wrap(shown, LONGEST) for part in parts if (shown := _capitals(part))]
    lines = [line for group in groups for line in group]
    if len(lines) <= LINES:
        return tuple(lines)
    return (*groups[0][:1], *lines[len(groups[0]) :][-(LINES - 1) :])


def _capitals(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^A-Z0-9 ]", " ", letters.upper()).split())
