"""Bytes of a text file to text (reliability.md F9)."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4000
_MOJIBAKE = re.compile("[ÂÃÄÅÊâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]")


def decode(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """BOM, then UTF-16 known by its NULs, then strict UTF-8, then the old Windows or Macintosh set.

    Returns the text without NUL, and what is worth telling the user.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _clean(raw[len(bom) :].decode(encoding, "replace"))
    if wide := _wide(raw[:_SAMPLE]):
        return _clean(raw.decode(wide, "replace"))
    try:
        return _clean(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(raw.decode(_old_set(raw), "replace"))


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte of western text is NUL."""
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _old_set(raw: bytes) -> str:
    """Lines ended by CR alone come from a Macintosh, and so does their set of characters."""
    return "mac_roman" if b"\r" in raw and b"\n" not in raw else "cp1252"


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    bare = text.replace("\0", "").removeprefix("\ufeff")
    lost = bare.count("\ufffd")
    return bare, ((f"{lost}\u00a0caractères illisibles ont été remplacés par «\u00a0\ufffd\u00a0».",) if lost else ())


def mended(text: str) -> str:
    """« Saint-Ã‰tienne » -> « Saint-Étienne »: UTF-8 once read as Windows' set, when undoing it is exact."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
