"""Where each line, figure and step of the home page leads: found when it is pressed, not when the page is drawn."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.kpi import REGISTRY
from app.models import Asset, Ticket
from app.models.codes import AssetStatus
from app.models.deadline_codes import DeadlineKind
from app.services import licences, security
from app.services.home import bills, copies, facts, lent, opinions, rights
from app.services.home.facts import Clock
from app.services.journal import STILL_OPEN
from app.services.listing import Filter, Query, default_query

MOST_NAMED = 30_000
LISTS = {
    "campaigns": "campaign",
    "deliverables": "received_document",
    "expertises": "expertise",
    "needs": "need",
    "consultations": "consultation",
    "reviews": "period_review",
    "scorecards": "scorecard",
}
"""The whole list of an entity."""
NOT_RETIRED = tuple(status for status in AssetStatus if status != AssetStatus.RETIRED)


@dataclass(frozen=True, slots=True)
class Lead:
    """A record of `entity` when `record_id` is given, else its list; or `act`: what the window itself can do
    (« company », « backup », « report », « indicators », « deadlines »)."""

    entity: str = ""
    record_id: int = 0
    query: Query | None = None
    act: str = ""


def lead(session: Session, key: str, clock: Clock) -> Lead:
    """The answer to a key given by the page."""
    entity, _, record_id = key.partition(":")
    if record_id:
        return Lead(entity, int(record_id))
    if key in {"company", "backup", "report", "indicators", "deadlines"}:
        return Lead(act=key)
    for of, found in (
        ("asset", _assets),
        ("ticket", _tickets),
        ("contract", _contracts),
        ("licence", _licences),
        ("evaluation", _opinions),
        ("backup_plan", copies.query),
    ):
        if query := found(session, key, clock):
            return Lead(of, query=query)
    if key in LISTS:
        return Lead(LISTS[key], query=_only(LISTS[key]))
    if query := lent.query(session, key, clock.today):
        return Lead("loan", query=query)
    wanted = bills.behind(key, clock.today)
    if wanted is not None:
        return Lead("invoice", query=_these(session, "invoice", wanted))
    raise KeyError(key)


def _only(entity: str, *filters: Filter) -> Query:
    return replace(default_query(ENTITIES[entity]), filters=filters)


def _these(session: Session, entity: str, wanted: Select[int]) -> Query:
    return replace(default_query(ENTITIES[entity]), ids=tuple(session.scalars(wanted)))


def _assets(session: Session, key: str, clock: Clock) -> Query | None:
    serving = Filter("status", (AssetStatus.IN_SERVICE,))
    if key in {"support-ended", "support-ending", "warranty"}:
        return _dated(session, key, clock)
    if key in {"uncovered", "unprotected", "orphaned"}:
        deals = facts.agreements(session, clock).ids
        wanted = {
            "uncovered": facts.uncovered(clock, deals),
            "unprotected": facts.unprotected(clock, deals),
            "orphaned": facts.orphaned(clock),
        }
        return _these(session, "asset", wanted[key])
    if key == "antivirus-absent":
        return _these(session, "asset", security.without_antivirus())
    return {
        "assets": _only("asset"),
        "in-service": _only("asset", serving),
        "unplaced": _only("asset", serving, *(Filter(n, (None,)) for n in ("person_id", "service", "site_id", "room"))),
    }.get(key)


def _dated(session: Session, key: str, clock: Clock) -> Query:
    """By the dates of the assets; by name once some of them were dealt with."""
    today, kept = clock.today, Filter("status", NOT_RETIRED)
    kind = DeadlineKind.WARRANTY if key == "warranty" else DeadlineKind.SUPPORT
    if facts.some_handled(session, kind):
        wanted = {
            "warranty": facts.guaranteed_by(session, clock),
            "support-ending": facts.ending_by(session, clock),
            "support-ended": and_(Asset.support_end < today, facts.still(session, kind)),
        }
        return _these(session, "asset", select(Asset.id).where(*facts.KEPT, wanted[key]))
    if key == "support-ended":
        return _only("asset", kept, Filter("support_end", high=today - timedelta(days=1)))
    name = "support_end" if key == "support-ending" else "warranty_end"
    return _only("asset", kept, Filter(name, low=today, high=facts.warned_until(session, clock, kind)))


def _tickets(session: Session, key: str, clock: Clock) -> Query | None:
    pressing = {"tickets-late": facts.late(clock), "tickets-today": facts.due_today(clock)}
    if key in pressing:
        return _these(session, "ticket", select(Ticket.id).where(*facts.under_way(), pressing[key]))
    if key == "restored":
        return _restored(session, clock)
    return {
        "tickets": _only("ticket"),
        "tickets-open": _only("ticket", Filter("status", STILL_OPEN)),
    }.get(key)


def _restored(session: Session, clock: Clock) -> Query:
    """The very tickets of the figure; beyond what a statement can name, those restored in the twelve months."""
    asked = facts.year(session, clock, detail=True)
    ids = REGISTRY["gtr"].compute(asked).ids
    if len(ids) <= MOST_NAMED:
        return replace(default_query(ENTITIES["ticket"]), ids=ids)
    return _only(
        "ticket", Filter("resolved_at", low=asked.since, high=asked.until), Filter("restore_met", (True, False))
    )


def _contracts(session: Session, key: str, clock: Clock) -> Query | None:
    if key == "contracts":
        return replace(default_query(ENTITIES["contract"]), ids=facts.agreements(session, clock).ids)
    return _only("contract") if key == "contracts-all" else None


def _licences(session: Session, key: str, clock: Clock) -> Query | None:
    found = {
        "licences-expired": rights.expired(session, clock),
        "licences-ending": rights.ending(session, clock),
        "licences-over": licences.given_beyond(clock.today),
    }
    return _these(session, "licence", found[key]) if key in found else None


def _opinions(session: Session, key: str, clock: Clock) -> Query | None:
    forms = opinions.behind(session, key, clock.today)
    return None if forms is None else replace(default_query(ENTITIES["evaluation"]), ids=forms)
