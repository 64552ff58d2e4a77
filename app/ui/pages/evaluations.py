"""The forms filled after interventions: those expected, those that came back, and what each says."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import this_day
from app.services.evaluations import expected, recording, view
from app.services.evaluations.answers import to_lines
from app.services.evaluations.paper import Choices
from app.services.evaluations.returned import KIND
from app.services.evaluations.view import Opinion
from app.services.records import Sheet
from app.ui.crud.pane import DetailPane, MenuAct, fact_of
from app.ui.crud.questions import Question, QuestionsPage
from app.ui.desk import Desk
from app.ui.pages import evaluation_print, paper_acts, ticket_acts
from app.ui.pages.acts import ActDialog
from app.ui.pages.evaluation_entry import EntryDialog
from app.ui.pages.evaluation_import import import_forms
from app.ui.pages.evaluation_summary import SummaryDialog
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, empty_layout, holder, label
from app.ui.parts.buttons import Button, button
from app.ui.parts.empty import Beginning
from app.ui.parts.facts import Fact, FactGroup, FactsView
from app.ui.parts.marks import Mark
from app.ui.state import UiState

EVALUATION = ENTITIES["evaluation"]
RECEIVED = "received"
WHOSE = ("intervention_id", "person_id", "printed_on", "received_on", "source")
WORDS = ("liked", "to_improve", "reserves")
NOT_SOLVED = "L’utilisateur dit que le problème n’est pas résolu"
WAYS = [
    Beginning(
        "blank",
        "Imprimer une fiche vierge",
        "printer",
        "Demander un avis",
        "Sur papier, ou à l’écran\u00a0: depuis chaque intervention, la fiche porte déjà ses faits.",
    ),
    Beginning(
        "import",
        "Lire des fiches…",
        "scan-text",
        "Déposer les fiches revenues",
        "Scans, photos ou PDF remplis, déposés ici en tas\u00a0: les cases sont lues, et vous relisez.",
    ),
    Beginning("new", "Saisir une fiche", "pen-line", "Ou les saisir", "Une touche par ligne, dix secondes par fiche.",
              primary=True),
]  # fmt: skip


def _waiting(session: Any) -> list[int]:
    return [one.id for one in expected.waiting(session, this_day())]


def _late(session: Any) -> list[int]:
    return [one.id for one in expected.waiting(session, this_day()) if one.late]


QUESTIONS: tuple[Question, ...] = (
    ("Attendues", _waiting),
    ("En retard", _late),
    ("Problème non résolu", recording.unsolved),
)


class EvaluationPane(DetailPane):
    watched = frozenset({"ticket", "ticket_event", "intervention", "setting"})

    def facts_body(self) -> QWidget:
        self._told = column(gap=6)
        self._answers = FactsView()
        return holder(column(self._told, self.facts, 6, self._answers, gap=8))

    def show_facts(self, sheet: Sheet) -> None:
        with self._desk.read() as session:
            self.opinion: Opinion = view.opinion(session, sheet.id)
        standing = self.opinion.standing
        self.badge.set_state(standing.label, Mark(standing.tone, loud=True))
        self._facts_page()
        empty_layout(self._told)
        if self.opinion.reopen is not None:
            banner = Banner(BannerData("bad", NOT_SOLVED, "Son ticket est pourtant terminé.", "Rouvrir…"))
            banner.acted.connect(self.reopen)
            self._told.addWidget(banner)
        if self.opinion.note:
            self._told.addWidget(label(self.opinion.note, "amount"))
        self.facts.set_groups([self._whose(sheet, self.opinion), *_written(sheet)])
        self._answers.set_groups(_said(self.opinion))

    def reopen(self) -> None:
        if self.opinion.reopen is not None:
            ActDialog(self._desk, ticket_acts.reopen(self.opinion.reopen), self.window()).open()

    def attach(self, paths: Sequence[Path]) -> None:
        """What is dropped on a form is most often the form itself: it is read."""
        import_forms(self._desk, self, paths)

    def _whose(self, sheet: Sheet, told: Opinion) -> FactGroup:
        facts = [fact_of(EVALUATION.field(name), sheet) for name in WHOSE]
        if told.ticket is not None:
            facts.insert(1, Fact("Ticket", told.ticket[1], link=f"ticket:{told.ticket[0]}"))
        facts.insert(2, Fact("Technicien", told.technician))
        return FactGroup("Fiche", facts)


def _said(told: Opinion) -> list[FactGroup]:
    """Apart from the other facts: these labels are long."""
    if not told.is_received:
        return []
    return [
        FactGroup("Réponses", [Fact(words, said) for words, said in told.criteria]),
        FactGroup("Questions", [Fact(words, said) for words, said in told.questions]),
    ]


def _written(sheet: Sheet) -> list[FactGroup]:
    found = [fact_of(EVALUATION.field(name), sheet) for name in WORDS if sheet.values[name]]
    return [FactGroup("En clair", found)] if found else []


class EvaluationsPage(QuestionsPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, EVALUATION, state, QUESTIONS, frozenset({"ticket", "setting"}))

    def make_pane(self) -> EvaluationPane:
        return EvaluationPane(self.desk, self.entity)

    def section_actions(self) -> list[Button]:
        self.print_button, read = button("Imprimer", icon="printer"), button("Lire des fiches…", icon="scan-text")
        self.print_button.clicked.connect(self.print_paper)
        read.setToolTip("Scans, photos ou PDF remplis\u00a0: ou déposez-les sur la fenêtre")
        read.clicked.connect(self.import_forms)
        told = button("Synthèse…", icon="chart-line", tip="Ce que disent les fiches de douze mois.")
        told.clicked.connect(self.sum_up)
        return [told, self.print_button, read, self.new_button("Saisir une fiche")]

    def sum_up(self) -> None:
        SummaryDialog(self.desk, self.window()).open()

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) > 1:
            return (("Imprimer ces fiches…", partial(self.print_all, wanted)),)
        with self.desk.read() as session:
            one = view.opinion(session, wanted[0])
        if one.is_received:
            acts: list[MenuAct] = [("Corriger ses réponses…", partial(self.enter, wanted[0]))]
            if one.reopen is not None:
                acts.append(("Rouvrir le ticket…", partial(self._reopen, one.reopen)))
            return acts
        return (
            ("Saisir ses réponses…", partial(self.enter, wanted[0])),
            ("Imprimer de nouveau…", partial(evaluation_print.print_form, self.desk, self, one.number)),
            ("PDF à remplir…", partial(evaluation_print.save_fillable, self.desk, self, one.number)),
            ("Demander par courriel…", partial(evaluation_print.send, self.desk, one.number)),
        )

    def _reopen(self, ticket_id: int) -> None:
        ActDialog(self.desk, ticket_acts.reopen(ticket_id), self.window()).open()

    def new(self) -> None:
        EntryDialog(self.desk, KIND, self.window()).open()

    def edit(self) -> None:
        self.open_record(self.panel.current_id())

    def open_record(self, record_id: int) -> None:
        """Enter or double click: its answers, to type or to put right."""
        if record_id:
            self.enter(record_id)

    def enter(self, record_id: int) -> None:
        with self.desk.read() as session:
            received = view.opinion(session, record_id).is_received
            begun = to_lines(recording.answers_of(session, record_id)) if received else None
        EntryDialog(self.desk, KIND, self.window(), record_id, begun).open()

    def import_forms(self) -> None:
        import_forms(self.desk, self)

    def print_paper(self) -> None:
        """A blank form, one to fill on screen, or all those of interventions about which nobody was asked."""
        menu = QMenu(self)
        menu.addAction("Fiche vierge…", partial(evaluation_print.print_form, self.desk, self, None))
        menu.addAction("PDF vierge à remplir…", partial(evaluation_print.save_fillable, self.desk, self, None))
        menu.addAction("Fiches des interventions sans fiche…", partial(evaluation_print.batch, self.desk, self))
        under = self.print_button
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def print_all(self, wanted: Sequence[int]) -> None:
        paper_acts.preview(self.desk, evaluation_print.KIND, self, chosen={"choices": Choices(tuple(wanted))})

    # Empty

    def empty_title(self) -> str:
        return "Demandez leur avis à ceux qu’on a dépannés"

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def begin(self, key: str) -> None:
        if key == "blank":
            evaluation_print.print_form(self.desk, self, None)
        elif key == "import":
            self.import_forms()
        else:
            super().begin(key)
