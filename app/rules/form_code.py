"""What the QR code of a form says: which form this is, of which model, and that it was read whole (papers.md 3)."""

import binascii
import re
import unicodedata
from dataclasses import dataclass

MARK = "PCM"
_KEPT = re.compile(r"[^A-Z0-9 $%*+./-]")
"""What a QR code in alphanumeric mode cannot write in little room, and the colon, which parts our words."""


@dataclass(frozen=True, slots=True)
class FormCode:
    """`reference` is empty on a blank form without number; `sheet` 0 when the form is alone under its reference."""

    reference: str
    model: str
    sheet: int = 0
    page: int = 1


def content(code: FormCode) -> str:
    """« PCM:EV-2026-0142:G1:5B1C », « PCM:ENQ-2026-01:QS-01:17/2:0F3A » for the second page of the sheet 17."""
    words = [MARK, bare(code.reference), bare(code.model)]
    if code.sheet or code.page > 1:
        words.append(f"{code.sheet}" + (f"/{code.page}" if code.page > 1 else ""))
    told = ":".join(words)
    return f"{told}:{_sum(told)}"


def parse(read: str) -> FormCode | None:
    """None for any other code, or for one of ours of which a letter was misread."""
    told, _, check = read.strip().rpartition(":")
    words = told.split(":")
    if len(words) not in {3, 4} or words[0] != MARK or not words[2] or check != _sum(told):
        return None
    sheet, _, page = (words[3] if len(words) > 3 else "0").partition("/")  # noqa: PLR2004 - the one after the model
    if not _digits(sheet) or not _digits(page or "1"):
        return None
    return FormCode(words[1], words[2], int(sheet), int(page or "1"))


def is_ours(read: str) -> bool:
    """Whether the code was printed by this program, on a form or on anything else."""
    return read.strip().startswith(f"{MARK}:")


def bare(text: str) -> str:
    """Plain capitals."""
    whole = unicodedata.normalize("NFD", text.upper())
    return _KEPT.sub("", whole)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7  # noqa: PLR2004 - sheets of one survey


def _sum(told: str) -> str:
    return f"{binascii.crc_hqx(told.encode('utf-8', 'replace'), 0xFFFF):04X}"
