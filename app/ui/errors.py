"""The one road of errors: a sentence for the known world, a dialog with details for a bug; the program goes on."""

import errno
import logging
import sqlite3
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from app import __version__
from app.errors import AppError
from app.ui.ask import Ask

log = logging.getLogger("parcometre")

_BY_ERRNO = {
    errno.ENOSPC: "Le disque est plein. Rien n’a été perdu\u00a0: libérez de la place, puis recommencez.",
    errno.EACCES: "L’accès à ce fichier est refusé. S’il est ouvert dans un autre programme, fermez-le, "
    "puis recommencez.",
    errno.EROFS: "Ce disque est en lecture seule\u00a0: rien ne peut y être écrit.",
    errno.ENOENT: "Ce fichier n’existe plus, ou a été déplacé.",
    errno.EBUSY: "Ce fichier est ouvert dans un autre programme. Fermez-le, puis recommencez.",
}
_BY_SQLITE = (
    ("full", _BY_ERRNO[errno.ENOSPC]),
    ("locked", "Le fichier est occupé par un autre programme. Rien n’a été écrit\u00a0: recommencez dans un instant."),
    ("readonly", "Le fichier est en lecture seule\u00a0: rien n’a été écrit."),
    ("disk i/o", "Le disque ne répond pas correctement. Rien n’a été écrit\u00a0: vérifiez-le, puis recommencez."),
    ("malformed", "Le fichier est abîmé. Fermez le programme et restaurez la dernière sauvegarde."),
)


def sentence(error: BaseException) -> str | None:
    """What to tell of an error of the known world; None for a bug."""
    if isinstance(error, AppError):
        return str(error)
    cause = getattr(error, "orig", error)  # SQLAlchemy keeps the driver's error there
    if isinstance(cause, sqlite3.Error):
        return next((told for word, told in _BY_SQLITE if word in str(cause).lower()), None)
    if isinstance(cause, OSError):
        name = f" ({Path(str(cause.filename)).name})" if cause.filename else ""
        known = _BY_ERRNO.get(cause.errno or 0)
        return f"{known}{name}" if known else None
    return None


def report(error: BaseException, ask: Ask | None = None) -> None:
    """Tell the user; a bug is also logged, with its trace."""
    parent = QApplication.activeWindow()
    told = sentence(error)
    if told is not None:
        (ask or Ask()).tell(parent, "Ce n’est pas possible", told)
        return
    details = "".join(traceback.format_exception(error))
    log.error("unexpected error\n%s", details)
    _show_bug(details)


def _show_bug(details: str) -> None:
    box = QMessageBox(QApplication.activeWindow())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Parcomètre")
    box.setText("Une erreur imprévue est survenue")
    box.setInformativeText(
        "Ce qui était enregistré l’est toujours, et le programme continue. Si cela se reproduit, copiez les détails "
        "et transmettez-les à la personne qui vous aide."
    )
    box.setDetailedText(f"Parcomètre {__version__}\n{details}")
    copy = box.addButton("Copier les détails", QMessageBox.ButtonRole.ActionRole)
    box.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(box.detailedText())


def install(ask: Ask) -> None:
    """Send what no code expected to `report`, wherever it was raised."""

    def hook(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        report(error, ask)

    sys.excepthook = hook
