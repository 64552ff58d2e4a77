"""The notice of a contract: the sentence first, the four zones to scale, three dates, three equal choices."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import Glyph, column, empty_layout, fill, hairline, label, row
from app.ui.parts.buttons import button
from app.ui.parts.card import Card

BAR, TICK, FLAG = 26, 6, 21
BREAK = 2


@dataclass(frozen=True, slots=True)
class Zone:
    """`share` of the strip, `date` under its right end; the zone under way is `current`; what is lost is `hatched`."""

    name: str
    share: float
    tone: str
    date: str = ""
    current: bool = False
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class NoticeDate:
    label: str
    date: str
    weekday: str
    reason: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class NoticeData:
    """`today` is its place on the strip, from 0 to 1, `today_text` its flag; `sentence` tells the strip in words."""

    icon: str
    tone: str
    headline: str
    consequence: str
    zones: Sequence[Zone]
    today: float
    today_text: str
    sentence: str
    dates: Sequence[NoticeDate]
    choices: Sequence[Choice]
    aside: str = ""


def _name_kind(zone: Zone) -> str:
    return "small_strong" if zone.current or zone.tone == "bad" else "small_title"


class Strip(QWidget):
    """The zones to scale, with today flagged."""

    def __init__(self, data: NoticeData) -> None:
        super().__init__()
        self._data = data
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(data.sentence)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(420), theme.scaled(FLAG + BAR) + 16 + TICK + theme.line("second") + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        top = theme.scaled(FLAG) + 16
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            taken = -1
            widths = self._widths()
            for position, zone in enumerate(self._data.zones):
                x = sum(widths[:position])
                box = QRect(x + BREAK // 2, top, widths[position] - BREAK, theme.scaled(BAR))
                self._zone(painter, box, zone)
                taken = self._date(painter, box, zone.date, taken)
            self._today(painter, top, self._today_at(widths))

    def _widths(self) -> list[int]:
        """To scale, but no zone is narrower than its word: the widest gives way."""
        zones = self._data.zones
        widths = [max(round(z.share * self.width()), theme.width(z.name, _name_kind(z)) + 12) for z in zones]
        widest = widths.index(max(widths))
        widths[widest] -= sum(widths) - self.width()
        return widths

    def _today_at(self, widths: list[int]) -> int:
        """Its place inside the zone it falls in."""
        x, before = 0.0, 0.0
        for zone, width in zip(self._data.zones, widths, strict=True):
            if self._data.today <= before + zone.share:
                return round(x + (self._data.today - before) / (zone.share or 1) * width)
            x, before = x + width, before + zone.share
        return round(x)

    @staticmethod
    def _zone(painter: QPainter, box: QRect, zone: Zone) -> None:
        edge = f"{zone.tone}.solid" if zone.current else ""
        paint.round_box(painter, box, f"{zone.tone}.soft", edge, radius=tokens.RADIUS_BADGE, width=2)
        if zone.hatched:
            paint.hatch(painter, box, "edge", tokens.RADIUS_BADGE)
        kind = _name_kind(zone)
        if zone.hatched:
            patch = QRect(0, 0, theme.width(zone.name, kind) + 10, theme.line(kind))
            patch.moveCenter(box.center())
            painter.fillRect(patch, theme.color(f"{zone.tone}.soft"))
        paint.text(painter, box, zone.name, kind, f"{zone.tone}.text", align=paint.CENTRE)

    def _date(self, painter: QPainter, zone: QRect, date: str, taken: int) -> int:
        """Under the right end, pushed right when the one before stands there; return its right edge."""
        if not date:
            return taken
        painter.fillRect(QRect(zone.right(), zone.bottom() + 4, 1, TICK), theme.color("edge"))
        wide = theme.width(date, "second")
        left = max(taken + 10, min(zone.right() - wide // 2, self.width() - wide))
        box = QRect(left, zone.bottom() + TICK + 6, wide + 1, theme.line("second"))
        paint.text(painter, box, date, "second", "ink2")
        return box.right()

    def _today(self, painter: QPainter, top: int, x: int) -> None:
        wide = theme.width(self._data.today_text, "small_strong") + 16
        flag = QRect(max(0, min(x - wide // 2, self.width() - wide)), 0, wide, theme.scaled(FLAG))
        line = QRect(x - 1, flag.bottom(), 2, top + theme.scaled(BAR) + 3 - flag.bottom())
        painter.fillRect(line, theme.color("inverse"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("inverse"))
        painter.drawRoundedRect(QRectF(flag), tokens.RADIUS_BADGE, tokens.RADIUS_BADGE)
        foot = flag.bottom()
        painter.drawPolygon(QPolygon([QPoint(x - 5, foot), QPoint(x + 5, foot), QPoint(x, foot + 5)]))
        paint.text(painter, flag, self._data.today_text, "small_strong", "onInverse", align=paint.CENTRE)


class NoticePanel(Card):
    """`chosen` gives the key of a choice: no choice is primary, it is the manager's."""

    chosen = Signal(str)

    def __init__(self, data: NoticeData | None = None) -> None:
        super().__init__()
        if data is not None:
            self.set_data(data)

    def set_data(self, data: NoticeData) -> None:
        empty_layout(self.body)
        self.setAccessibleName(data.headline)
        head = row(
            Glyph(data.icon, f"{data.tone}.text", 20),
            column(label(data.headline, "card", wrap=True), label(data.consequence, "body", "ink2", wrap=True), gap=0),
            gap=12,
        )
        head.setStretch(1, 1)
        fill(self.body, head, 8, Strip(data), 2, hairline(), 2)
        dates = row(gap=16)
        for one in data.dates:
            dates.addLayout(_date(one), 1)
        choices = row(gap=8)
        for choice in data.choices:
            made = button(choice.text, icon=choice.icon)
            made.clicked.connect(lambda _=False, key=choice.key: self.chosen.emit(key))
            choices.addWidget(made)
        fill(self.body, dates)
        if data.choices or data.aside:
            fill(choices, None, label(data.aside, "second", "ink2"))
            fill(self.body, 4, choices)


def _date(data: NoticeDate) -> QVBoxLayout:
    ink = f"{data.tone}.text" if data.tone else "ink"
    return column(
        label(data.label, "second", "ink2"),
        row(label(data.date, "amount", ink), label(data.weekday, "second", "ink2"), None, gap=7),
        label(data.reason, "second", "ink2", wrap=True),
        None,
        gap=1,
    )
