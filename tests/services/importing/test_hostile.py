"""No file breaks the import: it is read, or refused with a sentence, in seconds and within its memory (reliability.md
F8 to F10). PARCOMETRE_MUTATIONS says how many random files to try: 1 000 by hand, few in the suite.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.jobs import Progress
from app.services.importing import Options, child, plan
from app.services.importing.child import Read, Reader
from app.services.importing.jobs import mapped
from app.services.importing.tables import Table
from app.services.reading import source
from app.storage import Store
from tests.services.importing.bench import GLPI, SAMPLES, read_file
from tests.services.importing.hostile import HOSTILE, READABLE
from tests.services.importing.test_mapping import GLPI_LIST, SNIPE_ASSETS

STEP = Progress(0, 1)
MOST_SECONDS, MOST_MIB = 5.0, 300
COUNT = int(os.environ.get("PARCOMETRE_MUTATIONS", "150"))
SEEDS = [
    GLPI_LIST.encode("utf-8-sig"),
    GLPI_LIST.encode("utf-16"),
    SNIPE_ASSETS.replace("\n", "\r").encode("mac_roman"),
    *((GLPI / name).read_bytes() for name in ("printer_1.json", "computer_1.json", "xml/2.xml", "xml/8.xml")),
    *((SAMPLES / "tableaux" / name).read_bytes() for name in ("parc.xls", "parc.ods")),
    *(one.read_bytes() for one in sorted((SAMPLES / "factur-x").glob("*.[px][dm][fl]"))),
]


def peak(reader: Reader) -> float:
    """MiB that the child held at most; 0 where the system does not tell."""
    status = Path(f"/proc/{reader.pid}/status")
    if not status.exists():
        return 0
    return next((int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line), 0)


def tried(reader: Reader, path: Path) -> tuple[Read | Refused, float, float]:
    """What came of a file, in how many seconds and within how many MiB of the child."""
    start, most = time.monotonic(), 0.0
    job = reader.read(path, "", False, STEP)
    found: Read | Refused
    try:
        while True:
            next(job)
            most = max(most, peak(reader))
    except StopIteration as end:
        found = end.value
    except Refused as refusal:
        found = refusal
    return found, time.monotonic() - start, max(most, peak(reader))


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_harm(tmp_path: Path, reader: Reader, name: str) -> None:
    path = tmp_path / "piège"
    path.write_bytes(HOSTILE[name]())
    found, seconds, mebibytes = tried(reader, path)
    assert seconds < MOST_SECONDS
    assert mebibytes < MOST_MIB
    if name in READABLE:
        assert not isinstance(found, Refused)
    else:
        assert isinstance(found, Refused)
        assert "piège" in str(found)
        assert str(found).count("\n") == 0


def mutated(seed: bytes, draw: random.Random) -> bytes:
    """Cut, doubled, mixed with noise, or with a few bytes changed."""
    raw = bytearray(seed)
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(raw) + 1)
        way = draw.randrange(5)
        if way == 0:
            raw[at : at + draw.randint(1, 60)] = b""
        elif way == 1:
            raw[at:at] = draw.randbytes(draw.randint(1, 40))
        elif way == 2:
            raw[at : at + 4] = draw.choice([b'"', b"\0", b"\xff\xff", b"<", b"}", b";;", b"PK\3\4", b"9" * 20])
        elif way == 3:
            raw[at:at] = raw[at : at + draw.randint(1, 3000)]
        elif len(raw) > 100:
            del raw[draw.randrange(50, len(raw)) :]
    return bytes(raw)


def test_random_files_through_the_child(tmp_path: Path, reader: Reader) -> None:
    """Each time a planted file, sound, must still be read: a child that refuses everything proves nothing."""
    draw = random.Random(20260105)
    control = tmp_path / "témoin.csv"
    control.write_text(GLPI_LIST, encoding="utf-8")
    refused = 0
    for number in range(COUNT):
        path = tmp_path / "muté"
        path.write_bytes(mutated(draw.choice(SEEDS), draw))
        found, seconds, mebibytes = tried(reader, path)
        refused += isinstance(found, Refused)
        assert seconds < MOST_SECONDS, number
        assert mebibytes < MOST_MIB, number
        if number % 10 == 0:
            sound = tried(reader, control)[0]
            assert isinstance(sound, Table), number
            assert len(sound.rows) == 1
    assert COUNT // 20 < refused < COUNT


def test_a_fault_planted_in_a_reader_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the trials above: an error of ours reaches the boundary as a refusal, and a hang as a kill."""

    def fail(_: object) -> None:
        raise ZeroDivisionError

    path = tmp_path / "poste.json"
    path.write_bytes((GLPI / "computer_1.json").read_bytes())
    assert read_file(path).entries
    monkeypatch.setattr(source, "read_inventory", lambda *_: fail(0))
    with pytest.raises(Refused, match="abîmé"):
        read_file(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.sampled_from(SEEDS))
def test_what_a_random_file_gives_can_be_planned(tmp_path: Path, store: Store, number: int, seed: bytes) -> None:
    path = tmp_path / "muté"
    path.write_bytes(mutated(seed, random.Random(number)))
    try:
        found = read_file(path, Options(last_user=True))
    except Refused:
        return
    with store.read() as session:
        seen = plan(session, [found])
    assert len(seen.lines) == len(found.entries) + len(found.bad)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "octets"
    path.write_bytes(content)
    try:
        read_file(path)
    except Refused as refusal:
        assert "octets" in str(refusal)  # noqa: PT017 - most are refused, some few are lists


def test_a_file_that_takes_too_long_is_left(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one is read by a new child."""
    slow, sound = tmp_path / "lent.csv", tmp_path / "sain.csv"
    slow.write_text("Nom;Ville\n" + "A;B\n" * 90_000, encoding="utf-8")
    sound.write_text(GLPI_LIST, encoding="utf-8")
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    monkeypatch.setattr(child, "PATIENCE_PER_MB", 0.0)
    monkeypatch.setattr(child, "BEAT", 0.001)
    found = tried(reader, slow)[0]
    assert isinstance(found, Refused)
    assert "trop de temps" in str(found)
    monkeypatch.undo()
    table = tried(reader, sound)[0]
    assert isinstance(table, Table)
    assert mapped(table, sound, Options()).entries
