import csv
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.errors import AppError
from app.fields.cells import guarded, is_formula_like, unguarded
from app.jobs import Progress, drain
from app.reports import table_csv, workbook
from app.reports.workbook import About, Column
from app.reports.workbook_cells import clean
from tests.reports.samples import NASTY

ABOUT = About("Biens", "Atelier Morvane SAS", date(2026, 11, 21), ("Famille : PC fixes",))
COLUMNS = (
    Column("Désignation", "text", 30),
    Column("Mise en service", "day"),
    Column("Relevé le", "moment"),
    Column("Valeur HT", "money", total=True),
    Column("Mémoire", "number"),
    Column("Durée", "duration", total=True),
    Column("Chiffré", "flag"),
)
ROW = ("Poste", date(2024, 2, 29), datetime(2026, 7, 1, 8, 30, tzinfo=UTC), 123450, 8192, 1505, True)
ATTACKS = ("=1+1", "+33 6", "-5", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "|cmd", "%x", "'=1", "''", "'ok")


def book_of(rows: Sequence[Sequence[Any]], columns: Sequence[Column] = COLUMNS) -> Any:
    stream = BytesIO()
    drain(workbook.write_list(stream, ABOUT, columns, rows, len(rows)))
    return load_workbook(BytesIO(stream.getvalue()))


def texts(given_texts: Sequence[str]) -> list[Any]:
    sheet = book_of([[text] for text in given_texts], COLUMNS[:1]).worksheets[0]
    return [sheet.cell(i, 1) for i in range(2, len(given_texts) + 2)]


def test_values_keep_their_kind() -> None:
    sheet = book_of([ROW]).worksheets[0]
    cells = [sheet.cell(2, i) for i in range(1, 8)]
    assert [cell.value for cell in cells] == [
        "Poste",
        datetime(2024, 2, 29),  # noqa: DTZ001 - a workbook knows no zone
        datetime(2026, 7, 1, 10, 30),  # noqa: DTZ001
        1234.5,
        8192,
        timedelta(minutes=1505),
        "Oui",
    ]
    assert [cell.number_format for cell in cells[1:4]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", '#,##0.00 "€"']


def test_the_head_is_frozen_and_filtered_and_the_totals_are_formulas() -> None:
    book = book_of([ROW, ROW])
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G3"
    assert [sheet.cell(5, i).value for i in (1, 4, 5, 6)] == [
        "Total",
        "=SUBTOTAL(109,D2:D3)",
        None,
        "=SUBTOTAL(109,F2:F3)",
    ]
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [30, 16]


def test_the_read_me_says_whose_list_it_is() -> None:
    book = book_of([ROW])
    told = {row[0].value: row[1].value for row in book["Lisez-moi"].iter_rows()}
    assert told["Entreprise"] == "Atelier Morvane SAS"
    assert told["Données au"] == "21/11/2026"
    assert told["Lignes"] == "1"
    assert told["Filtre"] == "Famille : PC fixes"
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Parcomètre", "Parcomètre")


def test_an_empty_list_is_still_a_list() -> None:
    sheet = book_of([]).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS]
    assert sheet.max_row == 1


def test_missing_values_are_empty_cells() -> None:
    assert [cell.value for cell in book_of([(None,) * 7]).worksheets[0][2]] == [None] * 7


@pytest.mark.parametrize("text", ATTACKS)
def test_a_text_is_never_a_formula(text: str) -> None:
    (cell,) = texts([text])
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == is_formula_like(clean(text))


@given(st.lists(st.text(max_size=200) | st.sampled_from(NASTY + ATTACKS), min_size=1, max_size=10))
def test_any_text_is_read_back_as_it_was(many: list[str]) -> None:
    for text, cell in zip(many, texts(many), strict=True):
        assert (cell.value or "") == clean(text)
        assert cell.data_type in {"s", "n", "inlineStr"}


def test_a_text_too_long_for_a_cell_is_cut_with_a_notice() -> None:
    (cell,) = texts(["é" * 40_000])
    assert cell.value.endswith("[texte coupé]")
    assert len(cell.value) == 32_767
    assert len(clean("😀" * 20_000).encode("utf-16-le")) // 2 <= 32_767


def test_progress_is_told_as_rows_are_written() -> None:
    told: list[Progress] = []
    assert drain(workbook.write_list(BytesIO(), ABOUT, COLUMNS, [ROW] * 1200, 1200), told.append) == 1200
    assert [step.done for step in told] == [500, 1000, 1200]


def test_the_file_appears_whole_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    target = tmp_path / "biens.xlsx"
    job = workbook.write_list(target, ABOUT, COLUMNS, [ROW] * 600)
    next(job)
    job.close()
    assert [path.name for path in tmp_path.rglob("*")] == ["temporary"]
    drain(workbook.write_list(target, ABOUT, COLUMNS, [ROW]))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["biens.xlsx", "temporary"]


def test_a_csv_opens_in_a_french_excel(tmp_path: Path) -> None:
    path = tmp_path / "biens.csv"
    assert drain(table_csv.write_list(path, COLUMNS, [ROW, (None,) * 7])) == 2
    assert path.read_bytes().decode("utf-8-sig").splitlines() == [
        "Désignation;Mise en service;Relevé le;Valeur HT;Mémoire;Durée;Chiffré",
        "Poste;29/02/2024;01/07/2026 10:30;1234,50;8192;25:05;Oui",
        ";;;;;;",
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ATTACKS)
def test_a_csv_cell_never_begins_like_a_formula(text: str) -> None:
    assert not is_formula_like(guarded(text))


@given(st.text() | st.sampled_from(ATTACKS))
def test_the_guard_is_taken_away_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_any_text_comes_back_from_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    wanted = [text for text in (*NASTY, *ATTACKS) if len(text) < 3000]
    drain(table_csv.write_list(path, (Column("Texte", "text"), Column("Rang", "number")), [(t, 1) for t in wanted]))
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [unguarded(row[0]) for row in list(csv.reader(file, delimiter=";"))[1:]]
    assert read == [clean(text) for text in wanted]


def test_a_long_csv_tells_its_progress(tmp_path: Path) -> None:
    told: list[Progress] = []
    drain(table_csv.write_list(tmp_path / "x.csv", COLUMNS, [ROW] * 600, 600), told.append)
    assert [step.done for step in told] == [500]


def test_a_file_that_cannot_be_replaced_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)  # what Windows answers for a file open in Excel
    with pytest.raises(AppError, match="ouvert dans un autre programme"):
        drain(workbook.write_list(tmp_path / "x.xlsx", ABOUT, COLUMNS, [ROW]))
    assert list(tmp_path.iterdir()) == []
