"""Claiming a month, obtaining its credit note, giving it up (domain.md C.7)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import Invoice, PenaltyClaim, Provider
from app.models.money_codes import ClaimState, InvoiceKind
from app.services.penalties import claims
from app.services.penalties.months import MonthState, of_contract
from app.storage import Store
from tests.services.company import june
from tests.services.penalties.make import JULY_2, JUNE, agreed, contract, late, penalty

ON = date(2026, 7, 2)


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


@pytest.fixture
def late_june(session: Session) -> int:
    """A contract with 18 € of penalties for June."""
    given, asset = agreed(session)
    penalty(session, given)
    late(session, asset, "01")
    late(session, asset, "02")
    return given


def credit(session: Session, given: int, number: str = "AV-1", **values: Any) -> int:
    usual = {"provider_id": contract(session, given).provider_id, "kind": InvoiceKind.CREDIT, "invoiced_on": ON}
    made = Invoice(number=number, **{**usual, **values})
    session.add(made)
    session.flush()
    return made.id


def test_a_month_is_claimed_then_obtained_by_its_credit_note(session: Session, late_june: int) -> None:
    made = claims.claim(session, late_june, date(2026, 6, 30), 1_800, ON, "Par courriel", JULY_2)
    kept = session.get_one(PenaltyClaim, made)
    assert (kept.month, kept.amount, kept.state) == (JUNE, 1_800, ClaimState.CLAIMED)
    assert claims.credit_note(session, made) is None
    note = credit(session, late_june)
    assert claims.credit_note(session, made) == note
    claims.obtain(session, made, ON, note, None)
    assert (kept.state, kept.invoice_id, kept.settled_on) == (ClaimState.OBTAINED, note, ON)
    claims.reopen(session, made)
    assert (kept.state, kept.invoice_id) == (ClaimState.CLAIMED, None)


def test_the_same_breaches_are_never_claimed_twice(session: Session, late_june: int) -> None:
    claims.claim(session, late_june, JUNE, 1_000, ON, None, JULY_2)
    with pytest.raises(InvalidFields, match="au plus 8,00"):
        claims.claim(session, late_june, JUNE, 801, ON, None, JULY_2)
    claims.claim(session, late_june, JUNE, 800, ON, None, JULY_2)
    with pytest.raises(Refused, match="reste rien"):
        claims.claim(session, late_june, JUNE, 1, ON, None, JULY_2)


def test_a_month_under_way_or_without_breach_is_not_claimed(session: Session, late_june: int) -> None:
    with pytest.raises(Refused, match="pas fini"):
        claims.claim(session, late_june, JUNE, 100, ON, None, june("30 12:00"))
    with pytest.raises(Refused, match="reste rien"):
        claims.claim(session, late_june, date(2026, 5, 1), 100, ON, None, JULY_2)
    with pytest.raises(InvalidFields):
        claims.claim(session, late_june, JUNE, 0, ON, None, JULY_2)


def test_a_month_given_up_is_no_longer_to_be_claimed(session: Session, late_june: int) -> None:
    made = claims.give_up(session, late_june, JUNE, ON, "Geste commercial", JULY_2)
    assert of_contract(session, late_june, JULY_2)[0].state == MonthState.WAIVED
    claims.reopen(session, made)
    claims.abandon(session, made, ON, None)
    with pytest.raises(Refused, match="Abandonnée"):
        claims.abandon(session, made, ON, None)
    assert session.get_one(PenaltyClaim, made).state == ClaimState.WAIVED


def test_what_settles_a_claim_is_of_its_provider_and_comes_after_it(session: Session, late_june: int) -> None:
    made = claims.claim(session, late_june, JUNE, 1_800, ON, None, JULY_2)
    other = Provider(name="Autre")
    session.add(other)
    session.flush()
    foreign = credit(session, late_june, "X-1", provider_id=other.id)
    assert claims.credit_note(session, made) is None
    with pytest.raises(InvalidFields, match="autre prestataire"):
        claims.obtain(session, made, ON, foreign, None)
    with pytest.raises(InvalidFields, match="02/07/2026"):
        claims.obtain(session, made, date(2026, 7, 1), None, None)
    with pytest.raises(NotFound):
        claims.obtain(session, 999, ON, None, None)
