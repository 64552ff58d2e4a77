"""A survey as a page: what it says, the sheets that came back, the questions it asks."""

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.entities import ENTITIES
from app.fields import counted, day, joined
from app.services.satisfaction import questions, results
from app.ui import icons
from app.ui.crud.record_views import PAGE_MARGINS, LinkedList
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages import satisfaction_acts as acts
from app.ui.pages.satisfaction_results import ResultsTab
from app.ui.pages.satisfaction_review import KIND, ReviewTab
from app.ui.pages.tabbed import TabbedPage, last_tabs
from app.ui.parts import dropping
from app.ui.parts.basics import column, holder, label, row, scrolled
from app.ui.parts.buttons import Button, button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark
from app.ui.parts.smalltable import Cell, SmallColumn, SmallTable

SURVEY = ENTITIES["satisfaction_survey"]
CONCERNED = frozenset({
    "satisfaction_survey", "satisfaction_response", "satisfaction_answer", "satisfaction_question", "questionnaire",
    "improvement", "document",
})  # fmt: skip
ASKED = (
    SmallColumn("N°", 50, "number"), SmallColumn("Question", 460, elastic=True), SmallColumn("Thème", 190),
    SmallColumn("Réponse", 220),
)  # fmt: skip
NO_SHEET = "Aucune feuille n’est encore revenue"
FIRST = "Déposez ici les scans ou les PDF remplis, ou saisissez les feuilles une à une."


class QuestionsTab(QWidget):
    """What is asked, to be read: it changes in the next version."""

    def __init__(self, desk: Desk, survey_id: int) -> None:
        super().__init__()
        self._desk, self._survey, self._version = desk, survey_id, 0
        self.card = Card("Questions posées", link="Ouvrir le questionnaire", flush=True)
        self.card.link_followed.connect(lambda: desk.go_to.emit("questionnaire", self._version))
        self.table = SmallTable(ASKED, name="Questions posées", most=40)
        self.card.body.addWidget(self.table)
        self.setLayout(column(scrolled(holder(column(self.card, None, margins=PAGE_MARGINS)))))
        self.reload()

    def reload(self) -> None:
        with self._desk.read() as session:
            self._version = results.version_of(session, self._survey)
            found = questions.of(session, self._version)
        self.table.set_rows([
            [Cell(str(at)), Cell(one.text), Cell(one.block or "–"), Cell(one.kind.label)]
            for at, one in enumerate(found, 1)
        ])  # fmt: skip


class SheetsTab(QWidget):
    """The sheets noted, without a word of what each says: nobody is looked for."""

    def __init__(self, desk: Desk, survey_id: int) -> None:
        super().__init__()
        self.list = LinkedList(desk, "satisfaction_response", "survey_id", survey_id, NO_SHEET, first=FIRST)
        told = label(
            "Une feuille ne se lit qu’avec les autres\u00a0: ses réponses ne se montrent pas seules.", "second", "ink2"
        )
        self._desk = desk
        self.away = button("Retirer", icon="trash-2", tip="Une feuille mal notée se retire, puis se saisit de nouveau.")
        self.away.clicked.connect(self.remove)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        head = row(told, None, self.away, margins=(PAGE_MARGINS[0], 8, PAGE_MARGINS[2], 8))
        self.setLayout(column(head, self.list, gap=0))
        self._follow()

    def reload(self) -> None:
        self.list.reload()
        self._follow()

    def _follow(self) -> None:
        set_available(self.away, bool(self.list.chosen_ids()), "Choisissez d’abord une feuille.")

    def remove(self) -> None:
        acts.remove_sheets(self._desk, self.list.chosen_ids())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)


class SurveyPage(TabbedPage):
    """The primary button is the next step: note what comes back, then, once closed, the review. Files let fall are
    read."""

    entity, concerned = SURVEY, CONCERNED
    tabs = (
        ("Résultats", ResultsTab),
        ("Bilan", ReviewTab),
        ("Feuilles revenues", SheetsTab),
        ("Questions", QuestionsTab),
        *last_tabs(SURVEY),
    )

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self.setAcceptDrops(True)

    def head_buttons(self) -> list[Button]:
        self._print = button("Distribuer", icon="printer", tip="Sur papier, à photocopier, ou en PDF à remplir.")
        self._print.clicked.connect(self._hand_out)
        back = button(
            "Importer des feuilles…", icon="scan-text", tip="Scans, photos ou PDF remplis\u00a0; ou déposez-les ici."
        )
        back.clicked.connect(lambda: acts.bring_back(self.desk, self))
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self._enter = button("Saisir des feuilles…", "primary", "pen-line")
        self._enter.clicked.connect(self.enter)
        self._review = button("Voir le bilan…", "primary", "file-chart-column", "En PDF ou en Excel.")
        self._review.clicked.connect(self.review)
        self._coming = (self._print, back, self._enter)
        return [self._print, back, self._more, self._enter, self._review]

    def read_more(self, session: Any) -> None:
        self._answers = results.answers(session, self.record_id)

    def show_head(self) -> None:
        values = self.sheet.values
        closed = values["closed_on"]
        for one in self._coming:
            one.setVisible(not closed)
        self._review.setVisible(bool(closed))
        state = (f"Close le {day(closed)}", Mark("mute")) if closed else ("En cours", Mark("info", loud=True))
        context = joined(
            f"ouverte le {day(values['opened_on'])}",
            counted(self._answers, "feuille revenue", "feuilles revenues"),
            f"{values['invited']}\u00a0personnes invitées" if values["invited"] else "",
            by=" · ",
        )
        self.head.set_data(HeadData("Enquêtes", values["number"], values["title"], context, self.place[0], [state]))

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - a sheet is not told from the others
        self.open_tab("Feuilles revenues")

    def _hand_out(self) -> None:
        acts.offer_sheets(self.desk, self.record_id, self.name, self, self._print)

    def enter(self) -> None:
        acts.enter(self.desk, self.record_id, self)

    def review(self) -> None:
        papers.preview(self.desk, KIND, self, self.name)

    def print_paper(self) -> None:
        """Ctrl+P: the sheets to hand out, then, once there is something to read, the review."""
        if self._answers < results.FEWEST:
            self._hand_out()
        else:
            self.review()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("pencil"), "Modifier…", self.edit)
        if self.sheet.values["closed_on"]:
            menu.addAction(icons.icon("pen-line"), "Saisir une feuille venue tard…", self.enter)
            menu.addAction(
                icons.icon("rotate-ccw"), "Rouvrir l’enquête", partial(acts.reopen, self.desk, self.record_id)
            )
        else:
            menu.addAction(icons.icon("file-chart-column"), "Voir le bilan…", self.review)
            menu.addAction(
                icons.icon("check-check"), "Clore l’enquête…", partial(acts.close, self.desk, self.record_id, self)
            )
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dropping.files_of(event):
            acts.bring_back(self.desk, self, files)
