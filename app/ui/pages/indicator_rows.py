"""The records behind an indicator, as lines of its table and of its workbook."""

from collections.abc import Sequence

from app.entities import ENTITIES
from app.fields import MISSING, amount, duration
from app.kpi import Kpi
from app.services.behind import RecordRow, TicketRow
from app.services.indicators import Page as Sheet
from app.ui.pages.indicator_words import WEIGHTS, outcome, outcome_cell
from app.ui.parts.smalltable import Cell, SmallColumn

Record = TicketRow | RecordRow
TICKET = (
    SmallColumn("Ticket", 116),
    SmallColumn("Objet", 300, elastic=True),
    SmallColumn("Bien", 110),
    SmallColumn("Priorité", 80),
)
PROMISED = (
    SmallColumn("Délai prévu", 104, "number"),
    SmallColumn("Durée", 110, "number"),
    SmallColumn("Écart", 104, "number"),
)
RESULT = SmallColumn("Résultat", 150, "badge")


class Lines:
    """How the records of one indicator are shown: its columns, and the cells of each. `outcomes` are those of the
    records, in their order; `held` of them count in the numerator; `spent` is the sum of their minutes.

    Made beside the window: there may be tens of thousands of them.
    """

    def __init__(self, kpi: Kpi, sheet: Sheet) -> None:
        self._kpi = kpi
        self.records: Sequence[Record] = sheet.rows or sheet.records
        self.outcomes = [outcome(kpi, one) for one in self.records]
        self.held = sum(one is True for one in self.outcomes)
        self.spent = sum(one.minutes or 0 for one in sheet.rows)
        self._priced = "€" in f"{sheet.top}{sheet.bottom}"
        self._judged = any(one is not None for one in self.outcomes)
        self._weighed = any(_weight(one) is not None for one in self.records)
        self.columns = self._columns()

    def _columns(self) -> tuple[SmallColumn, ...]:
        result = (RESULT,) if self._judged or self._kpi.promise else ()
        weight = (SmallColumn(WEIGHTS.get(self._kpi.code, "Durée"), 130, "number"),) * self._weighed
        if self._kpi.behind == "ticket":
            return (*TICKET, *(PROMISED if self._kpi.promise else weight), *result)
        title = SmallColumn(ENTITIES[self._kpi.behind].one, 420, elastic=True)
        return (title, *weight, *result)

    def judged(self, wanted: bool | None) -> Sequence[Record]:
        """Those of that outcome; all of them for None."""
        if wanted is None:
            return self.records
        return [one for one, found in zip(self.records, self.outcomes, strict=True) if found is wanted]

    def cells(self, one: Record) -> list[Cell]:
        result = [outcome_cell(self._kpi, outcome(self._kpi, one))] if RESULT in self.columns else []
        if isinstance(one, TicketRow):
            named = [Cell(one.number), Cell(one.subject), Cell(one.asset or MISSING), Cell(one.priority.value)]
            return [*named, *(_promised(one) if self._kpi.promise else self._weights(one)), *result]
        return [Cell(one.title), *self._weights(one), *result]

    def _weights(self, one: Record) -> list[Cell]:
        told = amount if self._priced else duration
        return [Cell(told(_weight(one)))] if self._weighed else []

    def plain(self, one: Record) -> list[str | int | None]:
        """The cells of a workbook: minutes and cents as numbers."""
        result = [outcome_cell(self._kpi, outcome(self._kpi, one)).text] if RESULT in self.columns else []
        weight = [_weight(one)] if self._weighed else []
        if isinstance(one, TicketRow):
            promised = [one.target, one.minutes, one.gap] if self._kpi.promise else weight
            return [one.number, one.subject, one.asset, one.priority.value, *promised, *result]
        return [one.title, *weight, *result]

    def kinds(self) -> list[str]:
        return ["text" if one.shape != "number" else "money" if self._priced else "duration" for one in self.columns]


def _weight(one: Record) -> int | None:
    return one.minutes if isinstance(one, TicketRow) else one.amount


def _promised(one: TicketRow) -> list[Cell]:
    late = one.met is False
    gap = MISSING if one.gap is None else f"{'+' if one.gap > 0 else ''}{duration(one.gap)}"
    return [Cell(duration(one.target)), Cell(duration(one.minutes)), Cell(gap, "bad" if late else "mute", strong=late)]
