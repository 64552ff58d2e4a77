"""The lists of tickets and of interventions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from app.entities import ENTITIES
from app.services import listing, records
from app.services.listing import Filter, Query
from app.ui.crud.model import Tally
from app.ui.crud.page import EntityPage
from app.ui.crud.pane import DetailPane, MenuAct
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.ticket_form import TicketForm
from app.ui.pages.tickets_live import LEFT, TicketsPanel
from app.ui.pages.tickets_mail import ticket_mail_dialog
from app.ui.pages.tickets_pane import TicketPane
from app.ui.parts.basics import frame, row
from app.ui.parts.buttons import Button, button
from app.ui.parts.crumbs import list_views
from app.ui.parts.empty import Beginning
from app.ui.state import UiState

TICKET = ENTITIES["ticket"]
UNDER_WAY = ("open", "taken", "waiting")
Kept = dict[str, tuple[str, ...]]
"""What a view keeps: by field, the values."""
VIEWS: tuple[tuple[str, Kept], ...] = (
    ("Tous", {}),
    ("À prendre en charge", {"status": ("open",)}),
    ("En retard", {"status": UNDER_WAY, "due_state": ("late",)}),
    ("En attente", {"status": ("waiting",)}),
    ("À l’arrêt", {"status": UNDER_WAY, "running": ("down",)}),
    ("P1 et P2", {"status": UNDER_WAY, "priority": ("P1", "P2")}),
    ("À clore", {"status": ("resolved",)}),
)
WAYS = [
    Beginning(
        "new",
        "Nouveau ticket",
        "pen-line",
        "Un appel, une panne",
        "Moins de trente secondes au clavier (Ctrl+Maj+T), de partout.",
        primary=True,
    ),
    Beginning(
        "import",
        "Choisir des fichiers…",
        "file-input",
        "Reprendre ceux d’un autre outil",
        "Une liste CSV, Excel ou LibreOffice\u00a0: les délais sont recomptés. Vous pouvez aussi la déposer ici.",
    ),
]
LATE = 2
"""The view whose answers change with the hour alone."""
BY_DUE = frozenset({1, 2, 3, 4, 5})
"""The views of what is under way: the nearest promise first."""
A_MINUTE = 60_000


def view_filters(position: int) -> tuple[Filter, ...]:
    return tuple(
        Filter(name, tuple(_options(name).of(one) for one in values)) for name, values in VIEWS[position][1].items()
    )


def _options(name: str) -> Any:
    return getattr(TICKET.field(name), "options", None)


class TicketsPage(EntityPage):
    """The list, with the questions of the morning above it and how many answer each; it moves with the minute."""

    panel_type = TicketsPanel
    with_pane = True

    def __init__(self, desk: Desk, state: UiState) -> None:
        super().__init__(desk, TICKET, state)
        self.views = list_views([title for title, _ in VIEWS])
        self.views.setCurrentIndex(self._position())
        self._view = self.views.currentIndex()
        self.views.currentChanged.connect(self.show_view)
        self._views_bar = frame("filters", row(self.views, None, margins=(16, 0, 8, 8)))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._views_bar)
        self._counts: dict[int, int] = {}
        self._count_views()
        self._minute = QTimer(self, interval=A_MINUTE)
        self._minute.timeout.connect(self.tick)
        self._minute.start()

    def make_pane(self) -> DetailPane:
        return TicketPane(self.desk)

    def section_actions(self) -> list[Button]:
        bring = button(
            "Importer…", icon="file-input", tip="Les tickets d’un autre outil\u00a0: CSV, Excel, LibreOffice"
        )
        bring.clicked.connect(self.bring)
        return [bring, *super().section_actions()]

    def bring(self) -> None:
        starts.import_tickets(self.desk, self)

    def beginnings(self) -> list[Beginning]:
        return WAYS

    def begin(self, key: str) -> None:
        if key == "import":
            self.bring()
        else:
            super().begin(key)

    def refresh(self) -> None:
        super().refresh()
        self._count_views()

    def tick(self) -> None:
        """A minute has gone by: what is left is told again, and who is late counted; the rest stands still."""
        if not self.isVisible():
            return
        late = self._counts.get(LATE)
        self._count_views()
        if self._view and self._counts.get(LATE) != late:
            self.panel.reload()
        elif isinstance(self.panel, TicketsPanel):
            self.panel.tick()
        if isinstance(self.detail, TicketPane) and self.detail.isVisible():
            self.detail.tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.tick)

    def _tell(self, tally: Tally) -> None:
        super()._tell(tally)
        self._views_bar.setVisible(bool(tally.all))
        with QSignalBlocker(self.views):
            self._view = self._position()
            self.views.setCurrentIndex(self._view)

    def show_view(self, position: int) -> None:
        """The list of that view; a text typed in the filter, and the filters of other columns, stay."""
        given = VIEWS[self._view][1].keys() | VIEWS[position][1].keys()
        others = tuple(one for one in self.panel.query.filters if one.field not in given)
        sort, descending = self.panel.query.sort, self.panel.query.descending
        if position in BY_DUE:
            sort, descending = LEFT, False
        elif sort == LEFT:
            sort, descending = TICKET.order_by, TICKET.descending
        self._view = position
        wanted = replace(self.panel.query, filters=(*others, *view_filters(position)), ids=None)
        self.panel.show_query(replace(wanted, sort=sort, descending=descending))

    def _position(self) -> int:
        """The view whose filters the list has now; the first one when it has others."""
        kept = {one.field: tuple(str(value) for value in one.values) for one in self.panel.query.filters}
        held = [i for i, (_, wanted) in enumerate(VIEWS) if wanted.items() <= kept.items()]
        return max(held, key=lambda i: len(VIEWS[i][1]), default=0)

    def _on_change(self, tables: frozenset[str]) -> None:
        super()._on_change(tables)
        if TICKET.key in tables:
            self._count_views()

    def _count_views(self) -> None:
        with self.desk.read() as session:
            for position, (title, kept) in enumerate(VIEWS):
                if kept:
                    query = Query((), TICKET.order_by, filters=view_filters(position))
                    count = self._counts[position] = listing.count(session, TICKET, query)
                    self.views.setTabText(position, f"{title}  {count}" if count else title)

    # Acts

    def acts_on(self, wanted: Sequence[int]) -> Sequence[MenuAct]:
        if len(wanted) != 1:
            return ()
        return (("Préparer un courriel…", lambda: ticket_mail_dialog(self.desk, wanted[0], self)),)

    def _do(self, act: str, record_id: int) -> None:
        if act == "edit":
            TicketForm(self.desk, record_id, self.window()).open()
        else:
            super()._do(act, record_id)

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
