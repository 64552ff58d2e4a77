"""Backups: a checked copy, packed with its manifest, read again, and only then named (reliability.md 2.6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app import __version__
from app.errors import AppError, StoreDamaged, StoreError
from app.jobs import Job
from app.storage import archive, rotation, schema
from app.storage.copying import snapshot
from app.storage.files import discard, replace_safely
from app.storage.store import Store
from app.storage.verify import Report, state_of, verify

NOT_WRITTEN = "La sauvegarde n’a pas pu être écrite dans ce dossier ({reason}). Celles d’avant y sont toujours."


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive of the folder and what its manifest says."""

    path: Path
    manifest: archive.Manifest

    @property
    def is_verified(self) -> bool:
        return not self.manifest.remarks


def backups(folder: Path) -> list[Backup]:
    """The backups of a folder, the latest first; what cannot be read is left out, and left alone."""
    found: list[Backup] = []
    for path in folder.glob("*.zip"):
        try:
            found.append(Backup(path, archive.read_manifest(path)))
        except (AppError, OSError):
            continue
    return sorted(found, key=lambda one: one.manifest.sequence, reverse=True)


def backup_if_needed(store: Store, folder: Path) -> Job[Backup | None]:
    """A backup, unless the last verified one holds the present state."""
    last = next((one for one in backups(folder) if one.is_verified), None)
    with store.read() as session:
        unchanged = last is not None and last.manifest.state == state_of(session)
    return None if unchanged else (yield from make_backup(store, folder))


def make_backup(store: Store, folder: Path) -> Job[Backup]:
    """Back up, then let go of the backups in surplus. StoreDamaged when the file is: no good backup must go for it."""
    try:
        made = yield from _make(store, folder)
    except OSError as error:
        raise StoreError(NOT_WRITTEN.format(reason=error.strerror or error)) from error
    rotate(folder)
    return made


def _make(store: Store, folder: Path) -> Job[Backup]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sequence = 1 + max((one.manifest.sequence for one in backups(folder)), default=0)
    now = datetime.now(UTC)
    path = folder / f"{store.path.stem}-{sequence:05d}-{now:%Y-%m-%d}.zip"
    with _scratch(store, path) as (copy, part):
        snapshot(store.path, copy, read_only=store.read_only)
        report = yield from verify(copy)
        if report.damage:
            raise StoreDamaged(report.damage[0])
        manifest = _manifest(copy, report, sequence, now)
        yield from archive.pack(copy, manifest, part)
        part.chmod(0o600)
        yield from archive.check_content(part)
        replace_safely(part, path)
    return Backup(path, manifest)


def _manifest(copy: Path, report: Report, sequence: int, now: datetime) -> archive.Manifest:
    return archive.Manifest(
        format=archive.FORMAT,
        sequence=sequence,
        made_at=now.isoformat(timespec="seconds"),
        app_version=__version__,
        schema=schema.SCHEMA,
        head=report.head,
        state=report.state,
        counts=report.counts,
        remarks=report.remarks,
        size=copy.stat().st_size,
        sha256=archive.digest_of(copy),
    )


@contextmanager
def _scratch(store: Store, path: Path) -> Iterator[tuple[Path, Path]]:
    """A place for the copy, on the disk of the base, and one for the unfinished archive; both go, whatever happens."""
    near = path.parent if store.read_only else store.path.parent
    copy, part = near / f"{store.path.name}.copie", path.with_name(f"{path.name}.part")
    for stale in (copy, *path.parent.glob(f"{store.path.stem}-*.zip.part")):
        stale.unlink(missing_ok=True)
    try:
        yield copy, part
    finally:
        discard(copy)
        discard(part)


def rotate(folder: Path) -> list[Path]:
    """Delete the backups in surplus and return their paths."""
    kept = [
        rotation.Kept(one.path, one.manifest.sequence, one.manifest.moment, one.is_verified) for one in backups(folder)
    ]
    gone = [one.path for one in rotation.surplus(kept)]
    for path in gone:
        discard(path)
    return gone
