"""Up to what a purchase may be expensed, and what it costs when VAT is not recovered (domain.md E.2, E.8)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Company
from app.models.codes import Zone
from app.rules import vat
from app.services import preferences

OF_ZONE = {
    Zone.GUADELOUPE: 850, Zone.MARTINIQUE: 850, Zone.REUNION: 850, Zone.GUYANE: 0, Zone.MAYOTTE: 0,
    Zone.SAINT_MARTIN: 0, Zone.SAINT_BARTHELEMY: 0,
}  # fmt: skip
"""The usual rate of VAT where it is not that of the mainland, hundredths of a percent (art. 294 and 296 CGI)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`net`: the price HT up to which a purchase may be expensed, whoever recovers the VAT (BOI-BIC-CHG-20-30-10);
    `rate` is the usual VAT, hundredths of a percent. Cents."""

    net: int
    recovered: bool
    rate: int

    @property
    def limit(self) -> int:
        """What a thing of that price costs in the books: TTC when VAT is not recovered."""
        return self.cost(self.net)

    def vat(self, net: int, rate: int | None = None) -> int:
        return vat.tax(net, self.rate if rate is None else rate)

    def cost(self, net: int, rate: int | None = None) -> int:
        """What a price HT is in the books."""
        return net if self.recovered else net + self.vat(net, rate)


def limits(session: Session) -> Limits:
    zone = session.scalar(select(Company.zone).where(Company.deleted_at.is_(None)).limit(1))
    rate = OF_ZONE.get(zone, vat.NORMAL) if zone else vat.NORMAL
    return Limits(preferences.get(session, "expense_limit"), preferences.get(session, "vat_recovered"), rate)
