"""A questionnaire as a page: its questions, corrected while no survey asks them; the next version afterwards."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.fields import MISSING, counted
from app.services.satisfaction import questions
from app.services.satisfaction.handing import KIND
from app.services.satisfaction.paper import Choices
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages import satisfaction_acts as acts
from app.ui.pages.tabbed import TabbedPage, last_tabs
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

QUESTIONNAIRE, QUESTION = ENTITIES["questionnaire"], ENTITIES["satisfaction_question"]
CONCERNED = frozenset({"questionnaire", "satisfaction_question", "satisfaction_survey", "document"})
ASKED = ("block", "text", "kind")
COLUMNS = (
    SmallColumn("N°", 62, "number"), SmallColumn("Question", 460, elastic=True), SmallColumn("Thème", 190),
    SmallColumn("Réponse", 220),
)  # fmt: skip
FROZEN = "Une enquête pose ces questions\u00a0: elles ne changent plus"
WHY = "La nouvelle version en est une copie\u00a0: les questions laissées telles quelles se comparent d’année en année."
NONE = "Ajoutez vos questions. Une page tient douze questions et une ligne à écrire, deux pages le double."


class QuestionForm(FormDialog):
    """The words of one question; how they are kept is the questionnaire's."""

    def __init__(self, desk: Desk, questionnaire_id: int, question_id: int | None, parent: QWidget) -> None:
        self._questionnaire = questionnaire_id
        super().__init__(desk, QUESTION, question_id, None, parent, only=ASKED)

    def _refuse(self, values: Any, unread: Any) -> None:  # noqa: ARG002 - what is not asked here cannot be checked
        self._tell(unread)

    def _save(self, values: dict[str, Any]) -> int:
        kept, known = self._questionnaire, self.record_id
        return self._desk.act("Question", lambda session: questions.write(session, kept, known, values))


class QuestionsCard(Card):
    """Enter corrects a question, Del takes it away, Alt with an arrow moves it."""

    chose = Signal()

    def __init__(self, desk: Desk, questionnaire_id: int) -> None:
        self._desk, self._id = desk, questionnaire_id
        self._found: list[questions.Question] = []
        self._frozen = False
        self._up, self._down = icon_button("arrow-up", "Monter (Alt+↑)"), icon_button("arrow-down", "Descendre (Alt+↓)")
        self._remove = button("Retirer", "quiet", "trash-2")
        self._change = button("Modifier…", "quiet", "pencil")
        self.add = button("Ajouter…", "quiet", "plus")
        self._acts = (self._up, self._down, self._remove, self._change, self.add)
        super().__init__("Questions", corner=holder(row(*self._acts, gap=2)), flush=True)
        self._up.clicked.connect(lambda: self.move_chosen(-1))
        self._down.clicked.connect(lambda: self.move_chosen(1))
        self._remove.clicked.connect(self.remove)
        self._change.clicked.connect(self._edit_chosen)
        self.add.clicked.connect(lambda: self.edit(None))
        self.table = SmallTable(COLUMNS, name="Questions", most=40)
        self.table.opened.connect(self.edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self._empty = label(NONE, "second", "ink2", wrap=True)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self._empty, margins=(16, 6, 16, 2)))

    def show_questions(self, found: list[questions.Question], *, frozen: bool) -> None:
        kept = self._chosen()
        self._found, self._frozen = found, frozen
        for one in self._acts:
            one.setVisible(not frozen)
        self.table.set_rows([
            [Cell(str(at)), Cell(one.text), Cell(one.block or MISSING), Cell(one.kind.label)]
            for at, one in enumerate(found, 1)
        ])  # fmt: skip
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        for at, question in enumerate(found):
            if question.id in kept[:1]:
                self.table.selectRow(at)
        self._follow()

    def _chosen(self) -> list[int]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._found[at].id for at in rows if at < len(self._found)] if rows else []

    def _follow(self) -> None:
        chosen = bool(self._chosen())
        for one in self._acts[:-1]:
            set_available(one, chosen, "Choisissez d’abord une question.")

    def _edit_chosen(self) -> None:
        self.edit(self.table.currentIndex().row())

    def edit(self, at: int | None) -> None:
        if not self._frozen:
            record = None if at is None else self._found[at].id
            QuestionForm(self._desk, self._id, record, self.window()).open()

    def remove(self) -> None:
        wanted = self._chosen()
        if wanted and not self._frozen:
            told = f"{QUESTION.counted(len(wanted))} à la corbeille"
            self._desk.act("Retrait de questions", lambda s: questions.remove(s, self._id, wanted), told=told)

    def move_chosen(self, by: int) -> None:
        wanted = self._chosen()
        if len(wanted) == 1 and not self._frozen:
            self._desk.act("Ordre des questions", lambda s: questions.move(s, self._id, wanted[0], by))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Delete:
            self.remove()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_chosen(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class QuestionsTab(QWidget):
    def __init__(self, desk: Desk, questionnaire_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, questionnaire_id
        self.frozen = Banner(BannerData("info", FROZEN, WHY))
        self.card = QuestionsCard(desk, questionnaire_id)
        self.setLayout(column(scrolled(holder(column(self.frozen, self.card, None, gap=12, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            found, frozen = questions.of(session, self._id), questions.is_frozen(session, self._id)
        self.frozen.setVisible(frozen)
        self.card.show_questions(found, frozen=frozen)


class QuestionnairePage(TabbedPage):
    entity, concerned = QUESTIONNAIRE, CONCERNED
    tabs = (("Questions", QuestionsTab), *last_tabs(QUESTIONNAIRE))

    def head_buttons(self) -> list[Button]:
        self.edit_button = button(
            "Modifier…", icon="pencil", tip="Son titre, à quoi servent les réponses, leur conservation."
        )
        self.edit_button.clicked.connect(self.edit)
        again = button("Nouvelle version", icon="copy")
        again.clicked.connect(lambda: acts.new_version(self.desk, self.record_id))
        seen = button("Voir sur papier", icon="printer")
        seen.clicked.connect(self.print_paper)
        return [self.edit_button, again, seen]

    def read_more(self, session: Any) -> None:
        self._count, self._frozen = (
            len(questions.of(session, self.record_id)),
            questions.is_frozen(session, self.record_id),
        )

    def show_head(self) -> None:
        values = self.sheet.values
        state = ("Posé par une enquête", Mark("mute")) if self._frozen else ("À corriger librement", Mark("info"))
        context = f"{counted(self._count, 'question')} · réponses conservées {values['retention'] or MISSING}"
        self.head.set_data(
            HeadData("Questionnaires", values["number"], values["title"], context, self.place[0], [state])
        )
        set_available(self.edit_button, not self._frozen, questions.FROZEN)

    def edit(self) -> None:
        if not self._frozen:
            super().edit()

    def print_paper(self) -> None:
        papers.preview(self.desk, KIND, self, chosen={"choices": Choices(version=self.record_id)})
