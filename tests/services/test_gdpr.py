"""The list of article 28: fourteen points, what a contract answers, and how complete it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields.legal_words import WORDS
from app.models.contract_codes import Answer
from app.services import gdpr
from app.storage import Store
from tests.services.company import add_contract


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        add_contract(opened)
        yield opened


def test_six_descriptions_and_eight_engagements() -> None:
    parts = [point.part for point in gdpr.POINTS]
    assert (parts.count(gdpr.DESCRIBES), parts.count(gdpr.BINDS)) == (6, 8)
    assert len({point.key for point in gdpr.POINTS}) == 14


def test_nothing_is_known_at_first(session: Session) -> None:
    found = gdpr.checklist(session, 1)
    assert (found.percent, found.missing, found.unknown, found.no_access) == (0, 0, 14, False)


def test_what_does_not_apply_is_left_out_of_the_score(session: Session) -> None:
    keys = [point.key for point in gdpr.POINTS]
    for key in keys[:6]:
        gdpr.answer(session, 1, key, Answer.YES, " art.  9 ")
    gdpr.answer(session, 1, keys[6], Answer.NO)
    for key in keys[7:9]:
        gdpr.answer(session, 1, key, Answer.NOT_APPLICABLE)
    found = gdpr.checklist(session, 1)
    assert (found.percent, found.missing, found.unknown) == (50, 1, 5)
    assert found.answers[0].evidence == "art. 9"
    gdpr.answer(session, 1, keys[0], Answer.NO)
    assert gdpr.checklist(session, 1).answers[0].evidence == "art. 9"


def test_a_provider_who_sees_no_data(session: Session) -> None:
    gdpr.answer(session, 1, "object", Answer.YES, "art. 3")
    gdpr.without_access(session, 1)
    found = gdpr.checklist(session, 1)
    assert found.no_access
    assert {one.evidence for one in found.answers} == {gdpr.NO_ACCESS}
    gdpr.answer(session, 1, "data", Answer.YES)
    gdpr.with_access(session, 1)
    again = gdpr.checklist(session, 1)
    assert (again.unknown, again.answers[0].evidence) == (13, "")


def test_an_unknown_point_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        gdpr.answer(session, 1, "autre", Answer.YES)


def test_every_legal_word_says_what_it_is_and_what_it_changes() -> None:
    assert len(WORDS) == 17
    for term, word in WORDS.items():
        assert word.term == term
        assert word.text.endswith(".")
        assert "  " not in word.text
