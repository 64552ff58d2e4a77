"""A ZIP written piece by piece: safe names, each content hashed as it goes in, nothing left when it is stopped."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.fields import PARIS
from app.storage.files import discard, replace_safely

CHUNK = 1024 * 1024
LONGEST = 120
"""Letters of a name: the whole path must hold in what Windows takes, once unpacked in some folder."""
MANIFEST = "EMPREINTES-SHA256.txt"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name of file that Windows, macOS and Linux all take, and that stays in its folder; never empty."""
    kept = _FORBIDDEN.sub("-", name).strip(" .-")
    if len(kept) > LONGEST:
        stem, dot, ending = kept.rpartition(".")
        ending = ending if dot and len(ending) < len("xxxxxxxx") else ""
        kept = f"{(stem if ending else kept)[: LONGEST - len(ending) - 1].rstrip(' .')}{dot if ending else ''}{ending}"
    return f"_{kept}" if _DEVICE.fullmatch(kept) else kept or "sans-nom"


class Archive:
    """The ZIP being written. `members` are the path and the SHA-256 of each content, in their order."""

    def __init__(self, kept: ZipFile, at: datetime) -> None:
        local = at.astimezone(PARIS)
        self._zip = kept
        self._at = (local.year, local.month, local.day, local.hour, local.minute, local.second)
        self.members: list[tuple[str, str]] = []
        self._taken: set[str] = set()

    def _free(self, path: str) -> str:
        """The path, numbered if another content has it already, whatever its case."""
        folder, slash, name = path.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        number, free = 1, path
        while free.casefold() in self._taken:
            number += 1
            told = f"{stem or ending} ({number}){dot if stem else ''}{ending if stem else ''}"
            free = f"{folder}{slash}{told}"
        self._taken.add(free.casefold())
        return free

    def add(self, path: str, content: bytes) -> None:
        with self._member(path, len(content)) as write:
            write(content)

    def add_file(self, path: str, source: Path) -> None:
        with self._member(path, source.stat().st_size) as write, source.open("rb") as file:
            while chunk := file.read(CHUNK):
                write(chunk)

    @contextmanager
    def _member(self, path: str, size: int) -> Iterator[Callable[[bytes], None]]:
        free = self._free(path)
        told = ZipInfo(free, self._at)
        told.compress_type, told.file_size, told.external_attr = ZIP_DEFLATED, size, 0o600 << 16
        digest = hashlib.sha256()
        with self._zip.open(told, "w") as member:

            def write(chunk: bytes) -> None:
                digest.update(chunk)
                member.write(chunk)

            yield write
        self.members.append((free, digest.hexdigest()))

    def close_with_manifest(self, name: str) -> None:
        """The hashes, as `sha256sum -c` reads them."""
        lines = [f"{digest}  {path}\n" for path, digest in self.members]
        self.add(name, "".join(lines).encode())


@contextmanager
def archive(path: Path, at: datetime, manifest: str = MANIFEST) -> Iterator[Archive]:
    """A ZIP that appears at `path` once whole, with its manifest; nothing is left of it when it is given up."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
            with ZipFile(file, "w", ZIP_DEFLATED) as kept:
                made = Archive(kept, at)
                yield made
                made.close_with_manifest(manifest)
        replace_safely(part, path)
    finally:
        discard(part)
