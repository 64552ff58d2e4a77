"""Folders where a live file would be damaged: network shares and synchronised folders (reliability.md 2.3)."""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.errors import StoreError

_REMOTE = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "fuse.rclone",
    "afpfs",
    "davfs",
    "fuse.davfs2",
    "ncpfs",
}
_SYNCHRONISED = (
    "OneDrive", "Dropbox", "Google Drive", "GoogleDrive", "iCloudDrive", "Mobile Documents", "CloudStorage",
    "Nextcloud", "ownCloud", "kDrive", "pCloudDrive",
)  # fmt: skip
_MOUNTS = Path("/proc/mounts")

NETWORK = (
    "Ce dossier est sur le réseau. Le fichier de l’entreprise y serait abîmé par la première coupure\u00a0: "
    "choisissez un dossier de ce poste, et gardez le réseau pour les sauvegardes."
)
SYNCHRONISED = (
    "Ce dossier est synchronisé ({name}). Le fichier de l’entreprise y serait abîmé par la synchronisation\u00a0: "
    "choisissez un autre dossier, et gardez celui-ci pour les sauvegardes."
)


def refuse_unsafe_place(path: Path, environment: Mapping[str, str]) -> None:
    """Raise StoreError with the reason when `path` must not hold a live base. The environment names OneDrive."""
    folder = path.absolute().parent
    if _is_remote(folder):
        raise StoreError(NETWORK)
    name = synchroniser(folder, environment)
    if name:
        raise StoreError(SYNCHRONISED.format(name=name))


def synchroniser(folder: Path, environment: Mapping[str, str]) -> str | None:
    """The name of the program that copies this folder elsewhere."""
    for variable, value in environment.items():
        if variable.startswith("OneDrive") and value and folder.is_relative_to(value):
            return "OneDrive"
    for root in _dropbox_folders(environment):
        if folder.is_relative_to(root):
            return "Dropbox"
    return next((name for name in _SYNCHRONISED for part in folder.parts if part.startswith(name)), None)


def _dropbox_folders(environment: Mapping[str, str]) -> list[str]:
    """Dropbox says itself where its folders are."""
    homes = [f"{environment.get('HOME', '')}/.dropbox"]
    homes += [f"{environment[name]}/Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in environment]
    found: list[str] = []
    for home in homes:
        with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
            told = json.loads((Path(home) / "info.json").read_text(encoding="utf-8"))
            found += [str(account["path"]) for account in told.values()]
    return found


def _is_remote(folder: Path) -> bool:
    if sys.platform == "win32":  # pragma: no cover - the other system's half
        import ctypes  # noqa: PLC0415 - of Windows only

        remote = 4
        return folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote
    return kind_of_disk(folder, _MOUNTS.read_text(encoding="utf-8")) in _REMOTE if _MOUNTS.exists() else False


def kind_of_disk(folder: Path, mounts: str) -> str:
    """The file system that holds `folder`, in a table of mounts as Linux gives it; "" when none does."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point, this, *_ = line.split(" ")
        place = point.encode().decode("unicode_escape") if "\\" in point else point
        if folder.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), this
    return kind
