"""What the inventories tell of the security of the fleet, check by check; and of one asset.

`summary` is what the page, the home page and the report read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import NBSP, PARIS, counted, day, joined, number
from app.jobs import Job
from app.models import Asset, Family, Survey
from app.models.codes import AssetStatus
from app.rules.support import state
from app.services import export, surveys
from app.services.listing import default_query
from app.services.security_checks import BY_KEY, CHECKS, COMPUTER, LAST_SEEN, Check, Gravity, limits
from app.storage import Store

KEPT = (Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check over the fleet. Of the `concerned` assets, nothing is known of `unknown`, which are never counted as
    good; `count` are at fault. `detail` tells some of those apart: « dont 4 portables », `unsaid` the others in words:
    « 3 non relevés »."""

    key: str
    title: str
    gravity: Gravity
    icon: str
    count: int
    unknown: int
    concerned: int
    why: str
    advice: str
    detail: str = ""
    unsaid: str = ""

    @property
    def known(self) -> int:
        return self.concerned - self.unknown

    @property
    def share(self) -> Decimal | None:
        """Of those at fault among those known, from 0 to 1; None while nothing is known."""
        return Decimal(self.count) / self.known if self.known else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Kept computers, those that an inventory tool described, and the days of the oldest and newest survey in force."""

    computers: int
    surveyed: int
    oldest: date | None
    newest: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of one asset: its value in words (may be empty), the word and tone of its badge (« mute »: not known);
    `wrong` when it calls for an act."""

    label: str
    value: str
    word: str
    tone: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class AssetSecurity:
    """The facts of one asset, none if no check concerns it; `survey` says by what and when it was described."""

    lines: tuple[Line, ...]
    survey: str


def _source() -> FromClause:
    return Asset.__table__.join(Family.__table__, Family.id == Asset.family_id).outerjoin(  # type: ignore[no-any-return]
        Survey.__table__, Survey.id == surveys.of_row()
    )


def _sum(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)


def summary(session: Session, today: date) -> tuple[Finding, ...]:
    """Every check, the gravest first, in one reading of the inventory."""
    at = limits(session, today)
    columns: list[ColumnElement[int]] = []
    for check in CHECKS:
        wrong = (check.concerned, check.known, check.wrong(at))
        columns += [_sum(check.concerned), _sum(check.concerned, check.known), _sum(*wrong)]
        columns += [_sum(*wrong, part) for _, _, part in check.parts]
    counts = iter(session.execute(select(*columns).select_from(_source()).where(*KEPT)).one())
    return tuple(_finding(check, [next(counts) for _ in range(3 + len(check.parts))]) for check in CHECKS)


def _finding(check: Check, counts: Sequence[int]) -> Finding:
    concerned, known, wrong, *parts = counts
    told = [counted(count, one, many) for count, (one, many, _) in zip(parts, check.parts, strict=True) if count]
    unknown = concerned - known
    return Finding(
        check.key,
        check.title,
        check.gravity,
        check.icon,
        wrong,
        unknown,
        concerned,
        check.why,
        check.advice,
        f"dont {', '.join(told)}" if told else "",
        counted(unknown, *check.unsaid) if unknown else "",
    )


def assets(session: Session, key: str, today: date) -> tuple[int, ...]:
    """The assets at fault in a check."""
    check = BY_KEY[key]
    return _ids(session, check.concerned, check.known, check.wrong(limits(session, today)))


def export_job(store: Store, key: str, path: Path, today: date) -> Job[int]:
    """The assets at fault in a check, as a workbook (or .csv) that says what they are; gives how many."""
    check, entity = BY_KEY[key], ENTITIES["asset"]
    with store.read() as session:
        ids = assets(session, key, today)
    query = replace(default_query(entity), columns=(*entity.shown, *check.columns), ids=ids)
    notes = (f"{check.title}. {check.why} {check.advice}",)
    return (yield from export.list_job(store, entity, path, query=query, title=check.title, notes=notes))


def unknown_assets(session: Session, key: str) -> tuple[int, ...]:
    """Those of which nothing is known in a check."""
    check = BY_KEY[key]
    return _ids(session, check.concerned, check.known.isnot(True))


def _ids(session: Session, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
    statement = select(Asset.id).select_from(_source()).where(*KEPT, *conditions).order_by(Asset.number)
    return tuple(session.scalars(statement))


def without_antivirus() -> Select[int]:
    """The assets of the check « Antivirus absent », found from the few surveys that say so: quick enough for the home
    page."""
    told = (Survey.deleted_at.is_(None), Survey.antivirus.is_(None), Survey.antivirus_on.is_(False))
    return (
        select(Asset.id)
        .select_from(Survey)
        .join(Asset, Asset.id == Survey.asset_id)
        .where(*told, *KEPT, Survey.id == surveys.of_row())
        .order_by(Asset.number)
    )


def coverage(session: Session) -> Coverage:
    taken = func.substr(Survey.taken_at, 1, 10)
    statement = select(
        func.count(), func.count(Survey.id), func.min(taken), func.max(taken)
    ).select_from(_source()).where(*KEPT, COMPUTER)  # fmt: skip
    computers, surveyed, oldest, newest = session.execute(statement).one()
    return Coverage(computers, surveyed, _day(oldest), _day(newest))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# One asset


def of_asset(session: Session, asset_id: int, today: date) -> AssetSecurity:
    """What is known of the security of one asset, by the very checks of the summary."""
    at = limits(session, today)
    flags = [
        case(
            (and_(one.concerned, one.known, one.wrong(at)), "wrong"),
            (and_(one.concerned, one.known), "ok"),
            (one.concerned, "unknown"),
        ).label(one.key)
        for one in CHECKS
    ]
    statement = select(Asset, Survey, LAST_SEEN, *flags).select_from(_source()).where(Asset.id == asset_id)
    row = session.execute(statement).one_or_none()
    if row is None:
        return AssetSecurity((), "")
    asset, survey, seen, *states = row
    found = dict(zip((one.key for one in CHECKS), states, strict=True))
    facts = _Facts(asset, survey or Survey(), _day(seen), today)
    lines = (_line(topic, found, facts) for topic in _TOPICS)
    told = f"Relevé du {day(survey.taken_at.astimezone(PARIS).date())}" if survey else "Aucun relevé"
    return AssetSecurity(tuple(line for line in lines if line), told)


@dataclass(frozen=True, slots=True)
class _Facts:
    """`survey` is an empty one when there is none: a value is asked for only when it is known."""

    asset: Asset
    survey: Survey
    seen: date | None
    today: date


@dataclass(frozen=True, slots=True)
class _Topic:
    """One line: the checks it sums up, its value in words, its word and tone when all is well."""

    label: str
    checks: tuple[str, ...]
    value: Callable[[_Facts], str]
    well: Callable[[_Facts], tuple[str, str]]


def _well(word: str) -> Callable[[_Facts], tuple[str, str]]:
    return lambda _: (word, "ok")


def _followed(known: _Facts) -> tuple[str, str]:
    """How far the end of support is, the more so as it comes near."""
    found = state(known.asset.support_end, known.today)
    return found.label, found.tone


def _antivirus(known: _Facts) -> str:
    survey = known.survey
    fault = "inactif" if survey.antivirus_on is False else "pas à jour" if survey.antivirus_current is False else ""
    return joined(survey.antivirus, fault, by=", ") if survey.antivirus else ""


def _disk(known: _Facts) -> str:
    survey = known.survey
    return f"{number(survey.disk_free_gb)}{NBSP}Go libres sur {number(survey.disk_total_gb)}{NBSP}Go"


def _battery(known: _Facts) -> str:
    return f"{number(known.survey.battery_health)}{NBSP}% de sa capacité"


_TOPICS = (
    _Topic("Fin de support", ("support-ended", "support-ending"), lambda it: day(it.asset.support_end), _followed),
    _Topic("Antivirus", ("antivirus-absent", "antivirus-off"), _antivirus, _well("Actif")),
    _Topic("Pare-feu", ("firewall-off",), lambda _: "", _well("Actif")),
    _Topic("Disque chiffré", ("disk-clear",), lambda _: "", _well("Chiffré")),
    _Topic("Place libre", ("disk-full",), _disk, _well("Suffisante")),
    _Topic("Batterie", ("battery-worn",), _battery, _well("Bonne")),
    _Topic("Vu en dernier", ("unseen",), lambda it: day(it.seen), _well("Récemment")),
)


def _line(topic: _Topic, found: dict[str, str | None], known: _Facts) -> Line | None:
    states = [found[key] for key in topic.checks]
    if not any(states):
        return None
    wrong = next((BY_KEY[key] for key in topic.checks if found[key] == "wrong"), None)
    if wrong:
        return Line(topic.label, topic.value(known), wrong.word, wrong.gravity.tone, wrong=True)
    if "ok" in states:
        return Line(topic.label, topic.value(known), *topic.well(known))
    unsaid = BY_KEY[topic.checks[0]].unsaid[0]
    return Line(topic.label, "", unsaid[0].upper() + unsaid[1:], "mute")
