"""What the intervention sheet is made of: plain frozen data, gathered by services.documents."""

from dataclasses import dataclass
from datetime import datetime

from app.reports.identity import CompanyCard, Pair, Stamp

CHARGES = ("inclus", "décompté", "facturable", "garantie", "refusé")
CHECKS = ("essai fait devant l’utilisateur", "données intactes", "sauvegarde faite avant", "problème résolu")


@dataclass(frozen=True)
class PromiseLine:
    """One delay of the contract: minutes promised, when due, when done, minutes to spare (negative: late)."""

    promised: int | None
    due: datetime | None
    actual: datetime | None
    spare: int | None
    met: bool | None


@dataclass(frozen=True)
class Visit:
    technician: str
    arrived: datetime | None
    left: datetime | None
    minutes: int | None
    travel: str


@dataclass(frozen=True)
class FittedPart:
    label: str
    reference: str
    serial: str
    old_part: str
    warranty: str
    quantity: int
    unit_price: int | None


@dataclass(frozen=True)
class InterventionSheet:
    """`asset` and `request` are labels with their values; `charge` is one of CHARGES; `checks` follow CHECKS."""

    company: CompanyCard
    stamp: Stamp
    code: str
    ticket: str
    issued_on: str
    subtitle: str
    promises: tuple[PromiseLine, PromiseLine, PromiseLine]
    promises_note: str
    asset: tuple[Pair, ...]
    request: tuple[Pair, ...]
    quote: str
    diagnosis: str
    work_done: str
    visits: tuple[Visit, ...]
    parts: tuple[FittedPart, ...]
    charge: str
    checks: tuple[bool | None, bool | None, bool | None, bool | None]
    remaining: str
    facts: tuple[Pair, ...]


@dataclass(frozen=True)
class BlankSheet:
    company: CompanyCard
    stamp: Stamp
