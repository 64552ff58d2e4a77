"""What a contract promises and covers, changed as one act: levels, hours, closings, perimeter, end (domain.md C, D)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.contract_parts import CLOSING_DAY, SERVICE_LEVEL
from app.entities.contracts import CONTRACT
from app.errors import InvalidFields, Refused
from app.fields import clean_text, day, joined, this_day
from app.fields.hours import Slot, checked_slots
from app.models import ClosingDay, CoverageSlot, ServiceLevel
from app.models.codes import ContractStatus, Priority
from app.services import records
from app.services.amendments import found
from app.services.journal import project_open

Week = tuple[tuple[Slot, ...], ...]
"""The slots of each weekday, Monday first."""
OFFICE = ((540, 1080),)
HALVES = ((540, 750), (840, 1080))
LONG = ((480, 1140),)
PRESETS: tuple[tuple[str, Week], ...] = (
    ("5 jours sur 7, 9 h - 18 h", (OFFICE,) * 5 + ((), ())),
    ("5 jours sur 7, 9 h - 12 h 30 et 14 h - 18 h", (HALVES,) * 5 + ((), ())),
    ("6 jours sur 7, 8 h - 19 h", (LONG,) * 6 + ((),)),
)
"""The usual coverages (domain.md D.1); day and night is the contract's own mark."""
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Level:
    """Targets of one priority, in working minutes; None: nothing promised."""

    priority: Priority
    take_minutes: int | None
    on_site_minutes: int | None
    restore_minutes: int | None


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """`levels` has the four priorities in their order; `closings` dicts of `id`, `first_day`, `last_day`, `label`."""

    levels: tuple[Level, ...]
    week: Week
    round_the_clock: bool
    closings: tuple[Mapping[str, Any], ...]


def service_terms(session: Session, contract_id: int) -> ServiceTerms:
    contract = found(session, contract_id)
    kept = {level.priority: level for level in _levels(session, contract_id) if level.deleted_at is None}
    levels = tuple(
        Level(p, kept[p].take_minutes, kept[p].on_site_minutes, kept[p].restore_minutes)
        if p in kept
        else Level(p, None, None, None)
        for p in Priority
    )
    slots = _slots(session, contract_id)
    week = tuple(tuple(sorted((s.opens, s.closes) for s in slots if s.weekday == d)) for d in range(7))
    return ServiceTerms(levels, week, contract.round_the_clock, tuple(_closings(session, contract_id)))


def _levels(session: Session, contract_id: int) -> list[ServiceLevel]:
    return list(session.scalars(select(ServiceLevel).where(ServiceLevel.contract_id == contract_id)))


def _slots(session: Session, contract_id: int) -> list[CoverageSlot]:
    statement = select(CoverageSlot).where(CoverageSlot.contract_id == contract_id, CoverageSlot.deleted_at.is_(None))
    return list(session.scalars(statement))


def _closings(session: Session, contract_id: int) -> list[dict[str, Any]]:
    statement = (
        select(ClosingDay)
        .where(ClosingDay.contract_id == contract_id, ClosingDay.deleted_at.is_(None))
        .order_by(ClosingDay.first_day, ClosingDay.id)
    )
    names = ("id", "first_day", "last_day", "label")
    return [{name: getattr(one, name) for name in names} for one in session.scalars(statement)]


def save_terms(session: Session, contract_id: int, terms: ServiceTerms) -> int:
    """Levels, hours and closings together; the open tickets are counted again. Gives how many they are.

    InvalidFields names « P2.restore_minutes », « day.0 » for Monday, or « closings ».
    """
    problems: dict[str, str] = {}
    for save in (_save_levels, _save_week, _save_closings):
        try:
            save(session, contract_id, terms)
        except InvalidFields as error:
            problems |= error.problems
    if problems:
        raise InvalidFields(problems)
    found(session, contract_id).round_the_clock = terms.round_the_clock
    session.flush()
    return project_open(session, contract_id)


def _save_levels(session: Session, contract_id: int, terms: ServiceTerms) -> None:
    kept = {level.priority: level for level in _levels(session, contract_id)}
    problems: dict[str, str] = {}
    for level in terms.levels:
        names = ("take_minutes", "on_site_minutes", "restore_minutes")
        values = {name: getattr(level, name) for name in names}
        before = kept.get(level.priority)
        if before is None and not any(value is not None for value in values.values()):
            continue
        try:
            if before is None:
                records.create(
                    session, SERVICE_LEVEL, {"contract_id": contract_id, "priority": level.priority, **values}
                )
            else:
                before.deleted_at = None
                records.update(session, SERVICE_LEVEL, before.id, values)
        except InvalidFields as error:
            problems |= {f"{level.priority.value}.{name}": sentence for name, sentence in error.problems.items()}
    if problems:
        raise InvalidFields(problems)


def _save_week(session: Session, contract_id: int, terms: ServiceTerms) -> None:
    problems = {}
    for weekday, slots in enumerate(terms.week):
        try:
            checked_slots(slots)
        except ValueError as error:
            problems[f"day.{weekday}"] = str(error)
    if problems:
        raise InvalidFields(problems)
    wanted = {(weekday, *slot) for weekday, slots in enumerate(terms.week) for slot in slots}
    for slot in _slots(session, contract_id):
        if (slot.weekday, slot.opens, slot.closes) in wanted:
            wanted.remove((slot.weekday, slot.opens, slot.closes))
        else:
            slot.deleted_at = datetime.now(UTC)
    for weekday, opens, closes in sorted(wanted):
        session.add(CoverageSlot(contract_id=contract_id, weekday=weekday, opens=opens, closes=closes))
    session.flush()


def _save_closings(session: Session, contract_id: int, terms: ServiceTerms) -> None:
    before = {one["id"] for one in _closings(session, contract_id)}
    problems = []
    for number, line in enumerate(terms.closings, 1):
        values = {name: line.get(name) for name in ("first_day", "last_day", "label")}
        values["last_day"] = values["last_day"] or values["first_day"]
        try:
            if line.get("id"):
                records.update(session, CLOSING_DAY, line["id"], values)
            else:
                records.create(session, CLOSING_DAY, {"contract_id": contract_id, **values})
        except InvalidFields as error:
            problems.append(f"Fermeture {number}\u00a0: {error}")
    if problems:
        raise InvalidFields({"closings": " ".join(problems)})
    records.to_bin(session, CLOSING_DAY, sorted(before - {line.get("id") for line in terms.closings}))


def change(session: Session, contract_id: int, values: Mapping[str, Any], version: int | None = None) -> int:
    """Correct a contract; its open tickets are timed again. A date of denunciation ends a contract under way.

    Gives how many tickets were timed again.
    """
    told = dict(values)
    if told.get("denounced_on") and told.get("status") == ContractStatus.ACTIVE:
        told["status"] = ContractStatus.TERMINATED
    records.update(session, CONTRACT, contract_id, told, version)
    return project_open(session, contract_id)


def denounce(session: Session, contract_id: int, received: date, reason: str) -> None:
    """The notice was received by the provider that day: the contract ends with the period that it still can end."""
    contract = found(session, contract_id)
    if contract.denounced_on is not None:
        raise Refused(f"Ce contrat est déjà dénoncé, depuis le {day(contract.denounced_on)}.")
    if received > this_day():
        raise InvalidFields({"received": "Ce jour n’est pas encore passé."})
    written = clean_text(reason)
    if not written:
        raise InvalidFields({"reason": "Écrivez la raison\u00a0: elle restera avec le contrat."})
    line = f"Dénoncé le {day(received)}\u00a0: {written}"
    records.update(
        session,
        CONTRACT,
        contract_id,
        {
            "denounced_on": received,
            "status": ContractStatus.TERMINATED,
            "notes": joined(contract.notes, line, by="\n"),
        },
    )
