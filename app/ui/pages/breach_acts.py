"""Why a delay of the contract was missed: asked from a report, or from the ticket itself (domain.md C.7)."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import lowered
from app.services.periodic import reviews
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.ticket_menu import More

NOTE = ENTITIES["breach_note"]


def explain(desk: Desk, ticket_id: int, promise: str, parent: QWidget) -> None:
    """The cause retained, what the provider says of it, what is decided."""
    with desk.read() as session:
        told = reviews.explained(session, ticket_id, promise)
    act = Act(
        title=f"Explication du dépassement, {told.number}",
        verb="Enregistrer l’explication",
        icon="message-square",
        intro=f"{told.sentence} L’explication s’imprime dans le rapport périodique. Tout vide\u00a0: elle est retirée.",
        fields=tuple(NOTE.field(name) for name in reviews.EXPLAINED),
        start=told.values,
        run=lambda s, v: reviews.explain(s, told.ticket_id, told.promise, v),
        told="Explication enregistrée",
    )
    ActDialog(desk, act, parent.window()).open()


def lines(desk: Desk, ticket_id: int, parent: QWidget) -> list[More]:
    """One line of the menu of a ticket for each delay that it missed."""
    with desk.read() as session:
        missed = reviews.missed(session, ticket_id, datetime.now(UTC))
    return [
        More(
            f"Expliquer le retard de {lowered(one.label)}…",
            "message-square",
            partial(explain, desk, ticket_id, one.value, parent),
        )
        for one in missed
    ]
