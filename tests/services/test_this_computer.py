"""What a machine says of itself, from the files and answers of each system."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.services import this_computer
from app.services.reading.inventory import read_inventory
from app.services.reading.machine import Machine

DMI = {
    "sys_vendor": "Dell Inc.\n",
    "product_name": "Latitude 5440\n",
    "product_serial": "5CG4120R8K\n",
    "chassis_type": "10\n",
}
DISKS = {
    "blockdevices": [
        {"type": "disk", "size": 512110190592, "model": "PM9A1", "serial": "S64ENX0", "tran": "nvme", "rm": False,
         "mountpoints": [None], "children": [
             {"type": "part", "size": 500000000, "mountpoints": ["/boot"]},
             {"type": "crypt", "size": 511000000000, "mountpoints": ["/"]}]},
        {"type": "disk", "size": 16000000000, "model": "Clé", "tran": "usb", "rm": True, "mountpoints": [None]},
    ]
}  # fmt: skip
CARDS = [
    {"ifname": "lo", "link_type": "loopback", "address": "00:00:00:00:00:00", "operstate": "UNKNOWN", "addr_info": []},
    {"ifname": "eth0", "link_type": "ether", "address": "00:1a:2b:3c:4d:5e", "operstate": "UP",
     "addr_info": [{"family": "inet6", "local": "fe80::1"}, {"family": "inet", "local": "192.168.1.20"}]},
]  # fmt: skip
ANSWERS = {
    "lsblk": json.dumps(DISKS),
    "ip": json.dumps(CARDS),
    "systemd-detect-virt": "none\n",
    "dpkg-query": "firefox-esr\t128.5\tMaintainers of Mozilla <x@ex.org>\nbash\t5.2\t\n",
}


def machine(root: Path, **lines: str) -> Path:
    folder = root / "sys/class/dmi/id"
    folder.mkdir(parents=True)
    for name, text in (DMI | lines).items():
        (folder / name).write_text(text)
    battery = root / "sys/class/power_supply/BAT0"
    battery.mkdir(parents=True)
    for name, text in {"energy_full_design": "50000000", "energy_full": "40000000", "model_name": "B7"}.items():
        (battery / name).write_text(text)
    for place, text in {
        "proc/meminfo": "MemTotal:       16384000 kB\n",
        "proc/cpuinfo": "processor: 0\nphysical id\t: 0\nmodel name\t: i5-1345U\n\nmodel name\t: i5-1345U\n\nflags: x",
        "etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\n',
    }.items():
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_text(text)
    return root


def answer(command: list[str]) -> bytes:
    return ANSWERS.get(command[0], "").encode()


def read(root: Path) -> Machine:
    return read_inventory(this_computer.linux(root, answer))[0]


def test_a_linux_machine(tmp_path: Path) -> None:
    told = read(machine(tmp_path))
    values = told.values
    assert (values["brand"], values["model"], values["serial"]) == ("Dell Inc.", "Latitude 5440", "5CG4120R8K")
    assert (values["system"], values["memory_mb"], values["disk_gb"]) == ("Debian GNU/Linux 12", 16000, 512)
    assert (values["mac"], values["ip"], values["processor"]) == ("00:1a:2b:3c:4d:5e", "192.168.1.20", "i5-1345U")
    assert told.family == "Ordinateur portable"
    assert (told.survey["battery_health"], told.survey["disk_encrypted"], values["encrypted"]) == (80, True, True)
    assert told.programs
    assert [(one.name, one.publisher) for one in told.programs] == [
        ("firefox-esr", "Maintainers of Mozilla"),
        ("bash", None),
    ]
    assert [piece.label for piece in told.pieces["disk"]] == ["PM9A1"]


@pytest.mark.parametrize("serial", ["To Be Filled By O.E.M.", "Default string", "None", "  "])
def test_the_words_of_the_factory_are_no_serial_number(tmp_path: Path, serial: str) -> None:
    assert "serial" not in read(machine(tmp_path, product_serial=serial)).values


def test_a_machine_that_says_nothing(tmp_path: Path) -> None:
    told = read_inventory(this_computer.linux(tmp_path, lambda _: b""))[0]
    assert not {"model", "serial", "processor", "memory_mb", "encrypted"} & told.values.keys()
    assert told.values["hostname"]


@pytest.mark.parametrize("junk", [b"", b"[1, 2", b"[1]", b'{"blockdevices": null}', b"\xff\xfe{\0}\0"])
def test_answers_that_are_no_answer(tmp_path: Path, junk: bytes) -> None:
    assert read_inventory(this_computer.linux(machine(tmp_path), lambda _: junk))[0].values["model"]


def test_a_windows_machine_runs_its_script() -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> bytes:
        asked.append(command)
        told: dict[str, Any] = {"format": "parc-collecte-1", "bios": {"SerialNumber": "X1A2"},
                                "systeme": {"Name": "PC-1", "Manufacturer": "HP", "Model": "EliteDesk"}}  # fmt: skip
        return b"\xef\xbb\xbf" + json.dumps(told).encode()

    (found,) = read_inventory(this_computer.windows(run))
    assert (found.values["brand"], found.values["serial"], found.values["hostname"]) == ("HP", "X1A2", "PC-1")
    assert asked[0][-2].endswith("collecte.ps1")
    assert asked[0][-1] == "-Ecran"


def test_a_mac_runs_its_script() -> None:
    told = {
        "SPHardwareDataType": [{"machine_name": "MacBook Air", "machine_model": "Mac14,2", "serial_number": "C02X"}]
    }
    (found,) = read_inventory(this_computer.mac(lambda _: json.dumps(told).encode()))
    assert (found.values["model"], found.values["serial"]) == ("MacBook Air (Mac14,2)", "C02X")
    assert found.family == "Ordinateur portable"


def test_a_command_that_is_not_there_says_nothing() -> None:
    assert this_computer.output(["no-such-command-here"]) == b""


def test_what_a_command_prints() -> None:
    assert this_computer.output([sys.executable, "-c", "print(12)"]).strip() == b"12"


def test_this_very_machine_is_written_as_a_file(tmp_path: Path) -> None:
    path = this_computer.write(tmp_path)
    (found, *_) = read_inventory(json.loads(path.read_text(encoding="utf-8")))
    assert found.values["hostname"]
    assert found.is_surveyed


def test_a_machine_that_cannot_be_described_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(this_computer, "inventory", lambda: {"content": {}})
    with pytest.raises(Refused, match="Saisissez-le"):
        this_computer.write(tmp_path)
