"""Describing the other machines: where the collection scripts are written, and how they serve."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QWidget

from app.errors import Refused
from app.services import collection
from app.ui import theme
from app.ui.desk import Desk
from app.ui.parts.banner import Banner, BannerData
from app.ui.parts.basics import Glyph, column, empty_layout, label, row
from app.ui.parts.buttons import button
from app.ui.parts.formshell import dialog_foot

WIDTH = 640
HARMLESS = "Rien n’est installé, ni envoyé\u00a0; aucun compte, mot de passe ou document n’est lu."
STEPS = (
    ("hard-drive-download", "Enregistrez les scripts dans un dossier",
     "Sur une clé USB ou un dossier partagé\u00a0: ils y laisseront leurs relevés."),
    ("laptop", "Sur chaque poste, lancez-les d’un double clic",
     f"«\u00a0collecte.cmd\u00a0» sous Windows, «\u00a0collecte-mac.command\u00a0» sur un Mac. {HARMLESS}"),
    ("file-input", "Déposez ce dossier sur l’inventaire",
     "Chaque relevé est un fichier au nom du poste. Rien n’est écrit avant votre accord."),
)  # fmt: skip


class CollectDialog(QDialog):
    """`open()` it; it stays after the scripts are written, to be read."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.written: Path | None = None
        self.setWindowTitle("Décrire les postes")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._told = column(gap=0)
        body = column(label("Vos postes se décrivent eux-mêmes, en trois gestes", "page"), gap=14)
        for number, (icon, title, text) in enumerate(STEPS, 1):
            body.addLayout(_step(number, icon, title, text))
        body.addLayout(self._told)
        body.setContentsMargins(22, 18, 22, 18)
        self.setLayout(column(body, dialog_foot("", self._buttons()), gap=0))
        theme.fix_width(self, WIDTH)

    def _buttons(self) -> QDialogButtonBox:
        self.save = button("Enregistrer les scripts…", "primary", "download")
        self.save.clicked.connect(self.write)
        box = QDialogButtonBox()
        box.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(button("Fermer"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def write(self) -> None:
        """Into the folder that the person chooses; a folder that refuses is told, and another may be chosen."""
        folder = self._desk.ask.folder(self, "Dossier des scripts de collecte")
        if folder is None:
            return
        try:
            made = collection.write(folder)
        except Refused as refusal:
            self._tell(BannerData("bad", "Les scripts ne sont pas écrits", str(refusal)))
            return
        self.written = folder
        told = BannerData("ok", f"{len(made)}\u00a0fichiers écrits", str(folder), "Ouvrir le dossier", "circle-check")
        self._tell(told)

    def _tell(self, data: BannerData) -> None:
        empty_layout(self._told)
        made = Banner(data)
        made.acted.connect(self._show_folder)
        self._told.addWidget(made)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written)))


def _step(number: int, icon: str, title: str, text: str) -> QHBoxLayout:
    line = row(Glyph(icon, "accent", 18, "accentSoft", 38), gap=14)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)
    words = column(label(f"{number}. {title}", "strong"), label(text, "body", "ink2", wrap=True), gap=2)
    line.addLayout(words, 1)
    return line
