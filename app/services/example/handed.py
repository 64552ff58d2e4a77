"""The documents that the providers of the example company handed over, most in time, and those still missing."""

from datetime import timedelta

from app.models import ReceivedDocument
from app.models.upkeep_codes import DeliveryState
from app.services.deliverables import expected
from app.services.example.world import Rows, World

IN_TIME, LATE = 0.86, 0.12
LATEST = 11
RECENT = timedelta(days=45)
"""What never came is asked for that long, then given up."""


def hand_over(world: World) -> None:
    rng = world.draw("documents")
    rows = Rows(world, ReceivedDocument, rng)
    for one in expected.found(world.session, world.today):
        drawn, days = rng.random(), rng.randrange(1, LATEST)
        on = one.due_on - timedelta(days=days % 3) if drawn < IN_TIME else one.due_on + timedelta(days=days)
        told = {"contract_id": one.contract_id, "due_document_id": one.document_id, "mark": one.mark}
        told["due_on"] = one.due_on
        if one.due_on >= world.today or (drawn >= IN_TIME and on >= world.today):
            continue
        if drawn < IN_TIME + LATE:
            rows.add({**told, "state": DeliveryState.RECEIVED, "received_on": on})
        elif one.due_on < world.today - RECENT:
            rows.add({**told, "state": DeliveryState.WAIVED, "reason": "Trop ancien pour servir."})
    rows.write()
