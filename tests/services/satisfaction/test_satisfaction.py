"""Versions of the questionnaire, sheets, answers, results (domain.md G.3)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.entities.evaluations import SATISFACTION_RESPONSE, SATISFACTION_SURVEY
from app.errors import InvalidFields, NotFound, Refused
from app.models import Person, Questionnaire, SatisfactionAnswer, SatisfactionResponse, SatisfactionSurvey
from app.models.upkeep_codes import AnswerSource, QuestionKind
from app.reports.form_questionnaire import SEGMENT
from app.services import form_kinds, listing, papers, records
from app.services.form_returns import Given
from app.services.satisfaction import questions, results, returned, surveys
from app.services.satisfaction.paper import Choices
from app.storage import Store
from tests.reports.reading import flat, pages_of
from tests.services.satisfaction.make import CAME, OPENED, answer, answered, survey

NOW = datetime(2026, 6, 15, 8, tzinfo=UTC)


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def test_the_list_of_surveys_counts_the_sheets_that_came_back(session: Session) -> None:
    first, _ = survey(session), survey(session)
    answered(session, first, [4, 5, 3])
    rows = listing.page(session, SATISFACTION_SURVEY, listing.Query(("returned",), "number"))
    assert [row.values for row in rows] == [(3,), (None,)]


# Versions


def test_the_usual_questions_are_ready(session: Session) -> None:
    asked = questions.of(session, questions.add_usual(session))
    kinds = [one.kind for one in asked]
    assert (kinds.count(QuestionKind.SCALE), kinds.count(QuestionKind.OPEN)) == (12, 3)
    assert [one.key for one in asked if one.kind in {QuestionKind.RECOMMEND, QuestionKind.EFFORT}] == ["effort", "nps"]


def test_a_version_in_use_no_longer_changes_and_the_next_one_keeps_its_keys(session: Session) -> None:
    first = session.get_one(SatisfactionSurvey, survey(session)).questionnaire_id
    one = questions.of(session, first)[1]
    for act in (
        lambda: questions.write(session, first, one.id, {"text": "Autre", "kind": one.kind, "block": None}),
        lambda: questions.remove(session, first, [one.id]),
        lambda: questions.move(session, first, one.id, 1),
    ):
        with pytest.raises(Refused, match="nouvelle version"):
            act()
    second = questions.new_version(session, first)
    assert session.get_one(Questionnaire, second).number == "QS-02"
    copied = questions.of(session, second)
    assert [two.key for two in copied] == [two.key for two in questions.of(session, first)]
    same = {"block": "Outils", "kind": QuestionKind.SCALE}
    questions.write(session, second, copied[1].id, {**same, "text": "La rapidite de votre poste."})
    assert questions.of(session, second)[1].key == "rapidite"
    questions.write(session, second, copied[1].id, {**same, "text": "La rapidité du réseau"})
    assert questions.of(session, second)[1].key == "la-rapidite-du-reseau"


def test_questions_are_added_moved_and_taken_away(session: Session) -> None:
    own = questions.add_usual(session)
    values = {"text": "Le téléphone", "kind": QuestionKind.SCALE, "block": None}
    made = questions.write(session, own, None, values)
    assert questions.of(session, own)[-1].key == "le-telephone"
    other = questions.write(session, own, None, values)
    assert questions.of(session, own)[-1].key == "le-telephone-2"
    questions.move(session, own, made, -1)
    questions.move(session, own, other, 5)
    assert [one.id for one in questions.of(session, own)[-3:]].index(made) == 0
    questions.remove(session, own, [made, other])
    assert len(questions.of(session, own)) == 17
    with pytest.raises(InvalidFields):
        questions.write(session, own, None, {"text": "", "kind": QuestionKind.SCALE})
    empty = Questionnaire(number="QS-09", title="Vide")
    session.add(empty)
    session.flush()
    with pytest.raises(Refused, match="aucune question"):
        survey(session, questionnaire_id=empty.id)
    with pytest.raises(NotFound):
        questions.found(session, 999)


# Sheets


def test_sheets_are_numbered_at_random_and_never_twice(session: Session) -> None:
    kept = survey(session, sheets=20)
    more = surveys.number_sheets(session, kept, 30)
    assert sorted(more) == list(range(21, 51))
    assert list(more) != sorted(more)
    with pytest.raises(InvalidFields):
        surveys.number_sheets(session, kept, 0)


def test_a_sheet_is_kept_once_and_may_be_put_right(session: Session) -> None:
    kept = survey(session)
    made = answer(session, kept, 7, {"rapidite": 4, "delai": None, "inconnue": 3}, texts={"gene": " Les mises à jour "})
    assert surveys.answers_of(session, made) == ({"rapidite": 4}, {"gene": "Les mises à jour"})
    with pytest.raises(Refused, match="déjà enregistrée"):
        answer(session, kept, 7, {"rapidite": 5})
    given = surveys.Response({"delai": 2}, {}, CAME, AnswerSource.SCAN, 7)
    assert surveys.record(session, kept, given, again=True) == made
    assert surveys.answers_of(session, made) == ({"delai": 2}, {})
    records.to_bin(session, SATISFACTION_RESPONSE, [made])
    assert answer(session, kept, 7, {"delai": 1}) == made
    assert session.query(SatisfactionAnswer).count() == 1


def test_what_makes_no_sense_is_refused(session: Session) -> None:
    kept = survey(session)
    with pytest.raises(Refused, match="rien à enregistrer"):
        answer(session, kept, 1, {"rapidite": None})
    with pytest.raises(InvalidFields, match="de 0 à 5"):
        answer(session, kept, 1, {"rapidite": 7})
    with pytest.raises(InvalidFields, match="feuilles numérotées"):
        answer(session, kept, 31, {"rapidite": 4})
    answer(session, kept, 1, {"nps": 10})
    answer(session, kept, 0, {"nps": 3})
    answer(session, kept, 0, {"nps": 3})
    assert session.query(SatisfactionResponse).count() == 3
    with pytest.raises(NotFound):
        surveys.found(session, 99)


def test_a_survey_is_closed_and_opened_again(session: Session) -> None:
    session.add(Person(last_name="Bonnin"))
    session.add(Person(last_name="Partie", left_on=date(2026, 1, 1)))
    session.flush()
    assert surveys.invited(session, OPENED) == 1
    kept = survey(session)
    with pytest.raises(InvalidFields, match="d’après"):
        surveys.close(session, kept, date(2026, 5, 1))
    surveys.close(session, kept, CAME)
    surveys.reopen(session, kept)
    assert surveys.found(session, kept).closed_on is None


# What comes back


def test_a_sheet_read_answers_to_its_survey(session: Session) -> None:
    kept = survey(session)
    evaluation, kind = form_kinds.every(session)
    assert (evaluation.model.key, kind.model.key) == ("G1", "QS-01")
    target = kind.find(session, "ENQ-2026-01", 4)
    assert target is not None
    assert (target.id, target.received) == (kept, "")
    assert kind.find(session, "ENQ-2099-01", 4) is None
    given = Given({"nps": 9}, {SEGMENT: "Atelier"}, {"received_on": CAME, "site_id": None}, AnswerSource.SCAN, sheet=4)
    assert kind.keep(session, target, given).told == "Feuille 4 enregistrée"
    assert session.query(SatisfactionResponse).one().service == "Atelier"
    twice = kind.find(session, "ENQ-2026-01", 4)
    assert twice is not None
    assert twice.received == "La feuille 4 est déjà enregistrée, reçue le 12/06/2026."
    with pytest.raises(InvalidFields):
        kind.keep(session, kind.chosen(session, None, 0), given)
    assert returned.of_survey(session, kept).chosen(session, None, 0).id == kept


# What it says


def test_csat_nps_and_response_rate_of_the_domain(session: Session) -> None:
    kept = survey(session)
    answered(session, kept, [5] * 10 + [4] * 8 + [3] * 3 + [2] * 2 + [1] + [0] * 2)
    for sheet, note in enumerate([9] * 12 + [8] * 8 + [6] * 5, 1):
        values, texts = surveys.answers_of(session, sheet)
        given = surveys.Response({**values, "nps": note}, texts, CAME, AnswerSource.TYPED, sheet)
        surveys.record(session, kept, given, again=True)
    found = results.of_survey(session, kept)
    assert (found.answers, found.rate, found.is_indicative) == (26, Decimal("65.0"), False)
    speed = next(one for one in found.counted if one.question.key == "rapidite")
    assert (speed.scale.valid, speed.scale.satisfied) == (24, Decimal("75.0"))
    assert [one.found.score for one in found.recommended] == [28]
    assert found.satisfied == Decimal("75.0")


def test_fewer_than_five_answers_tell_nothing(session: Session) -> None:
    kept = survey(session)
    answered(session, kept, [5, 4, 4, 2])
    found = results.of_survey(session, kept)
    assert (found.is_hidden, found.counted, found.satisfied, found.is_indicative) == (True, (), None, True)


def test_groups_are_told_from_five_answers_and_years_compared_by_question(session: Session) -> None:
    first = survey(session, date(2025, 6, 1))
    answered(session, first, [4, 4, 1, 1, 1])
    kept = survey(session)
    answered(session, kept, [5, 5, 5, 5, 1], "Atelier")
    answered(session, kept, [1, 1, 1, 1, 1, 5], "Bureau", since=6)
    answer(session, kept, 20, {"nps": 3}, service="Vente", texts={"idee": "Un écran"})
    found = results.of_survey(session, kept)
    assert [(one.name, one.answers) for one in found.services] == [("Bureau", 6)]
    speed = next(one for one in found.counted if one.question.key == "rapidite")
    assert (speed.before, found.before, found.sites) == (Decimal("40.0"), "ENQ-2026-01", ())
    assert [one.texts for one in found.spoken] == [("Un écran",)]
    assert found.recommended[0].before is None


# On paper


def test_the_questionnaire_is_printed_numbered_and_says_what_it_is_for(session: Session) -> None:
    specimen = flat(" ".join(pages_of(papers.draft(session, "questionnaire", None, NOW))))
    assert "Recommanderiez-vous le support informatique" in specimen
    kept = survey(session)
    pdf = papers.draft(session, "questionnaire", "ENQ-2026-01", NOW, choices=Choices((3, 1)))
    told = flat(" ".join(pages_of(pdf)))
    assert "anonyme" in told
    assert "Feuille n°" in specimen
    assert "conservées 3 ans" in told
    assert told.index("ENQ-2026-01 · 3") < told.index("ENQ-2026-01 · 1")
    assert b"/AcroForm" in papers.fillable(session, "questionnaire", "ENQ-2026-01")
    with pytest.raises(NotFound, match="Aucune enquête"):
        papers.draft(session, "questionnaire", "ENQ-1999-01", NOW)
    assert surveys.found(session, kept).sheets == 30
