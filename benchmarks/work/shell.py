"""The floors of the start: a window reduced to a table of 500 rows.

`empty`: no table; `lazy`: its rows by the bare driver, the ORM after the frame; `orm`: its rows by the ORM, before it.
"""

import sys
from typing import Any

from benchmarks.work.process import Figures, answer, peak_memory, since_start

ROWS, COLUMNS = 500, 10


def make_base(path: str) -> None:
    import sqlite3  # noqa: PLC0415 - only the parent makes it
    from contextlib import closing  # noqa: PLC0415

    names = ", ".join(f"c{i} TEXT" for i in range(COLUMNS))
    rows = [[None, *(f"valeur {row} de la colonne {i}" for i in range(COLUMNS))] for row in range(ROWS)]
    marks = ", ".join("?" * (COLUMNS + 1))
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DROP TABLE IF EXISTS thing")
        base.execute(f"CREATE TABLE thing (id INTEGER PRIMARY KEY, {names})")
        base.executemany(f"INSERT INTO thing VALUES ({marks})", rows)  # noqa: S608 - our own names


def _by_driver(path: str) -> list[tuple[str, ...]]:
    import sqlite3  # noqa: PLC0415 - part of what is measured

    return [row[1:] for row in sqlite3.connect(path).execute("SELECT * FROM thing")]


def _by_orm(path: str) -> list[tuple[str, ...]]:
    from sqlalchemy import Column, Integer, Text, create_engine, select  # noqa: PLC0415 - as above
    from sqlalchemy.orm import DeclarativeBase, Session  # noqa: PLC0415

    class Base(DeclarativeBase):
        pass

    names = [f"c{i}" for i in range(COLUMNS)]
    cells: dict[str, Any] = {name: Column(Text) for name in names}
    thing: Any = type("Thing", (Base,), {"__tablename__": "thing", "id": Column(Integer, primary_key=True), **cells})
    with Session(create_engine(f"sqlite:///{path}")) as session:
        return [tuple(getattr(one, name) for name in names) for one in session.scalars(select(thing))]


def main() -> None:
    kind, path = sys.argv[1:3]
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - part of what is measured
    from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget  # noqa: PLC0415

    app = QApplication([])
    figures: Figures = {}

    def ready() -> None:
        if kind == "lazy":
            _by_orm(path)
        answer({**figures, "usable": since_start(), "memory": peak_memory()})

    def note() -> None:
        if not figures:
            figures["painted"] = since_start()
            QTimer.singleShot(0, ready)

    class Bare(QWidget):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            note()

    window = QMainWindow()
    window.resize(1280, 800)
    if kind == "empty":
        window.setCentralWidget(Bare())
    else:
        tabs = QTabWidget()
        tabs.addTab(_view(_by_driver(path) if kind == "lazy" else _by_orm(path), note), "Biens")
        window.setCentralWidget(tabs)
    window.show()
    app.exec()


def _view(rows: list[tuple[str, ...]], note: Any) -> Any:
    from PySide6.QtCore import QAbstractTableModel  # noqa: PLC0415 - part of what is measured
    from PySide6.QtWidgets import QTableView  # noqa: PLC0415

    class Rows(QAbstractTableModel):
        def rowCount(self, _parent: Any = None) -> int:
            return len(rows)

        def columnCount(self, _parent: Any = None) -> int:
            return COLUMNS

        def data(self, index: Any, role: int = 0) -> str | None:
            return None if role else rows[index.row()][index.column()]

    class View(QTableView):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            note()

    view = View()
    model = Rows(view)
    view.setModel(model)
    return view
