"""What the papers of a departure are made of (domain.md F.3): plain frozen data, gathered by services.exit_papers."""

from dataclasses import dataclass

from app.reports.fact_columns import FactsBlock
from app.reports.identity import CompanyCard, Pair, Stamp
from app.reports.table import Cells


@dataclass(frozen=True)
class ErasureCertificate:
    """One medium erased or destroyed. `result` and `sentence` are the answer: whether its data are gone, and whether
    that is enough for what leaves. `signatories`: the operator's name, the witness's if there was one."""

    company: CompanyCard
    stamp: Stamp
    card: tuple[Pair, ...]
    subtitle: str
    result: str
    sentence: str
    blocks: tuple[FactsBlock, ...]
    notes: str
    signatories: tuple[str, str]


@dataclass(frozen=True)
class ExitSheet:
    """One asset that left. `erasures` are rows of number, medium, level, result, day; `duties` what the law then asks;
    `taker` the title of the second box of signatures, empty when nobody took the asset."""

    company: CompanyCard
    stamp: Stamp
    code: str
    card: tuple[Pair, ...]
    subtitle: str
    blocks: tuple[FactsBlock, ...]
    erasures: tuple[Cells, ...]
    no_erasure: str
    derogation: str
    reason: str
    duties: tuple[str, ...]
    taker: str


@dataclass(frozen=True)
class ReturnLine:
    """One thing that a person had: `kept` tells when it is not given back yet; `told` is the day or the state."""

    number: str
    name: str
    serial: str
    held: str
    kept: bool
    told: str


@dataclass(frozen=True)
class ReturnSheet:
    """What somebody who leaves gives back. `lines` are those still held, then those returned."""

    company: CompanyCard
    stamp: Stamp
    card: tuple[Pair, ...]
    subtitle: str
    person: str
    facts: tuple[FactsBlock, ...]
    lines: tuple[ReturnLine, ...]
