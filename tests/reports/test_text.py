import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports import theme
from app.reports.fonts import load, measure
from app.reports.identity import CompanyCard, Stamp
from app.reports.paper import Paper
from app.reports.text import LONGEST, fitted, one_line, printable, wrap, wrap_spans
from tests.reports.reading import fonts_of, pages_of
from tests.reports.samples import NASTY

WIDE = 100.0
any_text = st.text(max_size=300) | st.sampled_from(NASTY)


def page_showing(text: str) -> bytes:
    paper = Paper(CompanyCard("Société"), Stamp("Essai", "E-1"))
    paper.page().text(20, 50, text, theme.BODY)
    return paper.finish()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1\u202f234\u2009€", "1\u00a0234\u00a0€"),
        ("a\tb", "a b"),
        ("nul\x00\x07\x85", "nul"),
        ("\ud800x\udfff", "x"),
        ("\u202edroite\u202c", "droite"),
        ("e\u0301", "é"),
        ("1\r\n2\r3\u20284", "1\n2\n3\n4"),
        ("co\u00adupe", "coupe"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_only_what_has_a_shape_is_printed(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_a_text_without_end_is_cut_with_a_notice() -> None:
    shown = printable("x" * (LONGEST + 50_000))
    assert shown.endswith("[texte coupé]")
    assert shown.count("x") == LONGEST + 1  # and the x of « texte »


@given(any_text)
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str) -> None:
    lines = wrap(text, theme.CELL, WIDE)
    assert all(measure(line, theme.CELL.face, theme.CELL.size) <= WIDE + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == printable(text).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("text", ["mot 5 %", "mot 70 €", "mot n° 3", "mot ici ?", "mot « a »", "mot 12 500"])
def test_what_holds_together_is_not_parted_by_the_end_of_a_line(text: str) -> None:
    """papers.md 1, Breaking, for what is typed with plain spaces."""
    _, held = text.split(" ", 1)
    width = measure("mot " + held[:-1], theme.CELL.face, theme.CELL.size)
    assert wrap(text, theme.CELL, width) == ["mot", held]
    assert [[piece for piece, _ in line] for line in wrap_spans([(text, theme.CELL)], width)] == [["mot "], [held]]


@given(any_text)
def test_spans_lose_no_letter_either(text: str) -> None:
    lines = wrap_spans([(text, theme.BODY), (" gras", theme.BODY_BOLD)], WIDE)
    assert "".join(piece for line in lines for piece, _ in line) == one_line(text) + " gras"


@given(any_text)
def test_a_fitted_line_fits(text: str) -> None:
    assert measure(fitted(text, theme.CELL, WIDE), theme.CELL.face, theme.CELL.size) <= WIDE + 0.01


def test_what_is_held_by_no_break_spaces_is_not_cut() -> None:
    lines = wrap("Montant de 12\u202f345\u202f678\u202f€ à payer demain", theme.BODY, 90)
    assert lines == ["Montant de", "12\u00a0345\u00a0678\u00a0€ à payer", "demain"]


@given(any_text)
def test_any_text_is_drawn(text: str) -> None:
    assert page_showing(text).startswith(b"%PDF")


def test_two_hundred_thousand_letters_are_quick_to_cut() -> None:
    start = time.perf_counter()
    wrap("W" * LONGEST, theme.CELL, WIDE)
    assert time.perf_counter() - start < 2


def test_letters_missing_from_the_face_come_from_the_next_one() -> None:
    pdf = page_showing("Été Жуковский مرحبا 日")
    text = pages_of(pdf)[0]
    assert "Été Жуковский" in text
    assert "□" in text
    assert {name.split("+")[1]: kept for name, kept in fonts_of(pdf).items()} == {
        "SourceSansPro-Regular": True,
        "SourceSansPro-Semibold": True,
        "SourceSansPro-Bold": True,
        "DejaVuSans": True,
    }


def test_figures_have_one_width() -> None:
    widths = load(theme.REGULAR).widths
    assert len({widths[figure] for figure in "0123456789"}) == 1
