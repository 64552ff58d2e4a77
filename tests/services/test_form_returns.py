"""Pages sorted into forms: what answers to what, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

from app.models.upkeep_codes import AnswerSource
from app.services.evaluations.returned import KIND
from app.services.form_returns import proofs, sorted_out
from app.services.reading.form_data import PageKind, PageRead
from tests.services.evaluations.back import page

FIVE = {f"c{n}": 4 for n in range(1, 6)}


def test_pages_are_forms_in_their_order_and_blank_ones_are_left_out() -> None:
    blank = PageRead(Path("pile.pdf"), 2, PageKind.BLANK)
    desk = PageRead(Path("photo.jpg"), 1, PageKind.NOT_A_FORM, told="Ce n’est pas une fiche.")
    first, same = page("EV-1", FIVE, ["c6"]), page("EV-1", FIVE, number=4)
    found = sorted_out([first, blank, desk, same], [KIND])
    assert [(one.kind, one.first) for one in found] == [(KIND, first), (None, desk), (KIND, same)]
    assert [(one.doubts, one.missing, one.pale) for one in found] == [(1, 0, False), (0, 0, False), (0, 0, False)]


def test_forms_without_a_readable_number_stay_apart_and_other_models_are_told() -> None:
    found = sorted_out([page("", FIVE), page("", FIVE), replace(page("QS-01", FIVE), model="QS-01")], [KIND])
    assert [one.kind for one in found] == [KIND, KIND, None]


def test_the_proof_is_the_scan_or_the_whole_file_that_was_filled(tmp_path: Path) -> None:
    scan, whole = tmp_path / "p2.jpg", tmp_path / "rempli.pdf"
    scan.write_bytes(b"image")
    whole.write_bytes(b"pdf")
    (one,) = sorted_out([page("EV-1", FIVE, number=2, scan=scan)], [KIND])
    assert (one.source, proofs(one, one.pages)) == (AnswerSource.SCAN, (("pile-2.jpg", b"image"),))
    pages = [replace(page("EV-2", FIVE, source=whole, scan=whole), fields=True)]
    (one,) = sorted_out(pages, [KIND])
    assert (one.source, proofs(one, pages)) == (AnswerSource.FIELDS, (("rempli.pdf", b"pdf"),))
    two = [*pages, replace(page("EV-3", FIVE, source=whole, number=2, scan=scan), fields=True)]
    assert [proofs(form, two)[0][0] for form in sorted_out(two, [KIND])] == ["rempli-1.pdf", "rempli-2.jpg"]
