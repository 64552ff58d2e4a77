"""The search over everything finds invoices by what is written on them."""

from datetime import date

import pytest

from app.models import Invoice, InvoiceLine, Provider
from app.services import search
from app.storage import Store


@pytest.mark.parametrize("words", ["2026-118", "forfait octobre", "lumeo-ct-9", "BC-77", "dalle"])
def test_an_invoice_is_found_by_its_number_its_subject_and_its_references(ready: Store, words: str) -> None:
    with ready.begin("essai") as session:
        provider = Provider(name="Lumeo Services")
        session.add(provider)
        session.flush()
        made = Invoice(
            number="F-2026-118", provider_id=provider.id, invoiced_on=date(2026, 10, 1), subject="Forfait d’octobre",
            contract_reference="LUMEO-CT-9", order_reference="BC-77",
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add(InvoiceLine(invoice_id=made.id, label="Dalle de remplacement", net=18_000))
    with ready.read() as session:
        [hit] = search.everywhere(session, words)
    if hit.entity == "invoice_line":
        assert hit.title == "Dalle de remplacement"
    else:
        assert (hit.entity, hit.title, hit.icon) == ("invoice", "F-2026-118 Forfait d’octobre", "receipt-euro")
