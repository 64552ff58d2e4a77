"""The forecast of a financial year against its budget, purpose by purpose and month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes import Code
from app.entities.invoices import BUDGET
from app.models import Budget
from app.models.money_codes import BudgetPurpose
from app.services import records
from app.services.spending import gather
from app.services.spending.gather import Spending
from app.services.spending.lines import Line, Nature, Origin

NEAR = 95
"""Percent of the budget from which a forecast that holds is close to it."""


class Column(Code):
    """The parts of a forecast: they follow each other and never overlap."""

    INVOICED = "invoiced", "Facturé"
    UNBILLED = "unbilled", "Sans facture"
    AHEAD = "ahead", "À venir"
    PLANNED = "planned", "Remplacements"
    TOTAL = "total", "Prévision"


class Standing(Code):
    """A forecast against its budget."""

    HELD = "held", "Tenu", "ok"
    NEAR = "near", "Serré", "warn"
    OVER = "over", "Dépassé", "bad", True
    NONE = "none", "Sans budget", "mute"


@dataclass(frozen=True, slots=True)
class Forecast:
    """One purpose, or the whole year (`purpose` None). Cents; `gap` is the budget less the forecast."""

    purpose: BudgetPurpose | None
    parts: Mapping[Column, int]
    budget: int | None

    @property
    def total(self) -> int:
        return self.parts[Column.TOTAL]

    @property
    def gap(self) -> int | None:
        return None if self.budget is None else self.budget - self.total

    @property
    def standing(self) -> Standing:
        if self.budget is None:
            return Standing.NONE
        if self.total > self.budget:
            return Standing.OVER
        return Standing.NEAR if self.budget and self.total * 100 >= self.budget * NEAR else Standing.HELD


def column_of(of: Spending, line: Line) -> Column:
    """The part of the forecast that a line belongs to: what is bought counts, whatever the months that it serves."""
    if line.origin == Origin.PLANNED:
        return Column.PLANNED
    if line.origin == Origin.INVOICED:
        return Column.INVOICED
    known = line.origin == Origin.SHEET or of.happened(line)
    return Column.UNBILLED if known else Column.AHEAD


def forecasts(of: Spending) -> list[Forecast]:
    """Each purpose, then the whole: its budget is the sum of those that are told."""
    found = [_one(of, purpose, budget_of(of, purpose)) for purpose in BudgetPurpose]
    told = [one.budget for one in found if one.budget is not None]
    return [*found, _one(of, None, sum(told) if told else None)]


def _one(of: Spending, purpose: BudgetPurpose | None, budget: int | None) -> Forecast:
    parts = dict.fromkeys(Column, 0)
    for line in of.lines:
        if purpose in {None, line.purpose}:
            parts[column_of(of, line)] += line.cents
    parts[Column.TOTAL] = sum(parts.values())
    return Forecast(purpose, parts, budget)


def budget_of(of: Spending, purpose: BudgetPurpose) -> int | None:
    """That of the whole purpose; else the sum of those of its contracts."""
    if (purpose, None) in of.budgets:
        return of.budgets[purpose, None]
    own = [cents for (one, contract), cents in of.budgets.items() if one == purpose and contract is not None]
    return sum(own) if own else None


def set_budget(session: Session, year: int, purpose: BudgetPurpose, cents: int | None) -> None:
    """Write the budget of a whole purpose; None takes it away."""
    rows = session.scalars(
        select(Budget.id)
        .where(
            Budget.year == year, Budget.purpose == purpose, Budget.contract_id.is_(None), Budget.deleted_at.is_(None)
        )
        .order_by(Budget.id)
    ).all()  # fmt: skip
    extra = rows if cents is None else rows[1:]
    if extra:
        records.to_bin(session, BUDGET, list(extra), "Budget retiré")
    if cents is None:
        return
    if rows:
        records.update(session, BUDGET, rows[0], {"amount": cents})
    else:
        records.create(session, BUDGET, {"year": year, "purpose": purpose, "amount": cents})


@dataclass(frozen=True, slots=True)
class Month:
    """Cents by nature, and those of them that are not invoiced or still to come."""

    month: date
    natures: Mapping[Nature, int]
    foreseen: int

    @property
    def total(self) -> int:
        return sum(self.natures.values())


def months(of: Spending) -> list[Month]:
    """Every month of the year, with what is to come."""
    first, last = gather.bounds(of.year)
    every = [first]
    while every[-1] < last:
        every.append(gather.following(every[-1]))
    return [_month(one, [line for line in of.lines if line.month == one]) for one in every]


def _month(month: date, lines: Sequence[Line]) -> Month:
    natures = dict.fromkeys(Nature, 0)
    for line in lines:
        natures[line.nature] += line.cents
    return Month(month, natures, sum(line.cents for line in lines if line.origin != Origin.INVOICED))
