"""What paying late costs the company: domain.md C.5."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Invoice, Provider, SemesterRate
from app.models.money_codes import InvoiceKind
from app.services.invoices import acts
from app.services.invoices.draft import Draft, DraftLine
from app.services.invoices.due import due
from app.services.invoices.lateness import lateness
from app.services.invoices.saving import save
from app.storage import Store
from tests.services.company import add_contract

DUE, PAID = date(2026, 3, 31), date(2026, 5, 15)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add_all([Provider(name="Nord Info"), SemesterRate(year=2026, half=1, legal=262, ecb=215)])
        opened.flush()
        yield opened


def add(session: Session, number: str = "F-1", net: int = 150_000, **values: Any) -> int:
    given = {"due_on": DUE, **values}
    lines = (DraftLine("Forfait", net),)
    return save(session, Draft(number=number, provider_id=1, invoiced_on=date(2026, 3, 1), lines=lines, **given))


@pytest.mark.parametrize(
    ("late_rate", "interest", "how"),
    [
        (None, 2_696, "1 800,00 € × 12,15 % × 45 jours ÷ 365 (1er semestre 2026)"),
        (500, 1_744, "1 800,00 € × 7,86 % × 45 jours ÷ 365 (1er semestre 2026)"),
    ],
)
def test_forty_five_days(session: Session, late_rate: int | None, interest: int, how: str) -> None:
    invoice = add(session, contract_id=add_contract(session, late_rate=late_rate))
    acts.pay(session, invoice, PAID)
    found = lateness(session, invoice, date(2026, 11, 22))
    assert found is not None
    assert (found.days, found.base, found.interest, found.recovery) == (45, 180_000, interest, 4_000)
    assert (found.until, found.how.replace("\u00a0", " ")) == (PAID, how)


def test_not_paid_it_runs_until_today_and_says_the_rate_that_is_missing(session: Session) -> None:
    found = lateness(session, add(session), date(2026, 7, 10))
    assert found is not None
    assert [(half.days, half.rate) for half in found.halves] == [(91, Decimal("12.15")), (10, None)]
    assert found.interest is None
    assert found.how.replace("\u00a0", " ").endswith("+ 1 800,00 € × taux à saisir × 10 jours ÷ 365 (2e semestre 2026)")


def test_only_what_was_left_to_pay_bears_interest(session: Session) -> None:
    invoice = add(session, prepaid=60_000)
    add(session, "A-1", 50_000, kind=InvoiceKind.CREDIT, corrects_id=invoice, due_on=None)
    found = lateness(session, invoice, PAID)
    assert found is not None
    assert (found.base, found.interest) == (60_000, 899)


def test_nothing_is_owed_in_time_nor_by_a_credit_note(session: Session) -> None:
    paid = add(session)
    acts.pay(session, paid, DUE)
    credit = add(session, "A-1", kind=InvoiceKind.CREDIT, due_on=None)
    covered = add(session, "F-2", prepaid=180_000)
    undated = add(session, "F-3")
    session.get_one(Invoice, undated).due_on = None
    assert [lateness(session, one, PAID) for one in (paid, credit, covered, undated)] == [None] * 4
    assert lateness(session, add(session, "F-4"), DUE) is None
    with pytest.raises(NotFound):
        lateness(session, 99, DUE)


def test_the_longest_terms_are_told(session: Session) -> None:
    assert due(session, None, date(2026, 3, 10)).longest == date(2026, 5, 9)
    how = due(session, add_contract(session, payment_days=45), date(2026, 3, 10)).how
    assert how.replace("\u00a0", " ") == "45 jours après la facture (contrat CT-2026-01)"
