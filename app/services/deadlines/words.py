"""What a deadline is, and where it stands on a day: shape, colour and word (look.md « States »)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.codes import Code
from app.fields import fold
from app.models.deadline_codes import DeadlineKind as Kind

WEEK = 7
"""Days before the day to act from which a deadline is to be dealt with, and no longer only in sight."""
QUARTER = 90
ICONS: Mapping[Kind, str] = {
    Kind.NOTICE: "send",
    Kind.CONTRACT_END: "file-clock",
    Kind.WITHDRAWAL: "rotate-ccw",
    Kind.REVISION: "receipt-euro",
    Kind.HOURS: "timer",
    Kind.INVOICE: "banknote",
    Kind.PENALTY: "coins",
    Kind.CERTIFICATE: "file-check",
    Kind.DOCUMENT: "file-input",
    Kind.ACCESS: "lock-open",
    Kind.RETURN: "archive-restore",
    Kind.CONSULTATION: "scale",
    Kind.MEETING: "users",
    Kind.ACTION: "list-checks",
    Kind.WARRANTY: "shield",
    Kind.SUPPORT: "shield-off",
    Kind.LICENCE: "key-round",
    Kind.LOAN: "hand-coins",
    Kind.LOANER: "package-check",
    Kind.INVENTORY: "clipboard-list",
    Kind.EXPERTISE: "stethoscope",
    Kind.VISIT: "calendar-check",
    Kind.RESTORE: "hard-drive-download",
    Kind.REPORT: "file-chart-column",
    Kind.SCORECARD: "award",
    Kind.IMPROVEMENT: "check-check",
    Kind.REMINDER: "calendar-clock",
}


class State(Code):
    """`PAST` is of what merely ends, as a guarantee: nothing was failed, it stays until somebody says what becomes."""

    LATE = "late", "En retard", "bad", True
    TO_DO = "to_do", "À faire", "warn", True
    SOON = "soon", "Bientôt", "info"
    AHEAD = "ahead", "À venir", "mute"
    PAST = "past", "Passée", "mute"
    HANDLED = "handled", "Traitée", "ok"


class Group(Code):
    """The parts of the list."""

    LATE = "late", "En retard", "bad"
    MONTH = "month", "Ce mois"
    QUARTER = "quarter", "Dans les 90 jours"
    LATER = "later", "Plus tard"
    PAST = "past", "Passées"
    HANDLED = "handled", "Traitées"


@dataclass(frozen=True, slots=True)
class Lot:
    """Assets told in one line: those whose day lies in `low`..`high`, and whose supplier or system is `name` (None:
    whatever it is; "": not told)."""

    low: date
    high: date
    name: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """`mark` tells it from all others, and its next occurrence from it. `act_by` is the day to act, where it is not
    `due`; `lead` the days before it from which it is in sight. `entity` and `record_id` are what it opens, unless it is
    a `lot`. `handled_on` and `reason` once dealt with: `record_id` is then 0 if there is nothing left to open."""

    kind: Kind
    mark: str
    title: str
    why: str
    due: date
    lead: int
    entity: str
    record_id: int = 0
    act_by: date | None = None
    provider: str = ""
    contract: str = ""
    reference: str = ""
    count: int = 1
    lot: Lot | None = None
    handled_on: date | None = None
    reason: str = ""
    decided: bool = False
    """Of a notice, of an invoice: it is decided, what is left is to do it."""

    @property
    def acts(self) -> date:
        """The day to act."""
        return self.act_by or self.due

    @property
    def alert(self) -> date:
        """The first day on which it calls for attention."""
        return self.acts - timedelta(days=self.lead)

    @property
    def series(self) -> str:
        """The mark without its day: the same when the day is moved."""
        return self.mark.rpartition(":")[0]

    def state(self, today: date) -> State:
        if self.handled_on is not None:
            return State.HANDLED
        if today > self.due:
            return State.PAST if self.kind.tone == "mute" else State.LATE
        if today >= self.acts - timedelta(days=min(self.lead, WEEK)):
            return State.TO_DO
        return State.SOON if today >= self.alert else State.AHEAD

    def tone(self, today: date) -> str:
        """That of its state; the red is kept for what harms once missed."""
        state = self.state(today)
        return "warn" if state == State.LATE and self.kind.tone == "warn" else state.tone

    def group(self, today: date) -> Group:
        state = self.state(today)
        if state in {State.HANDLED, State.PAST, State.LATE}:
            return Group.of(state.value)
        if self.month(today) == f"{today:%Y-%m}":
            return Group.MONTH
        return Group.QUARTER if self.acts <= today + timedelta(days=QUARTER) else Group.LATER

    def month(self, today: date) -> str:
        """« 2026-12 », the month to act in; « late » once too late, "" once there is nothing to be late for."""
        state = self.state(today)
        if state in {State.HANDLED, State.PAST}:
            return ""
        return "late" if state == State.LATE else f"{max(self.acts, today):%Y-%m}"

    def holds(self, words: list[str]) -> bool:
        """Whether it tells each of these folded words."""
        told = fold(f"{self.kind.label} {self.title} {self.provider} {self.contract} {self.reference} {self.why}")
        return all(word in told for word in words)


def mark(kind: Kind, uuid: str, due: date, part: str = "") -> str:
    """« notice:3f2a…/2026-12-31:2026-09-30 »: `part` tells apart the deadlines of one record."""
    return f"{kind.value}:{uuid}{'/' if part else ''}{part}:{due.isoformat()}"


def pressing(found: list[Deadline], today: date) -> list[Deadline]:
    """Those late, or to be dealt with within the week: a guarantee that merely ended is not."""
    return [one for one in found if one.state(today) in {State.LATE, State.TO_DO}]
