"""The form of an intervention: who came, when, what was done, with which parts, and what it tells of its ticket."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.entities.base import Entity
from app.errors import InvalidFields
from app.fields import Field, duration, lowered, this_day
from app.services import follow_ups, interventions, parts, records
from app.services.billing import acts
from app.ui import theme
from app.ui.crud.editors import RefEditor
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import this_minute
from app.ui.pages.intervention_acts import open_follow_up
from app.ui.pages.intervention_implied import ImpliedList
from app.ui.pages.lines_editor import LinesEditor
from app.ui.parts.basics import column, empty_layout, holder, label, row
from app.ui.parts.buttons import button

INTERVENTION, PART = ENTITIES["intervention"], ENTITIES["part"]
OF = ("ticket_id", "visit_id")
WHEN = ("kind", "technician", "started_at", "ended_at", "repair_minutes", "travel", "travel_minutes", "charge")
WHAT = ("maintenance_type", "level", "diagnosis", "work_done")
CHECKS = ("tested", "data_intact", "backed_up", "solved", "remaining_work")
HELP = {"technician": "À plusieurs\u00a0: séparez les noms par un point-virgule."}
GROUPS = (("", OF), ("Passage", WHEN), ("Travaux", WHAT), ("Contrôles", CHECKS), ("Facturation", ("invoice_id",)))
IMPLYING = frozenset({"ticket_id", "kind", "maintenance_type", "started_at", "ended_at", "solved"})
"""The fields on which the acts of the ticket hang."""
WIDTHS = {
    "label": 0, "reference": 92, "serial": 104, "old_serial": 112, "taken_back": 74, "warranty_until": 104,
    "quantity": 58, "unit_price": 84,
}  # fmt: skip
SHORT = {
    "serial": "N° posé", "old_serial": "N° déposé", "taken_back": "Récupérée", "warranty_until": "Garantie au",
    "unit_price": "Prix HT",
}  # fmt: skip
"""Heads of columns, shorter than labels of fields."""
WIDTH, HEIGHT = 900, 740
CELL = "parts."
"""How the texts of a draft that are cells of the parts begin."""
KEY = "id"


def _fields(*, new: bool, chosen: bool) -> tuple[Field, ...]:
    """In the order in which they are told; `chosen`: the ticket or the visit is to be chosen. A new one has no invoice
    yet."""
    left_out = {*(() if chosen else OF), *(("invoice_id",) if new else ())}
    return tuple(
        replace(INTERVENTION.field(name), group=group, help=HELP.get(name, INTERVENTION.field(name).help))
        for group, names in GROUPS
        for name in names
        if name not in left_out
    )


def _entity(*, new: bool, chosen: bool) -> Entity:
    return replace(INTERVENTION, fields=(INTERVENTION.field("number"), *_fields(new=new, chosen=chosen)))


class InterventionForm(FormDialog):
    """`ticket_id` is that of a new intervention made from a ticket's page; None asks for it."""

    def __init__(self, desk: Desk, record_id: int | None, ticket_id: int | None, parent: QWidget | None = None) -> None:
        self._ticket = ticket_id
        cells = [(replace(PART.field(n), label=SHORT.get(n, PART.field(n).label)), w) for n, w in WIDTHS.items()]
        self.parts = LinesEditor("parts", "Pièce", cells, "Ajouter une pièce")
        self.implied = ImpliedList()
        self._waiting = row(gap=6)
        if record_id is not None:
            with desk.read() as session:
                self._ticket = records.get(session, INTERVENTION, record_id).values["ticket_id"]
        start = self._beginning(desk) if record_id is None else None
        chosen = ticket_id is None and record_id is None
        super().__init__(desk, _entity(new=record_id is None, chosen=chosen), record_id, start, parent)
        self.form.setMaximumWidth(theme.scaled(WIDTH))
        if self.ticket_field is not None:
            self.ticket_field.without_adding()
        self._show_parts()
        self.parts.changed.connect(self._mark)
        self._body.addWidget(holder(column(label("Pièces posées", "card"), self.parts, self._waiting, gap=6)))
        self._body.addWidget(self.implied)
        self._shown = self.texts()
        self._tell_duration()
        self._follow_ticket()
        theme.fit_size(self, theme.scaled(WIDTH + 84), theme.scaled(HEIGHT))

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

    # Parts

    def _show_parts(self) -> None:
        if self.record_id is not None:
            with self._desk.read() as session:
                self.parts.show_lines(parts.of_intervention(session, self.record_id))

    def _offer_parts(self) -> None:
        """Those asked for on the ticket that this intervention may fit."""
        empty_layout(self._waiting)
        with self._desk.read() as session:
            found = parts.to_fit(session, self._ticket)
        for one in found:
            fit = button(f"Poser\u00a0: {one['label']} ({lowered(one['state'].label)})", icon="puzzle")
            fit.clicked.connect(partial(self._fit, one, fit))
            self._waiting.addWidget(fit)
        self._waiting.addStretch(1)

    def _fit(self, line: Mapping[str, Any], fit: QWidget) -> None:
        self.parts.add_line(line).setFocus()
        fit.hide()

    # What follows from what is typed

    def _follow(self, name: str) -> None:
        super()._follow(name)
        if name in {"started_at", "ended_at"}:
            self._tell_duration()
        if name == "kind":
            self._propose_travel()
        if name in OF:
            self._propose_charge()
            self._follow_ticket()
        elif name in IMPLYING:
            self._imply()

    def _propose_travel(self) -> None:
        """Somebody who comes has travelled; told otherwise, it stays."""
        made, values = self.form.editors["travel"], self.form.read()[0]
        kind = values.get("kind")
        if kind is not None and values.get("travel") is None and kind.value == "on_site":
            made.show(True)

    def _tell_duration(self) -> None:
        values = self.form.read()[0]
        lasted = interventions.minutes_between(values.get("started_at"), values.get("ended_at"))
        whole = f"Vide\u00a0: toute la durée, {duration(lasted)}." if lasted is not None and lasted > 0 else ""
        usual = INTERVENTION.field("repair_minutes").help
        self.form.set_hint("repair_minutes", " ".join(one for one in (usual, whole) if one))

    def _follow_ticket(self) -> None:
        if self.ticket_field is not None:
            self._ticket = self.form.read()[0].get("ticket_id")
        self._offer_parts()
        self._imply()

    def _propose_charge(self) -> None:
        """As the contract of what was chosen says."""
        values = self.form.read()[0]
        ticket, visit = values.get("ticket_id"), values.get("visit_id")
        if ticket is not None or visit is not None:
            with self._desk.read() as session:
                self.form.editors["charge"].show(acts.usual_charge(session, ticket, this_day(), visit))

    def _imply(self) -> None:
        values = self.form.read()[0]
        with self._desk.read() as session:
            self.implied.show_acts(interventions.implied(session, self._ticket, values))

    # Drafts

    def texts(self) -> dict[str, str]:
        cells = {
            f"{CELL}{line}.{at}": text
            for line, told in enumerate(self.parts.texts())
            for at, text in enumerate(told)
            if text
        }
        keys = {f"{CELL}{line}.{KEY}": str(key) for line, key in enumerate(self.parts.keys()) if key is not None}
        return {**super().texts(), **cells, **keys}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """The parts as they were typed too; those kept already stay the same parts."""
        cells = {name: text for name, text in texts.items() if name.startswith(CELL)}
        super().put_texts({name: text for name, text in texts.items() if name not in cells})
        count = max((int(name.split(".")[1]) + 1 for name in cells), default=0)
        told = [[cells.get(f"{CELL}{line}.{at}", "") for at in range(len(WIDTHS))] for line in range(count)]
        keys = [cells.get(f"{CELL}{line}.{KEY}") for line in range(count)]
        if told:
            self.parts.put_texts(told, [int(key) if key else None for key in keys])

    # Saving

    def _save(self, values: dict[str, Any]) -> int:
        lines, also = self.parts.lines(), self.implied.chosen()
        if self._ticket is not None and self.record_id is None:
            values["ticket_id"] = self._ticket
        done = self._desk.act(self._label(), lambda session: self._keep(session, values, lines, also))
        QTimer.singleShot(0, self._desk, partial(self._propose_follow_up, self._desk, done, self.parentWidget()))
        return done

    @staticmethod
    def _propose_follow_up(desk: Desk, done: int, parent: QWidget | None) -> None:
        with desk.read() as session:
            rest = follow_ups.rest_of(session, done)
        if rest is not None and not rest.told and parent is not None:
            open_follow_up(desk, done, rest.text, parent)

    def _refuse(self, values: Mapping[str, Any], unread: Mapping[str, str]) -> None:
        """All that the fields and the parts cannot be, at once."""
        problems = dict(unread)
        for look in (self.parts.lines, partial(super()._refuse, values, {})):
            try:
                look()
            except InvalidFields as error:
                problems = {**error.problems, **problems}
        raise InvalidFields(problems)

    def _label(self) -> str:
        return "Création\u00a0: intervention" if self.record_id is None else f"Modification\u00a0: {self._name}"

    def _keep(self, session: Any, values: dict[str, Any], lines: list[dict[str, Any]], also: list[Any]) -> int:
        kept = self.record_id
        if kept is None:
            kept = interventions.record(session, values, also)
        else:
            interventions.update(session, kept, values, self._version, also)
        parts.save(session, kept, lines)
        return kept
