"""The dress of the application: palette, fonts, sizes, following the choice of mode."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui import theme, tokens
from app.ui.parts.search import search_field


def test_the_palette_fills_every_role_of_the_three_groups(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    palette = theme.palette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}:
                assert palette.isBrushSet(group, role), role
    assert palette.color(QPalette.ColorRole.Base).name().upper() == tokens.DARK["surface"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_each_mode_has_its_table(qapp: QApplication, qtbot: QtBot, mode: theme.Mode) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, mode)
    assert theme.is_dark() == (mode == "dark")
    assert theme.value("ink") == {"light": tokens.LIGHT, "dark": tokens.DARK}[mode]["ink"]
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")


def test_the_scale_of_text_is_that_of_everything(qapp: QApplication) -> None:
    usual, row = theme.scaled(100), theme.row_height()
    theme.apply(qapp, "light", 1.3)
    assert theme.scaled(100) == pytest.approx(usual * 1.3, rel=0.06)
    assert theme.row_height() > row
    theme.apply(qapp, "light", 1.0)
    assert theme.scaled(100) == usual


def test_figures_are_tabular_even_under_the_style_sheet(qapp: QApplication, qtbot: QtBot) -> None:
    shown = QLabel("1")
    shown.setProperty("type", "figure")
    qtbot.addWidget(shown)
    shown.ensurePolished()
    assert QFont.Tag(theme.TABULAR) in shown.font().featureTags()
    assert shown.font().pointSizeF() == pytest.approx(qapp.font().pointSizeF() * tokens.TYPES["figure"][0], rel=0.01)


def test_a_field_keeps_its_height_when_it_takes_the_focus(qtbot: QtBot) -> None:
    field = QLineEdit("x")
    qtbot.addWidget(field)
    field.show()
    field.clearFocus()
    before = field.sizeHint()
    field.setFocus()
    assert field.sizeHint() == before
    assert abs(before.height() - theme.control_height()) <= 1


def test_the_systems_colours_alone_can_serve() -> None:
    system = QPalette()
    table = theme._system_table(system)
    assert set(table) == set(tokens.LIGHT)
    assert table["bad.text"] == system.color(QPalette.ColorRole.WindowText).name()
    assert table["bad.soft"] == system.color(QPalette.ColorRole.Window).name()


def test_the_system_is_followed_only_when_the_choice_is_left_to_it(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    theme._follow(Qt.ColorScheme.Dark)
    assert not theme.is_dark()
    theme.apply(qapp, "system")
    theme._follow(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    theme._follow(Qt.ColorScheme.Light)
    assert not theme.is_dark()


def test_with_high_contrast_the_systems_dress_is_kept(qapp: QApplication) -> None:
    theme._dress(qapp, contrast=True)
    assert qapp.styleSheet() == ""
    assert theme.color("bad.text") == qapp.palette().color(QPalette.ColorRole.WindowText)


def test_fixed_widths_follow_the_size_of_text(qapp: QApplication) -> None:
    field = search_field("Filtrer cette liste", "Ctrl+F")
    before = field.width()
    theme.apply(qapp, "light", text_scale=1.3)
    try:
        assert field.width() == theme.scaled(232) > before
    finally:
        theme.apply(qapp, "light")
    assert field.width() == before


def test_a_dialog_is_never_larger_than_the_screen(qtbot: QtBot) -> None:
    shown = QLabel()
    qtbot.addWidget(shown)
    theme.fit_size(shown, 300, 200)
    assert (shown.width(), shown.height()) == (300, 200)
    theme.fit_size(shown, 9000, 9000)
    room = shown.screen().availableSize()
    assert shown.width() < room.width()
    assert shown.height() < room.height() - 20
