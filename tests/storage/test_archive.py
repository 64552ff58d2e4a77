"""Archives that a person may be handed: only those that we made are read (reliability.md F7)."""

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.jobs import drain
from app.storage import archive
from app.storage.archive import MANIFEST, MEMBER, Manifest
from tests.storage.things import is_private

CONTENT = bytes(range(256)) * 100


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    (tmp_path / "base").write_bytes(CONTENT)
    sha256 = archive.digest_of(tmp_path / "base")
    return Manifest(1, 1, "2026-11-21T10:00:00+00:00", "0.1", 1, "", "", {}, [], len(CONTENT), sha256)


def packed(tmp_path: Path, manifest: Manifest) -> Path:
    drain(archive.pack(tmp_path / "base", manifest, tmp_path / "a.zip"))
    return tmp_path / "a.zip"


def made(path: Path, members: list[tuple[Any, bytes]], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as written:
        for name, content in members:
            written.writestr(name, content)
    return path


def as_json(manifest: Manifest, **changed: Any) -> bytes:
    return json.dumps(asdict(manifest) | changed).encode()


def refused(path: Path, target: Path) -> str:
    """Both readers refuse the archive, and nothing is left of it; returns what was said."""
    with pytest.raises(Refused):
        drain(archive.check_content(path))
    with pytest.raises(Refused) as caught:
        drain(archive.unpack(path, target))
    return str(caught.value)


def test_what_was_packed_comes_back(tmp_path: Path, manifest: Manifest) -> None:
    path = packed(tmp_path, manifest)
    assert archive.read_manifest(path) == manifest
    assert drain(archive.check_content(path)) == manifest
    assert drain(archive.unpack(path, tmp_path / "back")) == manifest
    assert (tmp_path / "back").read_bytes() == CONTENT
    assert is_private(tmp_path / "back")


def link_named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "extra",
    [
        "../evil", "/etc/evil", "C:\\evil", "..\\evil", "base.parc/../../evil", "CON", "a:stream", "évil",
        MEMBER, MANIFEST, "BASE.PARC", link_named("lien"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_anything_else_is_refused(tmp_path: Path, manifest: Manifest, extra: Any) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(manifest)), (MEMBER, CONTENT), (extra, b"x")])
    assert refused(path, tmp_path / "back") == archive.NOT_OURS
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.zip", "base"]


@pytest.mark.parametrize("instead", ["base.parc\x00.txt", "./base.parc", "Base.parc"])
def test_a_member_under_another_name_is_refused(tmp_path: Path, manifest: Manifest, instead: str) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(manifest)), ("base-parc" + "x" * (len(instead) - 9), CONTENT)])
    path.write_bytes(path.read_bytes().replace(b"base-parc" + b"x" * (len(instead) - 9), instead.encode()))
    if instead.startswith("base.parc\x00"):
        assert drain(archive.unpack(path, tmp_path / "back")) == manifest  # the name ends at the zero: it is ours
    else:
        assert refused(path, tmp_path / "back") == archive.NOT_OURS


def test_a_bomb_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    huge = bytes(30_000_000)
    (tmp_path / "base").write_bytes(huge)
    told = as_json(manifest, size=len(huge), sha256=archive.digest_of(tmp_path / "base"))
    path = made(tmp_path / "b.zip", [(MANIFEST, told), (MEMBER, huge)])
    assert refused(path, tmp_path / "back") == archive.TOO_LARGE
    assert not (tmp_path / "back").exists()


def test_more_than_half_the_disk_is_refused(
    tmp_path: Path, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = len(CONTENT)

    path = packed(tmp_path, manifest)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    with pytest.raises(Refused, match="trop grande"):
        drain(archive.unpack(path, tmp_path / "back"))
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"size": 12}, {"size": "12"}, {"size": len(CONTENT) + 1}, {"format": 2}, {"sequence": "1"}, {"counts": []},
        {"made_at": "hier"}, {"made_at": 12}, {"made_at": "2026-11-21"}, {"more": 1},
    ],
)  # fmt: skip
def test_a_manifest_that_lies_is_refused(tmp_path: Path, manifest: Manifest, changed: dict[str, Any]) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(manifest, **changed)), (MEMBER, CONTENT)])
    refused(path, tmp_path / "back")


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b"{" + b" " * 2_000_000 + b"}"])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: bytes) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, text), (MEMBER, CONTENT)], zipfile.ZIP_STORED)
    refused(path, tmp_path / "back")


def test_another_compression_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(manifest)), (MEMBER, CONTENT)], zipfile.ZIP_BZIP2)
    refused(path, tmp_path / "back")


@pytest.mark.parametrize("harm", [lambda c: c[:-10], lambda c: c[: len(c) // 2], lambda _: b"", lambda c: c[100:]])
def test_a_cut_archive_is_refused(tmp_path: Path, manifest: Manifest, harm: Callable[[bytes], bytes]) -> None:
    path = packed(tmp_path, manifest)
    path.write_bytes(harm(path.read_bytes()))
    refused(path, tmp_path / "back")


def test_another_content_of_the_same_size_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(manifest)), (MEMBER, CONTENT[::-1])])
    assert refused(path, tmp_path / "back") == archive.ALTERED


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_flipped_bit_is_seen(tmp_path: Path, manifest: Manifest, data: st.DataObject) -> None:
    """Whatever bit flips, the archive is refused, or gives the very bytes that were saved."""
    if not (tmp_path / "a.zip").exists():
        packed(tmp_path, manifest)
    whole = (tmp_path / "a.zip").read_bytes()
    position = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[position] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "b.zip").write_bytes(flipped)
    (tmp_path / "back").unlink(missing_ok=True)
    try:
        drain(archive.unpack(tmp_path / "b.zip", tmp_path / "back"))
    except Refused:
        return
    assert (tmp_path / "back").read_bytes() == CONTENT


def test_control_a_manifest_made_for_the_change_lets_it_through(tmp_path: Path, manifest: Manifest) -> None:
    """It is the digest that sees a change: one that agrees with the change accepts it."""
    (tmp_path / "base").write_bytes(CONTENT[::-1])
    agreed = replace(manifest, sha256=archive.digest_of(tmp_path / "base"))
    path = made(tmp_path / "b.zip", [(MANIFEST, as_json(agreed)), (MEMBER, CONTENT[::-1])])
    drain(archive.unpack(path, tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() != CONTENT
