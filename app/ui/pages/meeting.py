"""A meeting as a page: its agenda and facts, its minutes, the actions followed, documents, history."""

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.fields import PARIS, day_words, joined
from app.services import meeting_paper, meetings
from app.services.records import Sheet
from app.ui import icons
from app.ui.desk import Desk
from app.ui.pages import meeting_acts as acts
from app.ui.pages import papers
from app.ui.pages.meeting_tabs import ActionsTab, AgendaTab, MinutesTab
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

MEETING = ENTITIES["meeting"]
CONCERNED = frozenset({"meeting", "meeting_action", "ticket", "document", "contract", "amendment", "certificate"})
AGENDA, MINUTES, ACTIONS = range(3)


TABS: Tabs = (
    ("Ordre du jour", AgendaTab),
    ("Compte rendu", MinutesTab),
    ("Actions", ActionsTab),
    *last_tabs(MEETING),
)


class MeetingPage(TabbedPage):
    """The primary button is the next step; a meeting that was held opens on its minutes."""

    entity, tabs, concerned = MEETING, TABS, CONCERNED

    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        if self.status == "held":
            self.head.tabs.setCurrentIndex(MINUTES)

    def head_buttons(self) -> list[Button]:
        self.mail_button = button("Préparer un courriel", icon="mail")
        self.mail_button.clicked.connect(lambda: acts.prepare_email(self.desk, self.sheet))
        self.paper_button = button("Imprimer", icon="printer")
        self.paper_button.clicked.connect(self.print_paper)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.next_button = button("", "primary", "arrow-right")
        self.next_button.clicked.connect(self.go_on)
        return [self.mail_button, self.paper_button, self._more, self.next_button]

    def show_part(self, record_id: int) -> None:  # noqa: ARG002 - the actions stand together
        self.head.tabs.setCurrentIndex(ACTIONS)

    def read_more(self, session: Any) -> None:
        coming = meetings.planned(session, self.sheet.values["contract_id"])
        self._coming = coming.id if coming else 0

    def show_head(self) -> None:
        self.head.set_data(head_data(self.sheet, self.place[0]))
        self._show_next()

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

    def print_paper(self) -> None:
        self._print(meeting_paper.MINUTES if self.status == "held" else meeting_paper.AGENDA)

    def _print(self, kind: str) -> None:
        papers.preview(self.desk, kind, self, self.sheet.values["number"])

    def cancel(self) -> None:
        self.desk.act(
            "Réunion annulée", lambda s: meetings.cancel(s, self.record_id), told="Réunion annulée, ses actions restent"
        )

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
