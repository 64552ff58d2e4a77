"""The prestations of a provider over a period: its contracts, the work done under each, the facts of each criterion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import PARIS
from app.jobs import Job, Progress
from app.kpi import REGISTRY, Scope
from app.models import Contract, Intervention, Ticket
from app.models.codes import ContractStatus
from app.models.contract_codes import ContractKind
from app.rules import notice
from app.rules.scorecard import CRITERIA
from app.services import amendments, cohorts, done_for, preferences
from app.services.contracts import terms_of
from app.services.remembered import remembered
from app.services.scorecards import conduct, measured, opinions, order
from app.services.scorecards.asked import Asked, Fact
from app.services.spans import Period
from app.storage import Store

SOURCES: Mapping[str, Callable[[Asked], Fact]] = {
    "delays": measured.delays,
    "quality": measured.quality,
    "preventive": measured.preventive,
    "documents": measured.documents,
    "communication": conduct.communication,
    "satisfaction": opinions.satisfaction,
    "prices": order.prices,
    "security": order.security,
}


@dataclass(frozen=True, slots=True)
class Prestation:
    """One contract over the period: the minutes worked under it, what was counted for each criterion by key."""

    contract_id: int
    number: str
    subject: str
    minutes: int
    facts: Mapping[str, Fact]


def of(session: Session, provider_id: int, start: date, end: date, now: datetime) -> list[Prestation]:
    """Each contract of the provider in force in the period, seen from its end, or from the minute of `now` while it
    runs. Counted once for each state of the file."""
    seen = min(_after(end), now.replace(second=0, microsecond=0))
    key = ("scorecard", provider_id, start, end, seen, preferences.get(session, "recurrence_days"))
    return remembered(session, key, lambda: _counted(session, provider_id, start, end, seen))


def _counted(session: Session, provider_id: int, start: date, end: date, seen: datetime) -> list[Prestation]:
    whole = cohorts.Asked(session, seen).cohort(Period(start, end))
    found = []
    for contract in in_force(session, provider_id, start, end):
        cohort = replace(whole, scope=Scope(contract_id=contract.id))
        measures = {code: REGISTRY[code].compute(cohort) for code in measured.CODES}
        asked = Asked(session, contract, start, end, seen, measures)
        facts = {one.key: SOURCES[one.key](asked) for one in CRITERIA}
        found.append(Prestation(contract.id, contract.number, contract.subject, _minutes(asked), facts))
    return found


def behind(session: Session, contract_id: int, key: str, period: Period, now: datetime) -> tuple[int, ...]:
    """The records that the indicators of a criterion count, each once."""
    seen = min(_after(period.end), now)
    cohort = cohorts.Asked(session, seen, Scope(contract_id=contract_id)).cohort(period, detail=True)
    return tuple(
        dict.fromkeys(one for code in measured.BEHIND.get(key, ()) for one in REGISTRY[code].compute(cohort).ids)
    )


def behind_job(store: Store, contract_id: int, key: str, period: Period, now: datetime) -> Job[tuple[int, ...]]:
    """The same, off the window's thread."""
    yield Progress(0, 0, "Lecture de ce qui est compté")
    with store.read() as session:
        return behind(session, contract_id, key, period, now)


def in_force(session: Session, provider_id: int, start: date, end: date) -> list[Contract]:
    """Signed contracts of service that some day of the period falls in, by number; a rent or a subscription is one only
    if tickets were opened under it."""
    kept = session.scalars(
        select(Contract)
        .where(
            Contract.provider_id == provider_id, Contract.status != ContractStatus.DRAFT, Contract.starts_on <= end,
            Contract.deleted_at.is_(None),
        )
        .order_by(Contract.number)
    )  # fmt: skip
    lasting = amendments.all_on_day(session, kept, end)
    return [one for one in lasting if _lasts(one, start) and _serves(session, one, start, end)]


def _lasts(contract: Contract, start: date) -> bool:
    last = notice.last_day(terms_of(contract))
    return last is None or last >= start


def _serves(session: Session, contract: Contract, start: date, end: date) -> bool:
    if contract.kind != ContractKind.SUPPLY:
        return True
    opened = (Ticket.opened_at >= _after(start - timedelta(days=1)), Ticket.opened_at < _after(end))
    wanted = select(Ticket.id).where(Ticket.contract_id == contract.id, Ticket.deleted_at.is_(None), *opened)
    return session.scalar(wanted.limit(1)) is not None


def _after(on: date) -> datetime:
    """The first moment after that day."""
    return datetime.combine(on + timedelta(days=1), time(), PARIS).astimezone(UTC)


def _minutes(asked: Asked) -> int:
    """Worked under the contract: the time of each intervention, or from its arrival to its departure."""
    own = Intervention
    spent = (func.julianday(own.ended_at) - func.julianday(own.started_at)) * 24 * 60
    wanted = done_for.beside(select(func.sum(func.round(func.coalesce(own.repair_minutes, spent, 0)))))
    found = asked.session.scalar(
        wanted.select_from(own).where(
            *done_for.kept(), done_for.contract() == asked.contract.id, own.started_at >= asked.since,
            own.started_at < min(asked.until, asked.now),
        )
    )  # fmt: skip
    return int(found or 0)
