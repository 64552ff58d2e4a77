"""What is done of a part, from asked for to checked: one click for today, a small dialog where more is to be told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Flag, Moment, lowered, this_day
from app.services import interventions, parts, records
from app.services.parts import DAYS, PartRow, PartState, following
from app.ui.crud.pane import MenuAct
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog, this_minute

PART = ENTITIES["part"]
VERBS = {
    PartState.ORDERED: "Noter la commande",
    PartState.RECEIVED: "Noter l’arrivée",
    PartState.FITTED: "Noter la pose…",
    PartState.CHECKED: "Noter le contrôle",
}
"""What is said to bring a part to that state."""
ASKED = ("label", "reference", "quantity", "supplier")
FITTED = ("intervention_id", "serial", "old_part", "old_serial", "taken_back", "warranty_until")
WAIT = "L’attente s’arrêtera quand vous noterez l’arrivée de la pièce."


def ask(ticket_id: int, *, may_wait: bool) -> Act:
    """`may_wait`: the ticket may be put in wait of it."""
    wait = Flag(name="wait", label="Mettre le ticket en attente de pièce", required=True, help=WAIT)
    fields = tuple(replace(PART.field(name), help="") for name in ASKED)
    day = Day(name="requested_on", label="Demandée le", required=True)
    return Act(
        title="Demande de pièce",
        verb="Demander la pièce",
        icon="puzzle",
        intro="Notez-la dès qu’elle est demandée\u00a0: son attente, son arrivée et sa pose se suivent d’ici.",
        fields=(*fields, day, wait) if may_wait else (*fields, day),
        start={"quantity": 1, "requested_on": this_day(), "wait": True},
        run=lambda s, v: _ask(s, ticket_id, v),
        told="Pièce demandée",
    )


def _ask(session: Any, ticket_id: int, values: dict[str, Any]) -> int:
    wait = values.pop("wait", False)
    values.pop("at", None)
    return parts.ask(session, {"ticket_id": ticket_id, **values}, this_minute() if wait else None)


def arrive(part_id: int, label: str, ticket: str) -> Act:
    """Its arrival would end the wait of that ticket."""
    return Act(
        title="Pièce reçue",
        verb="Noter l’arrivée",
        icon="package-check",
        intro=f"{label}\u00a0: le ticket {ticket} l’attendait.",
        fields=(
            Moment(name="at", label="Reçue le", required=True),
            Flag(name="resume", label="Mettre fin à l’attente de pièce", required=True,
                 help="L’horloge du ticket repart à cette heure."),
        ),
        start={"resume": True},
        run=lambda s, v: parts.arrive(s, part_id, v["at"], v["resume"]),
        told=f"{label}\u00a0: reçue",
    )  # fmt: skip


def fit(part_id: int, label: str, start: dict[str, Any]) -> Act:
    return Act(
        title="Pièce posée",
        verb="Noter la pose",
        icon="puzzle",
        intro=f"{label}\u00a0: ce qui a été posé, et ce qui a été retiré.",
        fields=(Day(name="on", label="Posée le", required=True), *(PART.field(name) for name in FITTED)),
        start={"on": this_day(), **start},
        run=lambda s, v: parts.advance(s, part_id, PartState.FITTED, v.pop("on"), **{n: v[n] for n in FITTED}),
        told=f"{label}\u00a0: posée",
    )


def another_day(part_id: int, label: str, to: PartState) -> Act:
    return Act(
        title=f"Pièce {lowered(to.label)}",
        verb="Enregistrer",
        intro=label,
        fields=(Day(name=DAYS[to], label=f"{to.label} le", required=True),),
        start={DAYS[to]: this_day()},
        run=lambda s, v: parts.advance(s, part_id, to, v[DAYS[to]]),
        told=f"{label}\u00a0: {lowered(to.label)}",
    )


def step(desk: Desk, part_id: int, parent: QWidget) -> ActDialog | None:
    """Bring a part to its next state: at once when there is nothing to tell, else by the dialog given."""
    with desk.read() as session:
        values = records.get(session, PART, part_id).values
        ticket = parts.wait_ended_by(session, part_id)
        last = [row.id for row in interventions.of_ticket(session, values["ticket_id"] or 0)]
    label, to = values["label"], following(values["state"])
    if to is None:
        return None
    if to == PartState.RECEIVED and ticket:
        return _opened(desk, arrive(part_id, label, ticket), parent)
    if to == PartState.FITTED:
        start = {name: values[name] for name in FITTED}
        return _opened(desk, fit(part_id, label, start | {"intervention_id": last[-1] if last else None}), parent)
    done = f"{label}\u00a0: {lowered(to.label)}"
    desk.act(f"Pièce {lowered(to.label)}", lambda s: parts.advance(s, part_id, to, this_day()), told=done)
    return None


def menu_of(desk: Desk, part_id: int, state: PartState, label: str, parent: QWidget) -> Sequence[MenuAct]:
    """The acts that a part may have now."""
    to = following(state)
    if to is None:
        return ()
    found: list[MenuAct] = [(VERBS[to], lambda: step(desk, part_id, parent))]
    if to != PartState.FITTED:
        told = f"{VERBS[to]}, un autre jour…"
        found.append((told, lambda: _opened(desk, another_day(part_id, label, to), parent)))
    return found


def verb_of(one: PartRow) -> str:
    """What its button says; empty at the end of its way."""
    to = following(one.state)
    return VERBS[to] if to else ""


def _opened(desk: Desk, act: Act, parent: QWidget) -> ActDialog:
    dialog = ActDialog(desk, act, parent.window())
    dialog.open()
    return dialog
