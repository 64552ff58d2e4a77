"""What was bought and is to be capitalised or expensed, each with what is proposed and why (domain.md E.2).

Assets and licences bear their own price; a line of an invoice counts where it names neither, and where the assets and
licences that bear its number do not make its amount up. Three readings, none by thing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import amount, counted, joined
from app.models import Asset, Family, Invoice, InvoiceLine, Licence, Provider
from app.models.codes import AssetStatus, LicenceKind, Ownership
from app.models.money_codes import FixedKind, InvoiceKind, LineKind, Treatment
from app.rules import capitalise
from app.services.fixed_assets.limits import Limits, limits

Source = Literal["asset", "licence", "invoice_line"]
Key = tuple[Source, int]
"""A thing bought: the kind of its record and its id."""
CONCERNED = {LineKind.EQUIPMENT: FixedKind.HARDWARE, LineKind.SOFTWARE: FixedKind.SOFTWARE}
SUBSCRIPTION = "Un abonnement est une charge."
THOUSAND = 1000
UNDECIDED = (
    Asset.deleted_at.is_(None), Asset.treatment == Treatment.TO_DECIDE, Asset.ownership == Ownership.OWNED,
    Asset.status != AssetStatus.RETIRED,
)  # fmt: skip
OPEN_LICENCE = (
    Licence.deleted_at.is_(None), Licence.treatment == Treatment.TO_DECIDE, Licence.price.is_not(None)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bought:
    """`unit` is the cost of one and `cents` of all, as the books count (TTC when VAT is not recovered), `vat` the tax
    on all. `proposal` is to decide when it may be a part of a set, as `why` tells; `owner` is whom it was given to."""

    key: Key
    number: str
    label: str
    kind: FixedKind
    family: str
    supplier: str | None
    invoice_id: int | None
    invoice: str | None
    bought_on: date | None
    starts_on: date | None
    owner: str
    unit: int
    cents: int
    vat: int
    proposal: Treatment
    why: str


def pending(session: Session) -> tuple[Bought, ...]:
    """All that is to be decided, newest first; what has no price cannot be, see `unpriced`."""
    bounds = limits(session)
    found = [*_assets(session, bounds), *_licences(session, bounds), *_lines(session, bounds)]
    found.sort(key=lambda one: one.number)
    found.sort(key=lambda one: one.bought_on or date.min, reverse=True)
    return tuple(_with_sets(found, bounds))


def count(session: Session) -> int:
    """How many there are, without reading the assets."""
    assets = session.scalar(select(func.count()).select_from(Asset).where(*UNDECIDED, Asset.price.is_not(None)))
    licences = session.scalar(select(func.count()).select_from(Licence).where(*OPEN_LICENCE))
    return (assets or 0) + (licences or 0) + sum(1 for _ in _lines(session, limits(session)))


def unpriced(session: Session) -> tuple[int, ...]:
    """Assets to be decided whose price nobody wrote."""
    wanted = select(Asset.id).where(*UNDECIDED, Asset.price.is_(None)).order_by(Asset.number)
    return tuple(session.scalars(wanted))


def judged(chosen: Sequence[Bought], bounds: Limits) -> Treatment:
    """What is proposed of these as one set."""
    alone = capitalise.may_expense_set((one.cents for one in chosen), bounds.limit)
    return Treatment.EXPENSED if alone else Treatment.CAPITALISED


def _assets(session: Session, bounds: Limits) -> Iterator[Bought]:
    wanted = (
        select(
            Asset.id, Asset.number, Asset.name, Asset.brand, Asset.model, Family.name.label("family"), Asset.supplier,
            Asset.invoice, Asset.purchased_on, Asset.commissioned_on, Asset.person_id, Asset.price,
        )
        .join(Family, Family.id == Asset.family_id)
        .where(*UNDECIDED, Asset.price.is_not(None))
    )  # fmt: skip
    for row in session.execute(wanted):
        label = joined(row.brand, row.model) or row.name or row.family
        cost = bounds.cost(row.price)
        yield Bought(
            ("asset", row.id), row.number, label, FixedKind.HARDWARE, row.family, row.supplier, None, row.invoice,
            row.purchased_on, row.commissioned_on, str(row.person_id or ""), cost, cost, bounds.vat(row.price),
            *_proposal(cost, bounds),
        )  # fmt: skip


def _licences(session: Session, bounds: Limits) -> Iterator[Bought]:
    for one in session.scalars(select(Licence).where(*OPEN_LICENCE)):
        cost = bounds.cost(one.price or 0)
        of = (Treatment.EXPENSED, SUBSCRIPTION) if one.kind == LicenceKind.SUBSCRIPTION else _proposal(cost, bounds)
        yield Bought(
            ("licence", one.id), one.number, one.name, FixedKind.SOFTWARE, "Licence", one.supplier, None, None,
            one.purchased_on, one.purchased_on, "", cost, cost, bounds.vat(one.price or 0), *of,
        )  # fmt: skip


def _lines(session: Session, bounds: Limits) -> Iterator[Bought]:
    wanted = (
        select(InvoiceLine, Invoice, Provider.name)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Provider, Provider.id == Invoice.provider_id)
        .where(
            InvoiceLine.deleted_at.is_(None), InvoiceLine.kind.in_(CONCERNED), InvoiceLine.treatment.is_(None),
            InvoiceLine.asset_id.is_(None), InvoiceLine.licence_id.is_(None), InvoiceLine.net > 0,
            Invoice.deleted_at.is_(None), Invoice.kind == InvoiceKind.INVOICE,
        )
        .order_by(Invoice.id, InvoiceLine.rank)
    )  # fmt: skip
    known = _told_by_assets(session)
    for line, invoice, provider in session.execute(wanted):
        if line.net <= known[invoice.number]:
            known[invoice.number] -= line.net
            continue
        unit = bounds.cost(_unit(line), line.vat_rate)
        yield Bought(
            ("invoice_line", line.id), invoice.number, line.label, CONCERNED[line.kind], "Ligne de facture", provider,
            invoice.id, invoice.number, invoice.invoiced_on, None, "", unit, bounds.cost(line.net, line.vat_rate),
            bounds.vat(line.net, line.vat_rate), *_proposal(unit, bounds, several=line.quantity > THOUSAND),
        )  # fmt: skip


def _unit(line: InvoiceLine) -> int:
    """Cents HT of one, of what is bought by the piece."""
    return -(-line.net * THOUSAND // line.quantity) if line.quantity >= THOUSAND else line.net


def _told_by_assets(session: Session) -> Counter[str]:
    """Number of an invoice -> cents HT of the assets that bear it: those are judged on their own record."""
    told = (
        select(Asset.invoice, func.sum(Asset.price))
        .where(Asset.deleted_at.is_(None), Asset.invoice.is_not(None), Asset.price.is_not(None))
        .group_by(Asset.invoice)
    )
    return Counter({invoice: cents for invoice, cents in session.execute(told) if invoice})


def _proposal(unit: int, bounds: Limits, *, several: bool = False) -> tuple[Treatment, str]:
    each = f"{amount(unit)} l’unité\u00a0: " if several else ""
    if capitalise.may_expense(unit, bounds.limit):
        return Treatment.EXPENSED, (each or f"Jusqu’à {amount(bounds.limit)}\u00a0: ") + "peut passer en charge."
    return Treatment.CAPITALISED, (each or f"Plus de {amount(bounds.limit)}\u00a0: ") + "à immobiliser."


def _with_sets(found: Iterable[Bought], bounds: Limits) -> Iterator[Bought]:
    """What may have been sold as one good with others is left to decide: its whole price passes the limit."""
    listed = list(found)
    sets: dict[tuple[str | None, ...], list[Bought]] = defaultdict(list)
    for one in listed:
        if one.invoice and one.owner:
            sets[one.supplier, one.invoice, one.owner].append(one)
    doubts = {
        one.key: _together(one, group)
        for group in sets.values()
        if _may_be_one(group, bounds)
        for one in group
        if one.proposal == Treatment.EXPENSED
    }
    for one in listed:
        why = doubts.get(one.key)
        yield replace(one, proposal=Treatment.TO_DECIDE, why=why) if why else one


def _may_be_one(group: Sequence[Bought], bounds: Limits) -> bool:
    """Different things of one invoice for one person: a tower, its screen, its keyboard."""
    kinds = {one.family for one in group}
    return len(group) == len(kinds) > 1 and not capitalise.may_expense_set((one.cents for one in group), bounds.limit)


def _together(one: Bought, group: Sequence[Bought]) -> str:
    others = [other.number for other in group if other is not one]
    told = others[0] if len(others) == 1 else counted(len(others), "autre bien", "autres biens")
    whole = amount(sum(other.cents for other in group))
    return f"{whole} avec {told}, de même facture et même personne\u00a0: un tout\u00a0?"
