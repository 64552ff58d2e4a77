"""What helps to type an invoice, and what its page shows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities.invoices import INVOICE
from app.errors import NotFound
from app.fields import this_day
from app.models import Company, Contract, Licence, Provider
from app.models.codes import ContractStatus, Zone
from app.models.money_codes import InvoiceKind, InvoiceSource, InvoiceState, LineKind
from app.services import attachments
from app.services.invoices import acts, entry, lists
from app.services.invoices.draft import Draft, DraftLine, DraftVat
from app.services.invoices.saving import save
from app.services.invoices.view import view
from app.storage import Store
from tests.services.company import add_asset, add_contract

MADE = date(2026, 3, 10)
TODAY = date(2026, 6, 1)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add(Provider(name="Nord Info"))
        opened.flush()
        yield opened


def add(session: Session, number: str = "F-1", **values: Any) -> int:
    given = {"provider_id": 1, "invoiced_on": MADE, "lines": (DraftLine("Forfait", 10_000),), **values}
    return save(session, Draft(number=number, **given))


def test_a_line_begins_as_the_contract_has_it(session: Session) -> None:
    contract = add_contract(session, vat_rate=850)
    assert entry.usual(session, contract, TODAY) == entry.Usual(LineKind.CONTRACT, 850, 2)
    assert entry.usual(session, add_contract(session, number="CT-2"), TODAY).vat_rate == 2_000
    assert entry.usual(session, None, TODAY) == entry.Usual(LineKind.REPAIR, 2_000, None)


def test_a_line_begins_with_the_rate_of_where_the_company_is(session: Session) -> None:
    session.add(Company(name="Scierie de Saint-Pierre", zone=Zone.REUNION))
    contract = add_contract(session, vat_rate=None)
    assert [entry.usual(session, one, TODAY).vat_rate for one in (None, contract)] == [850, 850]


def test_the_contract_of_a_provider_is_proposed_when_there_is_one(session: Session) -> None:
    assert entry.contract_of(session, 2) is None
    first = add_contract(session)
    assert entry.contract_of(session, 2) == first
    ended, other = (add_contract(session, number=f"CT-{n}") for n in (2, 3))
    session.get_one(Contract, ended).status = ContractStatus.TERMINATED
    session.get_one(Contract, ended).provider_id = 2
    session.flush()
    assert entry.contract_of(session, 2) == first
    session.get_one(Contract, other).provider_id = 2
    session.flush()
    assert entry.contract_of(session, 2) is None


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 10, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 3, 31))),
        (date(2026, 3, 15), date(2026, 4, 14), (date(2026, 4, 15), date(2026, 5, 15))),
        (date(2026, 3, 1), None, (None, None)),
    ],
)
def test_the_next_invoice_is_of_the_period_after(
    session: Session, start: date, end: date | None, after: tuple[date | None, date | None]
) -> None:
    line = DraftLine("Forfait", 10_000, asset_id=add_asset(session, "PC-1"), period_start=start)
    made = add(session, period_start=start, period_end=end, lines=(line,), prepaid=50, source=InvoiceSource.UBL)
    found = entry.following(session, made, TODAY)
    assert (found.period_start, found.period_end) == after
    assert (found.number, found.invoiced_on, found.due_on, found.prepaid) == ("", TODAY, None, 0)
    assert (found.source, found.lines) == (InvoiceSource.HAND, (DraftLine("Forfait", 10_000),))


def test_the_next_invoice_names_its_own_month(session: Session) -> None:
    line = DraftLine("Forfait de décembre 2026", 10_000)
    made = add(
        session, period_start=date(2026, 12, 1), period_end=date(2026, 12, 31), lines=(line,),
        subject="Forfait, décembre\u00a02026",
    )  # fmt: skip
    found = entry.following(session, made, TODAY)
    assert found.subject == "Forfait, janvier\u00a02027"
    assert found.lines == (DraftLine("Forfait de janvier\u00a02027", 10_000),)


def test_a_credit_note_begins_with_all_that_was_billed(session: Session) -> None:
    made = add(session)
    found = entry.credit_for(session, made, TODAY)
    assert (found.kind, found.corrects_id, found.subject) == (InvoiceKind.CREDIT, made, "Avoir sur F-1")
    assert found.lines == (DraftLine("Forfait", 10_000),)


def test_a_page_shows_what_was_bought_and_what_is_owed(session: Session) -> None:
    asset = add_asset(session, "PC-1")
    session.add(Licence(number="LIC-1", name="Suite"))
    session.flush()
    lines = (
        DraftLine("Portable", 100_000, LineKind.EQUIPMENT, asset_id=asset, unit="pièce", unit_price=10_000_000),
        DraftLine("Suite", 5_000, LineKind.SOFTWARE, licence_id=1, period_start=MADE, period_end=TODAY),
        DraftLine("Câble", 1_000),
    )
    stated = (DraftVat(2_000, 106_000, 21_201),)
    made = add(session, lines=lines, vat=stated, prepaid=10_000, due_on=TODAY)
    refunded = add(session, "A-1", kind=InvoiceKind.CREDIT, corrects_id=made)
    add(session, "A-2", kind=InvoiceKind.CREDIT, corrects_id=made)
    acts.pay(session, refunded, TODAY)
    attachments.add(session, INVOICE, made, "F-1.pdf", b"%PDF")
    found = view(session, made, TODAY)
    assert [one.bought for one in found.lines] == [("asset:1", "PC-1"), ("licence:1", "LIC-1 Suite"), None]
    assert (found.lines[0].unit, found.lines[1].start, found.lines[2].unit) == ("pièce", MADE, "")
    assert (found.owed, found.left) == (127_201 - 10_000 - 12_000,) * 2
    assert [(one.number, one.apart) for one in found.credits] == [("A-1", True), ("A-2", False)]
    assert found.wrong_vat == ((stated[0], 21_200),)
    assert [one.name for one in found.files] == ["F-1.pdf"]
    assert found.due is not None
    assert found.lateness is None
    with pytest.raises(NotFound):
        view(session, 99, TODAY)


def test_a_credit_note_has_no_day_to_be_paid(session: Session) -> None:
    found = view(session, add(session, kind=InvoiceKind.CREDIT), TODAY)
    assert (found.due, found.left, found.state) == (None, -12_000, InvoiceState.TO_CHECK)


def test_the_questions_of_the_list(session: Session) -> None:
    today = this_day()
    soon, late, checked = (
        add(session, n, due_on=today + timedelta(days=d)) for n, d in (("1", 3), ("2", -3), ("3", -1))
    )
    acts.approve(session, soon, today)
    acts.approve(session, late, today)
    assert lists.to_pay(session) == [late, soon]
    assert lists.to_check(session) == [checked]
    assert lists.late(session, today) == [late, checked]
    assert lists.disputed(session) == []


def test_the_purchases_of_an_asset(session: Session) -> None:
    asset = add_asset(session, "PC-1")
    bought = (DraftLine("Portable", 100_000, LineKind.EQUIPMENT, asset_id=asset),)
    add(session, lines=bought)
    add(session, "A-1", lines=(DraftLine("Remise", 5_000, asset_id=asset),), kind=InvoiceKind.CREDIT, invoiced_on=TODAY)
    found = lists.purchases(session, asset)
    assert [(one.number, one.provider, one.net) for one in found] == [
        ("A-1", "Nord Info", -5_000),
        ("F-1", "Nord Info", 100_000),
    ]
