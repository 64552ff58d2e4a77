"""All that the report of a period says, gathered: from its record, or for a period nobody made one of."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import or_
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.fields import joined
from app.jobs import Job, Progress
from app.models import Contract, Improvement, PeriodReview, Provider
from app.models.contract_codes import ActionState
from app.reports.identity import Stamp
from app.reports.periodic_data import Action, PeriodReport
from app.services import improvements
from app.services.company_card import company_card
from app.services.periodic import breaches, costs, figures, opinions, owed, repeats, reviews, upkeep, when
from app.services.periodic.asked import Asked
from app.services.spans import Period
from app.storage import Store


def of_review(session: Session, review_id: int, stamp: Stamp) -> PeriodReport:
    """The report of a record, at the moment of the stamp."""
    review = reviews.known(session, review_id)
    return report(session, reviews.period_of(review), review.contract_id, stamp, review)


def report(
    session: Session, period: Period, contract_id: int | None, stamp: Stamp, review: PeriodReview | None = None
) -> PeriodReport:
    """Of any period: what a person adds comes from its record, if there is one."""
    if stamp.data_at is None:
        raise NotFound("Ce rapport périodique n’existe plus.")
    asked = Asked(session, period, contract_id, stamp.data_at)
    told = figures.figures(asked)
    months = owed.of_year(asked)
    late = breaches.breaches(asked, months)
    punctual, papers = upkeep.documents(asked)
    preventive, stops = upkeep.visits(asked)
    return PeriodReport(
        company=company_card(session),
        stamp=stamp,
        period=when.words(period),
        of_period=when.of_words(period),
        noun=when.noun(period),
        start=period.start,
        end=period.end,
        seen=asked.seen,
        scope=_scope(asked),
        shorts=tuple(when.short(one) for one in asked.spans(figures.SHOWN)),
        figures=told,
        volumes=figures.volumes(asked),
        takeaways=(review.takeaways or "") if review else "",
        kept=tuple(figures.promises(told)),
        breaches=late,
        penalties=owed.penalties(asked, months, {one.ticket_id: one.number for one in late}),
        repeated=repeats.repeated(asked),
        punctual=punctual,
        papers=papers,
        preventive=preventive,
        stops=stops,
        costs=costs.of_contracts(asked),
        opinions=opinions.opinions(asked),
        decisions=_lines(review.decisions if review else None),
        actions=tuple(_actions(asked, review)),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _scope(asked: Asked) -> str:
    """« Contrat CT-2025-004, Kervadel Infogérance · délais en heures ouvrées »."""
    hours = "délais en heures ouvrées du contrat"
    if asked.contract_id is None:
        return joined("Tous les contrats", hours, by=" · ")
    contract = asked.session.get_one(Contract, asked.contract_id)
    provider = asked.session.get(Provider, contract.provider_id) if contract.provider_id else None
    return joined(f"Contrat {joined(contract.number, provider.name if provider else '', by=', ')}", hours, by=" · ")


def _actions(asked: Asked, review: PeriodReview | None) -> Iterator[Action]:
    """Those that this report decided; of the reports before, those still to do."""
    if review is None:
        return
    own = Improvement.review_id == review.id
    earlier = (Improvement.review_id.is_not(None)) & (Improvement.state == ActionState.TO_DO)
    today = asked.now.date()
    for one in improvements.rows(asked.session, today, or_(own, earlier)):
        yield Action(
            one.id, one.label, one.owner, one.due_on, one.state.value, one.tone, one.told,
            "" if one.origin == review.number else one.origin,
        )  # fmt: skip


def read_job(store: Store, review_id: int) -> Job[PeriodReport]:
    """The same as a screen shows it now, off the thread of the window."""
    yield Progress(0, 0, "Lecture de la période")
    with store.read() as session:
        number = reviews.known(session, review_id).number
        return of_review(session, review_id, Stamp("", number, data_at=datetime.now(UTC)))
