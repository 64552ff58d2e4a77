"""An invoice kept whole, refused or corrected."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.models import Invoice, InvoiceLine, InvoiceVat, Provider
from app.models.contract_codes import PaymentRule
from app.models.money_codes import InvoiceKind, InvoiceStatus
from app.services.invoices import acts
from app.services.invoices.draft import Draft, DraftLine, DraftVat
from app.services.invoices.saving import draft_of, same, save
from app.storage import Store
from tests.services.company import add_contract

MARCH = date(2026, 3, 10)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.add(Provider(name="Nord Info"))
        opened.flush()
        yield opened


def draft(**values: Any) -> Draft:
    lines = (DraftLine("Forfait", 45_000), DraftLine("Câble", 1_000, vat_rate=550))
    return Draft(**{"number": "F-1", "provider_id": 1, "invoiced_on": MARCH, "lines": lines, **values})


def kept(session: Session, invoice_id: int) -> Invoice:
    return session.get_one(Invoice, invoice_id)


def lines(session: Session, model: Any, invoice_id: int) -> list[Any]:
    wanted = select(model).where(model.invoice_id == invoice_id, model.deleted_at.is_(None))
    return list(session.scalars(wanted.order_by(model.id)))


def refused(session: Session, wanted: Draft, invoice_id: int | None = None) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught:
        save(session, wanted, invoice_id)
    return {name: text.replace("\u00a0", " ") for name, text in caught.value.problems.items()}


def test_its_totals_are_those_of_its_rates(session: Session) -> None:
    made = save(session, draft())
    found = kept(session, made)
    assert (found.net, found.vat, found.gross) == (46_000, 9_055, 55_055)
    assert [(r.rate, r.base, r.vat) for r in lines(session, InvoiceVat, made)] == [
        (2000, 45_000, 9_000),
        (550, 1000, 55),
    ]
    assert [(r.rank, r.label, r.net) for r in lines(session, InvoiceLine, made)] == [
        (0, "Forfait", 45_000),
        (1, "Câble", 1_000),
    ]


def test_the_vat_that_the_invoice_states_is_kept(session: Session) -> None:
    stated = (DraftVat(550, 1_000, 55), DraftVat(2_000, 45_000, 9_001))
    made = save(session, draft(vat=stated))
    assert (kept(session, made).vat, kept(session, made).gross) == (9_056, 55_056)
    assert set(draft_of(session, made).vat) == set(stated)


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ({}, date(2026, 4, 9)),
        ({"payment_days": 45, "payment_rule": PaymentRule.MONTH_END_AFTER}, date(2026, 4, 30)),
        ({"payment_days": 45, "payment_rule": PaymentRule.MONTH_END_BEFORE}, date(2026, 5, 15)),
    ],
)
def test_it_is_due_by_the_terms_of_its_contract(session: Session, terms: dict[str, Any], due: date) -> None:
    contract = add_contract(session, **terms)
    assert kept(session, save(session, draft(contract_id=contract))).due_on == due


def test_the_law_tells_the_day_without_contract_and_a_typed_day_wins(session: Session) -> None:
    assert kept(session, save(session, draft())).due_on == date(2026, 4, 9)
    assert kept(session, save(session, draft(number="F-2", due_on=MARCH))).due_on == MARCH
    credit = draft(number="A-1", kind=InvoiceKind.CREDIT, corrects_id=1)
    assert kept(session, save(session, credit)).due_on is None


def test_the_same_number_of_the_same_provider_is_refused(session: Session) -> None:
    session.add(Provider(name="Sud Info"))
    first = save(session, draft(number="FA 2026-12"))
    told = refused(session, draft(number="fa2026-12"))
    assert told == {"number": "Ce numéro est déjà celui d’une pièce de ce prestataire, du 10/03/2026 (550,55 € TTC)."}
    assert same(session, 1, " fa 2026-12") == first
    assert same(session, 1, "FA 2026-12", first) is None
    save(session, draft(number="FA 2026-12", provider_id=2))
    kept(session, first).deleted_at = kept(session, first).created_at
    save(session, draft(number="fa2026-12"))


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"lines": ()}, {"lines": "Écrivez au moins une ligne."}),
        ({"number": " "}, {"number": "Ce champ est obligatoire."}),
        ({"lines": (DraftLine("", 10),)}, {"lines": "Ligne 1, désignation : Ce champ est obligatoire."}),
        ({"vat": (DraftVat(2_000, 1, 0),)},
         {"vat": "À 20 %, les lignes font 450,00 € HT et la TVA porte sur 0,01 €. "
                 "À 5,5 %, les lignes font 10,00 € HT et la TVA porte sur 0,00 €."}),
        ({"due_on": date(2026, 3, 9)}, {"due_on": "L’échéance précède la date de la facture."}),
        ({"corrects_id": 1}, {"corrects_id": "Seul un avoir corrige une facture."}),
        ({"corrects_id": 9, "kind": InvoiceKind.CREDIT},
         {"corrects_id": "Choisissez une facture."}),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said(session: Session, values: dict[str, Any], problems: dict[str, str]) -> None:
    save(session, draft(number="F-0"))
    assert refused(session, draft(**values)) == problems


def test_a_credit_note_corrects_an_invoice_of_its_provider(session: Session) -> None:
    session.add(Provider(name="Sud Info"))
    first = save(session, draft())
    credit = draft(number="A-1", kind=InvoiceKind.CREDIT, corrects_id=first)
    assert refused(session, replace(credit, provider_id=2)) == {
        "corrects_id": "Cette facture est d’un autre prestataire."
    }
    made = save(session, credit)
    assert refused(session, replace(credit, number="A-2", corrects_id=made)) == {
        "corrects_id": "Choisissez une facture."
    }
    assert refused(session, replace(credit, corrects_id=made), made) == {"corrects_id": "Choisissez une facture."}


def test_corrected_its_lines_follow(session: Session) -> None:
    made = save(session, draft())
    ids = [row.id for row in lines(session, InvoiceLine, made)]
    assert save(session, draft(lines=(DraftLine("Forfait de mars", 46_000),)), made) == made
    assert [(row.id, row.label) for row in lines(session, InvoiceLine, made)] == [(ids[0], "Forfait de mars")]
    assert (kept(session, made).gross, len(lines(session, InvoiceVat, made))) == (55_200, 1)
    save(session, draft(), made)
    assert len(lines(session, InvoiceLine, made)) == 2
    assert replace(draft_of(session, made), due_on=None) == draft()


def test_approved_it_is_checked_again_when_what_it_asks_for_changes(session: Session) -> None:
    made = save(session, draft())
    acts.approve(session, made, MARCH, "Ada")
    save(session, draft(notes="vu"), made)
    assert kept(session, made).status == InvoiceStatus.APPROVED
    save(session, draft(lines=(DraftLine("Forfait", 1),)), made)
    assert (kept(session, made).status, kept(session, made).approved_on) == (InvoiceStatus.TO_CHECK, None)


def test_paid_it_is_not_corrected(session: Session) -> None:
    made = save(session, draft())
    acts.pay(session, made, MARCH)
    with pytest.raises(Refused, match="annulez d’abord son règlement"):
        save(session, draft(), made)


AMOUNTS = st.lists(
    st.tuples(st.integers(-(10**8), 10**8), st.sampled_from([2_000, 1_000, 850, 550, 210, 0])), min_size=1, max_size=6
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(AMOUNTS)
def test_ht_and_tva_make_ttc(session: Session, amounts: list[tuple[int, int]]) -> None:
    """Whatever is corrected into whatever else."""
    made = same(session, 1, "P-1")
    wanted = tuple(DraftLine(f"Ligne {n}", net, vat_rate=rate) for n, (net, rate) in enumerate(amounts))
    made = save(session, draft(number="P-1", lines=wanted), made)
    found, rates = kept(session, made), lines(session, InvoiceVat, made)
    assert found.net == sum(row.net for row in lines(session, InvoiceLine, made)) == sum(row.base for row in rates)
    assert found.vat == sum(row.vat for row in rates)
    assert found.net + found.vat == found.gross
    assert draft_of(session, made).lines == wanted
