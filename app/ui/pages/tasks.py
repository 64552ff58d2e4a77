"""The preventive tasks: what comes again, when it is next, what was missed; the usual ones are offered by family."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from app.entities import ENTITIES
from app.fields import counted, day_words, plural
from app.services import listing
from app.services.listing import Filter
from app.services.planning import VisitState, generation, words
from app.services.records import Sheet
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, MenuAct, groups_of
from app.ui.desk import Desk
from app.ui.pages.tasks_usual import UsualDialog
from app.ui.parts.basics import Glyph, frame, label, row
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.parts.facts import Fact, FactGroup
from app.ui.state import UiState

TASK, VISIT = ENTITIES["maintenance_task"], ENTITIES["visit"]
PAUSE = 200
"""Milliseconds after the last key before the next days are worked out again."""


class TaskPane(DetailPane):
    """How often it comes again is one fact, though two fields ask for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TASK)

    def show_facts(self, sheet: Sheet) -> None:
        often = Fact(TASK.field("rhythm").label, words.every(sheet.values["every"], sheet.values["unit"]))
        told = {TASK.field("every").label: [often], TASK.field("unit").label: []}
        groups = groups_of(TASK, sheet)
        facts = [[one for fact in group.facts for one in told.get(fact.label, [fact])] for group in groups]
        self.facts.set_groups([FactGroup(group.title, kept) for group, kept in zip(groups, facts, strict=True)])


class TasksPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, TASK, state)

    def make_pane(self) -> DetailPane:
        return TaskPane(self.desk)

    def section_actions(self) -> list[Button]:
        again = button("Mettre à jour", tip="Le planning, d’après les biens et les sites d’aujourd’hui.")
        usual = button("Tâches usuelles…")
        again.clicked.connect(self.plan_again)
        usual.clicked.connect(self.offer_usual)
        return [again, usual, self.new_button("Nouvelle tâche")]

    def plan_again(self) -> None:
        """The program does it when it opens the file; this is for who has just moved assets."""
        with self.desk.read() as session:
            needed = bool(generation.wanted(session))
        if not needed:
            self.desk.tell_done("Le planning est à jour")
            return
        made = self.desk.act("Mise à jour du planning", generation.generate)
        told = [counted(made.added, "visite ajoutée", "visites ajoutées")] if made.added else []
        told += [counted(made.removed, "visite retirée", "visites retirées")] if made.removed else []
        self.desk.tell_done(", ".join(told) or "Visites déplacées")

    def offer_usual(self) -> None:
        UsualDialog(self.desk, self.window()).open()

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        form = TaskForm(self.desk, TASK, record_id, start, self.window())
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        chosen = tuple(wanted)
        return (
            ("Voir ses visites" if len(chosen) == 1 else "Voir leurs visites", partial(self._show_visits, chosen, ())),
            ("Voir les manquées", partial(self._show_visits, chosen, (VisitState.MISSED,))),
        )

    def _show_visits(self, tasks: tuple[int, ...], states: tuple[VisitState, ...]) -> None:
        filters = [Filter("task_id", tasks), *([Filter("state", states)] if states else [])]
        self.desk.show_list.emit("visit", replace(listing.default_query(VISIT), filters=tuple(filters)))

    def beginnings(self) -> list[Beginning]:
        return [
            Beginning("usual", "Choisir les tâches", "list-checks", "Partir des tâches usuelles",
                      "Proposées d’après vos biens, avec leur fréquence et leurs points à vérifier\u00a0: à corriger.",
                      primary=True),
            Beginning("new", "Nouvelle tâche", "repeat", "Écrire une tâche",
                      "Celle que votre contrat prévoit, sur un bien, une famille ou un site."),
        ]  # fmt: skip

    def begin(self, key: str) -> None:
        if key == "usual":
            self.offer_usual()
        else:
            super().begin(key)


class TaskForm(FormDialog):
    """The form of a task, with its next days told while it is typed."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.told = label("", "body", "ink", wrap=True)
        box = frame("box", row(Glyph("calendar-days", "ink2", 18), self.told, gap=10, margins=(12, 8, 12, 8)))
        box.layout().setStretch(1, 1)  # type: ignore[union-attr] # given on the line above
        self._body.insertWidget(0, box)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.foretell)
        self.form.on_change(lambda _: self._pause.start())
        self.foretell()

    def foretell(self) -> None:
        """« Chaque mois, sur 2 sites : lundi 7 décembre 2026, … »."""
        values, problems = self.form.read()
        typed = [values.get(name) for name in ("first_on", "every", "unit", "kind")]
        if problems or None in typed:
            self.told.setText("Dites la fréquence et la première fois\u00a0: les prochaines visites s’écrivent ici.")
            return
        with self._desk.read() as session:
            sites, days = generation.preview(session, values)
        rhythm = words.every(values["every"], values["unit"])
        if not days:
            why = "aucun bien de cette famille" if not sites else "aucune visite à venir"
            self.told.setText(f"{rhythm.capitalize()}\u00a0: {why}.")
            return
        where = f", sur {sites} {plural(sites, 'site')}" if sites > 1 else ""
        self.told.setText(
            f"{rhythm.capitalize()}{where}\u00a0: {', '.join(day_words(one, weekday=True) for one in days)}…"
        )
