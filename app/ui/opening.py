"""Open the company's file in a window already on the screen, and let go of it when the window closes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from app import paths
from app.errors import AppError, StoreLocked
from app.fields import this_day
from app.jobs import drain
from app.services import setup
from app.services.planning import generation
from app.storage import Store, archive, backup, open_store, restore
from app.ui import errors
from app.ui.ask import Ask
from app.ui.control import Control
from app.ui.window import Window

A_MOMENT = 2000
"""Milliseconds from the opening of a file to the first look at the months ahead."""


def open_base(path: Path, ask: Ask, window: Window) -> Store | None:
    """The file, or None when the user gives up. A file held elsewhere can be opened for reading."""
    try:
        store = open_store(path, who=window.state.setting("user_name"))
    except StoreLocked as error:
        if not ask.confirm(window, "Ce fichier est déjà ouvert", str(error), "Ouvrir en lecture seule", "Quitter"):
            return None
        return open_store(path, read_only=True)
    except AppError as error:
        ask.tell(window, "Ce fichier ne peut pas être ouvert", str(error))
        return None
    with store.read() as session:
        ready = setup.is_set_up(session)
    if not ready:
        with store.begin("Préparation de la base") as session:
            setup.ensure(session)
    return store


def bring_to_life(
    window: Window, path: Path, show: Callable[[Path], None], leave: Callable[[], None], ask: Ask | None = None
) -> bool:
    """Give the window its file. `show` opens another one in a new window, `leave` ends the program.

    False when the file could not be opened.
    """
    answers = ask or Ask()
    errors.install(answers)
    store = open_base(path, answers, window)
    if store is None:
        return False
    control = Control(window, store, answers)
    control.closed.connect(lambda: _end(control, leave))
    control.reopen.connect(lambda wanted: _again(control, wanted, show))
    for notice in store.notices:
        window.footer.set_right([notice], "info")
    control.jobs.watch(store.check, lambda found: _tell_found(control, found))
    if not store.read_only:
        QTimer.singleShot(A_MOMENT, control, lambda: _look_ahead(control))
    return True


def _tell_found(control: Control, found: list[str]) -> None:
    """What the check of the file found, while one was already working."""
    if found:
        control.ask.tell(control.window, "Le fichier demande votre attention", "\n".join(found))


def _look_ahead(control: Control) -> None:
    """Off the window's thread, and once it is of use: what it reads is not needed to begin."""
    store = control.desk.store
    control.jobs.watch(lambda: generation.needed_job(store, this_day()), lambda needed: _plan(store, needed))


def _plan(store: Store, needed: bool) -> None:
    """The visits of the months that came into sight, or that assets which moved ask for elsewhere."""
    if needed:
        with store.begin("Visites du planning") as session:
            generation.generate(session)


def _end(control: Control, leave: Callable[[], None]) -> None:
    """Save a copy if the company wants one at each closing, then leave the file."""
    store = control.desk.store
    if not store.read_only:
        with store.read() as session:
            wanted = setup.backup_wanted(session)
        if wanted:
            drain(backup.backup_if_needed(store, paths.backup_dir(store.path)))
    store.close()
    leave()


def _again(control: Control, wanted: tuple[str, Path], show: Callable[[Path], None]) -> None:
    """Open another file, or restore a backup over this one and open it again.

    What is asked for is tried first: a file or a backup that is refused leaves this one open.
    """
    act, chosen = wanted
    current = control.desk.store.path
    if act == "restore":
        drain(archive.check_content(chosen))
    else:
        open_store(chosen).close()
    control.closed.disconnect()
    control.window.close()
    control.desk.store.close()
    control.window.deleteLater()
    if act == "restore":
        _restore(control.ask, chosen, current)
    show(current if act == "restore" else chosen)


def _restore(ask: Ask, chosen: Path, current: Path) -> None:
    kept = drain(restore.restore(chosen, current))
    aside = f"L’ancien fichier est gardé à côté\u00a0: {kept.name}" if kept else ""
    ask.tell(None, "La sauvegarde est en place", f"{chosen.name}\n{aside}".strip())
