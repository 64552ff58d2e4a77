"""Stories of the indicators: the figures are those of the services, each record opens, what is decided is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.entities.judgement import OBJECTIVE
from app.kpi import REGISTRY, Base
from app.services import board as chosen_board
from app.services import indicators, records
from app.services.behind import TicketRow
from app.services.indicators import Period, month, quarter
from app.storage import Store
from app.ui import places
from app.ui.crud.filters import RangeDialog
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.indicator import IndicatorPage
from app.ui.pages.indicator_acts import TargetDialog
from app.ui.pages.indicator_choice import Asked
from app.ui.pages.indicator_list import IndicatorsPage
from app.ui.pages.indicator_words import nothing
from app.ui.pages.indicators import BoardPage, best_columns, place_of
from app.ui.parts.charts import ChartView
from app.ui.parts.ordering import OrderDialog
from app.ui.state import UiState
from tests.services.company import add_ticket, june, reference_month
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import PATIENCE, opened, pick, press, shown, write

JUNE = month(date(2026, 6, 1))
LEFT = Qt.MouseButton.LeftButton
CODES = list(REGISTRY)


@pytest.fixture
def empty(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    return make_desk(qtbot, store, answers)


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """The reference month of domain.md B.3, with June asked for."""
    with empty.store.begin() as session:
        reference_month(session)
    empty.setProperty("indicators", Asked(JUNE))
    return empty


def board(qtbot: QtBot, desk: Desk) -> BoardPage:
    page = BoardPage(desk, UiState())
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    return measured(page)


def sheet(qtbot: QtBot, desk: Desk, code: str) -> IndicatorPage:
    page = IndicatorPage(desk, place_of(code))
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    return measured(page)


P = TypeVar("P", BoardPage, IndicatorPage, IndicatorsPage)


def measured(page: P) -> P:
    """Wait for what was asked of the page to be shown."""
    for _ in range(PATIENCE):
        QApplication.processEvents()
        if not page.reader.busy:
            return page
        QTest.qWait(10)
    raise AssertionError("nothing was measured")


def codes_of(page: BoardPage) -> list[str]:
    return [tile.data.key for tile in page.tiles]


def test_the_tiles_show_the_measures_of_the_service(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    with desk.read() as session:
        tiles = indicators.board(session, JUNE, june("30 23:00"), codes=chosen_board.usual())
    assert [tile.data.title for tile in page.tiles] == [tile.label for tile in tiles]
    gtr = next(tile.data for tile in page.tiles if tile.data.key == "gtr")
    assert (gtr.value, gtr.unit, gtr.word) == ("83,3", "%", "Non tenu")
    points = gtr.chart.series[0].values
    assert len(points) == 12
    assert points[:11] == (None,) * 11
    assert page.sentence().startswith(f"{len(tiles)}\u00a0indicateurs sur {len(CODES)}")


def test_no_data_is_a_dash_and_a_word(qtbot: QtBot, empty: Desk) -> None:
    page = board(qtbot, empty)
    assert {(tile.data.value, tile.data.word) for tile in page.tiles} == {("–", "Sans donnée")}
    assert page.tiles[0].data.count == "Aucun ticket"
    assert "Aucun ticket à juger." in shown(page)
    assert page.findChild(ChartView) is None


def test_the_volume_and_the_late_tickets_stand_below(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    assert "juin 7" in page.findChildren(ChartView)[0].accessibleDescription()
    assert "Hors délai de rétablissement" in shown(page)
    model = page.late_table.model()
    assert {model.index(row, 0).data() for row in range(model.rowCount())} >= {"T-2026-0001"}
    with qtbot.waitSignal(desk.go_to) as signal:
        page.late_table.opened.emit(0)
    assert signal.args[0] == "ticket"


def test_a_tile_opens_its_indicator(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    with qtbot.waitSignal(desk.go_to) as signal:
        QTest.mouseClick(page.tiles[codes_of(page).index("gtr")], LEFT)
    assert signal.args == ["indicator", place_of("gtr")]
    with qtbot.waitSignal(desk.go_to) as signal:
        press(page, "Ouvrir l’indicateur")
    assert signal.args == ["indicator", place_of("gtr")]


def test_the_tiles_are_chosen_and_ordered_by_keys_alone(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    page.choose_tiles()
    dialog = opened(page, OrderDialog)
    assert "Huit suffisent" in shown(dialog)
    first = codes_of(page)[0]
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    dialog.list.setCurrentRow(3)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    wanted = dialog.ticked()
    press(dialog, "Appliquer")
    assert codes_of(measured(page)) == list(wanted)
    assert wanted[1] == first
    assert codes_of(board(qtbot, desk)) == list(wanted)


def test_nothing_ticked_is_the_eight_of_a_new_base(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    page._keep_tiles(("gtr",))
    assert codes_of(measured(page)) == ["gtr"]
    page.choose_tiles()
    dialog = opened(page, OrderDialog)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    press(dialog, "Appliquer")
    assert codes_of(measured(page)) == list(chosen_board.usual())


def test_the_period_is_chosen_in_words(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    assert page.choice.period_chip.text() == "Juin\u00a02026"
    QTest.mouseClick(page.choice.period_chip, LEFT)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    assert [action.text() for action in menu.actions() if action.text()] == ["Mois", "Trimestre", "Année", "Du… au…"]
    pick(page, "Du… au…")
    dates = opened(page, RangeDialog)
    dates.low.setText("01/06/2026")
    dates.high.setText("02/06/2026")
    dates.accept()
    assert page.choice.asked.period == Period(date(2026, 6, 1), date(2026, 6, 2))
    assert page.choice.period_chip.text() == "01/06/2026 – 02/06/2026"


def test_one_contract_is_asked_for_then_all(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    chip = page.choice.chips["contract_id"]
    QTest.mouseClick(chip, LEFT)
    pick(page, "CT-2026-01 Maintenance du parc")
    assert page.choice.asked.scope.contract_id == 1
    assert page.choice.asked.told == "Contrat\u00a0: CT-2026-01 Maintenance du parc"
    assert chip.text() == "CT-2026-01 Maintenance du…"
    chip.cleared.emit()
    assert page.choice.asked == Asked(JUNE)


def test_each_criterion_limits_what_is_measured(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    for name, words in (("priority", "P1, critique"), ("base", "Temps calendaire")):
        QTest.mouseClick(page.choice.chips[name], LEFT)
        pick(page, words)
    measured(page)
    assert page.choice.asked.scope.base == Base.CALENDAR
    assert {one.data.count for one in page.tiles if one.data.key == "mttres"} == {"n\u00a0=\u00a01"}
    assert {one.priority.value for one in page._late} == {"P1"}


def test_criteria_that_do_not_fit_stand_under_another(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    page.resize(760, 700)
    assert not page.choice.chips["site_id"].isVisible()
    QTest.mouseClick(page.choice.more, LEFT)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    assert [action.text() for action in menu.actions()] == ["Prestataire", "Site", "Famille", "Gravité"]
    menu.close()
    page.resize(1280, 700)
    assert page.choice.chips["site_id"].isVisible()


def test_the_choice_of_the_board_holds_for_the_indicator(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    page.choice.take(replace(page.choice.asked, period=quarter(date(2026, 6, 1))))
    assert sheet(qtbot, desk, "gtr").choice.asked.period == Period(date(2026, 4, 1), date(2026, 6, 30))


def test_an_indicator_says_its_formula_with_the_figures(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "gtr")
    assert page.sheet
    told = shown(page)
    assert f"5 ÷ 6 = {page.sheet.tile.text}" in told
    assert page.sheet.excluded in told
    assert page.sheet.base in told
    assert page.findChild(ChartView)
    assert "Les 6\u00a0tickets retenus" in told
    assert "5 tenus sur 6 · objectif ≥\u00a090\u00a0%" in told


def test_a_mean_says_its_sum(qtbot: QtBot, desk: Desk) -> None:
    """MTTRes of domain.md B.3: 22 h 10 of five incidents, 4 h 26."""
    assert "22\u00a0h\u00a010 ÷ 5 = 4\u00a0h\u00a026" in shown(sheet(qtbot, desk, "mttres"))


def test_the_tickets_are_narrowed_and_open(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "gtr")
    QTest.mouseClick(page.result, LEFT)
    pick(page, "Dépassé")
    assert [one.met for one in page.rows if isinstance(one, TicketRow)] == [False]
    assert page.table.model().rowCount() == 1
    with qtbot.waitSignal(desk.go_to) as signal:
        page.table.opened.emit(0)
    assert signal.args == ["ticket", page.rows[0].id]


def test_what_is_written_elsewhere_is_measured_when_the_page_comes_back(qtbot: QtBot, desk: Desk) -> None:
    page, one = board(qtbot, desk), sheet(qtbot, desk, "gtr")
    page.hide()
    one.hide()
    with desk.store.begin("essai") as session:
        add_ticket(session, "11 10:00", category="Lenteur")
    page.show()
    one.show()
    measured(one)
    assert "juin 8" in measured(page).findChildren(ChartView)[-1].accessibleDescription()


def test_one_steps_from_an_indicator_to_the_next_of_the_board(qtbot: QtBot, desk: Desk) -> None:
    first, second = chosen_board.usual()[:2]
    page = sheet(qtbot, desk, first)
    assert f"1\u00a0sur\u00a0{len(chosen_board.usual())}" in shown(page)
    press(page, "Suivant")
    assert measured(page).kpi.code == second
    press(page, "Précédent")
    assert REGISTRY[first].label in shown(measured(page))
    with qtbot.waitSignal(page.closed):
        press(page, "Indicateurs")


def through(page: IndicatorPage) -> Iterator[IndicatorPage]:
    """The page of every indicator, one after the other."""
    for code in CODES:
        page.record_id = place_of(code)
        page.read()
        yield measured(page)


def test_each_indicator_without_data_says_what_to_do(qtbot: QtBot, empty: Desk) -> None:
    for page in through(sheet(qtbot, empty, CODES[0])):
        assert page.sheet
        if page.sheet.tile.value is None:
            told = shown(page)
            assert "–" in told.splitlines()
            assert nothing(page.kpi)[1] in told
            assert not page.excel.isEnabled()


def test_each_indicator_opens_on_its_figures(qtbot: QtBot, desk: Desk) -> None:
    for page in through(sheet(qtbot, desk, CODES[0])):
        assert page.sheet
        assert page.sheet.tile.text.split("\u00a0%")[0] in shown(page)
        assert page.sentence()


def test_a_target_is_chosen_and_judges_at_once(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin() as session:
        aim = records.create(session, OBJECTIVE, {"title": "Ne jamais arrêter l’atelier"})
    page = sheet(qtbot, desk, "gtr")
    press(page, "Changer l’objectif…")
    dialog = opened(page, TargetDialog)
    write(dialog, "value", "80")
    dialog.form.editors["objective_id"].show(aim)
    dialog.accept()
    told = shown(measured(page))
    assert page.sheet
    assert page.sheet.tile.state.label == "Tenu"
    assert "objectif ≥\u00a080\u00a0%" in told
    assert "Sert l’objectif «\u00a0Ne jamais arrêter l’atelier\u00a0»" in told
    tiles = board(qtbot, desk).tiles
    assert {one.data.objective for one in tiles if one.data.key == "gtr"} == {"Ne jamais arrêter l’atelier"}


def test_the_records_behind_each_indicator_open() -> None:
    behind = {kpi.behind for kpi in REGISTRY.values()}
    assert [key for key in behind if not (places.where(key) or key in places.PARTS)] == []


def test_what_is_printed_is_the_periodic_report(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    with qtbot.waitSignal(desk.show_list) as signal:
        page.print_paper()
    assert signal.args == ["period_review", None]


def test_a_page_closed_before_its_figures_come_is_forgotten(qtbot: QtBot, desk: Desk) -> None:
    page = IndicatorPage(desk, place_of("gtr"))
    page.reader.ask()
    page.deleteLater()
    settle(qtbot, lambda: not desk.jobs._watchers)


def test_an_empty_target_gives_back_the_proposed_one(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "mttres")
    for text, told in (("6 h", "objectif ≤\u00a06\u00a0h\u00a000"), ("", "objectif ≤\u00a04\u00a0h\u00a000")):
        press(page, "Changer l’objectif…")
        dialog = opened(page, TargetDialog)
        write(dialog, "value", text)
        dialog.accept()
        assert told in shown(measured(page))
    press(page, "Changer l’objectif…")
    dialog = opened(page, TargetDialog)
    assert dialog.history.model().index(0, 2).data() == "proposé"


def test_a_plain_volume_has_no_target_to_choose(qtbot: QtBot, desk: Desk) -> None:
    assert "Changer l’objectif…" not in [b.text() for b in sheet(qtbot, desk, "volume").findChildren(QPushButton)]


def test_a_note_is_written_changed_and_taken_away(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "gtr")
    press(page, "Ajouter une remarque…")
    dialog = opened(page, ActDialog)
    write(dialog, "text", "Coupure le 1er.")
    write(dialog, "author", "Anne Morvan")
    dialog.accept()
    assert "Juin\u00a02026 · Anne Morvan, le " in shown(measured(page))
    press(page, "Modifier la remarque")
    again = opened(page, ActDialog, lambda one: one is not dialog)
    write(again, "text", "Coupure le 1er juin.")
    again.accept()
    assert "Coupure le 1er juin." in shown(measured(page))
    page.choice.take(Asked(JUNE.before(1)))
    assert "Coupure" not in shown(measured(page))
    page.choice.take(Asked(quarter(JUNE.start)))
    press(measured(page), "Supprimer la remarque")
    assert "Coupure" not in shown(measured(page))


def cells(path: Path) -> set[object]:
    book = load_workbook(path)
    found: set[object] = {cell for table in book for line in table.iter_rows(values_only=True) for cell in line}
    book.close()
    return found


def test_the_tickets_go_to_a_workbook(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    page = sheet(qtbot, desk, "gtr")
    answers.saves = [tmp_path / "gtr.xlsx"]
    press(page, "Excel")
    settle(qtbot, lambda: not desk.jobs.busy and (tmp_path / "gtr.xlsx").exists())
    found = cells(tmp_path / "gtr.xlsx")
    assert {one.number for one in page.rows if isinstance(one, TicketRow)} <= found
    assert "Juin\u00a02026" in found


def test_the_board_goes_to_a_workbook(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    page = board(qtbot, desk)
    answers.saves = [tmp_path / "bord.xlsx"]
    page.export()
    settle(qtbot, lambda: not desk.jobs.busy and (tmp_path / "bord.xlsx").exists())
    assert {"Rétablissements dans le délai", "Non tenu"} <= cells(tmp_path / "bord.xlsx")


def test_every_indicator_is_listed_with_its_place_on_the_board(
    qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    page = IndicatorsPage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    model = measured(page).table.model()
    assert model.rowCount() == len(CODES)
    at = [one.code for one in page.figures].index("gtr")
    assert [model.index(at, column).data() for column in (0, 1, 3)] == [
        "Rétablissements dans le délai", "83,3\u00a0%", "Non tenu",
    ]  # fmt: skip
    assert model.index(at, 7).data() == f"n°\u00a0{chosen_board.usual().index('gtr') + 1}"
    with qtbot.waitSignal(desk.go_to) as signal:
        page.table.opened.emit(at)
    assert signal.args == ["indicator", place_of("gtr")]
    answers.saves = [tmp_path / "tous.xlsx"]
    page.export()
    settle(qtbot, lambda: not desk.jobs.busy and (tmp_path / "tous.xlsx").exists())
    assert REGISTRY["mttr"].label in cells(tmp_path / "tous.xlsx")


@pytest.mark.parametrize(
    ("count", "fit", "columns"), [(5, 5, 5), (5, 4, 3), (8, 5, 4), (9, 5, 3), (1, 4, 1), (6, 1, 1)]
)
def test_tiles_stand_with_few_holes(count: int, fit: int, columns: int) -> None:
    assert best_columns(count, fit) == columns
