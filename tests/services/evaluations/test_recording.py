"""A form that came back: its note, its scan, and the ticket to open again."""

from dataclasses import replace
from datetime import date

import pytest

from app.entities import ENTITIES
from app.errors import InvalidFields, Refused
from app.models import Evaluation, TicketLink
from app.models.upkeep_codes import AnswerSource, EvaluationState, LinkKind
from app.services import attachments, tickets
from app.services.evaluations import expected, recording
from app.services.evaluations.answers import Answers, of_lines, to_lines
from app.storage import Store
from tests.services.company import add_ticket, june
from tests.services.evaluations.make import GOOD, PRINTED, printed

BACK = date(2026, 6, 5)
BAD = replace(GOOD, solved=False)


def test_a_form_is_recorded_with_its_note_and_its_scan(ready: Store) -> None:
    """(4 + 4 + 3 + 2 + 4) ÷ 5; what was left empty stays empty."""
    with ready.begin() as session:
        _, one = printed(session)
        told = recording.record(session, one, GOOD, AnswerSource.SCAN, [("fiche.png", b"image")], on=BACK)
        assert told == recording.Recorded(one, "EV-2026-0001", 340, 5, None)
        kept = session.get_one(Evaluation, one)
        assert (kept.state, kept.source, kept.received_on) == (EvaluationState.RECEIVED, AnswerSource.SCAN, BACK)
        assert (kept.c1, kept.c6, kept.c7, kept.data_intact, kept.liked, kept.reserves) == (
            4,
            0,
            None,
            None,
            "Rapide",
            None,
        )
        assert [file.name for file in attachments.of_record(session, ENTITIES["evaluation"], one)] == ["fiche.png"]
        assert recording.answers_of(session, one) == GOOD
        assert expected.waiting(session, BACK) == []


def test_fewer_than_five_answers_give_no_note(ready: Store) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        told = recording.record(session, one, Answers((5, 5, 5, 5, *(0,) * 5)), AnswerSource.TYPED)
        assert (told.note, told.answered) == (None, 4)


def test_a_form_received_twice_is_told_and_not_written_over(ready: Store) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        recording.record(session, one, GOOD, AnswerSource.SCAN, on=BACK)
        with pytest.raises(Refused, match="déjà reçue, le 05/06/2026"):
            recording.record(session, one, BAD, AnswerSource.TYPED)
        recording.record(session, one, replace(GOOD, liked=""), AnswerSource.TYPED, again=True)
        kept = session.get_one(Evaluation, one)
        assert (kept.source, kept.received_on, kept.liked) == (AnswerSource.SCAN, BACK, None)


def test_what_says_nothing_or_too_much_is_refused(ready: Store) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        with pytest.raises(Refused, match="rien à enregistrer"):
            recording.record(session, one, Answers(), AnswerSource.TYPED)
        with pytest.raises(InvalidFields) as told:
            recording.record(session, one, Answers((6, *(None,) * 8)), AnswerSource.TYPED)
        assert set(told.value.problems) == {"c1"}


def test_not_solved_proposes_to_reopen_the_ticket(ready: Store) -> None:
    with ready.begin() as session:
        ticket, one = printed(session)
        assert recording.record(session, one, BAD, AnswerSource.TYPED, on=BACK).reopen == ticket
        assert recording.unsolved(session) == [one]
        tickets.reopen(session, ticket, june("06 09:00"), "Toujours là")
        assert recording.unsolved(session) == []
        tickets.resolve(session, ticket, june("08 09:00"))
        assert recording.unsolved(session) == []


def test_a_ticket_that_follows_is_an_answer_too(ready: Store) -> None:
    """Past the days to open it again, another ticket is linked; solved again the very day is solved."""
    with ready.begin() as session:
        ticket, one = printed(session)
        recording.record(session, one, BAD, AnswerSource.TYPED, on=BACK)
        link = TicketLink(ticket_id=add_ticket(session, "20 09:00"), other_id=ticket, kind=LinkKind.FOLLOWS)
        session.add(link)
        session.flush()
        assert recording.unsolved(session) == []
        session.delete(link)
        session.flush()
        assert recording.unsolved(session) == [one]
        tickets.reopen(session, ticket, june("05 09:00"), "Toujours là")
        tickets.resolve(session, ticket, june("05 10:00"))
        assert recording.unsolved(session) == []


def test_a_ticket_still_open_is_not_to_reopen(ready: Store) -> None:
    with ready.begin() as session:
        ticket, one = printed(session)
        tickets.reopen(session, ticket, june("04 09:00"), "Toujours là")
        assert recording.record(session, one, BAD, AnswerSource.TYPED, on=BACK).reopen is None


def test_a_blank_form_is_tied_to_its_intervention(ready: Store) -> None:
    with ready.begin() as session:
        ticket, first = printed(session)
        known = session.get_one(Evaluation, first)
        blank, _ = expected.expect(session, None, PRINTED)
        recording.tie(session, blank, known.intervention_id, known.person_id)
        assert recording.record(session, blank, BAD, AnswerSource.TYPED, on=BACK).reopen == ticket


def test_answers_are_the_lines_of_the_form() -> None:
    lines, texts = to_lines(GOOD)
    assert (lines["c1"], lines["c6"], lines["c9"], lines["q1"], lines["q3"], lines["q4"]) == (4, 0, None, 1, None, 0)
    assert texts == {"t1": "Rapide", "t2": "", "t3": ""}
    assert of_lines(lines, texts) == GOOD
    assert of_lines({}, {}) == Answers()
