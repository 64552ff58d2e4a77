"""The documents handed over late and the planned visits not done, that the penalties of their contract punish (C.7).

As for tickets, a breach belongs to the month in which it was at last mended; one that lasts, to the month under way.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fields import MISSING, PARIS
from app.models import Penalty, Visit
from app.models.contract_codes import PenaltyTrigger
from app.models.upkeep_codes import VisitStatus
from app.models.visit_state import given_until, missed_on
from app.services import deliverables
from app.services.deliverables import Delivery
from app.services.penalties.breach import DAY, Late


def _by_contract(penalties: Sequence[Penalty], trigger: PenaltyTrigger) -> Mapping[int, Penalty]:
    """The oldest penalty of each contract: a breach is never counted twice."""
    return {one.contract_id: one for one in reversed(penalties) if one.trigger == trigger}


def documents(session: Session, penalties: Sequence[Penalty], now: datetime) -> Iterator[Late]:
    """Those that came late, and those late still: one refused has not come."""
    today = now.astimezone(PARIS).date()
    for contract, penalty in _by_contract(penalties, PenaltyTrigger.DOCUMENT).items():
        for one in deliverables.found(session, today, contract):
            done = one.received_on if one.is_received else None
            if one.late_days if done else one.is_open and one.due_on < today:
                yield _late(penalty, _where(one), MISSING, one.title, one.due_on, done, today)


def _where(one: Delivery) -> tuple[str, int]:
    """What the document tells of, else where the contract asks for it."""
    key, _, record_id = one.mark.partition(":")
    return (key, int(record_id)) if record_id else ("contract/services", one.contract_id)


def visits(session: Session, penalties: Sequence[Penalty], now: datetime) -> Iterator[Late]:
    """Those done after the day fixed and after their window, those missed still."""
    today, own = now.astimezone(PARIS).date(), Visit.__table__
    wanted = _by_contract(penalties, PenaltyTrigger.PREVENTIVE)
    until = given_until(own)
    rows = session.execute(
        select(own.c.id, own.c.number, own.c.label, own.c.contract_id, own.c.done_on, until.label("until")).where(
            own.c.contract_id.in_(wanted), own.c.deleted_at.is_(None),
            or_(missed_on(own, today), (own.c.status == VisitStatus.DONE) & (own.c.done_on > until)),
        )
    )  # fmt: skip
    for row in rows:
        yield _late(wanted[row.contract_id], ("visit", row.id), row.number, row.label, row.until, row.done_on, today)


def _late(  # noqa: PLR0917 - what a breach is made of
    penalty: Penalty, where: tuple[str, int], number: str, subject: str, due: date, done: date | None, today: date
) -> Late:
    days = ((done or today) - due).days
    return Late(
        penalty.contract_id, *where, number, subject, penalty, _at(due), _at(done) if done else None, done or today,
        days * DAY,
    )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)
