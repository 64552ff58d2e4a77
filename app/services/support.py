"""Ends of support: the table of the base, the bundled one it comes from, and the dates of the assets (domain.md F.2).

`support_end_for` answers for one system; it reads the table once in a session, so that an import may ask it for each
line. The rows are the company's own: what was corrected by hand stays when a newer table comes with the program.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.fields import counted, day, this_day
from app.jobs import Job, Progress
from app.models import Asset, History, Setting, SupportEnd
from app.models.codes import AssetStatus
from app.paths import resource
from app.rules.support import Match, Row, match
from app.services import preferences

BUNDLED = "support_table"
"""Where the base keeps the day of the bundled table it last took, in ISO."""
BATCH = 500
_TABLE, _FOUND = "support_rows", "support_found"
_FIELDS = ("product", "cycle", "edition", "builds", "ends_on", "standard_on", "extended_on")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The table that comes with the program: its day, where it is from, its rows as values by their code."""

    on: date
    source: str
    rows: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Updated:
    """Rows of the table; `kept` were corrected by hand, or put in the bin, and stay so."""

    added: int
    changed: int
    kept: int


@dataclass(frozen=True, slots=True)
class System:
    """A system as inventories write it, how many assets have it, what the table tells of it."""

    name: str
    version: str
    count: int
    told: Match


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Assets whose date was empty, came from the table and changed, or was typed and stays; `unknown` have a system
    whose end the table cannot tell."""

    filled: int
    corrected: int
    kept: int
    unknown: int

    @property
    def sentence(self) -> str:
        """« 12 dates remplies, 3 corrigées ; 2 saisies à la main gardées ; 1 système sans date connue. »."""
        told = f"{counted(self.filled, 'date remplie', 'dates remplies')}, "
        told += counted(self.corrected, "corrigée", "corrigées")
        if self.kept:
            told += f"\u00a0; {counted(self.kept, 'saisie à la main gardée', 'saisies à la main gardées')}"
        if self.unknown:
            told += f"\u00a0; {counted(self.unknown, 'bien sans date connue', 'biens sans date connue')}"
        return f"{told}."


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def bundle() -> Bundle:
    told = json.loads(resource("fins-de-support.json").read_text(encoding="utf-8"))
    on = date.fromisoformat(told["donnees_au"])
    source = f"endoflife.date au {day(on)}"
    return Bundle(on, source, {one["code"]: {**_values(one), "source": source} for one in told["fins"]})


def _values(one: dict[str, str | None]) -> dict[str, Any]:
    return {
        "product": one["produit"],
        "cycle": one["cycle"],
        "edition": one["editions"],
        "builds": one["versions"],
        "ends_on": _day(one["fin"]),
        "standard_on": _day(one["standard"]),
        "extended_on": _day(one["prolonge"]),
    }


def _listed(values: dict[str, Any]) -> str:
    """What a table says of a row, in one line to compare."""
    return "|".join(str(values[name] or "") for name in _FIELDS)


# The table of the base


def install(session: Session) -> None:
    """Give a new base the bundled table."""
    for code, values in bundle().rows.items():
        session.add(SupportEnd(code=code, listed=_listed(values), **values))
    preferences.keep(session, BUNDLED, bundle().on.isoformat())


def newer(session: Session, than: Bundle | None = None) -> date | None:
    """The day of the bundled table, when the base holds an older one."""
    kept, on = session.get(Setting, BUNDLED), (than or bundle()).on
    return on if kept is None or kept.value < on.isoformat() else None


def update_table(session: Session, by: Bundle | None = None) -> Updated:
    """Take the bundled table; rows corrected by hand or put in the bin stay as they are."""
    given = by or bundle()
    own = {row.code: row for row in session.scalars(select(SupportEnd).where(SupportEnd.code.is_not(None)))}
    added = changed = kept = 0
    for code, values in given.rows.items():
        row = own.get(code)
        if row is None:
            session.add(SupportEnd(code=code, listed=_listed(values), **values))
            added += 1
        elif row.deleted_at is not None or row.listed != _listed({name: getattr(row, name) for name in _FIELDS}):
            kept += 1
        elif row.listed != _listed(values):
            for name, value in {**values, "listed": _listed(values)}.items():
                setattr(row, name, value)
            changed += 1
        else:
            row.source = values["source"]
    preferences.keep(session, BUNDLED, given.on.isoformat())
    _forget(session)
    return Updated(added, changed, kept)


def _forget(session: Session) -> None:
    session.info.pop(_TABLE, None)
    session.info.pop(_FOUND, None)


def rows(session: Session) -> list[Row]:
    """The table, read once in a session."""
    if _TABLE not in session.info:
        own = SupportEnd
        statement = select(own.product, own.cycle, own.ends_on, own.edition, own.builds).where(own.deleted_at.is_(None))
        session.info[_TABLE] = [Row(p, c, end, e or "", b or "") for p, c, end, e, b in session.execute(statement)]
    found: list[Row] = session.info[_TABLE]
    return found


def find(session: Session, system: str | None, version: str | None, today: date | None = None) -> Match:
    """What the table says of a system as an inventory writes it, and why; worked out once in a session."""
    found: dict[Any, Match] = session.info.setdefault(_FOUND, {})
    key = (system, version, today)
    if key not in found:
        found[key] = match(system, version, rows(session), today or this_day())
    return found[key]


def support_end_for(session: Session, system: str | None, version: str | None) -> date | None:
    """The last day of support, or None when the table cannot tell it for sure."""
    return find(session, system, version).end


# The dates of the assets


def refresh(session: Session, today: date | None = None) -> Job[Refreshed]:
    """Write the ends of support of the assets that are kept, from the table.

    A date comes from the table when the table has it, or had it once, for a version of that product; any other was
    typed by hand and stays.
    """
    _forget(session)
    given = _days_given(session)
    changes: dict[date | None, list[int]] = defaultdict(list)
    filled = corrected = kept = unknown = 0
    for asset_id, system, version, end in _dated(session):
        told = find(session, system, version, today)
        if not told.sure or (told.end is None and end is None):
            unknown += end is None
        elif end is not None and end not in given[told.product]:
            kept += end != told.end
        elif end != told.end:
            changes[told.end].append(asset_id)
            filled += end is None
            corrected += end is not None
    yield from _write(session, changes, filled + corrected)
    return Refreshed(filled, corrected, kept, unknown)


def systems(session: Session, today: date) -> tuple[System, ...]:
    """The systems of the kept assets without date, the most frequent first."""
    own = Asset
    statement = (
        select(own.system, own.system_version, func.count().label("n"))
        .where(
            own.deleted_at.is_(None),
            own.status != AssetStatus.RETIRED,
            own.system.is_not(None),
            own.support_end.is_(None),
        )
        .group_by(own.system, own.system_version)
        .order_by(func.count().desc(), own.system, own.system_version)
    )
    return tuple(
        System(system or "", version or "", count, find(session, system, version, today))
        for system, version, count in session.execute(statement)
    )


def undated(session: Session, today: date) -> int:
    """How many kept assets have no date though the table can tell it: what `refresh` would fill."""
    return sum(one.count for one in systems(session, today) if one.told.end)


def having(session: Session, system: str, version: str) -> tuple[int, ...]:
    """The kept assets without date that have this very system."""
    own = Asset
    wanted = select(own.id).where(
        own.deleted_at.is_(None),
        own.status != AssetStatus.RETIRED,
        own.support_end.is_(None),
        own.system == system,
        func.coalesce(own.system_version, "") == version,
    )
    return tuple(session.scalars(wanted.order_by(own.number)))


def _dated(session: Session) -> Iterator[Any]:
    own = Asset
    statement = select(own.id, own.system, own.system_version, own.support_end).where(
        own.deleted_at.is_(None), own.status != AssetStatus.RETIRED, own.system.is_not(None)
    )
    yield from session.execute(statement).all()


def _days_given(session: Session) -> dict[str, set[date | None]]:
    """The days that each product has or had in the table: as it came, as it stands, as it was before a correction."""
    given: dict[str, set[date | None]] = defaultdict(set)
    for product, end, listed in session.execute(select(SupportEnd.product, SupportEnd.ends_on, SupportEnd.listed)):
        given[product].add(end)
        if listed:
            given[product].add(_day(listed.split("|")[_FIELDS.index("ends_on")]))
    before = select(History.before).where(
        History.table_name == SupportEnd.__tablename__, History.kind == "update", History.before.is_not(None)
    )
    for text in session.scalars(before):
        was = json.loads(text or "{}")
        given[was.get("product") or ""].add(_day(was.get("ends_on")))
    return given


def _write(session: Session, changes: dict[date | None, list[int]], total: int) -> Job[None]:
    done = 0
    for end, wanted in changes.items():
        for start in range(0, len(wanted), BATCH):
            some = wanted[start : start + BATCH]
            session.execute(update(Asset).where(Asset.id.in_(some)).values(support_end=end))
            done += len(some)
            yield Progress(done, total, "Fins de support des biens")
    session.expire_all()
