"""The preview of a paper: seen, zoomed, saved, printed, sent, issued."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.storage import Store
from app.ui import preview
from app.ui.preview import Paper, Preview
from tests.ui.fakes import Answers, make_desk


def two_pages() -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawString(100, 700, "Première")
    canvas.showPage()
    canvas.setPageSize((842, 595))
    canvas.drawString(100, 300, "Seconde, couchée")
    canvas.save()
    return stream.getvalue()


PAPER = Paper("Rapport", two_pages(), "rapport_2026-11-20.pdf", "Rapport d’inventaire")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made  # noqa: PT022 - it lives as long as the test


@pytest.fixture
def shown(qtbot: QtBot, store: Store, answers: Answers, window: QWidget) -> Iterator[Preview]:
    made = Preview(make_desk(qtbot, store, answers), PAPER, window)
    made.open()
    yield made
    made.reject()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files handed to another program."""
    paths: list[Path] = []

    def note(url: QUrl) -> bool:
        paths.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return paths


def test_both_pages_are_drawn(shown: Preview) -> None:
    assert len(shown.pages) == 2
    image = shown.pages.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 3)}
    assert "#ffffff" in colours
    assert len(colours) > 3


def test_a_paper_wider_than_the_window_begins_fitted(shown: Preview) -> None:
    assert 0 <= shown._area.viewport().width() - shown.pages.width() < 4


def test_zoom_goes_by_steps_and_fits_the_width(shown: Preview) -> None:
    before = shown.pages.width()
    shown._closer()
    assert shown.pages.width() > before
    shown._away()
    shown._away()
    assert shown.pages.width() < before
    for _ in range(20):
        shown._away()
    assert shown.pages.zoom == preview.STEPS[0]
    for _ in range(20):
        shown._closer()
    assert shown.pages.zoom == preview.STEPS[-1]
    shown.fit()
    assert abs(shown.pages.width() - shown._area.viewport().width()) < 4


def test_saving_writes_the_very_bytes(shown: Preview, answers: Answers, tmp_path: Path) -> None:
    answers.saves = [tmp_path / "copie.pdf", None]
    shown.save()
    shown.save()
    assert (tmp_path / "copie.pdf").read_bytes() == PAPER.pdf


def test_printing_keeps_each_page_its_way_up(shown: Preview, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "imprime.pdf"))
    shown.print_on(printer)
    pages = PdfReader(tmp_path / "imprime.pdf").pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]


def test_opening_elsewhere_gives_a_copy(shown: Preview, opened: list[Path]) -> None:
    shown.open_outside()
    assert opened[0].name == PAPER.file_name
    assert opened[0].read_bytes() == PAPER.pdf


def test_a_mail_is_prepared_with_the_paper(shown: Preview, opened: list[Path]) -> None:
    shown.prepare_mail()
    message = message_from_bytes(opened[0].read_bytes())
    assert message["X-Unsent"] == "1"
    parts = list(message.walk())
    assert parts[-1].get_filename() == PAPER.file_name
    assert parts[-1].get_payload(decode=True) == PAPER.pdf


def test_issuing_shows_the_issued_paper(qtbot: QtBot, store: Store, answers: Answers, window: QWidget) -> None:
    issued = replace(PAPER, title="Rapport émis")
    draft = Preview(make_desk(qtbot, store, answers), replace(PAPER, issue=lambda then: then(issued)), window)
    draft.open()
    draft.issue_button.click()
    others = [one for one in window.findChildren(Preview) if one is not draft]
    assert [one.windowTitle() for one in others] == ["Rapport émis"]
    assert others[0].issue_button.isHidden()
