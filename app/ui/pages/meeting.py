"""A meeting as a page: its agenda and facts, its minutes, the actions followed, documents, history."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.entities import ENTITIES
from app.fields import PARIS, day_words, joined, moment
from app.services import meeting_paper, meetings, records
from app.services.records import Sheet
from app.ui import icons
from app.ui.crud.document_card import DocumentsCard
from app.ui.crud.form import FormDialog
from app.ui.crud.record_views import PAGE_MARGINS, HistoryView
from app.ui.desk import Desk
from app.ui.pages import meeting_acts as acts
from app.ui.pages import papers
from app.ui.pages.acts import to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.meeting_tabs import ActionsTab, AgendaTab, MinutesTab
from app.ui.parts.basics import column, holder, scrolled
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.crumbs import HeadData, RecordHead
from app.ui.parts.marks import Mark

MEETING = ENTITIES["meeting"]
CONCERNED = frozenset({"meeting", "meeting_action", "ticket", "document", "contract", "amendment", "certificate"})
AGENDA, MINUTES, ACTIONS = range(3)


class DocumentsTab(QWidget):
    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__()
        self.card = DocumentsCard(desk, MEETING, record_id)
        self.setLayout(column(scrolled(holder(column(self.card, None, margins=PAGE_MARGINS)))))

    def reload(self) -> None:
        self.card.reload()


Tab = AgendaTab | MinutesTab | ActionsTab | DocumentsTab | HistoryView
TABS: tuple[tuple[str, Callable[[Desk, int], Tab]], ...] = (
    ("Ordre du jour", AgendaTab),
    ("Compte rendu", MinutesTab),
    ("Actions", ActionsTab),
    ("Documents", DocumentsTab),
    ("Historique", lambda desk, record_id: HistoryView(desk, MEETING, record_id)),
)


class MeetingPage(RecordPage):
    """Each tab is made when first shown; the primary button is the next step."""

    topic = "reunions"

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self._made: dict[int, Tab] = {}
        self.mail_button = button("Préparer un courriel", icon="mail")
        self.mail_button.clicked.connect(lambda: acts.prepare_email(self.desk, self.sheet))
        self.paper_button = button("Imprimer", icon="printer")
        self.paper_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.next_button = button("", "primary", "arrow-right")
        self.next_button.clicked.connect(self.go_on)
        made = [self.mail_button, self.paper_button, self._more, self.next_button]
        self.head = RecordHead(made, [title for title, _ in TABS])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))
        self.head.tab_changed.connect(self.show_tab)
        self.body = QStackedWidget()
        self.setLayout(column(self.head, self.body, gap=0))
        self.setFocusProxy(self.head.tabs)
        desk.changed.connect(self._on_change)
        self._read()
        held = self.sheet.values["status"].value == "held"
        self.show_tab(AGENDA)
        self.head.tabs.setCurrentIndex(MINUTES if held else AGENDA)

    def show_tab(self, position: int) -> None:
        if position not in self._made:
            self._made[position] = made = TABS[position][1](self.desk, self.record_id)
            self.body.addWidget(made)
        self.body.setCurrentWidget(self._made[position])

    def tab(self) -> Tab:
        """The tab in front."""
        return self._made[self.head.tabs.currentIndex()]

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - the actions stand together
        self.head.tabs.setCurrentIndex(ACTIONS)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & CONCERNED:
            self._read()
            if not self.sheet.in_bin:
                for made in self._made.values():
                    made.reload()

    def _read(self) -> None:
        """The head again; a meeting that was put in the bin closes its page."""
        with self.desk.read() as session:
            self.sheet = records.get(session, MEETING, self.record_id)
            coming = meetings.planned(session, self.sheet.values["contract_id"])
        self._coming = coming.id if coming else 0
        if self.sheet.in_bin:
            self.closed.emit()
            return
        self.head.set_data(head_data(self.sheet, self._place[0]))
        self.head.set_steps(*self._place[1:])
        self._show_next()
        self.footed.emit(self.sentence())

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self._place = (place, before, after)
        self._read()

    def sentence(self) -> str:
        return f"{self.sheet.values['number']}  ·  modifiée le {moment(self.sheet.updated_at)}"

    # The next step

    @property
    def status(self) -> str:
        return str(self.sheet.values["status"].value)

    def _show_next(self) -> None:
        """Its minutes once its hour has come; then the meeting that follows."""
        past = self.sheet.values["starts_at"] <= acts.now()
        following = self.sheet.values["next_on"] is not None
        told = {
            "planned": "Rédiger le compte rendu…" if past else "",
            "held": "Ouvrir la suivante" if self._coming else "Préparer la suivante" if following else "",
        }
        words = told.get(self.status, "")
        self.next_button.setText(words)
        self.next_button.setVisible(bool(words))

    def go_on(self) -> None:
        if self.status == "planned":
            acts.write_up(self.desk, self.sheet, self)
            return
        if self._coming:
            self.desk.go_to.emit("meeting", self._coming)
            return
        made = self.desk.act(
            "Réunion suivante",
            lambda s: meetings.plan_next(s, self.record_id, acts.now()),
            told="Réunion suivante préparée",
        )
        self.desk.go_to.emit("meeting", made)

    # Acts

    def edit(self) -> None:
        FormDialog(self.desk, MEETING, self.record_id, parent=self.window()).open()

    def print_paper(self) -> None:
        self._print(meeting_paper.MINUTES if self.status == "held" else meeting_paper.AGENDA)

    def _print(self, kind: str) -> None:
        papers.preview(self.desk, kind, self, self.sheet.values["number"])

    def cancel(self) -> None:
        self.desk.act(
            "Réunion annulée", lambda s: meetings.cancel(s, self.record_id), told="Réunion annulée, ses actions restent"
        )

    def to_bin(self) -> None:
        to_bin(self.desk, MEETING, self.record_id, self.sheet.values["number"])

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("pencil"), "Modifier…", self.edit)
        menu.addAction(icons.icon("file-text"), "Ouvrir le contrat", self.open_contract)
        menu.addSeparator()
        menu.addAction(icons.icon("printer"), "Ordre du jour…", lambda: self._print(meeting_paper.AGENDA))
        menu.addAction(icons.icon("printer"), "Compte rendu…", lambda: self._print(meeting_paper.MINUTES))
        menu.addSeparator()
        if self.status == "planned":
            menu.addAction(icons.icon("pen-line"), "Rédiger le compte rendu…", self.go_on)
            menu.addAction(icons.icon("calendar-x"), "Annuler la réunion", self.cancel)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def open_contract(self) -> None:
        self.desk.go_to.emit("contract", self.sheet.values["contract_id"])


def head_data(sheet: Sheet, place: str) -> HeadData:
    values = sheet.values
    at = values["starts_at"].astimezone(PARIS)
    context = [
        f"{day_words(at.date(), weekday=True)} à {at:%H}\u00a0h\u00a0{at:%M}",
        values["place"],
        sheet.titles.get("contract_id", ""),
    ]
    badges = [(values["status"].label, Mark(values["status"].tone, loud=True))]
    return HeadData("Réunions", values["number"], values["subject"], joined(*context, by=" · "), place, badges)
