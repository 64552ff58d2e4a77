"""Which line of a table holds its headings, and what is none of its records."""

from typing import Any

import pytest

from app.errors import Refused
from app.services.importing.entries import listed
from app.services.importing.tables import Table, tabled
from app.services.reading.rows import UNCOMPUTED, Row


def read(*lines: tuple[str, ...], sheet: str = "") -> Table:
    rows = [Row(number, cells) for number, cells in enumerate(lines, 1)]
    return tabled(rows, "parc.csv", {"bad": [], "notes": [], "sheets": [], "sheet": sheet})


@pytest.mark.parametrize(
    ("lines", "headers"),
    [
        ([("Nom", "N° de série"), ("A", "1")], ("Nom", "N° de série")),
        ([("Parc au 5 janvier", ""), ("Nom", "N° de série"), ("A", "1")], ("Nom", "N° de série")),
        ([("Site", "Dijon", ""), ("Nom", "Marque", "Modèle"), ("A", "B", "C")], ("Nom", "Marque", "Modèle")),
        ([("Matériel", "", "Achat"), ("Nom", "Marque", "Date d'achat")], ("Nom", "Marque", "Date d'achat")),
        ([("Numéro de série",), ("SN-1",)], ("Numéro de série",)),
        ([("Titre", "", ""), ("alpha", "bêta", "gamma"), ("1", "2", "3")], ("alpha", "bêta", "gamma")),
        ([("alpha", "bêta"), ("1", "2")], ("alpha", "bêta")),
        ([("x" * 5000, "Nom", "Marque"), ("a", "b", "c")], ("x" * 5000, "Nom", "Marque")),
    ],
)
def test_the_line_of_the_headings(lines: list[tuple[str, ...]], headers: tuple[str, ...]) -> None:
    assert read(*lines).headers == headers


@pytest.mark.parametrize(
    ("last", "left"),
    [
        (("Total", "", "1 234,50 €"), True),
        (("", "Sous-total :", UNCOMPUTED), True),
        (("TOTAUX", "12", ""), True),
        (("Total Energies", "Station", ""), False),
        (("Totalement", "1", ""), False),
        (("A", "Total", "1"), False),
    ],
)
def test_the_line_of_sums_is_no_record(last: tuple[str, ...], left: bool) -> None:
    table = read(("Nom", "Marque", "Prix"), ("A", "B", "1"), last)
    assert (len(table.rows), bool(table.notes)) == ((1, True) if left else (2, False))


def test_empty_columns_at_the_right_of_a_sheet_are_left() -> None:
    table = read(("Nom", "Marque", "", ""), ("A", "B"), ("C", "", "libre", ""), sheet="Parc")
    assert table.headers == ("Nom", "Marque", "")
    assert [row.cells for row in table.rows] == [("A", "B", ""), ("C", "", "libre")]
    assert read(("Nom", "Marque"), ("A", "B", "", "note"), sheet="Parc").headers == ("Nom", "Marque", "", "")


def test_a_shifted_line_of_a_text_is_refused() -> None:
    table = read(("Nom", "Prix"), ("A", "1", "50"), ("B",))
    assert [row.cells for row in table.rows] == [("B", "")]
    assert table.bad[0][0] == 2


def test_a_table_without_lines_is_refused() -> None:
    with pytest.raises(Refused, match="aucune ligne"):
        read()


def test_what_the_reader_noted_comes_first() -> None:
    end: dict[str, Any] = {"bad": [[7, "x"]], "notes": ["lu"], "sheets": ["A"], "sheet": "A"}
    table = tabled([Row(1, ("Titre", "")), Row(2, ("Nom", "Marque"))], "a", end)
    assert (table.bad, table.notes, table.sheets, table.sheet) == (
        ((7, "x"),), ("lu", "Titres lus à la ligne 2."), ("A",), "A",
    )  # fmt: skip


def test_a_list_of_words_says_how_many_it_leaves_out() -> None:
    assert listed("abcdef") == "a, b, c, d, e, f"
    assert listed("abcdefg").endswith("f et 1\u00a0autre")
    assert listed("abcdefgh").endswith("f et 2\u00a0autres")
