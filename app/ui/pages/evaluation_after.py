"""What forms just kept call for: to open again a ticket whose user says that the problem is not solved."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import counted
from app.services.form_returns import Kept
from app.services.listing import default_query
from app.ui.desk import Desk
from app.ui.pages import ticket_acts
from app.ui.pages.acts import ActDialog

EVALUATION = ENTITIES["evaluation"]
UNSOLVED = "Problème non résolu"


def nothing() -> None:
    """What comes then when nothing does."""


def propose(desk: Desk, parent: QWidget, kept: Sequence[Kept], then: Callable[[], object] = nothing) -> None:
    """Nothing when all is well; one is answered at once, several are a list. `then` comes once it is dealt with."""
    calling = [one for one in kept if one.calls]
    asked = _one(desk, parent, calling[0]) if len(calling) == 1 else None
    if len(calling) > 1:
        _several(desk, parent, calling)
    if asked is None:
        then()
    else:
        asked.finished.connect(lambda _: then())
        asked.open()


def _one(desk: Desk, parent: QWidget, one: Kept) -> ActDialog | None:
    key, _, record = one.calls.partition(":")
    if key == "ticket" and desk.ask.confirm(parent, UNSOLVED, one.why, "Rouvrir le ticket…", "Plus tard"):
        return ActDialog(desk, ticket_acts.reopen(int(record)), parent)
    return None


def _several(desk: Desk, parent: QWidget, calling: Sequence[Kept]) -> None:
    text = "\n".join(one.why for one in calling)
    if desk.ask.confirm(
        parent,
        f"{counted(len(calling), 'problème non résolu', 'problèmes non résolus')}",
        text,
        "Voir la liste",
        "Plus tard",
    ):
        ids = tuple(one.id for one in calling)
        desk.show_list.emit(EVALUATION.key, replace(default_query(EVALUATION), ids=ids))
