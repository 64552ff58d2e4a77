"""The list: its rows, its columns, its head, its tooltips."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.parts.smalltable import Cell, Rows, SmallColumn, SmallTable
from app.ui.parts.table import ListColumn, ListView
from tests.ui.gallery_lists import asset_list


def test_rows_have_the_height_of_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.show()
    assert view.rowHeight(0) == theme.row_height()
    theme.apply(qapp, "light", 1.3)
    assert view.rowHeight(0) == theme.row_height()


def test_the_chosen_row_is_painted_over_its_whole_width(qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.resize(1200, 400)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    y = view.rowViewportPosition(4) + 2
    image = view.viewport().grab().toImage()
    assert image.pixelColor(1, y) == theme.color("accent")
    assert image.pixelColor(image.width() - 9, y) == theme.color("select")
    view.clearFocus()
    image = view.viewport().grab().toImage()
    assert image.pixelColor(1, y) == theme.color("mute.solid")
    assert image.pixelColor(image.width() - 9, y) == theme.color("mute.soft")


def test_the_row_under_the_mouse_is_seen(qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    QTest.mouseMove(view.viewport(), QPoint(300, view.rowViewportPosition(1) + 8))
    view._set_hover(1)
    spot = (600, view.rowViewportPosition(1) + 2)
    assert view.viewport().grab().toImage().pixelColor(*spot) == theme.color("hover")
    view._set_hover(-1)
    assert view.viewport().grab().toImage().pixelColor(*spot) == theme.color("surface")


def test_enter_opens_the_row(qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.show()
    view.selectionModel().setCurrentIndex(view.model().index(2, 0), QItemSelectionModel.SelectionFlag.SelectCurrent)
    with qtbot.waitSignal(view.activated, check_params_cb=lambda index: index.row() == 2):
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_a_cut_text_shows_whole_in_a_tooltip(qtbot: QtBot) -> None:
    view = ListView()
    model = QStandardItemModel(view)
    long = "Un texte bien plus long que sa colonne"
    model.appendRow([QStandardItem(long), QStandardItem("court")])
    view.setModel(model)
    view.set_columns([ListColumn(60), ListColumn(100)])
    qtbot.addWidget(view)
    view.show()
    for column, told in ((0, long), (1, "")):
        spot = view.visualRect(model.index(0, column)).center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, view.viewport().mapToGlobal(spot))
        assert view._tell_cut(event)
        if told:
            assert QToolTip.text() == told


def test_a_title_on_the_right_has_its_arrow_before_it(qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.resize(900, 200)
    view.set_columns([ListColumn(150, "number"), ListColumn(150)])
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    view.show()
    image = view.head().grab().toImage()
    ink = [x for x in range(150) if any(image.pixelColor(x, y).lightness() < 60 for y in range(4, 24))]
    blue = [x for x in range(150) if any(image.pixelColor(x, y).saturation() > 150 for y in range(4, 24))]
    assert blue
    assert max(blue) < min(ink)


def test_a_small_table_is_as_high_as_its_rows_and_keeps_its_texts_whole(qtbot: QtBot) -> None:
    columns = [SmallColumn("Ticket", 400), SmallColumn("Dépassement", 300, "number")]
    table = SmallTable(columns, [[Cell("T-2026-0412"), Cell("+1 h 40", "bad", strong=True)]], "Tickets")
    qtbot.addWidget(table)
    table.resize(420, 100)
    table.show()
    assert table.height() == table.head().sizeHint().height() + theme.row_height() + 1
    assert table.columnWidth(0) + table.columnWidth(1) <= table.viewport().width() + 2
    assert table.columnWidth(0) > theme.width("T-2026-0412") + 16
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row == 0):
        table.setCurrentIndex(table.model().index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_of_thousands_of_records_only_the_rows_looked_at_are_made(qtbot: QtBot) -> None:
    made: list[int] = []

    def cells(one: int) -> list[Cell]:
        made.append(one)
        return [Cell(f"T-{one}"), Cell("+1 h 40")]

    rows = Rows(range(20_000), cells)
    table = SmallTable([SmallColumn("Ticket", 400), SmallColumn("Dépassement", 300, "number")], rows, "Tickets")
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show()
    assert table.model().rowCount() == 20_000
    assert table.model().index(19_999, 0).data() == "T-19999"
    assert len(set(made)) < 600
    assert [line[0].text for line in rows[2:4]] == ["T-2", "T-3"]


def test_a_narrow_small_table_cuts_its_long_texts_and_never_a_number(qtbot: QtBot) -> None:
    columns = [SmallColumn("Point", 400), SmallColumn("Écart", 90, "number"), SmallColumn("Le", 110)]
    words = "Technicien attitré et suppléant nommés au contrat, avec leurs numéros directs"
    table = SmallTable(columns, [[Cell(words), Cell("+11,1\u00a0%"), Cell("17/11/2026")]], "Points")
    qtbot.addWidget(table)
    table.resize(420, 100)
    table.show()
    assert sum(table.columnWidth(i) for i in range(3)) <= table.viewport().width() + 2
    assert table.columnWidth(0) < theme.width(words)
    assert table.columnWidth(1) > theme.width("+11,1\u00a0%")
    assert table.columnWidth(2) > theme.width("17/11/2026")


def test_who_works_by_keys_sees_the_row_outlined(qtbot: QtBot) -> None:
    view = asset_list()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    spot = (450, view.rowViewportPosition(1))
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, spot[1] + 9)
    )
    qtbot.waitUntil(view.hasFocus)
    assert view.viewport().grab().toImage().pixelColor(*spot) == theme.color("select")
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.viewport().grab().toImage().pixelColor(*spot) == theme.color("accent")
