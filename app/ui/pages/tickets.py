"""The lists of tickets and of interventions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.entities import ENTITIES
from app.services import listing, records
from app.services.listing import Filter, Query
from app.ui.crud.form import FormDialog
from app.ui.crud.model import Tally
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages import papers
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.ticket_form import TicketForm
from app.ui.parts.basics import frame, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.crumbs import list_views
from app.ui.state import UiState

TICKET = ENTITIES["ticket"]
INTERVENTION = ENTITIES["intervention"]
UNDER_WAY = ("open", "taken", "waiting")
VIEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Tous", ()),
    ("À prendre en charge", ("open",)),
    ("Rétablissement en retard", UNDER_WAY),
    ("En attente", ("waiting",)),
    ("À clore", ("resolved",)),
)
LATE = 2
"""Position of the view that looks at the hour as well as at the state."""


def view_filters(position: int, now: datetime) -> tuple[Filter, ...]:
    states = VIEWS[position][1]
    field = TICKET.field("status")
    options = getattr(field, "options", None)
    found = (Filter("status", tuple(options.of(one) for one in states)),) if options and states else ()
    return (*found, Filter("restore_due_at", high=now)) if position == LATE else found


class TicketsPage(EntityPage):
    """The usual list, with the four questions of the morning above it and how many answer each."""

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, TICKET, state)
        self.views = list_views([title for title, _ in VIEWS])
        self.views.setCurrentIndex(self._position())
        self.views.currentChanged.connect(self.show_view)
        self._views_bar = frame("filters", row(self.views, None, margins=(16, 0, 8, 8)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._views_bar)
        self._count_views()

    def refresh(self) -> None:
        self._count_views()

    def _tell(self, tally: Tally) -> None:
        super()._tell(tally)
        self._views_bar.setVisible(bool(tally.all))

    def show_view(self, position: int) -> None:
        """The list of that view; a text typed in the filter stays."""
        others = tuple(f for f in self.panel.query.filters if f.field not in {"status", "restore_due_at"})
        wanted = (*others, *view_filters(position, datetime.now(UTC)))
        self.panel.show_query(replace(self.panel.query, filters=wanted, ids=None))

    def _position(self) -> int:
        """The view whose states the list shows now."""
        kept = next((f.values for f in self.panel.query.filters if f.field == "status"), ())
        states = tuple(str(one) for one in kept)
        return next((i for i, (_, wanted) in enumerate(VIEWS) if wanted == states), 0)

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        if TICKET.key in tables:
            self._count_views()

    def _count_views(self) -> None:
        now = datetime.now(UTC)
        with self.desk.read() as session:
            for position, (title, states) in enumerate(VIEWS):
                if states:
                    query = Query((), TICKET.order_by, filters=view_filters(position, now))
                    count = listing.count(session, TICKET, query)
                    self.views.setTabText(position, f"{title}  {count}" if count else title)

    # Acts

    def new(self) -> None:
        self.open_new({})

    def open_new(self, start: Mapping[str, Any]) -> NewTicketDialog:
        dialog = NewTicketDialog(self.desk, self.window(), start)
        dialog.saved.connect(self._on_saved)
        dialog.open()
        return dialog

    def duplicate(self) -> None:
        if chosen := self.panel.current_id():
            with self.desk.read() as session:
                start = records.get(session, TICKET, chosen).values
            self.open_new(start)

    def edit(self) -> None:
        if chosen := self.panel.current_id():
            TicketForm(self.desk, chosen, self.window()).open()


class InterventionsPage(EntityPage):
    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, INTERVENTION, state)
        sheet = icon_button("printer", "Imprimer la fiche")
        sheet.clicked.connect(self.print_paper)
        self.detail.add_act(sheet)

    def section_actions(self) -> list[Button]:
        blank = button("Fiche vierge", icon="printer", tip="Une fiche d’intervention à remplir à la main.")
        blank.clicked.connect(lambda: self._print(None))
        return [blank, *super().section_actions()]

    def open_form(self, record_id: int | None, start: dict[str, Any] | None = None) -> FormDialog:
        form = InterventionForm(self.desk, record_id, None, self.window())
        if start:
            form.form.show_values(start)
        form.saved.connect(self._on_saved)
        form.open()
        return form

    def print_paper(self) -> None:
        """The sheet of the chosen intervention, or one to fill by hand."""
        if chosen := self.panel.current_id():
            with self.desk.read() as session:
                number = records.get(session, INTERVENTION, chosen).values["number"]
            self._print(number)
        else:
            self._print(None)

    def _print(self, number: str | None) -> None:
        papers.preview(self.desk, "intervention", self, number, blank=number is None)
