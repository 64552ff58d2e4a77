"""The menu bar, with the usual keys of each system."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui import acts, file_acts, places

if TYPE_CHECKING:
    from app.ui.control import Control

Key = QKeySequence.StandardKey
Entry = tuple[str, Callable[[], Any], Any] | None
"""Words, act, keys; None for a line between groups."""


def fill(control: "Control") -> None:
    bar = control.window.menuBar()
    for title, entries in _menus(control):
        menu = bar.addMenu(title)
        for entry in entries:
            _add(control, menu, entry)


def _menus(control: "Control") -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    return (
        ("&Fichier", _file(control)),
        ("&Édition", _edit(control)),
        ("&Affichage", _view(control)),
        ("&Outils", _tools(control)),
        ("A&ide", _help(control)),
    )


def _file(control: "Control") -> tuple[Entry, ...]:
    return (
        ("Nouveau fichier…", partial(file_acts.new_file, control), None),
        ("Ouvrir un autre fichier…", partial(file_acts.open_other, control), Key.Open),
        ("Entreprise…", partial(acts.edit_company, control), None),
        None,
        ("Sauvegarder maintenant", partial(file_acts.save_backup, control), None),
        ("Restaurer une sauvegarde…", partial(file_acts.restore_backup, control), None),
        ("Vérifier la base", partial(file_acts.check, control), None),
        None,
        ("Réglages…", partial(acts.settings, control), Key.Preferences),
        ("Quitter", control.window.close, Key.Quit),
    )


def _edit(control: "Control") -> tuple[Entry, ...]:
    return (
        ("Nouveau", lambda: control.page().new(), Key.New),
        ("Modifier…", lambda: control.current().edit(), "F2"),
        ("Dupliquer…", lambda: control.page().duplicate(), "Ctrl+D"),
        None,
        ("Annuler la dernière action", control.undo_last, Key.Undo),
        ("Corbeille…", partial(acts.show_bin, control), None),
    )


def _view(control: "Control") -> tuple[Entry, ...]:
    tabs = tuple(
        (tab.title, partial(control.window.tabs.setCurrentIndex, at), None) for at, tab in enumerate(places.TABS)
    )
    return (*tabs, None, ("Actualiser", lambda: control.page().refresh(), Key.Refresh))


def _tools(control: "Control") -> tuple[Entry, ...]:
    return (
        ("Nouveau ticket…", partial(acts.new_ticket, control), "Ctrl+Shift+T"),
        ("Importer…", partial(acts.import_files, control), "Ctrl+I"),
        ("Importer une facture…", partial(acts.import_invoices, control), "Ctrl+Shift+I"),
        ("Importer des tickets…", partial(acts.import_tickets, control), None),
        ("Importer un dossier…", partial(acts.import_folder, control), None),
        ("Décrire les postes…", partial(acts.describe_others, control), None),
        ("Imprimer…", lambda: control.current().print_paper(), Key.Print),
    )


def _help(control: "Control") -> tuple[Entry, ...]:
    return (
        ("Guide", partial(acts.show_help, control), "F1"),
        ("Glossaire", partial(acts.show_glossary, control), None),
        ("Guide en PDF…", partial(acts.show_guide_book, control), None),
        None,
        ("À propos de Parcomètre", partial(acts.show_about, control), None),
    )


def _add(control: "Control", menu: QMenu, entry: Entry) -> None:
    if entry is None:
        menu.addSeparator()
        return
    text, act, keys = entry
    action = QAction(text, control.window)
    action.triggered.connect(lambda *_: act())  # without the « checked » that Qt adds
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    menu.addAction(action)
