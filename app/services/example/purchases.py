"""What was bought in the years told: equipment, by one invoice a month and supplier; licences, year after year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.fields import joined
from app.models import Asset, Family, Licence
from app.models.codes import LicenceKind, Ownership
from app.models.money_codes import LineKind
from app.rules.notice import add_months
from app.services.example.bills import Bill, BillLine, working
from app.services.example.world import World, data

RISE = 4
"""Percents that a subscription gains from one year to the next."""
EURO = 100


@dataclass(slots=True)
class Bought:
    """`by_asset` tells the invoice of each asset, `by_licence` the last of each licence."""

    bills: list[Bill] = field(default_factory=list)
    by_asset: dict[int, Bill] = field(default_factory=dict)
    by_licence: dict[int, Bill] = field(default_factory=dict)


def buy(world: World, since: date) -> Bought:
    found = Bought()
    by_month: dict[tuple[str, date], list[Any]] = defaultdict(list)
    for row in _owned(world, since):
        by_month[row.supplier, row.purchased_on.replace(day=1)].append(row)
    for (supplier, month), rows in by_month.items():
        end = add_months(month, 1) - timedelta(days=1)
        made = Bill(supplier, data("invoices")["equipment"], working(end), [_line(row) for row in rows])
        found.bills.append(made)
        found.by_asset |= {row.id: made for row in rows}
    for licence in world.session.scalars(select(Licence).order_by(Licence.id)):
        years = list(_years(world, licence, since))
        found.bills += years
        if years:
            found.by_licence[licence.id] = years[0]
    return found


def _owned(world: World, since: date) -> Sequence[Any]:
    return world.session.execute(
        select(Asset.id, Asset.number, Asset.brand, Asset.model, Asset.supplier, Asset.purchased_on, Asset.price,
               Family.name.label("family"))
        .join(Family, Family.id == Asset.family_id)
        .where(
            Asset.ownership == Ownership.OWNED, Asset.price.is_not(None), Asset.purchased_on >= since,
            Asset.supplier.is_not(None),
        )
        .order_by(Asset.purchased_on, Asset.id)
    ).all()  # fmt: skip


def _line(row: Any) -> BillLine:
    label = joined(f"{row.brand} {row.model}", row.number)
    return BillLine(label, LineKind.EQUIPMENT, row.price, asset_id=row.id)


def _years(world: World, licence: Licence, since: date) -> Iterator[Bill]:
    """A subscription, and those of the years before if it is renewed: a little less dear each."""
    if licence.purchased_on is None or licence.price is None or licence.supplier not in world.providers:
        return
    start, cents, months = licence.purchased_on, licence.price, _lasts(licence)
    while start >= since:
        end = add_months(start, months) - timedelta(days=1) if months else None
        yield _licence(licence, start, end, cents)
        if not (licence.renews and months):
            return
        start, cents = add_months(start, -months), cents * (100 - RISE) // 100 // EURO * EURO


def _lasts(licence: Licence) -> int:
    """Months; none when it is for ever."""
    if licence.expires_on is None or licence.purchased_on is None:
        return 0
    return (
        12 * (licence.expires_on.year - licence.purchased_on.year)
        + licence.expires_on.month
        - (licence.purchased_on.month)
    )


def _licence(licence: Licence, start: date, end: date | None, cents: int) -> Bill:
    kind = LineKind.SAAS if licence.kind == LicenceKind.SUBSCRIPTION else LineKind.SOFTWARE
    period = (start, end) if end else None
    line = BillLine(licence.name, kind, cents, licence_id=licence.id, period=period)
    return Bill(licence.supplier or "", licence.name, working(start), [line], period=period)
