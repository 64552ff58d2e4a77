"""Interventions, parts and loans on their pages, and what an intervention tells of its ticket."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.fields import this_day
from app.models import Intervention, Loaner, Part, Ticket, Visit
from app.models.codes import TicketStatus
from app.models.upkeep_codes import PartState
from app.services import interventions, loaners, parts, tickets
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.interventions import InterventionsPage
from app.ui.pages.loaners import LoanersPage
from app.ui.pages.parts import PartsPage
from app.ui.pages.ticket import TicketPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month, repair
from tests.ui.fakes import settle
from tests.ui.pages.hand import opened, press, shown, write


def visible(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()


@pytest.fixture
def done(qtbot: QtBot, desk: Desk) -> InterventionsPage:
    """The month of domain.md B.3."""
    with desk.store.begin("essai") as session:
        reference_month(session)
    page = InterventionsPage(desk, UiState())
    visible(qtbot, page)
    settle(qtbot, lambda: page.panel.model.tally.all == 6)
    return page


@pytest.fixture
def ticket(qtbot: QtBot, desk: Desk) -> TicketPage:
    """Opened on Monday 1 June at 10:00 under a contract, of an asset that was down."""
    with desk.store.begin("essai") as session:
        asset = add_asset(session, "PC-01", add_contract(session))
        made = add_ticket(session, "01 10:00", "P2", asset_id=asset, subject="Écran noir")
        tickets.down(session, made, june("01 10:00"))
    page = TicketPage(desk, made)
    visible(qtbot, page)
    return page


def kept(page: TicketPage) -> Ticket:
    with page.desk.read() as session:
        found: Ticket = session.get_one(Ticket, page.record_id)
        return found


# From the list


def test_an_intervention_without_a_ticket_is_refused(done: InterventionsPage) -> None:
    done.new()
    form = opened(done, InterventionForm)
    form.accept()
    assert "Choisissez le ticket, ou la visite prévue." in shown(form)
    write(form, "ticket_id", "T-2026-0002 Un ennui")
    assert form.form.editors["charge"].text() == "Inclus"
    form.accept()
    with done.desk.read() as session:
        assert session.scalars(select(Intervention.ticket_id)).all().count(2) == 2


def test_the_sheet_of_the_chosen_intervention(done: InterventionsPage) -> None:
    done.panel.choose(1)
    press(done, "Imprimer la fiche")
    preview = opened(done, Preview)
    assert preview.paper.title == "Fiche d’intervention FI-2026-0001"
    preview.close()


def test_a_sheet_is_issued_and_kept(done: InterventionsPage) -> None:
    done.panel.choose(1)
    done.print_paper()
    press(opened(done, Preview), "Émettre")
    issued = opened(done, Preview, lambda one: one.paper.issue is None)
    assert issued.paper.title == "Fiche d’intervention FI-2026-0001"
    issued.close()


def test_a_blank_sheet(done: InterventionsPage) -> None:
    done.section_actions()[0].click()
    preview = opened(done, Preview)
    assert preview.paper.file_name.startswith("fiche-intervention_vierge")
    preview.close()


def test_what_is_left_to_do_is_followed_by_a_visit(qtbot: QtBot, done: InterventionsPage) -> None:
    with done.desk.store.begin("essai") as session:
        interventions.update(session, 1, {"remaining_work": "Changer l’onduleur"})
    settle(qtbot, lambda: done.views.tabText(1) == "Reste à faire  1")
    done.panel.choose(1)
    assert "Rien ne le suit." in shown(done.detail)
    press(done.detail, "Faire suivre…")
    dialog = opened(done, ActDialog)
    assert dialog.radios is not None
    dialog.radios.buttons[1].click()
    dialog.accept()
    assert "Dites quel jour la visite est prévue." in shown(dialog)
    write(dialog, "on", "09/12/2026")
    dialog.accept()
    assert "Suivi par la visite" in shown(done.detail)
    with done.desk.read() as session:
        assert session.scalar(select(Visit.planned_on)) == date(2026, 12, 9)
    with qtbot.waitSignal(done.desk.go_to):
        press(done.detail, "Voir")


def test_the_pane_tells_what_it_is_worth_and_its_parts(done: InterventionsPage) -> None:
    with done.desk.store.begin("essai") as session:
        parts.save(session, 1, [{"label": "Bloc", "quantity": 2, "unit_price": 1000}])
        interventions.update(session, 1, {"charge": "billable"})
    done.panel.choose(1)
    told = shown(done.detail)
    assert "pièces 20,00\u00a0€" in told
    assert "À payer à part" in told
    press(done.detail, "Bloc\u00a0: Noter le contrôle")
    with done.desk.read() as session:
        assert session.scalar(select(Part.state)) == PartState.CHECKED


# From the ticket


def test_one_form_tells_the_whole_story_of_the_ticket(ticket: TicketPage) -> None:
    ticket.open_intervention(0)
    form = opened(ticket, InterventionForm)
    for name, text in {
        "kind": "Sur site", "technician": "Yanis", "started_at": "01/06/2026 11:00", "ended_at": "01/06/2026 12:15",
        "solved": "Oui", "work_done": "Bloc remplacé", "remaining_work": "Onduleur à changer",
    }.items():  # fmt: skip
        form.form.editors[name].put_text(text)
    assert form.form.editors["travel"].text() == "Oui"
    assert "toute la durée, 1\u00a0h\u00a015" in shown(form)
    told = [box.text() for box in form.implied.boxes]
    assert told == [
        "Pris en charge le 01/06/2026 11:00",
        "Arrivée sur site le 01/06/2026 11:00",
        "Rétabli le 01/06/2026 12:15 (solution définitive)",
        "Bien remis en service le 01/06/2026 12:15",
    ]
    form.accept()
    assert (kept(ticket).status, kept(ticket).on_site_at) == (TicketStatus.RESOLVED, june("01 11:00"))
    assert kept(ticket).down_minutes == 135
    follow = opened(ticket, ActDialog)  # what is left to do is proposed at once
    follow.accept()
    with ticket.desk.read() as session:
        assert session.get_one(Ticket, 2).description == "Onduleur à changer"


def test_what_is_unticked_stays_so_and_is_not_written(ticket: TicketPage) -> None:
    ticket.open_intervention(0)
    form = opened(ticket, InterventionForm)
    form.form.editors["kind"].put_text("Sur site")
    form.form.editors["started_at"].put_text("01/06/2026 11:00")
    form.implied.boxes[1].setChecked(False)
    form.form.editors["started_at"].put_text("01/06/2026 11:30")
    assert [box.isChecked() for box in form.implied.boxes] == [True, False]
    form.accept()
    assert (kept(ticket).taken_at, kept(ticket).on_site_at) == (june("01 11:30"), None)


def test_a_part_asked_for_comes_and_is_fitted(ticket: TicketPage) -> None:
    with ticket.desk.store.begin("essai") as session:
        tickets.take(session, ticket.record_id, june("01 10:30"))
    press(ticket, "Demander une pièce")
    ask = opened(ticket, ActDialog)
    write(ask, "label", "Bloc")
    ask.accept()
    assert kept(ticket).status == TicketStatus.WAITING
    press(ticket, "Bloc\u00a0: Noter la commande")
    press(ticket, "Bloc\u00a0: Noter l’arrivée")
    come = opened(ticket, ActDialog)
    assert ticket.sheet.values["number"] in shown(come)
    come.accept()
    assert kept(ticket).status == TicketStatus.TAKEN
    ticket.open_intervention(0)
    form = opened(ticket, InterventionForm)
    press(form, "Poser\u00a0: Bloc (reçue)")
    form.parts.cells(0)[2].setText("N123")
    form.accept()
    with ticket.desk.read() as session:
        assert session.execute(select(Part.state, Part.serial)).one() == (PartState.FITTED, "N123")
        assert len(parts.of_ticket(session, ticket.record_id)) == 1


def test_a_thing_lent_is_given_back(ticket: TicketPage) -> None:
    press(ticket, "Noter un prêt")
    lend = opened(ticket, ActDialog)
    write(lend, "label", "Portable de secours")
    write(lend, "lent_on", "02/06/2026")
    write(lend, "due_on", "05/06/2026")
    lend.accept()
    assert "À rendre le 05/06/2026" in shown(ticket.loaners)
    press(ticket, "Rendre\u00a0: Portable de secours")
    opened(ticket, ActDialog).accept()
    with ticket.desk.read() as session:
        assert session.scalar(select(Loaner.returned_on)) == this_day()
    assert "Prêté le 02/06/2026" in shown(ticket.loaners)


def test_nothing_is_lent_nor_asked_for_on_a_cancelled_ticket(ticket: TicketPage) -> None:
    with ticket.desk.store.begin("essai") as session:
        tickets.cancel(session, ticket.record_id, june("01 10:30"), "Erreur")
    assert ticket.parts.ask_button.toolTip() == "Ce ticket est annulé."
    assert ticket.loaners.lend_button.toolTip() == "Ce ticket est annulé."


def test_a_draft_keeps_the_parts_typed(ticket: TicketPage) -> None:
    ticket.open_intervention(0)
    form = opened(ticket, InterventionForm)
    form.parts.add_button.click()
    form.parts.cells(0)[0].setText("Dalle")
    form.form.editors["technician"].put_text("Yanis")
    texts = form.texts()
    form.parts.show_lines([])
    form.put_texts(texts)
    assert form.parts.cells(0)[0].text() == "Dalle"
    assert form.parts.keys() == [None]
    assert form.form.editors["technician"].text() == "Yanis"
    assert form.is_modified()


def test_one_begun_is_finished_later_and_restores_the_ticket(ticket: TicketPage) -> None:
    with ticket.desk.store.begin("essai") as session:
        made = interventions.record(session, {"ticket_id": ticket.record_id, "started_at": june("01 11:00")})
        parts.save(session, made, [{"label": "Dalle", "quantity": 1}])
    ticket.open_intervention(made)
    form = opened(ticket, InterventionForm)
    form.form.editors["repair_minutes"].put_text("tout")
    form.parts.cells(0)[5].setText("2")
    form.parts.cells(0)[6].setText("trente")
    form.accept()
    assert "Pièce 1, prix HT" in shown(form)
    form.parts.cells(0)[6].setText("30")
    form.form.editors["repair_minutes"].put_text("")
    form.form.editors["ended_at"].put_text("01/06/2026 12:00")
    form.form.editors["solved"].put_text("Oui")
    texts = form.texts()
    form.put_texts(texts)
    assert form.parts.keys() == [1]  # the same part, not another one
    form.accept()
    assert kept(ticket).resolved_at == june("01 12:00")
    with ticket.desk.read() as session:
        assert session.execute(select(Part.quantity, Part.unit_price)).one() == (2, 3000)


# Lists of parts and of loans


def test_the_parts_go_from_question_to_question(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        made = add_ticket(session, "01 10:00")
        parts.ask(session, {"ticket_id": made, "label": "Bloc", "requested_on": date(2026, 6, 1)})
        repair(session, made, "02 10:00", "02 11:00", 30)
    page = PartsPage(desk, UiState())
    visible(qtbot, page)
    settle(qtbot, lambda: page.views.tabText(1) == "À commander  1")
    page.panel.choose(1)
    (one, other) = page.acts_on([1])
    assert (one[0], other[0]) == ("Noter la commande", "Noter la commande, un autre jour…")
    other[1]()
    dialog = opened(page, ActDialog)
    write(dialog, "ordered_on", "02/06/2026")
    dialog.accept()
    press(page, "Passer à l’état suivant")
    settle(qtbot, lambda: page.views.tabText(3) == "À poser  1")
    press(page, "Passer à l’état suivant")
    fit = opened(page, ActDialog)
    assert fit.form.editors["intervention_id"].text() == "FI-2026-0001"
    write(fit, "serial", "N123")
    fit.accept()
    press(page, "Passer à l’état suivant")
    with desk.read() as session:
        assert session.execute(select(Part.state, Part.serial, Part.ordered_on)).one() == (
            PartState.CHECKED,
            "N123",
            date(2026, 6, 2),
        )
    assert page.acts_on([1]) == ()
    assert page.acts_on([1, 2]) == ()
    press(page, "Passer à l’état suivant")  # there is none: nothing happens


def test_what_is_late_to_give_back_says_so(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        past = this_day() - timedelta(days=9)
        loaners.lend(session, {"label": "Portable", "lent_on": past, "due_on": past})
    page = LoanersPage(desk, UiState())
    visible(qtbot, page)
    settle(qtbot, lambda: page.views.tabText(2) == "En retard  1")
    page.panel.choose(1)
    assert "Chez nous, en retard" in shown(page.detail)
    ((words, act),) = page.acts_on([1])
    assert words == "Noter le retour…"
    act()
    opened(page, ActDialog).reject()
    press(page.detail, "Rendre…")
    opened(page, ActDialog).accept()
    settle(qtbot, lambda: page.views.tabText(2) == "En retard")
    assert page.acts_on([1]) == ()
    assert page.acts_on([1, 2]) == ()
