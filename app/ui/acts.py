"""What the menus do for the whole program: each act opens its dialog, wherever one is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.ui import ask, theme
from app.ui.about import AboutDialog, HelpDialog
from app.ui.bin_dialog import BinDialog
from app.ui.company_dialog import CompanyDialog
from app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from app.ui.window import Window

TOPICS = ("accueil", "inventaire", "contrats", "tickets", "indicateurs")
FILES = f"Inventaires et tableaux (*.json *.csv *.txt);;{ask.ANY}"


def new_ticket(window: "Window") -> None:
    from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - when it is asked for

    NewTicketDialog(window.desk, window).open()


def import_files(window: "Window", files: Sequence[Path] = ()) -> None:
    from app.ui.pages.import_preview import ImportDialog  # noqa: PLC0415 - when it is asked for

    chosen = list(files) or window.ask.files_to_open(window, "Importer", FILES)
    if chosen:
        ImportDialog(window.desk, chosen, window).open()


def edit_company(window: "Window") -> None:
    CompanyDialog(window.desk, window).open()


def settings(window: "Window") -> None:
    dialog = SettingsDialog(window.desk, window.state, window)
    dialog.kept.connect(lambda: dress(window))
    dialog.open()


def dress(window: "Window") -> None:
    """Take the colours and the size of text just chosen."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, window.state.setting("theme"), float(window.state.setting("text_size")))


def show_bin(window: "Window") -> None:
    BinDialog(window.desk, window).open()


def show_help(window: "Window") -> None:
    HelpDialog(TOPICS[window.tabs.currentIndex()], window).show()


def show_about(window: "Window") -> None:
    AboutDialog(window.desk.store, window).open()
