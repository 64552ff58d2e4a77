"""A survey: who is invited, the sheets handed out, the answers that came back (domain.md G.3). Nobody is ever named."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.entities.evaluations import SATISFACTION_RESPONSE, SATISFACTION_SURVEY
from app.errors import InvalidFields, NotFound, Refused
from app.fields import clean_line, clean_text, day
from app.models import (
    Person,
    Questionnaire,
    SatisfactionAnswer,
    SatisfactionQuestion,
    SatisfactionResponse,
    SatisfactionSurvey,
)
from app.models.upkeep_codes import AnswerSource, QuestionKind
from app.services import records
from app.services.satisfaction import questions

MOST_SHEETS = 2000
SHUFFLED = random.SystemRandom()
NOTHING = "Aucune réponse n’est donnée\u00a0: il n’y a rien à enregistrer."


@dataclass(frozen=True, slots=True)
class Response:
    """What one sheet says. `values` by the key of a question, None left empty; `sheet` 0 for one without number."""

    values: Mapping[str, int | None]
    texts: Mapping[str, str]
    received_on: date
    source: AnswerSource
    sheet: int = 0
    site_id: int | None = None
    service: str = ""


def found(session: Session, survey_id: int) -> SatisfactionSurvey:
    kept = session.get(SatisfactionSurvey, survey_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Cette enquête n’existe plus.")
    return kept


def invited(session: Session, today: date) -> int:
    """How many persons work there that day."""
    there = or_(Person.left_on.is_(None), Person.left_on >= today)
    return session.scalar(select(func.count()).where(Person.deleted_at.is_(None), there)) or 0


def create(session: Session, values: Mapping[str, Any]) -> int:
    """A survey; without a questionnaire it asks the newest one, made of the usual questions where there is none."""
    asked = values.get("questionnaire_id") or questions.latest(session) or questions.add_usual(session)
    questions.model(session, asked)
    return records.create(session, SATISFACTION_SURVEY, {**values, "questionnaire_id": asked})


def close(session: Session, survey_id: int, on: date) -> None:
    """No sheet is waited for any more; one that comes late may still be noted."""
    survey = found(session, survey_id)
    if on < survey.opened_on:
        raise InvalidFields({"closed_on": f"Ouverte le {day(survey.opened_on)}\u00a0: écrivez un jour d’après."})
    records.update(session, SATISFACTION_SURVEY, survey_id, {"closed_on": on})


def reopen(session: Session, survey_id: int) -> None:
    records.update(session, SATISFACTION_SURVEY, found(session, survey_id).id, {"closed_on": None})


def conclude(session: Session, survey_id: int, text: str) -> None:
    """What is kept in mind of it, in our own words."""
    records.update(session, SATISFACTION_SURVEY, found(session, survey_id).id, {"conclusion": clean_text(text) or None})


def number_sheets(session: Session, survey_id: int, count: int) -> tuple[int, ...]:
    """So many more numbered sheets, shuffled: the order of the pile says nothing of who takes which."""
    survey = found(session, survey_id)
    if not 1 <= count <= MOST_SHEETS:
        raise InvalidFields({"count": f"De 1 à {MOST_SHEETS} feuilles à la fois."})
    numbers = list(range(survey.sheets + 1, survey.sheets + count + 1))
    survey.sheets += count
    session.flush()
    SHUFFLED.shuffle(numbers)
    return tuple(numbers)


# What came back


def of_sheet(session: Session, survey_id: int, sheet: int) -> SatisfactionResponse | None:
    own = SatisfactionResponse
    return session.scalar(select(own).where(own.survey_id == survey_id, own.sheet == sheet)) if sheet else None


def record(session: Session, survey_id: int, given: Response, *, again: bool = False) -> int:
    """Keep a sheet, without its picture: handwriting names its author. Gives the response.

    Refused if nothing is answered, or if that sheet was noted before, unless `again` puts its answers right.
    """
    survey = found(session, survey_id)
    if given.sheet > survey.sheets:
        raise InvalidFields({"sheet": f"Cette enquête n’a que {survey.sheets} feuilles numérotées."})
    asked = {one.key: one for one in questions.of(session, survey.questionnaire_id)}
    answers = [one for key, question in asked.items() if (one := _answer(question, given, key)) is not None]
    if not answers:
        raise Refused(NOTHING)
    response = _response(session, survey_id, given, again=again)
    session.add_all([SatisfactionAnswer(response_id=response, **one) for one in answers])
    session.flush()
    return response


def _response(session: Session, survey_id: int, given: Response, *, again: bool) -> int:
    """The record of the sheet, new or emptied of its answers."""
    told = {
        "sheet": given.sheet or None, "site_id": given.site_id, "service": clean_line(given.service) or None,
        "received_on": given.received_on, "source": given.source,
    }  # fmt: skip
    known = of_sheet(session, survey_id, given.sheet)
    if known is None:
        return records.create(session, SATISFACTION_RESPONSE, {"survey_id": survey_id, **told})
    if known.deleted_at is None and not again:
        raise Refused(f"La feuille {given.sheet} est déjà enregistrée, reçue le {day(known.received_on)}.")
    if known.deleted_at is not None:
        records.restore(session, SATISFACTION_RESPONSE, [known.id])
    for one in session.scalars(select(SatisfactionAnswer).where(SatisfactionAnswer.response_id == known.id)):
        session.delete(one)
    session.flush()
    records.update(session, SATISFACTION_RESPONSE, known.id, told)
    return known.id


def _answer(question: questions.Question, given: Response, key: str) -> dict[str, Any] | None:
    """The columns of one answer; None for a question left empty, and kept so."""
    if question.kind == QuestionKind.OPEN:
        text = clean_text(given.texts.get(key) or "")
        return {"question_id": question.id, "text": text[:1000]} if text else None
    value = given.values.get(key)
    if value is None:
        return None
    low, high = (0, 10) if question.kind == QuestionKind.RECOMMEND else (0, 5)
    if not low <= value <= high:
        raise InvalidFields({key: f"«\u00a0{question.text}\u00a0» se répond de {low} à {high}."})
    return {"question_id": question.id, "value": value}


def answers_of(session: Session, response_id: int) -> tuple[dict[str, int | None], dict[str, str]]:
    """The values and the texts of a sheet, by the key of their question."""
    rows = session.execute(
        select(SatisfactionQuestion.key, SatisfactionAnswer.value, SatisfactionAnswer.text)
        .join(SatisfactionQuestion, SatisfactionQuestion.id == SatisfactionAnswer.question_id)
        .where(SatisfactionAnswer.response_id == response_id, SatisfactionAnswer.deleted_at.is_(None))
    ).all()
    values = {row.key: row.value for row in rows if row.value is not None}
    return dict(values), {row.key: row.text for row in rows if row.text}


def in_use(session: Session) -> list[tuple[int, int, str]]:
    """The surveys, the newest first: their id, that of their questionnaire, its number."""
    own = SatisfactionSurvey
    rows = session.execute(
        select(own.id, own.questionnaire_id, Questionnaire.number)
        .join(Questionnaire, Questionnaire.id == own.questionnaire_id)
        .where(own.deleted_at.is_(None))
        .order_by(own.opened_on.desc(), own.id.desc())
    )
    return [(row.id, row.questionnaire_id, row.number) for row in rows]
