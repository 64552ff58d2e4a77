"""What the example company wants, the targets that serve it, and what it noted of its figures."""

from datetime import date

from app.models import IndicatorNote, IndicatorTarget, Objective
from app.rules.notice import add_months
from app.services.example.world import Card, Rows, World, data
from app.services.spans import month

AUTHOR = "Claire Bonnin"


def aim(world: World) -> None:
    """Targets hold from the first day of the year."""
    told, rng = data("aims"), world.draw("objectifs")
    objectives, targets = Rows(world, Objective, rng), Rows(world, IndicatorTarget, rng)
    since = date(world.today.year, 1, 1)
    for card in told["objectives"]:
        aimed = objectives.add({"title": card["title"], "notes": card["notes"]})
        for indicator, value in card["targets"].items():
            targets.add({
                "indicator": indicator, "value": value, "starts_on": since, "objective_id": aimed,
                "reason": told["reason"],
            })  # fmt: skip
    objectives.write()
    targets.write()
    notes = Rows(world, IndicatorNote, rng)
    for card in told["notes"]:
        notes.add(_note(card, world.today))
    notes.write()


def _note(card: Card, today: date) -> Card:
    of = month(add_months(today.replace(day=1), -card["months_ago"]))
    written = min(add_months(of.end, 1), today)
    return {
        "indicator": card["indicator"], "starts_on": of.start, "ends_on": of.end, "text": card["text"],
        "written_on": written, "author": AUTHOR,
    }  # fmt: skip
