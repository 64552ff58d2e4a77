import io
import json
import zipfile
from pathlib import Path

import pytest

from app.errors import Refused
from app.services.reading.source import MAX_BYTES, read, recognise
from tests.services.importing.bench import GLPI


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


UNREAD: list[tuple[bytes, str]] = [
    (b"", "vide"),
    (b" \r\n\t\n", "vide"),
    (b"%PDF-1.7 ...", "abîmé, ou coupé"),
    (_zip("mimetype", "content.xml"), "LibreOffice"),
    (_zip("word/document.xml"), "Word"),
    (_zip("a.csv"), "archive compressée"),
    (b"PK\x03\x04 cut", "abîmée"),
    (b"SQLite format 3\0", "base de données"),
    (b"\x89PNG\r\n", "image"),
    (b'<?xml version="1.0"?><ubl:Invoice>', "saisissez la facture à la main"),
    (b"<!doctype html><html>", "page web"),
    (b"<a/>", "XML"),
    (bytes(range(1, 32)) * 40, "binaire"),
    (b'{"content": {"hardware": {"na', "coupé"),
    (b'{"content": {"bios" 3}, "deviceid": "a"}  ', "abîmé"),
    (b"[" * 200_000, "JSON"),
    (b'{"a": ' + b"9" * 5000 + b"}", "démesuré"),
    (b'{"vers": 1}', "pas un inventaire"),
    (b'{"content": [], "deviceid": "a"}', "pas un inventaire"),
    (b"[1, 2]", "pas un inventaire"),
    (b'{"x": "' + b"a" * (9 * 1024 * 1024) + b'"}', "8\u00a0Mo"),
    (b"a;b\n" + b"x" * MAX_BYTES, "20\u00a0Mo"),
]


@pytest.mark.parametrize("case", range(len(UNREAD)), ids=[told for _, told in UNREAD])
def test_what_is_not_read_is_named(tmp_path: Path, case: int) -> None:
    content, told = UNREAD[case]
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=told):
        read(path)


def test_the_name_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "facture.pdf"
    path.write_text("Nom;N° de série\nA;B\n", encoding="utf-8")
    assert recognise(path) == "list"
    path.write_text(json.dumps({"content": {"bios": {}}, "note": float("nan")}), encoding="utf-16")
    assert recognise(path) == "json"


@pytest.mark.parametrize("name", ["computer_1.json", "printer_1.json"])
def test_real_inventories_are_known(name: str) -> None:
    assert recognise(GLPI / name) == "json"


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(Refused, match="n’est pas un fichier"):
            recognise(path)


@pytest.mark.skipif(not Path("/proc/self/mem").is_file(), reason="needs a file that the system refuses to read")
def test_a_file_that_the_system_refuses_is_told() -> None:
    with pytest.raises(Refused, match="ne peut pas être lu"):
        recognise(Path("/proc/self/mem"))
