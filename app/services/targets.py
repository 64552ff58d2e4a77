"""What each indicator must reach: the value declared, or the one that the company or a contract chose, from a day on.

Values are in the indicator's own unit (hours, a share from 0 to 1, a count); rows keep whole numbers of a finer one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.entities.judgement import INDICATOR_TARGET
from app.errors import InvalidFields, NotFound, Refused
from app.kpi import REGISTRY, Kpi, Unit
from app.models import Contract, IndicatorTarget, Objective
from app.services import records

FINER = {Unit.HOURS: 60, Unit.RATIO: 10_000}
"""Whole numbers that a row keeps for one of the unit: minutes of an hour, hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Target:
    """`value` None: nothing is asked. `since`: the day from which it holds, None for ever or for a declared one.
    `own`: chosen here; `of_contract`: chosen for the contract asked about, not for the whole company."""

    value: Decimal | None
    objective: str = ""
    since: date | None = None
    own: bool = False
    of_contract: bool = False
    objective_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice of a target, as its history shows it; `value` None: it took the earlier ones away."""

    id: int
    contract_id: int | None
    contract: str
    since: date | None
    value: Decimal | None
    objective: str
    reason: str


@dataclass(frozen=True, slots=True)
class Served:
    """An indicator that serves an objective, for a contract or for all (`contract` empty)."""

    code: str
    label: str
    contract: str
    value: Decimal | None


def of(session: Session, code: str, on: date, contract_id: int | None = None) -> Target:
    """The target in force that day: the contract's, else the company's, else the one declared."""
    return every(session, on, contract_id, (code,))[code]


def every(
    session: Session, on: date, contract_id: int | None = None, codes: Iterable[str] | None = None
) -> dict[str, Target]:
    """`of` for each of the indicators named, or for all of them, in one reading."""
    found = {code: Target(_kpi(code).target) for code in codes or REGISTRY}
    statement = (
        select(IndicatorTarget, Objective.title)
        .join(Objective, Objective.id == IndicatorTarget.objective_id, isouter=True)
        .where(
            IndicatorTarget.indicator.in_(list(found)),
            IndicatorTarget.deleted_at.is_(None),
            or_(IndicatorTarget.contract_id.is_(None), IndicatorTarget.contract_id == contract_id),
            or_(IndicatorTarget.starts_on.is_(None), IndicatorTarget.starts_on <= on),
        )
        # The company's first, then the oldest: each takes the place of the one before.
        .order_by(IndicatorTarget.contract_id, IndicatorTarget.starts_on, IndicatorTarget.id)
    )
    latest: dict[tuple[str, int | None], tuple[IndicatorTarget, str | None]] = {}
    for row, title in session.execute(statement):
        latest[row.indicator, row.contract_id] = (row, title)
    for (code, _), (row, objective) in latest.items():
        if row.value is not None:
            found[code] = _told(row, objective or "")
    return found


def _told(row: IndicatorTarget, objective: str) -> Target:
    value = _own_unit(row.indicator, row.value)
    return Target(value, objective, row.starts_on, True, row.contract_id is not None, row.objective_id)


def history(session: Session, code: str) -> list[Chosen]:
    """Every choice of a target of this indicator, the latest day first, the company's before the contracts'."""
    _kpi(code)
    rows = session.execute(
        select(IndicatorTarget, Contract.number, Objective.title)
        .join(Contract, Contract.id == IndicatorTarget.contract_id, isouter=True)
        .join(Objective, Objective.id == IndicatorTarget.objective_id, isouter=True)
        .where(IndicatorTarget.indicator == code, IndicatorTarget.deleted_at.is_(None))
        .order_by(IndicatorTarget.contract_id, IndicatorTarget.starts_on.desc(), IndicatorTarget.id.desc())
    )
    return [
        Chosen(
            row.id, row.contract_id, contract or "", row.starts_on, _own_unit(code, row.value), title or "",
            row.reason or "",
        )
        for row, contract, title in rows
    ]  # fmt: skip


def set_target(
    session: Session,
    code: str,
    value: Decimal | None,
    *,
    contract_id: int | None = None,
    starts_on: date | None = None,
    objective_id: int | None = None,
    reason: str | None = None,
) -> int:
    """Choose the target from `starts_on` on (None: for ever), in place of one of the very same day. `value` None takes
    the earlier ones away. InvalidFields, by `value`, when it cannot be reached; Refused for what is not judged."""
    kept = None if value is None else _kept(_judged(code), value)
    values = {
        "indicator": code,
        "contract_id": contract_id,
        "starts_on": starts_on,
        "value": kept,
        "objective_id": objective_id,
        "reason": reason,
    }
    same = session.scalar(
        select(IndicatorTarget.id).where(
            IndicatorTarget.indicator == code,
            IndicatorTarget.contract_id.is_not_distinct_from(contract_id),
            IndicatorTarget.starts_on.is_not_distinct_from(starts_on),
            IndicatorTarget.deleted_at.is_(None),
        )
    )
    if same is None:
        return records.create(session, INDICATOR_TARGET, values)
    records.update(session, INDICATOR_TARGET, same, values)
    return same


def clear(
    session: Session,
    code: str,
    on: date,
    *,
    contract_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Judge by the company's target again (that of a contract), or by the declared one, from that day on."""
    before = of(session, code, on, contract_id)
    if not before.own or before.of_contract != (contract_id is not None):
        raise Refused("Aucune cible n’est choisie à cette date.")
    set_target(session, code, None, contract_id=contract_id, starts_on=on, reason=reason)


def serving(session: Session, on: date) -> dict[int, tuple[Served, ...]]:
    """The indicators that serve each objective that day, by the objective's id."""
    contracts = {row.id: row.number for row in session.execute(select(Contract.id, Contract.number))}
    about = session.scalars(
        select(IndicatorTarget.contract_id)
        .where(IndicatorTarget.objective_id.is_not(None), IndicatorTarget.deleted_at.is_(None))
        .distinct()
        .order_by(IndicatorTarget.contract_id)
    )
    found: dict[int, list[Served]] = {}
    for contract_id in about:
        for code, target in every(session, on, contract_id).items():
            if target.objective_id is not None and target.of_contract == (contract_id is not None):
                one = Served(code, REGISTRY[code].label, contracts.get(contract_id or 0, ""), target.value)
                found.setdefault(target.objective_id, []).append(one)
    return {objective: tuple(served) for objective, served in found.items()}


def _kpi(code: str) -> Kpi:
    if code not in REGISTRY:
        raise NotFound(f"Il n’y a pas d’indicateur «\u00a0{code}\u00a0».")
    return REGISTRY[code]


def _judged(code: str) -> Kpi:
    kpi = _kpi(code)
    if kpi.good is None:
        raise Refused(f"«\u00a0{kpi.label}\u00a0» se constate et ne se juge pas\u00a0: pas de cible.")
    return kpi


def _kept(kpi: Kpi, value: Decimal) -> int:
    """In the finer unit of the rows."""
    if value < 0:
        raise InvalidFields({"value": "Une cible n’est pas négative."})
    if kpi.unit == Unit.RATIO and value > 1:
        raise InvalidFields({"value": "Une part ne dépasse pas 100\u00a0%."})
    return int((value * FINER.get(kpi.unit, 1)).quantize(Decimal(1), ROUND_HALF_UP))


def _own_unit(code: str, kept: int | None) -> Decimal | None:
    return None if kept is None else Decimal(kept) / FINER.get(_kpi(code).unit, 1)
