"""The hours that a fee includes, period of billing after period, and those beyond them (domain.md C.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.fields import amount, duration
from app.models import Intervention
from app.models.codes import Charge
from app.models.contract_codes import PriceModel
from app.rules import price, shares
from app.services.billing import acts
from app.services.billing.deal import Days, Deal
from app.services.billing.lines import Line

WITH_FEE = {PriceModel.FLAT, PriceModel.PER_UNIT, PriceModel.MIXED}


@dataclass(frozen=True, slots=True)
class Included:
    """Of one period of billing, in minutes; `rate` is what an hour beyond costs, None where none may be billed, and
    `why` says why."""

    days: Days
    used: int
    minutes: int
    rate: int | None
    why: str

    @property
    def over(self) -> int:
        return max(0, self.used - self.minutes)


def included(deal: Deal, days: Days) -> Included | None:
    """By the terms of its last day under contract; less where the contract begins or ends within it. None without."""
    run = deal.spans(*days)
    terms = run[-1].terms if run else None
    if terms is None or terms.price_model not in WITH_FEE or terms.included_minutes is None:
        return None
    months = shares.months(*days)
    kept = shares.share(shares.within(months, run[0].first, run[-1].last))
    minutes = shares.rounded(Fraction(terms.included_minutes) * kept / shares.share(months))
    why = "taux horaire non écrit" if terms.hourly_rate is None else ""
    if not terms.overrun_allowed:
        why = "le contrat ne permet pas de les dépasser"
    return Included(days, _used(deal, days), minutes, None if why else terms.hourly_rate, why)


def _used(deal: Deal, days: Days) -> int:
    done = acts.of_contract(deal.session, deal.id, *days, Intervention.charge == Charge.COUNTED)
    return sum(act.counted or 0 for act in done)


def overruns(deal: Deal, start: date, end: date) -> Iterator[Line | str]:
    """Of each period of billing that ends on these days, for before nobody knows; a sentence where it has no price."""
    for days in deal.periods(start, end):
        kept = included(deal, days) if start <= days[1] <= end else None
        if kept is None or not kept.over:
            continue
        words = f"{duration(kept.used)} décomptées, {duration(kept.minutes)} comprises"
        if kept.rate is None:
            yield f"{words}\u00a0: {kept.why}."
        else:
            cents = price.overrun(kept.used, kept.minutes, kept.rate)
            how = f"{words}\u00a0: {duration(kept.over)} × {amount(kept.rate)}"
            yield Line("overrun", "Dépassement des heures", cents, how, *days, "contract", deal.id)
