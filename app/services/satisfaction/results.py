"""What a survey says: its response rate, each question counted, groups never under five answers (domain.md G.3)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SatisfactionAnswer, SatisfactionQuestion, SatisfactionResponse, SatisfactionSurvey, Site
from app.models.upkeep_codes import QuestionKind
from app.rules import satisfaction as rule
from app.rules.satisfaction import Recommendation, Scale
from app.services.satisfaction import questions, surveys
from app.services.satisfaction.questions import Question

__all__ = [
    "FEWEST",
    "STEPS",
    "Counted",
    "Group",
    "Recommendation",
    "Recommended",
    "Results",
    "Scale",
    "Spoken",
    "of_survey",
    "version_of",
]
UNTOLD = "non précisé"
FEWEST, STEPS = rule.FEWEST, rule.STEPS


@dataclass(frozen=True, slots=True)
class Counted:
    """A question answered on a scale; `before` is the share of satisfied of the survey before, in percents, where it
    asked the same question."""

    question: Question
    scale: Scale
    before: Decimal | None


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
class Group:
    """The sheets of one service, or of one site; `satisfied` over all the scales together, in percents."""

    name: str
    answers: int
    satisfied: Decimal | None


@dataclass(frozen=True, slots=True)
class Results:
    """`rate` in percents, None when nobody said how many were invited. While `is_hidden`, too few answered for
    anything to be told. `before` names the survey that figures are compared with."""

    answers: int
    invited: int | None
    rate: Decimal | None
    is_indicative: bool
    satisfied: Decimal | None
    counted: tuple[Counted, ...]
    recommended: tuple[Recommended, ...]
    spoken: tuple[Spoken, ...]
    services: tuple[Group, ...]
    sites: tuple[Group, ...]
    before: str

    @property
    def is_hidden(self) -> bool:
        return self.answers < rule.FEWEST


@dataclass(frozen=True, slots=True)
class _Read:
    """The sheets of a survey: `values` by key then response, `texts` by key."""

    responses: Mapping[int, tuple[str, str]]
    values: Mapping[str, Mapping[int, int]]
    texts: Mapping[str, Sequence[str]]

    def of(self, key: str) -> list[int]:
        return list(self.values.get(key, {}).values())

    @property
    def is_hidden(self) -> bool:
        return len(self.responses) < rule.FEWEST


def of_survey(session: Session, survey_id: int) -> Results:
    """By three readings of the survey, and of the one before it that can be told."""
    survey = surveys.found(session, survey_id)
    asked = questions.of(session, survey.questionnaire_id)
    read = _read(session, survey_id)
    number, before = _before(session, survey)
    many, shown = len(read.responses), [] if read.is_hidden else asked
    scales = [one for one in shown if one.kind in {QuestionKind.SCALE, QuestionKind.EFFORT}]
    return Results(
        answers=many,
        invited=survey.invited,
        rate=rule.response_rate(many, survey.invited),
        is_indicative=rule.is_indicative(many, survey.invited),
        satisfied=_satisfied(read, shown, frozenset(read.responses)),
        counted=tuple(Counted(one, rule.scale(read.of(one.key)), _share(before, one.key)) for one in scales),
        recommended=tuple(_recommended(one, read, before) for one in shown if one.kind == QuestionKind.RECOMMEND),
        spoken=tuple(Spoken(one, tuple(read.texts[one.key])) for one in shown if one.key in read.texts),
        services=_groups(read, shown, 0),
        sites=_groups(read, shown, 1),
        before=number if before else "",
    )


def version_of(session: Session, survey_id: int) -> int:
    """The questionnaire that it asks."""
    return surveys.found(session, survey_id).questionnaire_id


def _read(session: Session, survey_id: int) -> _Read:
    own = (SatisfactionResponse.survey_id == survey_id, SatisfactionResponse.deleted_at.is_(None))
    people = session.execute(
        select(SatisfactionResponse.id, SatisfactionResponse.service, Site.name)
        .outerjoin(Site, Site.id == SatisfactionResponse.site_id)
        .where(*own)
    )
    rows = session.execute(
        select(
            SatisfactionAnswer.response_id, SatisfactionQuestion.key, SatisfactionAnswer.value, SatisfactionAnswer.text
        )
        .join(SatisfactionQuestion, SatisfactionQuestion.id == SatisfactionAnswer.question_id)
        .join(SatisfactionResponse, SatisfactionResponse.id == SatisfactionAnswer.response_id)
        .where(*own, SatisfactionAnswer.deleted_at.is_(None))
    )
    values: dict[str, dict[int, int]] = defaultdict(dict)
    texts: dict[str, list[str]] = defaultdict(list)
    for response, key, value, text in rows:
        if text:
            texts[key].append(text)
        elif value is not None:
            values[key][response] = value
    spoken = {key: sorted(told, key=str.casefold) for key, told in texts.items()}
    return _Read({row.id: (row.service or "", row.name or "") for row in people}, values, spoken)


def _before(session: Session, survey: SatisfactionSurvey) -> tuple[str, _Read | None]:
    """The last survey opened before, if enough answered it."""
    own = SatisfactionSurvey
    earlier = session.execute(
        select(own.id, own.number)
        .where(own.deleted_at.is_(None), own.opened_on < survey.opened_on, own.id != survey.id)
        .order_by(own.opened_on.desc(), own.id.desc())
    ).first()
    if earlier is None:
        return "", None
    read = _read(session, earlier.id)
    return earlier.number, None if read.is_hidden else read


def _share(before: _Read | None, key: str) -> Decimal | None:
    return rule.scale(before.of(key)).satisfied if before else None


def _recommended(one: Question, read: _Read, before: _Read | None) -> Recommended:
    earlier = rule.recommendation(before.of(one.key)).score if before else None
    return Recommended(one, rule.recommendation(read.of(one.key)), earlier)


def _satisfied(read: _Read, asked: Sequence[Question], among: frozenset[int]) -> Decimal | None:
    """Over the questions of satisfaction, all together."""
    keys = [one.key for one in asked if one.kind == QuestionKind.SCALE]
    given = [value for key in keys for who, value in read.values.get(key, {}).items() if who in among]
    return rule.scale(given).satisfied


def _groups(read: _Read, asked: Sequence[Question], which: int) -> tuple[Group, ...]:
    """Nothing when hidden, or when nobody told where they work."""
    if not asked:
        return ()
    members: dict[str, set[int]] = defaultdict(set)
    for response, where in read.responses.items():
        members[where[which] or UNTOLD].add(response)
    if set(members) == {UNTOLD}:
        return ()
    sizes = Counter({name: len(ids) for name, ids in members.items()})
    return tuple(
        Group(name, sizes[name], _satisfied(read, asked, frozenset(members[name]))) for name in rule.told_apart(sizes)
    )
