"""OCS and FusionInventory XML, from files of their converter's own tests and from small ones."""

import zlib
from pathlib import Path

import pytest

from app.errors import Refused
from app.services.reading.machine import Machine
from app.services.reading.source import MAX_BYTES, read, recognise
from tests.services.importing.bench import GLPI

XML = GLPI / "xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def machines(path: Path) -> list[Machine]:
    found = read(path)
    assert isinstance(found, list)
    return found


def written(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "poste.ocs"
    path.write_bytes((HEAD + content).encode(encoding))
    return path


def computer(inside: str) -> str:
    return f"<REQUEST><CONTENT><HARDWARE><NAME>PC-1</NAME></HARDWARE>{inside}</CONTENT></REQUEST>"


def test_a_french_windows_laptop() -> None:
    laptop, screen = machines(XML / "2.xml")
    assert laptop.family == "Ordinateur portable"
    told = laptop.values
    assert (told["brand"], told["model"], told["serial"]) == ("Hewlett-Packard", "HP EliteBook 2540p", "CZC0479792")
    assert (told["system"], told["system_version"]) == ("Microsoft Windows 8.1 Professionnel", "6.3.9600")
    assert (told["mac"], told["ip"], told["memory_mb"], told["disk_gb"]) == (
        "68:b5:99:e6:84:eb", "10.253.6.55", 3887, 250,
    )  # fmt: skip
    assert told["inventoried_at"] == "2017-05-15T16:38:07+00:00"
    assert "number" not in told, "its asset tag repeats its serial number"
    # Two antivirus are on: Windows' own stands behind the other.
    assert laptop.survey == {
        "antivirus": "Kaspersky Endpoint Security 10 for Windows", "antivirus_on": True, "antivirus_current": True,
        "disk_total_gb": 121, "disk_free_gb": 75, "tool": "FusionInventory-Agent_v2.3.19",
    }  # fmt: skip
    assert laptop.programs
    names = {program.name: program for program in laptop.programs}
    assert names["CCleaner"][1:] == ("Piriform", "5.09", "2015-09-11")
    assert not [name for name in names if "KB" in name], "updates of Windows are no software"
    assert [piece.serial for piece in laptop.pieces["memory"]] == ["8036448B", "9428388F"]
    assert laptop.pieces["disk"][0][:2] == ("Hitachi HTS725025A9A364", "250\u00a0Go")
    assert (screen.family, screen.values["serial"]) == ("Écran", "C975661HAB2R")


def test_memory_that_only_its_modules_tell() -> None:
    (mac,) = machines(XML / "3.xml")
    assert (mac.values["memory_mb"], mac.values["system_version"]) == (4000, "10.6.8 (10K549)")
    assert (mac.survey["disk_total_gb"], mac.survey["disk_free_gb"]) == (45, 27)


def test_an_imac_is_no_laptop_though_a_battery_is_told() -> None:
    (mac,) = machines(XML / "4.xml")
    assert mac.family == "Poste fixe"
    assert mac.survey["firewall_on"] is False
    assert [piece.size for piece in mac.pieces["memory"]] == ["4\u00a0Go"] * 2, "an empty slot is no component"
    assert [piece.label for piece in mac.pieces["disk"]] == ["HDD ST1000DM003", "SSD SD0128F"], "nor a card reader"


def test_an_android_phone() -> None:
    (phone,) = machines(XML / "13.xml")
    assert (phone.family, phone.values["model"]) == ("Smartphone", "SM-A715F")
    assert "battery_health" not in phone.survey, "a phone gives its charge as a capacity"
    assert "number" not in phone.values
    assert phone.programs
    assert phone.programs[0].installed_on is None, "1970 is the date of a clock that was never set"


def test_a_printer_and_a_switch_seen_through_the_network() -> None:
    (printer,) = machines(XML / "8.xml")
    assert (printer.family, printer.values["serial"]) == ("Imprimante", "D9J230159")
    assert not printer.is_surveyed
    (switch,) = machines(XML / "16.xml")
    assert (switch.family, switch.values["model"], switch.values["hostname"]) == ("Commutateur", "1810-24G", "J9803A")
    assert "mac" not in switch.values, "« d5:c9:gh:81:cf:80 » is no address"


def test_ocs_says_some_things_its_own_way(tmp_path: Path) -> None:
    text = (
        "<REQUEST><CONTENT><BIOS><TYPE>Notebook</TYPE><SSN>SN12345</SSN></BIOS>"
        "<HARDWARE><NAME>PC-1</NAME><OSNAME>Microsoft Windows 10 Pro</OSNAME><OSVERSION>10.0.19045</OSVERSION>"
        "<PROCESSORT>Core i5</PROCESSORT></HARDWARE>"
        "<SECURITYCENTER><CATEGORY>AntiVirus</CATEGORY><PRODUCT>ESET</PRODUCT><ENABLED>1</ENABLED><UPTODATE>0</UPTODATE>"
        "</SECURITYCENTER><SECURITYCENTER><CATEGORY>Firewall</CATEGORY><PRODUCT>Autre</PRODUCT></SECURITYCENTER>"
        "<STORAGES><NAME>sda</NAME><DISKSIZE>274877.906944</DISKSIZE></STORAGES>"
        "<STORAGES><NAME>zram0</NAME><TYPE>disk</TYPE></STORAGES>"
        "</CONTENT><DEVICEID>x</DEVICEID></REQUEST>"
    )
    (found,) = machines(written(tmp_path, text))
    assert found.family == "Ordinateur portable"
    assert (found.values["system"], found.values["system_version"]) == (
        "Microsoft Windows 10 Pro",
        "10.0.19045",
    )
    assert (found.values["processor"], found.values["disk_gb"]) == ("Core i5", 275)
    assert found.survey == {
        "antivirus": "ESET", "antivirus_on": True, "antivirus_current": False, "tool": "OCS Inventory",
    }  # fmt: skip


def test_a_compressed_file_of_ocs_agents(tmp_path: Path) -> None:
    path = tmp_path / "poste.ocs"
    path.write_bytes(zlib.compress((XML / "2.xml").read_bytes()))
    assert machines(path)[0].values["serial"] == "CZC0479792"
    path.write_bytes(zlib.compress(b"<REQUEST>" + b" " * MAX_BYTES))
    with pytest.raises(Refused, match="décompressé"):
        read(path)
    path.write_bytes(zlib.compress(b"<REQUEST>")[:-4] + b"xxxx")
    with pytest.raises(Refused):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_that_of_the_bytes(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, computer("<BIOS><SMODEL>Élan</SMODEL></BIOS>"), encoding)
    assert machines(path)[0].values["model"] == "Élan"


def test_signs_that_xml_forbids_are_taken_out(tmp_path: Path) -> None:
    path = written(tmp_path, computer("<BIOS><SMODEL>A\x01&#x1F;&#2;B</SMODEL></BIOS>"))
    assert machines(path)[0].values["model"] == "A B"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<REQUEST><CONTENT><HARDWARE><NAME>PC", "coupé"),
        (computer("<BIOS><SMODEL>&nbsp;</SMODEL></BIOS>"), "abîmé"),
        ('<!DOCTYPE a [<!ENTITY x "y">]>' + computer(""), "piégé"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><REQUEST/>', "piégé"),
        ("<REQUEST><QUERY>PROLOG</QUERY></REQUEST>", "pas un inventaire"),
        ("<REPLY><REQUEST/><CONTENT/></REPLY>", "pas un inventaire"),
        ("<REQUEST><CONTENT><DEVICE><ERROR>timeout</ERROR></DEVICE></CONTENT></REQUEST>", "aucun appareil"),
        ("<REQUEST><CONTENT><PROCESSES/></CONTENT></REQUEST>", "aucun appareil"),
        ("<REQUEST>" + "<A/>" * 700_000 + "</REQUEST>", "si gros"),
    ],
)
def test_what_is_no_such_inventory_is_refused(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read(written(tmp_path, content))


def test_deep_nesting_stops_where_nothing_is_read(tmp_path: Path) -> None:
    (found,) = machines(written(tmp_path, computer("<BIOS>" + "<A>" * 20_000 + "</A>" * 20_000 + "</BIOS>")))
    assert found.values == {"hostname": "PC-1"}


def test_a_file_of_the_kind_is_known() -> None:
    assert recognise(XML / "2.xml") == "xml"


def test_an_empty_section_says_that_there_is_none(tmp_path: Path) -> None:
    inside = "<SOFTWARES/><ANTIVIRUS/><SOFTWARES><NAME>Firefox</NAME></SOFTWARES><MEMORIES/>"
    (found,) = machines(written(tmp_path, computer(inside)))
    assert found.programs == [("Firefox", None, None, None)]
    assert (found.survey["antivirus_on"], found.pieces) == (False, {"memory": []})
