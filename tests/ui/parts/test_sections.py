"""The sections of a tab: what does not fit, or is set aside, is one click away."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.ui.parts.sections import SectionBar
from app.ui.parts.tabbar import Section

TITLES = ("Biens", "Licences", "Expertises", "Familles", "Champs")


@pytest.fixture
def bar(qtbot: QtBot) -> SectionBar:
    made = SectionBar([Section(title) for title in TITLES], [3, 4], "Rubriques")
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    return made


def seen(bar: SectionBar) -> list[str]:
    return [title for title, _ in bar.switch.shown()]


def test_what_is_aside_is_in_the_menu_and_comes_when_chosen(bar: SectionBar) -> None:
    assert seen(bar) == ["Biens", "Licences", "Expertises"]
    bar.others.click()
    menu = bar.findChildren(QMenu)[-1]
    assert [action.text() for action in menu.actions()] == ["Familles", "Champs"]
    menu.actions()[0].trigger()
    assert bar.switch.currentIndex() == 3
    assert seen(bar) == ["Biens", "Licences", "Expertises", "Familles"]
    assert bar.switch.shown_index() == 3
    bar.switch.setCurrentIndex(0)
    assert seen(bar) == ["Biens", "Licences", "Expertises"]


def test_a_narrow_bar_keeps_the_current_section(bar: SectionBar, qapp: QApplication) -> None:
    bar.switch.setCurrentIndex(2)
    bar.resize(bar.switch.width_of(2) + bar.others.width() + 10, 40)
    qapp.processEvents()
    assert seen(bar) == ["Expertises"]
    assert bar.hidden() == [0, 1, 3, 4]
    bar.resize(900, 40)
    qapp.processEvents()
    assert seen(bar) == ["Biens", "Licences", "Expertises"]


def test_a_count_widens_its_section(bar: SectionBar, qapp: QApplication) -> None:
    before = bar.switch.tabRect(1).width()
    bar.switch.set_count(1, 148)
    bar.refit()
    qapp.processEvents()
    assert bar.switch.tabRect(1).width() == bar.switch.width_of(1) > before


def test_a_bar_that_shows_all_has_no_menu(qtbot: QtBot) -> None:
    made = SectionBar([Section("Contrats"), Section("Prestataires", 3)], [], "Rubriques")
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    assert seen(made) == ["Contrats", "Prestataires"]
    assert made.others.isHidden()


def test_the_pills_take_the_room_of_their_counts(bar: SectionBar, qtbot: QtBot) -> None:
    bar.switch.set_count(0, 148)
    bar.refit()
    bar.switch.setCurrentIndex(4)
    qtbot.waitUntil(lambda: bar.switch.width() == bar.switch.sizeHint().width())
    assert bar.switch.tabRect(0).x() == 0


def test_what_comes_from_the_menu_has_its_whole_place(bar: SectionBar, qapp: QApplication) -> None:
    bar.switch.setCurrentIndex(4)
    qapp.processEvents()
    assert bar.switch.width() == sum(bar.switch.width_of(at) for at in (0, 1, 2, 4))
    assert bar.switch.tabRect(0).left() == 0
