"""Awareness sessions: who is invited, who came, who never did."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.models import VisitPerson
from app.models.upkeep_codes import VisitState
from app.services import awareness, records
from app.services.awareness import Reach
from app.storage import Store

PERSON = ENTITIES["person"]
TODAY = date(2026, 11, 20)


def people(session: Session) -> dict[str, int]:
    told: tuple[dict[str, Any], ...] = (
        {"last_name": "Aubry", "first_name": "Léa", "service": "Atelier"},
        {"last_name": "Bel", "service": "Atelier"},
        {"last_name": "Cros", "service": "Bureau"},
        {"last_name": "Duval"},
        {"last_name": "Parti", "service": "Bureau", "left_on": date(2026, 10, 1)},
        {"last_name": "Futur", "service": "Bureau", "arrived_on": date(2026, 12, 1)},
    )
    return {one["last_name"]: records.create(session, PERSON, one) for one in told}


def test_rates_by_person_and_by_service(store: Store) -> None:
    with store.begin() as session:
        who = people(session)
        old = awareness.plan(session, {"label": "Mots de passe", "planned_on": date(2025, 6, 3)}, who.values())
        awareness.hold(session, old, date(2025, 6, 3), {who["Bel"], who["Cros"]}, today=TODAY)
        new = awareness.plan(
            session, {"label": "Hameçonnage", "planned_on": date(2026, 9, 10)}, {who["Aubry"], who["Bel"]}
        )
        awareness.hold(session, new, date(2026, 9, 11), {who["Aubry"]}, notes="Quiz réussi", today=TODAY)
        coming = awareness.plan(session, {"label": "Rançongiciels", "planned_on": date(2026, 12, 3)}, {who["Bel"]})
        found = awareness.attendees(session, TODAY)
        assert [(one.name, one.invited, one.came, one.last_on) for one in found] == [
            ("Duval", 0, 0, None),
            ("Bel", 1, 0, date(2025, 6, 3)),
            ("Cros", 0, 0, date(2025, 6, 3)),
            ("Aubry Léa", 1, 1, date(2026, 9, 11)),
        ]
        assert [one.name for one in awareness.never(found)] == ["Duval"]
        assert awareness.reaches(found) == [
            Reach("Bureau", 1, 0), Reach("Sans service", 1, 0), Reach("Atelier", 2, 1),
        ]  # fmt: skip
        listed = awareness.sessions(session, TODAY)
    assert [(one.id, one.on, one.state, one.invited, one.came, one.absent) for one in listed] == [
        (coming, date(2026, 12, 3), VisitState.PLANNED, 1, 0, 0),
        (new, date(2026, 9, 11), VisitState.LATE, 2, 1, 1),
        (old, date(2025, 6, 3), VisitState.DONE, 6, 2, 4),
    ]


def test_guests_are_changed_and_what_was_told_stays(store: Store) -> None:
    with store.begin() as session:
        who = people(session)
        made = awareness.plan(session, {"label": "Mots de passe", "planned_on": TODAY}, {who["Aubry"], who["Parti"]})
        awareness.hold(session, made, TODAY, {who["Aubry"]}, today=TODAY)
        awareness.invite(session, made, {who["Bel"], who["Parti"]})
        awareness.invite(session, made, {who["Aubry"], who["Bel"], who["Parti"]})
        told = {one.name: (one.invited, one.present) for one in awareness.guests(session, made, TODAY)}
        assert told == {
            "Aubry Léa": (True, True), "Bel": (True, None), "Cros": (False, None), "Duval": (False, None),
            "Parti": (True, False),
        }  # fmt: skip
        assert [one.name for one in awareness.guests(session, None, TODAY)] == ["Aubry Léa", "Bel", "Cros", "Duval"]
        assert len(session.scalars(select(VisitPerson)).all()) == 3


def test_a_session_is_held_once_it_took_place_and_with_guests(store: Store) -> None:
    with store.begin() as session:
        made = awareness.plan(session, {"label": "Mots de passe", "planned_on": TODAY}, ())
        with pytest.raises(Refused):
            awareness.hold(session, made, TODAY, (), today=TODAY)
        with pytest.raises(InvalidFields):
            awareness.hold(session, made, date(2026, 11, 21), (), today=TODAY)
