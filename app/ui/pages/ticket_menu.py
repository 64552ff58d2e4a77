"""What is done on a ticket, limited to what its state allows: a primary act, a menu, and a key for the usual ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.services.ticket_sheet import TicketFacts, WaitChoice
from app.ui import icons
from app.ui.pages import ticket_acts as acts
from app.ui.pages import ticket_acts_beside as beside
from app.ui.pages.acts import Act

UNDER_WAY = frozenset({"open", "taken", "waiting"})
ALIVE = UNDER_WAY | {"resolved"}
TOLD = ALIVE | {"closed"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the acts of a ticket start from. `around`: a workaround holds that does not restore it by the contract."""

    id: int
    values: Mapping[str, Any]
    facts: TicketFacts
    around: bool
    waits: Sequence[WaitChoice]
    who: str

    @property
    def status(self) -> str:
        return str(self.values["status"].value)

    @property
    def down(self) -> bool:
        return self.values["down_since"] is not None

    @property
    def waiting_for_the_final(self) -> bool:
        """Restored by a workaround that nothing has replaced yet."""
        how = self.values["resolution"]
        return how is not None and how.value == "workaround" and self.values["final_at"] is None


@dataclass(frozen=True, slots=True)
class Line:
    """`keys` act anywhere on the page."""

    words: str
    icon: str
    make: Callable[[Told], Act]
    when: Callable[[Told], bool]
    keys: str = ""


def _in(states: frozenset[str]) -> Callable[[Told], bool]:
    return lambda told: told.status in states


def _finalise(told: Told) -> Act:
    return acts.finalise(told.id, restores=told.around, down=told.down)


def _resolve(told: Told) -> Act:
    return acts.resolve(told.id, around_stops=told.facts.around_stops, down=told.down)


def _suspend(told: Told) -> Act:
    return acts.suspend(told.id, list(told.waits), told.who)


TAKE = Line("Prendre en charge", "user-check", lambda t: acts.take(t.id), _in(frozenset({"open"})))
RESOLVE = Line("Résoudre", "check", _resolve, _in(frozenset({"taken", "waiting"})))
FINAL = Line("Solution définitive", "check-check", _finalise, lambda t: t.around or t.waiting_for_the_final)
CLOSE = Line("Clore", "check-check", lambda t: acts.close(t.id), _in(frozenset({"resolved"})))
PRIMARY = (FINAL, TAKE, RESOLVE, CLOSE)
"""The one primary button is the first that the state allows; a ticket that is closed or cancelled has none."""
SUSPEND = Line("Suspendre…", "pause", _suspend, _in(frozenset({"taken"})))
RESUME = Line("Relancer", "play", lambda t: acts.resume(t.id), _in(frozenset({"waiting"})))
REOPEN = Line("Rouvrir…", "rotate-ccw", lambda t: acts.reopen(t.id), _in(frozenset({"resolved", "closed"})))
DOWN = Line("Bien à l’arrêt…", "octagon-x", lambda t: beside.down(t.id),
            lambda t: t.values["asset_id"] is not None and not t.down and t.status in TOLD, "Ctrl+Shift+B")  # fmt: skip
UP = Line("Bien remis en service…", "circle-check", lambda t: beside.up(t.id), lambda t: t.down and t.status in TOLD,
          "Ctrl+Shift+B")  # fmt: skip
COVER = Line(
    "Changer de bien ou de contrat…", "file-check",
    lambda t: beside.change_cover(t.id, t.values["asset_id"], t.facts.contract_id, chosen=t.facts.chosen), _in(ALIVE),
)  # fmt: skip
LINK = Line("Lier à un autre ticket…", "link", lambda t: beside.link(t.id), lambda _: True, "Ctrl+Shift+L")
GROUPS: tuple[tuple[Line, ...], ...] = (
    (
        Line("Arrivée sur site…", "map-pin", lambda t: acts.arrive(t.id), _in(UNDER_WAY), "Ctrl+Shift+A"),
        Line("Contact à une autre heure…", "phone", lambda t: acts.contact(t.id), _in(TOLD)),
        Line("Transférer…", "arrow-right-left", lambda t: beside.transfer(t.id, t.values["assignee"]), _in(UNDER_WAY)),
        Line("Autre attente…", "pause", _suspend, _in(frozenset({"waiting"}))),
        Line("Changer la priorité…", "chevrons-up", lambda t: acts.change_priority(t.id, t.values["priority"]),
             _in(UNDER_WAY), "Ctrl+Shift+P"),
        Line("Clore sans solution définitive…", "check-check", lambda t: acts.close(t.id),
             lambda t: t.waiting_for_the_final and t.status == "resolved"),
    ),
    (DOWN, UP, COVER),
    (LINK, REOPEN),
    (Line("Annuler le ticket…", "x", lambda t: beside.cancel(t.id), _in(ALIVE)),),
)  # fmt: skip
KEYS = {
    "Ctrl+Return": PRIMARY,
    "Ctrl+Shift+S": (SUSPEND, RESUME),
    **{
        keys: tuple(line for group in GROUPS for line in group if line.keys == keys)
        for keys in sorted({line.keys for group in GROUPS for line in group if line.keys})
    },
}
"""The first line that the ticket allows is done."""


def first(lines: Sequence[Line], told: Told) -> Line | None:
    return next((line for line in lines if line.when(told)), None)


@dataclass(frozen=True, slots=True)
class More:
    """A line that opens no small dialog: `do` is the page's."""

    words: str
    icon: str
    do: Callable[[], object]


def offer(
    told: Told, act: Callable[[Act], object], more: Sequence[Sequence[More]], end: Sequence[More], under: QWidget
) -> None:
    """Show what the ticket allows now, under the button that was pressed; `more` stands before the last group, to
    which `end` belongs."""
    menu = QMenu(under)
    *usual, last = [[line for line in group if line.when(told)] for group in GROUPS]
    for group in usual:
        _add(menu, [(line, partial(_act, act, line, told)) for line in group])
    for others in more:
        _add(menu, [(one, one.do) for one in others])
    _add(menu, [*((line, partial(_act, act, line, told)) for line in last), *((one, one.do) for one in end)])
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))


def _act(act: Callable[[Act], object], line: Line, told: Told) -> None:
    act(line.make(told))


def _add(menu: QMenu, lines: Sequence[tuple[Line | More, Callable[[], object]]]) -> None:
    if lines and not menu.isEmpty():
        menu.addSeparator()
    for line, do in lines:
        action = menu.addAction(icons.icon(line.icon), line.words, do)
        if isinstance(line, Line) and line.keys:
            action.setShortcut(QKeySequence(line.keys))
