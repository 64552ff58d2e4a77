"""An invoice kept whole: its head, its lines, its VAT by rate and its totals, as one act."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import Entity
from app.entities.invoices import INVOICE, INVOICE_LINE, INVOICE_VAT
from app.errors import InvalidFields, Refused
from app.fields import amount, day, fold, lowered
from app.fields import rate as percent
from app.models import Invoice, InvoiceLine, InvoiceVat
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.rules import vat
from app.services import records
from app.services.invoices.draft import Draft, DraftLine, DraftVat
from app.services.invoices.due import due

HEAD = (
    "number", "provider_id", "invoiced_on", "kind", "source", "contract_id", "corrects_id", "subject", "received_on",
    "due_on", "period_start", "period_end", "contract_reference", "order_reference", "prepaid", "notes",
)  # fmt: skip
"""The fields of a draft that are those of the invoice."""
LINE = tuple(DraftLine.__dataclass_fields__)
JUDGED = ("kind", "provider_id", "contract_id", "net", "vat", "gross", "prepaid")
"""What was looked at when an invoice was approved: changed, it is to be checked again."""
NO_LINE = "Écrivez au moins une ligne."
PAID = "Cette facture est réglée\u00a0: annulez d’abord son règlement pour la corriger."


def save(session: Session, draft: Draft, invoice_id: int | None = None, version: int | None = None) -> int:
    """Keep a new invoice, or make the one of that id be this draft. Gives its id. `version` as for `records.update`.

    VAT that the draft states is kept to the cent, its bases being those of the lines; else it is round(HT × rate, 2)
    for each rate. Without a due day, that of the contract's terms. InvalidFields names the field of the head, « lines »
    or « vat »; the same number of the same provider is refused under « number ». Refused for an invoice already paid.
    """
    rates = _rates(draft)
    problems = _wrong(session, draft, rates, invoice_id)
    values = {name: getattr(draft, name) for name in HEAD} | _totals(rates)
    if draft.due_on is None and draft.kind == InvoiceKind.INVOICE:
        values["due_on"] = due(session, draft.contract_id, draft.invoiced_on).on
    try:
        records.checked(session, INVOICE, values, invoice_id)
    except InvalidFields as error:
        problems = error.problems | problems
    if problems:
        raise InvalidFields(problems)
    kept = _keep_head(session, values, invoice_id, version)
    _keep_parts(session, INVOICE_LINE, kept, [{**_line(line), "rank": rank} for rank, line in enumerate(draft.lines)])
    _keep_parts(session, INVOICE_VAT, kept, [asdict(one) for one in rates])
    return kept


def same(session: Session, provider_id: int, number: str, invoice_id: int | None = None) -> int | None:
    """The invoice of that provider which already bears this number, whatever its capitals and spaces, but for
    `invoice_id`; None if none does."""
    wanted = _bare(number)
    statement = select(Invoice.id, Invoice.number).where(
        Invoice.provider_id == provider_id, Invoice.deleted_at.is_(None), Invoice.id != (invoice_id or 0)
    )
    return next((found for found, its in session.execute(statement) if _bare(its) == wanted), None)


def draft_of(session: Session, invoice_id: int) -> Draft:
    """An invoice as a draft: what a form corrects. Its VAT is stated only where it is not what the lines make."""
    head = records.get(session, INVOICE, invoice_id).values
    lines = tuple(
        DraftLine(**{name: getattr(row, name) for name in LINE}) for row in _kept(session, InvoiceLine, invoice_id)
    )
    stated = rates_of(session, invoice_id)
    made = _worked_out(lines)
    return Draft(**{name: head[name] for name in HEAD}, lines=lines, vat=() if set(stated) == set(made) else stated)


def rates_of(session: Session, invoice_id: int) -> tuple[DraftVat, ...]:
    """The VAT by rate that is kept, the highest rate first."""
    return tuple(DraftVat(row.rate, row.base, row.vat) for row in _kept(session, InvoiceVat, invoice_id))


def _bare(number: str) -> str:
    return fold(re.sub(r"\s", "", number))


def _line(line: DraftLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in LINE}


def _worked_out(lines: Sequence[DraftLine]) -> tuple[DraftVat, ...]:
    return tuple(DraftVat(one.rate, one.base, one.vat) for one in vat.by_rate((x.net, x.vat_rate) for x in lines))


def _rates(draft: Draft) -> tuple[DraftVat, ...]:
    return tuple(sorted(draft.vat, key=lambda one: -one.rate)) or _worked_out(draft.lines)


def _totals(rates: Sequence[DraftVat]) -> dict[str, int]:
    net, tax = sum(one.base for one in rates), sum(one.vat for one in rates)
    return {"net": net, "vat": tax, "gross": net + tax}


def _wrong(session: Session, draft: Draft, rates: Sequence[DraftVat], invoice_id: int | None) -> dict[str, str]:
    """What neither a field nor the entity can judge alone."""
    problems = {}
    if lines := _wrong_lines(session, draft.lines):
        problems["lines"] = lines
    if bases := _wrong_bases(draft.lines, rates):
        problems["vat"] = bases
    if corrects := _wrong_corrected(session, draft, invoice_id):
        problems["corrects_id"] = corrects
    if (other := same(session, draft.provider_id, draft.number, invoice_id)) is not None:
        made = session.get_one(Invoice, other)
        problems["number"] = (
            f"Ce numéro est déjà celui d’une pièce de ce prestataire, du {day(made.invoiced_on)} "
            f"({amount(made.gross)} TTC)."
        )
    return problems


def _wrong_lines(session: Session, lines: Sequence[DraftLine]) -> str:
    told = [] if lines else [NO_LINE]
    for rank, line in enumerate(lines, 1):
        try:
            records.checked(session, INVOICE_LINE, {**records.defaults(INVOICE_LINE), **_line(line)})
        except InvalidFields as error:
            found = {name: sentence for name, sentence in error.problems.items() if name != "invoice_id"}
            told += [f"Ligne {rank}, {lowered(INVOICE_LINE.field(n).label)}\u00a0: {said}" for n, said in found.items()]
    return " ".join(told)


def _wrong_bases(lines: Sequence[DraftLine], rates: Sequence[DraftVat]) -> str:
    made = {one.rate: one.base for one in _worked_out(lines)}
    told = {one.rate: one.base for one in rates}
    wrong = [
        f"À {percent(rate)}, les lignes font {amount(made.get(rate, 0))} HT et la TVA porte sur "
        f"{amount(told.get(rate, 0))}."
        for rate in sorted(made.keys() | told.keys(), reverse=True)
        if made.get(rate, 0) != told.get(rate, 0)
    ]
    return " ".join(wrong)


def _wrong_corrected(session: Session, draft: Draft, invoice_id: int | None) -> str:
    if draft.corrects_id is None:
        return ""
    if draft.kind != InvoiceKind.CREDIT:
        return "Seul un avoir corrige une facture."
    corrected = session.get(Invoice, draft.corrects_id)
    if corrected is None or corrected.id == invoice_id or corrected.kind != InvoiceKind.INVOICE:
        return "Choisissez une facture."
    return "" if corrected.provider_id == draft.provider_id else "Cette facture est d’un autre prestataire."


def _keep_head(session: Session, values: Mapping[str, Any], invoice_id: int | None, version: int | None) -> int:
    if invoice_id is None:
        return records.create(session, INVOICE, values)
    kept = session.get_one(Invoice, invoice_id)
    if kept.status == InvoiceStatus.PAID:
        raise Refused(PAID)
    anew = kept.status == InvoiceStatus.APPROVED and any(getattr(kept, name) != values[name] for name in JUDGED)
    back = {"status": InvoiceStatus.TO_CHECK, "approved_on": None, "approved_by": None} if anew else {}
    records.update(session, INVOICE, invoice_id, {**values, **back}, version)
    return invoice_id


def _kept(session: Session, model: type[Any], invoice_id: int) -> list[Any]:
    order = model.rank if model is InvoiceLine else model.rate.desc()
    statement = select(model).where(model.invoice_id == invoice_id, model.deleted_at.is_(None))
    return list(session.scalars(statement.order_by(order, model.id)))


def _keep_parts(session: Session, entity: Entity, invoice_id: int, wanted: Sequence[Mapping[str, Any]]) -> None:
    """The rows kept take the new values in their order; what is too many goes to the bin."""
    kept = [row.id for row in _kept(session, entity.model, invoice_id)]
    for row_id, values in zip(kept, wanted, strict=False):
        records.update(session, entity, row_id, values)
    for values in wanted[len(kept) :]:
        records.create(session, entity, {"invoice_id": invoice_id, **values})
    records.to_bin(session, entity, kept[len(wanted) :], "Retirée de la facture")


__all__ = ["draft_of", "rates_of", "same", "save"]
