"""Forms by the command line: printed, brought back, and what waits for a person."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from app import __main__
from app.services import setup
from app.services.evaluations.expected import waiting
from app.storage import open_store
from tests.services.evaluations.back import ALL_FOUR, filled, scanned
from tests.services.evaluations.make import PRINTED, solved_ticket

Run = Callable[..., int]
ANSWERS = {name: values[0] for name, values in ALL_FOUR.items()}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A command on a base that holds one intervention; gives its exit code."""
    base = tmp_path / "morvan.parc"
    with closing(open_store(base)) as store, store.begin() as session:
        setup.ensure(session)
        solved_ticket(session)

    def command(*words: object) -> int:
        return __main__.main(["--base", str(base), *map(str, words)])

    return command


def test_a_form_is_printed_then_expected(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rapport", "evaluation", "FI-2026-0001", "-o", tmp_path / "a.pdf") == 0
    assert run("rapport", "evaluation", "EV-2026-0001", "--remplissable", "-o", tmp_path / "b.pdf") == 0
    assert run("rapport", "evaluation", "--vierge", "-o", tmp_path / "c.pdf") == 0
    assert "EV-2026-0001" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert PdfReader(tmp_path / "b.pdf").get_fields()
    with closing(open_store(tmp_path / "morvan.parc")) as store, store.read() as session:
        assert len(waiting(session, PRINTED)) == 2
    capsys.readouterr()
    assert run("rapport", "evaluation", "-o", tmp_path / "d.pdf") == 1
    assert "--vierge" in capsys.readouterr().err
    assert run("rapport", "evaluation", "FI-9", "-o", tmp_path / "d.pdf") == 1


def test_forms_are_read_and_those_with_doubts_are_left(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("rapport", "evaluation", "FI-2026-0001", "-o", tmp_path / "a.pdf")
    doubt = scanned((tmp_path / "a.pdf").read_bytes(), tmp_path / "scan.png", {**ALL_FOUR, "c1": (1, 2)})
    capsys.readouterr()
    assert run("importer", "evaluations", doubt) == 1
    assert "laissée de côté\u00a0: 1\u00a0ligne à vérifier (Délai de prise en charge)" in capsys.readouterr().err
    assert run("importer", "evaluations", "--tout", "--essai", doubt) == 0
    assert "serait enregistrée" in capsys.readouterr().out
    assert run("importer", "evaluations", "--json", doubt) == 1
    assert '"a_verifier": [\n        "Délai de prise en charge"' in capsys.readouterr().out
    run("rapport", "evaluation", "FI-2026-0001", "--remplissable", "-o", tmp_path / "b.pdf")
    whole = filled((tmp_path / "b.pdf").read_bytes(), tmp_path / "rempli.pdf", ANSWERS, {})
    capsys.readouterr()
    assert run("importer", "evaluations", whole) == 0
    assert "EV-2026-0001 · enregistrée\u00a0: 4,00 sur\u00a05" in capsys.readouterr().out
    assert run("importer", "evaluations") == 1
    assert "Donnez les fichiers" in capsys.readouterr().err
    assert run("lister", "evaluations") == 0
    assert "Reçue" in capsys.readouterr().out
