import json
import os
from pathlib import Path

import pytest

from app.errors import StoreError
from app.storage import places
from app.storage.places import kind_of_disk, refuse_unsafe_place, synchroniser

MOUNTS = """/dev/sda1 / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
nas:/partage /home/marie/partage nfs4 rw 0 0
//nas/p /mnt/le\\040partage cifs rw 0 0
/dev/sda3 /mnt ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/etc", "ext4"),
        ("/home/marie", "ext4"),
        ("/home/marie/partage/a", "nfs4"),
        ("/home/marie/partages", "ext4"),
        ("/mnt/le partage", "cifs"),
        ("relative", ""),
    ],
)
def test_the_nearest_mount_says_the_kind(folder: str, kind: str) -> None:
    assert kind_of_disk(Path(folder), MOUNTS) == kind


def test_no_mount_no_kind() -> None:
    assert kind_of_disk(Path("/etc"), "") == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows says it otherwise")
@pytest.mark.parametrize("remote", [True, False])
def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/a {tmp_path} {'nfs4' if remote else 'ext4'} rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    if remote:
        with pytest.raises(StoreError, match="réseau"):
            refuse_unsafe_place(tmp_path / "a.parc", {})
    else:
        refuse_unsafe_place(tmp_path / "a.parc", {})


def test_a_system_without_table_of_mounts_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "absent")
    refuse_unsafe_place(tmp_path / "a.parc", {})


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive - Société", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Google Drive/a/b", "Google Drive"),
        ("Library/Mobile Documents/a", "Mobile Documents"),
        ("Nextcloud", "Nextcloud"),
        ("Documents", None),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, folder: str, name: str | None) -> None:
    assert synchroniser(tmp_path / folder, {}) == name


def test_onedrive_is_known_by_the_environment(tmp_path: Path) -> None:
    told = {"OneDriveCommercial": str(tmp_path / "Société"), "OneDrive": "", "PATH": str(tmp_path)}
    assert synchroniser(tmp_path / "Société" / "a", told) == "OneDrive"
    assert synchroniser(tmp_path / "autre", told) is None


def test_dropbox_is_known_by_what_it_writes(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    info = {"personal": {"path": str(tmp_path / "Boîte")}}
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(info), encoding="utf-8")
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "info.json").write_text("[]")
    told = {"HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    assert synchroniser(tmp_path / "Boîte" / "a", told) == "Dropbox"
    assert synchroniser(tmp_path / "Autre", told) is None
    with pytest.raises(StoreError, match="synchronisé"):
        refuse_unsafe_place(tmp_path / "Boîte" / "a.parc", told)
