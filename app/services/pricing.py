"""What contracts cost a year on a day, and how that is got (domain.md C.6). Amounts in cents HT."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.fields import NBSP, amount, counted, duration, lowered
from app.models import Asset, Contract, CoveredAsset, UnitPrice
from app.models.codes import FeePeriod
from app.models.contract_codes import PriceModel
from app.rules import price
from app.rules.price import Tariff, UnitLine
from app.services.amendments import on_day

BY_UNITS = {PriceModel.PER_UNIT, PriceModel.MIXED}
EVERY = {FeePeriod.MONTH: "par mois", FeePeriod.QUARTER: "par trimestre", FeePeriod.YEAR: "par an"}


@dataclass(frozen=True, slots=True)
class Yearly:
    """Twelve months of a contract; `how` says in words where the figure comes from. None: nothing is known of it.

    The assets and persons of `units` are counted only where their number makes the price."""

    cents: int | None
    how: str
    units: tuple[UnitLine, ...] = ()


@dataclass(slots=True)
class _Counts:
    """What a contract covers: assets of each family, and the persons who have them."""

    families: Counter[int] = field(default_factory=Counter)
    persons: int = 0


def yearly(session: Session, contract_id: int, day: date) -> Yearly:
    return yearly_of(session, [on_day(session, contract_id, day)], day)[contract_id]


def yearly_of(session: Session, contracts: Sequence[Contract], day: date) -> dict[int, Yearly]:
    """By id, of contracts as they are that day (`amendments.all_on_day`)."""
    units = unit_prices(session, [contract.id for contract in contracts], day)
    counted = [
        one.id for one in contracts if one.price_model in BY_UNITS and any(u.period for u in units.get(one.id, ()))
    ]
    by_user = [contract for contract in counted if any(one.per_user for one in units[contract])]
    counts = _covered(session, counted, day, by_user) if counted else {}
    return {one.id: _yearly(one, units.get(one.id, []), counts.get(one.id, _Counts())) for one in contracts}


def unit_prices(session: Session, contracts: Sequence[int], day: date) -> dict[int, list[UnitPrice]]:
    """Those in force that day, by contract, in the order of their labels."""
    found: dict[int, list[UnitPrice]] = defaultdict(list)
    rows = session.scalars(
        select(UnitPrice)
        .where(
            UnitPrice.contract_id.in_(contracts), UnitPrice.deleted_at.is_(None),
            or_(UnitPrice.since.is_(None), UnitPrice.since <= day),
            or_(UnitPrice.until.is_(None), UnitPrice.until >= day),
        )
        .order_by(UnitPrice.label, UnitPrice.id)
    )  # fmt: skip
    for row in rows:
        found[row.contract_id].append(row)
    return found


def _covered(session: Session, contracts: Sequence[int], day: date, by_user: Sequence[int]) -> Mapping[int, _Counts]:
    """The persons are counted for those whose price asks for it."""
    inside = (
        CoveredAsset.deleted_at.is_(None),
        CoveredAsset.since <= day, or_(CoveredAsset.until.is_(None), CoveredAsset.until >= day),
    )  # fmt: skip
    found: dict[int, _Counts] = defaultdict(_Counts)
    assets = func.count(Asset.id.distinct())
    joined = select(CoveredAsset.contract_id, Asset.family_id, assets).join(Asset, Asset.id == CoveredAsset.asset_id)
    for contract, family, count in session.execute(
        joined.where(CoveredAsset.contract_id.in_(contracts), *inside).group_by(
            CoveredAsset.contract_id, Asset.family_id
        )
    ):
        found[contract].families[family] = count
    if by_user:
        persons = select(CoveredAsset.contract_id, func.count(Asset.person_id.distinct()))
        persons = persons.join(Asset, Asset.id == CoveredAsset.asset_id)
        for contract, count in session.execute(
            persons.where(CoveredAsset.contract_id.in_(by_user), *inside).group_by(CoveredAsset.contract_id)
        ):
            found[contract].persons = count
    return found


def _yearly(contract: Contract, units: Iterable[UnitPrice], counts: _Counts) -> Yearly:
    kept = list(units)
    lines = tuple(_line(one, kept, counts) for one in kept)
    tariff = Tariff(
        contract.price_model.value,
        contract.fee,
        contract.fee_period.value,
        lines,
        contract.hours_price,
        contract.initial_months,
    )
    return Yearly(price.yearly(tariff), _how(contract, lines), lines)


def _line(unit: UnitPrice, units: Iterable[UnitPrice], counts: _Counts) -> UnitLine:
    """A unit without family counts every covered asset whose family has no price of its own."""
    period = unit.period.value if unit.period else None
    if unit.per_user:
        count = counts.persons
    elif unit.family_id is not None:
        count = counts.families[unit.family_id]
    else:
        told = {one.family_id for one in units}
        count = sum(number for family, number in counts.families.items() if family not in told)
    return UnitLine(unit.label, unit.price, count, period)


def _how(contract: Contract, lines: Sequence[UnitLine]) -> str:
    """« 450,00 € par mois × 12 », « 54 × 12,00 € par mois × 12 (Poste de travail) », joined by « + »."""
    if contract.price_model == PriceModel.HOUR_BANK:
        return _bank(contract)
    parts = [] if contract.fee is None or contract.price_model == PriceModel.PER_ACT else [fee_words(contract)]
    paid = lines if contract.price_model in BY_UNITS else ()
    parts += [f"{line.count} × {_times(line.price, line.period)} ({line.label})" for line in paid if line.period]
    if contract.price_model == PriceModel.MIXED and not parts:
        parts.append("un forfait à écrire")
    if contract.price_model in {PriceModel.PER_ACT, PriceModel.MIXED}:
        parts.append("les actes, payés à mesure")
    return " + ".join(parts)


def brief(session: Session, contract_id: int, day: date) -> str:
    """« forfait 450,00 € HT chaque mois », « banque d’heures, 50 h pour 3 000,00 € HT »; empty if nothing is told."""
    contract = on_day(session, contract_id, day)
    if contract.price_model == PriceModel.HOUR_BANK:
        price = amount(contract.hours_price)
        return f"banque d’heures, {_hours(contract)} pour {price} HT" if contract.hours_price else ""
    if contract.fee is None or contract.price_model == PriceModel.PER_ACT:
        return lowered(contract.price_model.label) if contract.price_model != PriceModel.FLAT else ""
    return f"forfait {amount(contract.fee)} HT {contract.fee_period.label.lower()}"


def _hours(contract: Contract) -> str:
    if not contract.hours_bought:
        return "toutes les heures"
    return duration(contract.hours_bought).removesuffix(f"{NBSP}00")


def fee_words(contract: Contract) -> str:
    return _times(contract.fee or 0, contract.fee_period.value)


def _times(cents: int, period: str) -> str:
    times = price.PER_YEAR[period]
    every = f"{amount(cents)} {EVERY[FeePeriod.of(period)]}"
    return every if times == 1 else f"{every} × {times}"


def _bank(contract: Contract) -> str:
    if contract.hours_price is None:
        return ""
    months = counted(contract.initial_months, "mois", "mois")
    return f"{amount(contract.hours_price)} pour {_hours(contract)}, sur {months}"
