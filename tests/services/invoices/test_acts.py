"""What is decided of an invoice, and taken back."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities.invoices import INVOICE
from app.errors import AppError, InvalidFields, NotFound, Refused
from app.models import Intervention, Invoice, Provider
from app.models.codes import Charge
from app.models.money_codes import InvoiceKind, InvoiceStatus, LineKind
from app.services import records
from app.services.invoices import acts
from app.services.invoices.draft import Draft, DraftLine
from app.services.invoices.saving import save
from app.services.invoices.view import view
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, repair

MADE, LATER = date(2026, 3, 10), date(2026, 4, 2)
Do = Callable[[Session, int], None]


def approve(session: Session, invoice: int) -> None:
    acts.approve(session, invoice, LATER, "Ada")


def dispute(session: Session, invoice: int) -> None:
    acts.dispute(session, invoice, LATER, "Deux fois le mois de mars")


def pay(session: Session, invoice: int) -> None:
    acts.pay(session, invoice, LATER, "Virement")


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add(Provider(name="Nord Info"))
        opened.flush()
        yield opened


def add(session: Session, number: str = "F-1", **values: Any) -> int:
    given = {"lines": (DraftLine("Forfait", 10_000),), **values}
    return save(session, Draft(number=number, provider_id=1, invoiced_on=MADE, **given))


def kept(session: Session, invoice_id: int) -> Invoice:
    return session.get_one(Invoice, invoice_id)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ([], InvoiceStatus.TO_CHECK),
        ([approve], InvoiceStatus.APPROVED),
        ([dispute], InvoiceStatus.DISPUTED),
        ([approve, dispute], InvoiceStatus.DISPUTED),
        ([dispute, approve], InvoiceStatus.APPROVED),
        ([dispute, acts.recheck], InvoiceStatus.TO_CHECK),
        ([approve, acts.recheck], InvoiceStatus.TO_CHECK),
        ([approve, pay], InvoiceStatus.PAID),
        ([pay], InvoiceStatus.PAID),
        ([pay, acts.unpay], InvoiceStatus.TO_CHECK),
        ([approve, pay, acts.unpay], InvoiceStatus.APPROVED),
    ],
)
def test_each_act_leads_to_its_state(session: Session, path: list[Do], status: InvoiceStatus) -> None:
    invoice = add(session)
    for do in path:
        do(session, invoice)
    found = kept(session, invoice)
    assert found.status == status
    assert (found.paid_on is not None) == (status == InvoiceStatus.PAID)
    assert (found.disputed_on is not None) <= bool(found.dispute)


@pytest.mark.parametrize(
    ("path", "wrong", "told"),
    [
        ([approve], approve, "Cette pièce est déjà dans l’état « Bon à payer »."),
        ([dispute], pay, "Cette pièce est en litige : levez d’abord le litige."),
        ([pay], pay, "Cette pièce est déjà dans l’état « Réglée »."),
        ([pay], dispute, "Cette pièce est déjà dans l’état « Réglée »."),
        ([], acts.unpay, "Cette pièce est déjà dans l’état « À vérifier »."),
        ([], acts.recheck, "Cette pièce est déjà dans l’état « À vérifier »."),
    ],
)
def test_an_act_out_of_place_is_refused(session: Session, path: list[Do], wrong: Do, told: str) -> None:
    invoice = add(session)
    for do in path:
        do(session, invoice)
    with pytest.raises(Refused) as caught:
        wrong(session, invoice)
    assert str(caught.value).replace("\u00a0", " ") == told


def test_an_act_says_what_it_cannot_take(session: Session) -> None:
    invoice = add(session)
    before = date(2026, 3, 9)
    for wrong in (
        lambda: acts.approve(session, invoice, before),
        lambda: acts.pay(session, invoice, before),
        lambda: acts.dispute(session, invoice, before, "non"),
    ):
        with pytest.raises(InvalidFields, match="précède celle de la facture, le 10/03/2026"):
            wrong()
    with pytest.raises(InvalidFields, match="Écrivez ce qui ne va pas"):
        acts.dispute(session, invoice, LATER, " ")
    with pytest.raises(NotFound):
        acts.pay(session, 99, LATER)


def test_a_credit_note_is_settled_with_its_invoice(session: Session) -> None:
    invoice = add(session)
    credit, refunded = (add(session, n, kind=InvoiceKind.CREDIT, corrects_id=invoice) for n in ("A-1", "A-2"))
    acts.pay(session, refunded, MADE, "Virement reçu")
    acts.pay(session, invoice, LATER, "Virement")
    assert (kept(session, credit).status, kept(session, credit).payment) == (InvoiceStatus.PAID, "Déduit de F-1")
    acts.unpay(session, invoice)
    assert [kept(session, one).status for one in (invoice, credit, refunded)] == [
        InvoiceStatus.TO_CHECK,
        InvoiceStatus.TO_CHECK,
        InvoiceStatus.PAID,
    ]


def test_no_act_leaves_half_of_it(session: Session) -> None:
    invoice = add(session)
    with pytest.raises(AppError):
        acts.pay(session, invoice, date(2020, 1, 1))
    assert kept(session, invoice).paid_on is None


def test_several_are_settled_together_or_none(session: Session) -> None:
    first, second, disputed = (add(session, number) for number in ("F-1", "F-2", "F-3"))
    assert acts.of_many(session, [first, second], pay) == 2
    acts.unpay(session, second)
    dispute(session, disputed)
    with pytest.raises(Refused, match=r"^F-3\u00a0: Cette pièce est en litige"):
        acts.of_many(session, [second, disputed], pay)


def test_the_interventions_that_it_bills_are_paid_by_it(session: Session) -> None:
    contract = add_contract(session, hourly_rate=6_500)
    ticket = add_ticket(session, "02 11:00", asset_id=add_asset(session, "PC-07", contract))
    done, other = (repair(session, ticket, f"0{n} 11:00", f"0{n} 13:00", 120) for n in (2, 3))
    for one in (done, other):
        session.get_one(Intervention, one).charge = Charge.BILLABLE
    number = session.get_one(Intervention, done).number
    lines = (DraftLine(f"Dépannage {number}", 13_000, LineKind.REPAIR),)
    draft = Draft(number="F-1", provider_id=1, contract_id=contract, invoiced_on=date(2026, 6, 30), lines=lines)
    invoice = save(session, draft)
    acts.approve(session, invoice, date(2026, 7, 1))
    assert [session.get_one(Intervention, one).invoice_id for one in (done, other)] == [invoice, None]
    assert view(session, invoice, date(2026, 7, 1)).interventions == (done,)
    records.to_bin(session, INVOICE, [invoice])
    assert session.get_one(Intervention, done).invoice_id is None
