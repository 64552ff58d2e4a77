"""A criterion noted from 4 to 0: five answers in words side by side, taken by a digit, an arrow or a click."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui import icons, theme, tokens
from app.ui.parts import paint

BEST = 4
GAP, PAD, AIR = 6, 8, 5
GLYPH = 13
LEAST = 560
"""Wide enough for the words of five answers."""
_AZERTY = "à&é\"'"
"""What the keys of 0 to 4 write on a French keyboard without the shift."""
_DIGITS = {sign: note for signs in ("01234", _AZERTY) for note, sign in enumerate(signs)}
_BARE = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_STEPS = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ScaleData:
    """`aside` stands quietly after the title; `steps` are the words of 4 to 0, a detail after a comma."""

    title: str
    aside: str
    steps: Sequence[str]


class ScaleRow(QWidget):
    """`noted` at each change by hand; `answered` when it is an answer and not a search by the arrows; `moved` by -1 or
    1 when another criterion is asked for."""

    noted = Signal()
    answered = Signal(int)
    moved = Signal(int)

    def __init__(self, data: ScaleData) -> None:
        super().__init__()
        self._data = data
        self._note: int | None = None
        self._source, self._tone, self._glyph = "", "", ""
        self._missing = False
        self._hover: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    # What it shows

    def note(self) -> int | None:
        return self._note

    def set_note(self, note: int | None) -> None:
        self._note = note
        self._missing = self._missing and note is None
        self._tell()

    def set_source(self, text: str, tone: str = "", glyph: str = "") -> None:
        """Where the note comes from, or what helps to give it, at the right of the title."""
        self._source, self._tone, self._glyph = text, tone, glyph
        self._tell()

    def set_missing(self, missing: bool) -> None:
        """Tell that an answer is waited for."""
        self._missing = missing
        self._tell()

    def _tell(self) -> None:
        taken = f"{self._note}, {self._data.steps[BEST - self._note]}" if self._note is not None else "sans réponse"
        told = f"{self._data.title}\u00a0: {taken}"
        self.setAccessibleName(f"{told}. {self._source}" if self._source else told)
        self.setAccessibleDescription("Tapez un chiffre de 0 à 4.")
        self.update()

    # Sizes

    def _head(self) -> int:
        return theme.line("title") + 4

    def _cells_height(self) -> int:
        return theme.line("small_title") + theme.line("small") + 6

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(LEAST), self._head() + self._cells_height() + 2 * AIR)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def _inner(self) -> QRect:
        return self.rect().adjusted(tokens.FIRST_MARGIN, AIR, -tokens.FIRST_MARGIN, -AIR)

    def _cell(self, note: int) -> QRect:
        inner = self._inner()
        at, count = BEST - note, BEST + 1
        left = inner.x() + (inner.width() + GAP) * at // count
        right = inner.x() + (inner.width() + GAP) * (at + 1) // count - GAP
        return QRect(left, inner.y() + self._head(), right - left, self._cells_height())

    def _note_at(self, x: int, y: int) -> int | None:
        return next((note for note in range(BEST + 1) if self._cell(note).contains(x, y)), None)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.fillRect(self.rect(), theme.color("hover"))
                painter.fillRect(QRect(0, 0, 3, self.height()), theme.color("accent"))
            self._paint_head(painter)
            for note in range(BEST, -1, -1):
                self._paint_cell(painter, note)

    def _paint_head(self, painter: QPainter) -> None:
        line = self._inner()
        line.setHeight(theme.line("title"))
        title = "bad.text" if self._missing else "ink"
        used = paint.text(painter, line, self._data.title, "strong", title)
        left = line.adjusted(used + 8, 0, 0, 0)
        aside = "à répondre" if self._missing else "" if self._glyph else self._data.aside
        used = paint.text(painter, left, aside, "second", "bad.text" if self._missing else "ink3")
        self._paint_source(painter, left.adjusted(used + 16, 0, 0, 0))

    def _paint_source(self, painter: QPainter, box: QRect) -> None:
        """At the right, its glyph before it."""
        if not self._source:
            return
        side = theme.scaled(GLYPH) + 5 if self._glyph else 0
        wide = min(theme.width(self._source, "second") + side, box.width())
        at = QRect(box.right() - wide + 1, box.y(), wide, box.height())
        if self._glyph:
            top = at.y() + (at.height() - theme.scaled(GLYPH)) // 2
            icons.draw(painter, at.x(), top, self._glyph, f"{self._tone}.solid", size=GLYPH)
        role = f"{self._tone}.text" if self._tone == "warn" else "ink2"
        paint.text(painter, at.adjusted(side, 0, 0, 0), self._source, "second", role)

    def _paint_cell(self, painter: QPainter, note: int) -> None:
        box, taken = self._cell(note), note == self._note
        fill = "select" if taken else "hover" if note == self._hover else "surface"
        paint.round_box(painter, box, fill, "accent" if taken else "edge", radius=tokens.RADIUS_FIELD,
                        width=2 if taken else 1)  # fmt: skip
        ink = "accent" if taken else "ink2"
        digit = QRect(box.x() + PAD, box.y(), theme.width("0", "strong"), box.height())
        paint.text(painter, digit, str(note), "strong", ink)
        words = box.adjusted(PAD + digit.width() + PAD, 3, -3, -3)
        word, _, detail = self._data.steps[BEST - note].partition(", ")
        kind = "small_strong" if taken else "small_title"
        if not detail:
            paint.text(painter, words, word, kind, "ink")
            return
        half = words.height() // 2
        paint.text(painter, words.adjusted(0, 0, 0, -half), word, kind, "ink")
        paint.text(painter, words.adjusted(0, half, 0, 0), detail, "small", "ink2")

    # Hands

    def _answer(self, note: int) -> None:
        self.set_note(note)
        self.noted.emit()
        self.answered.emit(note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in _BARE
        if plain and event.text() in _DIGITS:
            self._answer(_DIGITS[event.text()])
        elif plain and key in _STEPS:
            start = BEST if self._note is None else self._note + _STEPS[key]
            self.set_note(min(max(start, 0), BEST))
            self.noted.emit()
        elif plain and key in _MOVES:
            self.moved.emit(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        note = self._note_at(spot.x(), spot.y())
        if note is not None and event.button() == Qt.MouseButton.LeftButton:
            self._answer(note)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        self._set_hover(self._note_at(spot.x(), spot.y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(None)

    def _set_hover(self, note: int | None) -> None:
        if note != self._hover:
            self._hover = note
            self.setCursor(Qt.CursorShape.ArrowCursor if note is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            note = self._note_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self._data.steps[BEST - note] if note is not None else self._source)
            return True
        return super().event(event)
