"""A financial year before its workbook is made: what to settle first, what each sheet will hold, its lines."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.entities import ENTITIES
from app.fields import NBSP, counted, day, number
from app.reports.accounts.data import Book, Point
from app.services.listing import default_query
from app.ui import theme
from app.ui.desk import Desk
from app.ui.pages import accounting_rows as sheets
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, hairline, holder, label, row, scrolled
from app.ui.parts.buttons import button
from app.ui.parts.card import Card
from app.ui.parts.smalltable import SmallTable

GRAVE = {"no_period", "no_service"}
"""Points that make a check of the workbook fail."""
SETTLED = "Rien à régler\u00a0: le classeur peut partir."
LINES = 12
LEFT, RIGHT = 5, 2
WIDE = 1080
"""From here on, the sheets and what is to be settled stand side by side."""


class YearView(QWidget):
    """`told` when the lines shown change."""

    told = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.book: Book | None = None
        self.shown = sheets.SHEETS[2]
        self._banner, self.points = column(gap=0), Card("À régler avant d’exporter", flush=True)
        self.summary = SmallTable(sheets.SUMMARY, name="Feuilles du classeur")
        self.summary.selectionModel().currentRowChanged.connect(lambda now, _: self._chosen(now.row()))
        content = Card("Ce que contient le classeur", note="avec le plan d’amortissement et les contrôles", flush=True)
        content.body.addWidget(self.summary)
        self._lines = column(gap=12)
        self._cards = row(gap=12)
        self._cards.addLayout(column(content, self._lines, None, gap=12), LEFT)
        self._cards.addLayout(column(self.points, None), RIGHT)
        body = column(self._banner, self._cards, None, gap=12, margins=(16, 2, 16, 12))
        self.setLayout(column(scrolled(holder(body)), gap=0))
        self.lines: SmallTable | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """What is to be settled goes under the sheets when both do not hold side by side."""
        wide = self.width() >= theme.scaled(WIDE)
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def show_book(self, book: Book, today: date) -> None:
        self.book = book
        empty_layout(self._banner)
        if today <= book.year.end:
            self._banner.addWidget(Banner(running(book, today)))
        self._show_points([one for one in book.points if one.count])
        self.summary.set_rows(sheets.summary(book))
        self.show_sheet(self.shown.key)

    # What to settle

    def _show_points(self, points: list[Point]) -> None:
        empty_layout(self.points.body)
        wrong = sum(one.key in GRAVE for one in points)
        self.points.aside.setText(f"{counted(wrong, 'contrôle')} en défaut" if wrong else "")
        if not points:
            line = row(Glyph("circle-check", "ok.solid", 16), label(SETTLED), None, margins=(16, 9, 16, 3))
            self.points.body.addLayout(line)
        for position, one in enumerate(sorted(points, key=lambda point: point.key not in GRAVE)):
            if position:
                self.points.body.addWidget(hairline())
            self.points.body.addLayout(self._point(one))

    def _point(self, one: Point) -> QHBoxLayout:
        tone, icon = ("bad", "circle-x") if one.key in GRAVE else ("warn", "triangle-alert")
        see = button(f"Voir {ENTITIES[one.entity].counted(one.count)}", "link")
        see.setProperty("under", True)
        see.setAccessibleName(f"{one.label}{NBSP}: {number(one.count)}, voir la liste")
        see.clicked.connect(lambda: self._see(one.entity, one.ids))
        why = label(one.why, "second", "ink2", wrap=True)
        words = column(label(one.label, "title", wrap=True), why, row(see, None), gap=0)
        line = row(gap=12, margins=(16, 8, 16, 6))
        line.addWidget(Glyph(icon, f"{tone}.text", 16, f"{tone}.soft", 30), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return line

    def _see(self, entity: str, ids: tuple[int, ...]) -> None:
        self._desk.show_list.emit(entity, replace(default_query(ENTITIES[entity]), ids=ids))

    # The lines of a sheet

    def _chosen(self, at: int) -> None:
        if at >= 0 and sheets.SHEETS[at].key != self.shown.key:
            self.show_sheet(sheets.SHEETS[at].key)

    def show_sheet(self, key: str) -> None:
        """The lines of one sheet, under the summary."""
        assert self.book is not None  # noqa: S101 - the summary is shown with it
        self.shown = sheets.BY_KEY[key]
        at = sheets.SHEETS.index(self.shown)
        if self.summary.currentIndex().row() != at:
            self.summary.selectRow(at)
        empty_layout(self._lines)
        self._lines.addWidget(self._card(self.shown, self.book))
        self.told.emit()

    def _card(self, one: sheets.Shown, book: Book) -> Card:
        card = Card(
            one.title,
            note=sheets.cut(one, book) or one.what,
            link="Ouvrir la liste" if book.behind.get(one.behind) else "",
            flush=True,
        )
        card.link_followed.connect(lambda: self._see(one.entity, book.behind[one.behind]))
        self._fill(card.body, one, book)
        return card

    def _fill(self, body: QVBoxLayout, one: sheets.Shown, book: Book) -> None:
        rows = one.rows(book)
        if not rows:
            self.lines = None
            body.addLayout(row(label(one.empty, "body", "ink2"), None, margins=(16, 9, 16, 3)))
            return
        self.lines = SmallTable(one.columns, rows, one.title, most=LINES)
        body.addWidget(self.lines)

    def sentence(self) -> str:
        if self.book is None:
            return ""
        points = sum(one.count > 0 for one in self.book.points)
        year = f"Exercice {self.book.year.year}"
        return f"{year}  ·  {counted(points, 'point')} à régler" if points else f"{year}  ·  Rien à régler"


def running(book: Book, today: date) -> BannerData:
    return BannerData(
        "info",
        f"L’exercice {book.year.year} n’est pas clos",
        f"Ces chiffres sont provisoires, au {day(today)}\u00a0: ils changeront d’ici le {day(book.year.end)}.",
    )
