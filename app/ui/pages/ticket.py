"""A ticket as a page: what was asked, its journal, its clock, its contract and its interventions (look 04)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from app.entities import ENTITIES
from app.fields import counted
from app.services import clock_why, downtime, interventions, journal, records, ticket_links, ticket_sheet, tickets
from app.services.clock import ClockPanel as ClockFacts
from app.services.clock import clock
from app.services.records import Sheet
from app.ui import icons, theme
from app.ui.crud.document_card import DocumentsCard
from app.ui.desk import Desk
from app.ui.pages import breach_acts, claim_acts, evaluation_print, papers, ticket_menu
from app.ui.pages.acts import Act, ActDialog, this_minute, to_bin
from app.ui.pages.base import RecordPage
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.loaner_card import LoanersCard
from app.ui.pages.parts_card import PartsCard
from app.ui.pages.ticket_clock import clock_data
from app.ui.pages.ticket_form import TicketForm
from app.ui.pages.ticket_journal import JournalCard
from app.ui.pages.ticket_menu import Line, More, Told
from app.ui.pages.ticket_side import DownCard, InterventionsCard, LinksCard, WaitsCard
from app.ui.pages.ticket_view import facts_told, head_data
from app.ui.pages.tickets_mail import ticket_mail_dialog
from app.ui.parts.basics import column, fill, holder, label, row, scrolled
from app.ui.parts.buttons import button, icon_button, set_available
from app.ui.parts.card import Card
from app.ui.parts.clock import ClockPanel
from app.ui.parts.crumbs import RecordHead
from app.ui.parts.facts import FactGroup, FactsView

TICKET = ENTITIES["ticket"]
CONCERNED = frozenset(
    {
        "ticket",
        "ticket_event",
        "ticket_link",
        "intervention",
        "part",
        "loaner",
        "document",
        "contract",
        "amendment",
        "service_level",
        "coverage_slot",
        "asset",
    }
)
SIDE = 372
A_MINUTE = 60_000


class TicketPage(RecordPage):
    def __init__(self, desk: Desk, record_id: int) -> None:
        super().__init__(desk, record_id)
        self._place = ("", False, False)
        self._told = ""
        self._build_head()
        self._request = label("", wrap=True)
        self._request.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        request = Card("Demande")
        request.body.addWidget(self._request)
        self._build_side()
        self.journal = JournalCard(desk, record_id, self.documents)
        self.entry = self.journal.entry
        main = column(request, gap=12)
        main.addWidget(self.journal, 1)
        fill(main, self.links, self.documents)
        body = row(gap=14, margins=(16, 12, 16, 12))
        body.addLayout(main, 1)
        body.addWidget(self._side)
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
        self.reopen_button.clicked.connect(self._reopen)
        self._more = icon_button("ellipsis", "Autres actions")
        self._more.clicked.connect(self._offer)
        self.primary = button("Résoudre", "primary", "check")
        self.primary.clicked.connect(self._on_primary)
        self.head = RecordHead([edit, self.print_button, self._more, self.reopen_button, self.primary])
        self.head.back.connect(self.closed)
        self.head.previous.connect(lambda: self.stepped.emit(-1))
        self.head.following.connect(lambda: self.stepped.emit(1))
        for keys, lines in ticket_menu.KEYS.items():
            QShortcut(QKeySequence(keys), self, partial(self._do_first, lines))

    def _build_side(self) -> None:
        self.clock, self.facts = ClockPanel(), FactsView()
        self.clock.acted.connect(self._on_clock)
        self.facts.link_followed.connect(self.desk.follow)
        self._change = button("Changer", "link")
        self._change.clicked.connect(lambda: self._do_first([ticket_menu.COVER]))
        contract = Card("Contrat et bien", corner=self._change)
        contract.body.addWidget(self.facts)
        self.downs, self.waits, self.links = DownCard(), WaitsCard(), LinksCard()
        self.downs.acted.connect(lambda: self._do_first([ticket_menu.UP, ticket_menu.DOWN]))
        self.links.wanted.connect(lambda: self._do_first([ticket_menu.LINK]))
        self.links.followed.connect(lambda ticket: self.desk.go_to.emit(TICKET.key, ticket))
        self.links.cut.connect(self._unlink)
        self.interventions = InterventionsCard()
        self.interventions.wanted.connect(self.open_intervention)
        self.interventions.printed.connect(self.print_sheet)
        self.parts, self.loaners = PartsCard(self.desk, self.record_id), LoanersCard(self.desk, self.record_id)
        self.documents = DocumentsCard(self.desk, TICKET, self.record_id)
        self._side = holder(
            column(
                self.clock, contract, self.downs, self.waits, self.interventions, self.parts, self.loaners, None,
                gap=12,
            )
        )  # fmt: skip
        theme.fix_width(self._side, SIDE)

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
            self.facts_known = ticket_sheet.facts_of(session, self.record_id)
            self.done = interventions.of_ticket(session, self.record_id)
            links = ticket_links.of_ticket(session, self.record_id)
            self.may_reopen = tickets.may_reopen(session, self.record_id, this_minute())
            self._read_clock(session)
        self._show_head(self.sheet)
        self._request.setText(self.sheet.values["description"] or self.sheet.values["subject"])
        self.journal.show_rows(rows)
        self.facts.set_groups([FactGroup("", facts_told(self.sheet, self.facts_known, self.clock_facts.base))])
        self.links.show_links(links)
        self.interventions.show_done(self.done, cancelled=self._is("cancelled"))
        self.parts.reload(cancelled=self._is("cancelled"))
        self.loaners.reload(cancelled=self._is("cancelled"))
        self.documents.reload()
        self._told = f"{self.sheet.values['number']}  ·  {counted(len(rows), 'événement')}"
        self.footed.emit(self._told)

    def tick(self) -> None:
        """What follows the hour alone, each minute."""
        with self.desk.read() as session:
            self._read_clock(session)

    def _read_clock(self, session: Any) -> None:
        now = this_minute()
        self.clock_facts: ClockFacts = clock(session, self.record_id, now)
        resting = ticket_sheet.resting_until(session, self.record_id, now)
        self.clock.set_data(clock_data(self.clock_facts, resting))
        self.downs.show_spans(downtime.of_ticket(session, self.record_id, now), cancelled=self._is("cancelled"))
        self.waits.show_waits(clock_why.waits_of(session, self.record_id, now))

    def _is(self, *states: str) -> bool:
        return self.sheet.values["status"].value in states

    def _show_head(self, sheet: Sheet) -> None:
        self.head.set_data(head_data(sheet, self._place[0]))
        self.head.set_steps(*self._place[1:])
        line = ticket_menu.first(ticket_menu.PRIMARY, self.told())
        self.primary.setVisible(line is not None)
        if line is not None:
            self.primary.setText(line.words)
            icons.dress(self.primary, line.icon, "onAccent")
        set_available(self._change, not self._is("closed", "cancelled"), "Ses délais ont été jugés.")
        self.reopen_button.setVisible(self._is("resolved", "closed"))
        self.reopen_button.setText("Rouvrir" if self.may_reopen else "Nouveau ticket lié")
        icons.dress(self.reopen_button, "rotate-ccw" if self.may_reopen else "ticket-plus", "ink2")

    def told(self) -> Told:
        """What the acts start from, as it stands on the screen."""
        with self.desk.read() as session:
            waits = ticket_sheet.wait_choices(session, self.record_id)
        who = self.desk.store.who
        return Told(self.record_id, self.sheet.values, self.facts_known, self.clock_facts.workaround, waits, who)

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

    def _do_first(self, lines: Sequence[Line]) -> None:
        """The first of these acts that the ticket allows now, if any."""
        told = self.told()
        if line := ticket_menu.first(lines, told):
            self.open_act(line.make(told))

    def _on_primary(self) -> None:
        self._do_first(ticket_menu.PRIMARY)

    def _on_clock(self) -> None:
        self._do_first([ticket_menu.SUSPEND, ticket_menu.RESUME])

    def _offer(self) -> None:
        follow = [More("Nouveau ticket lié", "ticket-plus", self.follow_up)] if self._is("resolved", "closed") else []
        written = [
            More("Préparer un courriel…", "mail", self.write_mail),
            More("Fiche d’évaluation…", "star", self.offer_form),
            More("Compte rendu d’incident", "siren", self.print_report),
        ]
        if self.sheet.values["kind"].value != "incident":
            written.pop()
        written += [
            More("Dossier de preuve…", "gavel", self.show_claim_file),
            More("Dossier de preuve en archive ZIP…", "file-archive", self.save_claim_file),
            *breach_acts.lines(self.desk, self.record_id, self),
        ]
        bin_it = More("Mettre à la corbeille", "trash-2", self.to_bin)
        ticket_menu.offer(self.told(), self.open_act, [follow, written], [bin_it], self._more)

    def _unlink(self, link_id: int) -> None:
        self.desk.act("Lien retiré", lambda s: ticket_links.unlink(s, link_id), told="Lien retiré")

    def _reopen(self) -> None:
        if self.may_reopen:
            self._do_first([ticket_menu.REOPEN])
        else:
            self.follow_up()

    def follow_up(self) -> None:
        """In one click: a new ticket for the same trouble, linked to this one, then its page."""
        fresh = self.desk.act("Nouveau ticket lié", lambda s: tickets.follow_up(s, self.record_id, this_minute()),
                              told="Nouveau ticket ouvert")  # fmt: skip
        self.desk.go_to.emit(TICKET.key, fresh)

    def write_mail(self) -> None:
        ticket_mail_dialog(self.desk, self.record_id, self)

    def to_bin(self) -> None:
        to_bin(self.desk, TICKET, self.record_id, self.sheet.values["number"])

    def edit(self) -> None:
        TicketForm(self.desk, self.record_id, self).open()

    # Interventions and papers

    def open_intervention(self, intervention_id: int) -> None:
        """0 for a new one."""
        InterventionForm(self.desk, intervention_id or None, self.record_id, self).open()

    def print_paper(self) -> None:
        """The sheet of the last intervention, or one to fill by hand."""
        self.print_sheet(self.done[-1].number if self.done else None)

    def print_report(self) -> None:
        papers.preview(self.desk, "incident", self, self.sheet.values["number"])

    def show_claim_file(self) -> None:
        claim_acts.of_ticket(self.desk, self.sheet.values["number"], self)

    def save_claim_file(self) -> None:
        claim_acts.ticket_archive(self.desk, self.sheet.values["number"], self)

    def offer_form(self) -> None:
        """The form to evaluate its last intervention, or one to fill by hand."""
        evaluation_print.offer(self.desk, self, self._more, self.done[-1].number if self.done else None)

    def print_sheet(self, number: str | None) -> None:
        papers.preview(self.desk, "intervention", self, number, blank=number is None)
