"""The zip of a backup: the base and a manifest of what it holds. Its reader trusts nothing (reliability.md F7)."""

import errno
import hashlib
import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.jobs import Job, Progress

MANIFEST = "manifest.json"
MEMBER = "base.parc"
FORMAT = 1
_MAX_MANIFEST = 1_000_000
_MAX_RATIO = 200
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error, NotImplementedError, RuntimeError)

NOT_OURS = "Ce fichier n’est pas une sauvegarde de Parcomètre, ou il est abîmé. Rien n’a été modifié."
ALTERED = "Cette sauvegarde est abîmée\u00a0: son contenu n’est plus celui qui a été sauvegardé. Rien n’a été modifié."
TOO_LARGE = "Cette sauvegarde est trop grande pour ce disque, ou ce n’en est pas une. Rien n’a été modifié."


@dataclass(frozen=True, slots=True)
class Manifest:
    """`sequence` orders the backups of a folder; `state` is equal when nothing changed; `head` anchors the history.

    `remarks` are those of the check made before: a backup without any is a verified one.
    """

    format: int
    sequence: int
    made_at: str
    app_version: str
    schema: int
    head: str
    state: str
    counts: dict[str, int]
    remarks: list[str]
    size: int
    sha256: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(base: Path, manifest: Manifest, target: Path) -> Job[None]:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True))
        with base.open("rb") as source, archive.open(MEMBER, "w", force_zip64=True) as member:
            while chunk := source.read(_CHUNK):
                member.write(chunk)
                yield Progress(source.tell(), manifest.size, "Écriture de la sauvegarde")


def read_manifest(path: Path) -> Manifest:
    """The manifest of an archive that holds what it must and nothing else; Refused otherwise."""
    with _opened(path) as archive:
        return _manifest(archive)


def unpack(path: Path, target: Path) -> Job[Manifest]:
    """Write the base of an archive to the new file `target`, and check it against the manifest."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        if manifest.size > shutil.disk_usage(target.parent).free // 2:
            raise Refused(TOO_LARGE)
        with target.open("xb") as file:
            target.chmod(0o600)
            for chunk in _content(archive, manifest):
                file.write(chunk)
                yield Progress(file.tell(), manifest.size, "Lecture de la sauvegarde")
    return manifest


def check_content(path: Path) -> Job[Manifest]:
    """Read a whole archive again; Refused when a single bit of it changed."""
    done = 0
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for chunk in _content(archive, manifest):
            done += len(chunk)
            yield Progress(done, manifest.size, "Relecture de la sauvegarde")
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_hostile(archive)
            yield archive
    except _BROKEN as error:
        raise Refused(NOT_OURS) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # the directory of the archive names a place before its beginning
            raise Refused(NOT_OURS) from error
        raise


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if sorted(member.filename for member in members) != [MEMBER, MANIFEST]:
        raise Refused(NOT_OURS)
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(NOT_OURS)
        if member.file_size > _MAX_RATIO * max(member.compress_size, 1):
            raise Refused(TOO_LARGE)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(MANIFEST) as file:
        text = file.read(_MAX_MANIFEST)
    read: Any = json.loads(text)
    if not isinstance(read, dict) or read.get("format") != FORMAT or read.keys() != set(Manifest.__slots__):
        raise Refused(NOT_OURS)
    manifest = Manifest(**read)
    kinds = {"size": int, "sequence": int, "counts": dict, "remarks": list, "made_at": str, "sha256": str}
    right = all(isinstance(read[name], kind) for name, kind in kinds.items())
    if not right or manifest.size != archive.getinfo(MEMBER).file_size or manifest.moment.tzinfo is None:
        raise Refused(NOT_OURS)
    return manifest


def _content(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[bytes]:
    """The base by pieces, never more than was declared; Refused at its end if it is not what was saved."""
    seen = hashlib.sha256()
    left = manifest.size
    with archive.open(MEMBER) as member:
        while left > 0 and (chunk := member.read(min(_CHUNK, left))):
            seen.update(chunk)
            left -= len(chunk)
            yield chunk
    if left or seen.hexdigest() != manifest.sha256:
        raise Refused(ALTERED)
