"""The list of interventions: what was left to do, what is not finished, what no invoice tells yet."""

from typing import Any

from app.entities import ENTITIES
from app.services import follow_ups, interventions, records
from app.ui.crud.form import FormDialog
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import evaluation_print, papers
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.intervention_pane import InterventionPane
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.state import UiState

INTERVENTION = ENTITIES["intervention"]
QUESTIONS: tuple[Question, ...] = (
    ("Reste à faire", follow_ups.forgotten),
    ("Sans heure de fin", interventions.unfinished),
    ("À facturer", interventions.to_bill),
)
WATCHED = frozenset({"ticket", "ticket_link", "visit", "invoice"})


class InterventionsPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, INTERVENTION, state, QUESTIONS, WATCHED)
        sheet = icon_button("printer", "Imprimer la fiche")
        sheet.clicked.connect(self.print_paper)
        self.detail.add_act(sheet)
        form = icon_button("star", "Fiche d’évaluation")
        form.clicked.connect(lambda: evaluation_print.offer(self.desk, self, form, self.detail.number.text()))
        self.detail.add_act(form)

    def make_pane(self) -> InterventionPane:
        return InterventionPane(self.desk)

    def section_actions(self) -> list[Button]:
        blank = button("Fiche vierge", icon="printer", tip="Une fiche d’intervention à remplir à la main.")
        blank.clicked.connect(lambda: self._print(None))
        return [blank, *super().section_actions()]

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        form = InterventionForm(self.desk, record_id, None, self.window())
        if start:
            form.form.show_values(start)
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def print_paper(self) -> None:
        """The sheet of the chosen intervention, or one to fill by hand."""
        if chosen := self.panel.current_id():
            with self.desk.read() as session:
                number = records.get(session, INTERVENTION, chosen).values["number"]
            self._print(number)
        else:
            self._print(None)

    def _print(self, number: str | None) -> None:
        papers.preview(self.desk, "intervention", self, number, blank=number is None)
