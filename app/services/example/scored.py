"""The scorecards of the first provider over four quarters, issued; that of the second one, begun (domain.md G.2)."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from app.models import Improvement, IssuedPaper, Scorecard, ScorecardNote
from app.models.contract_codes import ActionState
from app.models.judgement_codes import ScorecardStatus
from app.rules.notice import add_months
from app.services import papers
from app.services.example.world import Card, Rows, World, data
from app.services.periodic import when
from app.services.scorecards import cards, issuing, prestations, view
from app.services.spans import Period, quarter

MORNING = time(8)


def score(world: World) -> None:
    """The oldest first: each shows those before it."""
    told = data("scorecards")
    for card in told["cards"]:
        _issued(world, world.providers[told["provider"]], card)
    _begin(world, world.providers[told["draft"]["provider"]], told["draft"], {})


def _period(world: World, card: Card) -> Period:
    return quarter(add_months(world.today, -3 * card["quarters_ago"]))


def _begin(world: World, provider: int, card: Card, comments: dict[str, Any]) -> int | None:
    """A draft; nothing where the provider had no contract yet."""
    period = _period(world, card)
    if not prestations.in_force(world.session, provider, period.start, period.end):
        return None
    rows = Rows(world, Scorecard, world.draw(f"fiche contrôle {provider} {when.mark(period)}"))
    made = rows.add({
        "provider_id": provider, "starts_on": period.start, "ends_on": period.end, "status": ScorecardStatus.DRAFT,
        "number": cards.free_number(world.session, period), **comments,
    })  # fmt: skip
    rows.write()
    return made


def _issued(world: World, provider: int, card: Card) -> None:
    """As `papers.issue` does, the rows being those of the draw."""
    comments = {"our_comment": card["ours"] or None, "their_comment": card["theirs"] or None}
    made = _begin(world, provider, card, comments)
    if made is None:
        return
    session, period = world.session, _period(world, card)
    at = datetime.combine(period.end + timedelta(days=card["issued_after"]), MORNING, UTC)
    _freeze(world, made, card, at)
    session.expire_all()
    rng = world.draw(f"suites {when.mark(period)}")
    actions = Rows(world, Improvement, rng)
    for action in card["actions"]:
        actions.add({"scorecard_id": made, **_action(world, action, period)})
    actions.write()
    issued = Rows(world, IssuedPaper, rng)
    issued.add(papers.issued_columns(session, cards.KIND, cards.number_of(session, made), at))
    issued.write()


def _freeze(world: World, made: int, card: Card, at: datetime) -> None:
    """The opinions first, with which the facts are then noted."""
    session, own = world.session, ScorecardNote
    rows = Rows(world, own, world.draw(f"notes {made}"))
    period = _period(world, card)
    provider = session.get_one(Scorecard, made).provider_id
    for contract in prestations.in_force(session, provider, period.start, period.end):
        for key, (note, reason) in card["notes"].items():
            told = {"note": 100 * note, "reason": reason}
            rows.add({"scorecard_id": made, "contract_id": contract.id, "criterion": key, **told})
    rows.write()
    drafted = view.card(session, made, at)
    for contract_id, key, values in issuing.frozen_notes(drafted):
        if contract_id is not None and key in card["notes"]:
            where = own.scorecard_id == made, own.contract_id == contract_id, own.criterion == key
            session.execute(update(own).where(*where).values(**values, updated_at=world.made_at))
        else:
            rows.add({"scorecard_id": made, "contract_id": contract_id, "criterion": key, **values})
    rows.write()
    head = {**issuing.frozen_head(drafted), "updated_at": world.made_at}
    session.execute(update(Scorecard).where(Scorecard.id == made).values(**head))


def _action(world: World, card: Card, period: Period) -> dict[str, Any]:
    """One done after the day of the company is still to do."""
    done = period.end + timedelta(days=card["done_after"]) if "done_after" in card else None
    is_done = done is not None and done <= world.today
    return {
        "label": card["label"], "owner": card["owner"], "due_on": period.end + timedelta(days=card["due_after"]),
        "state": ActionState.DONE if is_done else ActionState.TO_DO, "done_on": done if is_done else None,
        "outcome": card.get("outcome") if is_done else None,
    }  # fmt: skip
