"""What the reader of the indicators asked for, a period and a contract, and the two chips that change it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.fields import Day, this_day
from app.kpi import Scope
from app.services import indicators, records
from app.services.indicators import Period, quarter, year
from app.services.listing import Filter
from app.ui.crud.filters import RangeDialog
from app.ui.desk import Desk
from app.ui.parts.chips import Chip

EVERY = "Tous les contrats"
KEPT = "indicators"
"""Property of the desk: the choice goes from the board to the page of an indicator, and back."""
YEARS = 3
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    period: Period
    contract_id: int | None = None
    contract: str = ""

    @property
    def scope(self) -> Scope:
        return Scope(contract_id=self.contract_id)


class PeriodChip(Chip):
    """A choice that is always made: its words are the period, in the calm dress."""

    def tell(self, period: str) -> None:
        self._title = period
        self.set_value("")
        self.setAccessibleName(f"Période\u00a0: {period}")


class Choice(QObject):
    """The chips and what they hold; `changed` when another period or contract was taken."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self.period_chip, self.contract_chip = PeriodChip("Période", parent), Chip(EVERY, parent)
        self.period_chip.clicked.connect(self._offer_periods)
        self.contract_chip.clicked.connect(self._offer_contracts)
        self.contract_chip.cleared.connect(lambda: self.take(replace(self.asked, contract_id=None, contract="")))
        self._tell()

    @property
    def asked(self) -> Asked:
        kept = self._desk.property(KEPT)
        return kept if isinstance(kept, Asked) else Asked(indicators.month(this_day()))

    def take(self, asked: Asked) -> None:
        self._desk.setProperty(KEPT, asked)
        self._tell()
        self.changed.emit()

    def catch_up(self) -> None:
        """Show what was chosen elsewhere."""
        self._tell()

    def _tell(self) -> None:
        self.period_chip.tell(self.asked.period.name)
        self.contract_chip.set_value(self.asked.contract, removable=True)
        self.contract_chip.setText(self.asked.contract or EVERY)
        self.contract_chip.updateGeometry()

    def _offer_periods(self) -> None:
        menu = QMenu(self._parent)
        now = this_day()
        self._offer(menu, "Mois", [indicators.month(now).before(n) for n in range(indicators.POINTS)])
        self._offer(menu, "Trimestre", [quarter(now).before(n) for n in range(QUARTERS)])
        self._offer(menu, "Année", [year(date(now.year - n, 1, 1)) for n in range(YEARS)])
        menu.addSeparator()
        menu.addAction("Du… au…", self._ask_dates)
        _unroll(menu, self.period_chip)

    def _offer(self, menu: QMenu, title: str, periods: list[Period]) -> None:
        below = menu.addMenu(title)
        for period in periods:
            below.addAction(period.name, partial(self._take_period, period))

    def _take_period(self, period: Period) -> None:
        self.take(replace(self.asked, period=period))

    def _ask_dates(self) -> None:
        field = Day(name="period", label="Période, premier et dernier jour")
        now = self.asked.period
        RangeDialog(field, Filter("period", low=now.start, high=now.end), self._take_dates, self._parent).open()

    def _take_dates(self, bounds: Filter | None) -> None:
        if bounds is not None and bounds.low is not None:
            self._take_period(Period(bounds.low, bounds.high or this_day()))

    def _offer_contracts(self) -> None:
        with self._desk.read() as session:
            known = records.choices(session, "contract")
        menu = QMenu(self._parent)
        menu.addAction(EVERY, partial(self._take_contract, None, ""))
        for contract_id, title in known:
            menu.addAction(title, partial(self._take_contract, contract_id, title))
        _unroll(menu, self.contract_chip)

    def _take_contract(self, contract_id: int | None, title: str) -> None:
        self.take(replace(self.asked, contract_id=contract_id, contract=title))


def _unroll(menu: QMenu, chip: Chip) -> None:
    menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
