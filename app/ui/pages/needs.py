"""The needs collected before a contract: noted by the sheet, decided by the dozen, printed to be asked for."""

from collections.abc import Sequence
from dataclasses import replace

from app.entities import ENTITIES
from app.errors import Refused
from app.fields import this_day
from app.services import needs
from app.ui.crud.pane import MenuAct
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.acts import Act, ActDialog
from app.ui.pages.needs_entry import NeedsEntryDialog
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

NEED = ENTITIES["need"]
QUESTIONS: tuple[Question, ...] = (
    ("À décider", needs.to_decide),
    ("Indispensables à décider", needs.pressing),
    ("Retenus", needs.kept),
    ("Écartés", needs.rejected),
)
WAYS = [
    Beginning(
        "paper",
        "Imprimer le questionnaire",
        "printer",
        "Demander à chacun",
        "Une feuille par personne\u00a0: techniciens, utilisateurs et acheteurs ont chacun leurs questions.",
    ),
    Beginning(
        "new",
        "Saisir des besoins",
        "pen-line",
        "Noter les réponses",
        "L’une après l’autre, dans l’ordre de la feuille. La source et le service restent d’un besoin à l’autre.",
        primary=True,
    ),
]


def decision(wanted: Sequence[int]) -> Act:
    """The same decision for these needs, with the reason that a rejection asks for."""
    counted = NEED.counted(len(wanted))
    many = "s" if len(wanted) > 1 else ""
    return Act(
        title=f"Décision pour {counted}",
        verb="Garder la décision",
        icon="scale",
        intro="Retenu, un besoin entre dans le cahier des charges. Écarté, il reste écrit avec son motif.",
        fields=tuple(replace(NEED.field(name), group="") for name in ("decision", "decision_reason")),
        run=lambda s, v: needs.decide(s, wanted, v["decision"], v["decision_reason"] or "", this_day()),
        told=f"{counted} décidé{many}",
    )


class NeedsPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, NEED, state, QUESTIONS, frozenset())

    def section_actions(self) -> list[Button]:
        paper, decide = button("Questionnaire", icon="printer"), button("Décider…", icon="scale")
        paper.clicked.connect(self.print_paper)
        decide.setToolTip("Retenir ou écarter les besoins choisis dans la liste")
        decide.clicked.connect(lambda: self.decide(self.panel.chosen_ids()))
        return [paper, decide, self.new_button("Saisir des besoins")]

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        return (("Décider…", lambda: self.decide(wanted)),)

    def new(self) -> None:
        """The dialog that stays open, for one need as for a pile of sheets."""
        NeedsEntryDialog(self.desk, self.window()).open()

    def print_paper(self) -> None:
        papers.preview(self.desk, "besoins", self)

    def decide(self, wanted: Sequence[int]) -> None:
        """The same decision for the needs chosen."""
        if not wanted:
            raise Refused("Choisissez d’abord dans la liste les besoins à décider.")
        ActDialog(self.desk, decision(wanted), self.window()).open()

    # Empty

    def empty_title(self) -> str:
        return "Recueillez d’abord les besoins"

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def begin(self, key: str) -> None:
        if key == "paper":
            self.print_paper()
        else:
            super().begin(key)
