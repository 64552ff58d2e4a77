"""What must be proved before an asset leaves the company (domain.md F.3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["clear", "purge", "destroy"]
Doubt = Literal["ask", "erase", "clear", "failed"]

ENOUGH = frozenset({"purge", "destroy"})
"""Levels of NIST SP 800-88 for what leaves; « Clear » is for what stays inside."""
SOLD = frozenset({"sale", "take_back"})
"""Exits that may bring money back."""
LOST = "theft"
PROOFS = {
    "sale": "Facture de vente",
    "gift": "Attestation de don, signée par qui reçoit",
    "take_back": "Bon d’enlèvement ou avoir du fournisseur",
    "rental_end": "Bon de restitution signé par le loueur",
    "weee": "Bordereau de suivi (BSD) ou bon d’enlèvement, puis attestation de recyclage",
    "theft": "Récépissé de la plainte, ou déclaration de perte",
    "destruction": "Attestation de destruction ou de recyclage",
}
"""The proof expected of each kind of exit."""

_SSD = re.compile(r"ssd|nvme|\bm\.2\b|\b(mz[a-z0-9]|kxg|kbg|pm9|wds)", re.IGNORECASE)
_HDD = re.compile(r"hdd|magn[eé]tique|(5400|7200|10000)\s*(rpm|tr)|\b(wd\d|st\d{3,}|hts|hus)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Erased:
    """One medium: what it was, how far its data went, and whether that was verified right."""

    medium: str
    level: str
    succeeded: bool


def medium_of(name: str) -> Literal["ssd", "hdd"] | None:
    """What a disk is from its name or its model; None when that does not tell. How it is erased depends on it
    (domain.md F.3: no magnet on an SSD)."""
    if _SSD.search(name):
        return "ssd"
    return "hdd" if _HDD.search(name) else None


def doubt(kind: str, personal_data: bool | None, has_disk: bool, erased: Iterable[Erased]) -> Doubt | None:
    """Why an asset may not leave without a written derogation; None when it may (domain.md F.3).

    « ask »: nobody said whether it holds personal data, and it has a disk. « clear » and « failed »: it was erased, but
    not enough for what leaves, or without success. What was stolen or lost can no longer be erased.
    """
    if kind == LOST or personal_data is False or (personal_data is None and not has_disk):
        return None
    done = list(erased)
    if any(one.succeeded and one.level in ENOUGH for one in done):
        return None
    if personal_data is None:
        return "ask"
    if any(one.succeeded for one in done):
        return "clear"
    return "failed" if done else "erase"


def is_breach(kind: str, personal_data: bool | None, encrypted: bool | None) -> bool:
    """Personal data in unknown hands, readable: a violation to be told within 72 hours (RGPD art. 33; domain.md F.3).

    What is not known to be harmless counts as a breach: it is for a person to say otherwise.
    """
    return kind == LOST and personal_data is not False and encrypted is not True
