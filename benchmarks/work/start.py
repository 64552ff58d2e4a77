"""Start of the program itself, by its own entry, watched from the paintings of its window.

`kept`: the list it was closed on is shown first; `fresh`: it is not; `home`: the home page is in front.
"""

import os
import sys
from typing import Any

from benchmarks.work.process import Figures, answer, peak_memory, since_start

HEAVY = ("reportlab", "openpyxl", "alembic", "pypdfium2", "pypdf", "segno")
"""What no start needs (speed.md, goal 2). Holidays are needed: the list of tickets tells the working time left."""


def main() -> None:
    name, os.environ["PARCOMETRE_HOME"] = sys.argv[1:3]
    from app import __main__ as entry  # noqa: PLC0415 - the program imports in its own order
    from app.ui import app as program  # noqa: PLC0415

    if name != "kept":
        window: Any = program
        window.first_frame.read = lambda _: None
    _watch(counted=name != "home")
    entry.main([])


def is_usable(window: Any, *, counted: bool) -> bool:
    """Whether the living page is in the window, and its list counted if it is one."""
    switch = getattr(window.pages.currentWidget(), "switch", None)
    return switch is not None and (not counted or any(count for _, count in switch.shown()))


def _watch(*, counted: bool) -> None:
    """Note when rows are first painted, and when the living page is, with its list counted; then leave."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from app.ui.parts.table import ListView  # noqa: PLC0415 - imported by the program just before
    from app.ui.window import Window  # noqa: PLC0415

    figures: Figures = {}
    view: Any = ListView
    paint = view.paintEvent

    def painted(shown: Any, event: Any) -> None:
        paint(shown, event)
        if "painted" not in figures and shown.model().rowCount():
            figures["painted"] = since_start()
            figures["early"] = float("sqlalchemy" in sys.modules)

    def look(window: Any) -> None:
        """Each time the loop is idle."""
        if is_usable(window, counted=counted):
            QTimer.singleShot(0, leave)  # it has been painted by then
        else:
            QTimer.singleShot(0, lambda: look(window))

    def leave() -> None:
        figures["usable"] = since_start()
        figures["heavy"] = float(sum(library in sys.modules for library in HEAVY))
        answer({"painted": figures["usable"], "early": 1.0, **figures, "memory": peak_memory()})

    shown: Any = Window
    shown.__init__ = _followed(shown.__init__, look)
    view.paintEvent = painted


def _followed(make: Any, look: Any) -> Any:
    """The maker of the window, that has it looked at as soon as it was seen."""

    def made(window: Any, *arguments: Any) -> None:
        make(window, *arguments)
        window.seen.connect(lambda: look(window))

    return made
