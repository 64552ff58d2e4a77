"""The report of a period on the command line."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app import __main__
from app.services import setup
from app.storage import open_store
from tests.services.company import reference_month

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A command on the month of reference."""
    base = tmp_path / "essai.parc"
    with closing(open_store(base)) as store, store.begin("essai") as session:
        setup.ensure(session)
        reference_month(session)
    return lambda *words: __main__.main(["--base", str(base), *map(str, words)])


def text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages).replace("\u00a0", " ")


def test_any_period_is_drawn_as_a_paper_or_a_workbook(run: Run, tmp_path: Path) -> None:
    paper, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    for mark, said in (("2026-06", "Juin 2026"), ("2026-T2", "Deuxième trimestre 2026"), ("2026", "Année 2026")):
        assert run("rapport", "periodique", mark, "-o", paper) == 0
        assert said in text(paper)
    assert run("rapport", "periodique", "2026-06", "--contrat", "CT-2026-01", "-o", paper) == 0
    assert "RP-2026-06-CT-2026-01" in text(paper)
    assert run("rapport", "periodique", "2026-06", "-o", book) == 0
    assert load_workbook(book)["Dépassements"]["A2"].value == "T-2026-0001"


def test_it_is_issued_then_found_by_its_number(run: Run, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    assert run("rapport", "periodique", "2026-06", "--emettre", "-o", paper) == 0
    first = paper.read_bytes()
    assert "PROJET" not in text(paper)
    assert run("rapport", "periodique", "2026-06", "-o", paper) == 0
    assert "PROJET" in text(paper)
    assert run("rapport", "periodique", "RP-2026-06", "--emettre", "-o", paper) == 0
    assert "version 2.0" in text(paper)
    assert first != paper.read_bytes()
    with closing(open_store(tmp_path / "essai.parc")) as store, store.read() as session:
        assert session.connection().exec_driver_sql("select count(*) from period_review").scalar() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("periodique",), "De quelle période"),
        (("periodique", "juin"), "2026-T3"),
        (("periodique", "2099-06", "--emettre"), "pas commencé"),
        (("periodique", "2026-06", "--contrat", "CT-9"), "CT-9"),
        (("periodique", "2026-06", "--vierge"), "vierge"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rapport", *words, "-o", tmp_path / "a.pdf") == 1
    assert said in capsys.readouterr().err


def test_a_workbook_is_not_issued(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rapport", "periodique", "2026-06", "--emettre", "-o", tmp_path / "a.xlsx") == 1
    assert "ne s’émet pas" in capsys.readouterr().err
