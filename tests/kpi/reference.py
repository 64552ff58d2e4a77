"""Every indicator once more, slowly: plain Python over the plain rows of a base, from domain.md B alone. It shares no
code with what it judges, neither SQL nor rules nor calendars."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays
from sqlalchemy.orm import Session

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY, MINUTE = timedelta(days=1), 60
HOLIDAYS = country_holidays("FR")
Row = dict[str, Any]
Span = tuple[datetime, datetime]
Found = tuple[Fraction | None, int]
"""A value (hours, a share, a count) and n."""
NOTHING: Found = (None, 0)


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@cache
def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)


def days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True)
class Hours:
    """Slots (opening, closing) in minutes by weekday; None: always open."""

    slots: tuple[tuple[int, int, int], ...] | None
    closings: tuple[tuple[date, date], ...] = ()

    def of_day(self, day: date) -> list[Span]:
        return _of_day(self, day)

    def read(self, day: date) -> list[Span]:
        if self.slots is None:
            return [(midnight(day), midnight(day + ONE_DAY))]
        if day in HOLIDAYS or any(first <= day <= last for first, last in self.closings):
            return []
        wall = [(o, c) for weekday, o, c in sorted(self.slots) if weekday == day.weekday()]
        return [(self._at(day, o), self._at(day, c)) for o, c in wall]

    @staticmethod
    def _at(day: date, minutes: int) -> datetime:
        return datetime.combine(day, time(minutes // 60, minutes % 60), PARIS).astimezone(UTC)

    def open(self, start: datetime, end: datetime) -> list[Span]:
        """The open time from one moment to another."""
        first, last = start.astimezone(PARIS).date(), end.astimezone(PARIS).date()
        slots = [slot for day in days(first, last) for slot in self.of_day(day)]
        return cut(slots, start, end)

    def minutes(self, start: datetime, end: datetime, holes: Sequence[tuple[datetime, datetime | None]] = ()) -> int:
        kept = without(self.open(start, end), [(a, b or end) for a, b in holes]) if end > start else []
        return length(kept)

    def due(self, start: datetime, minutes: int, holes: Sequence[tuple[datetime, datetime | None]]) -> datetime | None:
        """When so many minutes were open outside the holes; None behind a hole without end."""
        closed = next((a for a, b in sorted(holes, key=lambda hole: hole[0]) if b is None), None)
        left, day = timedelta(minutes=minutes), start.astimezone(PARIS).date()
        while True:
            bounds = max(start, midnight(day)), midnight(day + ONE_DAY)
            for a, b in without(
                cut(self.of_day(day), *bounds), [(x, y or midnight(date(2099, 1, 1))) for x, y in holes]
            ):
                if b - a >= left:
                    return a + left
                left -= b - a
            if closed and bounds[1] > closed:
                return None
            day += ONE_DAY


@cache
def _of_day(hours: Hours, day: date) -> list[Span]:
    return hours.read(day)


ALWAYS = Hours(None)
USUAL = Hours(tuple((weekday, 540, 1080) for weekday in range(5)))


def cut(spans: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    return [(max(a, start), min(b, end)) for a, b in spans if max(a, start) < min(b, end)]


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    kept = list(spans)
    for x, y in holes:
        kept = [part for a, b in kept for part in ((a, min(b, x)), (max(a, y), b)) if part[0] < part[1]]
    return kept


def joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for a, b in sorted(spans):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return found


def length(spans: Iterable[Span]) -> int:
    return int(sum((b - a for a, b in spans), timedelta()).total_seconds()) // MINUTE


@dataclass
class Folded:
    """A ticket as its journal tells of it up to a moment."""

    row: Row
    opened: datetime
    priority: str | None = None
    taken: datetime | None = None
    on_site: datetime | None = None
    resolved: datetime | None = None
    cancelled: bool = False
    waits: list[list[Any]] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    contacts: int = 0
    transfers: int = 0
    reopenings: int = 0
    downs: list[list[Any]] = field(default_factory=list)

    def act(self, event: Row) -> None:  # noqa: C901 - all that an act may say, in one place
        at = moment(event["at"])
        assert at is not None
        kind, value = event["kind"], event["value"]
        if kind in {"taken", "on_site", "resolved", "final"}:
            self.taken = self.taken or at
        if kind == "on_site":
            self.on_site = self.on_site or at
        if kind in {"opened", "priority"}:
            self.priority = value
        self.contacts += kind == "contact"
        self.transfers += kind == "transferred"
        self.cancelled |= kind == "cancelled"
        if kind == "wait_started":
            self.waits.append([at, None, bool(event["stops_clock"]), event["wait_reason"]])
        if kind in {"wait_ended", "resolved", "cancelled"} or (kind == "final" and not self.resolved):
            reason = event["wait_reason"] if kind == "wait_ended" else None
            for wait in self.waits:
                if wait[1] is None and reason in {None, wait[3]}:
                    wait[1] = at
        if (kind == "resolved" and (value != "workaround" or event["stops_clock"])) or (
            kind == "final" and not self.resolved
        ):
            self.resolved = at
        if kind == "reopened":
            self.reopenings += 1
            self.gaps += [(self.resolved, at)] if self.resolved else []
            self.resolved = None
        if kind == "down" and not (self.downs and self.downs[-1][1] is None):
            self.downs.append([at, None])
        if kind in {"up", "cancelled"} and self.downs and self.downs[-1][1] is None:
            self.downs[-1][1] = at

    def pauses(self, before: datetime | None) -> list[tuple[datetime, datetime | None]]:
        """When the clock stood still, begun before an act."""
        held = [(start, end) for start, end, stops, _ in self.waits if stops]
        return [one for one in [*held, *self.gaps] if before is None or one[0] < before]


@dataclass(frozen=True)
class Ask:
    start: date
    end: date
    now: datetime
    contract: int | None = None
    provider: int | None = None
    site: int | None = None
    family: int | None = None
    priority: str | None = None
    working: bool = True

    @property
    def since(self) -> datetime:
        return midnight(self.start)

    @property
    def cutoff(self) -> datetime:
        return min(midnight(self.end + ONE_DAY), self.now)

    @property
    def known(self) -> date:
        """The last day begun before now."""
        return (self.now - timedelta(seconds=1)).astimezone(PARIS).date()

    @property
    def today(self) -> date:
        return self.now.astimezone(PARIS).date()

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.cutoff


class Company:
    """The rows of a base that are not in the bin."""

    def __init__(self, session: Session) -> None:
        self._read: Callable[[str], Any] = session.connection().exec_driver_sql
        self._kept: dict[str, list[Row]] = {}
        self.by_id: Callable[[str], dict[int, Row]] = cache(self._by_id)
        self.hours: Callable[[int | None, date], Hours] = cache(self._hours)
        self.covering: Callable[[int, date], int | None] = cache(self._covering)
        self._then: dict[tuple[int, datetime], Folded | None] = {}
        self._stood: dict[tuple[Ask, bool], list[Folded]] = {}

    def rows(self, table: str) -> list[Row]:
        if table not in self._kept:
            every = self._read(f"SELECT * FROM {table} ORDER BY id").mappings()  # noqa: S608 - a name of ours
            self._kept[table] = [dict(row) for row in every if row["deleted_at"] is None]
        return self._kept[table]

    def _by_id(self, table: str) -> dict[int, Row]:
        return {row["id"]: row for row in self.rows(table)}

    @cached_property
    def acts(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for event in sorted(self.rows("ticket_event"), key=lambda one: (one["at"], one["id"])):
            found.setdefault(event["ticket_id"], []).append(event)
        return found

    def amended(self, contract: int, day: date, what: str) -> int | None:
        """The last amendment in effect that replaces the hours, or the levels."""
        signed = [
            (row["effective_on"], row["number"], row["id"])
            for row in self.rows("amendment")
            if row["contract_id"] == contract and row["status"] == "signed" and row[f"replaces_{what}"]
            and row["effective_on"] <= day.isoformat()
        ]  # fmt: skip
        return max(signed)[2] if signed else None

    def _hours(self, contract: int | None, day: date) -> Hours:
        if contract is None:
            return USUAL
        terms = self.by_id("contract")[contract]
        if terms["round_the_clock"]:
            return ALWAYS
        source = self.amended(contract, day, "hours")
        slots = [
            (row["weekday"], row["opens"], row["closes"])
            for row in self.rows("coverage_slot")
            if (row["contract_id"], row["amendment_id"]) == (contract, source)
        ]
        closed = [
            (date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))
            for row in self.rows("closing_day")
            if row["contract_id"] == contract
        ]
        return Hours(tuple(slots), tuple(closed))

    def promised(self, contract: int | None, day: date, priority: str | None, what: str) -> int | None:
        if contract is None:
            return None
        source = self.amended(contract, day, "levels")
        told = [
            row[f"{what}_minutes"]
            for row in self.rows("service_level")
            if (row["contract_id"], row["amendment_id"], row["priority"]) == (contract, source, priority)
        ]
        return told[0] if told else None

    def _covering(self, asset: int, day: date) -> int | None:
        """The contract in force that covers the asset, the latest cover first."""
        held = [
            row for row in self.rows("covered_asset")
            if row["asset_id"] == asset and row["since"] <= day.isoformat() <= (row["until"] or "9999")
        ]  # fmt: skip
        held.sort(key=lambda row: (row["since"], row["id"]), reverse=True)
        return next((row["contract_id"] for row in held if self.binds(row["contract_id"], day)), None)

    def binds(self, contract: int, day: date) -> bool:
        row = self.by_id("contract").get(contract)
        if row is None or row["status"] == "draft" or day.isoformat() < row["starts_on"]:
            return False
        return day <= self.ends(contract)

    def ends(self, contract: int) -> date:
        """Its last day; contracts begin on the first of a month."""
        row = self.by_id("contract")[contract]
        months = int(row["starts_on"][:4]) * 12 + int(row["starts_on"][5:7]) - 1 + row["initial_months"]
        return date.max if row["renewal"] != "none" else date(months // 12, months % 12 + 1, 1) - ONE_DAY

    # What an ask keeps

    def contract_in(self, ask: Ask, contract: int | None) -> bool:
        if ask.contract is not None and contract != ask.contract:
            return False
        return ask.provider is None or self.by_id("contract").get(contract or 0, {}).get("provider_id") == ask.provider

    def asset_in(self, ask: Ask, asset: int | None) -> bool:
        if ask.site is None and ask.family is None:
            return True
        row = self.by_id("asset").get(asset or 0, {})
        return (ask.site in {None, row.get("site_id")}) and (ask.family in {None, row.get("family_id")})

    def work_in(self, ask: Ask, done: Row) -> bool:
        """Of an intervention: its ticket, else its visit."""
        if done["ticket_id"] is not None:
            ticket = self.by_id("ticket")[done["ticket_id"]]
            return self.contract_in(ask, ticket["contract_id"]) and self.asset_in(ask, ticket["asset_id"])
        return self.visit_in(ask, self.by_id("visit")[done["visit_id"]])

    def visit_in(self, ask: Ask, visit: Row) -> bool:
        asset = self.by_id("asset").get(visit["asset_id"] or 0, {})
        task = self.by_id("maintenance_task").get(visit["task_id"] or 0, {})
        return (
            self.contract_in(ask, visit["contract_id"])
            and ask.site in {None, visit["site_id"], asset.get("site_id")}
            and ask.family in {None, task.get("family_id"), asset.get("family_id")}
        )

    def tickets(self, ask: Ask, *, scoped: bool = True) -> list[Folded]:
        """As they stood, cancelled ones left out."""
        if (ask, scoped) not in self._stood:
            self._stood[ask, scoped] = self._tickets(ask, scoped)
        return self._stood[ask, scoped]

    def _tickets(self, ask: Ask, scoped: bool) -> list[Folded]:
        found = []
        for row in self.rows("ticket"):
            opened = moment(self.acts[row["id"]][0]["at"] if row["id"] in self.acts else None)
            told = self.folded(row, ask.now)
            if opened is None or told is None or told.cancelled:
                continue
            kept = self.contract_in(ask, row["contract_id"]) and self.asset_in(ask, row["asset_id"])
            if not scoped or (kept and ask.priority in {None, told.priority}):
                found.append(told)
        return found

    def folded(self, row: Row, now: datetime) -> Folded | None:
        key = row["id"], now
        if key not in self._then:
            self._then[key] = self._folded(row, now)
        return self._then[key]

    def _folded(self, row: Row, now: datetime) -> Folded | None:
        acts = [one for one in self.acts.get(row["id"], []) if moment(one["at"]) < now]  # type: ignore[operator]
        opening = next((one for one in acts if one["kind"] == "opened"), None)
        if opening is None:
            return None
        opened = moment(opening["at"])
        assert opened is not None
        told = Folded(row, opened)
        for one in acts:
            told.act(one)
        return told

    def of(self, ticket: Folded) -> Hours:
        return self.hours(ticket.row["contract_id"], ticket.opened.astimezone(PARIS).date())

    def due(self, ticket: Folded, what: str) -> datetime | None:
        actual = {"take": ticket.taken, "on_site": ticket.on_site, "restore": ticket.resolved}[what]
        day = ticket.opened.astimezone(PARIS).date()
        target = self.promised(ticket.row["contract_id"], day, ticket.priority, what)
        if target is None or (what == "on_site" and ticket.resolved and not ticket.on_site):
            return None
        return self.of(ticket).due(ticket.opened, target, [] if what == "take" else ticket.pauses(actual))
