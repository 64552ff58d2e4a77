"""The one way of any text into a PDF: what cannot be printed goes, what cannot break is held, lines are cut to a width.

No markup is ever read: a text is shown letter by letter as it was written.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.fields import NBSP
from app.reports.fonts import load, measure
from app.reports.theme import Type

LONGEST = 200_000
CUT = "… [texte coupé]"
_BREAK = re.compile(r"(?<![«°]) (?![:;!?%€»]|(?<=\d )\d{3}\b)")
"""Where a line may end: not inside « 5 % », « n° 3 » or « 12 500 », were they typed with plain spaces."""
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]*")
_NARROW = str.maketrans({"\u202f": NBSP, "\u2009": NBSP, "\u2007": NBSP, "\t": " ", "\u2011": "-", "\u2028": "\n"})
_SILENT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e01ef]"
)


def printable(text: str) -> str:
    """The text without what has no shape (controls, surrogates, overrides, joiners); its lines kept."""
    if _PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text
    shaped = text if len(text) <= LONGEST else text[:LONGEST] + CUT
    lines = shaped.replace("\r\n", "\n").replace("\r", "\n").translate(_NARROW)
    return unicodedata.normalize("NFC", _SILENT.sub("", lines))


def one_line(text: str) -> str:
    return printable(text).replace("\n", " ")


ROUNDED = 0.01
"""Points lost to rounding: a text fits in its own width, told in millimetres."""


def fitted(text: str, kind: Type, width: float) -> str:
    """One line of at most `width` points, ended by « … » where it was cut."""
    line = one_line(text)
    if measure(line, kind.face, kind.size) <= width + ROUNDED:
        return line
    head = next(_chunks(line, kind, max(width - measure("…", kind.face, kind.size), kind.size)))
    return head.rstrip() + "…"


def wrap(text: str, kind: Type, width: float) -> list[str]:
    """Lines of at most `width` points, cut at spaces, and inside a word only when it is wider than the line."""
    shown = printable(text)
    if "\n" not in shown and measure(shown, kind.face, kind.size) <= width:
        return [shown]
    return [line for part in shown.split("\n") for line in _wrapped(part, kind, width)]


def _wrapped(text: str, kind: Type, width: float) -> Iterator[str]:
    space = measure(" ", kind.face, kind.size)
    line: list[str] = []
    used = 0.0
    for word, wide in _words(text, kind, width):
        if line and used + space + wide > width:
            yield " ".join(line)
            line, used = [], 0.0
        used += wide + (space if line else 0.0)
        line.append(word)
    yield " ".join(line)


def _words(text: str, kind: Type, width: float) -> Iterator[tuple[str, float]]:
    for word in _BREAK.split(text):
        wide = measure(word, kind.face, kind.size)
        if wide <= width:
            yield word, wide
        else:
            yield from ((part, measure(part, kind.face, kind.size)) for part in _chunks(word, kind, width))


def _chunks(word: str, kind: Type, width: float) -> Iterator[str]:
    """A word cut to the width, one letter at least in each part."""
    widths = load(kind.face).widths
    start, used = 0, 0.0
    for i, letter in enumerate(word):
        wide = widths[letter] * kind.size
        if used + wide > width and i > start:
            yield word[start:i]
            start, used = i, 0.0
        used += wide
    yield word[start:]


Span = tuple[str, Type]


def wrap_spans(spans: Iterable[Span], width: float) -> list[list[Span]]:
    """The same for a text of several kinds: each line is its pieces in order, spaces included."""
    lines: list[list[Span]] = [[]]
    used = 0.0
    for text, kind in spans:
        *first, last = _BREAK.split(one_line(text))
        for word in (*(f"{word} " for word in first), *([last] if last else ())):
            wide = measure(word.rstrip(" "), kind.face, kind.size)
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0.0
            for part in _chunks(word, kind, width) if wide > width else [word]:
                if lines[-1] and used + measure(part.rstrip(" "), kind.face, kind.size) > width:
                    lines.append([])
                    used = 0.0
                lines[-1].append((part, kind))
                used += measure(part, kind.face, kind.size)
    return lines
