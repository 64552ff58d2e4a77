"""What the page of a ticket says beside its fields, and what a new ticket would be promised."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Person, ServiceLevel
from app.models.codes import AssetStatus, Impact, Priority, Urgency, WaitReason
from app.services import interventions, parts, ticket_sheet, tickets
from app.services.journal import found
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def contract(session: Session) -> int:
    return add_contract(session)


def test_the_facts_of_a_ticket(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    add_ticket(session, "01 09:00", asset_id=asset, is_failure=True)
    add_ticket(session, "01 09:30", asset_id=asset)
    ticket = add_ticket(session, "02 10:00", asset_id=asset, is_failure=True)
    visit = interventions.record(session, {"ticket_id": ticket, "started_at": june("02 11:00")})
    parts.save(session, visit, [{"label": "Dalle", "quantity": 2, "unit_price": 3050}, {"label": "Vis", "quantity": 4}])
    facts = ticket_sheet.facts_of(session, ticket)
    assert (facts.contract_id, facts.contract) == (contract, "CT-2026-01, Lumeo Services")
    assert (facts.failures, facts.parts_cost) == (1, 6100)
    assert facts.priority == "P3, choisie\u00a0: Selon le contrat."


def test_a_ticket_without_asset_nor_contract(session: Session) -> None:
    draft = TicketDraft(subject="Panne", opened_at=june("01 10:00"), impact=Impact.HIGH, urgency=Urgency.HIGH)
    facts = ticket_sheet.facts_of(session, tickets.open_ticket(session, draft))
    assert (facts.contract, facts.failures, facts.parts_cost) == ("", None, None)
    assert facts.priority == "P1 = tous × déjà"


@pytest.mark.parametrize(
    ("covered", "written", "stops", "why"),
    [
        (True, True, True, "le contrat CT-2026-01 le prévoit"),
        (True, False, False, "le contrat CT-2026-01 ne prévoit pas"),
        (False, False, False, "ce ticket est hors contrat"),
    ],
)
def test_a_wait_for_a_part(session: Session, covered: bool, written: bool, stops: bool, why: str) -> None:
    contract = add_contract(session, part_wait_stops=written)
    ticket = add_ticket(session, "01 10:00", asset_id=add_asset(session, "PC-01", contract if covered else None))
    choices = {one.reason: one for one in ticket_sheet.wait_choices(session, ticket)}
    assert list(choices) == list(WaitReason)
    assert choices[WaitReason.PART].stops == stops
    assert why in choices[WaitReason.PART].why
    assert (choices[WaitReason.CLIENT].stops, choices[WaitReason.SUBCONTRACTOR].stops) == (True, False)


def test_the_clock_rests_out_of_hours(session: Session, contract: int) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=add_asset(session, "PC-01", contract))
    assert ticket_sheet.resting_until(session, ticket, june("05 17:00")) is None
    assert ticket_sheet.resting_until(session, ticket, june("06 11:00")) == june("08 09:00")


def test_a_promise_before_anything_is_written(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    told = ticket_sheet.preview(session, asset, june("06 11:00"), Impact.HIGH, Urgency.MEDIUM)
    assert (told.priority, told.contract, told.hours) == (
        Priority.P2,
        "CT-2026-01, Lumeo Services",
        "lun-ven 9\u00a0h-18\u00a0h",
    )
    assert (told.take_due, told.restore_due) == (june("08 11:00"), june("08 17:00"))
    free = ticket_sheet.preview(session, None, june("06 11:00"), Impact.HIGH, Urgency.MEDIUM)
    assert (free.contract_id, free.contract, free.take_due, free.restore_due) == (None, "", None, None)


def test_a_promise_is_the_one_kept(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    for level in session.scalars(select(ServiceLevel).where(ServiceLevel.priority == Priority.P3)):
        level.take_minutes = None
    told = ticket_sheet.preview(session, asset, june("01 16:30"), Impact.MEDIUM, Urgency.MEDIUM)
    draft = TicketDraft(
        subject="Panne", opened_at=june("01 16:30"), asset_id=asset, impact=Impact.MEDIUM, urgency=Urgency.MEDIUM
    )
    ticket = found(session, tickets.open_ticket(session, draft))
    assert told.take_due is None
    assert (ticket.contract_id, ticket.priority, ticket.restore_due_at) == (
        told.contract_id,
        told.priority,
        told.restore_due,
    )
    assert told.restore_due == june("03 14:30")


def test_the_only_asset_of_a_person(session: Session) -> None:
    nadia = Person(last_name="Roussel", first_name="Nadia")
    session.add(nadia)
    session.flush()
    assert ticket_sheet.only_asset_of(session, nadia.id) is None
    first, second = (session.get_one(Asset, add_asset(session, name)) for name in ("PC-01", "AB-02"))
    first.person_id = nadia.id
    assert ticket_sheet.only_asset_of(session, nadia.id) == first.id
    second.person_id = nadia.id
    assert ticket_sheet.only_asset_of(session, nadia.id) is None
    second.status = AssetStatus.RETIRED
    assert ticket_sheet.only_asset_of(session, nadia.id) == first.id
