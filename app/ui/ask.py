"""Every question put to the user goes through here, so that a test can answer in their place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QMessageBox, QWidget

from app.ui import theme

EXCEL = "Classeur Excel (*.xlsx)"
PDF = "Document PDF (*.pdf)"
WORD = "Document Word (*.docx)"
ANY = "Tous les fichiers (*)"
LINE = 380
"""Width of the sentences of a question, at the base size of text: Qt alone makes a narrow column of them."""


class Ask:
    """Modal questions. Tests pass an object with the same methods, which answers at once."""

    def confirm(self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "Annuler") -> bool:
        """A question whose buttons are verbs; Escape answers no."""
        box = self._box(parent, title, text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(accept)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is accept

    def unsaved(self, parent: QWidget, what: str) -> str:
        """« save », « drop » or « stay » for work that was not saved."""
        box = self._box(
            parent, "Des changements ne sont pas enregistrés", f"{what}\u00a0: que faire de la saisie\u00a0?"
        )
        answers = {
            box.addButton("Enregistrer", QMessageBox.ButtonRole.AcceptRole): "save",
            box.addButton("Ne pas enregistrer", QMessageBox.ButtonRole.DestructiveRole): "drop",
        }
        stay = box.addButton("Revenir à la saisie", QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(stay)
        box.exec()
        return next((answer for button, answer in answers.items() if button is box.clickedButton()), "stay")

    def tell(self, parent: QWidget | None, title: str, text: str) -> None:
        box = self._box(parent, title, text)
        box.addButton("Fermer", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def line(self, parent: QWidget, title: str, label: str, text: str = "") -> str | None:
        """One line of text, or None when the question was closed."""
        answer, accepted = QInputDialog.getText(parent, title, label, text=text)
        return answer if accepted else None

    def one_of(self, parent: QWidget, title: str, label: str, options: Sequence[str]) -> str | None:
        answer, accepted = QInputDialog.getItem(parent, title, label, list(options), 0, editable=False)
        return answer if accepted else None

    def files_to_open(self, parent: QWidget, title: str, kinds: str = ANY, folder: Path | None = None) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder or ""), kinds)
        return [Path(name) for name in names]

    def file_to_save(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), kinds)
        return Path(chosen) if chosen else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    def _box(self, parent: QWidget | None, title: str, text: str) -> QMessageBox:
        box = QMessageBox(parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Parcomètre")
        box.setText(title)
        box.setInformativeText(text)
        for said in box.findChildren(QLabel, "qt_msgbox_label"):
            said.setProperty("type", "strong")
        for said in box.findChildren(QLabel, "qt_msgbox_informativelabel"):
            said.setMinimumWidth(min(theme.width(text), theme.scaled(LINE)))
        return box
