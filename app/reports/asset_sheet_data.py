"""What the sheet of one asset is made of: plain frozen data, gathered by services.asset_paper."""

from dataclasses import dataclass

from app.reports.fact_columns import FactsBlock
from app.reports.identity import CompanyCard, Pair, Picture, Stamp
from app.reports.table import Cells, Column


@dataclass(frozen=True)
class SheetTable:
    """A table with its title; `note` stands beside the title, `total` closes it. Without rows it is not drawn."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    note: str = ""
    total: Cells | None = None


@dataclass(frozen=True)
class AssetSheet:
    """`photos` come with their names; `opinion` is the last verdict: its letter, its words, its sentence."""

    company: CompanyCard
    stamp: Stamp
    code: str
    card: tuple[Pair, ...]
    subtitle: str
    opinion: tuple[str, str, str] | None
    blocks: tuple[FactsBlock, ...]
    notes: str
    tables: tuple[SheetTable, ...]
    photos: tuple[tuple[Picture, str], ...]
