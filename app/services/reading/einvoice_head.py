"""Whether a file is an electronic invoice, told by its first bytes: cheap enough for the window's process."""

import re
from pathlib import Path
from typing import Literal

HEAD = 8192
"""Bytes looked at: a PDF may begin after some, an XML by comments."""
_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument|SCRDMCCBDACIOMessageStructure"
    rb"|Order|OrderResponse|DespatchAdvice|Catalogue|Reminder|Quotation)[\s>/]"
)
_BESIDE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
PDF_WITHIN = 1024
"""Bytes that may stand before the mark of a PDF, as its readers allow."""

Kind = Literal["pdf", "xml"]


def kind(head: bytes) -> Kind | None:
    """« pdf », or « xml » when its root is that of an invoice, or of an order of the same families."""
    if b"%PDF" in head[:PDF_WITHIN] and not head.startswith((b"PK", b"<", b"{")):
        return "pdf"
    bare = _BESIDE.sub(b"", head.replace(b"\0", b"")).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    first = re.match(rb"<[^!?]", bare)
    return "xml" if first and _ROOT.match(bare) else None


def kind_of(path: Path) -> Kind | None:
    """The same of a file; None when it cannot be opened, which its reader will tell."""
    try:
        with path.open("rb") as file:
            return kind(file.read(HEAD))
    except OSError:
        return None
