"""What a machine says of itself, from the files and answers of each system."""

import sys
from pathlib import Path
from typing import Any

import pytest

from app.models import Family
from app.services import setup, this_computer
from app.storage import Store

DELL = {
    "sys_vendor": "Dell Inc.\n",
    "product_name": "Latitude 5440\n",
    "product_serial": "5CG4120R8K\n",
    "chassis_type": "10\n",
}


def machine(folder: Path, **lines: str) -> Path:
    for name, text in (DELL | lines).items():
        (folder / name).write_text(text)
    return folder


def test_a_linux_machine(tmp_path: Path) -> None:
    told = this_computer.facts(lambda: this_computer.linux(machine(tmp_path)))
    assert (told["brand"], told["model"], told["serial"]) == ("Dell Inc.", "Latitude 5440", "5CG4120R8K")
    assert told["portable"] == "yes"
    assert told["hostname"]


@pytest.mark.parametrize("serial", ["To Be Filled By O.E.M.", "Default string", "None", "  "])
def test_the_words_of_the_factory_are_no_serial_number(tmp_path: Path, serial: str) -> None:
    told = this_computer.facts(lambda: this_computer.linux(machine(tmp_path, product_serial=serial)))
    assert "serial" not in told


def test_a_machine_that_says_nothing(tmp_path: Path) -> None:
    told = this_computer.facts(lambda: this_computer.linux(tmp_path / "absent"))
    assert "model" not in told
    assert "hostname" in told


def test_a_windows_machine() -> None:
    answer = {
        "brand": "HP",
        "model": "EliteDesk",
        "serial": "X1",
        "system": "Windows 11",
        "version": "10",
        "chassis": "3",
    }
    told = this_computer.facts(lambda: this_computer.windows(lambda _: answer))
    assert (told["brand"], told["serial"], told["system"]) == ("HP", "X1", "Windows 11")
    assert "portable" not in told


def test_a_mac() -> None:
    answer: dict[str, Any] = {
        "SPHardwareDataType": [{"machine_name": "MacBook Air", "machine_model": "Mac14,2", "serial_number": "C02"}]
    }
    told = this_computer.facts(lambda: this_computer.macos(lambda _: answer))
    assert (told["model"], told["serial"], told["portable"]) == ("MacBook Air (Mac14,2)", "C02", "yes")


def test_a_command_that_is_not_there_says_nothing() -> None:
    assert this_computer._json_of(["no-such-command-here"]) == {}


def test_this_very_machine_has_a_name() -> None:
    assert this_computer.facts()["hostname"]


def test_a_command_answers_in_json() -> None:
    assert this_computer._json_of([sys.executable, "-c", "print([1, 2])"]) == [1, 2]


def test_the_form_begins_with_the_facts_and_a_family(store: Store) -> None:
    with store.begin("essai") as session:
        setup.ensure(session)
        start = this_computer.start_of_form(session, {"hostname": "PC-COMPTA", "portable": "yes"})
        family = session.get(Family, start["family_id"])
        assert family
        assert (family.name, start["hostname"]) == ("Ordinateur portable", "PC-COMPTA")
        assert "portable" not in start
