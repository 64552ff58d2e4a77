"""What a survey says: its response rate, each question counted, groups never under five answers (domain.md G.3)."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import Job, Progress
from app.models import SatisfactionResponse, SatisfactionSurvey
from app.models.upkeep_codes import QuestionKind
from app.reports.satisfaction_review_data import Before
from app.rules import satisfaction as rule
from app.rules.satisfaction import Recommendation, Scale
from app.services.satisfaction import questions, surveys
from app.services.satisfaction.questions import Question
from app.services.satisfaction.reading import Group, Read, earlier, groups, in_blocks, sheets
from app.storage import Store

__all__ = [
    "FEWEST",
    "NO_OPINION",
    "STEPS",
    "Before",
    "Block",
    "Counted",
    "Group",
    "Recommendation",
    "Recommended",
    "Results",
    "Scale",
    "Spoken",
    "answers",
    "of_survey",
    "read_job",
    "version_of",
]
FEWEST, STEPS, NO_OPINION = rule.FEWEST, rule.STEPS, rule.NO_OPINION
COUNTED = {QuestionKind.SCALE, QuestionKind.EFFORT}


@dataclass(frozen=True, slots=True)
class Counted:
    """A question answered on a scale, of satisfaction or of effort; `scale` is empty where fewer than five gave an
    opinion. `earlier` is how the survey before answered the same question, None where it cannot be told."""

    question: Question
    scale: Scale
    earlier: Scale | None

    @property
    def before(self) -> Decimal | None:
        """The share of satisfied then, in percents."""
        return self.earlier.satisfied if self.earlier else None


@dataclass(frozen=True, slots=True)
class Recommended:
    question: Question
    found: Recommendation
    before: int | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words written under an open question, in an order that tells nothing."""

    question: Question
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The questions of satisfaction of a theme, all together; `before` where the one before tells of each of them."""

    title: str
    asked: int
    satisfied: Decimal | None
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class Results:
    """`rate` in percents, None when nobody said how many were invited. While `is_hidden`, too few answered for
    anything to be told. `past`: the surveys that it is compared with, the newest first."""

    answers: int
    invited: int | None
    rate: Decimal | None
    is_indicative: bool
    satisfied: Decimal | None
    given: int
    """Answers to the questions of satisfaction that count in it."""
    counted: tuple[Counted, ...]
    blocks: tuple[Block, ...]
    recommended: tuple[Recommended, ...]
    spoken: tuple[Spoken, ...]
    services: tuple[Group, ...]
    sites: tuple[Group, ...]
    past: tuple[Before, ...]

    @property
    def is_hidden(self) -> bool:
        return self.answers < rule.FEWEST

    @property
    def efforts(self) -> tuple[Counted, ...]:
        return tuple(one for one in self.counted if one.question.is_effort)

    @property
    def before(self) -> str:
        """The survey that questions are compared with; empty where there is none."""
        return self.past[0].number if self.past else ""


def answers(session: Session, survey_id: int) -> int:
    """How many sheets came back."""
    own = SatisfactionResponse
    wanted = select(func.count()).where(own.survey_id == survey_id, own.deleted_at.is_(None))
    return session.scalar(wanted) or 0


def read_job(store: Store, survey_id: int) -> Job[Results]:
    """`of_survey`, off the thread of the window."""
    yield Progress(0, 0, "Lecture des réponses")
    with store.read() as session:
        return of_survey(session, survey_id)


def of_survey(session: Session, survey_id: int) -> Results:
    """By two readings of the survey, and of each of those before it that can be told."""
    survey = surveys.found(session, survey_id)
    read = sheets(session, survey_id)
    asked = [] if read.is_hidden else questions.of(session, survey.questionnaire_id)
    past = earlier(session, survey) if asked else []
    last = past[0][1] if past else None
    blocks = in_blocks(asked)
    services, sites = groups(read, blocks) if asked else ((), ())
    whole = rule.scale(one for own in blocks.values() for question in own for one in read.of(question.key))
    return Results(
        answers=len(read.responses),
        invited=survey.invited,
        rate=rule.response_rate(len(read.responses), survey.invited),
        is_indicative=rule.is_indicative(len(read.responses), survey.invited),
        satisfied=whole.satisfied,
        given=whole.valid,
        counted=tuple(_counted(one, read, last) for one in asked if one.kind in COUNTED),
        blocks=tuple(_block(title, own, read, last) for title, own in blocks.items()),
        recommended=tuple(_recommended(one, read, last) for one in asked if one.kind == QuestionKind.RECOMMEND),
        spoken=tuple(Spoken(one, tuple(read.texts[one.key])) for one in asked if one.key in read.texts),
        services=services,
        sites=sites,
        past=tuple(_past(one, theirs, read, asked) for one, theirs in past),
    )


def version_of(session: Session, survey_id: int) -> int:
    """The questionnaire that it asks."""
    return surveys.found(session, survey_id).questionnaire_id


def _counted(one: Question, read: Read, last: Read | None) -> Counted:
    asked_then = last is not None and one.key in last.values
    return Counted(one, rule.scale(read.of(one.key)), rule.scale(last.of(one.key)) if last and asked_then else None)


def _block(title: str, own: list[Question], read: Read, last: Read | None) -> Block:
    keys = [one.key for one in own]
    same = last is not None and all(key in last.values for key in keys)
    return Block(title, len(own), read.satisfied(keys), last.satisfied(keys) if last and same else None)


def _recommended(one: Question, read: Read, last: Read | None) -> Recommended:
    before = rule.recommendation(last.of(one.key)).score if last else None
    return Recommended(one, rule.recommendation(read.of(one.key)), before)


def _past(one: SatisfactionSurvey, theirs: Read, read: Read, asked: list[Question]) -> Before:
    same = [question for question in asked if question.key in theirs.values and question.key in read.values]
    keys = {kind: [question.key for question in same if question.kind == kind] for kind in QuestionKind}
    scores = [rule.recommendation(theirs.of(key)).score for key in keys[QuestionKind.RECOMMEND]]
    efforts = [rule.scale(theirs.of(key)).mean for key in keys[QuestionKind.EFFORT]]
    scales = keys[QuestionKind.SCALE]
    return Before(
        number=one.number,
        opened_on=one.opened_on,
        answers=len(theirs.responses),
        rate=rule.response_rate(len(theirs.responses), one.invited),
        same=len(scales),
        satisfied=theirs.satisfied(scales),
        now=read.satisfied(scales),
        score=scores[0] if scores else None,
        effort=efforts[0] if efforts else None,
    )
