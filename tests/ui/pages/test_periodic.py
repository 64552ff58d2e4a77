"""Stories of a periodic report: established, read, explained, decided, issued."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.fields import this_day
from app.models import BreachNote, IssuedPaper, PeriodReview
from app.models.contract_codes import ActionState
from app.services import actions, improvements
from app.services.periodic import reviews, when
from app.settings import Rhythm
from app.ui.desk import Desk
from app.ui.pages.actions import ImprovementsPage
from app.ui.pages.acts import ActDialog
from app.ui.pages.periodic import ReviewsPage
from app.ui.pages.periodic_review import ReviewPage
from app.ui.pages.ticket import TicketPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services.company import add_ticket
from tests.services.penalties.make import agreed, late, penalty
from tests.story import text_of
from tests.ui.pages.hand import opened, pick, press, shown, write

PATIENCE = 2000
Make = Callable[..., ReviewPage]


def come(page: ReviewPage) -> None:
    """Wait for what is read beside the window."""
    before = page.told
    for _ in range(PATIENCE):
        QApplication.processEvents()
        if page.told is not None and page.told is not before:
            return
        QTest.qWait(10)
    raise AssertionError("the report was not read")


@pytest.fixture
def make(qtbot: QtBot, desk: Desk) -> Make:
    """The report of June 2026, a contract with two breaches of 9 €."""

    def made(mark: str = "2026-06", contract: bool = False) -> ReviewPage:
        with desk.store.begin("essai") as session:
            own, asset = agreed(session)
            penalty(session, own)
            for day in ("01", "02"):
                late(session, asset, day)
            review = reviews.ensure(session, when.read(mark), own if contract else None, this_day())
        page = ReviewPage(desk, review)
        qtbot.addWidget(page)
        page.resize(1280, 760)
        page.show()
        come(page)
        return page

    return made


def test_a_report_is_established_for_a_period_and_found_again(qtbot: QtBot, desk: Desk) -> None:
    page = ReviewsPage(desk, UiState(None))
    qtbot.addWidget(page)
    page.show()
    page.new()
    dialog = opened(page, ActDialog)
    box = dialog.findChildren(QComboBox)[0]
    last = when.title(when.last_over(Rhythm.QUARTER, this_day()), this_day())
    assert box.currentText() == last
    with qtbot.waitSignal(desk.go_to) as gone:
        press(dialog, "Établir le rapport")
    assert gone.args == ["period_review", 1]
    page.new()
    with qtbot.waitSignal(desk.go_to) as again:
        press(opened(page, ActDialog), "Établir le rapport")
    assert again.args == gone.args


def test_what_it_says_is_read_then_completed(make: Make) -> None:
    page = make()
    assert "2\u00a0délais dépassés, 18,00\u00a0€ de pénalités dues." in shown(page)
    press(page, "Écrire\u00a0: À retenir")
    dialog = opened(page, ActDialog)
    write(dialog, "takeaways", "Deux incidents graves")
    press(dialog, "Enregistrer")
    press(page, "Écrire\u00a0: Décisions à prendre")
    dialog = opened(page, ActDialog)
    write(dialog, "decisions", "Renegocier")
    press(dialog, "Enregistrer")
    press(page, "Ajouter une action…")
    dialog = opened(page, ActDialog)
    for name, text in (("label", "Relais ecrit"), ("owner", "Lumeo"), ("due_on", "31/12/2026")):
        write(dialog, name, text)
    press(dialog, "Ajouter l’action")
    assert "Deux incidents graves" in shown(page)
    with page.desk.read() as session:
        kept = session.get_one(PeriodReview, page.record_id)
        assert (kept.takeaways, kept.decisions) == ("Deux incidents graves", "Renegocier")
    page.edit()
    opened(page, ActDialog).reject()


def test_a_breach_is_explained_from_the_report(qtbot: QtBot, make: Make) -> None:
    page = make()
    page.open_tab("Dépassements")
    tab = page.tab()
    assert not tab.explain_button.isEnabled()
    tab.explain()
    tab.table.selectRow(0)
    press(page, "Expliquer…")
    dialog = opened(page, ActDialog)
    write(dialog, "cause", "Technicien absent")
    press(dialog, "Enregistrer l’explication")
    with page.desk.read() as session:
        assert session.query(BreachNote).one().cause == "Technicien absent"
    come(page)
    assert tab.card.note.text() == "1\u00a0sans explication"
    with qtbot.waitSignal(page.desk.go_to) as gone:
        tab.table.opened.emit(0)
    assert gone.args == ["ticket", 1]


def test_its_other_tabs_lead_to_what_they_count(qtbot: QtBot, make: Make) -> None:
    page = make()
    page.open_tab("Indicateurs")
    with qtbot.waitSignal(page.desk.go_to) as gone:
        page.tab().table.opened.emit(0)
    assert gone.args is not None
    assert gone.args[0] == "indicator"
    page.open_tab("Autres constats")
    assert "Aucune visite n’était à faire." in shown(page)


def test_it_is_issued_once_and_for_all(qtbot: QtBot, make: Make) -> None:
    page = make(contract=True)
    press(page, "Voir et émettre…")
    draft = opened(page, Preview)
    assert "Rapport périodique de maintenance" in text_of(draft)
    with qtbot.waitSignal(page.desk.jobs.idle):
        press(draft, "Émettre")
    opened(page, Preview, lambda one: one is not draft).close()
    with page.desk.read() as session:
        assert session.query(IssuedPaper).one().reference == "RP-2026-06-CT-2026-01"


def test_the_menu_opens_its_contract_and_the_bin(qtbot: QtBot, make: Make) -> None:
    page = make(contract=True)
    press(page, "Autres actions")
    with qtbot.waitSignal(page.desk.go_to) as gone:
        pick(page, "Ouvrir le contrat")
    assert gone.args == ["contract", 1]
    press(page, "Autres actions")
    with qtbot.waitSignal(page.closed):
        pick(page, "Mettre à la corbeille")


def test_a_delay_missed_is_explained_from_its_ticket(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        _, asset = agreed(session)
        ticket = late(session, asset, "01")
        fine = add_ticket(session, "01 10:00", opened_at=datetime.now(UTC) - timedelta(minutes=1))
    for one, expected in ((ticket, True), (fine, False)):
        page = TicketPage(desk, one)
        qtbot.addWidget(page)
        page.resize(1280, 900)
        page.show()
        press(page, "Autres actions")
        if expected:
            pick(page, "Expliquer le retard de rétablissement…")
            dialog = opened(page, ActDialog)
            write(dialog, "decision", "Relance")
            press(dialog, "Enregistrer l’explication")
        page.hide()
    with desk.read() as session:
        note = session.query(BreachNote).one()
        assert (note.ticket_id, note.decision, note.promise.value) == (ticket, "Relance", "restore")


def test_what_was_done_calls_for_nothing_in_the_list_of_actions(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        done, late = (
            improvements.add(session, {"label": label, "owner": "Yanis", "due_on": date(2026, 1, 5)})
            for label in ("Relais écrit", "Bloc à changer")
        )
        actions.settle(session, "improvement", done, ActionState.DONE, {"done_on": date(2026, 1, 4)})
    page = ImprovementsPage(desk, UiState())
    qtbot.addWidget(page)
    assert page.panel.model.quiet == {done}
    assert [page.views.tabText(at) for at in range(3)] == ["Toutes", "En retard  1", "À faire  1"]
    assert late not in page.panel.model.quiet
