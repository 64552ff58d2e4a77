"""The photos of a record: its image documents as thumbnails; a click enlarges, a drop or a paste adds one."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QWidget

from app.entities import Entity
from app.services import attachments
from app.services.attachments import Attached
from app.ui import theme
from app.ui.crud.document_card import DocumentsCard
from app.ui.desk import Desk
from app.ui.parts.basics import column, empty_layout, label, row
from app.ui.parts.buttons import Button, button, icon_button
from app.ui.parts.section import SectionPart

CHOOSE = f"Images ({' '.join(f'*{kind}' for kind in attachments.PICTURES)})"
THUMB = QSize(116, 87)
MOST_KEPT = 60
A_ROW = 3


def picture_of(content: bytes, box: QSize | None = None) -> QImage:
    """The image, upright, no larger than the box; a null one when these bytes are no image."""
    kept = QByteArray(content)
    buffer = QBuffer(kept)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if box is not None and size.isValid():
        turned = reader.transformation().value & 4  # a quarter turn
        room = box.transposed() if turned else box
        if size.width() > room.width() or size.height() > room.height():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PhotosPart(SectionPart):
    """Thumbnails come one by one, after the pane is shown; those seen before are kept."""

    def __init__(self, desk: Desk, entity: Entity) -> None:
        add = button(
            "Ajouter une photo…", "quiet", "camera", "Ou déposez une image sur la fiche, ou collez-la (Ctrl+V)."
        )
        super().__init__("Photos", add)
        self._desk, self._entity, self._record_id = desk, entity, 0
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self.photos: list[Attached] = []
        self.thumbs: list[Button] = []
        add.clicked.connect(self.choose)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._load_next)

    def show_record(self, record_id: int) -> None:
        self._record_id = record_id
        with self._desk.read() as session:
            found = attachments.of_record(session, self._entity, record_id)
        self.photos = [one for one in found if attachments.is_picture(one.name)]
        empty_layout(self.body)
        self.thumbs = [self._thumb(position, one) for position, one in enumerate(self.photos)]
        for start in range(0, len(self.thumbs), A_ROW):
            self.body.addLayout(row(*self.thumbs[start : start + A_ROW], None, gap=6))
        self._next.start()

    def _thumb(self, position: int, one: Attached) -> Button:
        made = icon_button("image", one.name)
        size = THUMB * theme.scaled(100) / 100
        made.setFixedSize(size + QSize(8, 8))
        made.setIconSize(size)
        made.clicked.connect(partial(self.enlarge, position))
        if one.id in self._kept:
            made.setIcon(QIcon(self._kept[one.id]))
        return made

    def _load_next(self) -> None:
        """One picture at a time, so that the keyboard is never waited for."""
        for made, one in zip(self.thumbs, self.photos, strict=True):
            if one.id not in self._kept:
                self._keep(one.id)
                made.setIcon(QIcon(self._kept[one.id]))
                self._next.start()
                return

    def _keep(self, document: int) -> None:
        with self._desk.read() as session:
            _, content = attachments.content(session, document)
        ratio = self.devicePixelRatioF()
        made = QPixmap.fromImage(picture_of(content, THUMB * theme.scaled(100) / 100 * ratio))
        made.setDevicePixelRatio(ratio)
        self._kept[document] = made
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def enlarge(self, position: int) -> None:
        PhotoDialog(self._desk, self.photos, position, self.window()).open()

    def choose(self) -> None:
        self.attach(self._desk.ask.files_to_open(self, "Ajouter des photos", CHOOSE))

    def attach(self, paths: Sequence[Path]) -> None:
        DocumentsCard(self._desk, self._entity, self._record_id).attach(paths)

    def paste(self) -> None:
        """A picture from the clipboard, if it holds one."""
        if self._record_id and QGuiApplication.clipboard().mimeData().hasImage():
            DocumentsCard(self._desk, self._entity, self._record_id).attach_picture(QGuiApplication.clipboard().image())


class _Canvas(QWidget):
    """One picture, as large as the place allows."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            place = self.rect()
            size = self.image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place.setSize(size)
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self.image)


class PhotoDialog(QDialog):
    """The arrows go from one to the next, Escape closes."""

    def __init__(self, desk: Desk, photos: Sequence[Attached], position: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._photos, self.position = desk, photos, position
        self.canvas = _Canvas()
        self._told = label("", "second", "ink2")
        before, after = button("Précédente", "quiet", "arrow-left"), button("Suivante", "quiet", "arrow-right")
        before.clicked.connect(lambda: self.step(-1))
        after.clicked.connect(lambda: self.step(1))
        for one in (before, after):
            one.setVisible(len(photos) > 1)
        close = button("Fermer", "primary")
        close.clicked.connect(self.accept)
        foot = row(self._told, None, before, after, close, margins=(16, 8, 16, 12))
        body = column(self.canvas, foot, gap=0)
        body.setStretch(0, 1)
        self.setLayout(body)
        theme.fit_size(self, theme.scaled(900), theme.scaled(680))
        QShortcut(QKeySequence("Space"), self, partial(self.step, 1))
        self._show()

    def step(self, by: int) -> None:
        self.position = (self.position + by) % len(self._photos)
        self._show()

    def _show(self) -> None:
        one = self._photos[self.position]
        with self._desk.read() as session:
            name, content = attachments.content(session, one.id)
        self.canvas.image = picture_of(content, QSize(2400, 2400))
        self.canvas.setAccessibleName(f"Photo\u00a0: {name}")
        self.canvas.update()
        self.setWindowTitle(name)
        place = f"{self.position + 1}\u00a0sur\u00a0{len(self._photos)}  ·  " if len(self._photos) > 1 else ""
        self._told.setText(place + ("Image illisible" if self.canvas.image.isNull() else name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)
