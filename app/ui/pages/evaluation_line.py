"""One line of a form on the screen: its words, or the picture of what was written, and its boxes."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.reports.form_model import BOX as BOX_SIDE
from app.reports.form_model import FormBox, FormLine
from app.services.reading.form_data import SCALE, LineRead, LineState
from app.ui import icons, theme, tokens
from app.ui.parts import paint

NO_WORD = "sans avis"
BOX, GAP, PAD, BETWEEN = 28, 4, 10, 14
AIR, AROUND = 8, 4
GLYPH = 14
WORDS, STRIP = 108, 190
"""The least that a narrow window leaves to the words, and to the picture of the boxes."""
MARGIN, BEFORE = 2.0, 1.0
"""Millimetres of the picture kept before the first box; before the words, where it begins."""
AT_ONCE = 1.2
"""Seconds within which two digits are one number: « 1 » then « 0 »."""
EMPTYING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
NEXT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class ChoiceLine(QWidget):
    """Digits, or the first letter of a word, answer; Delete empties; Enter and the arrows go on. Nothing is ticked
    beforehand but what was surely read.

    `settled` once a person said what a doubtful line holds, were it nothing.
    """

    changed = Signal()
    moved = Signal(int)
    entered = Signal()

    def __init__(self, line: FormLine, read: LineRead | None = None) -> None:
        super().__init__()
        self.line, self.read = line, read
        self.value: int | None = read.value if read else None
        self.settled = read is None or read.state is not LineState.DOUBT
        self._typed_at = 0.0
        self._picture = _answers_only(line, read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._tell()

    # What it says

    @property
    def state(self) -> LineState:
        """Doubtful until it is settled, empty, or answered."""
        if not self.settled:
            return LineState.DOUBT
        return LineState.EMPTY if self.value is None else LineState.SURE

    @property
    def title(self) -> str:
        return f"{self.line.number} {self.line.label}".strip()

    def _why(self) -> str:
        """Under a line to check: what makes it doubtful."""
        why = self.read.why if self.read and not self.settled else ""
        return why[:1].upper() + why[1:]

    def _tell(self) -> None:
        said = next((_word(box) for box in self.line.boxes if box.value == self.value), "sans réponse")
        self.setAccessibleName(f"{self.title}\u00a0: {said if self.settled else 'à vérifier'}")
        self.setAccessibleDescription(self._why())
        self.setToolTip(self._why())
        self.update()

    # Answering

    def answer(self, value: int | None) -> None:
        """Take an answer, or none: a doubtful line is settled by it."""
        self.value, self.settled = value, True
        self._tell()
        self.updateGeometry()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = event.key(), event.text()
        if key in EMPTYING:
            self.answer(None)
        elif key in NEXT and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(1)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif typed.isdigit():
            self._digit(int(typed))
        elif (found := self._by_letter(typed)) is not None:
            self.answer(found)
        else:
            super().keyPressEvent(event)

    def _digit(self, digit: int) -> None:
        """The answer of that value; a second digit at once completes the first, where that is an answer."""
        both = (self.value or 0) * 10 + digit
        quick = self.value and time.monotonic() - self._typed_at < AT_ONCE
        wanted = both if quick and both in self.line.values else digit
        self._typed_at = time.monotonic()
        if wanted in self.line.values:
            self.answer(wanted)

    def _by_letter(self, letter: str) -> int | None:
        """« o » for « oui », « n » for « non », « s » for « sans avis »."""
        wanted = letter.casefold()
        found = (box.value for box in self.line.boxes if wanted and _word(box).startswith(wanted))
        return next(found, None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box taken takes the answer away."""
        super().mousePressEvent(event)
        for box, place in self._boxes():
            if place.contains(event.position().toPoint()):
                self.answer(None if box.value == self.value and self.settled else box.value)

    # Drawing

    def sizeHint(self) -> QSize:
        words = theme.line("small") + 2 if self._why() else 0
        strip = 0 if self._picture.isNull() else theme.scaled(STRIP) + BETWEEN
        least = theme.scaled(WORDS + GLYPH + AIR + PAD) + strip + BETWEEN
        return QSize(least + self._answers_width(), theme.control_height() + AROUND + words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _widths(self) -> list[int]:
        return [max(theme.scaled(BOX), theme.width(_word(box), "strong") + 2 * AIR) for box in self.line.boxes]

    def _answers_width(self) -> int:
        return sum(self._widths()) + GAP * (len(self.line.boxes) - 1) + PAD

    def _band(self) -> QRect:
        """The line itself, without the words under it."""
        return QRect(0, 0, self.width(), theme.control_height() + AROUND)

    def _boxes(self) -> Iterator[tuple[FormBox, QRect]]:
        band = self._band()
        x, high = self.width() - self._answers_width(), theme.control_height() - 4
        for box, width in zip(self.line.boxes, self._widths(), strict=True):
            yield box, QRect(x, (band.height() - high) // 2, width, high)
            x += width + GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._ground(painter)
            left = QRect(PAD, 0, self.width() - self._answers_width() - PAD - BETWEEN, self._band().height())
            self._words(painter, self._sign(painter, left))
            for box, place in self._boxes():
                self._box(painter, box, place)
            if why := self._why():
                under = QRect(PAD, left.height() - 2, self.width() - 2 * PAD, theme.line("small"))
                paint.text(painter, under, why, "small", "warn.text")

    def _ground(self, painter: QPainter) -> None:
        box = self.rect().adjusted(0, 0, -1, -1)
        if not self.settled:
            paint.round_box(painter, box, "warn.soft", radius=tokens.RADIUS_BUTTON)
        elif self.underMouse() or self.hasFocus():
            paint.round_box(painter, box, "hover", radius=tokens.RADIUS_BUTTON)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), tokens.RADIUS_BUTTON)

    def _sign(self, painter: QPainter, left: QRect) -> QRect:
        """Of a line that was read: how sure it is. What is left for its picture."""
        if self.read is None:
            return left
        name, role = {
            LineState.DOUBT: ("triangle-alert", "warn.text"),
            LineState.EMPTY: ("circle-dashed", "ink3"),
            LineState.SURE: ("circle-check", "ok.solid"),
        }[self.state]
        side = theme.scaled(GLYPH)
        icons.draw(painter, left.x(), left.center().y() - side // 2, name, role, size=GLYPH)
        return left.adjusted(side + AIR, 0, 0, 0)

    def _words(self, painter: QPainter, left: QRect) -> None:
        """The number and the words, then what was written in the boxes, beside the answers."""
        strip = self._strip_size(left.width() - theme.scaled(WORDS) - BETWEEN)
        number = theme.scaled(22) if self.line.number else 0
        if number:
            paint.text(painter, QRect(left.topLeft(), QSize(number, left.height())), self.line.number, "title", "ink2")
        room = strip.width() + BETWEEN if strip.width() else 0
        paint.text(painter, left.adjusted(number, 0, -room, 0), self.line.label)
        if strip.isEmpty():
            return
        place = QRect(QPoint(left.right() - strip.width(), (left.height() - strip.height()) // 2), strip)
        painter.drawPixmap(place, self._picture)
        painter.setPen(theme.color("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _strip_size(self, room: int) -> QSize:
        """Of the picture: as high as the line, or smaller when its place is narrow."""
        if self._picture.isNull():
            return QSize(0, 0)
        most = QSize(room, theme.control_height() - 2)
        return self._picture.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def _box(self, painter: QPainter, box: FormBox, place: QRect) -> None:
        taken = self.settled and box.value == self.value
        fill, edge = ("select", "accent") if taken else ("surface", "ctl")
        paint.round_box(painter, place, fill, edge, radius=tokens.RADIUS_FIELD)
        kind, role = ("strong", "accent") if taken else ("body", "ink")
        paint.text(painter, place, _word(box), kind, role, align=paint.CENTRE)


def _answers_only(line: FormLine, read: LineRead | None) -> QPixmap:
    """The boxes of the line as they came back: its words are on the screen already."""
    whole = QPixmap(str(read.picture)) if read and read.picture else QPixmap()
    if whole.isNull():
        return whole
    first = min(box.x for box in line.boxes) - BOX_SIDE / 2 - MARGIN
    left = max(0, round((first - line.x + BEFORE) * SCALE))
    return whole.copy(left, 0, whole.width() - left, whole.height())


def _word(box: FormBox) -> str:
    return box.word or NO_WORD
