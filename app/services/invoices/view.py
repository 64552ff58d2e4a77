"""What the page of one invoice shows beside its own fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.entities.invoices import INVOICE
from app.errors import NotFound
from app.models import Intervention, Invoice, InvoiceLine
from app.models.money_codes import InvoiceKind, InvoiceState, LineKind
from app.rules.vat import tax
from app.services import attachments, records
from app.services.attachments import Attached
from app.services.invoices import columns
from app.services.invoices.acts import credits_of, set_against
from app.services.invoices.draft import DraftVat
from app.services.invoices.due import Due, due
from app.services.invoices.lateness import Lateness, lateness, owed
from app.services.invoices.saving import rates_of


@dataclass(frozen=True, slots=True)
class LineRow:
    """In the units of `models.InvoiceLine`; `bought` is the asset or the licence it paid, as « asset:12 » and its
    title; `start` and `end` only where the line has a period of its own."""

    id: int
    label: str
    kind: LineKind
    quantity: int
    unit: str
    unit_price: int | None
    net: int
    vat_rate: int
    start: date | None
    end: date | None
    bought: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A credit note that corrects the invoice; `apart`: it was refunded on its own, and takes nothing off it."""

    id: int
    number: str
    invoiced_on: date
    gross: int
    apart: bool


@dataclass(frozen=True, slots=True)
class View:
    """`left` as in the list, `owed` paid or not, both cents TTC. `late_days` of the list. `due` by the terms, None of a
    credit note. `wrong_vat`: the rates whose VAT is not round(HT × rate, 2), with what it would be. `interventions` are
    those it pays."""

    state: InvoiceState
    left: int
    owed: int
    late_days: int | None
    lines: tuple[LineRow, ...]
    rates: tuple[DraftVat, ...]
    wrong_vat: tuple[tuple[DraftVat, int], ...]
    credits: tuple[CreditRow, ...]
    due: Due | None
    lateness: Lateness | None
    files: tuple[Attached, ...]
    interventions: tuple[int, ...]


def view(session: Session, invoice_id: int, today: date) -> View:
    """NotFound where there is none."""
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound("Cette facture n’existe plus.")
    own = Invoice.__table__
    told = select(columns.state(own), columns.left(own), columns.late_days(own)).where(own.c.id == invoice_id)
    state, left, late = session.execute(told).one()
    rates = rates_of(session, invoice_id)
    is_invoice = invoice.kind == InvoiceKind.INVOICE
    return View(
        state=state,
        left=left,
        owed=owed(session, invoice),
        late_days=late,
        lines=tuple(_lines(session, invoice_id)),
        rates=rates,
        wrong_vat=tuple((one, right) for one in rates if (right := tax(one.base, one.rate)) != one.vat),
        credits=tuple(_credits(session, invoice)),
        due=due(session, invoice.contract_id, invoice.invoiced_on) if is_invoice else None,
        lateness=lateness(session, invoice_id, today),
        files=tuple(attachments.of_record(session, INVOICE, invoice_id)),
        interventions=tuple(_interventions(session, invoice_id)),
    )


def _lines(session: Session, invoice_id: int) -> list[LineRow]:
    kept = session.scalars(
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice_id, InvoiceLine.deleted_at.is_(None))
        .order_by(InvoiceLine.rank, InvoiceLine.id)
    )
    return [
        LineRow(
            one.id, one.label, one.kind, one.quantity, one.unit or "", one.unit_price, one.net, one.vat_rate,
            one.period_start, one.period_end, _bought(session, one),
        )
        for one in kept
    ]  # fmt: skip


def _interventions(session: Session, invoice_id: int) -> Sequence[int]:
    wanted = select(Intervention.id).where(Intervention.invoice_id == invoice_id, Intervention.deleted_at.is_(None))
    return session.scalars(wanted.order_by(Intervention.started_at)).all()


def _bought(session: Session, line: InvoiceLine) -> tuple[str, str] | None:
    for key, record_id in (("asset", line.asset_id), ("licence", line.licence_id)):
        if record_id is not None:
            return f"{key}:{record_id}", records.title(session, ENTITIES[key], record_id)
    return None


def _credits(session: Session, invoice: Invoice) -> Sequence[CreditRow]:
    against = {one.id for one in set_against(session, invoice)}
    return [
        CreditRow(one.id, one.number, one.invoiced_on, one.gross, one.id not in against)
        for one in credits_of(session, [invoice.id])
    ]
