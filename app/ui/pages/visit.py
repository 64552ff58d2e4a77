"""A visit as a page: its points answered one key each, then told as done, moved or cancelled."""

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.entities import ENTITIES
from app.fields import day_words, joined
from app.services.planning import TaskKind, VisitState, doing, visits
from app.ui import icons
from app.ui.crud.form import FormDialog
from app.ui.pages import papers
from app.ui.pages import planning_acts as acts
from app.ui.pages.tabbed import TabbedPage, Tabs, last_tabs
from app.ui.pages.visit_tab import VisitTab
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import HeadData
from app.ui.parts.marks import Mark

VISIT = ENTITIES["visit"]
EDITED = tuple(one.name for one in VISIT.form_fields if one.name != "planned_on")
"""Its day is moved, with a reason where it must be, never simply corrected."""
CONCERNED = frozenset({"visit", "visit_check", "visit_person", "intervention", "document", "maintenance_task", "asset"})
TABS: Tabs = (("Visite", VisitTab), *last_tabs(VISIT))


class VisitPage(TabbedPage):
    entity, tabs, concerned = VISIT, TABS, CONCERNED

    def head_buttons(self) -> list[Button]:
        self.move_button = button("Déplacer…", icon="calendar-range")
        self.move_button.clicked.connect(self.move_it)
        self.ticket_button = button("Ouvrir un ticket…", icon="ticket-plus")
        self.ticket_button.clicked.connect(self.open_ticket)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.done_button = button("Faite…", "primary", "check")
        self.done_button.clicked.connect(self.tell_done)
        return [self.ticket_button, self.move_button, self._more, self.done_button]

    def read_more(self, session: Any) -> None:
        if not self.sheet.in_bin:
            self.row = visits.get(session, self.record_id)

    def show_head(self) -> None:
        one = self.row
        context = joined(day_words(one.planned_on, weekday=True), one.place, one.technician, by=" · ")
        badges = [(one.state.label, Mark(one.state.tone, loud=True))]
        badges += [(one.result.label, Mark(one.result.tone, loud=True))] if one.result else []
        self.head.set_data(HeadData("Planning", one.number, one.label, context, self.place[0], badges))
        self.done_button.setVisible(one.open)
        self.move_button.setVisible(one.open)
        wrong = one.result is not None and one.result.tone != "ok"
        self.ticket_button.setVisible(wrong or one.state == VisitState.MISSED)

    # Acts

    def edit(self) -> None:
        FormDialog(self.desk, VISIT, self.record_id, parent=self.window(), only=EDITED).open()

    def tell_done(self) -> None:
        acts.done(self.desk, self.record_id, self)

    def print_paper(self) -> None:
        """Of a session of awareness, the sheet to sign."""
        if self.row.kind == TaskKind.AWARENESS:
            papers.preview(self.desk, "presence", self, self.row.number)

    def move_it(self) -> None:
        acts.move(self.desk, self.record_id, self)

    def open_ticket(self) -> None:
        """What is to be done again, or what nobody came to do."""
        from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - when it is asked for

        with self.desk.read() as session:
            start = doing.follow_up(session, self.record_id)
        NewTicketDialog(self.desk, self.window(), start).open()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(icons.icon("pencil"), "Modifier…", self.edit)
        if self.row.task_id:
            menu.addAction(icons.icon("repeat"), "Voir la tâche", self.open_task)
        if self.row.kind == TaskKind.AWARENESS:
            menu.addAction(icons.icon("printer"), "Feuille de présence…\tCtrl+P", self.print_paper)
        menu.addSeparator()
        if self.row.open:
            menu.addAction(icons.icon("calendar-x"), "Annuler…", lambda: acts.cancel(self.desk, self.row, self))
        else:
            menu.addAction(icons.icon("rotate-ccw"), "Remettre au planning", lambda: acts.reopen(self.desk, self.row))
            menu.addAction(icons.icon("check"), "Corriger ce qui a été dit…", self.tell_done)
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def open_task(self) -> None:
        self.desk.go_to.emit("maintenance_task", self.row.task_id)
