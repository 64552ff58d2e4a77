"""What the reader of the indicators asked for: a period, and what it is limited to; the chips that change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as declared
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import Choice as Closed
from app.fields import Day, this_day
from app.kpi import EVERYTHING, Base, Scope
from app.services import indicators, records
from app.services.indicators import Period, month, quarter, year
from app.services.listing import Filter
from app.ui.crud.filters import RangeDialog
from app.ui.desk import Desk
from app.ui.parts.basics import label, row
from app.ui.parts.chips import Chip

KEPT = "indicators"
"""Property of the desk: the choice goes from the board to the page of an indicator, and back."""
YEARS = 4
QUARTERS = 8
LONGEST = 26
"""Characters of a value that a chip shows."""
MOST = 200
GAP = 8


@dataclass(frozen=True, slots=True)
class Criterion:
    """`name` is the field of Scope that it limits, `key` the entity of its values, or "" for a closed list; `whole` is
    what its chip says at rest."""

    name: str
    title: str
    key: str
    whole: str
    folds: bool = True


CRITERIA = (
    Criterion("contract_id", "Contrat", "contract", "Tous les contrats", folds=False),
    Criterion("base", "Base", "", Base.WORKING.label, folds=False),
    Criterion("provider_id", "Prestataire", "provider", "Tous les prestataires"),
    Criterion("site_id", "Site", "site", "Tous les sites"),
    Criterion("family_id", "Famille", "family", "Toutes les familles"),
    Criterion("priority", "Gravité", "", "Toutes les gravités"),
)
REST = {one.name: getattr(EVERYTHING, one.name) for one in CRITERIA}


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` are those of each criterion in effect, by its name."""

    period: Period
    scope: Scope = EVERYTHING
    words: Mapping[str, str] = declared(default_factory=dict)

    def with_value(self, name: str, value: Any, words: str) -> "Asked":
        kept = {key: told for key, told in self.words.items() if key != name}
        if value != REST[name]:
            kept[name] = words
        return replace(self, scope=replace(self.scope, **{name: value}), words=kept)

    @property
    def told(self) -> str:
        """« Contrat : CT-2026-01 · Site : Dijon », for a workbook; empty when nothing is left out."""
        return " · ".join(f"{one.title}\u00a0: {self.words[one.name]}" for one in CRITERIA if one.name in self.words)


class Choice(QWidget):
    """The chips of a screen; `changed` when the reader asked for something else. Those that do not fit at rest are
    found under « Autre critère »."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.period_chip = Chip("Période")
        self.period_chip.clicked.connect(self._offer_periods)
        self.chips = {one.name: self._chip(one) for one in CRITERIA}
        self.more = Chip("Autre critère")
        self.more.clicked.connect(self._offer_more)
        self.note = label("", "second", "ink2")
        made = row(self.period_chip, *self.chips.values(), self.more, None, self.note, gap=GAP)
        self.setLayout(made)
        self._tell()

    def _chip(self, one: Criterion) -> Chip:
        made = Chip("" if not one.folds else one.title)
        made.clicked.connect(lambda: self._offer(one, made))
        made.cleared.connect(lambda: self.take(self.asked.with_value(one.name, REST[one.name], "")))
        return made

    @property
    def asked(self) -> Asked:
        kept = self._desk.property(KEPT)
        return kept if isinstance(kept, Asked) else Asked(month(this_day()))

    def take(self, asked: Asked) -> None:
        self._desk.setProperty(KEPT, asked)
        self._tell()
        self.changed.emit()

    def tell_note(self, text: str) -> None:
        """At the right of the chips: of when the figures are."""
        self.note.setText(text)
        self._fold()

    def catch_up(self) -> None:
        """Show what was chosen elsewhere."""
        self._tell()

    def _tell(self) -> None:
        asked = self.asked
        self.period_chip.set_value("")
        self.period_chip.setText(asked.period.name)
        self.period_chip.setAccessibleName(f"Période\u00a0: {asked.period.name}")
        for one in CRITERIA:
            chip, words = self.chips[one.name], asked.words.get(one.name, "")
            chip.set_value(_cut(words), removable=True)
            chip.setToolTip(words if words != _cut(words) else "")
            if not words and not one.folds:
                chip.setText(one.whole)
                chip.setAccessibleName(one.whole)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> Any:
        return self.period_chip.sizeHint()

    def _fold(self) -> None:
        """Those at rest stand together or under « Autre critère »; the note gives way last of all."""
        at_rest = [one.name for one in CRITERIA if one.folds and one.name not in self.asked.words]
        always = [self.period_chip, *(chip for name, chip in self.chips.items() if name not in at_rest)]
        needed = sum(chip.sizeHint().width() + GAP for chip in always)
        whole = needed + sum(self.chips[name].sizeHint().width() + GAP for name in at_rest)
        note = self.note.sizeHint().width() + GAP
        folded = whole + note > self.width()
        for name, chip in self.chips.items():
            chip.setVisible(name not in at_rest or not folded)
        self.more.setVisible(folded and bool(at_rest))
        self.note.setVisible(needed + self.more.sizeHint().width() + note <= self.width())

    # What is offered

    def _offer_periods(self) -> None:
        menu = QMenu(self)
        now = this_day()
        self._offer_some(menu, "Mois", [month(now).before(n) for n in range(indicators.POINTS)])
        self._offer_some(menu, "Trimestre", [quarter(now).before(n) for n in range(QUARTERS)])
        self._offer_some(menu, "Année", [year(date(now.year - n, 1, 1)) for n in range(YEARS)])
        menu.addSeparator()
        menu.addAction("Du… au…", self._ask_dates)
        _unroll(menu, self.period_chip)

    def _offer_some(self, menu: QMenu, title: str, periods: list[Period]) -> None:
        below = menu.addMenu(title)
        for period in periods:
            below.addAction(period.name, partial(self._take_period, period))

    def _take_period(self, period: Period) -> None:
        self.take(replace(self.asked, period=period))

    def _ask_dates(self) -> None:
        asked = Day(name="period", label="Période, premier et dernier jour")
        now = self.asked.period
        RangeDialog(asked, Filter("period", low=now.start, high=now.end), self._take_dates, self).open()

    def _take_dates(self, bounds: Filter | None) -> None:
        if bounds is not None and bounds.low is not None:
            self._take_period(Period(bounds.low, bounds.high or this_day()))

    def _offer(self, one: Criterion, under: Chip) -> None:
        menu = QMenu(self)
        self._fill(menu, one)
        _unroll(menu, under)

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for one in CRITERIA:
            if one.folds and one.name not in self.asked.words:
                self._fill(menu.addMenu(one.title), one)
        _unroll(menu, self.more)

    def _fill(self, menu: QMenu, one: Criterion) -> None:
        menu.addAction(one.whole, self._taking(one, REST[one.name], ""))
        for value, words in self._values(one):
            if value != REST[one.name]:
                menu.addAction(words, self._taking(one, value, words))

    def _taking(self, one: Criterion, value: Any, words: str) -> Callable[[], None]:
        return lambda: self.take(self.asked.with_value(one.name, value, words))

    def _values(self, one: Criterion) -> list[tuple[Any, str]]:
        if one.name == "base":
            return [(member, member.label) for member in Base]
        if not one.key:
            field = ENTITIES["ticket"].field(one.name)
            return [(member, member.label) for member in field.options] if isinstance(field, Closed) else []
        with self._desk.read() as session:
            return list(records.choices(session, one.key, limit=MOST))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _unroll(menu: QMenu, chip: Chip) -> None:
    menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
