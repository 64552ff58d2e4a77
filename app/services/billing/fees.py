"""The fee of a contract and its units counted, for any days (domain.md C.6). Cents HT."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import NBSP, amount, counted, joined, month_words, number
from app.models import Contract, UnitPrice
from app.models.contract_codes import CountRule, PriceModel
from app.rules import price, shares
from app.rules.shares import Part
from app.services.billing import counting
from app.services.billing.counting import Cover
from app.services.billing.deal import Span
from app.services.billing.lines import Line
from app.services.pricing import EVERY

NO_FEE = {PriceModel.HOUR_BANK, PriceModel.PER_ACT}
WITH_UNITS = {PriceModel.PER_UNIT, PriceModel.MIXED}
FEW = 3
"""Months that are told one by one."""


def fee_lines(spans: Sequence[Span], grid: Sequence[Part]) -> Iterator[Line]:
    """The fee for the months of the grid that the contract runs, one line each time it changes."""
    for (fee, period), same in groupby(spans, lambda span: (_fee(span.terms), span.terms.fee_period)):
        run = list(same)
        if fee is None:
            continue
        parts = shares.within(grid, run[0].first, run[-1].last)
        cents = price.prorated(fee, period.value, shares.share(parts))
        how = f"{months_words(parts)} à {amount(fee)} {EVERY[period]}"
        yield Line("fee", "Forfait", cents, how, run[0].first, run[-1].last, "contract", run[0].terms.id)


def _fee(terms: Contract) -> int | None:
    return None if terms.price_model in NO_FEE else terms.fee


def months_words(parts: Sequence[Part]) -> str:
    """« 3 mois », « 17 jours sur 31 », « 2 mois et 17 jours sur 31 »."""
    whole = sum(part.share == 1 for part in parts)
    words = [counted(whole, "mois", "mois")] if whole else []
    words += [f"{counted(part.length, 'jour')} sur {part.days}" for part in parts if part.share < 1]
    return joined(*words, by=" et ")


@dataclass(frozen=True, slots=True)
class _Month:
    """What a unit made in one month or part of it: how many were counted, for which share of the month."""

    part: Part
    count: Fraction
    months: Fraction


def unit_lines(session: Session, spans: Sequence[Span], grid: Sequence[Part]) -> Iterator[Line]:
    """Each unit paid by period, counted month by month as the contract says."""
    if not any(span.terms.price_model in WITH_UNITS for span in spans):
        return
    contract_id, first, last = spans[0].terms.id, spans[0].first, spans[-1].last
    units = _units(session, contract_id, first, last)
    kept = counting.covers(session, contract_id, first, last) if units else []
    months = [(part, _terms(spans, part.first)) for part in shares.within(grid, first, last)]
    for unit in units:
        found = [one for part, terms in months if (one := _month(unit, units, kept, part, terms))]
        if found:
            yield _unit_line(unit, found)


def _units(session: Session, contract_id: int, first: date, last: date) -> list[UnitPrice]:
    """Prices paid by period, in force on one of these days at least."""
    rows = session.scalars(
        select(UnitPrice)
        .where(
            UnitPrice.contract_id == contract_id, UnitPrice.deleted_at.is_(None), UnitPrice.period.is_not(None),
        )
        .order_by(UnitPrice.label, UnitPrice.since, UnitPrice.id)
    )  # fmt: skip
    return [one for one in rows if (one.since or first) <= last and first <= (one.until or last)]


def _terms(spans: Sequence[Span], day: date) -> Contract:
    return next(span.terms for span in spans if day <= span.last)


def _month(
    unit: UnitPrice, units: Sequence[UnitPrice], kept: Sequence[Cover], part: Part, terms: Contract
) -> _Month | None:
    """Its mean number over the days of its price, or the number of the first day, for the whole part."""
    if terms.price_model not in WITH_UNITS:
        return None
    average = terms.count_rule == CountRule.AVERAGE
    paid = part.within(unit.since or part.first, unit.until or part.last)
    if paid is None or (not average and paid.first > part.first):
        return None
    each = counting.of_unit(kept, unit, _told(units, paid.first))
    if average:
        mean = counting.mean(paid, each)
        return _Month(paid, mean / paid.share, mean)
    count = Fraction(counting.on(part.first, each))
    return _Month(part, count, count * part.share)


def _told(units: Sequence[UnitPrice], day: date) -> frozenset[int | None]:
    """The families that have a price of their own that day."""
    return frozenset(
        one.family_id for one in units if one.family_id is not None and (one.since or day) <= day <= (one.until or day)
    )


def _unit_line(unit: UnitPrice, months: Sequence[_Month]) -> Line:
    period = unit.period
    assert period is not None  # noqa: S101 - `_units` keeps only those that have one
    total = sum((one.months for one in months), Fraction(0))
    cents = price.prorated(unit.price, period.value, total)
    how = f"{_counts(months)} à {amount(unit.price)} {EVERY[period]}"
    return Line(
        "units", unit.label, cents, how, months[0].part.first, months[-1].part.last, "contract", unit.contract_id
    )


def _counts(months: Sequence[_Month]) -> str:
    """« 54 », « 54 × 3 mois », « 54 en juillet 2026, 55 en août 2026, », « de 54 à 61, 690 mois en tout »."""
    words = [_number(one.count) for one in months]
    if len(set(words)) == 1:
        length = months_words([one.part for one in months])
        return words[0] if length == f"1{NBSP}mois" else f"{words[0]} × {length}"
    if len(months) <= FEW:
        return ", ".join(f"{word} {_when(one.part)}" for word, one in zip(words, months, strict=True))
    ordered = sorted(months, key=lambda one: one.count)
    total = _number(sum((one.months for one in months), Fraction(0)))
    return f"de {_number(ordered[0].count)} à {_number(ordered[-1].count)} selon le mois, {total} mois en tout,"


def _when(part: Part) -> str:
    days = "" if part.share == 1 else f" ({months_words([part])})"
    return f"en {month_words(part.first)}{days}"


def _number(value: Fraction) -> str:
    """« 54 », « 54,32 »."""
    return number(Decimal(value.numerator) / value.denominator, 0 if value.denominator == 1 else 2)
