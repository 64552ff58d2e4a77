"""All that the page shows of a financial year, worked out off the thread of the window; and the list of each figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.jobs import Job, Progress, drain
from app.models.money_codes import BudgetPurpose
from app.services.accounting import years
from app.services.spending import bought, forecast, gather, picture
from app.services.spending.behind import behind
from app.services.spending.bought import Bought
from app.services.spending.forecast import Column, Forecast, Month, column_of
from app.services.spending.lines import Nature, Source, sources
from app.services.spending.picture import Picture
from app.services.spending.views import Dimension, Group, Key, groups
from app.storage import Store

USUAL = ("next", "this", "last")
"""The years offered when nothing is known of any other."""
FEE_YEARS = 3
"""Of which the page says what the fee bought."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`anything` is False while the company has no spending that may be shown in any year."""

    picture: Picture
    today: date
    groups: Mapping[Dimension, Sequence[Group]]
    forecasts: Sequence[Forecast]
    months: Sequence[Month]
    anything: bool

    @property
    def year(self) -> int:
        return self.picture.now.year.year


Listed = Callable[[Shown], list[Source]]
"""The list behind a figure, made again from newer figures."""


def read(session: Session, year: int, today: date) -> Shown:
    """`year` 0: that of today."""
    return drain(_reading(session, year, today))


def _reading(session: Session, year: int, today: date) -> Job[Shown]:
    of = yield from picture.reading(session, year or years.holding(session, today).year, today)
    known = bool(of.now.lines or of.before.lines or of.now.budgets) or len(gather.offered(session, today)) > len(USUAL)
    grouped = {by: groups(of, by) for by in Dimension}
    return Shown(of, today, grouped, forecast.forecasts(of.now), forecast.months(of.now), known)


def read_job(store: Store, year: int, today: date) -> Job[Shown]:
    """`read`, off the thread of the window."""
    with store.read() as session:
        return (yield from _reading(session, year, today))


def offered_words(session: Session, today: date) -> list[tuple[int, str]]:
    """Years and how a menu calls them: « 2026 », « 2026-2027 (en cours) »."""
    this = years.holding(session, today).year
    return [(year, _words(session, year, this)) for year in gather.offered(session, today)]


def _words(session: Session, year: int, this: int) -> str:
    of = years.of_year(session, year)
    words = str(year) if of.start.year == year else f"{of.start.year}-{year}"
    return f"{words} (en cours)" if year == this else f"{words} (à venir)" if year > this else words


def bought_job(store: Store, of: Shown) -> Job[list[list[Bought]]]:
    """By contract, the year shown and those before it; the contracts of the year first, the dearest first."""
    yield Progress(0, 0, "Lecture des forfaits")
    with store.read() as session:
        found: dict[int, list[Bought]] = {}
        for back in range(FEE_YEARS):
            spent = of.picture.now if not back else gather.read(session, of.year - back, of.today)
            for one in bought.read(session, spent):
                found.setdefault(one.contract_id, []).append(one)
            yield Progress(back + 1, FEE_YEARS, "Lecture des forfaits")
        return list(found.values())


# The lists behind the figures


def of_forecast(purpose: BudgetPurpose | None, at: Column, of: Shown) -> list[Source]:
    now = of.picture.now
    return sources(
        line for line in now.lines if purpose in {None, line.purpose} and at in {Column.TOTAL, column_of(now, line)}
    )


def of_month(month: date, of: Shown) -> list[Source]:
    return sources(line for line in of.picture.now.lines if line.month == month)


def of_group(by: Dimension, key: Key, nature: Nature | None, of: Shown) -> list[Source]:
    return behind(of.picture, by, key, lambda line: nature in {None, line.nature})


def of_contract(one: Bought, apart: bool, of: Shown) -> list[Source]:  # noqa: ARG001 - its own year is kept
    """The amounts of « ce que le forfait a acheté »: what the contract cost, or what was paid beside it."""
    return sources(one.apart if apart else one.paid)
