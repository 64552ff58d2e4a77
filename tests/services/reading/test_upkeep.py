"""Antivirus, disk, battery, software and parts, from inventories of every completeness."""

from typing import Any

import pytest

from app.services.reading.machine import Machine, from_plain, to_plain
from app.services.reading.upkeep import disk_size, pieces_of, programs_of, survey_of

DEFENDER = {"name": "Windows Defender", "enabled": "1", "uptodate": "1"}
OTHER = {"name": "ESET", "enabled": True, "uptodate": 0}


@pytest.mark.parametrize(
    ("antivirus", "told"),
    [
        ([DEFENDER, OTHER], ("ESET", True, False)),
        ([DEFENDER, {**OTHER, "enabled": "0"}], ("Windows Defender", True, True)),
        ([{"name": "AVG"}], ("AVG", None, None)),
        ([], (None, False, None)),
    ],
)
def test_the_antivirus_in_charge(antivirus: list[Any], told: tuple[Any, ...]) -> None:
    found = survey_of({"antivirus": antivirus})
    assert tuple(found.get(name) for name in ("antivirus", "antivirus_on", "antivirus_current")) == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"firewalls": [{"status": "on"}, {"status": "off"}]}, False),
        ({"firewall": {"status": "on"}}, True),
        ({"firewalls": [{"status": "?"}]}, None),
        ({}, None),
    ],
)
def test_a_firewall_is_on_when_all_its_profiles_are(content: dict[str, Any], told: bool | None) -> None:
    assert survey_of(content).get("firewall_on") is told


@pytest.mark.parametrize(
    ("drive", "told"),
    [
        ({"letter": "C:", "total": 115123, "free": 71954}, (121, 75, None)),
        ({"type": "/", "total": 40189, "free": 0, "encrypt_status": "Yes"}, (42, 0, True)),
        ({"systemdrive": "1", "total": 1000, "encrypt_status": "Partial"}, (1, 0, False)),
        ({"letter": "C:", "total": 10, "free": 20}, (None, None, None)),
        ({"letter": "D:", "total": 115123, "free": 71954}, (None, None, None)),
    ],
)
def test_the_disk_of_the_system_in_gigabytes(drive: dict[str, Any], told: tuple[Any, ...]) -> None:
    found = survey_of({"drives": [{"letter": "E:", "total": 5}, drive]})
    assert tuple(found.get(name) for name in ("disk_total_gb", "disk_free_gb", "disk_encrypted")) == told


@pytest.mark.parametrize(
    ("batteries", "health"),
    [
        ([{"capacity": 57570, "real_capacity": 50570}], 88),
        ([{"capacity": 100, "real_capacity": 97}, {"capacity": 100, "real_capacity": 60}], 60),
        ([{"capacity": 93}], None),
        ([{"capacity": 10, "real_capacity": 900}], None),
        ([{"capacity": 100, "real_capacity": 104}], 104),
    ],
)
def test_the_health_of_a_battery(batteries: list[Any], health: int | None) -> None:
    assert survey_of({"batteries": batteries}).get("battery_health") == health


def test_software_once_a_name_in_its_highest_version() -> None:
    listed = [
        {"name": "kernel", "version": "4.9.10", "publisher": "Fedora Project", "install_date": "2017-02-20"},
        {"name": "Kernel", "version": "4.10.1", "install_date": "11/09/2015"},
        {"name": "kernel", "version": "4.8.0"},
        {"name": "KB4019215", "from": "WMI"},
        {"name": "Security Update for Microsoft Office (KB2553140) 64-Bit", "version": "1"},
        {"name": "Autre", "system_category": "security_update"},
        {"name": "  "},
        {"name": "Pages", "publisher": "Pages version 12, Copyright Apple", "install_date": "N/A"},
        "junk",
    ]
    assert programs_of({"softwares": listed}) == [
        ("Kernel", None, "4.10.1", "2015-09-11"),
        ("Pages", None, None, None),
    ]
    assert programs_of({}) is None


@pytest.mark.parametrize("date", ["01/01/1970", "2019-54-17", "99999999", "demain", "", "20991231"])
def test_impossible_days_of_installation_are_left_out(date: str) -> None:
    assert programs_of({"softwares": [{"name": "A", "install_date": date}]}) == [("A", None, None, None)]


def test_many_software_are_all_read() -> None:
    assert len(programs_of({"softwares": [{"name": f"s{n}"} for n in range(3033)]}) or ()) == 3033


def test_parts_of_every_kind() -> None:
    found = pieces_of(
        {
            "memories": [{"capacity": 4096, "type": "DDR4", "description": "SODIMM"}, {"capacity": ""},
                         {"capacity": 512}],
            "storages": [{"disksize": 512110, "model": "KXG60"}, {"disksize": 1, "name": "config"},
                         {"disksize": 16000, "interface": "USB"}, {"disksize": 2000398, "name": "sdb"}],
            "batteries": [{"name": "B7", "capacity": 57570, "serial": "0000"}, {"capacity": 93}, {"serial": "X12"}],
        }
    )  # fmt: skip
    assert found["memory"] == [("DDR4 SODIMM", "4\u00a0Go", None), ("Mémoire", "512\u00a0Mo", None)]
    assert found["disk"] == [("KXG60", "512\u00a0Go", None), ("sdb", "2\u00a0To", None)]
    assert found["battery"] == [("B7", "58\u00a0Wh", None), ("Batterie", None, "X12")]
    assert pieces_of({}) == {}


@pytest.mark.parametrize(
    ("megabytes", "told"), [(250059, "250\u00a0Go"), (1000204, "1\u00a0To"), (1500301, "1,5\u00a0To")]
)
def test_sizes_of_disks(megabytes: int, told: str) -> None:
    assert disk_size(megabytes) == told


def test_a_machine_travels_as_plain_data() -> None:
    programs = programs_of({"softwares": [{"name": "a"}]})
    pieces = pieces_of({"memories": [{"capacity": 512}]})
    machine = Machine({"serial": "A1"}, "Écran", ["x"], True, {"tool": "t"}, programs, pieces)
    assert from_plain(to_plain(machine)) == machine
    bare = Machine({}, "Écran")
    assert from_plain(to_plain(bare)) == bare
    assert (machine.is_surveyed, bare.is_surveyed) == (True, False)
