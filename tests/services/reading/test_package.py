"""What stands in a workbook's zip: sizes counted and not believed, sheets that reach too far."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import Refused
from app.services.reading import package
from app.services.reading.package import Package
from tests.services.importing.hostile import FIRST_CELL, HOSTILE, sheet, workbook


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        Package("parc.xlsx", content).check()
    return str(refusal.value)


@pytest.mark.parametrize("name", ["bomb", "lying", "many cells", "far cell", "members", "repeated"])
def test_what_is_out_of_measure_is_refused(name: str) -> None:
    assert "démesuré" in refused(HOSTILE[name]())


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b"PK\3\4", b"PK\3\5"),
        lambda raw: raw[:60] + bytes(20) + raw[80:],
        lambda _: b"PK\3\4",
    ],
)
def test_a_damaged_archive_is_refused(harm: Callable[[bytes], bytes]) -> None:
    assert "abîmée" in refused(harm(workbook(sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 50))))


def test_a_way_of_packing_that_is_not_read() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<a/>" * 100)
    assert "sorte" in refused(made.getvalue())


def test_a_stray_empty_cell_far_away_is_let_through() -> None:
    """Spreadsheets leave formatted cells at the end of the world."""
    stray = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    Package("a", workbook(sheet(FIRST_CELL + stray))).check()


def test_a_sheet_may_be_named_from_the_root() -> None:
    raw = workbook(sheet(b'<row r="2"><c r="B2"><f>A1</f><v></v></c></row>'), target="/xl/worksheets/sheet1.xml")
    assert Package("a", raw).uncomputed("A") == {(1, 1)}
    assert Package("a", raw).uncomputed("Autre") == set()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (b'<c r="A1"><f>B1</f></c>', True),
        (b'<c r="A1" t="str"><f t="shared" si="0"/><v/></c>', True),
        (b'<x:c r="A1"><x:f>B1</x:f><x:v></x:v></x:c>', True),
        (b'<c r="A1"><f>B1</f><v>0</v></c>', False),
        (b'<c r="A1"><v>1</v></c>', False),
        (b"<c><f>B1</f></c>", False),
    ],
)
def test_formulas_without_result(cell: bytes, found: bool) -> None:
    raw = workbook(sheet(b'<row r="1">' + cell + b"</row>"))
    assert Package("a", raw).uncomputed("A") == ({(0, 0)} if found else set())


def test_a_package_that_is_no_workbook_has_no_sheets() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", "<f/>")
    assert Package("a", made.getvalue()).uncomputed("A") == set()


def test_columns_are_counted_as_spreadsheets_do() -> None:
    assert [package._column(letters) for letters in (b"A", b"Z", b"AB", b"XFD")] == [0, 25, 27, 16383]


def test_an_honest_workbook_passes(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook(sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>')))
    Package("a", (tmp_path / "a.xlsx").read_bytes()).check()
