"""What users think of interventions, among what is to be done."""

from datetime import UTC, datetime

import pytest

from app.models.upkeep_codes import AnswerSource
from app.services import home
from app.services.evaluations import expected, recording
from app.services.evaluations.answers import Answers
from app.services.home import opinions
from app.services.home.facts import Clock
from app.storage import Store
from tests.services.evaluations.make import PRINTED, printed

SOON = datetime(2026, 6, 10, 9, tzinfo=UTC)
LATER = datetime(2026, 7, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(("now", "count"), [(SOON, 0), (LATER, 1)])
def test_forms_that_do_not_come_back_are_told_with_since_when(ready: Store, now: datetime, count: int) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        told = list(opinions.tasks(session, Clock(now)))
        assert len(told) == count
        for task in told:
            assert (task.title, task.when) == ("1\u00a0fiche d’évaluation attendue", "Depuis 30\u00a0jours")
            lead = home.lead(session, task.key, now)
            assert (lead.entity, lead.query and lead.query.ids) == ("evaluation", (one,))


def test_a_problem_said_not_solved_is_told_until_the_ticket_is_open_again(ready: Store) -> None:
    with ready.begin() as session:
        _, one = printed(session)
        recording.record(session, one, Answers(solved=False), AnswerSource.TYPED, on=PRINTED)
        (task,) = opinions.tasks(session, Clock(SOON))
        assert home.lead(session, task.key, SOON).record_id == one
        other, _ = expected.expect(session, None, PRINTED)
        intervention = expected.found(session, one).intervention_id
        recording.tie(session, other, intervention, None)
        recording.record(session, other, Answers(solved=False), AnswerSource.TYPED, on=PRINTED)
        (task,) = opinions.tasks(session, Clock(SOON))
        query = home.lead(session, task.key, SOON).query
        assert query is not None
        assert query.ids == (one, other)
