"""What is done with deadlines: dealing with them, opening what they are about, a reminder of one's own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, counted, day, plural, this_day
from app.services import deadlines
from app.services.deadlines import Deadline
from app.ui import icons
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import Act, ActDialog
from app.ui.parts.buttons import Button, set_available

REMINDER = ENTITIES["reminder"]
ON = Day(name="on", label="Traitée le", required=True)
REASON = Text(
    name="reason", label="Ce qui a été fait", multiline=True, required=True, max_length=400,
    help="Renouvelé, résilié, accepté en l’état… Ces mots restent lisibles sous «\u00a0Traitées\u00a0».",
)  # fmt: skip
NONE_CHOSEN = "Choisissez d’abord une échéance dans la liste."


class HandleButton(Button):
    """« Traiter… », which waits for something to deal with."""

    def __init__(self) -> None:
        super().__init__("Traiter…")
        self.setAutoDefault(False)
        self.setProperty("kind", "primary")
        icons.dress(self, "check", "onAccent")

    def suit(self, count: int) -> None:
        set_available(self, bool(count), NONE_CHOSEN)


def told(chosen: Sequence[Deadline]) -> str:
    """« Fin de garantie de 12 biens (Hautecour) », « 3 échéances »."""
    return chosen[0].title if len(chosen) == 1 else counted(len(chosen), "échéance")


def handle(desk: Desk, chosen: Sequence[Deadline], parent: QWidget) -> None:
    """Ask what was done of these, in one dialog."""
    several = len(chosen) > 1
    s = "s" if several else ""
    first = chosen[0]
    intro = f"{told(chosen)}, {'dont la première le' if several else 'pour le'} {day(min(one.due for one in chosen))}."
    act = Act(
        title=f"Traiter {counted(len(chosen), 'échéance')}" if several else f"Traiter\u00a0: {first.title}",
        verb=f"Marquer comme traitée{s}",
        run=lambda session, values: deadlines.handle(session, chosen, values["on"], values["reason"]),
        fields=(ON, REASON),
        start={"on": this_day()},
        intro=intro,
        told=f"{counted(len(chosen), 'échéance')} {plural(len(chosen), 'traitée')}",
    )
    ActDialog(desk, act, parent.window()).open()


def reopen(desk: Desk, chosen: Sequence[Deadline]) -> None:
    """Back among those to deal with."""
    desk.act(
        f"Remise à l’échéancier\u00a0: {told(chosen)}",
        lambda session: deadlines.reopen(session, chosen),
        told=f"{counted(len(chosen), 'échéance')} {plural(len(chosen), 'remise')} à l’échéancier",
    )


def follow(desk: Desk, one: Deadline, parent: QWidget) -> None:
    """Open its record, or the list behind a line that tells several; a reminder opens its form."""
    with desk.read() as session:
        query = deadlines.behind(session, one)
    if query is not None:
        desk.show_list.emit(one.entity, query)
    elif one.entity == REMINDER.key:
        FormDialog(desk, REMINDER, one.record_id, None, parent.window()).open()
    else:
        desk.go_to.emit(one.entity, one.record_id)


def add_reminder(desk: Desk, parent: QWidget) -> FormDialog:
    form = FormDialog(desk, REMINDER, None, None, parent.window())
    form.open()
    return form
