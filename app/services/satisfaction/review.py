"""What the « bilan de satisfaction » of a survey says: its results, what is concluded, what is decided (G.3)."""

from sqlalchemy.orm import Session

from app.fields import PARIS, this_day
from app.models import Improvement
from app.reports.identity import Stamp
from app.reports.satisfaction_review_data import Asked, Decided, Part, Recommends, SatisfactionReview, Theme
from app.services import improvements
from app.services.company_card import company_card
from app.services.satisfaction import results, surveys
from app.services.satisfaction.results import NO_OPINION, STEPS, Counted, Group, Recommended, Results


def review(session: Session, survey_id: int, stamp: Stamp) -> SatisfactionReview:
    """As it stands at the moment of the stamp."""
    survey, found = surveys.found(session, survey_id), results.of_survey(session, survey_id)
    today = stamp.data_at.astimezone(PARIS).date() if stamp.data_at else this_day()
    return SatisfactionReview(
        company=company_card(session),
        stamp=stamp,
        title=survey.title,
        opened_on=survey.opened_on,
        closed_on=survey.closed_on,
        answers=found.answers,
        invited=found.invited,
        rate=found.rate,
        is_indicative=found.is_indicative,
        is_hidden=found.is_hidden,
        satisfied=found.satisfied,
        given=found.given,
        themes=_themes(found),
        efforts=tuple(_asked(one) for one in found.efforts),
        recommends=tuple(_recommends(one) for one in found.recommended),
        services=tuple(_part(one) for one in found.services),
        sites=tuple(_part(one) for one in found.sites),
        past=found.past,
        spoken=tuple((one.question.text, one.texts) for one in found.spoken),
        conclusion=survey.conclusion or "",
        actions=tuple(
            Decided(one.label, one.owner, one.due_on, one.told)
            for one in improvements.rows(session, today, Improvement.survey_id == survey_id)
        ),
    )


def _themes(found: Results) -> tuple[Theme, ...]:
    return tuple(
        Theme(
            block.title,
            tuple(
                _asked(one) for one in found.counted if one.question.block == block.title and not one.question.is_effort
            ),
            block.satisfied,
            block.before,
        )
        for block in found.blocks
    )


def _asked(one: Counted) -> Asked:
    scale = one.scale
    return Asked(
        text=one.question.text,
        counts=tuple(scale.counts.get(step, 0) for step in reversed(STEPS)),
        none=scale.counts.get(NO_OPINION, 0),
        valid=scale.valid,
        satisfied=scale.satisfied,
        mean=scale.mean,
        before=one.before,
        before_mean=one.earlier.mean if one.earlier else None,
    )


def _recommends(one: Recommended) -> Recommends:
    found = one.found
    return Recommends(
        one.question.text, found.promoters, found.passives, found.detractors, found.score, one.before
    )  # fmt: skip


def _part(one: Group) -> Part:
    return Part(one.name, one.answers, one.satisfied, one.blocks)
