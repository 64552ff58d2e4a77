"""What the record of a reversibility is made of (domain.md C.11): plain data, gathered by services.return_paper."""

from dataclasses import dataclass

from app.reports.fact_columns import FactsBlock
from app.reports.identity import CompanyCard, Pair, Stamp
from app.reports.table import Cells


@dataclass(frozen=True)
class ItemGroup:
    """Lines in the same state: sign, what, who, due, and its proof. The sign is « ✓ » for what was given back and
    checked, « ! » for what was not, else empty."""

    title: str
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class ReturnRecord:
    """The end of a contract, as both sides sign it. `result` and `sentence` are the answer; `reserves` what is still
    missing, in sentences; `accesses` rows of holder, target, level, given, withdrawn; `provider` who signs."""

    company: CompanyCard
    stamp: Stamp
    card: tuple[Pair, ...]
    subtitle: str
    result: str
    sentence: str
    facts: tuple[FactsBlock, ...]
    groups: tuple[ItemGroup, ...]
    reserves: tuple[str, ...]
    accesses: tuple[Cells, ...]
    accesses_told: str
    provider: str
    representative: str
