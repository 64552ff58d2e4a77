"""One offer as it is typed: its prices line by line, its notes with what they rest on; kept or refused as one."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from app.entities import ENTITIES
from app.errors import AppError, InvalidFields
from app.fields import MISSING, Field, amount, joined, plural
from app.services import consultation_offers, consultation_view, records
from app.services.consultation_offers import TypedOffer
from app.services.consultation_view import Comparison, LineRow, Standing, quantity_text
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column, frame, holder, label, repolish, row, scrolled
from app.ui.parts.formshell import dialog_buttons, dialog_foot

OFFER = ENTITIES["offer"]
PRICE, REMARK = ENTITIES["offer_price"].field("price"), ENTITIES["offer_price"].field("remark")
NOTE, EVIDENCE = ENTITIES["offer_note"].field("note"), ENTITIES["offer_note"].field("evidence")
HEAD = ("received_on", "reference", "valid_until", "invited_on")
TAIL = ("strengths", "reserves")
WIDTH, HEIGHT = 980, 720
PRICES_TOLD = (
    "Prix unitaires hors taxes. Écrivez 0 pour ce qui est compris ailleurs\u00a0; vide veut dire sans réponse."
)
NOTES_TOLD = "De 0 à 5. Une note sans ce qui la justifie ne se défend pas."
COMPUTED = "Se calcule sur le total ferme, une fois les offres saisies."
_DOWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class OfferDialog(QDialog):
    """Enter and the arrows go from price to price; totals follow what is typed."""

    def __init__(self, desk: Desk, offer_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._offer = desk, offer_id
        with desk.read() as session:
            sheet = records.get(session, OFFER, offer_id)
            self.shown: Comparison = consultation_view.comparison(session, sheet.values["consultation_id"])
        self.setWindowTitle(f"Offre de {sheet.titles['provider_id']}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.prices: dict[int, tuple[LineEditor, LineEditor]] = {}
        self.notes: dict[int, tuple[LineEditor, LineEditor]] = {}
        self._amounts: dict[int, QLabel] = {}
        self._columns: list[list[QWidget]] = []
        self.head, self.tail = FieldsForm(desk, _fields(HEAD)), FieldsForm(desk, _fields(TAIL))
        self._told = label("", "strong", "bad.text", wrap=True)
        self._box = frame("banner-bad", column(self._told, margins=(12, 8, 12, 8)))
        self._box.hide()
        self.total = label("", "card")
        body = column(
            self._box, self.head,
            label("Prix", "card"), label(PRICES_TOLD, "second", "ink2", wrap=True), self._price_grid(),
            row(None, self.total), 6,
            label("Notes", "card"), label(NOTES_TOLD, "second", "ink2", wrap=True), self._note_grid(), 6,
            self.tail, None, gap=7, margins=(22, 16, 22, 16),
        )  # fmt: skip
        buttons = dialog_buttons("Enregistrer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(scrolled(holder(body)), dialog_foot("", buttons), gap=0))
        self._show(sheet.values, self.shown.standing(offer_id))
        theme.fit_size(self, theme.scaled(WIDTH), theme.scaled(HEIGHT))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)

    # Building

    def _price_grid(self) -> QGridLayout:
        grid = _grid(("Désignation", "Quantité", "Prix unitaire HT", "Montant HT", "Remarque"), right=(1, 2, 3))
        for at, line in enumerate(self.shown.lines, 1):
            price, remark = _cell(PRICE, line.label), _cell(REMARK, line.label)
            price.widget.setFixedWidth(theme.scaled(120))
            price.on_change(self._follow)
            self.prices[line.id] = (price, remark)
            self._amounts[line.id] = made = label("", "body", "ink2")
            made.setAlignment(_RIGHT)
            made.setMinimumWidth(theme.scaled(100))
            grid.addWidget(label(_designation(line), "body", wrap=True), at, 0)
            grid.addWidget(_aligned(quantity_text(line.quantity)), at, 1)
            grid.addWidget(price.widget, at, 2)
            grid.addWidget(made, at, 3)
            grid.addWidget(remark.widget, at, 4)
        self._watch([price.widget for price, _ in self.prices.values()])
        self._watch([remark.widget for _, remark in self.prices.values()])
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(4, 2)
        return grid

    def _note_grid(self) -> QGridLayout:
        grid = _grid(("Critère", "Poids", "Note", "Sur quoi elle repose"), right=(1, 2))
        for at, one in enumerate(self.shown.criteria, 1):
            grid.addWidget(label(one.label, "body", wrap=True), at, 0)
            grid.addWidget(_aligned(f"{one.weight}\u00a0%"), at, 1)
            if one.is_price:
                grid.addWidget(label(COMPUTED, "second", "ink2", wrap=True), at, 2, 1, 2)
                continue
            note, evidence = _cell(NOTE, one.label), _cell(EVIDENCE, one.label)
            note.widget.setFixedWidth(theme.scaled(70))
            self.notes[one.id] = (note, evidence)
            grid.addWidget(note.widget, at, 2)
            grid.addWidget(evidence.widget, at, 3)
        self._watch([note.widget for note, _ in self.notes.values()])
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(3, 3)
        return grid

    def _watch(self, cells: list[QWidget]) -> None:
        """Cells of one column, from one to the next by Enter and the arrows."""
        self._columns.append(cells)
        for cell in cells:
            cell.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        plain = isinstance(event, QKeyEvent) and event.modifiers() in {_NONE, Qt.KeyboardModifier.KeypadModifier}
        if plain and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = 1 if event.key() in _DOWN else -1 if event.key() == Qt.Key.Key_Up else 0
            if step and isinstance(watched, QWidget):
                self._go(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, cell: QWidget, step: int) -> None:
        cells = next(cells for cells in self._columns if cell in cells)
        at = cells.index(cell) + step
        if 0 <= at < len(cells):
            cells[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, values: Mapping[str, object], standing: Standing | None) -> None:
        for form in (self.head, self.tail):
            form.show_values(values)
        if standing is not None:
            for line, (price, remark) in self.prices.items():
                price.show(standing.prices.get(line))
                remark.show(standing.remarks.get(line))
            for one, (note, evidence) in self.notes.items():
                given = standing.given.get(one)
                note.show(None if given is None else int(given * 100))
                evidence.show(standing.evidence.get(one))
        self._follow()
        self._texts = self.texts()

    # Totals

    def _follow(self) -> None:
        """The amount of each line and the totals, as far as they can be read."""
        prices = {line: _read(price) for line, (price, _) in self.prices.items()}
        found = consultation_view.totals_of(self.shown.lines, prices)
        for line in self.shown.lines:
            cents = consultation_view.amount_of(line, prices[line.id])
            self._amounts[line.id].setText(amount(cents) if cents is not None else MISSING)
        parts = []
        if found.firm is not None:
            parts.append(f"Total ferme\u00a0: {amount(found.firm)} HT")
        elif found.only_options:
            parts.append("Seules des options sont chiffrées\u00a0: il n’y aura aucun total à comparer")
        elif self.shown.lines:
            n = len(found.missing)
            parts.append(f"Il manque {n}\u00a0prix pour faire un total" if n else "")
        if found.options is not None:
            parts.append(f"options\u00a0: {amount(found.options)} HT")
        self.total.setText(" · ".join(part for part in parts if part))

    # Saving

    def texts(self) -> list[object]:
        cells = [*self.prices.values(), *self.notes.values()]
        return [self.head.texts(), self.tail.texts(), [(one.text(), other.text()) for one, other in cells]]

    def read(self) -> TypedOffer:
        """What was typed; InvalidFields names what cannot be read."""
        problems: dict[str, str] = {}
        values: dict[str, object] = {}
        for form in (self.head, self.tail):
            found, wrong = form.read()
            values |= found
            problems |= wrong
        prices = {line: _pair(pair, f"price.{line}", problems) for line, pair in self.prices.items()}
        notes = {one: _pair(pair, f"note.{one}", problems) for one, pair in self.notes.items()}
        if problems:
            raise InvalidFields(problems)
        return TypedOffer(values, prices, notes)

    def accept(self) -> None:
        try:
            typed = self.read()
            label_ = self.windowTitle()
            told = f"{label_} enregistrée"
            self._desk.act(label_, lambda s: consultation_offers.save_offer(s, self._offer, typed), told)
        except AppError as error:
            self._refuse(error.problems if isinstance(error, InvalidFields) else {"": str(error)})
            return
        super().accept()

    def _refuse(self, problems: Mapping[str, str]) -> None:
        self.head.set_problems({name: told for name, told in problems.items() if name in self.head.editors})
        cells = self._cells()
        said = [f"{cells[name][1]}\u00a0: {told}" for name, told in problems.items() if name in cells]
        own = {*cells, *self.head.editors}
        said += [told for name, told in problems.items() if name not in own]
        for name, (widget, _) in cells.items():
            widget.setProperty("invalid", name in problems)
            repolish(widget)
        count = len(problems)
        self._told.setText(" ".join([f"{count} {plural(count, 'valeur')} à corriger.", *said]))
        self._box.show()
        first = next((widget for name, (widget, _) in cells.items() if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cells(self) -> dict[str, tuple[QWidget, str]]:
        """The cells by the name of their problem, with what they are about."""
        lines = {one.id: one.label for one in self.shown.lines}
        criteria = {one.id: one.label for one in self.shown.criteria}
        prices = {f"price.{line}": (pair[0].widget, lines[line]) for line, pair in self.prices.items()}
        return prices | {f"note.{one}": (pair[0].widget, criteria[one]) for one, pair in self.notes.items()}

    def reject(self) -> None:
        if self.texts() != self._texts:
            answer = self._desk.ask.unsaved(self, self.windowTitle())
            if answer == "stay":
                return
            if answer == "save":
                QTimer.singleShot(0, self, self.accept)  # an error raised within the closing of a window ends Qt
                return
        super().reject()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NONE = Qt.KeyboardModifier.NoModifier


def _fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(replace(OFFER.field(name), group="") for name in names)


def _grid(heads: tuple[str, ...], right: tuple[int, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for at, head in enumerate(heads):
        made = label(head, "small_title", "ink2")
        if at in right:
            made.setAlignment(_RIGHT)
        grid.addWidget(made, 0, at)
    return grid


def _cell(field: Field, about: str) -> LineEditor:
    made = LineEditor(field)
    made.widget.setAccessibleName(f"{field.label}\u00a0: {about}")
    return made


def _aligned(text: str) -> QLabel:
    made = label(text, "body", "ink2")
    made.setAlignment(_RIGHT)
    return made


def _designation(line: LineRow) -> str:
    """« Astreinte du samedi matin · mois · option »."""
    return joined(line.label, line.unit, "option" if line.optional else "", by=" · ")


def _read(cell: LineEditor) -> int | None:
    """What a price cell holds; None while it cannot be read."""
    try:
        value = cell.value()
    except ValueError:
        return None
    return value if isinstance(value, int) and value >= 0 else None


def _pair(pair: tuple[LineEditor, LineEditor], name: str, problems: dict[str, str]) -> tuple[int | None, str | None]:
    """(number, words) of two cells, checked; a problem under `name`."""
    number, words = pair
    try:
        return number.field.check(number.value()), words.value()
    except ValueError as error:
        problems[name] = str(error)
        return None, None
