"""The company's own card: created at the first start, corrected later; its logo, chosen or dropped."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.entities import ENTITIES
from app.errors import Refused
from app.services import setup
from app.storage.attachments import MAX_BYTES
from app.ui import theme
from app.ui.crud.document_card import png_of
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.asset_photos import CHOOSE, picture_of
from app.ui.parts import dropping
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import button

LARGEST = QSize(1200, 480)
"""A logo is cut to this size, in pixels: enough for the largest that a paper prints."""
SHOWN = QSize(200, 64)
HINT = "Il figure en tête de vos papiers. Déposez ici une image, de préférence large et sur fond blanc ou transparent."


class LogoPart(QWidget):
    """`content` is the logo as a PNG, None without one."""

    changed = Signal()

    def __init__(self, desk: Desk, content: bytes | None) -> None:
        super().__init__()
        self._desk = desk
        self.content = content
        self.setAcceptDrops(True)
        self.preview = label("", "second", "ink3")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFixedSize(SHOWN * theme.scaled(100) / 100)
        choose, self._remove = button("Choisir…", icon="image"), button("Retirer", "quiet")
        choose.setAccessibleName("Choisir le logo")
        self._remove.setAccessibleName("Retirer le logo")
        choose.clicked.connect(self.choose)
        self._remove.clicked.connect(lambda: self.take(None))
        box = frame("box", row(self.preview, margins=(8, 6, 8, 6)))
        words = column(
            label("Logo", "title"), label(HINT, "second", "ink2", wrap=True), row(choose, self._remove, None), gap=4
        )
        line = row(box, gap=14)
        line.addLayout(words, 1)
        self.setLayout(line)
        self._show()

    def choose(self) -> None:
        for path in self._desk.ask.files_to_open(self, "Choisir le logo", CHOOSE)[:1]:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        if path.is_dir() or path.stat().st_size > MAX_BYTES:
            raise Refused(
                f"«\u00a0{path.name}\u00a0» ne peut pas servir de logo\u00a0: choisissez une image plus petite."
            )
        image = picture_of(path.read_bytes(), LARGEST)
        if image.isNull():
            raise Refused(f"«\u00a0{path.name}\u00a0» n’est pas une image lisible. Choisissez un fichier PNG ou JPEG.")
        self.take(png_of(image))

    def take(self, content: bytes | None) -> None:
        self.content = content
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._remove.setVisible(self.content is not None)
        if self.content is None:
            self.preview.setText("Aucun logo")
            return
        self.preview.setPixmap(_on_paper(QImage.fromData(self.content), self.preview.size(), self.devicePixelRatioF()))
        self.preview.setAccessibleName("Logo de l’entreprise")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropping.files_of(event)[:1]:
            self.take_file(path)


def _on_paper(image: QImage, place: QSize, ratio: float) -> QPixmap:
    """On white, as it will be printed, whatever the theme."""
    sheet = QPixmap(place * ratio)
    sheet.fill(Qt.GlobalColor.white)
    room = (place - QSize(16, 12)) * ratio
    shown = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    with QPainter(sheet) as painter:
        painter.drawImage((sheet.width() - shown.width()) // 2, (sheet.height() - shown.height()) // 2, shown)
    sheet.setDevicePixelRatio(ratio)
    return sheet


class CompanyDialog(FormDialog):
    """The generic form on the one company of the base, under its logo."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        with desk.read() as session:
            found = setup.company_id(session)
            self._logo = setup.logo(session)
        self.logo = LogoPart(desk, self._logo)
        super().__init__(desk, ENTITIES["company"], found, None, parent)
        self._body.insertWidget(self._body.count() - 1, self.logo)
        self.logo.changed.connect(self._mark)

    def is_modified(self) -> bool:
        return super().is_modified() or self.logo.content != self._logo

    def _save(self, values: dict[str, Any]) -> int:
        return self._desk.act("Entreprise", lambda s: self._keep(s, values))

    def _keep(self, session: Any, values: dict[str, Any]) -> int:
        kept = setup.save_company(session, values)
        if self.logo.content != self._logo:
            setup.keep_logo(session, self.logo.content)
        return kept
