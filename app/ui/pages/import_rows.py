"""The lines of an import preview: what each would do, « old → new », or why it is refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.fields import MISSING, counted, fold, plural
from app.services.importing import Line, Outcome
from app.ui import icons, theme, tokens
from app.ui.parts import paint
from app.ui.parts.marks import MARK, Mark
from app.ui.parts.smalltable import SmallColumn

WORDS: dict[Outcome, tuple[str, Mark]] = {
    "refused": ("Refusé", Mark("bad", loud=True)),
    "created": ("Créé", Mark("ok", loud=True, glyph="circle-plus")),
    "changed": ("Modifié", Mark("info", loud=True, glyph="pencil")),
    "unchanged": ("Inchangé", Mark("mute", glyph="equal")),
}
FILE = SmallColumn("Fichier", 150)
COLUMNS = (
    SmallColumn("Ligne", 66),
    SmallColumn("Résultat", 116, "badge"),
    SmallColumn("N° inventaire", 118),
    SmallColumn("Désignation", 210),
    SmallColumn("Ce qui change, ou pourquoi la ligne est refusée", 200),
)
LINE = MARK + 1
ARROW = 12
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractTableModel):
    """All the lines of a plan, then those kept by a result and a text. `named_by` heads what each is known by."""

    def __init__(self, parent: QWidget, named_by: str = COLUMNS[2].title) -> None:
        super().__init__(parent)
        self._all: list[tuple[Line, str]] = []
        self._named = replace(COLUMNS[2], title=named_by)
        self.columns = self._columns(several=False)
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line], several: bool) -> None:
        """`several`: the file of each line is told."""
        self.beginResetModel()
        self.columns = self._columns(several)
        self._all = [(line, fold(" ".join((line.source, line.number, line.title, told(line))))) for line in lines]
        self.lines = list(lines)
        self.endResetModel()

    def _columns(self, several: bool) -> list[SmallColumn]:
        return [*([FILE] if several else []), *COLUMNS[:2], self._named, *COLUMNS[3:]]

    def keep(self, outcome: str, text: str) -> None:
        """Lines of this result (« » for all) that hold every word."""
        words = fold(text).split()
        self.beginResetModel()
        self.lines = [
            line for line, known in self._all if outcome in {"", line.outcome} and all(word in known for word in words)
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        return self.columns[section].title if not role and orientation == Qt.Orientation.Horizontal else None

    def data(self, index: Index, role: int = 0) -> Any:
        line, title = self.lines[index.row()], self.columns[index.column()].title
        if not role:
            return self._text(line, title)
        if role == MARK:
            return WORDS[line.outcome][1]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(changes(line)) if title == COLUMNS[-1].title else None
        if role == Qt.ItemDataRole.ForegroundRole and self._text(line, title) in {MISSING, "sans désignation"}:
            return theme.color("ink3")
        return None

    def _text(self, line: Line, title: str) -> str:
        return {
            FILE.title: line.source,
            COLUMNS[0].title: str(line.line or MISSING),
            COLUMNS[1].title: WORDS[line.outcome][0],
            self._named.title: line.number or MISSING,
            COLUMNS[3].title: line.title or (line.source if line.line is None else "sans désignation"),
        }.get(title) or told(line)


def changes(line: Line) -> list[str]:
    """Each change on its line, for the tooltip, then what the reader noted."""
    shown = [f"{one.field}\u00a0: {one.old} → {one.new}" for one in line.changes]
    return [*shown, *([line.detail] if line.detail else [])]


def told(line: Line) -> str:
    """The whole cell in words, for the filter and the screen reader."""
    return ", ".join(changes(line))


class ChangeDelegate(QStyledItemDelegate):
    """« Affecté à : Claire Bonnin → **Karim Haddad** », a refusal in its tone, the rest quiet."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        box = option.rect.adjusted(tokens.CELL_MARGIN, 0, -tokens.CELL_MARGIN, -1)
        if line.outcome == "refused":
            paint.text(painter, box, line.detail, "title", "bad.text")
        elif not line.changes:
            paint.text(painter, box, line.detail, "body", "ink2")
        else:
            self._change(painter, box, line)

    @staticmethod
    def _change(painter: QPainter, box: Any, line: Line) -> None:
        first, others = line.changes[0], len(line.changes) - 1
        x = paint.text(painter, box, f"{first.field}\u00a0: {first.old}", "body", "ink2")
        side = theme.scaled(ARROW)
        box = box.adjusted(x + 8, 0, 0, 0)
        icons.draw(painter, box.x(), box.y() + (box.height() - side) // 2, "arrow-right", "ink2", size=ARROW)
        box = box.adjusted(side + 8, 0, 0, 0)
        x = paint.text(painter, box, first.new, "title")
        more = f", et {counted(others, 'autre')} {plural(others, 'champ')}" if others else ""
        along = f"  ·  {line.seen}" if line.seen else ""
        paint.text(painter, box.adjusted(x, 0, 0, 0), more + along, "body", "ink2")
