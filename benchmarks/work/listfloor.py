"""The floors of the lists: C++ models of Qt in a plain table, on the same base.

`items`: 200 rows of ready items, repainted; `pages`: the first page of an ordered statement, read by Qt.
"""

import sys
from typing import Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSql import QSqlDatabase, QSqlQuery, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.work.process import answer, once

SIZE, PAGE, REPAINTS = (1280, 800), 200, 15
DUE = """CASE WHEN t.status IN ('open', 'taken', 'waiting') THEN NULLIF(MIN(
    CASE WHEN t.taken_at IS NULL THEN COALESCE(t.take_due_at, '9999') ELSE '9999' END,
    CASE WHEN t.on_site_at IS NULL THEN COALESCE(t.on_site_due_at, '9999') ELSE '9999' END,
    CASE WHEN t.resolved_at IS NULL THEN COALESCE(t.restore_due_at, '9999') ELSE '9999' END), '9999') END"""
"""The nearest promise, as app/services/ticket_due.py works it out."""
STATEMENTS = {
    "ticket": f"""SELECT t.number, t.subject, a.number, p.last_name, t.priority, t.status, t.opened_at, {DUE}
        FROM ticket t LEFT JOIN asset a ON a.id = t.asset_id LEFT JOIN person p ON p.id = t.requester_id
        WHERE t.deleted_at IS NULL {{}} LIMIT 200""",  # noqa: S608 - our own text
    "asset": """SELECT t.number, t.name, t.brand, t.model, t.serial, f.name, s.name, p.last_name, t.status
        FROM asset t LEFT JOIN family f ON f.id = t.family_id LEFT JOIN site s ON s.id = t.site_id
        LEFT JOIN person p ON p.id = t.person_id WHERE t.deleted_at IS NULL {} LIMIT 200""",
}
HELD = "AND t.id IN (SELECT rowid FROM {}_fts WHERE {}_fts MATCH '\"{}\"*') ORDER BY t.id DESC"


class View(QTableView):
    painted = 0

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        self.painted += 1


def main() -> None:
    key, base = sys.argv[2:4]
    app = QApplication([])
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(base)
    assert database.open()
    view, model = View(), QSqlQueryModel()
    view.resize(*SIZE)
    view.setModel(model)
    view.show()

    def to_frame(act: Any) -> float:
        def whole() -> None:
            before = view.painted
            act()
            view.viewport().update()
            while view.painted == before:
                app.processEvents()

        return once(whole)

    def middle(act: Any, times: int) -> float:
        return sorted(to_frame(act) for _ in range(times))[times // 2]

    def read(end: str) -> None:
        query = QSqlQuery(database)
        query.exec(STATEMENTS[key].format(end))
        model.setQuery(query)

    figures = {"first": to_frame(lambda: read("ORDER BY t.id DESC"))}
    figures["sort"] = middle(lambda: read("ORDER BY t.number"), 7)
    if key == "ticket":
        figures["due"] = middle(lambda: read(f"ORDER BY {DUE}"), 7)
    words = ("im", "imp", "impr") if key == "ticket" else ("de", "del", "dell")
    figures["key"] = sorted(to_frame(lambda w=w: read(HELD.format(key, key, w))) for w in words * 3)[4]
    figures["absent"] = middle(lambda: read(HELD.format(key, key, "zzyzx")), 5)
    read("ORDER BY t.id DESC")
    figures["repaint"] = _items(app, view, model, to_frame)
    answer(figures)


def _items(app: QApplication, view: View, model: QSqlQueryModel, to_frame: Any) -> float:
    """Median repaint of the same cells kept as items."""
    items = QStandardItemModel(view)
    for row in range(min(PAGE, model.rowCount())):
        cells = [str(model.index(row, column).data()) for column in range(model.columnCount())]
        items.appendRow([QStandardItem(cell) for cell in cells])
    view.setModel(items)
    to_frame(lambda: None)
    app.processEvents()
    times: list[float] = sorted(to_frame(lambda: None) for _ in range(REPAINTS))
    return times[REPAINTS // 2]
