"""The deadlines as rows under the heading of their group, and the months ahead as cells."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.fields import MISSING, NBSP, counted, day, day_words, month_words
from app.services.deadlines import ICONS, Deadline, Group, State
from app.ui import icons, theme
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.months import MonthCell
from app.ui.parts.table import Shape

COLUMNS: tuple[tuple[str, int, Shape], ...] = (
    ("Agir avant", 112, "text"), ("Objet", 380, "text"), ("État", 112, "badge"), ("Échéance", 104, "text"),
    ("Type", 126, "text"), ("Prestataire", 150, "text"), ("Si rien n’est fait", 330, "text"),
)  # fmt: skip
ACT, THING, STATE, DUE, KIND, PROVIDER, WHY = range(7)
ELASTIC = (THING, WHY)
NARROW = (KIND, PROVIDER, WHY)
"""Columns given up, the last first, where the window is narrow: the tooltip and the search still have them."""
DONE = "Ce qui a été fait"
"""What stands in the place of the consequence, of what was dealt with."""
LEAST = {THING: 260, WHY: 200}
"""Width down to which the elastic columns give way."""
LATE, AHEAD = "late", 12
GRAVEST = ("mute", "info", "warn", "bad")
_ROOT = QModelIndex()
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
Index = QModelIndex | QPersistentModelIndex


class DeadlinesModel(QAbstractTableModel):
    """A line of its own above the deadlines of each group."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Group | Deadline] = []
        self.today = date.min
        self._counts: dict[Group, int] = {}

    def show(self, found: Sequence[Deadline], today: date) -> None:
        self.beginResetModel()
        self.today, self.lines, self._counts = today, [], {}
        grouped: dict[Group, list[Deadline]] = {group: [] for group in Group}
        for one in found:
            grouped[one.group(today)].append(one)
        for group, ones in grouped.items():
            self._counts[group] = len(ones)
            if ones:
                self.lines += [group, *ones]
        self.endResetModel()

    def headings(self) -> list[int]:
        return [at for at, line in enumerate(self.lines) if isinstance(line, Group)]

    def deadline(self, row: int) -> Deadline | None:
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Deadline) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role or orientation != Qt.Orientation.Horizontal:
            return None
        return DONE if section == WHY and Group.HANDLED in self.lines else COLUMNS[section][0]

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_row = self.deadline(index.row()) is not None
        return super().flags(index) if is_row else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = 0) -> Any:
        line = self.lines[index.row()]
        if isinstance(line, Group):
            return self._heading(line, role) if index.column() == 0 else None
        return self._text(line, index.column()) if not role else self._dressed(line, index.column(), role)

    def _heading(self, group: Group, role: int) -> Any:
        if not role:
            return f"{group.label}  ·  {counted(self._counts[group], 'échéance')}"
        if role == _FOREGROUND and group.tone:
            return theme.color(f"{group.tone}.text")
        return theme.font("strong") if role == int(Qt.ItemDataRole.FontRole) else None

    def _text(self, one: Deadline, at: int) -> str:
        done = f"Traitée le {day(one.handled_on)}\u00a0: {one.reason}" if one.handled_on else one.why
        cells = (
            day(one.acts), one.title, one.state(self.today).label, day(one.due), one.kind.label,
            one.provider or MISSING, done or MISSING,
        )  # fmt: skip
        return cells[at]

    def _dressed(self, one: Deadline, at: int, role: int) -> Any:
        if role == MARK:
            return self.mark(one) if at == STATE else PLAIN
        if role == int(Qt.ItemDataRole.DecorationRole) and at == THING:
            return icons.icon(ICONS[one.kind], "ink2")
        if role == _FOREGROUND and (self._text(one, at) == MISSING or (at == DUE and one.acts == one.due)):
            return theme.color("ink3")
        if role == int(Qt.ItemDataRole.ToolTipRole) and at in {THING, STATE, WHY}:
            return f"{one.title}\n{self._text(one, WHY)}"
        if role == int(Qt.ItemDataRole.AccessibleTextRole) and at == ACT:
            return f"{one.title}, {one.state(self.today).label}, à faire avant le {day_words(one.acts)}"
        return None

    def mark(self, one: Deadline) -> Mark:
        state = one.state(self.today)
        glyph = "circle-minus" if state == State.PAST else ""
        return Mark(one.tone(self.today), loud=state.loud, glyph=glyph)


def cells(found: Sequence[Deadline], today: date) -> list[MonthCell]:
    """« En retard », then this month and the eleven that follow."""
    held: dict[str, list[Deadline]] = {}
    for one in found:
        held.setdefault(one.month(today), []).append(one)
    made = [_cell(LATE, "En retard", "En retard", held.get(LATE, ()), today)]
    for ahead in range(AHEAD):
        years, month = divmod(today.month - 1 + ahead, 12)
        first = date(today.year + years, month + 1, 1)
        title = month_words(first, short=True).partition(NBSP)[0] + (f"{NBSP}{first:%y}" if first.month == 1 else "")
        made.append(_cell(f"{first:%Y-%m}", title, month_words(first), held.get(f"{first:%Y-%m}", ()), today))
    return made


def _cell(key: str, title: str, whole: str, here: Sequence[Deadline], today: date) -> MonthCell:
    tones = [one.tone(today) for one in here]
    gravest = max(tones, key=lambda tone: GRAVEST.index(tone) if tone in GRAVEST else 0, default="mute")
    told = counted(len(here), "échéance") if here else "aucune échéance"
    return MonthCell(key, title, len(here), gravest, f"{whole.capitalize()}, {told}")
