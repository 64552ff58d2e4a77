"""What a contract promises and covers, changed as one act: levels, hours, closings, perimeter (domain.md C, D)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.contract_parts import CLOSING_DAY, SERVICE_LEVEL
from app.entities.contracts import CONTRACT
from app.errors import InvalidFields
from app.fields import day
from app.fields.hours import Slot, checked_slots
from app.models import ClosingDay, CoverageSlot, ServiceLevel
from app.models.codes import ContractStatus, Priority
from app.services import records
from app.services.amendments import found, latest, on_day, steps
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


NAMES = ("take_minutes", "on_site_minutes", "restore_minutes")
UNSAID = "Écrivez au moins un délai, ou cochez «\u00a0Rien de promis\u00a0»."
NO_TAKE = "L’intervention sur site est promise, mais pas la prise en charge\u00a0: écrivez les deux."


@dataclass(frozen=True, slots=True)
class Level:
    """Targets of one priority, in working minutes; `nothing`: the contract says that it promises nothing for it."""

    priority: Priority
    take_minutes: int | None
    on_site_minutes: int | None
    restore_minutes: int | None
    nothing: bool = False

    @property
    def targets(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in NAMES}

    @property
    def is_blank(self) -> bool:
        return not any(value is not None for value in self.targets.values())


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """`levels` has the four priorities in their order; `closings` dicts of `id`, `first_day`, `last_day`, `label`."""

    levels: tuple[Level, ...]
    week: Week
    round_the_clock: bool
    closings: tuple[Mapping[str, Any], ...]


def service_terms(session: Session, contract_id: int, day: date | None = None) -> ServiceTerms:
    """As the contract was signed; with a `day`, as it stands that day."""
    contract = found(session, contract_id) if day is None else on_day(session, contract_id, day)
    of_levels, of_hours = (None, None) if day is None else latest(session, contract_id, day)
    return ServiceTerms(
        levels_in(session, contract_id, of_levels),
        week_in(session, contract_id, of_hours),
        contract.round_the_clock,
        tuple(_closings(session, contract_id)),
    )


def levels_in(session: Session, contract_id: int, amendment_id: int | None) -> tuple[Level, ...]:
    """The four levels as that amendment replaces them, or as the contract was signed."""
    rows = _levels(session, contract_id, amendment_id)
    kept = {level.priority: level for level in rows if level.deleted_at is None}
    return tuple(_level(kept[one]) if one in kept else Level(one, None, None, None) for one in Priority)


def _level(row: ServiceLevel) -> Level:
    made = Level(row.priority, row.take_minutes, row.on_site_minutes, row.restore_minutes)
    return replace(made, nothing=made.is_blank)


def week_in(session: Session, contract_id: int, amendment_id: int | None) -> Week:
    slots = _slots(session, contract_id, amendment_id)
    return tuple(tuple(sorted((s.opens, s.closes) for s in slots if s.weekday == d)) for d in range(7))


def _levels(session: Session, contract_id: int, amendment_id: int | None) -> list[ServiceLevel]:
    return list(
        session.scalars(
            select(ServiceLevel).where(
                ServiceLevel.contract_id == contract_id, ServiceLevel.amendment_id.is_(amendment_id)
            )
        )
    )


def _slots(session: Session, contract_id: int, amendment_id: int | None) -> list[CoverageSlot]:
    statement = select(CoverageSlot).where(
        CoverageSlot.contract_id == contract_id,
        CoverageSlot.amendment_id.is_(amendment_id),
        CoverageSlot.deleted_at.is_(None),
    )
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
    """Levels, hours and closings as signed, together; the open tickets are counted again. Gives how many they are.

    InvalidFields names « P2.restore_minutes », « day.0 » for Monday, or « closings ».
    """
    problems = wrong_levels(terms.levels) | wrong_week(terms.week)
    try:
        _save_closings(session, contract_id, terms)
    except InvalidFields as error:
        problems |= error.problems
    if problems:
        raise InvalidFields(problems)
    save_levels(session, contract_id, terms.levels)
    save_week(session, contract_id, terms.week)
    found(session, contract_id).round_the_clock = terms.round_the_clock
    session.flush()
    return project_open(session, contract_id)


def wrong_levels(levels: Sequence[Level]) -> dict[str, str]:
    """A sentence for each target that cannot stand, by « P2.restore_minutes ». With no level at all, none is asked."""
    told = [level for level in levels if level.nothing or not level.is_blank]
    problems: dict[str, str] = {}
    for level in levels if told else ():
        found_wrong = SERVICE_LEVEL.check(level.targets)
        if level.is_blank and not level.nothing:
            found_wrong = {"take_minutes": UNSAID}
        elif level.on_site_minutes is not None and level.take_minutes is None:
            found_wrong = {"take_minutes": NO_TAKE}
        problems |= {f"{level.priority.value}.{name}": sentence for name, sentence in found_wrong.items()}
    return problems


def wrong_week(week: Week) -> dict[str, str]:
    problems = {}
    for weekday, slots in enumerate(week):
        try:
            checked_slots(slots)
        except ValueError as error:
            problems[f"day.{weekday}"] = str(error)
    return problems


def save_levels(session: Session, contract_id: int, levels: Sequence[Level], amendment_id: int | None = None) -> None:
    """Levels that `wrong_levels` lets through; one left blank is taken away."""
    kept = {level.priority: level for level in _levels(session, contract_id, amendment_id)}
    for level in levels:
        row = kept.get(level.priority)
        if row is None and (level.nothing or not level.is_blank):
            row = ServiceLevel(contract_id=contract_id, amendment_id=amendment_id, priority=level.priority)
            session.add(row)
        if row is not None:
            gone = level.is_blank and not level.nothing
            row.deleted_at = (row.deleted_at or datetime.now(UTC)) if gone else None
            for name, value in level.targets.items():
                setattr(row, name, value)
    session.flush()


def save_week(session: Session, contract_id: int, week: Week, amendment_id: int | None = None) -> None:
    wanted = {(weekday, *slot) for weekday, slots in enumerate(week) for slot in slots}
    for slot in _slots(session, contract_id, amendment_id):
        if (slot.weekday, slot.opens, slot.closes) in wanted:
            wanted.remove((slot.weekday, slot.opens, slot.closes))
        else:
            slot.deleted_at = datetime.now(UTC)
    for weekday, opens, closes in sorted(wanted):
        session.add(
            CoverageSlot(
                contract_id=contract_id, amendment_id=amendment_id, weekday=weekday, opens=opens, closes=closes
            )
        )
    session.flush()


def _save_closings(session: Session, contract_id: int, terms: ServiceTerms) -> None:
    before = {one["id"] for one in _closings(session, contract_id)}
    problems = []
    taken: list[tuple[date, date]] = []
    for number, line in enumerate(terms.closings, 1):
        values = {name: line.get(name) for name in ("first_day", "last_day", "label")}
        values["last_day"] = values["last_day"] or values["first_day"]
        if told := _again(values, taken):
            problems.append(f"Fermeture {number}\u00a0: {told}")
            continue
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


def _again(values: Mapping[str, Any], taken: list[tuple[date, date]]) -> str:
    """Why this closing says twice the same days; it is then one of those `taken`."""
    first, last = values["first_day"], values["last_day"]
    if first is None or last is None:
        return ""
    other = next((one for one in taken if first <= one[1] and one[0] <= last), None)
    taken.append((first, last))
    return f"ces jours sont déjà fermés du {day(other[0])} au {day(other[1])}." if other else ""


def change(session: Session, contract_id: int, values: Mapping[str, Any], version: int | None = None) -> int:
    """Correct a contract; its open tickets are timed again. A date of denunciation ends a contract under way.

    Gives how many tickets were timed again.
    """
    told = dict(values)
    changed = steps(session, contract_id)
    if changed and (begins := told.get("starts_on")) and begins > changed[0]:
        raise InvalidFields({"starts_on": f"Un avenant vaut déjà depuis le {day(changed[0])}."})
    if told.get("denounced_on") and told.get("status") == ContractStatus.ACTIVE:
        told["status"] = ContractStatus.TERMINATED
    records.update(session, CONTRACT, contract_id, told, version)
    return project_open(session, contract_id)
