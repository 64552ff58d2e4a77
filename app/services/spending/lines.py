"""What was spent, as lines: each an amount of one month, what it pays for, where it is known from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy.orm import Session

from app.codes import Code
from app.models.money_codes import BudgetPurpose, LineKind
from app.rules.vat import NORMAL, tax
from app.services.fixed_assets.limits import limits

Bearer = tuple[str, int]
"""Which assets bear an amount: ("asset", id) alone, those covered by a ("contract", id), those given a
("licence", id), those repaired (« acts ») or bought (« bought ») by the invoice of that id."""


class Origin(Code):
    """Where an amount is known from."""

    INVOICED = "invoiced", "Facturé", "ok"
    CONTRACT = "contract", "Prévu au contrat", "info"
    ACT = "act", "Acte non facturé", "warn"
    SHEET = "sheet", "Prix de la fiche", "mute"
    RENEWAL = "renewal", "Licence à renouveler", "info"
    PLANNED = "planned", "Remplacement prévu", "info"


class Nature(Code):
    """What an amount buys, purchases against maintenance."""

    PURCHASE = "purchase", "Achats"
    MAINTENANCE = "maintenance", "Maintenance"
    OTHER = "other", "Autres"


@dataclass(frozen=True, slots=True)
class Line:
    """`cents` HT (TTC when the company does not recover VAT), below zero for a credit note; `month` its first day.
    `entity` and `record_id` are the record it comes from, `why` how it is known. `group` is the record that stands for
    it in a list of sources: one invoice spread over months has one."""

    month: date
    cents: int
    purpose: BudgetPurpose
    origin: Origin
    label: str
    why: str
    entity: str
    record_id: int
    contract_id: int | None = None
    bearer: Bearer | None = None

    @property
    def nature(self) -> Nature:
        return NATURES.get(self.purpose, Nature.OTHER)


NATURES: Mapping[BudgetPurpose, Nature] = {
    BudgetPurpose.CONTRACTS: Nature.MAINTENANCE,
    BudgetPurpose.REPAIRS: Nature.MAINTENANCE,
    BudgetPurpose.EQUIPMENT: Nature.PURCHASE,
    BudgetPurpose.SOFTWARE: Nature.PURCHASE,
}
PURPOSES: Mapping[LineKind, BudgetPurpose] = {
    LineKind.CONTRACT: BudgetPurpose.CONTRACTS,
    LineKind.HOURS: BudgetPurpose.CONTRACTS,
    LineKind.PENALTY: BudgetPurpose.CONTRACTS,
    LineKind.REPAIR: BudgetPurpose.REPAIRS,
    LineKind.EQUIPMENT: BudgetPurpose.EQUIPMENT,
    LineKind.SMALL: BudgetPurpose.EQUIPMENT,
    LineKind.RENT: BudgetPurpose.EQUIPMENT,
    LineKind.LEASING: BudgetPurpose.EQUIPMENT,
    LineKind.SOFTWARE: BudgetPurpose.SOFTWARE,
    LineKind.SAAS: BudgetPurpose.SOFTWARE,
}
"""The other kinds are « Autres dépenses »."""


def purpose_of(kind: LineKind) -> BudgetPurpose:
    return PURPOSES.get(kind, BudgetPurpose.OTHER)


@dataclass(frozen=True, slots=True)
class Costing:
    """How amounts are counted: HT when VAT is recovered, else TTC; `usual` is the rate where the company is."""

    recovered: bool
    usual: int = NORMAL

    @classmethod
    def of(cls, session: Session) -> Self:
        bounds = limits(session)
        return cls(bounds.recovered, bounds.rate)

    def cents(self, net: int, rate: int | None = None) -> int:
        """Of an amount that no invoice gives the VAT of; `rate` in hundredths of a percent, the usual one if None."""
        return net if self.recovered else net + tax(net, self.usual if rate is None else rate)

    @property
    def words(self) -> str:
        return "HT" if self.recovered else "TTC"


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the list behind a figure: the months it is made of, and their sum."""

    first: date
    last: date
    cents: int
    purpose: BudgetPurpose
    origin: Origin
    label: str
    why: str
    entity: str
    record_id: int


def sources(lines: Iterable[Line]) -> list[Source]:
    """The months of one thing as one line, the newest first."""
    found: dict[tuple[str, int, str, Origin], list[Line]] = {}
    for line in lines:
        found.setdefault((line.entity, line.record_id, line.label, line.origin), []).append(line)
    merged = [source_of(same, sum(line.cents for line in same)) for same in found.values()]
    return sorted(merged, key=lambda one: (one.last, one.first, one.entity, one.record_id), reverse=True)


def source_of(same: list[Line], cents: int) -> Source:
    line = same[0]
    months = [one.month for one in same]
    return Source(
        min(months), max(months), cents, line.purpose, line.origin, line.label, line.why, line.entity, line.record_id
    )
