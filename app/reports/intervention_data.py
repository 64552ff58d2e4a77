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
class CheckLine:
    """One point of the checklist of a planned visit; `result` empty: not told."""

    label: str
    asset: str
    result: str
    notes: str


@dataclass(frozen=True)
class InterventionSheet:
    """`about` is the ticket or the planned visit. `promises` are the three of a ticket; `planned` the facts of a visit
    in their place. `asset` and `request` are labels with their values; `charge` is one of CHARGES; `checks` follow
    CHECKS; `loans` are lines of words."""

    company: CompanyCard
    stamp: Stamp
    code: str
    about: Pair
    issued_on: str
    subtitle: str
    promises: tuple[PromiseLine, ...]
    promises_note: str
    planned: tuple[Pair, ...]
    asset: tuple[Pair, ...]
    request: tuple[Pair, ...]
    quote: str
    diagnosis: str
    work_done: str
    points: tuple[CheckLine, ...]
    visits: tuple[Visit, ...]
    parts: tuple[FittedPart, ...]
    loans: tuple[str, ...]
    charge: str
    checks: tuple[bool | None, bool | None, bool | None, bool | None]
    remaining: str


@dataclass(frozen=True)
class BlankSheet:
    company: CompanyCard
    stamp: Stamp
