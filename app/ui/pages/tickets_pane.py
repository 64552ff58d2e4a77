"""A ticket beside its list: its clock and the next step, what was asked, its journal."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.entities import ENTITIES
from app.services import journal, ticket_sheet
from app.services.clock import clock
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.pane import MARGINS, DetailPane, PaneTab
from app.ui.desk import Desk
from app.ui.pages import ticket_acts
from app.ui.pages.acts import Act, ActDialog, this_minute
from app.ui.pages.ticket_clock import clock_data
from app.ui.pages.ticket_view import entry_of, facts_told
from app.ui.pages.tickets_mail import ticket_mail_dialog
from app.ui.parts.basics import column, fill, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button
from app.ui.parts.clock import ClockPanel
from app.ui.parts.facts import FactGroup
from app.ui.parts.section import SectionPart
from app.ui.parts.timeline import Timeline

TICKET = ENTITIES["ticket"]
WIDE = 700
"""Width from which the clock stands beside the rest."""
SIDE_BY_SIDE, ONE_ABOVE = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
STEPS: dict[str, tuple[str, str, Callable[[int], Act]]] = {
    "open": ("Prendre en charge…", "user-check", ticket_acts.take),
    "taken": ("Résoudre…", "check", ticket_acts.resolve),
    "resolved": ("Clore…", "check-check", ticket_acts.close),
}
"""The next step of each state; what waits is resumed from its clock."""


class TicketPane(DetailPane):
    watched = frozenset({"ticket_event", "part", "contract", "service_level", "coverage_slot"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, TICKET)
        self._sides: QBoxLayout | None = None
        self.clock = ClockPanel()
        self.clock.acted.connect(self._on_clock)
        self.step = button("")
        self.step.clicked.connect(self._take_step)
        self.whole = button("Ouvrir le ticket", icon="external-link", tip="Entrée, dans la liste")
        self.whole.clicked.connect(lambda: self._desk.go_to.emit("ticket", self.record_id))
        self.request = SectionPart("Demande")
        self._words = label("", wrap=True)
        self.request.body.addWidget(self._words)
        write = icon_button("mail", "Préparer un courriel…")
        write.clicked.connect(self.write_mail)
        self.add_act(write)

    def tabs_of(self, session: Any) -> list[PaneTab]:
        facts, *others = super().tabs_of(session)
        return [facts, PaneTab("Journal", self._journal), *others]

    def facts_body(self) -> QWidget:
        steps = row(self.step, self.whole, None, gap=8)
        told = holder(column(self.request, self._facts_part(), None, gap=12))
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        fill(self._sides, holder(column(self.clock, steps, None, gap=12)), told)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(16)
        self._lay_out()
        return holder(self._sides)

    def _facts_part(self) -> QWidget:
        part = SectionPart("Contrat et bien")
        part.body.addWidget(self.facts)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The clock above the rest, or beside it where there is room."""
        if self._sides is not None:
            wide = self.width() >= theme.scaled(WIDE)
            self._sides.setDirection(SIDE_BY_SIDE if wide else ONE_ABOVE)

    def show_facts(self, sheet: Sheet) -> None:
        self.tick()
        status = sheet.values["status"].value
        words, icon, _ = STEPS.get(status, ("", "check", None))
        self.step.setVisible(bool(words))
        self.step.setText(words)
        icons.dress(self.step, icon, "ink2")
        self._words.setText(sheet.values["description"] or sheet.values["subject"])
        self._status = status
        with self._desk.read() as session:
            facts = ticket_sheet.facts_of(session, sheet.id)
        self.facts.set_groups([FactGroup("", facts_told(sheet, facts, self.clock_facts.base))])

    def tick(self) -> None:
        """The clock alone, each minute."""
        now = this_minute()
        with self._desk.read() as session:
            self.clock_facts = clock(session, self.record_id, now)
            resting = ticket_sheet.resting_until(session, self.record_id, now)
        self.clock.set_data(clock_data(self.clock_facts, resting))

    def _journal(self) -> QWidget:
        with self._desk.read() as session:
            rows = journal.journal(session, self.record_id)
        return scrolled(holder(column(Timeline([entry_of(one) for one in rows]), margins=MARGINS)))

    # Acts

    def _open(self, act: Act) -> None:
        ActDialog(self._desk, act, self).open()

    def _take_step(self) -> None:
        self._open(STEPS[self._status][2](self.record_id))

    def _on_clock(self) -> None:
        if self.clock_facts.waiting:
            self._open(ticket_acts.resume(self.record_id))
            return
        with self._desk.read() as session:
            choices = ticket_sheet.wait_choices(session, self.record_id)
        self._open(ticket_acts.suspend(self.record_id, choices, self._desk.store.who))

    def write_mail(self) -> None:
        ticket_mail_dialog(self._desk, self.record_id, self)
