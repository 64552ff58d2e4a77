"""A list of the program as a person uses it: shown, sorted, typed in, scrolled; each time runs to the painted frame."""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.entities import ENTITIES
from app.services import listing
from app.storage import open_store
from app.ui import theme
from app.ui.app import make_application
from app.ui.ask import Ask
from app.ui.crud.list_panel import ListPanel
from app.ui.desk import Desk
from app.ui.jobs import Jobs
from app.ui.parts.table import ListView
from app.ui.state import UiState
from benchmarks.work.process import Figures, answer, once

SIZE = (1280, 800)
AFTER = 0.04
"""Seconds in which the count that follows a frame has begun."""
REPAINTS, SORTS, JUMPS = 15, 3, 15
WORDS = {"asset": ("d", "de", "del", "dell", "del", "de"), "ticket": ("i", "im", "imp", "impr", "imprim", "imp", "im")}
DUE = "next_due"
"""The next promise of a ticket, worked out by its list."""
RARE, ABSENT = "0042", "zzyzx"
paintings: dict[int, int] = {}


def to_frame(app: QApplication, view: QTableView, act: Callable[[], object]) -> float:
    """Milliseconds from an act to the frame that shows it, or that shows that there is nothing."""

    def whole() -> None:
        before, was_there = paintings.get(id(view), 0), view.isVisible()
        act()
        view.viewport().update()
        while paintings.get(id(view), 0) == before and (view.isVisible() or not was_there):
            app.processEvents()

    return once(whole)


def settle(app: QApplication) -> None:
    """Let what follows the frame be done, as the count, so that it is not in the next measure."""
    end = time.monotonic() + AFTER
    while time.monotonic() < end:
        app.processEvents()


def spread(name: str, times: list[float]) -> Figures:
    return {name: sorted(times)[len(times) // 2], f"{name}_worst": max(times)}


def main() -> None:
    """`rows`: an entity of a base. Its panel fills the window."""
    key, base = sys.argv[2], Path(sys.argv[3])
    app = make_application()
    theme.apply(app, "light", 1.0)
    count_paintings()
    store = open_store(base)
    window = QWidget()
    desk = Desk(store, Ask(), Jobs(window))
    made: list[ListPanel] = []

    def show() -> None:
        made.append(ListPanel(desk, ENTITIES[key], UiState(base.with_name("nowhere.json"))))
        made[0].resize(*SIZE)
        made[0].show()
        while not paintings:
            app.processEvents()

    figures = {"first": once(show)}
    settle(app)
    with store.read() as session:
        listing.count(session, ENTITIES[key], made[0].query)  # its statement is compiled by now
        counted = once(lambda: listing.count(session, ENTITIES[key], made[0].query))
    answer({**figures, "count": counted, **_acts(app, made[0], key)})


def count_paintings() -> None:
    view: Any = ListView
    paint = view.paintEvent

    def painted(shown: Any, event: Any) -> None:
        paint(shown, event)
        paintings[id(shown)] = paintings.get(id(shown), 0) + 1

    view.paintEvent = painted


def _acts(app: QApplication, panel: ListPanel, key: str) -> Figures:
    """Each act once before it counts: its statement is compiled then."""
    table, whole = panel.table, panel.query

    def shown(**changes: object) -> float:
        if not table.isVisible():  # nothing was found: begin again from the whole list
            panel.show_query(whole)
            settle(app)
        taken = to_frame(app, table, lambda: panel.show_query(replace(whole, **changes)))  # type: ignore[arg-type]
        settle(app)
        return taken

    figures = spread("repaint", [to_frame(app, table, lambda: None) for _ in range(REPAINTS)])
    first = shown(sort=whole.columns[0])
    sorts = [
        shown(sort=name, descending=down) for _ in range(SORTS) for name in whole.columns for down in (False, True)
    ]
    figures |= {"first_sort": first, **spread("sort", sorts[2 * len(whole.columns) :])}
    if DUE in whole.columns:
        figures["due"] = sorted(shown(sort=DUE, descending=bool(turn % 2)) for turn in range(SORTS))[SORTS // 2]
    shown(text="a")
    figures |= spread("key", [shown(text=word) for word in (*WORDS[key], "")])
    figures |= {"rare": shown(text=RARE), "absent": shown(text=ABSENT)}
    shown(text="")
    bar, draw = table.verticalScrollBar(), random.Random(3)

    def jump() -> None:
        bar.setValue(draw.randrange(bar.maximum() + 1))

    figures |= spread("jump", [to_frame(app, table, jump) for _ in range(JUMPS)])
    bar.setValue(0)
    settle(app)
    return figures | spread("step", [to_frame(app, table, lambda: bar.setValue(bar.value() + 90)) for _ in range(40)])
