"""The fee and the units of an invoice against what its contract foresees for the same days (domain.md C.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from app.fields import amount, day, joined
from app.models import Invoice
from app.rules import price, shares
from app.services.billing import billed as reading
from app.services.billing.billed import Billed, days_told
from app.services.billing.deal import Days, Deal
from app.services.billing.expected import of_deal
from app.services.billing.lines import Line
from app.services.billing.reasons import Reason, Weight, near


@dataclass(frozen=True, slots=True)
class Case:
    """One invoice and the days of its service. `due` are the lines that the contract foresees for them, `expected`
    what is left of it once `before`, billed by the `earlier` invoices for these days, is taken off. Cents HT."""

    deal: Deal
    invoice: Billed
    days: tuple[Days, ...]
    due: tuple[Line, ...]
    expected: int
    before: int
    earlier: tuple[Billed, ...]
    missing: tuple[str, ...]

    @property
    def found(self) -> int:
        return self.invoice.net("service")

    @property
    def gap(self) -> int:
        return self.found - self.expected

    @property
    def starts(self) -> date:
        return self.days[0][0]

    @property
    def ends(self) -> date:
        return self.days[-1][1]

    def equals(self, cents: int) -> bool:
        """Whether the service is billed at that amount, but for the rounding of its lines."""
        return near(self.found, cents, len(self.invoice.of("service")))

    def at_fee(self, fee: int) -> int:
        """What would be expected with another fee all along."""
        units = sum(line.cents for line in self.due if line.kind == "units")
        period = self.deal.on(self.starts).fee_period.value
        months = sum(shares.share(self.run(days)) for days in self.days)
        return units + price.prorated(fee, period, Fraction(months)) - self.before

    def run(self, days: Days) -> tuple[shares.Part, ...]:
        """The months of these days on which the contract runs."""
        bounds = self.deal.force(days[1])
        return shares.within(shares.months(*days), *bounds) if bounds else ()


def case(session: Session, contract_id: int, invoice: Billed) -> Case:
    deal, days = Deal(session, contract_id), invoice.days
    found = [of_deal(deal, *one) for one in days]
    due = tuple(line for one in found for line in one.lines if line.kind in {"fee", "units"})
    earlier = tuple(one for one in _earlier(session, contract_id, invoice) if _on_days(one, days))
    before = sum(_on_days(one, days) for one in earlier)
    left = max(0, sum(line.cents for line in due) - before)
    return Case(deal, invoice, days, due, left, before, earlier, found[0].missing)


def _earlier(session: Session, contract_id: int, invoice: Billed) -> list[Billed]:
    """The invoices before this one, and the credit notes that correct them, whenever they came."""
    every = reading.read(session, Invoice.contract_id == contract_id, Invoice.id != invoice.id)
    before = [one for one in every if one.sign > 0 and (one.on, one.id) < (invoice.on, invoice.id)]
    corrected = {one.id for one in before}
    return [*before, *(one for one in every if one.sign < 0 and one.corrects in corrected)]


def _on_days(one: Billed, days: Sequence[Days]) -> int:
    return one.sign * sum(reading.overlap(line, span) for line in one.of("service") for span in days)


def already(of: Case) -> Iterator[Reason]:
    """What earlier invoices billed for the same days: all of it, or a part."""
    if not of.before:
        return
    numbers = joined(*(one.number for one in of.earlier), by=", ")
    told = joined(*(days_told(days) for days in of.days), by=", ")
    if of.expected:
        text = f"{numbers}\u00a0: {amount(of.before)} déjà facturés pour {told}."
        yield Reason(Weight.NOTE, text, None, "invoice", of.earlier[0].id)
    else:
        text = f"Période déjà facturée\u00a0: {told}, par {numbers} ({amount(of.before)} HT)."
        yield Reason(Weight.REFUSE, text, of.gap, "invoice", of.earlier[0].id)


def out_of_force(of: Case) -> Iterator[Reason]:
    """Days before the contract or after it."""
    bounds = of.deal.force(of.ends)
    if bounds is None:
        yield Reason(Weight.DOUBT, "Le contrat est encore un projet\u00a0: rien n’est dû tant qu’il n’est pas signé.")
    elif bounds[0] > of.ends:
        yield Reason(Weight.REFUSE, f"La période facturée précède le contrat, qui commence le {day(bounds[0])}.")
    elif bounds[1] < of.starts:
        yield Reason(Weight.REFUSE, f"La période facturée suit la fin du contrat, le {day(bounds[1])}.")
