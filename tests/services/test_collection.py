"""The scripts given to the manager: what they must not read, and what the shell one really writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Refused
from app.services import collection
from app.services.reading.source import read
from tests.services.importing.bench import one_machine

FORBIDDEN = (
    "win32_product ", "win32_useraccount", "win32_userprofile", "get-localuser", "username", "productkey", "credential",
    "invoke-webrequest", "curl ", "net user", "dscl", "hkcu",
)  # fmt: skip
PROFILE = """{
  "SPHardwareDataType" : [
    { "_name" : "hardware_overview", "machine_model" : "Mac14,2", "machine_name" : "MacBook Air",
      "physical_memory" : "24 Go", "serial_number" : "H2LK41XQ9" }
  ],
  "SPSoftwareDataType" : [
    {
      "local_host_name" : "mac-claire",
      "os_version" : "macOS 14.5 (23F79)",
      "user_name" : "Claire Bonnin (claire)"
    }
  ]
}
"""


def test_the_scripts_are_written_whole(tmp_path: Path) -> None:
    made = collection.write(tmp_path / "à porter")
    assert [path.name for path in made] == list(collection.SCRIPTS)
    assert [path.read_bytes() for path in made] == [collection.script(n).read_bytes() for n in collection.SCRIPTS]
    assert os.access(made[-1], os.X_OK)
    assert collection.write(tmp_path / "à porter") == made


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(Refused, match="autre dossier"):
        collection.write(tmp_path / "fichier")


def test_the_windows_script_suits_powershell_5() -> None:
    raw = collection.script("collecte.ps1").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "without this mark, 5.1 reads accents wrong"
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig")
    assert "format = 'parc-collecte-1'" in text
    for newer in ("??", "&&", "||", "?.", "-AsHashtable", "ForEach-Object -Parallel"):
        assert newer not in text
    assert text.count("{") == text.count("}")
    assert text.count("(") == text.count(")")
    # French prose apart, no sign that opens a string is left open on its line.
    code = [line.partition("#")[0] for line in text.splitlines()]
    assert not [line for line in code if line.count("'") % 2 or line.count('"') % 2]


@pytest.mark.parametrize("name", collection.SCRIPTS)
def test_no_script_reads_people_nor_secrets(name: str) -> None:
    text = collection.script(name).read_text(encoding="utf-8-sig").casefold()
    for forbidden in FORBIDDEN:
        assert forbidden not in text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_the_mac_script_writes_what_is_read(tmp_path: Path) -> None:
    (script,) = [path for path in collection.write(tmp_path) if path.suffix == ".command"]
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, body in {
        "system_profiler": f"cat <<'F'\n{PROFILE}F",
        "scutil": "echo mac-claire",
        "fdesetup": "echo 'FileVault is On.'",
    }.items():
        (commands / name).write_text(f"#!/bin/sh\n{body}\n")
        (commands / name).chmod(0o700)
    around = {"PATH": f"{commands}:{os.environ['PATH']}"}
    subprocess.run(["bash", script], env=around, check=True, capture_output=True)
    written = tmp_path / "mac-claire.json"
    assert "claire" not in json.loads(written.read_text(encoding="utf-8"))["SPSoftwareDataType"][0]["user_name"]
    machine = one_machine(read(written))
    assert (machine.values["serial"], machine.values["memory_mb"]) == ("H2LK41XQ9", 24 * 1024)
    assert machine.values["system_version"] == "14.5 (23F79)"
    assert machine.values["inventoried_at"]
    shown = subprocess.run(["bash", script, "ecran"], env=around, check=True, capture_output=True, text=True)
    assert json.loads(shown.stdout)["parc"]["filevault"] is True
