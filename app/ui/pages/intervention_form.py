"""The form of an intervention, with the parts fitted; the ticket is given, or asked for a new one without any."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.services import interventions, parts, records
from app.services.billing import acts
from app.ui.crud.editors import RefEditor
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import this_minute
from app.ui.pages.lines_editor import LinesEditor
from app.ui.parts.basics import column, holder, label

INTERVENTION = ENTITIES["intervention"]
WITHOUT_TICKET = replace(INTERVENTION, fields=tuple(f for f in INTERVENTION.fields if f.name != "ticket_id"))
PART = ENTITIES["part"]
WIDTHS = {"label": 0, "reference": 110, "serial": 120, "quantity": 70, "unit_price": 110}


class InterventionForm(FormDialog):
    """`ticket_id` is that of a new intervention made from a ticket's page; None asks for it."""

    def __init__(self, desk: Desk, record_id: int | None, ticket_id: int | None, parent: QWidget | None = None) -> None:
        self._ticket = ticket_id
        self.parts = LinesEditor("parts", "Pièce", [(PART.field(n), w) for n, w in WIDTHS.items()], "Ajouter une pièce")
        entity = INTERVENTION if ticket_id is None and record_id is None else WITHOUT_TICKET
        start = self._beginning(desk) if record_id is None else None
        super().__init__(desk, entity, record_id, start, parent)
        if self.ticket_field is not None:
            self.ticket_field.without_adding()
        self._show_parts()
        self._shown_parts = self.parts.texts()
        self.parts.changed.connect(self._mark)
        self._body.addWidget(holder(column(label("Pièces posées", "card"), self.parts)))

    def _beginning(self, desk: Desk) -> dict[str, Any]:
        """Now, and paid as the contract of the ticket says."""
        with desk.read() as session:
            charge = acts.usual_charge(session, self._ticket, this_day())
        return {"started_at": this_minute(), "charge": charge}

    @property
    def ticket_field(self) -> RefEditor | None:
        """A ticket is opened by its own dialog, not from here."""
        made = self.form.editors.get("ticket_id")
        return made if isinstance(made, RefEditor) else None

    def _show_parts(self) -> None:
        if self.record_id is not None:
            with self._desk.read() as session:
                self.parts.show_lines(parts.of_intervention(session, self.record_id))

    def is_modified(self) -> bool:
        return super().is_modified() or self.parts.texts() != self._shown_parts

    def _save(self, values: dict[str, Any]) -> int:
        lines = self.parts.lines()
        if self._ticket is not None and self.record_id is None:
            values["ticket_id"] = self._ticket
        return self._desk.act(self._label(), lambda session: self._keep(session, values, lines))

    def _label(self) -> str:
        return "Création\u00a0: intervention" if self.record_id is None else f"Modification\u00a0: {self._name}"

    def _keep(self, session: Any, values: dict[str, Any], lines: list[dict[str, Any]]) -> int:
        kept = self.record_id
        if kept is None:
            kept = interventions.record(session, values)
        else:
            records.update(session, INTERVENTION, kept, values, self._version)
        parts.save(session, kept, lines)
        return kept
