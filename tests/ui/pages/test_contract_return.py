"""The reversibility of a contract from its tab: prepared, noted by one key, proved, made into a file and a record."""

from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.fields import this_day
from app.models import Contract, Document, ReturnItem
from app.models.codes import Renewal
from app.models.contract_codes import AccessLevel, ReturnState
from app.services import records, reversibility
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract_return import ReturnTab, day_mark, exit_words
from app.ui.pages.contract_return_acts import StateKeys
from app.ui.parts.marks import OVER, PLAIN, SOON
from app.ui.preview import Preview
from tests.services.company import add_contract
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown
from tests.ui.pages.test_provider import drop

TODAY = this_day()


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> ReturnTab:
    """Of a contract that ends in about seven months, with nothing prepared yet."""
    with desk.store.begin() as session:
        contract = add_contract(session, starts_on=TODAY.replace(day=1), initial_months=8, renewal=Renewal.NONE)
        values = {"provider_id": 1, "holder": "Léa", "target": "Serveur", "level": AccessLevel.ADMIN}
        records.create(session, ENTITIES["access_grant"], values | {"since": TODAY})
    made = ReturnTab(desk, contract)
    desk.changed.connect(lambda _: made.reload())
    qtbot.addWidget(made)
    made.resize(1280, 560)
    made.show()
    return made


@pytest.fixture
def prepared(tab: ReturnTab, qtbot: QtBot) -> ReturnTab:
    press(tab, "Préparer la liste")
    settle(qtbot, lambda: tab.list.model.rowCount() == len(reversibility.USUAL))
    return tab


def desk_of(tab: ReturnTab) -> Desk:
    return tab._desk


def states(tab: ReturnTab) -> list[ReturnState]:
    with desk_of(tab).read() as session:
        return [one.state for one in reversibility.items(session, 1)]


def test_the_list_is_prepared_from_the_empty_tab(prepared: ReturnTab) -> None:
    assert "0\u00a0point sur 22 vérifié" in shown(prepared)
    assert "Fin du contrat le" in shown(prepared)
    assert "Choisissez un point" in shown(prepared)


def test_one_key_notes_the_state_of_those_chosen(prepared: ReturnTab, qtbot: QtBot) -> None:
    table = prepared.list.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_V)
    assert states(prepared)[0] is ReturnState.CHECKED
    assert prepared.chosen() is not None  # still chosen once read again
    press(prepared, "Non rendu")
    assert states(prepared)[0] is ReturnState.MISSING
    table.selectAll()
    settle(qtbot)
    assert "22\u00a0points choisis" in shown(prepared)
    QTest.keyClick(table, Qt.Key.Key_S)
    assert set(states(prepared)) == {ReturnState.NOT_APPLICABLE}
    assert "Aucun point à rendre" in shown(prepared)
    QTest.keyClick(table, Qt.Key.Key_Z)
    table.clearSelection()
    QTest.keyClick(table, Qt.Key.Key_V)
    assert set(states(prepared)) == {ReturnState.NOT_APPLICABLE}


def test_a_proof_dropped_goes_to_the_point_chosen(prepared: ReturnTab, tmp_path: Path) -> None:
    proof = tmp_path / "schema.pdf"
    proof.write_bytes(b"%PDF-1.4 schema")
    prepared.side.attach([proof])  # none chosen: nothing is kept
    prepared.list.table.selectRow(4)
    chosen = prepared.chosen()
    drop(prepared, proof)
    with desk_of(prepared).read() as session:
        kept = session.scalars(select(Document)).one()
    assert (kept.entity, kept.record_id) == ("return_item", chosen)
    press(prepared, "Modifier ce point")
    form = opened(prepared, FormDialog)
    form.form.editors["proof"].put_text("Schéma remis le 20/11")
    form.accept()
    assert "Schéma remis le 20/11" in shown(prepared)


def test_points_are_added_rescheduled_and_taken_away(prepared: ReturnTab) -> None:
    press(prepared, "Ajouter…")
    form = opened(prepared, FormDialog)
    form.form.editors["label"].put_text("Badge du local")
    form.accept()
    with desk_of(prepared).store.begin() as session:
        session.get_one(Contract, 1).initial_months = 12
    press(prepared, "Autres actions sur la liste")
    pick(prepared, "Recaler les échéances sur la fin du contrat")
    with desk_of(prepared).read() as session:
        last = reversibility.items(session, 1)[-2]
        ends = reversibility.exit_of(session, 1, TODAY).ends
    assert ends is not None
    assert last.due_on == ends + timedelta(days=30)
    prepared.list.table.selectRow(0)
    press(prepared, "Autres actions sur la liste")
    pick(prepared, "Mettre à la corbeille")
    assert len(states(prepared)) == 22
    press(prepared, "Autres actions sur la liste")
    pick(prepared, "Ajouter les points habituels")
    assert len(states(prepared)) == 23


def test_the_conditions_of_the_exit_are_written(prepared: ReturnTab) -> None:
    press(prepared, "Modifier les conditions de sortie")
    dialog = opened(prepared, ActDialog)
    dialog.form.editors["reversibility_days"].put_text("60")
    dialog.form.editors["reversibility_price"].put_text("1500")
    dialog.accept()
    with desk_of(prepared).read() as session:
        way = reversibility.exit_of(session, 1, TODAY)
    assert exit_words(way).endswith("· assistance 60\u00a0jours, 1\u00a0500,00\u00a0€ HT · aucun plan daté")


def test_the_words_of_an_exit() -> None:
    assert exit_words(reversibility.Exit(None, False, None, None, None)) == (
        "Contrat sans terme · aucune assistance écrite · aucun plan daté"
    )
    told = exit_words(reversibility.Exit(date(2027, 3, 31), False, None, None, date(2026, 3, 20)))
    assert (
        told == "Fin du contrat le 31/03/2027, si le préavis est donné · aucune assistance écrite · plan du 20/03/2026"
    )


def test_a_day_calls_for_an_act_while_its_point_is_open() -> None:
    assert day_mark(TODAY - timedelta(days=1), ReturnState.ASKED) == OVER
    assert day_mark(TODAY + timedelta(days=30), ReturnState.TO_DO) == SOON
    assert day_mark(TODAY + timedelta(days=31), None) == PLAIN
    assert day_mark(TODAY - timedelta(days=1), ReturnState.CHECKED) == PLAIN
    assert day_mark(None, None) == PLAIN


def test_the_file_and_the_record_are_made_from_the_tab(
    prepared: ReturnTab, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    target = tmp_path / "dossier.zip"
    answers.saves = [target, None]
    with qtbot.waitSignal(desk_of(prepared).jobs.idle, timeout=20_000):
        press(prepared, "Faire le dossier de réversibilité…")
    assert "LISEZMOI.txt" in ZipFile(target).namelist()
    press(prepared, "Faire le dossier de réversibilité…")  # given up in the dialog of files
    press(prepared, "Procès-verbal…")
    preview = opened(prepared, Preview)
    assert preview.paper.pdf.startswith(b"%PDF")
    preview.close()


def test_the_accesses_still_open_are_one_click_away(prepared: ReturnTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk_of(prepared).show_list) as asked:
        press(prepared, "1\u00a0accès encore ouvert")
    assert asked.args is not None
    assert (asked.args[0], asked.args[1].ids) == ("access_grant", (1,))


def test_a_point_may_be_written_before_any_list(tab: ReturnTab) -> None:
    press(tab, "Ajouter un point…")
    form = opened(tab, FormDialog)
    form.form.editors["label"].put_text("Clés du local")
    form.accept()
    with desk_of(tab).read() as session:
        assert session.scalars(select(ReturnItem.label)).all() == ["Clés du local"]
    assert tab.findChildren(StateKeys)
