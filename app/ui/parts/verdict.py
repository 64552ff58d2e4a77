"""Verdicts A to E: one as its letter in a tinted square, those of a lot as a bar with its legend."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fields import number
from app.ui import theme, tokens
from app.ui.parts import paint
from app.ui.parts.basics import column, row
from app.ui.parts.marks import VERDICTS
from app.ui.parts.meter import Meter, Run

SMALL, BIG = 20, 46
KEYS_GAP = 4
WORST = "E"
SOLID = {"A": "ok.solid", "B": "info.solid", "C": "warn.solid", "D": "bad.solid", "E": "ink"}
"""Of the bar: E is the darkest on paper, and stands out of the greys of what is not assessed."""


def draw_letter(painter: QPainter, box: QRect, letter: str, kind: str = "small_strong") -> None:
    """The letter in its square, E on the darkest one; a dash on a quiet ground while there is no verdict."""
    tone = VERDICTS[letter].tone if letter else "mute"
    fill, ink = ("ink", "surface") if letter == WORST else (f"{tone}.soft", f"{tone}.text")
    paint.round_box(painter, box, fill, radius=tokens.RADIUS_BADGE)
    paint.text(painter, box, letter or "–", kind, ink, align=paint.CENTRE)


class VerdictSquare(QWidget):
    def __init__(self, side: int = SMALL) -> None:
        super().__init__()
        self._side, self._letter = side, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.setAccessibleName(f"Verdict {letter}" if letter else "Pas encore de verdict")
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.scaled(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_letter(painter, self.rect(), self._letter, "figure" if self._side > SMALL else "small_strong")


class VerdictKey(paint.PaintedButton):
    """One entry of the legend: its letter, how many, its short word. It opens the list behind it."""

    RADIUS = tokens.RADIUS_BUTTON

    def __init__(self, letter: str, word: str) -> None:
        super().__init__()
        self._letter, self._word, self._count = letter, word, 0
        self._is_bare = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(word)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{self._letter or 'Sans verdict'}, {self._word}\u00a0: {number(count)}")
        self.setEnabled(count > 0)
        self.updateGeometry()
        self.update()

    def set_bare(self, bare: bool) -> None:
        """Without its word, where there is no room for those of all."""
        if bare != self._is_bare:
            self._is_bare = bare
            self.updateGeometry()
            self.update()

    def whole_width(self) -> int:
        return self.minimumSizeHint().width() + theme.width(self._word, "second") + 6

    def design_size(self) -> QSize:
        bare = self.minimumSizeHint()
        return bare if self._is_bare else QSize(self.whole_width(), bare.height())

    def minimumSizeHint(self) -> QSize:
        wide = theme.scaled(SMALL) + theme.width(number(self._count), "strong") + 20
        return QSize(wide, theme.scaled(SMALL) + 8)

    def draw(self, painter: QPainter) -> None:
        if self.hovered():
            paint.round_box(painter, self.rect(), "hover", radius=self.RADIUS)
        side = theme.scaled(SMALL)
        square = QRect(5, (self.height() - side) // 2, side, side)
        draw_letter(painter, square, self._letter)
        box = self.rect().adjusted(square.right() + 8, 0, -4, 0)
        used = paint.text(painter, box, number(self._count), "strong", "ink" if self._count else "ink3")
        if not self._is_bare:
            paint.text(
                painter, box.adjusted(used + 6, 0, 0, 0), self._word, "second", "ink2" if self._count else "ink3"
            )


class VerdictBar(QWidget):
    """The shares of a lot from A to E, then what is left to assess; `chosen` gives the letter asked for, "" for what
    is left."""

    chosen = Signal(str)

    def __init__(self, words: Mapping[str, str], left: str) -> None:
        """`words`: the short word of each letter; `left` that of what has no verdict."""
        super().__init__()
        self._bar = Meter(height=14)
        self.keys = {letter: VerdictKey(letter, word) for letter, word in {**words, "": left}.items()}
        line = row(*self.keys.values(), None, gap=KEYS_GAP)
        for letter, key in self.keys.items():
            key.clicked.connect(lambda _=False, letter=letter: self.chosen.emit(letter))
        self.setLayout(column(self._bar, line, gap=8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - KEYS_GAP * len(self.keys)
        bare = sum(key.whole_width() for key in self.keys.values()) > room
        for key in self.keys.values():
            key.set_bare(bare)

    def set_counts(self, counts: Mapping[str, int], left: int) -> None:
        whole = sum(counts.values()) + left
        shown = {**counts, "": left}
        for letter, key in self.keys.items():
            key.set_count(shown[letter])
        self._fit()
        runs = [Run(counts[letter] / whole, SOLID[letter]) for letter in counts if whole]
        self._bar.set_runs(runs, ", ".join(key.accessibleName() for key in self.keys.values()))
