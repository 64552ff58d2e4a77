"""What the example company concluded of its surveys, and decided of its replacement plan."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from app.models import Improvement, Replacement, SatisfactionSurvey
from app.models.judgement_codes import ReplacementChoice
from app.services.example.reviewed import action_of
from app.services.example.world import Card, Rows, World, data
from app.services.replacements.plan import plan

DECIDED_BEFORE = timedelta(days=40)


def conclude(world: World) -> None:
    told, rng = data("concluded"), world.draw("conclusions")
    actions = Rows(world, Improvement, rng)
    own = SatisfactionSurvey
    surveys = world.session.execute(select(own.id, own.closed_on).order_by(own.opened_on, own.id)).all()
    for card, (survey, closed) in zip(told["surveys"], surveys, strict=False):
        world.session.execute(
            update(own).where(own.id == survey).values(conclusion=card["conclusion"], updated_at=world.made_at)
        )
        for action in card["actions"]:
            actions.add({"survey_id": survey, **action_of(action, closed or world.today)})
    actions.write()
    choices = Rows(world, Replacement, rng)
    items = plan(world.session, world.today).items
    for card in told["replacements"]:
        if card["rank"] < len(items):
            choices.add({"asset_id": items[card["rank"]].asset_id, **_choice(card, world.today)})
    choices.write()
    world.session.expire_all()


def _choice(card: Card, today: date) -> dict[str, Any]:
    return {
        "choice": ReplacementChoice.of(card["choice"]), "amount": card.get("amount"), "reason": card["reason"],
        "year": today.year + card["years"] if "years" in card else None, "decided_on": today - DECIDED_BEFORE,
    }  # fmt: skip
