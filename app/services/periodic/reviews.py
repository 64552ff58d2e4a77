"""What a person adds to the report of a period, and which periods still want one (domain.md B; papers.md 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.judgement import BREACH_NOTE, PERIOD_REVIEW
from app.errors import NotFound, Refused
from app.fields import PARIS, lowered
from app.models import BreachNote, Contract, IssuedPaper, PeriodReview, Ticket
from app.models.codes import TicketStatus
from app.models.judgement_codes import Promise
from app.services import preferences, records
from app.services.periodic import columns, when
from app.services.spans import Period
from app.settings import Rhythm

EXPLAINED = ("cause", "explanation", "explained_on", "decision", "decided_by", "decided_on")
KIND = columns.KIND
NOT_BEGUN = "Cette période n’a pas commencé."


def found(session: Session, review_id: int) -> PeriodReview:
    review = known(session, review_id)
    if review.deleted_at is not None:
        raise NotFound("Ce rapport périodique n’existe plus.")
    return review


def known(session: Session, review_id: int) -> PeriodReview:
    """Even from the bin: what a page that is closing still reads."""
    review = session.get(PeriodReview, review_id)
    if review is None:
        raise NotFound("Ce rapport périodique n’existe plus.")
    return review


def period_of(review: PeriodReview) -> Period:
    return Period(review.starts_on, review.ends_on)


def of_period(session: Session, period: Period, contract_id: int | None) -> int | None:
    """The report of that period and contract, outside the bin."""
    own = PeriodReview
    same = own.contract_id.is_(None) if contract_id is None else own.contract_id == contract_id
    wanted = own.starts_on == period.start, own.ends_on == period.end, same, own.deleted_at.is_(None)
    return session.scalar(select(own.id).where(*wanted).order_by(own.id).limit(1))


def ensure(session: Session, period: Period, contract_id: int | None, today: date) -> int:
    """The report of that period, made if nobody did; Refused before the period begins."""
    if period.start > today:
        raise Refused(NOT_BEGUN)
    known = of_period(session, period, contract_id)
    if known is not None:
        return known
    values = {"starts_on": period.start, "ends_on": period.end, "contract_id": contract_id}
    number = _free(session, reference(session, period, contract_id))
    return records.create(session, PERIOD_REVIEW, {**values, "number": number})


def reference(session: Session, period: Period, contract_id: int | None) -> str:
    """« RP-2026-T3 », « RP-2026-06-CT-2025-004 »."""
    contract = session.get_one(Contract, contract_id).number if contract_id is not None else ""
    return "-".join(one for one in ("RP", when.mark(period), contract) if one)


def _free(session: Session, wanted: str) -> str:
    """A number is never used twice, even after the bin."""
    taken = set(session.scalars(select(PeriodReview.number).where(PeriodReview.number.startswith(wanted))))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def numbered(session: Session, number: str) -> int | None:
    """The report that bears this number, outside the bin."""
    own = PeriodReview
    return session.scalar(select(own.id).where(own.number == number, own.deleted_at.is_(None)))


def contract_named(session: Session, number: str | None) -> int | None:
    if number is None:
        return None
    known = session.scalar(select(Contract.id).where(Contract.number == number, Contract.deleted_at.is_(None)))
    if known is None:
        raise NotFound(f"Il n’y a pas de contrat «\u00a0{number}\u00a0».")
    return known


def write(session: Session, review_id: int, values: Mapping[str, Any]) -> None:
    """What is to be remembered, what is to be decided."""
    records.update(session, PERIOD_REVIEW, review_id, values)


def issued_on(session: Session, review_id: int) -> datetime | None:
    """When it was last issued."""
    return session.scalar(
        select(func.max(IssuedPaper.issued_at)).where(
            IssuedPaper.kind == KIND, IssuedPaper.record_id == review_id, IssuedPaper.deleted_at.is_(None)
        )
    )


def due(session: Session, today: date) -> Period | None:
    """The last period over, if its report of all contracts was not issued, by the rhythm chosen; None where nothing was
    followed yet by its end."""
    rhythm = Rhythm.of(preferences.get(session, "report_rhythm"))
    if rhythm == Rhythm.NONE:
        return None
    period = when.last_over(rhythm, today)
    end = datetime.combine(period.end, time.max, PARIS)
    first = session.scalar(select(func.min(Ticket.opened_at)).where(Ticket.deleted_at.is_(None)))
    if first is None or first > end:
        return None
    known = of_period(session, period, None)
    return None if known is not None and issued_on(session, known) is not None else period


# -- breaches -------------------------------------------------------------------------------------------------------


def note_of(session: Session, ticket_id: int, promise: Promise) -> BreachNote | None:
    """What is known of why a promise was missed."""
    return session.scalar(
        select(BreachNote).where(
            BreachNote.ticket_id == ticket_id, BreachNote.promise == promise, BreachNote.deleted_at.is_(None)
        )
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """A promise missed and what is known of why, as its dialog begins."""

    ticket_id: int
    number: str
    promise: Promise
    sentence: str
    values: Mapping[str, Any]


def explained(session: Session, ticket_id: int, promise: str) -> Explained:
    ticket, which = session.get_one(Ticket, ticket_id), Promise.of(promise)
    note = note_of(session, ticket_id, which)
    values = {name: getattr(note, name) for name in EXPLAINED} if note is not None else {}
    sentence = f"{which.label}\u00a0: {lowered(ticket.subject)}."
    return Explained(ticket_id, ticket.number, which, sentence, values)


def missed(session: Session, ticket_id: int, now: datetime) -> tuple[Promise, ...]:
    """The promises that a ticket missed, or is missing."""
    one = session.get_one(Ticket, ticket_id)
    if one.status == TicketStatus.CANCELLED:
        return ()
    told = (
        (Promise.TAKE, one.take_due_at, one.taken_at, one.take_met),
        (Promise.ON_SITE, one.on_site_due_at, one.on_site_at, None),
        (Promise.RESTORE, one.restore_due_at, one.resolved_at, one.restore_met),
    )
    return tuple(which for which, due, done, met in told if _is_late(due, done, met, now))


def _is_late(due: datetime | None, done: datetime | None, met: bool | None, now: datetime) -> bool:
    if due is None:
        return False
    return not met if met is not None else (done or now) > due


def explain(session: Session, ticket_id: int, promise: Promise, values: Mapping[str, Any]) -> None:
    """Write the cause, the explanation and the decision of a promise missed; all empty, the note leaves."""
    known = session.scalar(select(BreachNote).where(BreachNote.ticket_id == ticket_id, BreachNote.promise == promise))
    if known is None:
        if any(values.values()):
            records.create(session, BREACH_NOTE, {"ticket_id": ticket_id, "promise": promise, **values})
        return
    if known.deleted_at is not None:
        records.restore(session, BREACH_NOTE, [known.id])
    if any(values.values()):
        records.update(session, BREACH_NOTE, known.id, values)
    else:
        records.to_bin(session, BREACH_NOTE, [known.id], "Explication retirée")
