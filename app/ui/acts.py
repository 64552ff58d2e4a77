"""What the menus do for the whole program: each act opens its dialog, wherever one is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.about import AboutDialog, HelpDialog
from app.ui.bin_dialog import BinDialog
from app.ui.company_dialog import CompanyDialog
from app.ui.pages import starts
from app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from app.ui.control import Control

TOPICS = ("accueil", "inventaire", "contrats", "tickets", "indicateurs")


def new_ticket(control: "Control") -> None:
    from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - when it is asked for

    NewTicketDialog(control.desk, control.window).open()


def import_files(control: "Control") -> None:
    starts.import_files(control.desk, control.window)


def import_invoices(control: "Control") -> None:
    starts.import_invoices(control.desk, control.window)


def import_tickets(control: "Control") -> None:
    starts.import_tickets(control.desk, control.window)


def import_folder(control: "Control") -> None:
    starts.import_folder(control.desk, control.window)


def describe_others(control: "Control") -> None:
    starts.describe_others(control.desk, control.window)


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
        theme.apply(app, *control.state.dress())


def show_bin(control: "Control") -> None:
    BinDialog(control.desk, control.window).open()


def show_help(control: "Control") -> None:
    topic = control.current().topic or TOPICS[control.window.tabs.currentIndex()]
    HelpDialog(topic, control.window).show()


def show_about(control: "Control") -> None:
    AboutDialog(control.desk.store, control.window).open()
