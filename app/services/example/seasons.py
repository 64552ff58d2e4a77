"""When people call: more on Mondays and at the return from holidays, around ten and three, less in August."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from app.fields import PARIS
from app.models.codes import Zone
from app.rules.holidays import is_business_day

ZONE = Zone.METROPOLE
BY_WEEKDAY = (1.35, 1.05, 1.0, 0.95, 0.75, 0.0, 0.0)
BY_MONTH = (1.15, 1.0, 1.05, 0.95, 0.85, 1.0, 0.85, 0.45, 1.35, 1.1, 1.1, 0.85)
BY_HOUR = {7: 0.3, 8: 1.2, 9: 2.0, 10: 1.8, 11: 1.2, 12: 0.25, 13: 0.9, 14: 1.7, 15: 1.4, 16: 1.0, 17: 0.5}
"""How much more, or less, than on the mean day, month and hour."""


def worked_days(last: date, span: int) -> list[date]:
    """The business days of the `span` days that end with `last`."""
    days = (last - timedelta(days=n) for n in range(span))
    return [day for day in days if is_business_day(day, ZONE)]


def moments(rng: Random, days: Sequence[date], count: int) -> list[datetime]:
    """`count` moments on these days, as calls fall, in no order."""
    weights = [BY_WEEKDAY[day.weekday()] * BY_MONTH[day.month - 1] for day in days]
    chosen = rng.choices(days, weights, k=count)
    hours = rng.choices(list(BY_HOUR), list(BY_HOUR.values()), k=count)
    return [at(day, hour * 60 + rng.randrange(60)) for day, hour in zip(chosen, hours, strict=True)]


def at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), PARIS)
