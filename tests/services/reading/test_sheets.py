"""Workbooks: true dates, numbers as a person writes them, merged cells, formulas without result, several sheets."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.errors import Refused
from app.services.reading import rows
from app.services.reading.rows import UNCOMPUTED, Lines, Row
from app.services.reading.source import read
from tests.services.importing.bench import SAMPLES

Fill = Callable[[Any], object]


def lines(path: Path, sheet: str = "") -> Lines:
    found = read(path, sheet)
    assert isinstance(found, Lines)
    return found


def book(folder: Path, *fills: Fill, epoch: datetime | None = None) -> Path:
    """A workbook with a sheet for each function that fills one."""
    made = Workbook()
    first: Any = made.active
    made.remove(first)
    if epoch:
        made.epoch = epoch
    for number, fill in enumerate(fills, 1):
        fill(made.create_sheet(f"Feuille {number}"))
    path = folder / "parc.xlsx"
    made.save(path)
    return path


def cells(folder: Path, *values: Any, **more: Any) -> tuple[str, ...]:
    """A line of values, as it is read back under a line of headings."""

    def fill(sheet: Any) -> None:
        sheet.append([f"T{n}" for n in range(len(values))])
        sheet.append(list(values))

    return list(lines(book(folder, fill, **more)).rows)[1].cells


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 14, 5, 30), "2026-01-31 14:05:30"),  # noqa: DTZ001 - a workbook has no zones
        (time(14, 5), "14:05"),
        (timedelta(hours=265, minutes=5), "265:05"),
        (12, "12"),
        (1234.5, "1234.5"),
        (1234.567, "1234.5670"),  # three decimals would be taken for thousands
        (0.1 + 0.2, "0.3"),
        (6.37702e15, "6377020000000000"),
        (True, "Oui"),
        (False, "Non"),
        ("0012", "0012"),
        ("DÃ©pÃ´t", "Dépôt"),
        ("#N/A", ""),
    ],
)
def test_what_a_cell_becomes(tmp_path: Path, value: Any, text: str) -> None:
    assert cells(tmp_path, "x", value)[1] == text


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    assert cells(tmp_path, date(2026, 1, 31), epoch=CALENDAR_MAC_1904) == ("2026-01-31",)
    assert cells(tmp_path, date(1900, 1, 15)) == ("1900-01-15",)


def test_a_formula_without_result_is_seen(tmp_path: Path) -> None:
    """Openpyxl writes formulas without computing them, as many programs do."""
    assert cells(tmp_path, "SN-1", "=1+1") == ("SN-1", UNCOMPUTED)
    assert cells(tmp_path, "=A1", "SN-1", "=B1") == (UNCOMPUTED, "SN-1", UNCOMPUTED)


def test_lines_keep_their_number_and_empty_ones_go(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["B3"], sheet["B5"] = "Nom", "A"

    assert list(lines(book(tmp_path, fill)).rows) == [Row(3, ("Nom",)), Row(5, ("A",))]


def test_a_cell_merged_down_says_the_same_of_each_line(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for line in (["Matériel", "", "Site"], ["Nom", "Série", ""], ["A", "1", "Dijon"], ["B", "2", ""]):
            sheet.append(line)
        for place in ("A1:B1", "C1:C2", "C3:C4"):
            sheet.merge_cells(place)

    assert [row.cells for row in lines(book(tmp_path, fill)).rows] == [
        ("Matériel", "", "Site"), ("Nom", "Série", "Site"), ("A", "1", "Dijon"), ("B", "2", "Dijon"),
    ]  # fmt: skip


def test_the_first_visible_sheet_that_holds_anything(tmp_path: Path) -> None:
    def hidden(sheet: Any) -> None:
        sheet.append(["Secret"])
        sheet.sheet_state = "hidden"

    path = book(tmp_path, lambda _: None, hidden, lambda s: s.append(["Nom"]), lambda s: s.append(["Autre"]))
    found = lines(path)
    assert (found.sheets, found.sheet) == (("Feuille 1", "Feuille 2", "Feuille 3", "Feuille 4"), "Feuille 3")
    assert [row.cells for row in lines(path, "FEUILLE 4").rows] == [("Autre",)]
    with pytest.raises(Refused, match="Feuille 1, Feuille 2"):
        read(path, "Feuille 9")


def test_a_workbook_with_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="aucune ligne"):
        read(book(tmp_path, lambda _: None))


@pytest.mark.parametrize("name", ["parc.xls", "parc.ods"])
def test_older_and_free_workbooks(name: str) -> None:
    found = lines(SAMPLES / "tableaux" / name)
    assert (found.sheets, found.sheet) == (("Parc 2026", "Notes"), "Parc 2026")
    assert [row.cells[:6] for row in found.rows][1:] == [
        ("N° inventaire", "Marque", "Modèle", "N° de série", "Achat", "Prix HT"),
        ("INV-001", "Dell", "Latitude 5440", "7XKQ2M3", "2023-01-31", "1234.5"),
        ("INV-002", "HP", "Écran E24", "00123", "2024-02-29", "179"),
    ]


def test_out_of_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.services.reading import sheets  # noqa: PLC0415

    path = book(tmp_path, lambda s: [s.append(["Nom", "Ville", "Site"]) for _ in range(4)])
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(Refused, match="découpez"):
        list(lines(path).rows)
    monkeypatch.setattr(sheets, "MAX_ROWS", rows.MAX_ROWS)
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 2)
    with pytest.raises(Refused, match="colonnes"):
        list(lines(path).rows)


def test_numbers_that_are_none() -> None:
    from app.services.reading.sheets import _number  # noqa: PLC0415

    assert [_number(value) for value in (float("nan"), float("inf"))] == ["", ""]


@pytest.mark.parametrize(
    "content",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_what_only_looks_like_a_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(Refused, match="classeur lisible"):
        read(path)
