"""A whole expertise by the keyboard: opened, assessed asset after asset, judged as a lot, closed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Asset, Expertise, ExpertiseSheet
from app.models.codes import Condition, Finding, SheetState, Verdict
from app.services.expertises import lot, sheets
from app.services.expertises.sheets import Notes
from app.storage import Store
from app.storage import undo as reversal
from app.ui import acts
from app.ui.control import Control
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.help import HelpWindow
from app.ui.pages.acts import ActDialog
from app.ui.pages.expertise import ExpertisePage
from app.ui.pages.expertise_assess import AssessView
from app.ui.pages.expertise_tab import expertise_tab
from app.ui.pages.expertises import ExpertisesPage, OpeningDialog
from app.ui.state import UiState
from app.ui.window import Window
from tests.services.expertises.park import GIVEN, ON, assess, asset, family, sheet_of
from tests.services.expertises.park import opened as open_lot
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ExpertisePage:
    """Three identical workstations, and a printer of which little is known."""
    with desk.store.begin("essai") as session:
        for n in (1, 2, 3):
            asset(session, f"PC-{n}", room=f"Bureau {n}", hostname=f"P{n}")
        asset(session, "IMP-1", family_id=family(session, "Imprimante", "IMP", None), support_end=None, model=None)
        expertise = open_lot(session, price=40_000)
    made = ExpertisePage(desk, expertise)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def fast(page: ExpertisePage) -> AssessView:
    """The fast mode, as the primary button opens it."""
    press(page, page.primary.text())
    assert page.assessing is not None
    return page.assessing


def keys(text: str) -> None:
    """Type on whatever has the focus, which each answer may move."""
    for sign in text:
        QTest.keyClicks(focused(), sign)


def hit(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def sheet(page: ExpertisePage, number: str) -> ExpertiseSheet:
    with page.desk.read() as session:
        found = session.get(ExpertiseSheet, sheet_of(session, page.record_id, number))
    assert isinstance(found, ExpertiseSheet)
    return found


def number_in_sight(view: AssessView) -> str:
    return view.form.asset.number.text()


def test_an_asset_is_assessed_by_five_keys(page: ExpertisePage) -> None:
    view = fast(page)
    assert (number_in_sight(view), view.progress.text()) == ("PC-1", "0 sur 4 évalué")
    keys("433")
    assert view.form.verdict.rule.text() == "Il manque\u00a0: remise en état."
    keys("0")
    assert "Maintenable en l’état" in shown(view)
    hit(Qt.Key.Key_Return)
    assert (number_in_sight(view), view.progress.text()) == ("PC-2", "1 sur 4 évalué")
    kept = sheet(page, "PC-1")
    assert (kept.verdict, kept.condition, kept.parts_note, kept.fit_note) == (Verdict.A, Condition.VERY_GOOD, 3, 3)
    assert (kept.finding, kept.seen_on) == (Finding.SEEN, ON)
    assert kept.action == "Maintenir en l’état. Remplacement à prévoir pour le 21/11/2029."


def test_the_whole_fleet_is_assessed_and_the_lot_closed(page: ExpertisePage) -> None:
    view = fast(page)
    keys("4330")
    hit(Qt.Key.Key_Return)
    for _ in range(2):
        keys("c")
        hit(Qt.Key.Key_Return)
    assert number_in_sight(view) == "IMP-1"
    keys("22120")
    hit(Qt.Key.Key_Return)
    assert page.body.currentWidget() is not view
    assert page.summary.counts == {"A": 3, "B": 0, "C": 1, "D": 0, "E": 0}
    assert "4 des 4\u00a0biens évalués restent maintenables" in shown(page)
    press(page, "Clore l’expertise")
    press(opened(page, ActDialog), "Clore l’expertise")
    assert page.summary.status.value == "closed"
    press(page, "Rouvrir")
    assert page.summary.status.value == "open"


def test_what_is_known_says_so_and_what_is_missing_too(page: ExpertisePage) -> None:
    view = fast(page)
    rows = view.form.rows
    assert "Connu\u00a0: jusqu’au 21/11/2036" in rows["support"].accessibleName()
    rows["support"].setFocus()
    keys("1")
    assert "Les faits disent 4" in rows["support"].accessibleName()
    hit(Qt.Key.Key_Return)
    assert number_in_sight(view) == "PC-1"
    assert rows["condition"].hasFocus()
    assert "À donner\u00a0: remise en état." in shown(view)
    keys("433")
    assert QApplication.focusWidget() is view.form.costs.editors["repair_cost"].widget
    hit(Qt.Key.Key_Return)
    keys("abc")
    hit(Qt.Key.Key_Return)
    assert "Écrivez un montant en euros" in shown(view)


def test_nothing_is_lost_by_leaving(page: ExpertisePage) -> None:
    view = fast(page)
    keys("4")
    hit(Qt.Key.Key_Escape)
    assert page.body.currentWidget() is not view
    assert (sheet(page, "PC-1").state, sheet(page, "PC-1").condition) == (SheetState.STARTED, Condition.VERY_GOOD)
    page.overview.panel.table.activated.emit(page.overview.panel.model.index(1, 0))
    assert number_in_sight(view) == "PC-1"
    view.form.verdict.renew.put_text("bientôt")
    hit(Qt.Key.Key_Escape)
    assert page.body.currentWidget() is view
    assert "Écrivez une date" in shown(view)


def test_back_and_forth_between_assets(page: ExpertisePage) -> None:
    view = fast(page)
    hit(Qt.Key.Key_Right, CTRL)
    assert number_in_sight(view) == "PC-2"
    keys("433")
    hit(Qt.Key.Key_Left, CTRL)
    assert number_in_sight(view) == "PC-1"
    assert (sheet(page, "PC-2").state, sheet(page, "PC-1").state) == (SheetState.STARTED, SheetState.TO_DO)
    hit(Qt.Key.Key_Left, CTRL)
    assert number_in_sight(view) == "PC-1"
    assert not view.back_button.isEnabled()


def test_a_narrow_window_puts_the_asset_under_the_verdict(page: ExpertisePage) -> None:
    view = fast(page)
    form = view.form
    assert form.asset.x() < form.rows["condition"].mapTo(form, QPoint()).x()
    page.resize(900, 640)
    QApplication.processEvents()
    assert form.asset.x() == form.verdict.x()
    assert form.asset.y() > form.verdict.y()
    assert page.minimumSizeHint().width() <= 900
    keys("4330")
    hit(Qt.Key.Key_Return)
    assert number_in_sight(view) == "PC-2"


def test_arrows_and_tab_walk_through_a_sheet(page: ExpertisePage) -> None:
    view = fast(page)
    form = view.form
    hit(Qt.Key.Key_Up)
    assert form.rows["condition"].hasFocus()
    hit(Qt.Key.Key_Right)
    assert form.rows["condition"].note() == 4
    for _ in range(6):
        hit(Qt.Key.Key_Down)
    assert form.costs.editors["repair_cost"].widget.hasFocus()
    form.verdict.observations.setFocus()
    keys("Bruyant")
    hit(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert number_in_sight(view) == "PC-1"
    hit(Qt.Key.Key_Return)
    assert form.rows["parts"].hasFocus()
    assert form.verdict.observations.toPlainText() == "Bruyant\n"


def test_the_action_follows_the_verdict_until_the_expert_writes(page: ExpertisePage) -> None:
    view = fast(page)
    verdict = view.form.verdict
    keys("433600")
    assert verdict.action.toPlainText().startswith("Exclure du contrat et remplacer avant le 21/02/2027")
    view.form.costs.editors["repair_cost"].put_text("120")
    assert verdict.action.toPlainText().startswith("Remettre à niveau")
    verdict.action.setPlainText("Changer le disque")
    view.form.costs.editors["repair_cost"].put_text("0")
    assert verdict.action.toPlainText() == "Changer le disque"
    hit(Qt.Key.Key_Return)
    view.start(sheet(page, "PC-1").id)
    assert verdict.action.toPlainText() == "Changer le disque"


def test_the_network_is_asked_when_the_support_has_ended(page: ExpertisePage) -> None:
    view = fast(page)
    assert not view.form.costs.isolated.isVisible()
    view.form.rows["support"].setFocus()
    keys("0")
    assert view.form.costs.networked.isChecked()
    keys("433" if view.form.rows["condition"].hasFocus() else "")
    for key, note in (("condition", 4), ("parts", 4), ("fit", 4)):
        view.form.rows[key].setFocus()
        keys(str(note))
    view.form.costs.editors["repair_cost"].put_text("0")
    assert "relié au réseau sans mesure d’isolement" in shown(view)
    view.form.costs.isolated.click()
    assert "Maintenable en l’état" in shown(view)


def test_the_expert_gives_another_opinion(page: ExpertisePage) -> None:
    view = fast(page)
    keys("4330")
    press(view, "Donner un autre avis…")
    dialog = opened(page, ActDialog)
    dialog.form.editors["override"].put_text("C, palliatif")
    press(dialog, "Garder cet avis")
    assert "Écrivez pourquoi" in shown(dialog)
    write(dialog, "override_reason", "Ventilateur bruyant")
    press(dialog, "Garder cet avis")
    kept = sheet(page, "PC-1")
    assert (kept.verdict, kept.final_verdict) == (Verdict.A, Verdict.C)
    assert "Avis de l’expert\u00a0: C, palliatif. Ventilateur bruyant" in shown(view)
    view.form.costs.editors["repair_cost"].put_text("100")
    press(view, "Changer l’avis de l’expert…")
    opened(page, ActDialog).reject()


def test_an_opinion_waits_for_a_verdict(page: ExpertisePage) -> None:
    view = fast(page)
    view.ask_override()
    assert view.form.rows["condition"].hasFocus()


def test_an_act_undone_is_seen_at_once(page: ExpertisePage) -> None:
    view = fast(page)
    keys("4330")
    hit(Qt.Key.Key_Return)
    done = page.desk.store.last_action_id
    assert done is not None
    page.desk.act("Annulation", lambda s: reversal.undo(s, done))
    assert view.progress.text() == "0 sur 4 évalué"
    keys("1")
    page.desk.act("Autre", lambda s: s.query(Asset).filter_by(number="PC-3").update({"room": "Cave"}))
    assert view.form.rows["condition"].note() == 1


def test_a_closed_expertise_is_only_read(page: ExpertisePage) -> None:
    with page.desk.store.begin("essai") as session:
        assess(session, page.record_id, "PC-1")
        lot.close(session, page.record_id, anyway=True)
    page.assess(sheet(page, "PC-1").id)
    view = page.assessing
    assert view is not None
    assert "Expertise close" in view._locked.accessibleName()
    assert not view.form.rows["condition"].isEnabled()
    assert not view.next_button.isVisible()
    view.copy()
    view.save()
    assert number_in_sight(view) == "PC-2"


def test_a_letter_opens_the_sheets_behind_it(
    page: ExpertisePage, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    with page.desk.store.begin("essai") as session:
        assess(session, page.record_id, "PC-1")
        assess(session, page.record_id, "PC-2", repair_cost=60_000, notes=Notes(3, 3, 4, 4, 4, 3))
    panel = page.overview.panel
    QTest.mouseClick(page.overview.verdicts.bar.keys["D"], Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: panel.model.tally.shown == 1)
    assert (
        page.sentence() == "EXP-2026-001  ·  1\u00a0fiche d’expertise  ·  Remise en état HT\u00a0: 600,00\u00a0€  ·  "
        "Remplacement HT\u00a0: 900,00\u00a0€"
    )
    QTest.mouseClick(page.overview.verdicts.bar.keys[""], Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: panel.model.tally.shown == 2)
    answers.saves = [tmp_path / "fiches.xlsx", None]
    panel.excel.emit()
    settle(qtbot, lambda: (tmp_path / "fiches.xlsx").exists() and not page.desk.jobs.busy)
    panel.excel.emit()


def test_closing_early_makes_reserves(page: ExpertisePage) -> None:
    press(page, "Clore…")
    dialog = opened(page, ActDialog)
    assert "PC-1, PC-2, PC-3 et 1\u00a0autre. Ils seront écrits dans les réserves" in shown(dialog)
    press(dialog, "Clore quand même")
    assert page.summary.status.value == "closed"


def test_assets_that_came_since_are_added(page: ExpertisePage, qtbot: QtBot) -> None:
    told: list[str] = []
    page.desk.done.connect(lambda text, _: told.append(text))
    with page.desk.store.begin("essai") as session:
        asset(session, "PC-9")
    for _ in range(2):
        press(page, "Autres actions")
        pick(page, "Ajouter les biens qui n’y sont pas")
        settle(qtbot, lambda: not page.desk.jobs.busy)
    assert told == ["1\u00a0bien ajouté à EXP-2026-001", "Tous les biens y sont déjà"]
    assert page.summary.total == 5


def test_an_expertise_goes_to_the_bin_and_its_page_closes(page: ExpertisePage, qtbot: QtBot) -> None:
    page.set_place("1 sur 2", False, True)
    page.edit()
    opened(page, FormDialog).reject()
    with qtbot.waitSignal(page.closed):
        page.to_bin()


def test_what_moved_since_the_last_expertise_is_counted(desk: Desk, qtbot: QtBot) -> None:
    with desk.store.begin("essai") as session:
        asset(session, "PC-1")
        assess(session, open_lot(session), "PC-1")
        second = open_lot(session, on=date(2027, 6, 1))
        assess(session, second, "PC-1", repair_cost=10_000)
    page = ExpertisePage(desk, second)
    qtbot.addWidget(page)
    page.show()
    assert "Depuis la fois d’avant\u00a0: 0 mieux, 1 moins bien" in shown(page)
    page.assess()
    assert page.assessing is not None
    assert "A, en l’état (86,25)" in shown(page.assessing)


# -- the list ---------------------------------------------------------------------------------------------------


def test_an_expertise_is_opened_on_a_site_or_a_family(desk: Desk, qtbot: QtBot) -> None:
    with desk.store.begin("essai") as session:
        asset(session, "PC-1")
        asset(session, "IMP-1", family_id=family(session, "Imprimante", "IMP"))
        family(session, "Serveur", "SRV")
    listed = ExpertisesPage(desk, UiState())
    qtbot.addWidget(listed)
    listed.show()
    settle(qtbot)
    assert [way.title for way in listed.beginnings()] == ["Évaluer le parc"]
    listed.new()
    dialog = opened(listed, OpeningDialog)
    assert "2\u00a0biens seront évalués." in shown(dialog)
    dialog.form.editors["family_id"].show(family_id(desk, "Serveur"))
    assert "Aucun bien." in shown(dialog)
    press(dialog, "Ouvrir l’expertise")
    assert "Aucun bien n’entre dans ce périmètre" in shown(dialog)
    dialog.form.editors["family_id"].put_text("impr")
    assert "1\u00a0bien sera évalué." in shown(dialog)
    went: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: went.append((key, record)))
    press(dialog, "Ouvrir l’expertise")
    settle(qtbot, lambda: bool(went))
    with desk.read() as session:
        made = session.scalars(select(Expertise)).one()
        assert went == [("expertise", made.id)]
        assert [stop.number for stop in lot.way(session, made.id)] == ["IMP-1"]


def family_id(desk: Desk, name: str) -> int:
    with desk.store.begin("essai") as session:
        return family(session, name)


def test_an_unknown_site_is_refused_under_its_field(desk: Desk, qtbot: QtBot) -> None:
    with desk.store.begin("essai") as session:
        asset(session, "PC-1")
    listed = ExpertisesPage(desk, UiState())
    qtbot.addWidget(listed)
    listed.show()
    listed.new()
    dialog = opened(listed, OpeningDialog)
    dialog.form.editors["site_id"].put_text("Nulle part")
    title = dialog.form.editors["title"].widget
    assert isinstance(title, QLineEdit)
    title.clear()
    press(dialog, "Ouvrir l’expertise")
    assert "Choisissez dans la liste" in shown(dialog)
    dialog.reject()


def test_answers_given_elsewhere_are_those_shown(page: ExpertisePage) -> None:
    """A sheet saved by a service comes back as it was."""
    with page.desk.store.begin("essai") as session:
        saved = replace(GIVEN, isolated=True, finding=Finding.DECLARED, seen_on=None, observations="Deux\nlignes")
        sheets.save(session, sheet_of(session, page.record_id, "PC-1"), saved)
    page.assess(sheet(page, "PC-1").id)
    assert page.assessing is not None
    found, problems = page.assessing.form.answers()
    assert not problems
    assert replace(found, action=None, renew_on=None) == replace(saved, networked=False)
    assert not page.assessing.form.is_changed()


# -- the tab of an asset ----------------------------------------------------------------------------------------


def test_an_asset_shows_its_sheets_and_what_waits(desk: Desk, qtbot: QtBot) -> None:
    with desk.store.begin("essai") as session:
        one, bare = asset(session, "PC-1"), asset(session, "PC-2")
        first = open_lot(session)
        told = assess(session, first, "PC-1", observations="Propre", support_unknown=True)
        sheets.override(session, told, Verdict.C, "Bruyant")
        second = open_lot(session, on=date(2027, 6, 1))
        waiting = sheet_of(session, second, "PC-1")
        session.get_one(ExpertiseSheet, sheet_of(session, second, "PC-2")).deleted_at = datetime.now(UTC)
        session.get_one(ExpertiseSheet, sheet_of(session, first, "PC-2")).deleted_at = datetime.now(UTC)
    tab = expertise_tab(desk, one)
    qtbot.addWidget(tab)
    tab.show()
    words = shown(tab)
    for part in (
        "À évaluer dans EXP-2026-002",
        "86,25",
        "C, palliatif au lieu de A, en l’état\u00a0: Bruyant",
        "Propre",
    ):
        assert part in words
    went: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: went.append((key, record)))
    press(tab, "Évaluer")
    press(tab, "EXP-2026-001")
    assert went == [("expertise_sheet", waiting), ("expertise_sheet", told)]
    empty = expertise_tab(desk, bare)
    qtbot.addWidget(empty)
    empty.show()
    assert "Aucune expertise de ce bien" in shown(empty)


def test_a_sheet_is_found_in_its_expertise(store: Store, qtbot: QtBot, answers: Answers) -> None:
    with store.begin("essai") as session:
        asset(session, "PC-1")
        asset(session, "PC-2")
        sheet_id = sheet_of(session, open_lot(session), "PC-2")
    window = Window(UiState())
    qtbot.addWidget(window)
    control = Control(window, store, answers)
    window.show()
    control.go_to("expertise_sheet", sheet_id)
    page = control.current()
    assert isinstance(page, ExpertisePage)
    assert page.assessing is not None
    assert number_in_sight(page.assessing) == "PC-2"
    acts.show_help(control)
    assert opened(window, HelpWindow).visited[-1].page == "expertise"
