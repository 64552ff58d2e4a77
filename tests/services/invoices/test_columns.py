"""The list of invoices: the state of the day, what is left to pay, the days late, the totals."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities.invoices import INVOICE
from app.fields import this_day
from app.models import Invoice, Provider
from app.models.money_codes import InvoiceKind, InvoiceState
from app.services import listing
from app.services.invoices import acts, lists
from app.services.invoices.draft import Draft, DraftLine
from app.services.invoices.saving import save
from app.services.listing import Filter, Query
from app.storage import Store

TODAY = this_day()
COLUMNS = ("number", "gross", "state", "left", "late_days")
Told = dict[str, tuple[int, InvoiceState, int | None, int | None]]


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add(Provider(name="Nord Info"))
        opened.flush()
        yield opened


def add(session: Session, number: str, net: int = 10_000, due: int = 5, **values: Any) -> int:
    """`due`: in so many days."""
    lines = (DraftLine("Forfait", net),)
    credit = values.get("kind") == InvoiceKind.CREDIT
    return save(
        session,
        Draft(
            number=number, provider_id=1, invoiced_on=TODAY - timedelta(days=90), lines=lines,
            due_on=None if credit else TODAY + timedelta(days=due), **values,
        ),
    )  # fmt: skip


def told(session: Session, **query: Any) -> Told:
    found = listing.page(session, INVOICE, Query(COLUMNS, "number", **query))
    return {row.values[0]: tuple(row.values[1:]) for row in found}


def test_a_state_is_that_of_the_day(session: Session) -> None:
    add(session, "1", due=0)
    late, disputed, paid, paid_late = (add(session, n, due=-10) for n in "2345")
    acts.approve(session, add(session, "6"), TODAY)
    acts.dispute(session, disputed, TODAY, "Non")
    acts.pay(session, paid, TODAY - timedelta(days=10))
    acts.pay(session, paid_late, TODAY - timedelta(days=3))
    assert told(session) == {
        "1": (12_000, InvoiceState.TO_CHECK, 12_000, None),
        "2": (12_000, InvoiceState.LATE, 12_000, 10),
        "3": (12_000, InvoiceState.DISPUTED, 12_000, None),
        "4": (12_000, InvoiceState.PAID, None, None),
        "5": (12_000, InvoiceState.PAID, None, 7),
        "6": (12_000, InvoiceState.APPROVED, 12_000, None),
    }
    assert set(told(session, filters=(Filter("state", (InvoiceState.LATE,)),))) == {"2"}
    assert list(told(session, descending=True)) == ["6", "5", "4", "3", "2", "1"]
    by_state = listing.page(session, INVOICE, Query(("number",), "state"))
    assert [row.values[0] for row in by_state] == ["1", "6", "2", "3", "4", "5"]
    assert lists.late(session, TODAY) == [late]
    assert lists.disputed(session) == [disputed]


def test_credit_notes_count_against_the_others(session: Session) -> None:
    invoice = add(session, "F-1", prepaid=1_000)
    add(session, "A-1", 2_000, kind=InvoiceKind.CREDIT, corrects_id=invoice)
    refunded = add(session, "A-2", 500, kind=InvoiceKind.CREDIT, corrects_id=invoice)
    alone = add(session, "A-3", 3_000, kind=InvoiceKind.CREDIT)
    acts.approve(session, alone, TODAY)
    acts.pay(session, refunded, TODAY)
    assert told(session) == {
        "F-1": (12_000, InvoiceState.TO_CHECK, 12_000 - 1_000 - 2_400, None),
        "A-1": (-2_400, InvoiceState.TO_CHECK, None, None),
        "A-2": (-600, InvoiceState.PAID, None, None),
        "A-3": (-3_600, InvoiceState.CREDIT_DUE, -3_600, None),
    }
    query = Query(COLUMNS, "number")
    assert listing.totals(session, INVOICE, query) == {"net": 4_500, "gross": 5_400, "left": 5_000}
    taxes = listing.page(session, INVOICE, Query(("vat",), "number"))
    assert [row.values[0] for row in taxes] == [-400, -100, -600, 2_000]
    assert lists.to_check(session) == [2, invoice]
    assert lists.to_pay(session) == []


def test_a_credit_note_outlives_the_invoice_that_was_paid_without_it(session: Session) -> None:
    invoice = add(session, "F-1")
    acts.pay(session, invoice, TODAY)
    credit = add(session, "A-1", 2_000, kind=InvoiceKind.CREDIT, corrects_id=invoice)
    assert told(session)["A-1"][2] == -2_400
    session.get_one(Invoice, credit).deleted_at = session.get_one(Invoice, credit).created_at
    assert set(told(session)) == {"F-1"}


def test_nothing_is_late_that_asks_for_nothing(session: Session) -> None:
    add(session, "F-1", due=-5, prepaid=12_000)
    assert told(session) == {"F-1": (12_000, InvoiceState.TO_CHECK, None, None)}
