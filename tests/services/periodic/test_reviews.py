"""What a person adds to a report, and which one is due."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.entities.judgement import PERIOD_REVIEW
from app.errors import InvalidFields, NotFound, Refused
from app.models import BreachNote, Improvement, PeriodReview
from app.models.contract_codes import ActionState
from app.models.judgement_codes import Promise
from app.services import actions, improvements, listing, papers, preferences, records
from app.services.deadlines import DeadlineKind, few
from app.services.periodic import reviews, when
from app.storage import Store
from tests.services.company import add_contract, add_ticket, june, reference_month
from tests.services.penalties.make import agreed, late
from tests.services.periodic.make import JULY_20

TODAY = date(2026, 7, 20)
JUNE = when.read("2026-06")


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def test_a_period_has_one_report_and_its_number(session: Session) -> None:
    contract = add_contract(session)
    made = reviews.ensure(session, JUNE, None, TODAY)
    assert reviews.ensure(session, JUNE, None, TODAY) == made
    other = reviews.ensure(session, JUNE, contract, TODAY)
    numbers = [session.get_one(PeriodReview, one).number for one in (made, other)]
    assert numbers == ["RP-2026-06", "RP-2026-06-CT-2026-01"]
    assert reviews.numbered(session, "RP-2026-06") == made
    records.to_bin(session, PERIOD_REVIEW, [made])
    again = reviews.ensure(session, JUNE, None, TODAY)
    assert reviews.found(session, again).number == "RP-2026-06-2"
    with pytest.raises(NotFound):
        reviews.found(session, made)
    with pytest.raises(NotFound):
        reviews.found(session, 99)


def test_a_period_to_come_has_none(session: Session) -> None:
    with pytest.raises(Refused, match="pas commencé"):
        reviews.ensure(session, when.read("2026-08"), None, TODAY)


def test_a_contract_is_named_by_its_number(session: Session) -> None:
    assert reviews.contract_named(session, None) is None
    assert reviews.contract_named(session, "CT-2026-01") if add_contract(session) else False
    with pytest.raises(NotFound, match="CT-9"):
        reviews.contract_named(session, "CT-9")


def test_a_report_is_due_until_it_is_issued(session: Session) -> None:
    assert reviews.due(session, TODAY) is None
    add_ticket(session, "30 10:00")
    period = reviews.due(session, TODAY)
    assert period == when.read("2026-T2")
    (told,) = (one for one in few(session, TODAY) if one.kind == DeadlineKind.REPORT)
    assert (told.due, told.record_id, told.reference) == (date(2026, 7, 15), 0, "RP-2026-T2")
    made = reviews.ensure(session, period, None, TODAY)
    reviews.write(session, made, {"takeaways": "Rien à dire"})
    (told,) = (one for one in few(session, TODAY) if one.kind == DeadlineKind.REPORT)
    assert told.record_id == made
    assert reviews.issued_on(session, made) is None
    papers.issue(session, reviews.KIND, "RP-2026-T2", JULY_20)
    assert reviews.issued_on(session, made) == JULY_20
    assert reviews.due(session, TODAY) is None
    preferences.save(session, {"report_rhythm": "month"})
    assert reviews.due(session, TODAY) == JUNE
    preferences.save(session, {"report_rhythm": "none"})
    assert reviews.due(session, TODAY) is None


def test_the_list_tells_when_a_report_was_issued(session: Session) -> None:
    made = reviews.ensure(session, JUNE, None, TODAY)
    issued = lambda: listing.rows(session, PERIOD_REVIEW, ("issued_at",), [made])[0].values[0]  # noqa: E731
    assert issued() is None
    papers.issue(session, reviews.KIND, "RP-2026-06", JULY_20)
    assert issued() == JULY_20


def test_the_scorecard_of_a_provider_is_due_too(session: Session) -> None:
    preferences.save(session, {"scorecard_rhythm": "quarter"})
    add_contract(session)
    (told,) = (one for one in few(session, TODAY) if one.kind == DeadlineKind.SCORECARD)
    assert (told.due, told.record_id, told.provider) == (date(2026, 7, 30), 0, "Lumeo Services")


def test_a_promise_missed_is_explained_corrected_and_taken_back(session: Session) -> None:
    _, asset = agreed(session)
    ticket = late(session, asset, "01")
    assert reviews.missed(session, ticket, JULY_20) == (Promise.RESTORE,)
    reviews.explain(session, ticket, Promise.RESTORE, {"cause": None})
    assert reviews.note_of(session, ticket, Promise.RESTORE) is None
    for cause in ("Absent", "Pièce", None, "Revenu"):
        reviews.explain(session, ticket, Promise.RESTORE, {"cause": cause})
        note = reviews.note_of(session, ticket, Promise.RESTORE)
        assert (note.cause if note else None) == cause
    assert session.query(BreachNote).count() == 1
    told = reviews.explained(session, ticket, "restore")
    assert (told.number, told.values["cause"]) == ("T-2026-0001", "Revenu")
    assert reviews.explained(session, ticket, "take").values == {}


def test_what_a_ticket_missed_or_is_missing(session: Session) -> None:
    ids = reference_month(session)
    assert reviews.missed(session, ids["T2"], JULY_20) == ()
    assert reviews.missed(session, ids["T6"], JULY_20) == ()
    assert reviews.missed(session, ids["T8"], june("30 15:30")) == ()
    assert reviews.missed(session, ids["T8"], JULY_20) == (Promise.TAKE, Promise.RESTORE)


def test_actions_are_followed_until_they_are_settled(session: Session) -> None:
    made = reviews.ensure(session, JUNE, None, TODAY)
    values = {"label": "Relais écrit", "owner": "Yanis", "due_on": date(2026, 7, 10)}
    action = improvements.add(session, values, review_id=made)
    (row,) = improvements.of_origin(session, TODAY, review_id=made)
    assert (row.late, row.told, row.tone, row.origin) == (True, "En retard", "bad", "RP-2026-06")
    (told,) = (one for one in few(session, TODAY) if one.kind == DeadlineKind.IMPROVEMENT)
    assert (told.title, told.reference, told.state(TODAY).value) == ("Relais écrit", "RP-2026-06", "late")
    with pytest.raises(InvalidFields, match="abandonnée"):
        actions.settle(session, "improvement", action, ActionState.DROPPED, {})
    with pytest.raises(InvalidFields, match="pas encore passé"):
        actions.settle(session, "improvement", action, ActionState.DONE, {"done_on": date(2190, 1, 1)})
    actions.settle(session, "improvement", action, ActionState.DONE, {"done_on": date(2026, 7, 9), "outcome": "Fait"})
    (row,) = improvements.rows(session, TODAY, Improvement.id == action)
    assert (row.told, row.tone, row.late) == ("Faite le 09/07/2026\u00a0: fait", "ok", False)
    actions.settle(session, "improvement", action, ActionState.DROPPED, {"outcome": "Inutile"})
    (row,) = improvements.rows(session, TODAY, Improvement.id == action)
    assert (row.told, row.tone) == ("Abandonnée\u00a0: inutile", "mute")
    actions.settle(session, "improvement", action, ActionState.TO_DO, {})
    (row,) = improvements.rows(session, date(2026, 7, 1), Improvement.id == action)
    assert (row.told, row.tone) == ("À faire", "info")
    assert improvements.owners(session) == ["Yanis"]
