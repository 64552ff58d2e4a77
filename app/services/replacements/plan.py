"""The plan over three calendar years: what is in it, what it costs by year and by family, what to look at."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.fields import NBSP, counted, plural
from app.jobs import Job, Progress
from app.reports.replacements_data import FamilyTotals, Total
from app.rules.notice import add_months
from app.services.remembered import remembered
from app.services.replacements import reading
from app.services.replacements.reading import YEARS, Item
from app.services.spending.lines import Costing
from app.storage import Store

HEAVY, ENOUGH = 50, 5
"""Percents of the three years from which one of them is heavy, when there are so many assets."""
UNCORRECTED = 6
"""Months without support before a replacement that are told."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in the plan; `ids` are its assets."""

    key: str
    tone: str
    title: str
    why: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`items` are those of the three `years`, by their day then the dearest first; `later` those put off beyond;
    `kept` those that the company keeps though the rules would replace them by then. `words`: HT or TTC."""

    today: date
    years: tuple[int, ...]
    words: str
    items: tuple[Item, ...]
    later: tuple[Item, ...]
    kept: tuple[Item, ...]
    remarks: tuple[Remark, ...]

    def of_year(self, year: int) -> tuple[Item, ...]:
        return tuple(one for one in self.items if one.year == year)

    @property
    def by_year(self) -> tuple[Total, ...]:
        return tuple(summed(self.of_year(year)) for year in self.years)

    @property
    def total(self) -> Total:
        return summed(self.items)

    @property
    def by_family(self) -> tuple[FamilyTotals, ...]:
        """The dearest first."""
        found: dict[str, list[Item]] = defaultdict(list)
        for one in self.items:
            found[one.family].append(one)
        made = [
            FamilyTotals(family, tuple(summed([o for o in own if o.year == year]) for year in self.years), summed(own))
            for family, own in found.items()
        ]
        return tuple(sorted(made, key=lambda one: (-(one.total.cents or 0), -one.total.count, one.family)))

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.later or self.kept)


def summed(items: Sequence[Item]) -> Total:
    priced = [one.cents for one in items if one.cents is not None]
    return Total(len(items), sum(priced) if priced else None, len(items) - len(priced))


def plan(session: Session, today: date) -> Plan:
    """As the file stands; read once for each state of it."""
    costing = Costing.of(session)
    return remembered(session, ("replacements", today, costing), lambda: _plan(session, today, costing.words))


def read_job(store: Store, today: date) -> Job[Plan]:
    """`plan`, off the thread of the window."""
    yield Progress(0, 0, "Lecture du plan de remplacement")
    with store.read() as session:
        return plan(session, today)


def _plan(session: Session, today: date, words: str) -> Plan:
    every = reading.items(session, today)
    years = tuple(range(today.year, today.year + YEARS))
    dated = sorted(((one.on, one) for one in every if one.on), key=lambda pair: (pair[0], -(pair[1].cents or 0)))
    inside = tuple(one for on, one in dated if on.year in years)
    decided = [one for on, one in dated if on.year > years[-1] and one.proposed and one.proposed.year <= years[-1]]
    kept = [one for one in every if one.is_kept and one.proposed and one.proposed.year <= years[-1]]
    return Plan(today, years, words, inside, tuple(decided), tuple(kept), _remarks(every, inside, years, today))


def _remarks(every: Sequence[Item], inside: Sequence[Item], years: Sequence[int], today: date) -> tuple[Remark, ...]:
    found = (
        _late(inside, today), _bare(every, years, today), _unpriced(inside), _heavy(inside, years), _unknown(every),
    )  # fmt: skip
    return tuple(one for one in found if one is not None)


def _late(inside: Sequence[Item], today: date) -> Remark | None:
    late = _ids(inside, lambda one: one.proposed is not None and one.proposed < today)
    if not late:
        return None
    had, replaced = plural(len(late), "aurait", "auraient"), plural(len(late), "remplacé")
    title = f"{counted(len(late), 'bien')} {had} déjà dû être {replaced}"
    return Remark("late", "bad", title, "Leur jour est passé\u00a0: pannes plus longues, pièces plus rares.", late)


def _bare(every: Sequence[Item], years: Sequence[int], today: date) -> Remark | None:
    """Corrected no more for months before they are replaced, or kept so."""

    def is_bare(one: Item) -> bool:
        end = one.case.support_end
        if end is None or end.year > years[-1]:
            return False
        until = one.on or add_months(date(years[-1], 12, 31), 1)
        return add_months(max(end, today), UNCORRECTED) < until

    bare = _ids(every, is_bare)
    if not bare:
        return None
    title = f"{counted(len(bare), 'bien')} sans support plus de {UNCORRECTED}{NBSP}mois avant leur remplacement"
    why = "Plus de correctif de sécurité\u00a0: mettez leur système à niveau, isolez-les, ou avancez leur année."
    return Remark("support", "warn", title, why, bare)


def _unpriced(inside: Sequence[Item]) -> Remark | None:
    found = _ids(inside, lambda one: one.cents is None)
    if not found:
        return None
    title = f"{counted(len(found), 'bien')} non {plural(len(found), 'chiffré')}"
    why = "Le budget ne les compte pas\u00a0: donnez leur valeur de remplacement, ou fixez un montant."
    return Remark("unpriced", "warn", title, why, found)


def _heavy(inside: Sequence[Item], years: Sequence[int]) -> Remark | None:
    total = summed(inside).cents
    if not total or len(inside) < ENOUGH:
        return None
    for year in years:
        own = [one for one in inside if one.year == year]
        share = 100 * (summed(own).cents or 0) // total
        if share > HEAVY:
            title = f"{year} porte {share}{NBSP}% du budget des trois ans"
            why = "Reportez ce qui peut attendre, avec sa raison, ou prévoyez la trésorerie."
            return Remark("heavy", "info", title, why, tuple(one.asset_id for one in own))
    return None


def _unknown(every: Sequence[Item]) -> Remark | None:
    found = _ids(every, lambda one: not reading.is_known(one.case))
    if not found:
        return None
    count = counted(len(found), "bien")
    title = f"{count} dont rien ne dit la fin de vie"
    why = "Ni date de mise en service, ni durée de vie de la famille, ni expertise\u00a0: le plan les ignore."
    return Remark("unknown", "mute", title, why, found)


def _ids(items: Sequence[Item], wanted: Callable[[Item], bool]) -> tuple[int, ...]:
    return tuple(one.asset_id for one in items if wanted(one))
