"""The figures of a financial year in the list of the register: the rule of rules.depreciation said in SQL, so that a
list of any length sorts, filters and sums by them. A test holds the two together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Text, and_, case, func, literal, null, type_coerce
from sqlalchemy.orm import Session

from app.fields import this_day
from app.models.base import CodeText
from app.models.money_codes import FixedStanding
from app.rules.depreciation import MONTHS, PER_YEAR
from app.services.accounting import years
from app.services.fixed_assets.plan import Method, method

LEAP_DAY = "02-29"
TIMES = 8
"""The precedence of the multiplication in SQLAlchemy: both sides get their brackets."""
Sql = ColumnElement[Any]


def columns(session: Session, lines: FromClause, on: date | None) -> Mapping[str, Sql]:
    """By name of field, for a row of `lines`, of the financial year that holds that day; None where the line was not
    in the register. `held` says whether it was at any time of it."""
    how, year = method(session), years.holding(session, on or this_day())
    row = _Row(lines, how)
    opening, closing = row.depreciated(year.start - timedelta(days=1)), row.depreciated(year.end)
    standing = row.standing(year.start, year.end, closing)
    held = standing.not_in((FixedStanding.BEFORE.value, FixedStanding.LATER.value))
    gone = standing == FixedStanding.LEFT.value
    told = {
        "gross": lines.c.cost,
        "opening": opening,
        "charge": closing - opening,
        "closing": closing,
        "book_value": case((gone, 0), else_=lines.c.cost - closing),
    }
    found: dict[str, Sql] = {name: case((held, value), else_=null()) for name, value in told.items()}
    return found | {"standing": type_coerce(standing, CodeText(FixedStanding)), "held": held}


@dataclass(frozen=True, slots=True)
class _Row:
    lines: FromClause
    how: Method

    def day(self, name: str) -> Sql:
        return type_coerce(self.lines.c[name], Text)

    def depreciated(self, until: date) -> Sql:
        """All that is depreciated at the end of that day, or of the last one before an exit."""
        out = self.day("exit_on") if self.how.exit_counts else func.date(self.day("exit_on"), "-1 day")
        last = func.min(func.coalesce(out, until.isoformat()), until.isoformat())
        whole = PER_YEAR[self.how.count] * self.lines.c.life_months
        passed = func.min(self.days(last) * MONTHS, whole)
        base = self.lines.c.cost - self.lines.c.residual
        return func.coalesce(_over(2 * base * passed + whole, 2 * whole), 0)

    def days(self, last: Sql) -> Sql:
        first = self.day("starts_on")
        count = _thirty(first, last) if self.how.count == "thirty" else _real(first, last)
        return case((last < first, 0), else_=func.max(0, count))

    def standing(self, start: date, end: date, closing: Sql) -> Sql:
        out, came = self.day("exit_on"), func.coalesce(self.day("acquired_on"), self.day("starts_on"))
        own = self.lines.c
        whens = (
            (out < start.isoformat(), FixedStanding.BEFORE),
            (came > end.isoformat(), FixedStanding.LATER),
            (out <= end.isoformat(), FixedStanding.LEFT),
            (own.starts_on.is_(None), FixedStanding.WAITING),
            (and_(closing > 0, closing >= own.cost - own.residual), FixedStanding.DONE),
        )
        told = [(when, literal(standing.value, Text)) for when, standing in whens]
        return case(*told, else_=literal(FixedStanding.IN.value, Text))


def _part(day: Sql, at: int, length: int) -> Sql:
    return func.substr(day, at, length).cast(Integer)


def _thirty(first: Sql, last: Sql) -> Sql:
    is_month_end = func.date(last, "+1 day", "start of month") > last
    until = case((is_month_end, 30), else_=func.min(_part(last, 9, 2), 30))
    years_, months = _part(last, 1, 4) - _part(first, 1, 4), _part(last, 6, 2) - _part(first, 6, 2)
    return years_ * 360 + months * 30 + until - func.min(_part(first, 9, 2), 30) + 1


def _real(first: Sql, last: Sql) -> Sql:
    span = (func.julianday(last) - func.julianday(first) + 1).cast(Integer)
    return span - _leap_days(last) + _leap_days(func.date(first, "-1 day"))


def _leap_days(day: Sql) -> Sql:
    year = _part(day, 1, 4) - case((func.substr(day, 6, 5) < LEAP_DAY, 1), else_=0)
    return _over(year, 4) - _over(year, 100) + _over(year, 400)


def _over(above: Sql, below: Any) -> Sql:
    """The whole part of a division, as SQLite makes it of integers."""
    return above.op("/", precedence=TIMES, return_type=Integer())(below)
