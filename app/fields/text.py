"""The one funnel for what a person or a file gives as text, before it is stored."""

import re
import unicodedata

MAX_TEXT = 20_000
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MARKS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile("[ \t\u00a0\u202f\u2009]+")


def clean_text(text: str) -> str:
    """NFC, without control characters, surrogates or unseen signs; line ends unified, ends trimmed.

    Unseen signs are direction marks and zero-width spaces: they make a serial number read otherwise than it is stored.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _CONTROLS.sub("", lines))).strip()


def clean_line(text: str) -> str:
    """The same on one line, its runs of spaces made one."""
    return _SPACES.sub(" ", clean_text(text).replace("\n", " ")).strip()


def fold(text: str) -> str:
    """Lower case without accents, « œ » as « oe », ’ as ': for comparing what people type."""
    if text.isascii():
        return text.lower()
    spread = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    bare = _MARKS.sub("", unicodedata.normalize("NFD", spread))
    return bare if bare.isascii() else "".join(c for c in bare if not unicodedata.combining(c))


def lowered(text: str) -> str:
    """As it stands inside a sentence: « borne Wi-Fi »; what begins with a word in capitals stays: « NAS »."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def joined(*parts: str | None, by: str = " ") -> str:
    """The parts that are there: « Dell Latitude 5540 », « Jean Ducharne », « » when there is none."""
    return by.join(part for part in parts if part)
