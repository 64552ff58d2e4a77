"""What is read of the backups followed: the list with its state, one plan point by point, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, day, span
from app.models import Asset, BackupPlan, Visit
from app.models.upkeep_codes import BackupState, TaskKind, VisitResult, VisitStatus
from app.rules.backup import Answer, Copies, beyond, due_on
from app.rules.backup import points as answers
from app.services.backups.columns import CHECK, TEST, check_every, last, restored_every, state

PLANS = BackupPlan.__table__
GRACE = 30
"""Days given to a plan just recorded for its first test."""
KEPT = BackupPlan.deleted_at.is_(None)
TONES = {Answer.YES: "ok", Answer.NO: "bad", Answer.UNKNOWN: "mute"}


@dataclass(frozen=True, slots=True)
class Followed:
    """A backup on a day. The last check and the last test with how they ended; `check_due` and `test_due` are the
    last days to do the next ones, None where none is expected."""

    id: int
    uuid: str
    number: str
    label: str
    asset: str
    owner: str
    state: BackupState
    checked_on: date | None
    check_result: VisitResult | None
    check_due: date | None
    tested_on: date | None
    test_result: VisitResult | None
    test_due: date


@lru_cache(maxsize=2)
def _all(today: date) -> Select[Any]:
    """Kept: with so many parts, it is longer to write than to run."""
    return (
        select(
            BackupPlan, Asset.number.label("asset"), state(PLANS, today).label("state"),
            last(PLANS, CHECK, "done_on").label("checked_on"), last(PLANS, CHECK, "result").label("check_result"),
            last(PLANS, CHECK, "done_on", good=True).label("good_check"), check_every(PLANS).label("check_every"),
            last(PLANS, TEST, "done_on").label("tested_on"), last(PLANS, TEST, "result").label("test_result"),
            last(PLANS, TEST, "done_on", good=True).label("good_test"), restored_every(PLANS).label("test_every"),
        )
        .outerjoin(Asset, Asset.id == BackupPlan.asset_id)
        .where(KEPT)
    )  # fmt: skip


def followed(session: Session, today: date, *wanted: Any) -> list[Followed]:
    """The gravest first, then by name; `wanted` are conditions on BackupPlan."""
    rows = session.execute(_all(today).where(*wanted))
    order = list(BackupState)
    return sorted((_followed(row) for row in rows), key=lambda one: (order.index(one.state), one.label))


def _followed(row: Any) -> Followed:
    plan: BackupPlan = row.BackupPlan
    since = plan.created_at.astimezone(PARIS).date()
    every = row.check_every
    return Followed(
        plan.id, plan.uuid, plan.number, plan.label, row.asset or "", plan.owner or "", row.state, row.checked_on,
        row.check_result, None if every is None else due_on(row.good_check, since, every, every), row.tested_on,
        row.test_result, due_on(row.good_test, since, row.test_every, GRACE),
    )  # fmt: skip


def one(session: Session, plan_id: int, today: date) -> Followed:
    return followed(session, today, BackupPlan.id == plan_id)[0]


def in_state(session: Session, today: date, *states: BackupState) -> tuple[int, ...]:
    """The plans that stand so."""
    return tuple(one.id for one in followed(session, today) if one.state in states)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the rule 3-2-1-1-0: its words, what is so, and the tone of the answer."""

    label: str
    told: str
    tone: str


def points(plan: BackupPlan, followed: Followed) -> tuple[Point, ...]:
    """The five points, in words."""
    restored = None if followed.test_result is None else followed.test_result != VisitResult.FAILED
    found = answers(Copies(plan.copies, plan.media, plan.offsite, plan.offline, restored))
    labels = (
        "3 copies, l’original compris",
        "2 supports différents",
        "1 copie hors du site",
        "1 copie débranchée ou inaltérable",
        "0 erreur à la restauration",
    )
    told = (
        _many(plan.copies, "copie"),
        _many(plan.media, "support"),
        _said(plan.offsite),
        _said(plan.offline),
        _restored(followed),
    )
    return tuple(Point(label, words, TONES[answer]) for label, words, answer in zip(labels, told, found, strict=True))


def _many(count: int | None, word: str) -> str:
    return "Non dit" if count is None else counted(count, word)


def _said(told: bool | None) -> str:
    return "Non dit" if told is None else "Oui" if told else "Non"


def _restored(followed: Followed) -> str:
    if followed.tested_on is None or followed.test_result is None:
        return "Jamais essayé"
    ended = "Échec" if followed.test_result == VisitResult.FAILED else "Réussi"
    return f"{ended} le {day(followed.tested_on)}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A promise and what the last test measured: « 2 h 10 », « au plus 4 h 00 », kept, or beyond by how much."""

    label: str
    measured: str
    allowed: str
    told: str
    tone: str


def promises(session: Session, plan: BackupPlan) -> tuple[Measure, Measure]:
    """The time to restore (RTO) and the age of what came back (RPO), from the last test that measured each."""
    return (
        _measure(session, plan, "Temps de restauration (RTO)", Visit.measured_minutes, plan.rto_minutes),
        _measure(session, plan, "Données perdues, au plus (RPO)", Visit.lost_minutes, plan.rpo_minutes),
    )


def _measure(session: Session, plan: BackupPlan, label: str, column: Any, allowed: int | None) -> Measure:
    wanted = select(column).where(*_of(plan.id), Visit.kind == TEST, column.is_not(None))
    found = session.scalar(wanted.order_by(Visit.done_on.desc(), Visit.id.desc()).limit(1))
    over = beyond(found, allowed)
    told, tone = ("Non mesuré", "mute") if found is None else ("Sans engagement", "mute")
    if over is not None:
        told, tone = ("Tenu", "ok") if over <= 0 else (f"Dépassé de {span(over)}", "bad")
    return Measure(label, span(found), f"au plus {span(allowed)}" if allowed else "", told, tone)


@dataclass(frozen=True, slots=True)
class Seen:
    """A check or a test that was done. `over` when the test went beyond a promise of the plan."""

    id: int
    number: str
    kind: TaskKind
    on: date
    result: VisitResult | None
    who: str
    measured: int | None
    lost: int | None
    over: bool
    notes: str


def _of(plan_id: int) -> tuple[Any, ...]:
    return Visit.backup_plan_id == plan_id, Visit.status == VisitStatus.DONE, Visit.deleted_at.is_(None)


def history(session: Session, plan: BackupPlan, limit: int = 60) -> Sequence[Seen]:
    """What was done for a plan, newest first."""
    wanted = select(Visit).where(*_of(plan.id)).order_by(Visit.done_on.desc(), Visit.id.desc()).limit(limit)
    return [_seen(plan, visit) for visit in session.scalars(wanted)]


def _seen(plan: BackupPlan, visit: Visit) -> Seen:
    over = [beyond(visit.measured_minutes, plan.rto_minutes), beyond(visit.lost_minutes, plan.rpo_minutes)]
    return Seen(
        visit.id, visit.number, visit.kind, visit.done_on or visit.planned_on, visit.result, visit.technician or "",
        visit.measured_minutes, visit.lost_minutes, any(one is not None and one > 0 for one in over),
        visit.notes or "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """A plan for its pane; `failure` is the last check or test when it failed."""

    followed: Followed
    points: tuple[Point, ...]
    promises: tuple[Measure, Measure]
    failure: Seen | None


def view(session: Session, plan_id: int, today: date) -> View | None:
    """None in the bin."""
    plan = session.get_one(BackupPlan, plan_id)
    if plan.deleted_at is not None:
        return None
    stands = one(session, plan_id, today)
    ended = {seen.kind: seen for seen in reversed(history(session, plan))}
    failed = [seen for seen in ended.values() if seen.result == VisitResult.FAILED]
    latest = max(failed, key=lambda seen: seen.on, default=None)
    return View(stands, points(plan, stands), promises(session, plan), latest)
