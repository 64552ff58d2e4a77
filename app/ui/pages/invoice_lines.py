"""The lines of an invoice typed in a short table, their VAT by rate and their totals following as one types."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Count, Money, amount, shortened
from app.fields import rate as percents
from app.services.invoices.draft import DraftLine, DraftVat
from app.services.invoices.entry import by_rate, line_net
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.pages.lines_editor import Line, LinesEditor
from app.ui.parts.basics import empty_layout, hairline, label, row

LINE = ENTITIES["invoice_line"]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, kw_only=True)
class Bare(Count):
    """A count whose decimals are shown as far as they say something: « 1 », « 3,5 », « 0,0125 »."""

    least: int = 0

    def edit(self, value: Any) -> str:
        return "" if value is None else shortened(value, self.places, self.least)


def _bare(name: str, title: str, least: int = 0) -> Bare:
    field = LINE.field(name)
    told = {one.name: getattr(field, one.name) for one in fields(field)}
    return Bare(**{**told, "label": title, "least": least})


COLUMNS = (
    (LINE.field("label"), 0),
    (LINE.field("kind"), 238),
    (_bare("quantity", "Qté"), 58),
    (_bare("unit_price", "Prix unit. HT", 2), 92),
    (LINE.field("net"), 98),
    (_bare("vat_rate", "TVA\u00a0%"), 58),
)
VAT = Money(name="vat", label="TVA", required=True, negative=True)
CENTS = 130


class InvoiceLines(LinesEditor):
    """The amount of a line follows its quantity and its price, until it is typed. Enter at the end of a line goes to
    the next one, which begins as the one above."""

    def __init__(self) -> None:
        super().__init__("lines", "Ligne", COLUMNS, "Ajouter une ligne")
        self._given: Sequence[DraftLine] = ()

    def show_drafts(self, lines: Sequence[DraftLine]) -> None:
        self._given = lines
        names = [field.name for field, _ in COLUMNS]
        self.show_lines([{"id": rank} | {n: getattr(one, n) for n in names} for rank, one in enumerate(lines, 1)])

    def drafts(self) -> tuple[DraftLine, ...]:
        """What the lines hold; what they do not show of those given stays theirs. InvalidFields under « lines »."""
        return tuple(_drafted(self._given, told) for told in self.lines())

    def known(self) -> list[tuple[int, int]]:
        """(cents HT, rate) of each line whose amount and rate can be read already."""
        found = []
        for line in self._lines:
            with suppress(ValueError):
                net, rate = line.cell("net").value(), line.cell("vat_rate").value()
                if net is not None and rate is not None:
                    found.append((net, rate))
        return found

    def begin_with(self, values: Mapping[str, Any]) -> None:
        """Tell the cells of that name of every line: none is written yet."""
        for line in self._lines:
            for name, value in values.items():
                line.cell(name).show(value)

    def add_line(self, values: Mapping[str, Any] | None = None) -> QLineEdit:
        first = super().add_line(values if values is not None else self._like_above())
        line = self._lines[-1]
        for name in ("quantity", "unit_price"):
            line.cell(name).on_change(partial(self._multiply, line))
        for cell in line.editors:
            if isinstance(cell.widget, QLineEdit):
                cell.widget.installEventFilter(self)
        return first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next line: it would else press the button of the dialog."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_enter(event):
            line = next((one for one in self._lines if watched in [cell.widget for cell in one.editors]), None)
            if line is not None:
                QTimer.singleShot(0, self, partial(self._go_on, line))
                return True
        return super().eventFilter(watched, event)

    def _like_above(self) -> dict[str, Any]:
        """The nature and the rate are most often those of the line before."""
        start = {field.name: field.default for field, _ in COLUMNS}
        if self._lines:
            for name in ("kind", "vat_rate"):
                with suppress(ValueError):
                    start[name] = self._lines[-1].cell(name).value()
        return start

    @staticmethod
    def _multiply(line: Line) -> None:
        with suppress(ValueError):
            quantity, price = line.cell("quantity").value(), line.cell("unit_price").value()
            if quantity is not None and price is not None:
                line.cell("net").show(line_net(quantity, price))

    def _go_on(self, line: Line) -> None:
        at = self._lines.index(line) + 1
        (self.add_line() if at == len(self._lines) else self.cells(at)[0]).setFocus()


def _is_enter(event: QKeyEvent) -> bool:
    """With Ctrl it keeps the whole form."""
    return event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier


def _drafted(given: Sequence[DraftLine], told: Mapping[str, Any]) -> DraftLine:
    values = {name: value for name, value in told.items() if name != "id"}
    return replace(given[told["id"] - 1], **values) if told["id"] else DraftLine(**values)


@dataclass(slots=True)
class _Rate:
    base: int
    editor: LineEditor
    made: int


class TotalsPanel(QWidget):
    """Total HT, the VAT of each rate, total TTC. A VAT typed is kept until its base changes: the invoice states it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rates: dict[int, _Rate] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._net, self._gross = label("", "body"), label("", "amount")
        self.after: QWidget | None = None
        self.setLayout(row(None, self._grid))

    def show_lines(self, known: Sequence[tuple[int, int]], stated: Mapping[int, int] | None = None) -> None:
        """The rates of these lines; `stated`, where it is given, is the VAT of some as the invoice writes it."""
        made = by_rate(known)
        if stated is None and self._rates and [(o.rate, o.base) for o in made] == self._bases():
            return
        kept = {rate: one for rate, one in self._rates.items() if stated is None}
        self._rates = {}
        for one in made:
            before = kept.get(one.rate)
            text = before.editor.text() if before and before.base == one.base else ""
            editor = LineEditor(VAT)
            editor.show((stated or {}).get(one.rate, one.vat))
            if text:
                editor.put_text(text)
            self._rates[one.rate] = _Rate(one.base, editor, one.vat)
        self._lay()

    def _bases(self) -> list[tuple[int, int]]:
        return [(rate, one.base) for rate, one in self._rates.items()]

    def _lay(self) -> None:
        for fixed in (self._net, self._gross):
            self._grid.removeWidget(fixed)
        empty_layout(self._grid)
        self._line(0, "Total HT", self._net)
        for position, (rate, one) in enumerate(self._rates.items(), 1):
            name = f"TVA {percents(rate)} de {amount(one.base)}"
            one.editor.widget.setAccessibleName(name)
            one.editor.widget.setFixedWidth(theme.scaled(CENTS))
            one.editor.on_change(self._follow)
            self._line(position, name, one.editor.widget)
        self._chain()
        at = len(self._rates) + 1
        self._grid.addWidget(hairline(), at, 0, 1, 2)
        self._line(at + 1, "Total TTC", self._gross)
        self._follow()

    def _chain(self) -> None:
        """Tab comes here from `after`."""
        before = self.after
        for one in self._rates.values():
            if before is not None:
                QWidget.setTabOrder(before, one.editor.widget)
            before = one.editor.widget

    def _line(self, at: int, name: str, shown: QWidget) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label(name, "body", "ink2"), at, 0, right)
        self._grid.addWidget(shown, at, 1, right)

    def _follow(self) -> None:
        net = sum(one.base for one in self._rates.values())
        self._net.setText(amount(net))
        try:
            self._gross.setText(amount(net + sum(one.vat for one in self.rates())))
        except InvalidFields:
            self._gross.setText("–")
        self.changed.emit()

    def rates(self) -> tuple[DraftVat, ...]:
        """The VAT of each rate as it stands; InvalidFields under « vat »."""
        found = []
        for rate, one in self._rates.items():
            try:
                cents = one.editor.value()
            except ValueError as error:
                raise InvalidFields({"vat": f"TVA {percents(rate)}\u00a0: {error}"}) from error
            found.append(DraftVat(rate, one.base, one.made if cents is None else cents))
        return tuple(found)

    def put_texts(self, texts: Mapping[int, str]) -> None:
        for rate, text in texts.items():
            if rate in self._rates:
                self._rates[rate].editor.put_text(text)

    def texts(self) -> dict[int, str]:
        """Those that are not what the program made of the lines."""
        shown = {rate: one.editor.text() for rate, one in self._rates.items()}
        return {rate: text for rate, text in shown.items() if text != VAT.edit(self._rates[rate].made)}
