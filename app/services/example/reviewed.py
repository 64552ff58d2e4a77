"""The periodic reports of the two last quarters: the older one issued, the newer one written and to be issued."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.models import BreachNote, Improvement, IssuedPaper, PeriodReview, Ticket
from app.models.contract_codes import ActionState
from app.models.judgement_codes import Promise
from app.reports import periodic
from app.reports.identity import Stamp
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, World, data
from app.services.papers import canonical, file_name
from app.services.periodic import gather, reviews, when
from app.services.spans import Period, quarter
from app.storage import attachments

MORNING = time(8)
EXPLAINED_AFTER = 12
"""Days after the end of the quarter."""


def review(world: World) -> None:
    told = data("reviews")
    spans = [(card, quarter(add_months(world.today, -3 * card["quarters_ago"]))) for card in told["reviews"]]
    rng = world.draw("rapports")
    rows, actions = Rows(world, PeriodReview, rng), Rows(world, Improvement, rng)
    for card, period in spans:
        values = {name: card[name] for name in ("takeaways", "decisions")}
        number = reviews.reference(world.session, period, None)
        made = rows.add({**values, "number": number, "starts_on": period.start, "ends_on": period.end})
        for action in card["actions"]:
            actions.add({"review_id": made, **action_of(action, period.end)})
    rows.write()
    actions.write()
    _explain(world, spans[-1][1], told["notes"])
    for card, period in spans:
        if "issued_after" in card:
            _issue(world, period, period.end + timedelta(days=card["issued_after"]))


def action_of(card: Card, end: date) -> dict[str, Any]:
    done = end + timedelta(days=card["done_after"]) if "done_after" in card else None
    return {
        "label": card["label"], "owner": card["owner"], "due_on": end + timedelta(days=card["due_after"]),
        "state": ActionState.of(card["state"]), "done_on": done, "outcome": card.get("outcome"),
    }  # fmt: skip


def _explain(world: World, period: Period, notes: list[Card]) -> None:
    """The gravest delays of the quarter, explained in turn; the others had no word."""
    first = datetime.combine(period.start, time(), UTC)
    missed = world.session.execute(
        select(Ticket.id)
        .where(Ticket.restore_met.is_(False), Ticket.resolved_at >= first, Ticket.resolved_at < _after(period))
        .where(Ticket.contract_id.is_not(None), Ticket.deleted_at.is_(None))
        .order_by(Ticket.priority, Ticket.id)
        .limit(len(notes))
    )
    rows = Rows(world, BreachNote, world.draw("explications"))
    on = period.end + timedelta(days=EXPLAINED_AFTER)
    for row, card in zip(missed, notes, strict=False):
        said = card["explanation"] or None
        rows.add({
            "ticket_id": row.id, "promise": Promise.RESTORE, "cause": card["cause"], "explanation": said,
            "explained_on": on if said else None, "decision": card["decision"], "decided_by": card["by"],
            "decided_on": on,
        })  # fmt: skip
    rows.write()


def _after(period: Period) -> datetime:
    return datetime.combine(period.end + timedelta(days=1), time(), UTC)


def _issue(world: World, period: Period, on: date) -> None:
    """As `papers.issue` does, its row being one of the draw."""
    session, at = world.session, datetime.combine(on, MORNING, UTC)
    made = reviews.of_period(session, period, None) or 0
    number = reviews.reference(session, period, None)
    told = gather.of_review(session, made, Stamp("Rapport périodique de maintenance", number, 1, at, draft=False))
    frozen = canonical(told)
    digest = hashlib.sha256(frozen.encode()).hexdigest()
    pdf = periodic.render(replace(told, stamp=replace(told.stamp, data_hash=digest)))
    rows = Rows(world, IssuedPaper, world.draw(f"émission {when.mark(period)}"))
    rows.add({
        "kind": reviews.KIND, "reference": number, "number": 1, "entity": "period_review", "record_id": made,
        "issued_at": at, "data": frozen, "data_sha256": digest, "pdf_sha256": attachments.put(session, pdf),
        "file_name": file_name(reviews.KIND, number, on, 1),
    })  # fmt: skip
    rows.write()
