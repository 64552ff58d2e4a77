import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.services.importing.tables import Table, tabled
from app.services.reading.decoding import decode, mended
from app.services.reading.delimited import MAX_HEADER, MAX_LINES, read_lines
from app.services.reading.rows import MAX_COLUMNS, MAX_ROWS


def read_table(text: str) -> Table:
    """The lines of a text, under their headings."""
    lines = read_lines(text)
    rows = list(lines.rows)
    return tabled(rows, "liste.csv", {"bad": lines.bad, "notes": (), "sheets": (), "sheet": ""})


TEXT = "Désignation;N° de série;Prix\r\nÉcran 24″;SN-1;1 234,50 €\r\nœil;SN-2;3\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_writing_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


def test_old_sets_are_known_by_the_ends_of_lines() -> None:
    french = "Désignation;Prix\r\nClavier à œillet;12 €\r\n"
    assert decode(french.encode("cp1252"))[0] == french
    assert decode(french.replace("\n", "").encode("mac_roman"))[0] == french.replace("\n", "")


def test_what_cannot_be_read_is_told() -> None:
    text, notes = decode(b"Nom;Prix\r\nChaise\x81;\xe9\r\n")
    assert "\ufffd" in text
    assert "1\u00a0caractères illisibles" in notes[0]


def test_nuls_are_taken_out() -> None:
    assert decode(b"Nom;Pr\0ix\r\n")[0] == "Nom;Prix\r\n"


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Saint-Ã‰tienne", "Saint-Étienne"), ("DÃ©pÃ´t", "Dépôt"), ("Ã‰T Ó", "Ã‰T Ó"), ("São Paulo", "São Paulo")],
)
def test_a_double_encoding_is_undone_only_when_exact(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_that_of_the_header(separator: str) -> None:
    text = separator.join(["Nom", "Adresse", "Ville"]) + "\n" + separator.join(["Siège", "1, rue; du | Port", "Dijon"])
    quoted = text.replace("1, rue; du | Port", '"1, rue; du | Port"')
    assert read_table(quoted).rows[0].cells == ("Siège", "1, rue; du | Port", "Dijon")


def test_a_separator_inside_a_quoted_header_does_not_count() -> None:
    assert read_table('"Nom, prénom, titre, grade";Ville\nA;B\n').headers == ("Nom, prénom, titre, grade", "Ville")


def test_a_declared_separator_is_obeyed() -> None:
    table = read_table("sep=|\r\nNom;x|Ville\r\nA|B\r\n")
    assert (table.headers, table.rows[0].line) == (("Nom;x", "Ville"), 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(end: str) -> None:
    text = end.join(["Nom;Notes", 'A;"deux', 'lignes"', "", "B;x"])
    assert [(row.line, row.cells[0]) for row in read_table(text).rows] == [(2, "A"), (5, "B")]


def test_short_rows_are_completed_and_shifted_ones_refused() -> None:
    table = read_table("Nom,Prix,Ville\nA\nB,12,50,Dijon\nC,1,Dijon,,\n")
    assert [row.cells for row in table.rows] == [("A", "", ""), ("C", "1", "Dijon")]
    assert table.bad[0][0] == 3
    assert "4\u00a0cellules pour 3\u00a0colonnes" in table.bad[0][1]


def test_a_quote_never_closed_loses_its_own_line_only() -> None:
    table = read_table('Nom;Prix\nA;1\n"B;2\nC;3\nD;"Écran 24" LED"\n')
    assert [row.cells[0] for row in table.rows] == ["A", "C", "D"]
    assert table.bad == ((3, "Un guillemet ouvert sur cette ligne n’est pas refermé."),)


def test_many_quotes_never_closed_end_the_reading() -> None:
    table = read_table("Nom;Prix\n" + "\n".join('"A;1""' for _ in range(60)))
    assert len(table.bad) <= 21


@pytest.mark.parametrize("cell", ["'=1+2", "'-5", "'@x", "'  +33 1", "'\t=x"])
def test_our_own_protection_is_taken_off(cell: str) -> None:
    assert read_table(f'Nom;Notes\nA;"{cell}"\n').rows[0].cells[1] == cell[1:]


def test_other_quotes_stay() -> None:
    assert read_table("Nom;Notes\n'Ali;l'été\n").rows[0].cells == ("'Ali", "l'été")


def test_a_huge_field_is_read() -> None:
    assert len(read_table(f"Nom;Notes\nA;{'x' * 300_000}\n").rows[0].cells[1]) == 300_000


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", ";;\n", "a;" * MAX_COLUMNS + "b\n", "a" * MAX_HEADER + "a;b\n", "a;b" + "\n" * (2 * MAX_LINES + 1)],
    ids=["nothing", "blank", "no head", "columns", "header", "lines"],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_table(text)


def test_a_list_beyond_measure_is_refused() -> None:
    with pytest.raises(Refused, match="découpez"):
        read_table("Nom;Ville\n" + "a;b\n" * (MAX_ROWS + 9))


_CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).filter(lambda t: not t.startswith("'"))


@given(
    st.lists(st.tuples(_CELLS, _CELLS), max_size=8),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read(lines: list[tuple[str, str]], separator: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("Nom", "Ville"), *lines])
    # The quoted header hides its separator: a plain one is put first, as every program does.
    text = out.getvalue().replace(f'"Nom"{separator}"Ville"', f"Nom{separator}Ville", 1)
    kept = [cells for cells in lines if any(cell.strip() for cell in cells)]
    table = read_table(decode(text.encode(encoding))[0])
    assert [row.cells for row in table.rows] == [tuple(mended(c) for c in cells) for cells in kept]


def test_reading_a_short_list_leaves_long_fields_to_others() -> None:
    """The limit is one for the whole process."""
    before = csv.field_size_limit()
    read_table("Nom\nDupont\n")
    assert csv.field_size_limit() >= before
