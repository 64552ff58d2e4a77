"""The lines of a scorecard on the screen: facts at left, the note and its squares, what it weighs, how to judge it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.fields import MISSING, NBSP, lowered, number
from app.services.scorecards.paper import note_told
from app.services.scorecards.view import CriterionRow
from app.services.scorecards.words import brief, row_told
from app.ui import theme
from app.ui.parts import paint
from app.ui.parts.badge import Badge
from app.ui.parts.basics import column, holder, label, row
from app.ui.parts.buttons import Button, button
from app.ui.parts.marks import Mark

FIVE = 5
SIDE, GAP = 9, 3
SOURCE, NOTE, WEIGHT, POINTS, ACT = 104, 116, 62, 56, 128
"""Widths of the columns at the right, at the base size of text."""
LOW = 250


class Squares(QWidget):
    """Five of them, filled as far as the note goes; `hundredths` from 0 to 500."""

    def __init__(self, hundredths: int, role: str = "info.solid") -> None:
        super().__init__()
        self._note, self._role = hundredths, role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side, gap = theme.scaled(SIDE), theme.scaled(GAP)
        return QSize(FIVE * side + (FIVE - 1) * gap, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side, step = self.height(), theme.scaled(SIDE + GAP)
        with QPainter(self) as painter:
            for i in range(FIVE):
                box = QRect(i * step, 0, side, side)
                part = min(max(self._note - 100 * i, 0), 100)
                paint.round_box(painter, box, "mute.soft", radius=2)
                if part:
                    paint.round_box(painter, QRect(box.x(), 0, side * part // 100, side), self._role, radius=2)


def heads(*, acted: bool) -> QHBoxLayout:
    """Over the lines; `acted`: they have buttons at their end."""
    told = [("Source", SOURCE), ("Note sur 5", NOTE), ("Poids", WEIGHT), ("Points", POINTS)]
    told += [("", ACT)] if acted else []
    made = [_cell(words, width, "small", "ink2", right=words in {"Poids", "Points"}) for words, width in told]
    line = row(label("Critère et faits constatés", "small", "ink2"), *made, gap=10, margins=(16, 4, 16, 4))
    line.setStretch(0, 1)
    return line


def line(one: CriterionRow, judge: Callable[[], object] | None, behind: Callable[[], object] | None) -> QWidget:
    """A criterion; without `judge` the card is issued."""
    words = column(label(one.criterion.label, "title"), gap=1)
    facts = one.facts or (MISSING if not one.reason else "")
    if facts:
        words.addWidget(label(facts, "second", "ink2", wrap=True))
    if one.reason:
        words.addWidget(label(f"Avis\u00a0: {lowered(one.reason)}", "second", "ink2", wrap=True))
    acts = [_acts(one, judge, behind)] if judge is not None else []
    made = row(
        holder(words),
        _cell(one.source.value, SOURCE, "second", "ink2"),
        _note(one),
        _cell(_weight(one), WEIGHT, right=True),
        _cell(_points(one.counted.points), POINTS, "strong", right=True),
        *acts,
        gap=10,
        margins=(16, 7, 16, 7),
    )
    made.setStretch(0, 1)
    found = holder(made)
    found.setAccessibleName(row_told(one))
    return found


def _weight(one: CriterionRow) -> str:
    """As chosen; what it weighs in the end where others are left out."""
    return MISSING if one.counted.weight is None else f"{brief(one.counted.weight)}{NBSP}%"


def _points(points: Decimal | None) -> str:
    return MISSING if points is None else number(points, 1)


def _note(one: CriterionRow) -> QWidget:
    if one.note is None:
        badge = Badge("À noter", Mark("warn", loud=True)) if one.is_asked else Badge("Non évalué", Mark("mute"))
        made = row(badge, None)
    else:
        low = one.note < LOW
        told = label(note_told(one.note), "strong", "bad.text" if low else "ink")
        made = row(Squares(one.note, "bad.solid" if low else "info.solid"), told, None, gap=8)
    found = holder(made)
    theme.fix_width(found, NOTE)
    return found


def _acts(one: CriterionRow, judge: Callable[[], object], behind: Callable[[], object] | None) -> QWidget:
    """At most two: the note, the records behind."""
    wanted = button("Noter…", "plain" if one.is_asked else "quiet")
    wanted.setAccessibleName(f"Noter\u00a0: {one.criterion.label}")
    wanted.clicked.connect(judge)
    made: list[Button] = [wanted]
    if behind is not None:
        seen = button("Voir", "link")
        seen.setAccessibleName(f"Voir ce qui est compté\u00a0: {one.criterion.label}")
        seen.clicked.connect(behind)
        made.insert(0, seen)
    found = holder(row(None, *made, gap=4))
    theme.fix_width(found, ACT)
    return found


def _cell(words: str, width: float, kind: str = "body", ink: str = "ink", *, right: bool = False) -> QLabel:
    made = label(words, kind, ink)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    theme.fix_width(made, width)
    return made
