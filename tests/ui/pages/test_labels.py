"""Stories of labels: the sheet, its first free label, the preview, the printer."""

from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.reports.labels_data import FORMS
from app.services import records, setup
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages.assets import AssetsPage
from app.ui.pages.labels import LabelsDialog
from app.ui.parts.basics import row
from app.ui.preview import Preview, a4_printer
from app.ui.state import UiState
from tests.reports.reading import flat, pages_of
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

ASSET = ENTITIES["asset"]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    with store.begin() as session:
        setup.ensure(session)
        for number in range(1, 31):
            values = {"family_id": 1, "brand": "Dell", "model": "OptiPlex", "serial": f"S{number}"}
            records.create(session, ASSET, values)
    return make_desk(qtbot, store, Answers())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, tmp_path: Path) -> AssetsPage:
    made = AssetsPage(desk, UiState(tmp_path / "poste.json"))
    bar = QWidget(made)
    bar.setLayout(row(*made.section_actions()))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(qtbot, lambda: made.panel.model.rowCount() == 30)
    return made


def ask(page: AssetsPage) -> LabelsDialog:
    press(page, "Plus")
    pick(page, "Étiquettes…")
    return opened(page, LabelsDialog)


def preview(qtbot: QtBot, page: AssetsPage, dialog: LabelsDialog) -> Preview:
    press(dialog, "Voir les étiquettes")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(Preview)), timeout=20_000)
    return opened(page, Preview)


def test_the_labels_of_the_list_open_in_the_preview(qtbot: QtBot, page: AssetsPage) -> None:
    dialog = ask(page)
    assert "30\u00a0étiquettes, sur 2\u00a0planches" in shown(dialog)
    assert "Imprimez à 100\u00a0%" in shown(dialog)
    found = preview(qtbot, page, dialog)
    first, second = (flat(text) for text in pages_of(found.paper.pdf))
    assert ("PC-0024" in first, "PC-0025" in second) == (True, True)
    assert found.paper.file_name.startswith("etiquettes_")


def test_the_chosen_rows_only_from_a_sheet_already_begun(qtbot: QtBot, page: AssetsPage) -> None:
    page.panel.table.selectRow(1)
    QTest.keyClick(page.panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog = ask(page)
    assert dialog.which.value() == "chosen"
    press(dialog, "65, de 38 × 21 mm")
    QTest.mouseClick(dialog.picker, LEFT, pos=dialog.picker.box(7).center())
    assert dialog.picker.accessibleName() == "Première étiquette libre\u00a0: rangée 2, colonne 3"
    assert "2\u00a0étiquettes, sur 1\u00a0planche" in shown(dialog)
    assert dialog.options().first == 8
    found = preview(qtbot, page, dialog)
    text = flat(pages_of(found.paper.pdf)[0])
    assert ("PC-0002" in text, "PC-0003" in text, "PC-0001" in text) == (True, True, False)


def test_the_first_label_is_told_by_the_arrows(page: AssetsPage) -> None:
    picker = ask(page).picker
    for key, first in (
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 4), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 23), (Qt.Key.Key_Down, 23), (Qt.Key.Key_Home, 0),
    ):  # fmt: skip
        QTest.keyClick(picker, key)
        assert picker.first == first
    QTest.mouseMove(picker, picker.box(5).center())
    QTest.mouseClick(picker, LEFT, pos=picker.rect().bottomRight())
    assert picker.first == 0
    picker.setFocus()
    assert picker.grab().width() == picker.width()


def test_another_sheet_begins_at_its_first_label_again(page: AssetsPage) -> None:
    dialog = ask(page)
    dialog.picker.take(10)
    press(dialog, "65, de 38 × 21 mm")
    assert dialog.picker.first == 0
    assert dialog.picker.form == FORMS["65"]


def test_the_shifts_are_kept_for_the_next_time(qtbot: QtBot, page: AssetsPage) -> None:
    dialog = ask(page)
    dialog.shifts["label_right"].put_text("-1,5")
    press(dialog, "65, de 38 × 21 mm")
    preview(qtbot, page, dialog).close()
    again = ask(page)
    assert (again.shifts["label_right"].text(), again.shifts["label_down"].text()) == ("−1,5", "0")
    assert again.forms.value() == "65"
    assert again.options().right == -1.5


def test_a_shift_too_large_is_told_under_its_field(page: AssetsPage) -> None:
    dialog = ask(page)
    dialog.shifts["label_right"].put_text("trois")
    dialog.shifts["label_down"].put_text("30")
    press(dialog, "Voir les étiquettes")
    assert dialog.isVisible()
    assert "Entre −10 et 10\u00a0mm." in shown(dialog)


def test_a_sheet_is_printed_at_its_true_size(qtbot: QtBot, page: AssetsPage, tmp_path: Path) -> None:
    found = preview(qtbot, page, ask(page))
    printer = a4_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "imprime.pdf"))
    found.print_on(printer)
    with closing(pypdfium2.PdfDocument(tmp_path / "imprime.pdf")) as document:
        image = document[0].render(scale=150 / 72).to_pil().convert("L")
    corners = {one.text: one.position.top_left for one in zxingcpp.read_barcodes(image)}
    assert len(corners) == 24
    x, y = FORMS["24"].place(23)
    there = corners["PCM:B:PC-0024"]
    assert (there.x * 25.4 / 150, there.y * 25.4 / 150) == pytest.approx((x + 4.6, y + 5.95), abs=0.6)
