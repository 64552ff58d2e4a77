"""Forms expected once printed, late past the days of the settings."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import NotFound
from app.models import Evaluation, Intervention
from app.services import listing, preferences, records
from app.services.evaluations import expected
from app.storage import Store
from tests.services.company import add_ticket, june
from tests.services.evaluations.make import PRINTED, intervene, printed, solved_ticket

EVALUATION = ENTITIES["evaluation"]


def test_a_form_printed_is_expected_once(ready: Store) -> None:
    with ready.begin() as session:
        _, done = solved_ticket(session)
        first = expected.expect(session, done, PRINTED)
        assert first == expected.expect(session, done, date(2026, 6, 9))
        assert first[1] == "EV-2026-0001"
        asked = session.get_one(Evaluation, first[0])
        assert (asked.printed_on, asked.note, asked.c1) == (PRINTED, None, None)
        assert records.title(session, ENTITIES["person"], asked.person_id or 0) == "Claire Bonnin"


def test_each_blank_form_is_another(ready: Store) -> None:
    with ready.begin() as session:
        assert [expected.expect(session, None, PRINTED)[1] for _ in range(2)] == ["EV-2026-0001", "EV-2026-0002"]


def test_nothing_is_expected_of_what_is_gone(ready: Store) -> None:
    with ready.begin() as session:
        _, done = solved_ticket(session)
        evaluation, _ = expected.expect(session, done, PRINTED)
        records.to_bin(session, ENTITIES["intervention"], [done])
        with pytest.raises(NotFound):
            expected.expect(session, None if done == 0 else 999, PRINTED)
        records.to_bin(session, EVALUATION, [evaluation])
        with pytest.raises(NotFound):
            expected.found(session, evaluation)
        with pytest.raises(NotFound):
            expected.expect(session, done, PRINTED)


@pytest.mark.parametrize(("days", "today", "late"), [(15, 18, False), (15, 19, True), (5, 9, True), (5, 8, False)])
def test_a_form_is_late_past_the_days_of_the_settings(ready: Store, days: int, today: int, late: bool) -> None:
    with ready.begin() as session:
        printed(session)
        preferences.save(session, {"evaluation_days": days})
        (one,) = expected.waiting(session, date(2026, 6, today))
        assert (one.number, one.ticket, one.technician, one.person) == (
            "EV-2026-0001", "T-2026-0001", "Yanis", "Claire Bonnin",
        )  # fmt: skip
        assert one.late is late
        told = (1, PRINTED) if late else (0, None)
        assert expected.late_count(session, date(2026, 6, today)) == told


def test_a_blank_form_waits_too(ready: Store) -> None:
    with ready.begin() as session:
        expected.expect(session, None, PRINTED)
        (one,) = expected.waiting(session, PRINTED)
        assert (one.intervention, one.ticket, one.person, one.late) == ("", "", "", False)


def test_interventions_without_a_form_are_found_by_their_end(ready: Store) -> None:
    """The last minute of the period counts, one that never ended does not."""
    with ready.begin() as session:
        ticket, done = solved_ticket(session)
        midnight = intervene(session, ticket, "02 23:59")
        after = intervene(session, add_ticket(session, "01 09:00"), "03 00:01")
        session.add(Intervention(number="FI-9", ticket_id=ticket, started_at=june("02 10:00")))
        session.flush()
        day = date(2026, 6, 2)
        assert expected.without_form(session, day, day) == [done, midnight]
        assert expected.expect_all(session, [done], day) == (1,)
        assert expected.without_form(session, day, date(2026, 6, 3)) == [midnight, after]


def shown(session: Session) -> list[tuple[str, str | None, str | None]]:
    columns = ("standing", "technician", "ticket")
    rows = listing.page(session, EVALUATION, listing.Query(columns, "standing"))
    return [(row.values[0].value, row.values[1], row.values[2]) for row in rows]


def test_the_list_tells_the_state_of_the_day(ready: Store) -> None:
    """By the same days as the setting, changed or not."""
    with ready.begin() as session:
        printed(session)
        expected.expect(session, None, date(2999, 1, 1))
        assert shown(session) == [("late", "Yanis", "T-2026-0001"), ("expected", None, None)]
        preferences.save(session, {"evaluation_days": 365})
        assert expected.late_before(session, date(2026, 12, 31)) == date(2025, 12, 31)
        for one, values in ((1, {"solved": False}), (2, {"note": None})):
            evaluation = session.get_one(Evaluation, one)
            evaluation.state = EVALUATION.field("state").options.of("received")  # type: ignore[attr-defined]
            for name, value in values.items():
                setattr(evaluation, name, value)
        session.flush()
        assert [one[0] for one in shown(session)] == ["unsolved", "incomplete"]
        session.get_one(Evaluation, 2).note = 400
        session.flush()
        assert [one[0] for one in shown(session)] == ["unsolved", "received"]
