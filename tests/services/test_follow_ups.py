"""What an intervention leaves to do, and what follows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models import Intervention, Ticket, Visit
from app.services import follow_ups, interventions, tickets
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june
from tests.services.test_interventions import add_visit


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def left(session: Session, **of: Any) -> int:
    """An intervention that leaves a cable to change; of a ticket, which was restored."""
    if "ticket_id" in of:
        tickets.take(session, of["ticket_id"], june("01 10:30"))
        tickets.resolve(session, of["ticket_id"], june("01 12:00"))
    return interventions.record(
        session, {**of, "started_at": june("01 11:00"), "remaining_work": "Changer le câble.\nPuis nettoyer."}
    )


def told(session: Session, done: int) -> str:
    rest = follow_ups.rest_of(session, done)
    assert rest is not None
    return rest.told.replace("\u00a0", " ")


def test_nothing_left_is_nothing_to_follow(session: Session) -> None:
    done = interventions.record(session, {"ticket_id": add_ticket(session, "01 10:00"), "started_at": june("01 11:00")})
    assert follow_ups.rest_of(session, done) is None
    assert follow_ups.forgotten(session) == []


def test_a_ticket_that_follows_is_linked(session: Session) -> None:
    done = left(session, ticket_id=add_ticket(session, "01 10:00", subject="Écran noir"))
    assert (told(session, done), follow_ups.forgotten(session)) == ("", [done])
    made = follow_ups.open_ticket(session, done, june("02 09:00"), "Changer le câble.")
    assert session.get_one(Ticket, made).description == "Changer le câble."
    assert told(session, done) == f"Suivi par le ticket {session.get_one(Ticket, made).number}"
    assert follow_ups.forgotten(session) == []


def test_a_ticket_under_way_or_a_later_intervention_follows_it(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    done = interventions.record(
        session, {"ticket_id": ticket, "started_at": june("01 11:00"), "remaining_work": "Le câble"}
    )
    number = session.get_one(Ticket, ticket).number
    assert told(session, done) == f"Le ticket {number} reste en cours"
    tickets.take(session, ticket, june("01 11:00"))
    tickets.resolve(session, ticket, june("01 12:00"))
    assert follow_ups.forgotten(session) == [done]
    later = interventions.record(session, {"ticket_id": ticket, "started_at": june("02 11:00")})
    assert told(session, done) == f"Une autre intervention a suivi : {session.get_one(Intervention, later).number}"
    assert follow_ups.forgotten(session) == []


def test_a_visit_is_planned_where_the_asset_is_under_the_same_contract(session: Session) -> None:
    contract = add_contract(session)
    asset = add_asset(session, "SRV-01", contract)
    done = left(session, ticket_id=add_ticket(session, "01 10:00", asset_id=asset))
    made = session.get_one(Visit, follow_ups.plan_visit(session, done, date(2026, 6, 9), "Changer le câble.", "Yanis"))
    assert (made.contract_id, made.asset_id, made.planned_on) == (contract, asset, date(2026, 6, 9))
    assert told(session, done) == f"Suivi par la visite {made.number}"
    assert follow_ups.forgotten(session) == []
    with pytest.raises(Refused):
        follow_ups.plan_visit(session, done, date(2026, 6, 9), " ")


def test_what_a_planned_visit_leaves_is_followed_too(session: Session) -> None:
    asset = add_asset(session, "SRV-01")
    done = left(session, visit_id=add_visit(session, asset_id=asset))
    assert follow_ups.forgotten(session) == [done]
    made = follow_ups.open_ticket(session, done, june("02 09:00"), "Changer le câble.")
    kept = session.get_one(Ticket, made)
    number = session.get_one(Intervention, done).number
    assert (kept.subject.replace("\u00a0", " "), kept.asset_id) == (f"Suite de {number} : Changer le câble.", asset)
    assert told(session, done) == f"Suivi par le ticket {kept.number}"
    assert follow_ups.forgotten(session) == []


def test_a_visit_without_asset_is_followed_at_its_site(session: Session) -> None:
    done = left(session, visit_id=add_visit(session))
    made = follow_ups.plan_visit(session, done, date(2026, 6, 9), "Changer le câble.")
    assert session.get_one(Visit, made).site_id is None
