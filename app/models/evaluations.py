"""What people thought: the form after an intervention, and the yearly anonymous survey (domain.md G.1, G.3)."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, flag, ref, within
from app.models.upkeep_codes import AnswerSource, EvaluationState, QuestionKind


class Evaluation(Record, Base):
    """One form G1, expected from the day it was printed. `c1` to `c9` are 1 to 5, 0 « sans avis », None unanswered.

    `note` is the mean of the answers in hundredths, None below five (G.1); services.evaluations writes it with them.
    The scan or the PDF that came back is a document of this record.
    """

    __tablename__ = "evaluation"
    __title__ = ("number",)
    __searched__ = ("number", "liked", "to_improve", "reserves")

    number: Mapped[str] = mapped_column(unique=True)
    model: Mapped[str] = mapped_column(default="G1")
    intervention_id: Mapped[int | None] = ref("intervention")
    person_id: Mapped[int | None] = ref("person")
    state: Mapped[EvaluationState] = code(EvaluationState, default=EvaluationState.EXPECTED)
    printed_on: Mapped[date | None] = day()
    received_on: Mapped[date | None] = day()
    source: Mapped[AnswerSource | None] = code(AnswerSource)
    c1: Mapped[int | None]
    c2: Mapped[int | None]
    c3: Mapped[int | None]
    c4: Mapped[int | None]
    c5: Mapped[int | None]
    c6: Mapped[int | None]
    c7: Mapped[int | None]
    c8: Mapped[int | None]
    c9: Mapped[int | None]
    solved: Mapped[bool | None] = flag()
    tested: Mapped[bool | None] = flag()
    data_intact: Mapped[bool | None] = flag()
    again: Mapped[bool | None] = flag()
    liked: Mapped[str | None]
    to_improve: Mapped[str | None]
    reserves: Mapped[str | None]
    answered: Mapped[int] = mapped_column(default=0)
    note: Mapped[int | None]

    __table_args__ = tuple(within(f"c{n}", 0, 5) for n in range(1, 10))


class Questionnaire(Record, Base):
    """One version of the questions asked; once a survey used it, it no longer changes."""

    __tablename__ = "questionnaire"
    __title__ = ("number", "title")
    __searched__ = ("number", "title")

    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    purpose: Mapped[str | None]
    retention: Mapped[str | None]


class SatisfactionQuestion(Record, Base):
    """`key` stays the same from a version to the next while the question does: only then are years compared."""

    __tablename__ = "satisfaction_question"
    __title__ = ("text",)

    questionnaire_id: Mapped[int] = ref("questionnaire")
    position: Mapped[int]
    key: Mapped[str]
    kind: Mapped[QuestionKind] = code(QuestionKind, default=QuestionKind.SCALE)
    block: Mapped[str | None]
    text: Mapped[str]

    __table_args__ = (UniqueConstraint("questionnaire_id", "key"),)


class SatisfactionSurvey(Record, Base):
    """One campaign of answers. `sheets`: how many forms were numbered, so that none is counted twice."""

    __tablename__ = "satisfaction_survey"
    __title__ = ("number", "title")
    __searched__ = ("number", "title")

    number: Mapped[str] = mapped_column(unique=True)
    questionnaire_id: Mapped[int] = ref("questionnaire")
    title: Mapped[str]
    opened_on: Mapped[date] = day()
    closed_on: Mapped[date | None] = day()
    invited: Mapped[int | None]
    sheets: Mapped[int] = mapped_column(default=0)
    conclusion: Mapped[str | None]
    notes: Mapped[str | None]


class SatisfactionResponse(Record, Base):
    """One form that came back. It names nobody: `sheet` is the number printed on a form handed out at random."""

    __tablename__ = "satisfaction_response"
    __title__ = ("service",)

    survey_id: Mapped[int] = ref("satisfaction_survey")
    sheet: Mapped[int | None]
    site_id: Mapped[int | None] = ref("site")
    service: Mapped[str | None]
    received_on: Mapped[date] = day()
    source: Mapped[AnswerSource] = code(AnswerSource)

    __table_args__ = (UniqueConstraint("survey_id", "sheet"),)


class SatisfactionAnswer(Record, Base):
    """`value` of a scale, 0 « sans avis » (of the recommendation 0 to 10); `text` of an open question."""

    __tablename__ = "satisfaction_answer"

    response_id: Mapped[int] = ref("satisfaction_response")
    question_id: Mapped[int] = ref("satisfaction_question")
    value: Mapped[int | None]
    text: Mapped[str | None]

    __table_args__ = (UniqueConstraint("response_id", "question_id"),)
