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
    from app.ui.control import Control

TOPICS = ("accueil", "inventaire", "contrats", "tickets", "indicateurs")
FILES = f"Inventaires et tableaux (*.json *.csv *.txt);;{ask.ANY}"


def new_ticket(control: "Control") -> None:
    from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - when it is asked for

    NewTicketDialog(control.desk, control.window).open()


def import_files(control: "Control", files: Sequence[Path] = ()) -> None:
    from app.ui.pages.import_preview import ImportDialog  # noqa: PLC0415 - when it is asked for

    chosen = list(files) or control.ask.files_to_open(control.window, "Importer", FILES)
    if chosen:
        ImportDialog(control.desk, chosen, control.window).open()


def edit_company(control: "Control") -> None:
    CompanyDialog(control.desk, control.window).open()


def settings(control: "Control") -> None:
    dialog = SettingsDialog(control.desk, control.state, control.window)
    dialog.kept.connect(lambda: dress(control))
    dialog.open()


def dress(control: "Control") -> None:
    """Take the colours and the size of text just chosen."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, control.state.setting("theme"), float(control.state.setting("text_size")))


def show_bin(control: "Control") -> None:
    BinDialog(control.desk, control.window).open()


def show_help(control: "Control") -> None:
    HelpDialog(TOPICS[control.window.tabs.currentIndex()], control.window).show()


def show_about(control: "Control") -> None:
    AboutDialog(control.desk.store, control.window).open()
