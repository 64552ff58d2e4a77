"""Whether the window answers while a long task runs: a list repainted without end, alone, then beside an export."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.services import export
from app.storage import open_store
from app.ui import theme
from app.ui.app import make_application
from app.ui.ask import Ask
from app.ui.crud.list_panel import ListPanel
from app.ui.desk import Desk
from app.ui.jobs import Jobs
from app.ui.state import UiState
from benchmarks.work import lists
from benchmarks.work.process import Figures, answer

ALONE = 1.0
"""Seconds."""


def main() -> None:
    base = Path(sys.argv[2])
    app = make_application()
    theme.apply(app, "light", 1.0)
    lists.count_paintings()
    window = QWidget()
    desk = Desk(open_store(base), Ask(), Jobs(window))
    panel = ListPanel(desk, ENTITIES["asset"], UiState(base.with_name("nowhere.json")))
    panel.resize(*lists.SIZE)
    panel.show()
    lists.settle(app)

    def repainted(name: str, on: Callable[[], bool]) -> Figures:
        times = []
        while on():
            times.append(lists.to_frame(app, panel.table, lambda: None))
        times.sort()
        return {f"{name}_p95": times[int(len(times) * 0.95)], f"{name}_worst": times[-1]}

    end = time.monotonic() + ALONE
    figures = repainted("alone", lambda: time.monotonic() < end)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.xlsx"
        desk.run("Export", lambda: export.list_job(desk.store, ENTITIES["asset"], path), lambda _: None)
        answer(figures | repainted("beside", lambda: desk.jobs.busy))
