"""What the fee of a contract bought in a financial year: its interventions, their hours, what they would have cost by
the act, and what was paid beside (domain.md C.6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models import Asset, Contract, CoveredAsset, Family
from app.models.codes import Charge
from app.models.money_codes import BudgetPurpose
from app.rules.day_count import FinancialYear
from app.rules.sharing import part
from app.services import done_for
from app.services.billing import acts
from app.services.billing.acts import Act
from app.services.spending import gather
from app.services.spending.gather import Spending
from app.services.spending.lines import Line, Origin

IN_FEE = (Charge.INCLUDED, Charge.COUNTED)
"""Interventions that the fee, or the hours bought, pay for."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One contract over one financial year, until today. Cents and minutes.

    `fee` is what the contract cost, the sum of `paid`; `foreseen` the part of it that no invoice says. `acts` are the
    interventions that it paid for and `minutes` their work; `worth` what they would have cost by the act, less what of
    it was paid beside; `unpriced` those of them nobody can price. `outside`, the sum of `apart`, was paid beside: the
    acts billed apart, the repairs and all else invoiced. `stations` is how many workstations it covers.
    """

    contract_id: int
    title: str
    year: FinancialYear
    fee: int
    foreseen: int
    acts: tuple[int, ...]
    minutes: int
    worth: int
    unpriced: int
    outside: int
    outside_acts: tuple[int, ...]
    stations: int
    paid: tuple[Line, ...]
    apart: tuple[Line, ...]

    @property
    def priced(self) -> int:
        return len(self.acts) - self.unpriced

    @property
    def per_act(self) -> int | None:
        return part(self.fee, 1, len(self.acts)) if self.acts else None

    @property
    def per_station(self) -> int | None:
        return part(self.fee, 1, self.stations) if self.stations else None

    @property
    def use(self) -> Decimal | None:
        """What was used over what was paid; None when nothing can be priced."""
        return Decimal(self.worth) / self.fee if self.fee > 0 and self.priced else None


def read(session: Session, of: Spending) -> list[Bought]:
    """Each contract that cost something that year, or was used; the dearest first."""
    first, _ = gather.bounds(of.year)
    by_contract: dict[int, list[Act]] = defaultdict(list)
    for act in acts.value(session, *acts.begun(first, of.year.end), done_for.contract().is_not(None)):
        by_contract[act.contract_id or 0].append(act)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in of.to_date:
        if line.contract_id is not None:
            lines[line.contract_id].append(line)
    stations = _stations(session, min(of.year.end, gather.last_day(of.now)))
    titles = session.execute(select(Contract.id, Contract.number, Contract.subject)).all()
    found = [
        _bought(of, (row[0], f"{row[1]} {row[2]}"), by_contract[row[0]], lines[row[0]], stations.get(row[0], 0))
        for row in titles
        if by_contract[row[0]] or lines[row[0]]
    ]
    return sorted(found, key=lambda one: (-one.fee, one.title))


def _bought(
    of: Spending, contract: tuple[int, str], done: Sequence[Act], lines: Sequence[Line], stations: int
) -> Bought:
    paid = [line for line in lines if line.purpose == BudgetPurpose.CONTRACTS]
    inside = [act for act in done if act.charge in IN_FEE]
    beside = [line for line in lines if line.purpose != BudgetPurpose.CONTRACTS]
    return Bought(
        *contract, of.year, _sum(paid), _sum(line for line in paid if line.origin != Origin.INVOICED),
        tuple(act.intervention_id for act in inside), sum(act.worked or 0 for act in inside),
        sum(of.costing.cents(_by_fee(act)) for act in inside if act.worth is not None),
        sum(act.worth is None for act in inside),
        _sum(beside),
        tuple(act.intervention_id for act in done if act.charge == Charge.BILLABLE), stations, tuple(paid),
        tuple(beside),
    )  # fmt: skip


def _by_fee(act: Act) -> int:
    """What it would have cost by the act, less what of it was paid beside: the parts of an act taken from hours."""
    return (act.worth or 0) - (act.cents or 0)


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.cents for line in lines)


def _stations(session: Session, on: date) -> Mapping[int, int]:
    """Workstations that each contract covers that day."""
    count = func.count(CoveredAsset.asset_id.distinct())
    rows = session.execute(
        select(CoveredAsset.contract_id, count)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .join(Family, Family.id == Asset.family_id)
        .where(
            Family.is_workstation.is_(True), CoveredAsset.deleted_at.is_(None), Asset.deleted_at.is_(None),
            CoveredAsset.since <= on, or_(CoveredAsset.until.is_(None), CoveredAsset.until >= on),
        )
        .group_by(CoveredAsset.contract_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}
