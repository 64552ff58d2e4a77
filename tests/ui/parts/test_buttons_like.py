"""Tiles, rows, chips, tabs: the sentence they say, and the keys they answer."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.parts.badge import Badge, badge_size
from app.ui.parts.buttons import Segment, Segments, button, set_available
from app.ui.parts.chips import Chip
from app.ui.parts.empty import Beginning, EmptyState, no_match
from app.ui.parts.marks import Mark
from app.ui.parts.search import SearchField
from app.ui.parts.steps import Step, StepRow, StepsList
from app.ui.parts.tabbar import Count, MainTab, MainTabs, Section, SectionSwitch
from app.ui.parts.tiles import CountData, CountTile, FigureCard, FigureData, Tile
from app.ui.parts.todo import Todo, TodoGroup, TodoList, TodoRow
from tests.ui.gallery_data import tiles


def test_a_tile_says_its_full_sentence_and_opens_by_enter(qtbot: QtBot) -> None:
    tile = Tile(tiles()[3])
    qtbot.addWidget(tile)
    assert tile.accessibleName() == "Rétablissements dans le délai : 83,3 %, objectif ≥ 90 %, non tenu, n = 24"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(tile.clicked):
            QTest.keyClick(tile, key)


def test_a_figure_says_its_note() -> None:
    data = FigureData("a", "Tickets ouverts", "6", "", "1 hors délai", "bad")
    assert data.sentence == "Tickets ouverts\u00a0: 6. 1 hors délai"
    assert FigureData("d", "Dépense", "18,00", "€ HT").sentence == "Dépense\u00a0: 18,00\u00a0€ HT"


def test_a_figure_card_is_pressed_by_enter(qtbot: QtBot) -> None:
    card = FigureCard(FigureData("a", "Tickets ouverts", "6"))
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.clicked):
        QTest.keyClick(card, Qt.Key.Key_Enter)


def test_a_count_filters_while_it_is_checked(qtbot: QtBot) -> None:
    tile = CountTile(CountData("bad", "circle-x", "bad", "3", "refusés", "À corriger"))
    qtbot.addWidget(tile)
    with qtbot.waitSignal(tile.toggled, check_params_cb=bool):
        QTest.keyClick(tile, Qt.Key.Key_Space)
    assert tile.accessibleName() == "3 refusés. À corriger"


def test_a_badge_is_wider_when_loud_and_says_its_word(qtbot: QtBot) -> None:
    badge = Badge("Prêté", Mark("hold", loud=True))
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "Prêté"
    assert badge.sizeHint().height() == theme.line("small_title") + 5
    assert badge_size("Prêté", Mark("hold")).width() > theme.width("Prêté")
    badge.set_state("", Mark())
    assert badge.sizeHint().width() == 0


def test_a_row_to_do_gives_its_key(qtbot: QtBot) -> None:
    item = Todo("t-412", "ticket", "bad", "T-2026-0412", "Serveur", "Dépassé de 1 h 40", "bad", "Ouvrir")
    shown = TodoList([TodoGroup("En retard", "bad", [item]), TodoGroup("Aujourd’hui", "", [])])
    qtbot.addWidget(shown)
    rows = shown.findChildren(TodoRow)
    assert [row.accessibleName() for row in rows] == ["T-2026-0412. Serveur. Dépassé de 1 h 40. Ouvrir"]
    with qtbot.waitSignal(shown.acted, check_params_cb=lambda key: key == "t-412"):
        QTest.keyClick(rows[0], Qt.Key.Key_Return)


def test_a_step_says_its_state_and_opens(qtbot: QtBot) -> None:
    shown = StepsList([Step("a", "Inventorier", "148 biens", "done"), Step("b", "Expertiser", "17 à voir", "part")])
    qtbot.addWidget(shown)
    rows = shown.findChildren(StepRow)
    assert rows[1].accessibleName() == "Étape 2, Expertiser, commencée. 17 à voir"
    with qtbot.waitSignal(shown.opened, check_params_cb=lambda key: key == "b"):
        rows[1].click()


def click(widget: QWidget, spot: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def test_a_chip_is_taken_off_by_its_cross_or_by_delete(qtbot: QtBot) -> None:
    chip = Chip("Garantie")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Garantie, sans effet"
    chip.set_value("avant 2027", removable=True)
    assert chip.text() == "Garantie\u00a0: avant 2027"
    chip.resize(chip.sizeHint())
    chip.show()
    with qtbot.waitSignal(chip.cleared):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.cleared), qtbot.assertNotEmitted(chip.clicked):
        click(chip, QPoint(chip.width() - 14, chip.height() // 2))
    with qtbot.waitSignal(chip.clicked):
        click(chip, QPoint(20, chip.height() // 2))


def test_a_tab_says_what_is_late_and_grows_for_its_count(qtbot: QtBot) -> None:
    tabs = MainTabs([MainTab("Accueil", "house"), MainTab("Tickets", "ticket")])
    qtbot.addWidget(tabs)
    tabs.show()
    narrow = tabs.tabRect(1).width()
    tabs.set_count(1, Count(1, "bad", "1 ticket hors délai"))
    assert tabs.tabRect(1).width() > narrow
    assert tabs.accessibleTabName(1) == "Tickets, 1 ticket hors délai"
    tabs.set_count(1, Count(0, "bad", ""))
    assert tabs.accessibleTabName(1) == "Tickets"
    assert tabs.tabRect(1).width() == narrow


def test_a_number_key_goes_to_its_tab(qtbot: QtBot) -> None:
    window = QWidget()
    tabs = MainTabs([MainTab("Accueil", "house"), MainTab("Tickets", "ticket")], window)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert tabs.currentIndex() == 1


def test_sections_are_walked_by_the_arrows(qtbot: QtBot) -> None:
    sections = SectionSwitch([Section("Biens", 148), Section("Licences")])
    qtbot.addWidget(sections)
    sections.show()
    assert sections.accessibleTabName(0) == "Biens, 148"
    assert not sections._keys
    QTest.keyClick(sections, Qt.Key.Key_Right)
    assert sections.currentIndex() == 1
    assert sections._keys
    before = sections.tabRect(1).width()
    sections.set_count(1, 100_000)
    assert sections.accessibleTabName(1) == "Licences, 100\u00a0000"
    assert sections.tabRect(1).width() > before


def test_escape_empties_the_search(qtbot: QtBot) -> None:
    field = SearchField("Filtrer cette liste")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "dell")
    assert len(field.actions()) == 1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.actions() == []


def test_one_segment_is_taken_at_a_time(qtbot: QtBot) -> None:
    impact = Segments([Segment("one", "Une personne"), Segment("all", "Tous")], "Impact")
    qtbot.addWidget(impact)
    assert impact.value() == ""
    impact.set_value("one")
    with qtbot.waitSignal(impact.changed, check_params_cb=lambda key: key == "all"):
        impact.findChildren(type(button("")))[1].click()
    assert impact.value() == "all"


def test_an_unavailable_button_says_why(qtbot: QtBot) -> None:
    made = button("Créer", "primary", "plus")
    qtbot.addWidget(made)
    set_available(made, False, "Le fichier est ouvert en lecture seule.")
    assert made.toolTip() == "Le fichier est ouvert en lecture seule."
    with qtbot.assertNotEmitted(made.clicked):
        made.click()


def test_an_empty_place_offers_its_ways_to_begin(qtbot: QtBot) -> None:
    ways = [Beginning("import", "Choisir un fichier…", "file-input", "Importer", "CSV ou Excel.", primary=True)]
    state = EmptyState("monitor", "Commencez par votre parc", "", ways, ("Voir ?", "Ouvrir l’exemple", "example"))
    qtbot.addWidget(state)
    for made, key in zip(state.findChildren(type(button(""))), ("import", "example"), strict=True):
        with qtbot.waitSignal(state.chosen, check_params_cb=lambda got, key=key: got == key):
            made.click()


def test_nothing_found_offers_to_clear_the_filters(qtbot: QtBot) -> None:
    state = no_match("Aucun bien ne correspond")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.chosen, check_params_cb=lambda key: key == "clear"):
        state.findChildren(type(button("")))[0].click()


def test_a_count_of_nothing_is_quiet() -> None:
    assert CountData("bad", "circle-x", "bad", "3", "refusés", "À corriger").role == "bad.text"
    assert CountData("bad", "circle-x", "bad", "0", "refusé", "Aucune ligne").role == "ink3"
