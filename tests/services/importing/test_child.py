"""The process that reads files: cancelled, dead, answering nonsense; never more than one at work."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs import Progress, drain
from app.services.importing import child
from app.services.importing.child import Answer, Reader
from app.services.importing.tables import Table
from app.services.reading.worker import ARGUMENT
from tests.services.importing.bench import GLPI, written
from tests.services.importing.test_mapping import GLPI_LIST

STEP = Progress(0, 1)


def talks(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the child by one that runs this code."""
    monkeypatch.setattr(child, "command", lambda: [sys.executable, "-I", "-c", f"import os, sys\n{code}"])


def read(reader: Reader, path: Path) -> object:
    return drain(reader.read(path, "", False, STEP))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return written(tmp_path, GLPI_LIST)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def test_one_child_reads_all_the_files(reader: Reader, listed: Path) -> None:
    first = reader.pid
    assert isinstance(read(reader, listed), Table)
    assert isinstance(read(reader, GLPI / "computer_1.json"), list)
    assert reader.pid == first


def test_cancelling_ends_the_child(listed: Path) -> None:
    with Reader() as reader:
        pid = reader.pid
        job = reader.read(listed, "", False, STEP)
        job.close()
    assert reader.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid or 0, 0)


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "sys.stdin.readline(); os.abort()",
        "sys.stdin.readline(); os.write(1, b'\\xff\\xff\\xff\\xff')",
        "sys.stdin.readline(); os.write(1, b'\\0\\0\\0\\4nono')",
        "sys.stdin.readline(); os.write(1, b'\\0\\0\\0\\x09{')",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_refusal(
    listed: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    talks(code, monkeypatch)
    with Reader() as reader, pytest.raises(Refused, match="n’a pas pu être lu"):
        read(reader, listed)
    monkeypatch.undo()
    with Reader() as reader:
        assert isinstance(read(reader, listed), Table)


def test_a_child_already_dead_is_a_refusal(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talks("sys.stdin.close(); os.close(0)", monkeypatch)
    with Reader() as reader:
        for _ in range(3):
            with pytest.raises(Refused, match="n’a pas pu être lu"):
                read(reader, listed)


def test_a_hanging_child_is_killed(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talks("import time; time.sleep(60)", monkeypatch)
    monkeypatch.setattr(child, "PATIENCE", 0.2)
    with Reader() as reader:
        with pytest.raises(Refused, match="trop de temps"):
            read(reader, listed)
        assert reader.pid is None


def test_the_reading_beats_while_it_waits(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a window may cancel it, and a bar move."""
    talks("import time; time.sleep(60)", monkeypatch)
    with Reader() as reader:
        job = reader.read(listed, "", False, STEP)
        assert [next(job) for _ in range(3)] == [STEP] * 3
        job.close()


def test_a_packaged_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child.command()[1] == "-I"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child.command() == [sys.executable, ARGUMENT]


def test_a_missing_file_is_refused(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="n’existe plus"):
        read(reader, tmp_path / "absent.csv")


def test_what_travels_is_json() -> None:
    answer = Answer("a.csv")
    assert answer.take(json.loads('{"rows": [[1, ["Nom", "Ville"]], [2, ["A", "B"]]]}')) is None
    table = answer.take({"end": {"bad": [[9, "x"]], "notes": ["n"], "sheets": [], "sheet": ""}})
    assert isinstance(table, Table)
    assert (table.headers, table.rows[0].cells, table.bad, table.notes) == (
        ("Nom", "Ville"),
        ("A", "B"),
        ((9, "x"),),
        ("n",),
    )
