"""A drop of files, read page by page in the child process."""

from pathlib import Path
from random import Random

import pytest

from app.jobs import Progress, drain
from app.reports.form_data import FormCopy, Forms
from app.reports.form_paper import render
from app.reports.form_questionnaire import Question, questionnaire
from app.reports.identity import Stamp
from app.services.forms import is_candidate, read_job
from app.services.importing import child
from app.services.reading.form_data import LineState, MarkKind, PageKind, from_plain, to_plain
from benchmarks.forms import screen
from tests.reports import samples

QS = questionnaire("QS-01", (Question("a", "scale", "Question"), Question("b", "open", "Une idée")))


def dropped(folder: Path) -> list[Path]:
    """A form filled on screen, two sheets of a questionnaire, and a list that has nothing to do there."""
    screen.by_program(screen.Filled("EV-2026-0142", {"c1": 4, "q1": 0}, {"t1": "Zoé"}), folder / "a.pdf")
    copies = (FormCopy("ENQ-1", (), 17), FormCopy("ENQ-1", (), 4))
    (folder / "b.pdf").write_bytes(render(Forms(samples.COMPANY, Stamp("Questionnaire", ""), QS, copies)))
    (folder / "c.csv").write_text("Nom;Ville\n", encoding="utf-8")
    return [folder / "a.pdf", folder / "b.pdf", folder / "c.csv", folder / "absent.pdf"]


def test_all_pages_come_in_their_order_and_no_file_stops_the_others(tmp_path: Path) -> None:
    files, pictures = dropped(tmp_path), tmp_path / "pictures"
    pictures.mkdir()
    told: list[Progress] = []
    pages = drain(read_job(files, pictures, (QS,)), told.append)
    assert [(page.source.name, page.number, page.kind, page.sheet) for page in pages] == [
        ("a.pdf", 1, PageKind.FORM, 0),
        ("b.pdf", 1, PageKind.FORM, 17),
        ("b.pdf", 2, PageKind.FORM, 4),
        ("c.csv", 1, PageKind.UNREAD, 0),
        ("absent.pdf", 1, PageKind.UNREAD, 0),
    ]
    first = pages[0]
    assert (first.reference, first.answers, first.texts) == ("EV-2026-0142", {"c1": 4, "q1": 0}, {"t1": "Zoé"})
    assert first.lines[0].state is LineState.SURE
    assert first.lines[0].marks[3] is MarkKind.TICK
    assert [page.told for page in pages[3:] if not page.told.endswith(".")] == []
    assert {path.parent for page in pages for line in page.lines if (path := line.picture)} == {pictures}
    assert len(list(pictures.iterdir())) == len({path.name for path in pictures.iterdir()}) > 16
    words = list(dict.fromkeys(step.text for step in told))
    assert words[:3] == ["Lecture de a.pdf", "Lecture de b.pdf", "Lecture de b.pdf, page 2 sur 2"]


def test_a_page_goes_through_the_pipe_whole(tmp_path: Path) -> None:
    (page,) = drain(read_job(dropped(tmp_path)[:1], tmp_path))
    plain = to_plain(page)
    assert from_plain(plain) == page
    assert page.doubts == 0


def test_a_reader_that_takes_too_long_gives_the_file_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    monkeypatch.setattr(child, "PATIENCE_PER_MB", 0.0)
    pages = drain(read_job(dropped(tmp_path)[:1], tmp_path))
    assert [page.kind for page in pages] == [PageKind.UNREAD]
    assert "trop de temps" in pages[0].told


def test_a_picture_or_a_form_is_told_from_an_invoice_by_its_bytes(tmp_path: Path) -> None:
    blank = tmp_path / "facture.pdf"
    blank.write_bytes(screen.blank(f"EV-{Random(1).randint(1, 9)}"))
    invoice = tmp_path / "fiche.pdf"
    invoice.write_bytes(blank.read_bytes() + b"<< /F (factur-x.xml) >>")
    photo = tmp_path / "a.txt"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 20)
    table = tmp_path / "a.png"
    table.write_bytes(b"Nom;Ville")
    found = {path.name: is_candidate(path) for path in (blank, invoice, photo, table, tmp_path / "absent")}
    assert found == {"facture.pdf": True, "fiche.pdf": False, "a.txt": True, "a.png": False, "absent": False}
