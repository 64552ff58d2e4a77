"""The small dialogs of an action of progress: decided, done, dropped. Every page that decides some shows them so."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, this_day
from app.services import actions, improvements
from app.services.improvements import Row
from app.ui.crud.editors import LineEditor
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog

ACTION = ENTITIES["improvement"]
FOLLOWED = "Suivie dans l’échéancier, jusqu’à ce qu’elle soit faite ou abandonnée."


def add(desk: Desk, parent: QWidget, **origin: int) -> ActDialog:
    """`origin` as `improvements.add` takes it."""
    act = Act(
        title="Action décidée",
        verb="Ajouter l’action",
        icon="plus",
        intro=FOLLOWED,
        fields=tuple(ACTION.field(name) for name in ("label", "owner", "due_on")),
        run=lambda s, v: improvements.add(s, v, **origin),
        told="Action ajoutée",
    )
    dialog = ActDialog(desk, act, parent.window())
    owner = dialog.form.editors["owner"]
    if isinstance(owner, LineEditor):
        with desk.read() as session:
            owner.suggest(improvements.owners(session))
    dialog.open()
    return dialog


def settle(desk: Desk, row: Row, state: str, parent: QWidget) -> None:
    """« done » on a day, « dropped » for a reason."""
    done = state == "done"
    outcome = Text(name="outcome", label="Résultat" if done else "Pourquoi", max_length=200, required=not done)
    told = "Action faite" if done else "Action abandonnée"
    act = Act(
        title=told,
        verb="Noter" if done else "Abandonner",
        icon="check",
        intro=f"{row.label} ({row.owner}).",
        fields=(Day(name="done_on", label="Faite le", required=True), outcome) if done else (outcome,),
        start={"done_on": this_day(), "outcome": row.outcome or None},
        run=lambda s, v: actions.settle(s, "improvement", row.id, _state(state), v),
        told=told,
    )
    ActDialog(desk, act, parent.window()).open()


def take_up_again(desk: Desk, row: Row) -> None:
    desk.act(
        "Action à refaire",
        lambda s: actions.settle(s, "improvement", row.id, _state("to_do"), {}),
        told="Action remise à faire",
    )


def edit(desk: Desk, action_id: int, parent: QWidget) -> None:
    FormDialog(desk, ACTION, action_id, parent=parent.window()).open()


def _state(value: str) -> Any:
    return ACTION.field("state").options.of(value)  # type: ignore[attr-defined] # a Choice
