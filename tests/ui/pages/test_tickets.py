"""The list of tickets."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import Person, Ticket
from app.models.upkeep_codes import DueState
from app.services import tickets as services
from app.services.listing import Filter
from app.services.ticket_due import Left
from app.services.tickets import TicketDraft
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.ticket_form import TicketForm
from app.ui.pages.tickets import TicketsPage
from app.ui.pages.tickets_live import told
from app.ui.pages.tickets_mail import TicketMailDialog
from app.ui.pages.tickets_pane import TicketPane
from app.ui.parts.marks import MARK
from app.ui.state import UiState
from tests.services.company import june, reference_month
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, press, shown

LATE, TO_CLOSE = 2, 6
TOOLTIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    """The month of domain.md B.3: eight tickets, one of them to take in charge and late since."""
    with store.begin("essai") as session:
        reference_month(session)
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def tickets(qtbot: QtBot, desk: Desk) -> TicketsPage:
    page = TicketsPage(desk, UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    settle(qtbot, lambda: page.panel.model.tally.all == 8)
    return page


@pytest.mark.parametrize(("view", "count"), [(0, 8), (1, 1), (2, 1), (3, 0), (4, 0), (5, 0), (6, 6)])
def test_a_view_shows_what_it_counts(qtbot: QtBot, tickets: TicketsPage, view: int, count: int) -> None:
    tickets.views.setCurrentIndex(view)
    settle(qtbot, lambda: tickets.panel.model.tally.shown == count)
    told = tickets.views.tabText(view)
    assert told.endswith(f"  {count}") or not (view and count)


def test_a_view_keeps_the_other_filters(qtbot: QtBot, tickets: TicketsPage) -> None:
    tickets.panel.set_filter("category", Filter("category", ("Serveur",)))
    tickets.views.setCurrentIndex(TO_CLOSE)
    settle(qtbot, lambda: tickets.panel.model.tally.shown == 2)
    again = TicketsPage(tickets.desk, tickets.state)
    qtbot.addWidget(again)
    assert again.views.currentIndex() == TO_CLOSE


def test_a_new_ticket_joins_the_list(qtbot: QtBot, tickets: TicketsPage) -> None:
    with tickets.desk.store.begin("essai") as session:
        session.add(Person(last_name="Roussel", first_name="Nadia"))
    tickets.new()
    dialog = opened(tickets, NewTicketDialog)
    dialog.editors["requester_id"].put_text("Nadia Roussel")
    dialog.editors["words"].put_text("Clavier muet")
    dialog.accept()
    settle(qtbot, lambda: tickets.panel.model.tally.all == 9)
    assert tickets.views.tabText(1).endswith("  2")


def test_an_empty_list_says_how_to_begin(qtbot: QtBot, store: Store) -> None:
    page = TicketsPage(make_desk(qtbot, store, Answers()), UiState())
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, lambda: page.body.currentIndex() == 1)
    assert not page.views.isVisible()
    press(page, "Nouveau ticket")
    opened(page, NewTicketDialog).reject()


def test_a_copy_begins_with_the_words_of_the_first(tickets: TicketsPage) -> None:
    tickets.panel.choose(1)
    tickets.duplicate()
    dialog = opened(tickets, NewTicketDialog)
    assert dialog.editors["words"].text() == "Un ennui"
    assert dialog.editors["asset_id"].text() == "SRV-01"
    dialog.reject()
    tickets.edit()
    form = opened(tickets, TicketForm)
    form.form.editors["subject"].put_text("Serveur arrêté")
    form.accept()
    with tickets.desk.read() as session:
        assert session.get_one(Ticket, 1).subject == "Serveur arrêté"


def column_of(page: TicketsPage) -> int:
    return page.panel.query.columns.index("next_due")


def test_what_is_left_stands_in_the_list_and_moves(qtbot: QtBot, tickets: TicketsPage) -> None:
    with tickets.desk.store.begin("essai") as session:
        opened_at = datetime.now(UTC) - timedelta(minutes=1)
        services.open_ticket(session, TicketDraft(subject="Neuf", opened_at=opened_at))
    settle(qtbot, lambda: tickets.panel.model.tally.all == 9)
    tickets.views.setCurrentIndex(1)
    settle(qtbot, lambda: tickets.panel.model.tally.shown == 2)
    model, at = tickets.panel.model, column_of(tickets)
    late, free = model.index(0, at), model.index(1, at)
    assert late.data().startswith("Dépassé de ")
    assert late.data(MARK).tone == "bad"
    assert "Prise en charge, avant le" in late.data(TOOLTIP)
    assert free.data() == "Hors contrat"
    with qtbot.waitSignal(model.dataChanged):
        tickets.tick()


def test_a_view_of_what_is_under_way_has_the_nearest_promise_first(qtbot: QtBot, tickets: TicketsPage) -> None:
    tickets.views.setCurrentIndex(LATE)
    settle(qtbot, lambda: tickets.panel.model.tally.shown == 1)
    assert (tickets.panel.query.sort, tickets.panel.query.descending) == ("next_due", False)
    tickets.views.setCurrentIndex(0)
    settle(qtbot, lambda: tickets.panel.model.tally.shown == 8)
    assert (tickets.panel.query.sort, tickets.panel.query.descending) == ("opened_at", True)


@pytest.mark.parametrize(
    ("left", "text", "tone"),
    [
        (Left(DueState.RUNNING, True, "Prise en charge", 61, june("01 14:00")), "1\u00a0h\u00a001", ""),
        (Left(DueState.RUNNING, True, "Prise en charge", 60, june("01 14:00")), "1\u00a0h\u00a000", "warn"),
        (Left(DueState.LATE, True, "Rétablissement", -100, june("01 14:00")), "Dépassé de 1\u00a0h\u00a040", "bad"),
        (Left(DueState.STOPPED, True), "Arrêtée", "hold"),
        (Left(DueState.UNPROMISED, True), "Sans engagement", "mute"),
        (Left(DueState.UNPROMISED, False), "Hors contrat", "mute"),
        (None, "–", ""),
    ],
)
def test_what_is_left_is_told_by_shape_colour_and_word(left: Left | None, text: str, tone: str) -> None:
    shown_text, mark, spoken = told(left)
    assert (shown_text, mark.tone) == (text, tone)
    assert len(spoken) > len(text)


def test_the_pane_tells_the_clock_and_takes_the_next_step(qtbot: QtBot, tickets: TicketsPage) -> None:
    tickets.panel.choose(8)
    pane = tickets.detail
    assert isinstance(pane, TicketPane)
    settle(qtbot, pane.isVisible)
    assert "Prise en charge" in shown(pane)
    press(pane, "Prendre en charge…")
    opened(tickets, ActDialog).accept()
    settle(qtbot, lambda: pane.step.text() == "Résoudre…")
    pane.tabs.setCurrentIndex(1)
    assert "Prise en charge" in shown(pane)
    pane.tabs.setCurrentIndex(0)
    press(pane, "Suspendre…")
    opened(tickets, ActDialog).reject()
    press(pane, "Modifier")
    opened(tickets, TicketForm).reject()
    with qtbot.waitSignal(tickets.desk.go_to):
        press(pane, "Ouvrir le ticket")


def test_an_email_is_one_act_away(tickets: TicketsPage) -> None:
    tickets.panel.choose(1)
    (words, act), *_ = tickets.acts_on([1])
    assert words == "Préparer un courriel…"
    act()
    assert opened(tickets, TicketMailDialog).stage.value == "restored"
    assert not tickets.acts_on([1, 2])
