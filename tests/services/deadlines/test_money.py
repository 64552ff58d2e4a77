"""Invoices to pay, hours running out, penalties to claim, in the échéancier (domain.md C.5 to C.7)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Asset, HourPurchase, Intervention, Invoice, Penalty, PenaltyClaim, Ticket
from app.models.codes import Charge, Priority, TicketStatus
from app.models.contract_codes import PenaltyTrigger, PriceModel
from app.models.money_codes import ClaimState, InvoiceKind, InvoiceStatus
from app.services import deadlines
from app.services.deadlines import DeadlineKind
from tests.services.company import june
from tests.services.deadlines.make import TODAY, contract, keep, plain, provider, told

INVOICE, PENALTY, HOURS = DeadlineKind.INVOICE, DeadlineKind.PENALTY, DeadlineKind.HOURS


def invoice(session: Session, number: str = "F-1", **values: Any) -> int:
    usual = {"provider_id": 1, "invoiced_on": date(2026, 5, 15), "due_on": date(2026, 6, 14), "gross": 54_000}
    made: int = keep(session, Invoice(number=number, **{**usual, **values})).id
    return made


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (TODAY + timedelta(days=40), "ahead", "Pas encore vérifiée"),
        (TODAY + timedelta(days=15), "soon", "Pas encore vérifiée"),
        (TODAY, "to_do", "Pas encore vérifiée"),
        (TODAY - timedelta(days=1), "late", "Le retard coûte"),
    ],
)
def test_an_invoice_from_far_to_late(session: Session, *, due: date, state: str, words: str) -> None:
    given = contract(session)
    made = invoice(session, due_on=due, contract_id=given)
    [one] = told(session, INVOICE)
    assert (one.state(TODAY).value, one.entity, one.record_id, one.contract) == (state, "invoice", made, "CT-2026-01")
    assert plain(one.title) == "Facture F-1 de Lumeo Services à payer : 540,00 €"
    assert words in one.why


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"status": InvoiceStatus.APPROVED}, True),
        ({"status": InvoiceStatus.DISPUTED}, False),
        ({"status": InvoiceStatus.PAID}, False),
        ({"kind": InvoiceKind.CREDIT}, False),
        ({"due_on": None}, False),
        ({"prepaid": 54_000}, False),
    ],
)
def test_only_what_is_to_be_paid_is_told(session: Session, values: dict[str, Any], *, there: bool) -> None:
    provider(session)
    invoice(session, **values)
    assert bool(told(session, INVOICE)) == there


def test_a_credit_note_is_taken_off_what_is_to_be_paid(session: Session) -> None:
    provider(session)
    corrected = invoice(session)
    invoice(session, "AV-1", kind=InvoiceKind.CREDIT, corrects_id=corrected, gross=4_000)
    assert plain(told(session, INVOICE)[0].title).endswith(": 500,00 €")


def bank(session: Session) -> int:
    """Ten hours bought, valid until the end of the year."""
    made = contract(session, price_model=PriceModel.HOUR_BANK, hourly_rate=6_000, overrun_allowed=False)
    keep(session, HourPurchase(contract_id=made, bought_on=date(2026, 1, 1), minutes=600, price=60_000,
                               valid_until=date(2026, 12, 31)))  # fmt: skip
    return made


def used(session: Session, contract_id: int, minutes: int, day: str) -> None:
    ticket = keep(session, Ticket(number=f"T-{day}", subject="Aide", contract_id=contract_id, opened_at=june(day)))
    keep(session, Intervention(number=f"I-{day}", ticket_id=ticket.id, started_at=june(day), charge=Charge.COUNTED,
                               ended_at=june(day) + timedelta(minutes=minutes), repair_minutes=minutes))  # fmt: skip


@pytest.mark.parametrize(("minutes", "words"), [(300, ""), (480, "80 %"), (600, "toutes les heures"), (720, "négatif")])
def test_hours_running_out_call_for_attention_until_dealt_with(session: Session, minutes: int, words: str) -> None:
    given = bank(session)
    used(session, given, minutes, "02 09:00")
    found = [one for one in told(session, HOURS) if one.entity == "contract/billing"]
    assert bool(found) == bool(words)
    if found:
        assert words in plain(found[0].title)
        assert found[0].state(TODAY).value == "to_do"
        deadlines.handle(session, found, TODAY, "Achat demandé")
        assert told(session, HOURS) == []


def late(session: Session, contract_id: int, day: date, number: str) -> None:
    done = june("01 16:00") + (day - date(2026, 6, 1))
    keep(session, Ticket(number=number, subject="Panne", contract_id=contract_id, priority=Priority.P1,
                         restore_met=False, status=TicketStatus.CLOSED, opened_at=done - timedelta(hours=7),
                         resolved_at=done, restore_due_at=done - timedelta(hours=3), net_minutes=420))  # fmt: skip


def test_each_month_of_penalties_is_told_until_it_is_claimed_or_given_up(session: Session) -> None:
    given = contract(session, fee=45_000)
    assert session.query(Asset).count() == 0
    keep(session, Penalty(contract_id=given, trigger=PenaltyTrigger.RESTORE, percent=200))
    for number, day in enumerate((date(2026, 3, 4), date(2026, 5, 4), date(2026, 5, 5), date(2026, 6, 3))):
        late(session, given, day, f"T-{number}")
    march, may = told(session, PENALTY)
    assert (march.due, march.state(TODAY).value) == (date(2026, 4, 30), "late")
    assert plain(may.title) == "Pénalités de CT-2026-01 à réclamer pour mai 2026 : 18,00 €"
    assert (may.due, may.state(TODAY).value, may.entity) == (date(2026, 6, 30), "soon", "contract/billing")
    keep(session, PenaltyClaim(contract_id=given, month=date(2026, 5, 1), amount=1_800, claimed_on=TODAY))
    keep(session, PenaltyClaim(contract_id=given, month=date(2026, 3, 1), amount=900, claimed_on=TODAY,
                               state=ClaimState.WAIVED))  # fmt: skip
    assert told(session, PENALTY) == []
