"""The child process, frame by frame, and as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app import __main__
from app.services.reading import limits, worker
from app.services.reading.worker import ARGUMENT, frames, serve
from tests.services.importing.bench import GLPI, written

ROOT = Path(__file__).parents[3]


def asked(path: Path, **more: Any) -> dict[str, Any]:
    return {"path": str(path), "sheet": "", "last_user": False, **more}


def split(answer: bytes) -> Iterator[dict[str, Any]]:
    stream = BytesIO(answer)
    while head := stream.read(4):
        yield json.loads(stream.read(int.from_bytes(head, "big")))


def test_a_list_comes_by_frames(tmp_path: Path) -> None:
    path = written(tmp_path, "Nom;Ville\n" + "A;Dijon\n" * 1200)
    found = list(frames(asked(path)))
    assert [len(frame.get("rows", ())) for frame in found] == [500, 500, 201, 0]
    assert found[-1]["end"] == {"bad": [], "notes": (), "sheets": (), "sheet": ""}


def test_one_child_answers_for_many_files(tmp_path: Path) -> None:
    lines = [asked(GLPI / "computer_1.json"), asked(tmp_path / "absent"), asked(written(tmp_path, "Nom;Ville\nA;B\n"))]
    answer = BytesIO()
    renewed: list[None] = []
    serve(BytesIO("\n".join(map(json.dumps, lines)).encode()), answer, lambda: renewed.append(None))
    found = list(split(answer.getvalue()))
    assert len(renewed) == len(lines)
    assert [list(frame) for frame in found] == [["machines"], ["refused"], ["rows"], ["end"]]


def test_the_last_user_is_read_when_asked_for() -> None:
    for wanted in (False, True):
        (frame,) = frames(asked(GLPI / "computer_1.json", last_user=wanted))
        assert ("last_user" in frame["machines"][0]["values"]) is wanted


def test_any_error_becomes_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, told in ((ZeroDivisionError, "abîmé"), (MemoryError, "mémoire"), (RecursionError, "abîmé")):

        def fail(*_: Any, error: type[Exception] = error) -> Any:
            raise error

        monkeypatch.setattr(worker, "read", fail)
        (frame,) = frames(asked(tmp_path / "poste.json"))
        assert "poste.json" in frame["refused"]
        assert told in frame["refused"]


class PanicException(BaseException):
    """As a library written in Rust raises it."""


@pytest.mark.parametrize(("error", "caught"), [(PanicException, True), (KeyboardInterrupt, False)])
def test_a_panic_is_an_error_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], caught: bool
) -> None:
    def fail(*_: Any) -> Any:
        raise error

    monkeypatch.setattr(worker, "read", fail)
    if caught:
        (frame,) = frames(asked(tmp_path / "parc.xls"))
        assert "abîmé" in frame["refused"]
    else:
        with pytest.raises(error):
            list(frames(asked(tmp_path / "parc.xls")))


def test_the_packaged_program_is_its_own_child(tmp_path: Path) -> None:
    path = written(tmp_path, "Nom;Ville\nA;B\n")
    ended = subprocess.run(
        [sys.executable, "-m", "app", ARGUMENT], input=json.dumps(asked(path)).encode() + b"\n", capture_output=True,
        check=True, cwd=Path(__main__.__file__).parent.parent,
    )  # fmt: skip
    assert [list(frame) for frame in split(ended.stdout)] == [["rows"], ["end"]]
    assert __main__.READER == ARGUMENT


def test_the_child_imports_neither_the_base_nor_the_window() -> None:
    code = "import sys; from app.services.reading import worker; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    heavy = {"sqlalchemy", "PySide6", "openpyxl", "reportlab", "app.models", "app.entities"}
    assert not heavy & set(ended.stdout.split())


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="limits are set where the system tells memory")
def test_the_child_may_not_take_all_the_memory() -> None:
    code = (
        "from app.services.reading import limits; print(limits.apply()); limits.renew()\n"
        "try: x = bytearray(limits.MEMORY + 1)\nexcept MemoryError: print('full')"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout.split() == ["True", "full"]


def test_a_system_without_limits_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    assert limits.apply() is False
    limits.renew()


def test_the_child_has_no_network() -> None:
    """Whatever a library does when it is imported, or a file asks for: no socket can be made."""
    code = (
        "import socket; from app.services.reading import limits; limits.stay_offline()\n"
        "import facturx\n"
        "try: socket.socket()\n"
        "except PermissionError: print('seul')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "seul\n"


def test_what_reads_invoices_is_imported_by_the_child_only() -> None:
    """Neither the window's start, nor the reading of a list, pays for it."""
    code = (
        "import sys; import app.ui.control, app.services.invoices.reading, app.services.reading.worker\n"
        "print(*sorted({'facturx', 'lxml', 'pypdf', 'requests'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "\n"
