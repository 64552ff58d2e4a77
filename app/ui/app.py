"""Start the window: the frame as it was left first, then what makes it live."""

import argparse
import gc
import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app import paths
from app.ui import first_frame, icons, theme
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


class Session:
    """One run of the program: the window on a file, then perhaps on another."""

    def __init__(self, app: QApplication, state: UiState) -> None:
        self._app, self._state = app, state
        self.window: Window | None = None

    def show(self, path: Path) -> None:
        """The window, with the list it was closed on if nothing changed since; it comes alive once painted."""
        self.window = Window(self._state)
        shown = first_frame.read(path)
        if shown:
            self.window.tabs.setCurrentIndex(shown.tab)
            self.window.pages.addWidget(first_frame.picture(shown))
            self.window.footer.set_left([shown.foot])
        self.window.seen.connect(lambda: self._live(path))
        self.window.show()

    def _live(self, path: Path) -> None:
        from app.ui.opening import bring_to_life  # noqa: PLC0415 - the first frame does not wait for the database

        if self.window is None or not bring_to_life(self.window, path, self.show, self._app.quit):
            self._app.exit(1)
        gc.enable()
        gc.freeze()  # what was made at the start stays: it is never looked at again (speed.md 1a)


def open_window(path: Path) -> int:
    """Open the program on a file; gives the exit code."""
    app = make_application()
    keep_log()
    state = UiState()
    theme.apply(app, state.setting("theme"), float(state.setting("text_size")))
    session = Session(app, state)
    session.show(path)
    return app.exec()


def run_without_screen(args: argparse.Namespace) -> int:
    """« demonstration » and « autotest »: they grab the window's pictures, screen or not."""
    from app.ui import demonstration  # noqa: PLC0415 - only for these commands

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.enable()
    run = demonstration.selftest if args.commande == "autotest" else demonstration.demonstrate
    return run(args)
