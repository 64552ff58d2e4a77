import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields.text import clean_line, clean_text, fold, joined, lowered


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  b ", "a  b"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("un\x0bdeux\x0ctrois\x85quatre", "un\ndeux\ntrois\nquatre"),
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x07c\ud800d", "abcd"),
        ("SN\u202e321\u202c", "SN321"),
        ("\ufeffSN\u200b42\u200e", "SN42"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_clean_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" PC \u00a0\t 12 ", "PC 12"), ("un\ndeux", "un deux"), ("un \r\n deux", "un deux"), ("\n", "")],
)
def test_clean_line(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [("École", "ecole"), ("Cœur", "COEUR"), ("Straße", "strasse"), ("attente d’accès", "Attente d'acces")],
)
def test_fold_makes_one_of_what_people_write_in_two_ways(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(st.characters()))
def test_cleaned_text_is_clean(typed: str) -> None:
    kept = clean_text(typed)
    assert clean_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode("utf-8")
    assert not {c for c in kept if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}


@given(st.text(st.characters()))
def test_a_cleaned_line_is_one_line(typed: str) -> None:
    kept = clean_line(typed)
    assert clean_line(kept) == kept
    assert len(kept.splitlines()) <= 1


@pytest.mark.parametrize(
    ("title", "inside"),
    [("Borne Wi-Fi", "borne Wi-Fi"), ("Écran", "écran"), ("À dire", "à dire"), ("NAS", "NAS"), ("", "")],
)
def test_a_title_stands_inside_a_sentence(title: str, inside: str) -> None:
    assert lowered(title) == inside


def test_joined_leaves_out_what_is_not_there() -> None:
    assert joined("Dell", None, "", "5540") == "Dell 5540"
    assert joined("Morlaix", "Bureau 4", by=", ") == "Morlaix, Bureau 4"
    assert not joined(None, "")
