"""Labels: where they stand, what they say, and that every code of a sheet is read back."""

from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
import segno
import zxingcpp

from app.reports import labels
from app.reports.labels_data import FORMS, Label, LabelForm, LabelSheets
from app.rules import label_code
from tests.reports import samples
from tests.reports.reading import flat, fonts_of, pages_of

MODELS = (("Dell", "OptiPlex 7010"), ("Lenovo", "ThinkPad L14 Gen 4 (AMD)"), ("", "Baie"), ("Aruba", ""))
DPI = 150


def sheets(form: str, count: int, first: int = 0) -> LabelSheets:
    made = tuple(
        Label(f"PC-{n + 1:04d}", *MODELS[n % len(MODELS)], "02 41 00 00 00" if n % 3 else "") for n in range(count)
    )
    return LabelSheets("Atelier Morvane SAS", FORMS[form], made, first)


def codes(pdf: bytes, dpi: int = DPI) -> list[dict[str, tuple[float, float]]]:
    """Of each page: what its codes say, and where the top left corner of each stands, in mm."""
    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            image = page.render(scale=dpi / 72).to_pil().convert("L")
            read = zxingcpp.read_barcodes(image)
            corner = {one.text: one.position.top_left for one in read}
            found.append({text: (at.x * 25.4 / dpi, at.y * 25.4 / dpi) for text, at in corner.items()})
    return found


@pytest.mark.parametrize(("form", "count"), [("65", 65), ("24", 24)])
@pytest.mark.parametrize("dpi", [150, 300])
def test_every_code_of_a_full_sheet_is_read_back_in_its_place(form: str, count: int, dpi: int) -> None:
    wanted = sheets(form, count)
    page, *others = codes(labels.render(wanted), dpi)
    assert others == []
    assert sorted(page) == [label_code.content(label.number) for label in wanted.labels]
    inset = {"65": (2.85, 3.6), "24": (4.6, 5.95)}[form]
    for position, label in enumerate(wanted.labels):
        x, y = wanted.form.place(position)
        there = page[label_code.content(label.number)]
        assert there == pytest.approx((x + inset[0], y + inset[1]), abs=0.5)


def test_a_sheet_that_was_begun_starts_at_its_first_free_label() -> None:
    first, second = codes(labels.render(sheets("24", 20, first=10)))
    assert (len(first), len(second)) == (14, 6)
    x, y = FORMS["24"].place(10)
    assert first["PCM:B:PC-0001"] == pytest.approx((x + 4.6, y + 5.95), abs=0.5)
    assert sheets("24", 20, first=10).pages == 2
    assert sheets("24", 14, first=10).pages == 1
    assert sheets("24", 0).pages == 0


def test_the_printer_is_corrected() -> None:
    straight = codes(labels.render(sheets("65", 1)))[0]["PCM:B:PC-0001"]
    moved = codes(labels.render(replace(sheets("65", 1), right=2.0, down=-1.5)))[0]["PCM:B:PC-0001"]
    assert moved == pytest.approx((straight[0] + 2, straight[1] - 1.5), abs=0.3)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_a_sheet_holds_on_its_page(form: LabelForm) -> None:
    x, y = form.place(form.count - 1)
    assert x + form.width <= 210 - form.left + 0.6
    assert y + form.height <= 297 - form.top + 0.6


@pytest.mark.parametrize("level", ["m", "q"])
def test_a_number_of_the_program_keeps_the_smallest_code(level: str) -> None:
    code = segno.make_qr(label_code.content("PC-0001"), error=level, boost_error=False)
    assert (code.version, code.mode) == (1, "alphanumeric")


def test_words_say_the_asset_and_whom_to_call() -> None:
    text = flat(pages_of(labels.render(sheets("24", 4)))[0])
    for words in (
        "PC-0001",
        "Dell OptiPlex 7010",
        "Atelier Morvane SAS",
        "En cas de panne",
        "02 41 00 00 00",
        "Baie",
        "Aruba",
    ):
        assert words in text
    assert "Lenovo" not in text  # dropped: the line would be cut
    assert text.count("En cas de panne") == 2
    assert "page" not in text


def test_a_long_number_is_written_smaller_and_whole() -> None:
    long = replace(sheets("65", 1), labels=(Label("POSTE-DE-DEPOT-0001", "Dell", "M" * 60, ""),))
    pdf = labels.render(long)
    text = flat(pages_of(pdf)[0])
    assert "POSTE-DE-DEPOT-0001" in text
    assert "…" in text
    assert list(codes(pdf)[0]) == ["PCM:B:POSTE-DE-DEPOT-0001"]


@pytest.mark.parametrize("text", samples.NASTY)
@pytest.mark.parametrize("form", FORMS)
def test_any_word_can_be_printed(form: str, text: str) -> None:
    one = replace(sheets(form, 1), company=text, labels=(Label("PC-0001", text, text, text[:60]),))
    assert "PC-0001" in flat(pages_of(labels.render(one))[0])


def test_fonts_are_embedded() -> None:
    assert all(fonts_of(labels.render(sheets("65", 2))).values())


def test_the_same_labels_give_the_same_bytes() -> None:
    assert labels.render(sheets("65", 70)) == labels.render(sheets("65", 70))
