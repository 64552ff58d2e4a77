"""The accountant's side of the example company: its register of fixed assets, its budgets, the penalties it claimed.

The register agrees with the inventory but for what is left to the manager: one thing that was not met in the spring,
one that left, and the last computers, of which nobody decided yet.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from app.models import Asset, Budget, Family, FixedAsset, Licence
from app.models.codes import ExitKind, LicenceKind, Ownership
from app.models.money_codes import BudgetPurpose, FixedKind, Treatment
from app.rules import vat
from app.rules.capitalise import may_expense_set
from app.rules.notice import add_months
from app.services import preferences
from app.services.example.bills import Bill, working
from app.services.example.world import Card, Rows, World, data

SERVED = 12
"""Days after its purchase that what was sold since was put in service."""
USUAL_LIFE = 36


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register to be, and the assets or the licence that it is made of."""

    values: Mapping[str, Any]
    assets: Sequence[int] = ()
    licence: int | None = None


def book(world: World, bills: Mapping[int, Bill], licences: Mapping[int, Bill]) -> None:
    """`bills` tells the invoice of each asset bought in the years that have invoices, `licences` of each licence."""
    assets = _bought(world)
    software = world.session.scalars(select(Licence).where(Licence.kind != LicenceKind.SUBSCRIPTION)).all()
    entries = [*_hardware(world, assets, bills), *_software(software, licences), _sold(world)]
    rows = Rows(world, FixedAsset, world.money)
    of_asset: dict[int, int] = {}
    of_licence: dict[int, int] = {}
    for entry in sorted(entries, key=lambda one: (one.values["acquired_on"], one.values["label"])):
        given = rows.add({"number": world.number("IM"), "residual": 0, **entry.values})
        of_asset |= dict.fromkeys(entry.assets, given)
        if entry.licence is not None:
            of_licence[entry.licence] = given
    rows.write()
    _decide(world, Asset, _asset_decisions(world, assets, of_asset, bills))
    _decide(world, Licence, _licence_decisions(world, of_licence))
    _budgets(world)


def _bought(world: World) -> Sequence[Any]:
    return world.session.execute(
        select(Asset.id, Asset.brand, Asset.model, Asset.supplier, Asset.invoice, Asset.purchased_on,
               Asset.commissioned_on, Asset.price, Asset.ownership, Family.name.label("family"))
        .join(Family, Family.id == Asset.family_id)
        .where(Asset.ownership == Ownership.OWNED)
        .order_by(Asset.id)
    ).all()  # fmt: skip


def _hardware(world: World, assets: Sequence[Any], bills: Mapping[int, Bill]) -> Iterator[Entry]:
    """What cost more than may be expensed, alone or with what it was sold with."""
    limit = preferences.get(world.session, "expense_limit")
    sets = _sets(assets)
    inside = {row.id for own, _ in sets for row in own}
    alone = [([row], "") for row in assets if row.id not in inside]
    for own, label in (*sets, *alone):
        known = all(row.price for row in own) and own[0].model not in data("books")["undecided"]
        if known and not may_expense_set((row.price for row in own), limit):
            yield _line(own, label, bills)


def _sets(assets: Sequence[Any]) -> list[tuple[list[Any], str]]:
    """Two things sold as one in a month, and the words for both: the first of each model together, and so on."""
    found: list[tuple[list[Any], str]] = []
    for first, second, label in data("books")["sets"]:
        mains, others = _by_month(assets, first), _by_month(assets, second)
        for month, own in mains.items():
            found += [([main, other], label) for main, other in zip(own, others.get(month, ()), strict=False)]
    return found


def _by_month(assets: Sequence[Any], model: str) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = defaultdict(list)
    for row in assets:
        if row.model == model:
            found[row.purchased_on.replace(day=1)].append(row)
    return found


def _line(own: Sequence[Any], label: str, bills: Mapping[int, Bill]) -> Entry:
    main = own[0]
    made = bills.get(main.id)
    cost = sum(row.price for row in own)
    values = {
        "label": label or f"{main.brand} {main.model}", "kind": FixedKind.HARDWARE, "supplier": main.supplier,
        "invoice_id": made.id if made else None, "invoice_number": made.number if made else main.invoice,
        "acquired_on": min(row.purchased_on for row in own), "starts_on": max(row.commissioned_on for row in own),
        "cost": cost, "vat": vat.tax(cost, vat.NORMAL),
        "life_months": data("books")["lives"].get(main.family, USUAL_LIFE),
    }  # fmt: skip
    return Entry(values, [row.id for row in own])


def _software(licences: Sequence[Licence], bills: Mapping[int, Bill]) -> Iterator[Entry]:
    for one in licences:
        made = bills.get(one.id)
        cost = one.price or 0
        values = {
            "label": one.name, "kind": FixedKind.SOFTWARE, "supplier": one.supplier,
            "invoice_id": made.id if made else None, "invoice_number": made.number if made else None,
            "acquired_on": one.purchased_on, "starts_on": one.purchased_on, "cost": cost,
            "vat": vat.tax(cost, vat.NORMAL), "life_months": USUAL_LIFE,
        }  # fmt: skip
        yield Entry(values, licence=one.id)


def _sold(world: World) -> Entry:
    """What left before the inventory was kept here: its line tells how."""
    told = data("books")["sold"]
    bought = working(add_months(world.today, -told["bought"]))
    cost = told["cost"]
    values = {
        "label": told["label"], "kind": FixedKind.HARDWARE, "supplier": told["supplier"],
        "invoice_number": f"F{bought:%Y%m}-{told['invoice']}", "acquired_on": bought,
        "starts_on": bought + timedelta(days=SERVED), "cost": cost, "vat": vat.tax(cost, vat.NORMAL),
        "life_months": USUAL_LIFE, "exit_on": working(add_months(world.today, -told["sold"])),
        "exit_kind": ExitKind.SALE, "exit_price": told["price"], "exit_vat_rate": vat.NORMAL, "notes": told["notes"],
    }  # fmt: skip
    return Entry(values)


def _asset_decisions(
    world: World, assets: Sequence[Any], lines: Mapping[int, int], bills: Mapping[int, Bill]
) -> Iterator[Card]:
    """Its invoice, how it is treated, its line; the last models are still to be decided."""
    limit = preferences.get(world.session, "expense_limit")
    for row in assets:
        made = bills.get(row.id)
        line = lines.get(row.id)
        small = line is None and not (row.price and row.price > limit)
        treatment = Treatment.CAPITALISED if line else Treatment.EXPENSED if small else Treatment.TO_DECIDE
        number = made.number if made else row.invoice
        yield {"of": row.id, "invoice": number, "treatment": treatment, "fixed_asset_id": line}


def _licence_decisions(world: World, lines: Mapping[int, int]) -> Iterator[Card]:
    for given in world.session.scalars(select(Licence.id)):
        line = lines.get(given)
        treatment = Treatment.CAPITALISED if line else Treatment.EXPENSED
        yield {"of": given, "treatment": treatment, "fixed_asset_id": line}


def _decide(world: World, model: type[Asset | Licence], decisions: Iterator[Card]) -> None:
    own, rows = model.__table__, list(decisions)
    if not rows:
        return
    changed: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "of"}
    as_made = {"version": own.c.version, "updated_at": world.made_at}
    statement = update(own).where(own.c.id == bindparam("of")).values(**changed, **as_made)
    world.session.connection().execute(statement, [dict(row) for row in rows])


def _budgets(world: World) -> None:
    """What was planned of each year, and of the next."""
    rows = Rows(world, Budget, world.money)
    for card in data("books")["budgets"]:
        year = world.today.year - card["back"]
        for purpose in BudgetPurpose:
            rows.add({"year": year, "purpose": purpose, "amount": card[purpose.value]})
    rows.write()
