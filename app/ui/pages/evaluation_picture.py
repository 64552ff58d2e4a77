"""The page of a form as it was scanned, beside its answers: the line in hand is outlined and brought to the eye."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from app.reports.form_model import BOX, FormLine
from app.services.reading.form_data import SCALE
from app.ui import theme
from app.ui.parts import paint
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import icon_button

STEPS = (1.0, 1.5, 2.0, 3.0)
"""Times the width of the place."""
ROOM = 3.0
"""Millimetres around the line that is outlined."""
AROUND = 80


class _Sheet(QWidget):
    """The picture at the width given, and a box around a line."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.spot = QRect()
        self.setAccessibleName("Page numérisée")

    def ratio(self) -> float:
        return self.width() / max(1, self.picture.width())

    def place(self) -> QRect:
        """The box of the line, in the pixels of the widget."""
        ratio, spot = self.ratio(), self.spot
        return QRect(*(round(one * ratio) for one in (spot.x(), spot.y(), spot.width(), spot.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
            painter.setClipRect(event.rect())
            painter.drawPixmap(self.rect(), self.picture)
            if not self.spot.isEmpty():
                paint.round_box(painter, self.place(), "", "accent", radius=4, width=2)


class PageView(QWidget):
    """`show_page` takes a picture; `show_line` a line of the form, where the page was set straight."""

    def __init__(self) -> None:
        super().__init__()
        self._zoom = 0
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setProperty("kind", "ground")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        closer, away = icon_button("zoom-in", "Agrandir la page"), icon_button("zoom-out", "Réduire la page")
        closer.clicked.connect(lambda: self.zoom(1))
        away.clicked.connect(lambda: self.zoom(-1))
        for one in (closer, away):
            one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = label("La page", "second", "ink2")
        head = row(self.title, None, away, closer, gap=2, margins=(12, 4, 6, 4))
        self.setLayout(column(frame("bar", head), self._area, gap=0))

    def show_page(self, path: Path | None, title: str) -> None:
        self.title.setText(title)
        self._sheet.picture = QPixmap(str(path)) if path else QPixmap()
        self._sheet.spot = QRect()
        self._fit()

    def show_line(self, line: FormLine) -> None:
        """Outline it on a page that was set straight, `SCALE` pixels a millimetre."""
        left = min(line.x, *(box.x - BOX for box in line.boxes)) - 1
        right = max(box.x + BOX for box in line.boxes) + 2
        top = line.y - BOX / 2 - ROOM / 2
        corners = (left, top, right - left, BOX + ROOM)
        self._sheet.spot = QRect(*(round(one * SCALE) for one in corners))
        self._sheet.update()
        middle = self._sheet.place().center()
        self._area.ensureVisible(middle.x(), middle.y(), 0, theme.scaled(AROUND))

    def zoom(self, by: int) -> None:
        self._zoom = max(0, min(len(STEPS) - 1, self._zoom + by))
        self._fit()
        if not self._sheet.spot.isEmpty():
            middle = self._sheet.place().center()
            self._area.ensureVisible(middle.x(), middle.y(), theme.scaled(AROUND), theme.scaled(AROUND))

    def _fit(self) -> None:
        picture = self._sheet.picture
        if picture.isNull():
            self._sheet.resize(0, 0)
            return
        wide = round(self._area.viewport().width() * STEPS[self._zoom])
        self._sheet.resize(wide, round(wide * picture.height() / picture.width()))
        self._sheet.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # a resize event
        self._fit()
