"""A ticket as a page: what was asked, its journal, its clock, its contract and its interventions (look 04)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from app.entities import ENTITIES
from app.fields import brief_moment, counted, joined
from app.services import interventions, journal, records, ticket_sheet, tickets
from app.services.clock import ClockPanel as ClockFacts
from app.services.clock import clock
from app.services.interventions import InterventionRow
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.document_card import DocumentsCard, PastingLine
from app.ui.desk import Desk
from app.ui.pages import papers, ticket_acts
from app.ui.pages.acts import Act, ActDialog, this_minute, to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.ticket_clock import clock_data
from app.ui.pages.ticket_form import TicketForm
from app.ui.pages.ticket_view import entry_of, facts_told, head_data
from app.ui.parts.basics import column, empty_layout, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.clock import ClockPanel
from app.ui.parts.crumbs import RecordHead
from app.ui.parts.facts import FactGroup, FactsView
from app.ui.parts.timeline import Timeline

TICKET = ENTITIES["ticket"]
CONCERNED = frozenset(
    {
        "ticket",
        "ticket_event",
        "intervention",
        "part",
        "document",
        "contract",
        "service_level",
        "coverage_slot",
        "asset",
    }
)
SIDE = 372
A_MINUTE = 60_000
STEPS: dict[str, tuple[str, str, Callable[[int], Act]]] = {
    "open": ("Prendre en charge", "user-check", ticket_acts.take),
    "taken": ("Résoudre", "check", ticket_acts.resolve),
    "waiting": ("Résoudre", "check", ticket_acts.resolve),
    "resolved": ("Clore", "check-check", ticket_acts.close),
}
"""The one primary button of each state; a ticket that is closed or cancelled has none."""


class TicketPage(RecordPage):
    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self._told = ""
        self._build_head()
        self._request = label("", wrap=True)
        request = Card("Demande")
        request.body.addWidget(self._request)
        self.timeline = Timeline()
        self.clock = ClockPanel()
        self.clock.acted.connect(self._on_clock)
        self.facts = FactsView()
        self.facts.link_followed.connect(self.desk.follow)
        self._contract = Card("Contrat et bien", link="Changer")
        self._contract.body.addWidget(self.facts)
        self._contract.link_followed.connect(self._change_asset)
        self.documents = DocumentsCard(desk, TICKET, record_id)
        self._interventions = Card("Interventions")
        side = holder(column(self.clock, self._contract, self._interventions, self.documents, None, gap=12))
        theme.fix_width(side, SIDE)
        main = column(request, gap=12)
        main.addWidget(self._journal_card(), 1)
        body = row(gap=14, margins=(16, 12, 16, 12))
        body.addLayout(main, 1)
        body.addWidget(side)
        self.setLayout(column(self.head, scrolled(holder(body)), gap=0))
        desk.changed.connect(self._on_change)
        self.setFocusProxy(self.entry)
        self._minute = QTimer(self, interval=A_MINUTE)
        self._minute.timeout.connect(self.tick)
        self._minute.start()
        self.reload()

    def _build_head(self) -> None:
        edit = button("Modifier", icon="pencil")
        edit.clicked.connect(self.edit)
        self.print_button = button("Fiche d’intervention", icon="printer")
        self.print_button.clicked.connect(self.print_paper)
        self.reopen_button = button("Rouvrir", icon="rotate-ccw")
        self.reopen_button.clicked.connect(lambda: self.open_act(ticket_acts.reopen(self.record_id)))
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.primary = button("Résoudre", "primary", "check")
        self.primary.clicked.connect(self._on_primary)
        self.head = RecordHead([edit, self.print_button, self._more, self.reopen_button, self.primary])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))

    def _journal_card(self) -> Card:
        card = Card("Journal")
        self.entry = PastingLine("Ajouter une note, un appel…  (coller une capture ici)")
        self.entry.setAccessibleName("Nouvelle ligne du journal")
        self.note_button, self.contact_button = button("Noter", icon="send"), button("Contact", icon="phone")
        self.entry.returnPressed.connect(self._note)
        self.entry.textChanged.connect(self._follow_entry)
        self.entry.pasted.connect(self.documents.attach_picture)
        self.note_button.clicked.connect(self._note)
        self.contact_button.clicked.connect(self._note_contact)
        card.body.addLayout(row(self.entry, self.note_button, self.contact_button, gap=7))
        card.body.addSpacing(8)
        card.body.addWidget(self.timeline, 1)
        self._follow_entry("")
        return card

    # Reading

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & CONCERNED:
            self.reload()

    def reload(self) -> None:
        """Everything again; a ticket that was put in the bin closes its page."""
        with self.desk.read() as session:
            self.sheet = records.get(session, TICKET, self.record_id)
            if self.sheet.in_bin:
                self.closed.emit()
                return
            rows = journal.journal(session, self.record_id)
            facts = ticket_sheet.facts_of(session, self.record_id)
            done = interventions.of_ticket(session, self.record_id)
            self._read_clock(session)
        self._show_head(self.sheet)
        self._request.setText(self.sheet.values["description"] or self.sheet.values["subject"])
        self.timeline.set_entries([entry_of(one) for one in rows])
        self.facts.set_groups([FactGroup("", facts_told(self.sheet, facts, self.clock_facts.base))])
        self._show_interventions(done)
        self.documents.reload()
        self._told = f"{self.sheet.values['number']}  ·  {counted(len(rows), 'événement')}"
        self.footed.emit(self._told)

    def tick(self) -> None:
        """The clock alone, each minute."""
        with self.desk.read() as session:
            self._read_clock(session)

    def _read_clock(self, session: Any) -> None:
        now = this_minute()
        self.clock_facts: ClockFacts = clock(session, self.record_id, now)
        resting = ticket_sheet.resting_until(session, self.record_id, now)
        self.clock.set_data(clock_data(self.clock_facts, resting))

    def _show_head(self, sheet: Sheet) -> None:
        status = sheet.values["status"]
        self.head.set_data(head_data(sheet, self._place[0]))
        self.head.set_steps(*self._place[1:])
        verb, icon, _ = STEPS.get(status.value, ("", "check", None))
        self.primary.setVisible(bool(verb))
        self.primary.setText(verb)
        icons.dress(self.primary, icon, "onAccent")
        self.reopen_button.setVisible(status.value in {"resolved", "closed"})

    def _show_interventions(self, done: list[InterventionRow]) -> None:
        self.done = done
        body = self._interventions.body
        empty_layout(body)
        if not done:
            body.addWidget(label("Aucune pour l’instant.", "second", "ink2"))
        for one in done:
            body.addLayout(self._intervention(one))
        add = button("Ajouter une intervention", icon="plus")
        add.clicked.connect(self.add_intervention)
        set_available(add, self.sheet.values["status"].value != "cancelled", "Ce ticket est annulé.")
        body.addLayout(row(add, None))

    def _intervention(self, one: InterventionRow) -> QVBoxLayout:
        follow = button(one.number, "link")
        follow.clicked.connect(lambda: self.open_intervention(one.id))
        told = [brief_moment(one.started_at), one.kind.label, one.technician or ""]
        sheet = icon_button("printer", f"Imprimer la fiche {one.number}")
        sheet.clicked.connect(lambda: self.print_sheet(one.number))
        words = label(joined(*told, by=" · "), "second", "ink2", wrap=True)
        return column(row(follow, None, sheet, gap=6), words, gap=0)

    # Moving

    def set_place(self, place: str, before: bool, after: bool) -> None:
        self._place = (place, before, after)
        self._show_head(self.sheet)

    def sentence(self) -> str:
        return self._told

    # Acts

    def open_act(self, act: Act) -> ActDialog:
        dialog = ActDialog(self.desk, act, self)
        dialog.open()
        return dialog

    def _on_primary(self) -> None:
        self.open_act(STEPS[self.sheet.values["status"].value][2](self.record_id))

    def _on_clock(self) -> None:
        if self.clock_facts.waiting:
            self.open_act(ticket_acts.resume(self.record_id))
            return
        with self.desk.read() as session:
            choices = ticket_sheet.wait_choices(session, self.record_id)
        self.open_act(ticket_acts.suspend(self.record_id, choices, self.desk.store.who))

    def _change_asset(self) -> None:
        self.open_act(ticket_acts.change_asset(self.record_id, self.sheet.values["asset_id"]))

    def _offer(self) -> None:
        """What is done more rarely, limited to what the state allows."""
        status, menu, ticket = self.sheet.values["status"].value, QMenu(self), self.record_id
        under_way = status in {"open", "taken", "waiting"}
        offered: list[tuple[str, str, bool, Callable[[], Act]]] = [
            ("Arrivée sur site…", "map-pin", under_way, partial(ticket_acts.arrive, ticket)),
            ("Contact à une autre heure…", "phone", status != "cancelled", partial(ticket_acts.contact, ticket)),
            ("Autre attente…", "pause", status == "waiting", self._another_wait),
            ("Changer la priorité…", "chevrons-up", under_way,
             lambda: ticket_acts.change_priority(ticket, self.sheet.values["priority"])),
            ("Annuler le ticket…", "x", under_way or status == "resolved", partial(ticket_acts.cancel, ticket)),
        ]  # fmt: skip
        for text, icon, allowed, make in offered:
            if allowed:
                menu.addAction(icons.icon(icon), text, lambda make=make: self.open_act(make()))
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), "Mettre à la corbeille", self.to_bin)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _another_wait(self) -> Act:
        with self.desk.read() as session:
            choices = ticket_sheet.wait_choices(session, self.record_id)
        return ticket_acts.suspend(self.record_id, choices, self.desk.store.who)

    def to_bin(self) -> None:
        to_bin(self.desk, TICKET, self.record_id, self.sheet.values["number"])

    def _follow_entry(self, text: str) -> None:
        for act in (self.note_button, self.contact_button):
            set_available(act, bool(text.strip()), "Écrivez d’abord ce qu’il faut garder.")

    def _note(self) -> None:
        self._write(tickets.note, "Note au journal")

    def _note_contact(self) -> None:
        self._write(tickets.contact, "Contact au journal")

    def _write(self, act: Callable[..., None], told: str) -> None:
        text = self.entry.text()
        if text.strip():
            self.desk.act(told, lambda s: act(s, self.record_id, this_minute(), text), told=told)
            self.entry.clear()

    def edit(self) -> None:
        TicketForm(self.desk, self.record_id, self).open()

    # Interventions and papers

    def add_intervention(self) -> None:
        self.open_intervention(None)

    def open_intervention(self, intervention_id: int | None) -> None:
        InterventionForm(self.desk, intervention_id, self.record_id, self).open()

    def print_paper(self) -> None:
        """The sheet of the last intervention, or one to fill by hand."""
        self.print_sheet(self.done[-1].number if self.done else None)

    def print_sheet(self, number: str | None) -> None:
        papers.preview(self.desk, "intervention", self, number, blank=number is None)
