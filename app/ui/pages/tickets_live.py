"""The list of tickets as it lives: what is left of each promise is worked out for the rows read, and each minute."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.fields import MISSING, brief_moment, duration
from app.services import ticket_due
from app.services.listing import Row
from app.services.ticket_due import Left
from app.ui.crud.list_panel import ListPanel
from app.ui.crud.model import ListModel
from app.ui.pages.acts import this_minute
from app.ui.parts.marks import MARK, PLAIN, Mark
from app.ui.parts.table import Shape

LEFT = "next_due"
SOON = 60
"""Working minutes left under which a promise is tinted as near."""
_SPOKEN = {int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole)}
Told = tuple[str, Mark, str]
"""The text of the cell, its mark, the whole in words."""
OVER: Told = (MISSING, PLAIN, "Ce ticket est terminé\u00a0: plus de délai à tenir.")
LATE, NEAR = Mark("bad", loud=True), Mark("warn", loud=True)


def told(left: Left | None) -> Told:
    """« 2 h 45 », « Dépassé de 1 h 40 », « Arrêtée », « Hors contrat »; None: the ticket is over."""
    if left is None:
        return OVER
    if left.minutes is None or left.due is None:
        return _unclocked(left)
    due = f"avant le {brief_moment(left.due, weekday=True)}"
    if left.state == "late":
        text = f"Dépassé de {duration(-left.minutes)}"
        return text, LATE, f"{left.promise}, {due}\u00a0: délai dépassé de {duration(-left.minutes)} ouvrées."
    text = duration(left.minutes)
    return text, NEAR if left.minutes <= SOON else PLAIN, f"{left.promise} {due}\u00a0: reste {text} ouvrées."


def _unclocked(left: Left) -> Told:
    if left.state == "stopped":
        return "Arrêtée", Mark("hold"), "L’horloge est arrêtée\u00a0: le délai reprendra avec elle."
    if left.covered:
        return "Sans engagement", Mark("mute"), "Le contrat ne promet rien pour cette priorité."
    return "Hors contrat", Mark("mute"), "Hors contrat\u00a0: aucun délai n’est promis."


class TicketsModel(ListModel):
    """Rows as they are in the base; the column of what is left is told of those that were read."""

    passing = frozenset({LEFT})

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._left: dict[int, Told] = {}

    def _load(self, page: int) -> list[Row]:
        rows = super()._load(page)
        self._tell(page, rows)
        return rows

    def _column(self) -> int | None:
        return self.query.columns.index(LEFT) if LEFT in self.query.columns else None

    def _tell(self, page: int, rows: Sequence[Row]) -> None:
        at = self._column()
        if at is None:
            return
        wanted = [row.id for row in rows]
        with self._desk.read() as session:
            left = ticket_due.left_of(session, wanted, this_minute())
        self._left |= {one: told(left.get(one)) for one in wanted}
        texts = self._texts[page]
        self._texts[page] = [
            (*cells[:at], self._left[row.id][0], *cells[at + 1 :]) for cells, row in zip(texts, rows, strict=True)
        ]

    def tick(self) -> None:
        """A minute has gone by: what was read is told again, nothing else moves."""
        at = self._column()
        if at is None or not self.rowCount():
            return
        for page, rows in self._pages.items():
            self._tell(page, rows)
        self.dataChanged.emit(self.index(0, at), self.index(self.rowCount() - 1, at))

    def _other(self, row: Row, page: int, rest: int, column: int, role: int) -> Any:
        if column == self._column() and row.id in self._left:
            if role == MARK:
                return self._left[row.id][1]
            if role in _SPOKEN:
                return self._left[row.id][2]
        return super()._other(row, page, rest, column, role)


class TicketsPanel(ListPanel):
    model_type = TicketsModel

    def shapes(self) -> list[Shape]:
        fields = zip(self.model.fields, super().shapes(), strict=True)
        return ["badge" if field.name == LEFT else shape for field, shape in fields]

    def tick(self) -> None:
        if isinstance(self.model, TicketsModel):
            self.model.tick()
