"""The invoices on the home page: to check, in dispute, to pay, late (domain.md C.5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Invoice
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.services import home, listing, setup
from app.services.home import Task
from app.storage import Store
from tests.services.company import june
from tests.services.deadlines.make import TODAY, keep, plain, provider

NOW = june("10 10:00")


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        setup.ensure(opened)
        provider(opened)
        yield opened


def invoice(session: Session, number: str, **values: Any) -> int:
    usual = {"provider_id": 1, "invoiced_on": date(2026, 5, 15), "due_on": TODAY + timedelta(days=10), "gross": 54_000}
    made: int = keep(session, Invoice(number=number, **{**usual, **values})).id
    return made


def told(session: Session) -> list[tuple[str, str, str]]:
    """Group, key and title of each line about invoices."""
    groups = home.read(session, NOW).groups
    found = [(one.title, task.key, plain(task.title)) for one in groups for task in one.tasks if _is_bill(task)]
    return sorted(found)


def _is_bill(task: Task) -> bool:
    return task.subject == "Factures"


def test_each_invoice_is_told_once_where_it_stands(session: Session) -> None:
    assert told(session) == []
    late = invoice(session, "F-1", due_on=TODAY - timedelta(days=3))
    agreed = invoice(session, "F-2", status=InvoiceStatus.APPROVED)
    check = invoice(session, "F-3")
    dispute = invoice(session, "F-4", status=InvoiceStatus.DISPUTED, disputed_on=TODAY - timedelta(days=8))
    invoice(session, "F-5", status=InvoiceStatus.PAID)
    assert told(session) == [
        ("Aujourd’hui", f"invoice:{check}", "1 facture à vérifier"),
        ("Aujourd’hui", f"invoice:{dispute}", "1 facture en litige"),
        ("Dans les 30 jours", f"invoice:{agreed}", "Facture F-2 de Lumeo Services à payer : 540,00 €"),
        ("En retard", f"invoice:{late}", "Facture F-1 de Lumeo Services à payer : 540,00 €"),
    ]


@pytest.mark.parametrize(
    ("status", "key", "title"),
    [
        (InvoiceStatus.TO_CHECK, "invoices-to-check", "2 factures à vérifier"),
        (InvoiceStatus.DISPUTED, "invoices-disputed", "2 factures en litige"),
    ],
)
def test_several_open_their_list(session: Session, status: InvoiceStatus, key: str, title: str) -> None:
    invoice(session, "F-1", status=status)
    invoice(session, "F-2", status=status, due_on=None, kind=InvoiceKind.CREDIT)
    invoice(session, "F-3", status=InvoiceStatus.APPROVED, due_on=TODAY + timedelta(days=90))
    assert told(session) == [("Aujourd’hui", key, title)]
    lead = home.lead(session, key, NOW)
    assert lead.query is not None
    assert listing.count(session, ENTITIES[lead.entity], lead.query) == 2
