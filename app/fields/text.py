"""The one funnel for what a person or a file gives as text, before it is stored."""

import re
import unicodedata

MAX_TEXT = 20_000
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \t\u00a0\u202f\u2009]+")


def clean_text(text: str) -> str:
    """NFC, without control characters, surrogates or direction overrides; line ends unified, ends trimmed.

    Direction overrides go because they make a printed serial number read otherwise than it is stored.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", lines)).strip()


def clean_line(text: str) -> str:
    """The same on one line, its runs of spaces made one."""
    return _SPACES.sub(" ", clean_text(text).replace("\n", " ")).strip()


def fold(text: str) -> str:
    """Lower case without accents, « œ » as « oe »: for comparing what people type."""
    spread = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", spread) if not unicodedata.combining(c))
