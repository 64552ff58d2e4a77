"""The deadlines of judging: the report of a period, the scorecard of each provider, the actions decided (B, G.2)."""

from collections.abc import Iterator
from datetime import timedelta

from app.fields import day
from app.models import Improvement
from app.models.contract_codes import ActionState
from app.models.deadline_codes import DeadlineKind as Kind
from app.services import improvements
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark
from app.services.periodic import reviews, when
from app.services.scorecards import cards

REPORTED = timedelta(days=15)
"""After the end of a period, its report is due; judging a provider takes longer."""
JUDGED = timedelta(days=30)
TO_MAKE = "La période est finie\u00a0: établissez-le, écrivez ce qu’il faut en retenir, puis émettez-le."
TO_ISSUE = "Il est écrit\u00a0: émettez-le, pour que ses chiffres ne changent plus."
TO_BEGIN = "La période est finie\u00a0: notez-le sur des faits, tant qu’on s’en souvient."
TO_END = "La fiche est commencée\u00a0: complétez les notes d’avis, puis émettez-la."


def reports(ask: Ask) -> Iterator[Deadline]:
    """That of the last period over, until it is issued."""
    period = reviews.due(ask.session, ask.today)
    if period is None:
        return
    known = reviews.of_period(ask.session, period, None)
    due = period.end + REPORTED
    yield Deadline(
        Kind.REPORT, mark(Kind.REPORT, when.mark(period), due), f"Rapport {when.of_words(period)}",
        TO_MAKE if known is None else TO_ISSUE, due, ask.lead(Kind.REPORT), "period_review", known or 0,
        reference=reviews.reference(ask.session, period, None),
    )  # fmt: skip


def scorecards(ask: Ask) -> Iterator[Deadline]:
    """That of each provider, of the last period over."""
    for one in cards.due(ask.session, ask.today):
        due = one.period.end + JUDGED
        yield Deadline(
            Kind.SCORECARD, mark(Kind.SCORECARD, ask.providers[one.provider_id][1], due, when.mark(one.period)),
            f"Fiche contrôle de {one.provider}, {when.words(one.period)}", TO_BEGIN if one.card_id is None else TO_END,
            due, ask.lead(Kind.SCORECARD), "scorecard", one.card_id or 0, provider=one.provider,
        )  # fmt: skip


def actions(ask: Ask) -> Iterator[Deadline]:
    """Those decided by a report, a scorecard or a survey, until they are done or dropped."""
    found = improvements.rows(ask.session, ask.today, Improvement.state == ActionState.TO_DO)
    uuids = improvements.uuids(ask.session, [one.id for one in found])
    for one in found:
        decided = f", décidé par {one.origin}" if one.origin else ""
        yield Deadline(
            Kind.IMPROVEMENT, mark(Kind.IMPROVEMENT, uuids[one.id], one.due_on), one.label,
            f"Par {one.owner}{decided}\u00a0: faite le {day(one.due_on)} au plus tard.", one.due_on,
            ask.lead(Kind.IMPROVEMENT), "improvement", one.id, reference=one.origin,
        )  # fmt: skip
