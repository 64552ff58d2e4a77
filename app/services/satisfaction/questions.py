"""Versions of the questionnaire: one that a survey used no longer changes, the next is a copy of it (domain.md G.3).

A question keeps its key from a version to the next while its words do: only then are years compared.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.evaluations import QUESTIONNAIRE, SATISFACTION_QUESTION
from app.errors import NotFound, Refused
from app.fields import fold
from app.models import Questionnaire, SatisfactionQuestion, SatisfactionSurvey
from app.models.upkeep_codes import QuestionKind
from app.reports import form_questionnaire
from app.reports.form_model import FormModel
from app.services import records
from app.services.satisfaction import usual

FROZEN = "Une enquête pose ce questionnaire\u00a0: il ne change plus. Faites-en une nouvelle version."
EMPTY = "Ce questionnaire ne pose aucune question\u00a0: écrivez-les d’abord."
KINDS: Mapping[QuestionKind, form_questionnaire.Kind] = {
    QuestionKind.SCALE: "scale",
    QuestionKind.RECOMMEND: "recommend",
    QuestionKind.EFFORT: "effort",
    QuestionKind.OPEN: "open",
}
SPECIMEN = "QS-00"
"""The number of the usual questionnaire while nobody has one."""


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    key: str
    kind: QuestionKind
    block: str
    text: str

    @property
    def is_effort(self) -> bool:
        return self.kind == QuestionKind.EFFORT


def found(session: Session, questionnaire_id: int) -> Questionnaire:
    kept = session.get(Questionnaire, questionnaire_id)
    if kept is None or kept.deleted_at is not None:
        raise NotFound("Ce questionnaire n’existe plus.")
    return kept


def add_usual(session: Session) -> int:
    """A questionnaire with the usual questions; gives its id."""
    values = {"title": usual.TITLE, "purpose": usual.PURPOSE, "retention": usual.RETENTION}
    made = records.create(session, QUESTIONNAIRE, values)
    for position, (key, block, kind, text) in enumerate(usual.QUESTIONS, 1):
        told = {"position": position, "key": key, "block": block, "kind": kind, "text": text}
        records.create(session, SATISFACTION_QUESTION, {"questionnaire_id": made, **told})
    return made


def latest(session: Session) -> int | None:
    """The newest version."""
    kept = select(Questionnaire.id).where(Questionnaire.deleted_at.is_(None))
    return session.scalar(kept.order_by(Questionnaire.id.desc()).limit(1))


def of(session: Session, questionnaire_id: int) -> list[Question]:
    """In their order."""
    return [Question(one.id, one.key, one.kind, one.block or "", one.text) for one in _kept(session, questionnaire_id)]


def _kept(session: Session, questionnaire_id: int) -> list[SatisfactionQuestion]:
    own = (SatisfactionQuestion.questionnaire_id == questionnaire_id, SatisfactionQuestion.deleted_at.is_(None))
    order = (SatisfactionQuestion.position, SatisfactionQuestion.id)
    return list(session.scalars(select(SatisfactionQuestion).where(*own).order_by(*order)))


def is_frozen(session: Session, questionnaire_id: int) -> bool:
    """Whether a survey asks it, or asked it."""
    used = (SatisfactionSurvey.questionnaire_id == questionnaire_id, SatisfactionSurvey.deleted_at.is_(None))
    return session.scalar(select(SatisfactionSurvey.id).where(*used).limit(1)) is not None


def _open(session: Session, questionnaire_id: int) -> Questionnaire:
    if is_frozen(session, questionnaire_id):
        raise Refused(FROZEN)
    return found(session, questionnaire_id)


# Writing the questions


def write(session: Session, questionnaire_id: int, question_id: int | None, values: Mapping[str, Any]) -> int:
    """A question, new at the end for None: its block, its words, how it is answered. Gives its id.

    One whose words or answers are no longer those of an earlier version is another question: it gets a key of its own.
    """
    _open(session, questionnaire_id)
    told = {name: values.get(name) for name in ("block", "text", "kind")}
    checked = records.checked(session, SATISFACTION_QUESTION, {
        **told, "questionnaire_id": questionnaire_id, "position": 1, "key": "x",
    })  # fmt: skip
    if question_id is None:
        last = session.scalar(
            select(func.max(SatisfactionQuestion.position)).where(
                SatisfactionQuestion.questionnaire_id == questionnaire_id
            )
        )
        key = _new_key(session, checked["text"])
        whole = {**told, "questionnaire_id": questionnaire_id, "position": (last or 0) + 1, "key": key}
        return records.create(session, SATISFACTION_QUESTION, whole)
    kept = session.get_one(SatisfactionQuestion, question_id)
    if _is_asked_otherwise(session, kept, checked["text"], checked["kind"]):
        told["key"] = _new_key(session, checked["text"])
    records.update(session, SATISFACTION_QUESTION, question_id, told)
    return question_id


def _is_asked_otherwise(session: Session, kept: SatisfactionQuestion, text: str, kind: QuestionKind) -> bool:
    """Whether another version asks something else under that key: an accent or a capital put right changes nothing."""
    rows = session.execute(
        select(SatisfactionQuestion.text, SatisfactionQuestion.kind).where(
            SatisfactionQuestion.key == kept.key,
            SatisfactionQuestion.questionnaire_id != kept.questionnaire_id,
            SatisfactionQuestion.deleted_at.is_(None),
        )
    )
    return any((_bare(row.text), row.kind) != (_bare(text), kind) for row in rows)


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def _new_key(session: Session, text: str) -> str:
    """« le-telephone », « le-telephone-2 »: unlike all others, those of the bin too."""
    begin = _bare(text)[:34].strip("-") or "question"
    taken = set(session.scalars(select(SatisfactionQuestion.key)))
    keys = [begin, *(f"{begin}-{n}" for n in range(2, len(taken) + 3))]
    return next(key for key in keys if key not in taken)


def remove(session: Session, questionnaire_id: int, wanted: Sequence[int]) -> int:
    _open(session, questionnaire_id)
    return records.to_bin(session, SATISFACTION_QUESTION, wanted)


def move(session: Session, questionnaire_id: int, question_id: int, by: int) -> None:
    """One place up (-1) or down (1), if there is one."""
    _open(session, questionnaire_id)
    order = _kept(session, questionnaire_id)
    at = next(position for position, one in enumerate(order) if one.id == question_id)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    for position, one in enumerate(order, 1):
        one.position = position
    session.flush()


def new_version(session: Session, questionnaire_id: int) -> int:
    """A copy of it, its questions with their keys; gives its id."""
    old = found(session, questionnaire_id)
    values = {"title": old.title, "purpose": old.purpose, "retention": old.retention}
    made = records.create(session, QUESTIONNAIRE, values)
    for one in _kept(session, questionnaire_id):
        told = {name: getattr(one, name) for name in ("position", "key", "block", "kind", "text")}
        records.create(session, SATISFACTION_QUESTION, {"questionnaire_id": made, **told})
    return made


# As a form


def model(session: Session, questionnaire_id: int | None) -> FormModel:
    """What is printed and read back; the usual questions for None. Refused when it asks nothing."""
    if questionnaire_id is None:
        return _form(SPECIMEN, ((key, kind, text, block) for key, block, kind, text in usual.QUESTIONS))
    number, asked = found(session, questionnaire_id).number, of(session, questionnaire_id)
    if not asked:
        raise Refused(EMPTY)
    return _form(number, ((one.key, one.kind, one.text, one.block) for one in asked))


def _form(number: str, asked: Iterable[tuple[str, QuestionKind, str, str]]) -> FormModel:
    questions = tuple(form_questionnaire.Question(key, KINDS[kind], text, block) for key, kind, text, block in asked)
    return form_questionnaire.questionnaire(number, questions, usual.SEGMENT)
