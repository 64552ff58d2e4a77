"""The menu bar, with the usual keys of each system."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui import acts, file_acts, places

if TYPE_CHECKING:
    from app.ui.window import Window

Key = QKeySequence.StandardKey
Entry = tuple[str, Callable[[], Any], Any] | None
"""Words, act, keys; None for a line between groups."""


def fill(window: "Window") -> None:
    bar = window.menuBar()
    for title, entries in _menus(window):
        menu = bar.addMenu(title)
        for entry in entries:
            _add(window, menu, entry)


def _menus(window: "Window") -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    return (
        ("&Fichier", _file(window)),
        ("&Édition", _edit(window)),
        ("&Affichage", _view(window)),
        ("&Outils", _tools(window)),
        ("A&ide", _help(window)),
    )


def _file(window: "Window") -> tuple[Entry, ...]:
    return (
        ("Ouvrir un autre fichier…", partial(file_acts.open_other, window), Key.Open),
        ("Entreprise…", partial(acts.edit_company, window), None),
        None,
        ("Sauvegarder maintenant", partial(file_acts.save_backup, window), None),
        ("Restaurer une sauvegarde…", partial(file_acts.restore_backup, window), None),
        ("Vérifier la base", partial(file_acts.check, window), None),
        None,
        ("Réglages…", partial(acts.settings, window), Key.Preferences),
        ("Quitter", window.close, Key.Quit),
    )


def _edit(window: "Window") -> tuple[Entry, ...]:
    return (
        ("Nouveau", lambda: window.page().new(), Key.New),
        ("Modifier…", lambda: window.current().edit(), "F2"),
        ("Dupliquer…", lambda: window.page().duplicate(), "Ctrl+D"),
        None,
        ("Annuler la dernière action", window.undo_last, Key.Undo),
        ("Corbeille…", partial(acts.show_bin, window), None),
    )


def _view(window: "Window") -> tuple[Entry, ...]:
    tabs = tuple((tab.title, partial(window.tabs.setCurrentIndex, at), None) for at, tab in enumerate(places.TABS))
    return (*tabs, None, ("Actualiser", lambda: window.page().refresh(), Key.Refresh))


def _tools(window: "Window") -> tuple[Entry, ...]:
    return (
        ("Nouveau ticket…", partial(acts.new_ticket, window), "Ctrl+Shift+T"),
        ("Importer…", partial(acts.import_files, window), "Ctrl+I"),
        ("Imprimer…", lambda: window.current().print_paper(), Key.Print),
    )


def _help(window: "Window") -> tuple[Entry, ...]:
    return (
        ("Aide", partial(acts.show_help, window), "F1"),
        ("À propos de Parcomètre", partial(acts.show_about, window), None),
    )


def _add(window: "Window", menu: QMenu, entry: Entry) -> None:
    if entry is None:
        menu.addSeparator()
        return
    text, act, keys = entry
    action = QAction(text, window)
    action.triggered.connect(lambda *_: act())  # without the « checked » that Qt adds
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    menu.addAction(action)
