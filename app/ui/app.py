"""Start the window: the frame as it was left first, then what makes it live."""

import builtins
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app import paths
from app.ui import first_frame, icons, theme
from app.ui.collecting import Collector
from app.ui.state import UiState
from app.ui.window import Window

if TYPE_CHECKING:
    import argparse


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
    import logging  # noqa: PLC0415 - after the first frame
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415

    path = paths.log_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("parcometre").addHandler(handler)


@contextmanager
def plain_imports() -> Iterator[None]:
    """Python's own import, without the one that PySide6 puts in its place to offer options that nobody here takes.

    It looks into every import for them: a sixth of the time the database library takes (speed.md 1a).
    """
    kept = builtins.__import__
    builtins.__import__ = getattr(builtins, "__orig_import__", kept)
    try:
        yield
    finally:
        builtins.__import__ = kept


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
        with plain_imports():
            from app.ui.opening import bring_to_life  # noqa: PLC0415 - the first frame does not wait for the database

            keep_log()
        if self.window is None or not bring_to_life(self.window, path, self.show, self._app.quit):
            self._app.exit(1)
        Collector(self._app)
        gc.freeze()  # what was made at the start stays: it is never looked at again (speed.md 1a)


def open_window(path: Path | None = None) -> int:
    """Open the program on a file, the company's own if none is named; gives the exit code."""
    app = make_application()
    state = UiState()
    theme.apply(app, *state.dress())
    session = Session(app, state)
    session.show(path or paths.default_base())
    return app.exec()


def run_without_screen(args: "argparse.Namespace") -> int:
    """« demonstration » and « autotest »: they grab the window's pictures, screen or not."""
    from app.ui import demonstration  # noqa: PLC0415 - only for these commands

    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    Collector(make_application())
    run = demonstration.selftest if args.commande == "autotest" else demonstration.demonstrate
    return run(args)
