"""The clauses of a contract through its page: taken, adapted, moved, ticked; the library and its versions."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Clause, ContractClause
from app.services import clauses, setup
from app.ui.desk import Desk
from app.ui.pages.clause_words import WordsDialog
from app.ui.pages.clauses import ClausesPage, VersionsPart
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_clauses import THEIRS, ClausesTab
from app.ui.pages.contract_clauses_add import AddClauses
from app.ui.state import UiState
from tests.services.company import add_contract
from tests.ui.pages.hand import opened

SUBJECT = "Pénalités et bonus"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractPage:
    """A contract without clauses, in a base that has the library."""
    with desk.store.begin("essai") as session:
        setup.ensure(session)
        contract = add_contract(session)
    made = ContractPage(desk, contract)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


def tab_of(page: ContractPage) -> ClausesTab:
    page.open_tab("Clauses")
    QApplication.processEvents()
    made = page.tab()
    assert isinstance(made, ClausesTab)
    return made


def kept(desk: Desk) -> list[ContractClause]:
    with desk.read() as session:
        own = ContractClause
        return list(session.scalars(select(own).where(own.deleted_at.is_(None)).order_by(own.position)))


def test_from_no_clause_to_a_contract_adapted_moved_and_undone(page: ContractPage) -> None:
    tab = tab_of(page)
    tab.add()
    dialog = opened(page, AddClauses)
    dialog.choose_mandatory()
    dialog.search.setText("penalites")
    dialog.accept()
    assert len(tab.rows) == len(kept(page.desk)) > 10
    tab.table.selectRow(1)
    tab.adapt()
    words = opened(page, WordsDialog)
    area = words.form.editors["text"].widget
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText("Le contrat lie ")
    area.moveCursor(area.textCursor().MoveOperation.End)
    words.variables.insert("prestataire")
    words.accept()
    assert tab.words.toPlainText().endswith("Le contrat lie Lumeo Services")
    tab.shift(1)
    assert [one.title for one in kept(page.desk)][2] == "Objet et documents contractuels"
    before = len(tab.rows)
    tab.remove()
    assert len(tab.rows) == before - 1


def test_a_clause_is_written_and_a_lack_refused(page: ContractPage) -> None:
    tab = tab_of(page)
    tab.write()
    words = opened(page, WordsDialog)
    words.form.show_values({"title": "Télétravail", "text": "{rien}"})
    words.accept()
    assert words.isVisible()
    words.form.show_values({"title": "Télétravail", "text": "Un texte."})
    words.accept()
    assert [one.title for one in kept(page.desk)] == ["Télétravail"]
    assert tab.table.model().index(0, 3).data() == "Adaptée"


def test_the_paper_of_the_provider_is_ticked_by_keyboard(page: ContractPage) -> None:
    tab = tab_of(page)
    tab.show_way(THEIRS)
    first, second = tab.ticks.lines[:2]
    first.article.setFocus()
    QTest.keyClicks(first.article, "1.2")
    QTest.keyClick(first.article, Qt.Key.Key_Return)
    assert first.box.isChecked()
    QTest.keyClicks(second.article, "2")
    QTest.keyClick(second.article, Qt.Key.Key_Return)
    assert [one.article for one in kept(page.desk)] == ["1.2", "2"]
    QTest.keyClick(tab.ticks.lines[2].box, Qt.Key.Key_Space)
    assert len(kept(page.desk)) == 3
    QTest.keyClick(first.box, Qt.Key.Key_Space)
    assert len(kept(page.desk)) == 2
    tab.show_way("ours")
    tab.table.selectRow(0)
    assert "Dans le contrat du prestataire, art. 2" in tab.words.toPlainText()


def test_a_gap_leads_to_the_clause_that_fills_it(page: ContractPage) -> None:
    side = page._sides[0]
    before = side.card.accessibleName()
    side.card.unfolded.emit()
    side.card.followed.emit("clause:penalites")
    dialog = opened(page, AddClauses)
    assert [dialog.boxes[one].text() for one in dialog.chosen()] == [SUBJECT]
    dialog.accept()
    assert [one.title for one in kept(page.desk)] == [SUBJECT]
    assert side.card.accessibleName() != before
    tab_of(page).show_way(THEIRS)
    page.fill_gap("Clauses", "clause:prix")
    assert QApplication.focusWidget() is None or tab_of(page).ticks.lines
    page.fill_gap("RGPD", "gdpr")
    assert page.head.tabs.tabText(page.head.tabs.currentIndex()) == "RGPD"


def test_a_new_version_is_shown_and_taken(page: ContractPage) -> None:
    tab = tab_of(page)
    tab.add_mandatory()
    with page.desk.store.begin("Bibliothèque") as session:
        found = session.scalars(select(Clause).where(Clause.topic == "objet")).one()
        clauses.save(session, found.id, {"title": found.title, "text": "Le contrat a pour objet\u00a0: {objet}. Neuf."})
    tab.reload()
    tab.table.selectRow(1)
    assert tab.compare.isVisible()
    tab.show_difference()
    assert "Neuf." in tab.words.toPlainText()
    tab.take_newest()
    assert tab.words.toPlainText().endswith("maintenance du parc. Neuf.")
    assert not tab.compare.isVisible()


def test_the_library_is_corrected_and_goes_back(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with desk.store.begin("essai") as session:
        setup.ensure(session)
    page = ClausesPage(desk, UiState(tmp_path / "poste.json"))
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitUntil(lambda: page.panel.model.rowCount() == 36)
    page.panel.table.selectRow(0)
    page.edit()
    words = opened(page, WordsDialog)
    area = words.form.editors["text"].widget
    assert isinstance(area, QPlainTextEdit)
    former = clauses.bundle()[0]["text"]
    area.setPlainText("Les parties sont {client} et {prestataire}.")
    words.accept()
    with desk.read() as session:
        first = session.scalars(select(Clause).order_by(Clause.position)).first()
        assert first is not None
        assert first.revision == 2
    versions = VersionsPart(desk, first.id)
    qtbot.addWidget(versions)
    versions.list.setCurrentRow(1)
    versions.take()
    with desk.read() as session:
        now = clauses.versions(session, first.id)
    assert (now[0].revision, now[0].text) == (3, former)
    page.new()
    made = opened(page, WordsDialog)
    made.form.show_values(
        {"title": "Maison", "text": "À nous.", "family": first.family, "mandatory": False, "weight": 1}
    )
    made.accept()
    page.take_program_texts()
    qtbot.waitUntil(lambda: page.panel.model.rowCount() == 37)
