"""No file breaks the import: it is read, or refused with a sentence (reliability.md F8 to F10)."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.services.importing import Options, plan
from app.storage import Store
from tests.services.importing.bench import GLPI, read_file
from tests.services.importing.test_mapping import GLPI_LIST, SNIPE_ASSETS

SEEDS = [
    GLPI_LIST.encode("utf-8-sig"),
    GLPI_LIST.encode("utf-16"),
    SNIPE_ASSETS.replace("\n", "\r").encode("mac_roman"),
    (GLPI / "printer_1.json").read_bytes(),
    (GLPI / "computer_1.json").read_bytes(),
]
_EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6) | st.sampled_from([b'"', b"\0", b";", b"\r\n"])
    ),
    min_size=1,
    max_size=8,
)


def _mutated(seed: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, removed, added in edits:
        at = int(where * len(seed))
        seed = seed[:at] + added + seed[at + removed :]
    return seed


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), _EDITS)
def test_mutated_files(tmp_path: Path, store: Store, seed: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    path = tmp_path / "muté"
    path.write_bytes(_mutated(seed, edits))
    try:
        source = read_file(path, Options(last_user=True))
    except Refused:
        return
    with store.read() as session:
        seen = plan(session, [source])
    assert len(seen.lines) == len(source.entries) + len(source.bad)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "octets"
    path.write_bytes(content)
    try:
        read_file(path, Options())
    except Refused as refusal:
        assert "octets" in str(refusal)  # noqa: PT017 - most are refused, some few are lists


@pytest.mark.parametrize(
    "content",
    [b"," * 19_000_000, b'"' * 19_000_000, b'N\xc2\xb0 de s\xc3\xa9rie;x\n"' + b'\n"' * 4_000_000,
     b"[" * 7_000_000, b'{"content":{"bios":{},"softwares":[' + b"{}," * 2_000_000 + b"{}]}}", b"\xff" * 1_000_000,
     b"Nom;N\xc2\xb0 de s\xc3\xa9rie\n" + b"\r" * 9_000_000],
    ids=["commas", "quotes", "quoted lines", "brackets", "many", "no text", "empty lines"],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_hostile_bulk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "masse"
    path.write_bytes(content)
    try:
        source = read_file(path, Options())
    except Refused as refusal:
        assert len(str(refusal)) < 500  # noqa: PT017 - either way is right
        return
    assert len(source.entries) <= 1
