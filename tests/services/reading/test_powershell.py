"""The file of our Windows script, as PowerShell 5.1 and 7 write it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.reading.chassis import case_of
from app.services.reading.machine import Machine
from app.services.reading.powershell import moment
from app.services.reading.source import read
from tests.services.importing.bench import one_machine

GIB = 1024**3


def collected(**more: Any) -> dict[str, Any]:
    return {
        "format": "parc-collecte-1", "date": "2026-01-05T10:00:00.1234567+01:00", "outil": "collecte.ps1",
        "systeme": {"Name": "PC-COMPTA", "Manufacturer": "Dell Inc.", "Model": "OptiPlex 7010",
                    "TotalPhysicalMemory": 16 * GIB},
        "bios": {"SerialNumber": "7XKQ2M3"},
        "boitier": {"ChassisTypes": [3], "SMBIOSAssetTag": "Default string"},
        "produit": {"UUID": "4C4C4544-0034-3010-8048-B6C04F503733"},
        "os": {"Caption": "Microsoft Windows 11 Professionnel", "Version": "10.0.22631", "DisplayVersion": "23H2"},
        "processeurs": [{"Name": "Intel(R) Core(TM) i5-13500"}],
        "memoires": [{"Capacity": 8 * GIB, "Manufacturer": "Kingston", "SerialNumber": "A1B2", "SMBIOSMemoryType": 26}]
        * 2,
        "supports": [{"Model": "KXG60", "SerialNumber": "39B1", "Size": 512_110_190_592, "InterfaceType": "SCSI",
                      "MediaType": "Fixed hard disk media"},
                     {"Model": "Clé", "Size": 16_000_000_000, "InterfaceType": "USB"}],
        "disques": [{"DeviceID": "D:", "Size": GIB, "FreeSpace": GIB, "Systeme": False, "Chiffre": None},
                    {"DeviceID": "C:", "Size": 400 * GIB, "FreeSpace": 100 * GIB, "Systeme": True, "Chiffre": True}],
        "ecrans": [{"fabricant": "DEL", "modele": "P2422H", "serie": "7KX1"},
                   {"fabricant": "AUO", "modele": "", "serie": "0"}],
        "reseau": [{"MACAddress": "00:1A:2B:3C:4D:5E", "IPAddress": ["192.168.1.20", "fe80::1"],
                    "DefaultIPGateway": ["192.168.1.1"], "PNPDeviceID": "PCI\\VEN_8086"}],
        "antivirus": [{"nom": "Windows Defender", "actif": True, "a_jour": False}],
        "pare_feu": [{"nom": "Domain", "actif": "True"}, {"nom": "Public", "actif": "False"}],
        "batteries": [{"nom": "B7", "serie": "12", "neuve": 50000, "actuelle": 42000}],
        "logiciels": [{"DisplayName": "7-Zip", "DisplayVersion": "24.07", "Publisher": "Igor Pavlov",
                       "InstallDate": "20250114"}],
        **more,
    }  # fmt: skip


def read_as(folder: Path, data: dict[str, Any], encoding: str = "utf-8") -> Machine:
    path = folder / "PC-COMPTA.json"
    path.write_bytes(json.dumps(data, ensure_ascii=False).encode(encoding))
    return one_machine(read(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_windows_machine(tmp_path: Path, encoding: str) -> None:
    told = read_as(tmp_path, collected(), encoding)
    assert told.family == "Poste fixe"
    assert {name: told.values[name] for name in ("hostname", "serial", "memory_mb", "disk_gb", "mac", "ip")} == {
        "hostname": "PC-COMPTA", "serial": "7XKQ2M3", "memory_mb": 16384, "disk_gb": 512,
        "mac": "00:1a:2b:3c:4d:5e", "ip": "192.168.1.20",
    }  # fmt: skip
    assert told.values["system_version"] == "23H2 (10.0.22631)"
    assert told.values["inventoried_at"] == "2026-01-05T09:00:00+00:00"
    assert "number" not in told.values
    assert told.survey == {
        "tool": "collecte.ps1", "antivirus": "Windows Defender", "antivirus_on": True, "antivirus_current": False,
        "firewall_on": False, "disk_total_gb": 429, "disk_free_gb": 107, "disk_encrypted": True, "battery_health": 84,
    }  # fmt: skip
    assert told.programs == [("7-Zip", "Igor Pavlov", "24.07", "2025-01-14")]
    assert [piece[:2] for piece in told.pieces["memory"]] == [("DDR4 Kingston", "8\u00a0Go")] * 2
    assert [piece.label for piece in told.pieces["disk"]] == ["KXG60"]


def test_its_screen_is_an_asset_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(collected()), encoding="utf-8")
    found = read(path)
    assert isinstance(found, list)
    assert [one.values.get("serial") for one in found] == ["7XKQ2M3", "7KX1"]


def test_lists_of_one_that_powershell_collapsed(tmp_path: Path) -> None:
    one = {name: value[0] for name, value in collected().items() if isinstance(value, list)}
    one["reseau"] = {"MACAddress": "00:1A:2B:3C:4D:5E", "IPAddress": "192.168.1.20"}
    one["boitier"] = {"ChassisTypes": 10}
    told = read_as(tmp_path, collected(**one))
    assert told.family == "Ordinateur portable"
    assert (told.values["ip"], told.values["processor"]) == ("192.168.1.20", "Intel(R) Core(TM) i5-13500")
    assert told.survey["antivirus"] == "Windows Defender"
    assert len(told.programs or []) == len(told.pieces["memory"]) == 1


@pytest.mark.parametrize(
    ("antivirus", "told"),
    [([], {"antivirus_on": False}), (None, {})],
)
def test_no_antivirus_and_nothing_said_of_it_are_two_things(
    tmp_path: Path, antivirus: Any, told: dict[str, Any]
) -> None:
    survey = read_as(tmp_path, collected(antivirus=antivirus)).survey
    assert {name: value for name, value in survey.items() if name.startswith("antivirus")} == told


def test_a_file_that_says_little(tmp_path: Path) -> None:
    told = read_as(tmp_path, {"format": "parc-collecte-1", "systeme": {"Name": "PC-2", "Model": "VMware7,1"}})
    assert told.values == {"hostname": "PC-2", "model": "VMware7,1"}
    assert told.family == "Machine virtuelle"
    assert told.programs is None


@pytest.mark.parametrize(
    ("written", "read_back"),
    [
        ("/Date(1767603600000)/", "2026-01-05T09:00:00+00:00"),
        ("/Date(1767603600000+0100)/", "2026-01-05T09:00:00+00:00"),
        ("/Date(999999999999999)/", "/Date(999999999999999)/"),
        ("2026-01-05T10:00:00", "2026-01-05T10:00:00"),
    ],
)
def test_dates_of_powershell_5(written: str, read_back: str) -> None:
    assert moment(written) == read_back


@pytest.mark.parametrize(
    ("number", "word"), [(9, "Notebook"), ("30", "Tablet"), (3, "Desktop"), (2, ""), ("x", ""), (None, "")]
)
def test_kinds_of_cases(number: Any, word: str) -> None:
    assert case_of(number) == word
