"""What amendments change, « before → after », and the terms in force on a day with where each comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.fields import MISSING, Field, duration
from app.fields.hours import slots_text
from app.models import Amendment
from app.models.contract_codes import AmendmentStatus
from app.services import amendments, terms
from app.services.amendments import AMENDABLE, on_day
from app.services.contracts import calendar_of, hours_text
from app.services.terms import DAYS, NAMES, Level, ServiceTerms, Week

TARGETS = {"take_minutes": "prise en charge", "on_site_minutes": "sur site", "restore_minutes": "rétablissement"}
NOT_SAID = "rien d’écrit"
NO_PROMISE = "rien de promis"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an amendment changes, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An amendment as its card shows it."""

    id: int
    number: str
    subject: str
    status: AmendmentStatus
    effective_on: date
    signed_on: date | None
    reason: str | None
    changes: tuple[Change, ...]


def listed(session: Session, contract_id: int) -> list[Told]:
    """All the amendments of a contract, the last to take effect first."""
    rows = session.scalars(
        select(Amendment).where(Amendment.contract_id == contract_id, Amendment.deleted_at.is_(None))
    )
    return [_told(session, one) for one in sorted(rows, key=amendments.order, reverse=True)]


def count(session: Session, contract_id: int) -> int:
    own = (Amendment.contract_id == contract_id, Amendment.deleted_at.is_(None))
    return session.scalar(select(func.count()).select_from(Amendment).where(*own)) or 0


def _told(session: Session, one: Amendment) -> Told:
    return Told(
        one.id, one.number, one.subject, one.status, one.effective_on, one.signed_on, one.reason,
        tuple(changes(session, one)),
    )  # fmt: skip


def changes(session: Session, amendment: Amendment) -> list[Change]:
    """What it changes of the terms that it finds: those of its day, once the amendments before it are applied."""
    contract_id, effective = amendment.contract_id, amendment.effective_on
    earlier = [
        one
        for one in amendments.in_effect(session, contract_id, effective)
        if amendments.order(one) < amendments.order(amendment)
    ]
    before = amendments.overlaid(amendments.found(session, contract_id), earlier)
    told = [
        Change(AMENDABLE[name].label, shown(name, getattr(before, name)), shown(name, value))
        for name, value in amendments.told(amendment).items()
    ]
    if amendment.replaces_levels:
        of = next((one.id for one in reversed(earlier) if one.replaces_levels), None)
        told += _level_changes(*(terms.levels_in(session, contract_id, one) for one in (of, amendment.id)))
    if amendment.replaces_hours:
        of = next((one.id for one in reversed(earlier) if one.replaces_hours), None)
        told += _hour_changes(*(terms.week_in(session, contract_id, one) for one in (of, amendment.id)))
    return told


def shown(name: str, value: Any) -> str:
    return AMENDABLE[name].format(value) or MISSING


def _level_changes(before: Sequence[Level], after: Sequence[Level]) -> list[Change]:
    return [
        Change(f"{new.priority.value}, {TARGETS[name]}", _target(old, name), _target(new, name))
        for old, new in zip(before, after, strict=True)
        for name in NAMES
        if _target(old, name) != _target(new, name)
    ]


def _target(level: Level, name: str) -> str:
    minutes = level.targets[name]
    if minutes is not None:
        return duration(minutes)
    return NO_PROMISE if level.nothing else NOT_SAID


def _hour_changes(before: Week, after: Week) -> list[Change]:
    return [
        Change(f"Heures du {name}", slots_text(old) or "fermé", slots_text(new) or "fermé")
        for name, old, new in zip(DAYS, before, after, strict=True)
        if old != new
    ]


@dataclass(frozen=True, slots=True)
class Term:
    """One field of the contract in force that day; `since` names the amendment that put it there, if one did."""

    field: Field
    value: Any
    since: str


@dataclass(frozen=True, slots=True)
class InForce:
    """All the terms of a day. `levels_since` and `hours_since` as for a Term; `hours` is the week in
    a line; these terms hold from `since` (None: from the start) to `until` (None: nothing signed changes them)."""

    terms: tuple[Term, ...]
    service: ServiceTerms
    hours: str
    levels_since: str
    hours_since: str
    since: date | None
    until: date | None


def in_force(session: Session, contract_id: int, day: date) -> InForce:
    """The terms of that day, each with the amendment it comes from."""
    applied = amendments.in_effect(session, contract_id, day)
    contract = on_day(session, contract_id, day)
    since = {name: one.number for one in applied for name in amendments.told(one)}
    levels = [one.number for one in applied if one.replaces_levels]
    hours = [one.number for one in applied if one.replaces_hours]
    after = [step for step in amendments.steps(session, contract_id) if step > day]
    return InForce(
        tuple(Term(told, getattr(contract, name), since.get(name, "")) for name, told in AMENDABLE.items()),
        terms.service_terms(session, contract_id, day),
        hours_text(calendar_of(session, contract_id, day)),
        levels[-1] if levels else "",
        hours[-1] if hours else "",
        applied[-1].effective_on if applied else None,
        after[0] - timedelta(days=1) if after else None,
    )
