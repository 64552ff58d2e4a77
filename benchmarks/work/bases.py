"""The bases measured on: the example company, made as big as asked, then left by the program with a tab in front."""

import sys
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QTimer

from app.jobs import drain
from app.services import example
from app.storage import open_store
from app.ui import theme
from app.ui.app import Session, make_application
from app.ui.state import UiState
from benchmarks.work.start import is_usable

LOOK_MS = 100


def fill() -> None:
    """Make a base: its path, how many assets, how many tickets. It bears its name once it is whole."""
    base = Path(sys.argv[1])
    part = base.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(open_store(part)) as store:
        drain(example.fill_job(store, assets=int(sys.argv[2]), tickets=int(sys.argv[3])))
    part.replace(base)


def leave() -> None:
    """Open the program on a base with a tab in front, and close its window once all is shown."""
    base, tab = Path(sys.argv[1]), sys.argv[2]
    app, state = make_application(), UiState()
    theme.apply(app, "light", 1.0)
    state.set_text("window/tab", tab)
    session = Session(app, state)
    session.show(base)

    def look() -> None:
        if session.window is not None and is_usable(session.window, counted=tab != "0"):
            session.window.close()

    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    app.exec()
