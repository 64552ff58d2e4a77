"""Claim files and claim letters from the command line, on the example company."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from app import __main__
from app.models import IssuedPaper, PenaltyClaim, Ticket
from app.services.penalties import late
from app.storage import Store, open_store

Run = Callable[..., int]
CONTRACT = "CT-2024-01"


@pytest.fixture
def base(tmp_path: Path, _morvan_file: Path) -> Path:
    return Path(shutil.copyfile(_morvan_file, tmp_path / "morvan.parc"))


@pytest.fixture
def run(base: Path) -> Run:
    """Run a command on the example company; gives its exit code."""
    return lambda *words: __main__.main(["--base", str(base), "rapport", *map(str, words)])


def said(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def count(path: Path, model: type) -> int:
    with closing(open_store(path)) as store, store.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def missed(morvan: Store) -> str:
    """The number of a ticket restored late."""
    with morvan.read() as session:
        rows = late.rows_of(session)
        one = next(one for one in late.found(session, rows, datetime.now(UTC)) if one.entity == "ticket" and one.done)
        return session.get_one(Ticket, one.record_id).number


def test_the_file_of_a_ticket_as_a_paper_and_as_an_archive(run: Run, missed: str, tmp_path: Path) -> None:
    assert run("preuve", missed, "-o", tmp_path / "p.pdf") == 0
    assert missed in said(tmp_path / "p.pdf")
    assert run("preuve", missed, "-o", tmp_path / "p.zip") == 0
    assert "1-Dossier-de-preuve.pdf" in ZipFile(tmp_path / "p.zip").namelist()


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (["2026-06"], "-2026-06"),
        (["2026-T2"], "-2026-04-2026-06"),
        (["--du", "2026-04-12", "--au", "2026-05-03"], "-2026-04-2026-05"),
        (["--au", "2026-05-03"], "-2026-05"),
    ],
)
def test_the_file_of_a_contract_over_its_months(run: Run, tmp_path: Path, words: list[str], ending: str) -> None:
    assert run("preuve", CONTRACT, *words, "-o", tmp_path / "p.pdf") == 0
    assert f"{CONTRACT}{ending}" in said(tmp_path / "p.pdf")


def test_a_letter_is_issued_and_the_claim_noted(
    run: Run, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers, claims = count(base, IssuedPaper), count(base, PenaltyClaim)
    assert run("reclamation", CONTRACT, "-o", tmp_path / "l.pdf") == 0
    assert "PROJET" in said(tmp_path / "l.pdf")
    assert run("reclamation", CONTRACT, "--emettre", "--noter", "-o", tmp_path / "l.pdf") == 0
    assert "PROJET" not in said(tmp_path / "l.pdf")
    assert "mise en demeure" in said(tmp_path / "l.pdf")
    assert count(base, IssuedPaper) == papers + 1
    assert count(base, PenaltyClaim) == claims + 1
    assert run("preuve", CONTRACT, "--emettre", "-o", tmp_path / "p.zip") == 0
    assert "SHA-256" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["preuve"], "Donnez le numéro"),
        (["preuve", "X-1"], "Aucun"),
        (["preuve", CONTRACT, "juin"], "Écrivez la période"),
        (["preuve", CONTRACT, "--vierge"], "vierge"),
        (["preuve", CONTRACT, "--noter"], "--noter"),
        (["planning", "2026", "2026-06"], "ne vaut que pour"),
        (["reclamation", CONTRACT, "-o", "l.zip"], ".pdf"),
    ],
)
def test_what_cannot_be_is_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    output = [] if "-o" in words else ["-o", tmp_path / "p.pdf"]
    assert run(*words, *output) == 1
    assert sentence in capsys.readouterr().err
