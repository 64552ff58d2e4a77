"""The sheets of a survey as they are counted, and the groups that may be told apart (domain.md G.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SatisfactionAnswer, SatisfactionQuestion, SatisfactionResponse, SatisfactionSurvey, Site
from app.models.upkeep_codes import QuestionKind
from app.rules import satisfaction as rule
from app.services.satisfaction.questions import Question

UNTOLD = "non précisé"
YEARS = 3
"""Earlier surveys that one is compared with, at most."""


@dataclass(frozen=True, slots=True)
class Read:
    """`responses`: service and site of each sheet; `values` by key then response, those of the questions on which five
    persons gave an opinion; `texts` by key, in an order that tells nothing."""

    responses: Mapping[int, tuple[str, str]]
    values: Mapping[str, Mapping[int, int]]
    texts: Mapping[str, Sequence[str]]

    @property
    def is_hidden(self) -> bool:
        return len(self.responses) < rule.FEWEST

    def of(self, key: str) -> list[int]:
        return list(self.values.get(key, {}).values())

    def satisfied(self, keys: Iterable[str], among: frozenset[int] | None = None) -> Decimal | None:
        """CSAT over these questions together, of all the sheets or of some."""
        given = (one for key in keys for one in self.values.get(key, {}).items())
        return rule.scale(value for who, value in given if among is None or who in among).satisfied


def sheets(session: Session, survey_id: int) -> Read:
    own = (SatisfactionResponse.survey_id == survey_id, SatisfactionResponse.deleted_at.is_(None))
    people = session.execute(
        select(SatisfactionResponse.id, SatisfactionResponse.service, Site.name)
        .outerjoin(Site, Site.id == SatisfactionResponse.site_id)
        .where(*own)
    )
    rows = session.execute(
        select(
            SatisfactionAnswer.response_id,
            SatisfactionQuestion.key,
            SatisfactionQuestion.kind,
            SatisfactionAnswer.value,
            SatisfactionAnswer.text,
        )
        .join(SatisfactionQuestion, SatisfactionQuestion.id == SatisfactionAnswer.question_id)
        .join(SatisfactionResponse, SatisfactionResponse.id == SatisfactionAnswer.response_id)
        .where(*own, SatisfactionAnswer.deleted_at.is_(None))
    )
    values: dict[str, dict[int, int]] = defaultdict(dict)
    texts: dict[str, list[str]] = defaultdict(list)
    opinions: Counter[str] = Counter()
    for response, key, kind, value, text in rows:
        if text:
            texts[key].append(text)
        elif value is not None:
            values[key][response] = value
            opinions[key] += kind == QuestionKind.RECOMMEND or value != rule.NO_OPINION
    values = {key: given for key, given in values.items() if opinions[key] >= rule.FEWEST}
    spoken = {key: sorted(told, key=str.casefold) for key, told in texts.items()}
    where = {row.id: (row.service or UNTOLD, row.name or UNTOLD) for row in people}
    return Read(where, values, spoken)


def earlier(session: Session, survey: SatisfactionSurvey) -> list[tuple[SatisfactionSurvey, Read]]:
    """The last surveys opened before that enough persons answered, the newest first."""
    own = SatisfactionSurvey
    kept = session.scalars(
        select(own)
        .where(own.deleted_at.is_(None), own.opened_on < survey.opened_on, own.id != survey.id)
        .order_by(own.opened_on.desc(), own.id.desc())
    )
    found: list[tuple[SatisfactionSurvey, Read]] = []
    for one in kept:
        read = sheets(session, one.id)
        if not read.is_hidden:
            found.append((one, read))
        if len(found) == YEARS:
            break
    return found


# Groups


@dataclass(frozen=True, slots=True)
class Group:
    """The sheets of one service, or of one site. In percents: `satisfied` over all the scales together, None where too
    few gave an opinion; `blocks` over those of each theme, none at all where one of them would tell of too few."""

    name: str
    answers: int
    satisfied: Decimal | None
    blocks: tuple[Decimal | None, ...] = ()


def groups(read: Read, blocks: Mapping[str, Sequence[Question]]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """By service, then by site; nothing of a kind that nobody told."""
    keys = [[one.key for one in asked] for asked in blocks.values()]
    every = [key for own in keys for key in own]
    parts = [who for own in keys if (who := _who(read, own))]
    shown, whole, *detailed = (
        rule.told_of_both(_cells(read, who)) for who in (set(read.responses), _who(read, every), *parts)
    )

    def made(side: int) -> Iterator[Group]:
        members: dict[str, set[int]] = defaultdict(set)
        for response, where in read.responses.items():
            members[where[side]].add(response)
        for name in shown[side] if set(members) != {UNTOLD} else ():
            own = frozenset(members[name])
            satisfied = read.satisfied(every, own) if name in whole[side] else None
            told = satisfied is not None and all(name in one[side] for one in detailed)
            themes = tuple(read.satisfied(some, own) for some in keys) if told else ()
            yield Group(name, len(own), satisfied, themes)

    return tuple(made(0)), tuple(made(1))


def _who(read: Read, keys: Sequence[str]) -> set[int]:
    """Who gave an opinion on one of these questions at least."""
    return {who for key in keys for who, value in read.values.get(key, {}).items() if value != rule.NO_OPINION}


def _cells(read: Read, among: Iterable[int]) -> Counter[tuple[str, str]]:
    return Counter(read.responses[one] for one in among)


def in_blocks(asked: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions of satisfaction by theme, in their order; « » for those that have none."""
    found: dict[str, list[Question]] = defaultdict(list)
    for one in asked:
        if one.kind == QuestionKind.SCALE:
            found[one.block].append(one)
    return found
