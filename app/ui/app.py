"""Start the window: language, colours, error road, the company's file; and the same without a screen."""

import argparse
import gc
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app import paths
from app.errors import AppError, StoreLocked
from app.jobs import drain
from app.services import setup
from app.storage import Store, backup, open_store, restore
from app.ui import errors, icons, theme
from app.ui.ask import Ask
from app.ui.state import UiState
from app.ui.window import Window


def make_application() -> QApplication:
    """The one application of the process, in French."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QLocale.setDefault(QLocale("fr_FR"))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Parcomètre")
    app.setDesktopFileName("parcometre")
    translator = QTranslator(app)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setWindowIcon(icons.app_icon())
    return app


def keep_log() -> None:
    """The program's own log: errors only, no personal data, 1 MB kept."""
    path = paths.log_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("parcometre").addHandler(handler)


def open_base(path: Path, ask: Ask, who: str | None) -> Store | None:
    """The file, or None when the user gives up. A file held elsewhere can be opened for reading."""
    try:
        store = open_store(path, who=who)
    except StoreLocked as error:
        if not ask.confirm(None, "Ce fichier est déjà ouvert", str(error), "Ouvrir en lecture seule", "Quitter"):
            return None
        return open_store(path, read_only=True)
    except AppError as error:
        ask.tell(None, "Ce fichier ne peut pas être ouvert", str(error))
        return None
    with store.begin("Préparation de la base") as session:
        setup.ensure(session)
    return store


class Session:
    """One run of the program: the window on a file, then perhaps on another."""

    def __init__(self, app: QApplication, state: UiState, ask: Ask) -> None:
        self._app, self._state, self._ask = app, state, ask
        self.window: Window | None = None

    def open(self, path: Path) -> bool:
        store = open_base(path, self._ask, self._state.setting("user_name"))
        if store is None:
            return False
        self.window = Window(store, self._state, self._ask)
        self.window.reopen.connect(self._reopen)
        self.window.closed.connect(self._close)
        self.window.show()
        for notice in store.notices:
            self.window.footer.set_right([notice], "info")
        return True

    def _reopen(self, wanted: tuple[str, Path]) -> None:
        """Open another file, or restore a backup over this one and open it again."""
        act, path = wanted
        if self.window is None:
            return
        current = self.window.desk.store.path
        self.window.closed.disconnect(self._close)
        self.window.close()
        self._leave(self.window)
        if act == "restore":
            drain(restore.restore(path, current))
        if not self.open(current if act == "restore" else path):
            self._app.quit()

    def _leave(self, window: Window) -> None:
        window.desk.store.close()
        window.deleteLater()

    def _close(self) -> None:
        if self.window is not None:
            store = self.window.desk.store
            if not store.read_only:
                with store.read() as session:
                    wanted = setup.backup_wanted(session)
                if wanted:
                    drain(backup.backup_if_needed(store, paths.backup_dir(store.path)))
            self._leave(self.window)
        self._app.quit()


def open_window(path: Path) -> int:
    """Open the program on a file; gives the exit code."""
    app = make_application()
    ask = Ask()
    errors.install(ask)
    keep_log()
    state = UiState()
    theme.apply(app, state.setting("theme"), float(state.setting("text_size")))
    session = Session(app, state, ask)
    if not session.open(path):
        return 1
    QTimer.singleShot(0, collect_later)
    return app.exec()


def collect_later() -> None:
    """What was made at the start stays: it is never looked at again (speed.md 1a)."""
    gc.enable()
    gc.freeze()


def run_without_screen(args: argparse.Namespace) -> int:
    """« demonstration » and « autotest »: they grab the window's pictures, screen or not."""
    from app.ui import demonstration  # noqa: PLC0415 - only for these commands

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.enable()
    run = demonstration.selftest if args.commande == "autotest" else demonstration.demonstrate
    return run(args)
