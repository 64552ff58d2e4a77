"""« À propos »: what the program is, what it is made of, where the data is."""

import platform
import sqlite3
from importlib import metadata

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from app import __version__
from app.storage import Store
from app.ui import icons, theme
from app.ui.parts.basics import column, label, row
from app.ui.parts.buttons import button

PARTS = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "reportlab",
    "openpyxl",
    "platformdirs",
    "holidays",
    "pypdfium2",
    "segno",
)


def diagnostics(store: Store) -> str:
    """What a person who helps needs to know: versions and sizes, no name and no data."""
    size = store.path.stat().st_size // 1024 if store.path.exists() else 0
    lines = [f"Parcomètre {__version__}", f"Python {platform.python_version()}, Qt {qVersion()}",
             f"SQLite {sqlite3.sqlite_version}", platform.platform(), f"Base\u00a0: {size} Ko"]  # fmt: skip
    return "\n".join(lines + [f"{name} {metadata.version(name)}" for name in PARTS])


class AboutDialog(QDialog):
    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("À propos de Parcomètre")
        logo = label()
        logo.setPixmap(icons.app_icon().pixmap(theme.scaled(56), theme.scaled(56)))
        words = column(
            label("Parcomètre", "page"),
            label(f"Version {__version__}", "body", "ink2"),
            label("Mesurez votre parc, tenez votre prestataire.", "body", "ink2"),
        )
        head = row(logo, words, None, gap=16)
        told = label(
            "Logiciel libre, licence MIT. Il utilise Qt et PySide6 sous licence LGPL 3\u00a0: "
            "leurs bibliothèques peuvent "
            "être remplacées. Police Source Sans (OFL), icônes Lucide (ISC). Aide à la gestion, ne remplace pas un "
            "conseil juridique ou comptable.", "second", "ink2", wrap=True,
        )  # fmt: skip
        where = label(f"Vos données\u00a0: {store.path}", "second", "ink2", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        folder, copy = (
            button("Ouvrir le dossier", "plain", "folder-open"),
            button("Copier le diagnostic", "plain", "copy"),
        )
        close = button("Fermer", "primary")
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(store.path.parent))))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(diagnostics(store)))
        close.clicked.connect(self.accept)
        self.setLayout(column(head, 8, told, where, 8, row(folder, copy, None, close), margins=(22, 20, 22, 16), gap=8))
        self.setMinimumWidth(theme.scaled(520))
