"""Stories of the indicators: the figures are those of the services, each ticket opens."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.kpi import REGISTRY
from app.services import indicators
from app.services.indicators import Period, month, quarter, year
from app.storage import Store
from app.ui.crud.filters import RangeDialog
from app.ui.desk import Desk
from app.ui.pages.indicator import IndicatorPage
from app.ui.pages.indicator_choice import Asked
from app.ui.pages.indicators import BoardPage, best_columns
from app.ui.parts.charts import ChartView
from app.ui.state import UiState
from tests.services.company import add_ticket, june, reference_month
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

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
    page.refresh()
    return page


def sheet(qtbot: QtBot, desk: Desk, code: str) -> IndicatorPage:
    page = IndicatorPage(desk, CODES.index(code) + 1)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    return page


def test_the_tiles_show_the_measures_of_the_service(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    with desk.read() as session:
        tiles = indicators.board(session, JUNE, june("30 23:00"))
    assert [tile.data.title for tile in page.tiles] == [tile.label for tile in tiles]
    gtr = next(tile.data for tile in page.tiles if tile.data.key == "gtr")
    assert (gtr.value, gtr.unit, gtr.word) != ("–", "", "")
    points = gtr.chart.series[0].values
    assert len(points) == 12
    assert points[:11] == (None,) * 11
    assert page.sentence().startswith(f"{len(CODES)}\u00a0indicateurs")


def test_no_data_is_a_dash_and_a_word(qtbot: QtBot, empty: Desk) -> None:
    page = board(qtbot, empty)
    assert {(tile.data.value, tile.data.word, tile.data.count) for tile in page.tiles} == {
        ("–", "Sans donnée", "Aucun ticket")
    }
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
        QTest.mouseClick(page.tiles[CODES.index("gtr")], LEFT)
    assert signal.args == ["indicator", CODES.index("gtr") + 1]
    with qtbot.waitSignal(desk.go_to) as signal:
        press(page, "Ouvrir l’indicateur")
    assert signal.args == ["indicator", CODES.index("gtr") + 1]


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
    QTest.mouseClick(page.choice.contract_chip, LEFT)
    pick(page, "CT-2026-01 Maintenance du parc")
    assert page.choice.asked.contract_id == 1
    page.choice.contract_chip.cleared.emit()
    assert page.choice.asked.contract_id is None


def test_the_choice_of_the_board_holds_for_the_indicator(qtbot: QtBot, desk: Desk) -> None:
    page = board(qtbot, desk)
    page.choice.take(replace(page.choice.asked, period=quarter(date(2026, 6, 1))))
    assert sheet(qtbot, desk, "gtr").choice.asked.period == Period(date(2026, 4, 1), date(2026, 6, 30))


def test_an_indicator_says_its_formula_with_the_figures(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "gtr")
    assert page.sheet
    held = sum(one.met is True for one in page.sheet.rows)
    told = shown(page)
    assert f"{held} ÷ {page.sheet.tile.n} = {page.sheet.tile.text}" in told
    assert page.sheet.excluded in told
    assert page.sheet.base in told
    assert page.findChild(ChartView)
    assert f"Les {page.sheet.tile.n} tickets retenus" in told


def test_a_mean_says_its_sum(qtbot: QtBot, desk: Desk) -> None:
    """MTTRes of domain.md B.3: 22 h 10 of five incidents, 4 h 26."""
    assert "22\u00a0h\u00a010 ÷ 5 = 4\u00a0h\u00a026" in shown(sheet(qtbot, desk, "mttres"))


def test_the_tickets_are_narrowed_and_open(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, "gtr")
    QTest.mouseClick(page.result, LEFT)
    pick(page, "Dépassés")
    assert {one.met for one in page.rows} == {False}
    assert page.table.model().rowCount() == len(page.rows)
    with qtbot.waitSignal(desk.go_to) as signal:
        page.table.opened.emit(0)
    assert signal.args == ["ticket", page.rows[0].id]


def test_what_is_written_elsewhere_is_measured_when_the_page_comes_back(qtbot: QtBot, desk: Desk) -> None:
    page, one = board(qtbot, desk), sheet(qtbot, desk, "gtr")
    page.hide()
    with desk.store.begin("essai") as session:
        add_ticket(session, "11 10:00", category="Lenteur")
    assert one.sheet
    page.show()
    assert "juin 8" in page.findChildren(ChartView)[-1].accessibleDescription()


def test_one_steps_from_an_indicator_to_the_next(qtbot: QtBot, desk: Desk) -> None:
    page = sheet(qtbot, desk, CODES[0])
    assert f"1\u00a0sur\u00a0{len(CODES)}" in shown(page)
    press(page, "Suivant")
    assert REGISTRY[CODES[1]].label in shown(page)
    press(page, "Précédent")
    assert REGISTRY[CODES[0]].label in shown(page)
    with qtbot.waitSignal(page.closed):
        press(page, "Indicateurs")


@pytest.mark.parametrize("code", CODES)
def test_without_data_each_says_what_to_do(qtbot: QtBot, empty: Desk, code: str) -> None:
    page = sheet(qtbot, empty, code)
    told = shown(page)
    assert "–" in told.splitlines()
    assert "sur cette période" in told
    assert not page.excel.isEnabled()
    assert page.sentence() == "0\u00a0ticket"


def test_the_tickets_go_to_a_workbook(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    page = sheet(qtbot, desk, "gtr")
    answers.saves = [tmp_path / "gtr.xlsx"]
    press(page, "Excel")
    settle(qtbot, lambda: not desk.jobs.busy and (tmp_path / "gtr.xlsx").exists())
    book = load_workbook(tmp_path / "gtr.xlsx")
    cells = [cell for table in book for line in table.iter_rows(values_only=True) for cell in line]
    assert {one.number for one in page.rows} <= set(cells)
    book.close()


@pytest.mark.parametrize(
    ("period", "long", "short"),
    [
        (JUNE, "Juin 2026", "juin"),
        (quarter(date(2026, 2, 3)), "1er trimestre 2026", "T1 2026"),
        (quarter(date(2026, 11, 22)), "4e trimestre 2026", "T4 2026"),
        (year(date(2026, 11, 22)), "Année 2026", "2026"),
        (Period(date(2026, 6, 3), date(2026, 6, 9)), "03/06/2026 – 09/06/2026", "03/06/2026"),
    ],
)
def test_periods_in_words(period: Period, long: str, short: str) -> None:
    assert period.name.replace("\u00a0", " ") == long
    assert period.short_name.replace("\u00a0", " ") == short


@pytest.mark.parametrize(
    ("count", "fit", "columns"), [(5, 5, 5), (5, 4, 3), (8, 5, 4), (9, 5, 3), (1, 4, 1), (6, 1, 1)]
)
def test_tiles_stand_with_few_holes(count: int, fit: int, columns: int) -> None:
    assert best_columns(count, fit) == columns
