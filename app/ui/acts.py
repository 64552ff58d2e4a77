"""What the menus do for the whole program: each act opens its dialog, wherever one is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.services import guide
from app.ui import places, theme
from app.ui.about import AboutDialog
from app.ui.bin_dialog import BinDialog
from app.ui.company_dialog import CompanyDialog
from app.ui.help import HelpWindow
from app.ui.help_book import show_book
from app.ui.pages import starts
from app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from app.ui.control import Control


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


def show_help(control: "Control", name: str = "") -> None:
    """The guide at the page named, else at that of what is in front; over a dialog, it belongs to it."""
    asking = QApplication.activeModalWidget()
    parent = asking or control.window
    found = parent.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = found if isinstance(found, HelpWindow) else _new_help(control, parent)
    shown.show_page(name or getattr(asking, "guide_page", "") or guide.page_at(*control.place()))
    shown.show()
    shown.raise_()
    shown.activateWindow()


def _new_help(control: "Control", parent: QWidget) -> HelpWindow:
    made = HelpWindow(parent)
    made.place_chosen.connect(lambda tab, section: _show_place(control, made, tab, section))
    made.book_asked.connect(lambda: show_book(control.desk, made))
    return made


def _show_place(control: "Control", guide_window: HelpWindow, tab: str, section: str) -> None:
    """Bring to the front the section that a page of the guide tells of."""
    if guide_window.parent() is not control.window:
        control.ask.tell(guide_window, "Une fenêtre attend votre réponse", "Fermez-la d’abord, puis reprenez ce lien.")
        return
    control.section(*places.named(tab, section))
    control.window.activateWindow()


def show_glossary(control: "Control") -> None:
    show_help(control, "glossaire")


def show_guide_book(control: "Control") -> None:
    show_book(control.desk, control.window)


def show_about(control: "Control") -> None:
    AboutDialog(control.desk.store, control.window).open()
