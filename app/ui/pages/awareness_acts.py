"""The dialogs of awareness: a session and its guests, then who came."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import Day, Text, day, this_day
from app.services import awareness, records
from app.ui.crud.editors import LineEditor
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.awareness_guests import GuestsTree
from app.ui.parts.basics import row
from app.ui.parts.buttons import button

VISIT = ENTITIES["visit"]
TOPIC = Text(name="label", label="Sujet", required=True, max_length=160, suggest=True)
SPEAKER = Text(name="technician", label="Intervenant", max_length=120, suggest=True)
PLACED = tuple(
    replace(VISIT.field(name), group="") for name in ("planned_on", "starts_at", "duration_minutes", "site_id")
)
FIELDS = (TOPIC, SPEAKER, *PLACED)
HELD = Day(name="on", label="Tenue le", required=True)
NOTES = Text(name="notes", label="Remarques", multiline=True, max_length=2000)
TOPICS = (
    "Hameçonnage\u00a0: reconnaître un faux message",
    "Mots de passe et double authentification",
    "Rançongiciel\u00a0: les premiers gestes",
    "Données personnelles et confidentialité",
    "Télétravail et déplacements",
    "Clés USB et logiciels non autorisés",
    "Signaler un incident, et à qui",
)
"""Proposed as one types."""


class SessionDialog(ActDialog):
    """A session to plan, or to correct; its guests are ticked by service."""

    def __init__(self, desk: Desk, parent: QWidget, visit_id: int | None = None, people: Collection[int] = ()) -> None:
        with desk.read() as session:
            guests = awareness.guests(session, visit_id, this_day())
            values = records.get(session, VISIT, visit_id).values if visit_id else {}
            known = records.suggestions(session, VISIT, "technician")
        self._visit = visit_id
        super().__init__(desk, self._act({one.name: values.get(one.name) for one in FIELDS}), parent)
        self.guests = GuestsTree("Invités", guests, people or [one.id for one in guests if one.invited])
        self.extras.addWidget(self.guests)
        for name, words in (("label", TOPICS), ("technician", known)):
            made = self.form.editors[name]
            if isinstance(made, LineEditor):
                made.suggest(list(words))

    def _act(self, start: Mapping[str, Any]) -> Act:
        return Act(
            title="Séance de sensibilisation" if self._visit else "Nouvelle séance de sensibilisation",
            verb="Enregistrer" if self._visit else "Planifier la séance",
            icon="graduation-cap",
            fields=FIELDS,
            start=start,
            run=self._run,
            told="Séance enregistrée" if self._visit else "Séance planifiée",
        )

    def _run(self, session: Any, values: dict[str, Any]) -> None:
        if self._visit is None:
            awareness.plan(session, values, self.guests.ticked())
        else:
            records.update(session, VISIT, self._visit, values)
            awareness.invite(session, self._visit, self.guests.ticked())


class PresenceDialog(ActDialog):
    """Who came, among the guests: nobody is ticked beforehand."""

    def __init__(self, desk: Desk, visit_id: int, parent: QWidget) -> None:
        with desk.read() as session:
            guests = [one for one in awareness.guests(session, visit_id, this_day()) if one.invited]
            values = records.get(session, VISIT, visit_id).values
        self._visit, self._ref = visit_id, values["number"]
        on = values["done_on"] or min(values["planned_on"], this_day())
        act = Act(
            title=f"Présences\u00a0: {values['label']}",
            verb="Enregistrer les présences",
            icon="user-check",
            intro="Cochez qui est venu. Les autres invités seront comptés absents.",
            fields=(HELD, NOTES),
            start={"on": on, "notes": values["notes"]},
            run=self._run,
            told=f"Présences notées, séance du {day(on)}",
        )
        super().__init__(desk, act, parent)
        self.guests = GuestsTree("Présents", guests, [one.id for one in guests if one.present])
        sheet = button("Feuille de présence…", icon="printer", tip="À faire signer pendant la séance.")
        sheet.clicked.connect(lambda: papers.preview(desk, "presence", self, self._ref))
        self.extras.addWidget(self.guests)
        self.extras.addLayout(row(sheet, None))
        self.guests.setFocus()

    def _run(self, session: Any, values: dict[str, Any]) -> None:
        awareness.hold(
            session, self._visit, values["on"], self.guests.ticked(), today=this_day(), notes=values["notes"]
        )


def presence(desk: Desk, visit_id: int, parent: QWidget, then: Callable[[], object] | None = None) -> None:
    """Who came to a session; its guests first, when it has none. `then` once it is told."""
    with desk.read() as session:
        invited = any(one.invited for one in awareness.guests(session, visit_id, this_day()))
    made = PresenceDialog(desk, visit_id, parent) if invited else SessionDialog(desk, parent, visit_id)
    if then is not None:
        made.accepted.connect(then)
    made.open()
