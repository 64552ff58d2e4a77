"""The guide beside the program: opened where one is, searched, followed, closed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import app
from app.services import guide
from app.services.guide.book import FILE_NAME
from app.storage import Store
from app.ui import acts, theme
from app.ui.control import Control
from app.ui.help import HelpWindow
from app.ui.help_html import PLACE, SHOT
from app.ui.help_page import ShotDialog
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.preview import Preview
from app.ui.state import UiState
from app.ui.window import Window
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, press


@pytest.fixture
def control(store: Store, qtbot: QtBot, answers: Answers) -> Iterator[Control]:
    window = Window(UiState())
    qtbot.addWidget(window)
    made = Control(window, store, answers)
    window.show()
    yield made
    made.reminding.stop()


def helped(control: Control) -> HelpWindow:
    acts.show_help(control)
    return opened(control.window, HelpWindow)


def chosen(shown: HelpWindow) -> str:
    line = shown.contents.currentItem()
    assert line is not None
    return line.text(0)


def test_f1_opens_the_page_of_the_section_in_front(control: Control) -> None:
    control.section(1, 1)
    shown = helped(control)
    assert (shown.visited[-1].page, shown.path.accessibleName()) == (
        "licences",
        "Avant le contrat\u00a0: connaître son parc  ›  Licences et logiciels",
    )
    control.section(2, 0)
    assert helped(control) is shown, "one window, whatever the number of times it is asked for"
    assert chosen(shown) == "Contrats"


def test_every_page_is_shown_from_the_contents(control: Control) -> None:
    shown = helped(control)
    for line in shown._lines():
        shown.contents.setCurrentItem(line)
        assert shown.text.toPlainText().startswith(line.text(0).replace("\u00a0", " "))
        assert len(shown.text.toPlainText()) > 200
    assert shown.visited[-1].page == "glossaire"
    assert not shown.on.isEnabled()
    shown.go_back()
    assert shown.visited[shown.at].page == "commandes"
    shown.on.click()
    assert chosen(shown) == "Glossaire"


def test_links_lead_to_pages_sections_places_and_pictures(control: Control) -> None:
    shown = helped(control)
    shown.text.anchorClicked.emit(QUrl("page:preavis#denoncer"))
    assert (shown.visited[-1].page, shown.visited[-1].anchor) == ("preavis", "denoncer")
    assert shown.text.verticalScrollBar().value() > 0
    shown.text.anchorClicked.emit(QUrl(f"{PLACE}Inventaire/Réseau"))
    assert control.place() == ("Inventaire", "Réseau")
    shown.text.anchorClicked.emit(QUrl(f"{PLACE}Contrats/Contrats/RGPD"))
    assert control.place() == ("Contrats", "Contrats")
    shown.text.anchorClicked.emit(QUrl(f"{PLACE}Accueil"))
    assert control.place() == ("Accueil", "Accueil")
    shown.text.anchorClicked.emit(QUrl(f"{SHOT}inventaire.png"))
    assert opened(shown, ShotDialog).isVisible()


def test_what_is_typed_is_searched_and_set_off(control: Control, qtbot: QtBot) -> None:
    shown = helped(control)
    shown.search.setFocus()
    qtbot.keyClicks(shown.search, "preavis poste")
    qtbot.keyClick(shown.search, Qt.Key.Key_Down)
    assert shown.found.count() > 1
    assert shown.visited[-1].page == "preavis"
    said = [selection.cursor.selectedText() for selection in shown.text.extraSelections()]
    assert {"préavis", "poste"} <= {text.lower() for text in said}
    shown.search.setText("zzz")
    assert shown.found.item(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Rien de tel")
    shown.search.clear()
    assert shown.sides.currentIndex() == 0
    assert not shown.text.extraSelections()


def test_over_a_dialog_the_guide_is_its_own(control: Control, qtbot: QtBot, answers: Answers) -> None:
    """F1 in a new ticket: the window behind stays as it is while the dialog waits."""
    acts.new_ticket(control)
    dialog = opened(control.window, NewTicketDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    shown = opened(dialog, HelpWindow)
    assert shown.visited[-1].page == "tickets"
    shown.text.anchorClicked.emit(QUrl(f"{PLACE}Tickets/Tickets"))
    assert answers.told[-1][0] == "Une fenêtre attend votre réponse"
    dialog.reject()


def test_the_guide_follows_the_colours_and_the_size_of_text(control: Control, qapp: QApplication) -> None:
    control.section(1, 0)
    shown = helped(control)
    before = shown.text.document().defaultFont().pointSizeF()
    theme.apply(qapp, "dark", 1.3)
    assert shown.text.document().defaultFont().pointSizeF() > before
    assert theme.color("accent").name() in shown.text.toHtml()
    theme.apply(qapp, "light", 1.0)


def test_the_book_is_shown_to_be_printed(control: Control, qtbot: QtBot) -> None:
    shown = helped(control)
    press(shown, "Guide en PDF…")
    settle(qtbot, lambda: bool(shown.findChildren(Preview)))
    preview = opened(shown, Preview)
    assert preview.paper.file_name == FILE_NAME
    assert len(preview.pages) > 40


def test_a_dialog_names_a_page_that_is_there() -> None:
    told = re.findall(
        r'guide_page = "(.+)"', "".join(path.read_text() for path in Path(app.__file__).parent.rglob("*.py"))
    )
    assert len(told) > 8
    assert all(guide.page(name) for name in told)
