"""What the manager put in the échéancier by hand, and what was dealt with there."""

from datetime import timedelta

from app.models import Handled, Reminder
from app.services import deadlines
from app.services.example.world import Rows, World, data

LATELY = 12
"""Days ago that it was dealt with."""


def remind(world: World) -> None:
    """Last of all: what is dealt with is found among what the others made."""
    rows = Rows(world, Reminder)
    for card in data("deadlines")["reminders"]:
        same = {name: card[name] for name in ("label", "lead_days", "consequence", "notes")}
        rows.add({**same, "due_on": world.today + timedelta(days=card["in_days"])})
    rows.write()
    done = Rows(world, Handled)
    on = world.today - timedelta(days=LATELY)
    for card in data("deadlines")["handled"]:
        for one in deadlines.every(world.session, world.today):
            if one.kind.value == card["kind"] and one.due < world.today - timedelta(days=card["days"]):
                for values in deadlines.written(world.session, one, on, card["reason"]):
                    done.add(values)
    done.write()
