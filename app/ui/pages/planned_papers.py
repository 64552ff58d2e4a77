"""Before a planning or a route sheet is printed: of when, of which contract, which site, whom."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import ENTITIES
from app.errors import InvalidFields
from app.fields import Count, Day, Field, OneOf, Ref, Text, month_words, this_day
from app.services import planning_paper, records, route_sheet
from app.ui import theme
from app.ui.crud.editors import LineEditor
from app.ui.crud.fields_form import FieldsForm
from app.ui.desk import Desk
from app.ui.parts.basics import column
from app.ui.parts.formshell import dialog_buttons, dialog_foot

Make = Callable[[Desk, dict[str, Any]], object]
"""What the values of the dialog ask for."""
WIDTH = 560
MISSING = "Ce champ est obligatoire."
MONTHS = tuple((str(at), month_words(this_day().replace(day=1, month=at)).split("\u00a0")[0]) for at in range(1, 13))
WHO = Text(name="technician", label="Technicien", max_length=120, suggest=True, help="Vide\u00a0: tous.")
PLANNING: tuple[Field, ...] = (
    Count(name="year", label="Année", low=2000, high=2100, required=True, grouped=False),
    OneOf(name="month", label="Mois", options=MONTHS, help="Vide\u00a0: l’année entière."),
    Ref(name="contract_id", label="Contrat", target="contract", help="Vide\u00a0: tous."),
    Ref(name="site_id", label="Site", target="site", help="Vide\u00a0: tous."),
    WHO,
)
ROUTE: tuple[Field, ...] = (
    Day(name="on", label="Jour", required=True), WHO,
)  # fmt: skip


class PlannedDialog(QDialog):
    """`chosen` gives what services.papers takes as `choices`."""

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, *, fields: tuple[Field, ...], start: dict[str, Any],
        make: Make, verb: str = "Aperçu",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._make = desk, make
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.form = FieldsForm(desk, fields)
        self.form.show_values(start)
        self._suggest()
        buttons = dialog_buttons(verb, "printer")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(column(self.form, margins=(22, 16, 22, 14)), dialog_foot("", buttons), gap=0))
        self.setMinimumWidth(theme.scaled(WIDTH))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def _suggest(self) -> None:
        made = self.form.editors.get(WHO.name)
        if isinstance(made, LineEditor):
            with self._desk.read() as session:
                made.suggest(records.suggestions(session, ENTITIES["visit"], WHO.name))

    def _values(self) -> dict[str, Any]:
        values = self.form.values()
        empty = [one.name for one in self.form.fields if one.required and values[one.name] is None]
        if empty:
            raise InvalidFields(dict.fromkeys(empty, MISSING))
        return values

    def accept(self) -> None:
        try:
            found = self._make(self._desk, self._values())
        except InvalidFields as error:
            self.form.set_problems(error.problems)
            return
        super().accept()
        self.chosen.emit(found)


def planning(desk: Desk, parent: QWidget) -> PlannedDialog:
    return PlannedDialog(
        desk, parent, "Planning de maintenance", fields=PLANNING, start={"year": this_day().year}, make=_planning
    )


def route(desk: Desk, parent: QWidget) -> PlannedDialog:
    return PlannedDialog(desk, parent, "Feuille de tournée", fields=ROUTE, start={"on": this_day()}, make=_route)


def _planning(desk: Desk, values: dict[str, Any]) -> planning_paper.Choices:
    with desk.read() as session:
        contract, site = (
            records.get(session, ENTITIES[key], values[f"{key}_id"]).values[name] if values[f"{key}_id"] else ""
            for key, name in (("contract", "number"), ("site", "name"))
        )
    return planning_paper.Choices(values["year"], int(values["month"] or 0), contract, site, values["technician"] or "")


def _route(_desk: Desk, values: dict[str, Any]) -> route_sheet.Choices:
    return route_sheet.Choices(values["on"], values["technician"] or "")
