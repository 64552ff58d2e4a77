"""A paper on the screen, page under page: zoom, print, save, open, prepare an e-mail."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QWidget

from app.fields import counted
from app.services import mail
from app.storage.files import write_safely
from app.ui import ask, theme
from app.ui.desk import Desk
from app.ui.outside import open_copy
from app.ui.parts.basics import column, frame, label, row
from app.ui.parts.buttons import Button, button, icon_button

POINTS_PER_INCH = 72
PRINT_DPI = 300
STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
GAP = 16
_PORTRAIT, _LANDSCAPE = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape


@dataclass(frozen=True, slots=True)
class Paper:
    """`file_name` as the paper is filed; `subject` heads the e-mail; `issue` makes the issued paper of a draft, in its
    own time, and hands it over; `word` and `book` write the same as a Word file or an Excel workbook there, for the
    papers that have one."""

    title: str
    pdf: bytes
    file_name: str
    subject: str
    issue: Callable[[Callable[["Paper"], None]], None] | None = None
    word: Callable[[Path], None] | None = None
    book: Callable[[Path], None] | None = None


class _Pages(QWidget):
    """The pages, drawn when they come into view and kept at the present zoom."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._document = pypdfium2.PdfDocument(pdf)
        self._sizes = [self._document.get_page_size(i) for i in range(len(self._document))]
        self._images: dict[int, QImage] = {}
        self.zoom = 1.0
        self.set_zoom(1.0)
        self.setAccessibleName(f"Aperçu du papier, {len(self._sizes)} pages")

    def __len__(self) -> int:
        return len(self._sizes)

    def release(self) -> None:
        self._document.close()

    def set_zoom(self, zoom: float) -> None:
        self.zoom = zoom
        self._images.clear()
        boxes = self.boxes()
        self.setFixedSize(max(b.width() for b in boxes) + 2 * GAP, boxes[-1].bottom() + GAP)
        self.update()

    def widest(self) -> float:
        """Points."""
        return float(max(width for width, _ in self._sizes))

    def boxes(self) -> list[QRect]:
        """Where each page stands, at the present zoom: one point is one pixel at 100 % of 96 dpi."""
        scale = self.zoom * 96 / POINTS_PER_INCH
        sizes = [QSize(round(w * scale), round(h * scale)) for w, h in self._sizes]
        wide = max(size.width() for size in sizes)
        found, top = [], GAP
        for size in sizes:
            found.append(QRect(QPoint(GAP + (wide - size.width()) // 2, top), size))
            top += size.height() + GAP
        return found

    def image(self, number: int, scale: float) -> QImage:
        """A page as a picture; `scale` is pixels per point."""
        bitmap = self._document[number].render(scale=scale, rev_byteorder=True)
        data = bytes(bitmap.buffer)
        kind = QImage.Format.Format_RGBX8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888  # noqa: PLR2004
        return QImage(data, bitmap.width, bitmap.height, bitmap.stride, kind).copy()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for number, box in enumerate(self.boxes()):
                if box.intersects(event.rect()):
                    painter.fillRect(box.adjusted(-1, -1, 1, 1), theme.color("edge"))
                    painter.drawImage(box, self._shown(number, box))

    def _shown(self, number: int, box: QRect) -> QImage:
        if number not in self._images:
            ratio = self.devicePixelRatioF()
            self._images[number] = self.image(number, box.width() * ratio / self._sizes[number][0])
        return self._images[number]


class Preview(QDialog):
    """`open()` it; it stays until it is closed."""

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.paper = desk, paper
        self.setWindowTitle(paper.title)
        self.resize(1000, 760)
        self.pages = _Pages(paper.pdf)
        self._area = QScrollArea()
        self._area.setWidget(self.pages)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setProperty("kind", "ground")
        self._percent = label("100\u00a0%", "body", "ink2")
        self.issue_button = self._issue_button()
        self.setLayout(column(frame("bar", self._bar()), self._area, gap=0))
        for keys, act in (
            (QKeySequence.StandardKey.ZoomIn, self._closer),
            (QKeySequence.StandardKey.ZoomOut, self._away),
            (QKeySequence.StandardKey.Print, self.print),
            (QKeySequence.StandardKey.Save, self.save),
        ):
            QShortcut(keys, self, act)
        self.finished.connect(lambda _: self.pages.release())
        desk.jobs.idle.connect(self._give_back)
        self.finished.connect(self.deleteLater)

    def _bar(self) -> QHBoxLayout:
        zoom_out, zoom_in = icon_button("zoom-out", "Réduire"), icon_button("zoom-in", "Agrandir")
        zoom_out.clicked.connect(self._away)
        zoom_in.clicked.connect(self._closer)
        fit = button("Largeur", "quiet")
        fit.clicked.connect(self.fit)
        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Imprimer", "printer", self.print),
            ("Enregistrer", "save", self.save),
            *([("Word…", "file-text", self.save_word)] if self.paper.word else []),
            *([("Excel…", "file-spreadsheet", self.save_book)] if self.paper.book else []),
            ("Ouvrir", "external-link", self.open_outside),
            ("Préparer un courriel", "mail", self.prepare_mail),
        )
        made = []
        for text, icon, act in acts:
            one = button(text, "plain", icon)
            one.clicked.connect(act)
            made.append(one)
        count = len(self.pages)
        pages = label(counted(count, "page"), "body", "ink2")
        return row(
            zoom_out, self._percent, zoom_in, fit, 12, pages, None, *made, self.issue_button, margins=(16, 8, 16, 8)
        )

    def _issue_button(self) -> Button:
        made = button("Émettre", "primary", "file-check", "Fige le papier, lui donne sa version et en garde la copie.")
        made.setVisible(self.paper.issue is not None)
        made.clicked.connect(self._issue)
        return made

    def _issue(self) -> None:
        """Once, however often it is clicked; a refusal gives the button back."""
        if self.paper.issue is not None:
            self.issue_button.setEnabled(False)
            self.paper.issue(self._show_issued)

    def _give_back(self) -> None:
        self.issue_button.setEnabled(True)

    def _show_issued(self, issued: Paper) -> None:
        """The issued paper in the place of its draft."""
        self.accept()
        Preview(self._desk, issued, self.parentWidget() or self).open()

    def _set_zoom(self, zoom: float) -> None:
        self.pages.set_zoom(zoom)
        self._percent.setText(f"{round(zoom * 100)}\u00a0%")

    def _closer(self) -> None:
        self._set_zoom(next((z for z in STEPS if z > self.pages.zoom + 0.01), STEPS[-1]))

    def _away(self) -> None:
        self._set_zoom(next((z for z in reversed(STEPS) if z < self.pages.zoom - 0.01), STEPS[0]))

    def showEvent(self, event: QShowEvent) -> None:
        """No page begins cut: a landscape one is fitted to the window."""
        super().showEvent(event)
        self._area.setFocus()  # the arrows and the page keys turn the pages
        if self.pages.width() > self._area.viewport().width():
            self.fit()

    def fit(self) -> None:
        """The widest page as wide as the window."""
        room = self._area.viewport().width() - 2 * GAP
        self._set_zoom(max(STEPS[0], room * POINTS_PER_INCH / 96 / self.pages.widest()))

    def print(self) -> None:
        printer = a4_printer()
        printer.setDocName(self.paper.file_name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.pages))
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # the stub of QPrintDialog.open wants a slot by its name

    def print_on(self, printer: QPrinter) -> None:
        """Each page at 300 dpi, turned as the page is, fitted to the paper."""
        first = (printer.fromPage() or 1) - 1
        last = printer.toPage() or len(self.pages)
        painter = QPainter()
        for number in range(first, last):
            image = self.pages.image(number, PRINT_DPI / POINTS_PER_INCH)
            wide = image.width() > image.height()
            printer.setPageOrientation(_LANDSCAPE if wide else _PORTRAIT)
            painter.begin(printer) if number == first else printer.newPage()
            sheet = painter.viewport()
            size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(sheet.topLeft(), size), image)
        painter.end()

    def save(self) -> None:
        chosen = self._desk.ask.file_to_save(self, "Enregistrer le papier", self.paper.file_name, ask.PDF)
        if chosen:
            write_safely(chosen, self.paper.pdf)

    def save_word(self) -> None:
        """The same text in a file that both sides can correct."""
        name = str(Path(self.paper.file_name).with_suffix(".docx"))
        chosen = self._desk.ask.file_to_save(self, "Enregistrer en Word", name, ask.WORD)
        if chosen and self.paper.word is not None:
            self.paper.word(chosen)

    def save_book(self) -> None:
        """The same figures in a workbook."""
        name = str(Path(self.paper.file_name).with_suffix(".xlsx"))
        chosen = self._desk.ask.file_to_save(self, "Enregistrer en Excel", name, ask.EXCEL)
        if chosen and self.paper.book is not None:
            self.paper.book(chosen)

    def open_outside(self) -> None:
        open_copy(self.paper.file_name, self.paper.pdf)

    def prepare_mail(self) -> None:
        body = f"Bonjour,\n\nVous trouverez ci-joint\u00a0: {self.paper.subject}.\n\nCordialement,\n"
        content = mail.draft(self.paper.subject, body, papers=[(self.paper.file_name, self.paper.pdf)])
        open_copy("courriel.eml", content, read_only=False)


def a4_printer() -> QPrinter:
    """The whole sheet is drawn on, the printer's own margins included: on A4 a paper comes out at its true size."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer
