"""The chapters of the report beside the register: plain frozen data (domain.md A.7)."""

from dataclasses import dataclass
from decimal import Decimal

from app.reports.identity import Pair
from app.reports.inventory.lines import (
    Change,
    Criterion,
    Finding,
    Gap,
    LicenceLine,
    NetworkSite,
    SoftwareLine,
)
from app.rules.expertise import Feasibility, Limits


@dataclass(frozen=True, slots=True)
class Sheet:
    """One asset judged. `repair` and `upkeep` are R and M; `ruled` is the verdict of the rule, beside the expert's own
    `verdict` when `reason` says why he departs from it."""

    number: str
    name: str
    model: str
    serial: str | None
    place: str
    verdict: str
    ruled: str
    reason: str
    rule: str
    score: Decimal
    repair: Decimal
    upkeep: Decimal
    criteria: tuple[Criterion, ...]
    facts: tuple[Pair, ...] = ()
    observations: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class SheetGroup:
    title: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Expertise:
    """`told` says which expertise, when and by whom; `groups` those not rated A, `sound` those rated A; `left` the
    assets that nobody judged, in words."""

    told: str
    groups: tuple[SheetGroup, ...]
    sound: tuple[SheetGroup, ...]
    left: str = ""


@dataclass(frozen=True)
class Software:
    licences: tuple[LicenceLine, ...] = ()
    seen: tuple[SoftwareLine, ...] = ()
    surveyed: int = 0
    """Machines of which an inventory gave the software."""
    unsorted: int = 0
    """Software seen of which nobody said whether it asks for a licence."""


@dataclass(frozen=True)
class Safety:
    """`holders` are the assets that hold the company's data; `proofs` the documents of their backups and restores."""

    network: tuple[NetworkSite, ...] = ()
    holders: str = ""
    proofs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    surveyed: str = ""


@dataclass(frozen=True)
class Lot:
    """The feasibility of the lot: `counts` of each verdict, what bringing B and C up to level costs, the price of the
    contract a year, the replacement value of A, B and C, of which `unpriced` have none. `whole`: all the sites."""

    counts: tuple[tuple[str, int], ...]
    upgrade: int
    unpriced: int
    price: int | None
    value: int
    result: Feasibility
    limits: Limits
    whole: bool = True


@dataclass(frozen=True)
class Gaps:
    """Of the last campaign that was closed: `told` says which."""

    told: str
    lines: tuple[Gap, ...]


@dataclass(frozen=True)
class Changes:
    """Since the report issued before."""

    since: str
    entered: tuple[Change, ...]
    left: tuple[Change, ...]
    moved: tuple[Change, ...]
    verdicts: tuple[Change, ...]
