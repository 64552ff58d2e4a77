"""What to settle before the figures of a year are booked: each point says how many, why, and which records."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Asset, Contract, Intervention
from app.models.money_codes import InvoiceStatus, LineKind
from app.reports.accounts.data import Point
from app.services.accounting.accrued import Accrued
from app.services.accounting.bills import Bill
from app.services.fixed_assets.gaps import Gap, GapKind, gaps
from app.services.fixed_assets.register import RegisterLine

LASTING = {LineKind.CONTRACT, LineKind.SAAS, LineKind.RENT, LineKind.LEASING, LineKind.TELECOM}
"""Lines that pay for some time: without a period nobody knows which."""


def points(
    session: Session, bills: Sequence[Bill], register: Sequence[RegisterLine], accrued: Accrued, found: Sequence[Gap]
) -> tuple[Point, ...]:
    """Those that are settled too, with a count of 0; `bills`, `register` and the gaps `found` are those of the year."""
    return (*_of_bills(bills), *_of_register(register, found), *_of_accrued(session, accrued))


def gaps_of(session: Session, register: Iterable[RegisterLine], closes: date, today: date) -> list[Gap]:
    """Those known today, without what came in the register or in the company after that closing."""
    listed = {line.id for line in register}
    came = func.coalesce(Asset.purchased_on, Asset.commissioned_on)
    later = set(session.scalars(select(Asset.id).where(came > closes)))
    return [
        one for one in gaps(session, today)
        if (one.fixed_asset_id in listed if one.fixed_asset_id else one.asset_id not in later)
    ]  # fmt: skip


def _of_bills(bills: Sequence[Bill]) -> list[Point]:
    return [
        _invoices(
            "no_period", "Factures sans période", bills, without_period,
            "Sans période, ni charge constatée d’avance, ni facture non parvenue.",
        ),
        _invoices(
            "undecided", "Achats à décider", bills, lambda one: one.undecided,
            "Immobilisation ou charge\u00a0: le classeur suit le seuil, le registre attend votre choix.",
        ),
        _invoices(
            "to_check", "Factures à vérifier", bills, lambda one: one.status == InvoiceStatus.TO_CHECK,
            "Elles sont dans le classeur, sans votre accord.",
        ),
        _invoices(
            "disputed", "Factures en litige", bills, lambda one: one.status == InvoiceStatus.DISPUTED,
            "Elles sont dans le classeur pour leur montant entier.",
        ),
    ]  # fmt: skip


def without_period(bill: Bill) -> bool:
    return bill.kind in LASTING and (bill.start is None or bill.end is None)


def _invoices(key: str, label: str, bills: Iterable[Bill], wrong: Callable[[Bill], bool], why: str) -> Point:
    named = {bill.invoice_id: bill.number for bill in bills if wrong(bill)}
    return Point(key, label, len(named), why, "invoice", tuple(named), tuple(named.values()))


def _of_register(register: Iterable[RegisterLine], found: Sequence[Gap]) -> list[Point]:
    idle = {line.id: line.number for line in register if line.starts_on is None}
    lost = {one.fixed_asset_id: one.number for one in found if one.kind == GapKind.NOT_FOUND and one.fixed_asset_id}
    extra = {one.asset_id: one.number for one in found if one.kind == GapKind.NOT_LISTED and one.asset_id}
    return [
        Point(
            "no_service", "Immobilisations sans mise en service", len(idle), "Rien n’en est amorti.", "fixed_asset",
            tuple(idle), tuple(idle.values()),
        ),
        Point(
            "not_found", "À l’actif, mais non trouvées", len(lost), "Sorties du parc ou introuvables\u00a0: sortez-les "
            "de l’actif, ou retrouvez-les.", "fixed_asset", tuple(lost), tuple(lost.values()),
        ),
        Point(
            "not_listed", "Biens absents de l’actif", len(extra), "Trouvés, à vous, au-dessus du seuil.", "asset",
            tuple(extra), tuple(extra.values()),
        ),
    ]  # fmt: skip


def _of_accrued(session: Session, accrued: Accrued) -> list[Point]:
    unpriced = _ids(session, Intervention, accrued.unpriced)
    blind = _ids(session, Contract, [*accrued.untold, *accrued.undated])
    return [
        Point(
            "unpriced", "Interventions facturables sans prix", len(unpriced), "Il y manque une durée ou un tarif"
            "\u00a0: elles ne sont pas dans les factures non parvenues.", "intervention", unpriced,
            tuple(accrued.unpriced),
        ),
        Point(
            "blind", "Contrats dont rien ne dit ce qui est facturé", len(blind), "Aucune facture, ou sans période"
            "\u00a0: leurs factures non parvenues ne sont pas comptées.", "contract", blind,
            (*accrued.untold, *accrued.undated),
        ),
    ]  # fmt: skip


def _ids(session: Session, model: type[Contract] | type[Intervention], numbers: Sequence[str]) -> tuple[int, ...]:
    return (
        tuple(session.scalars(select(model.id).where(model.number.in_(numbers)).order_by(model.id))) if numbers else ()
    )
