import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.entities import ENTITIES
from app.services.importing.surveys import surveyed
from app.services.reading.inventory import read_inventory
from app.services.reading.machine import Machine
from app.services.reading.words import known, known_serial, known_uuid, read_instant, without_brand
from tests.services.importing.bench import GLPI, computer


def _read(name: str) -> list[Machine]:
    return read_inventory(json.loads((GLPI / name).read_text(encoding="utf-8")))


def test_a_real_laptop() -> None:
    laptop, screen = _read("computer_1.json")
    values = laptop.values
    assert laptop.family == "Ordinateur portable"
    assert (values["brand"], values["model"], values["serial"]) == ("Dell Inc.", "XPS 13 9350", "640HP72")
    assert values["machine_uuid"] == "4c4c4544-0034-3010-8048-b6c04f503732"
    assert (values["hostname"], values["memory_mb"], values["disk_gb"]) == ("glpixps", 7800, 256)
    assert values["system"] == "Fedora 31 (Workstation Edition)"
    assert values["encrypted"] is True
    # The card inside, not the USB dongle that was also connected.
    assert (values["mac"], values["ip"]) == ("44:85:00:2b:90:bc", "192.168.1.118")
    assert values["inventoried_at"] == "2020-06-12T12:19:54+00:00"  # +0200 in the file
    assert (screen.family, screen.values["serial"]) == ("Écran", "ABH55D")


def test_a_real_printer() -> None:
    (printer,) = _read("printer_1.json")
    assert printer.family == "Imprimante"
    assert printer.values["serial"] == "PHCVN191TG"
    assert (printer.values["mac"], printer.values["ip"]) == ("00:68:eb:f2:be:10", "10.59.29.175")


def test_no_login_nor_key_is_read_unless_asked() -> None:
    data = computer(
        users=[{"login": "claire"}],
        local_users=[{"name": "claire"}],
        licenseinfos=[{"key": "AAAAA-BBBBB"}],
        operatingsystem={"full_name": "Fedora", "ssh_key": "ssh-rsa AAAA"},
        hardware={"name": "PC", "winprodkey": "AAAAA-BBBBB", "lastloggeduser": "claire", "winowner": "claire"},
    )
    plain = repr(surveyed(read_inventory(data), "poste.json").entries)
    assert not any(word in plain for word in ("claire", "AAAAA", "ssh-rsa"))
    assert read_inventory(data, with_last_user=True)[0].values["last_user"] == "claire"


def test_windows_says_its_build() -> None:
    assert read_inventory(computer())[0].values["system_version"] == "23H2 (10.0.22631)"


@pytest.mark.parametrize(
    ("hardware", "model", "family"),
    [
        ({"chassis_type": "Notebook"}, "x", "Ordinateur portable"),
        ({"chassis_type": "Convertible"}, "x", "Ordinateur portable"),
        ({"chassis_type": "Mini PC"}, "x", "Poste fixe"),
        ({"chassis_type": "All in One"}, "x", "Poste fixe"),
        ({"chassis_type": "Rack Mount Chassis"}, "x", "Serveur"),
        ({"chassis_type": "Tablet"}, "x", "Tablette"),
        ({"chassis_type": "Laptop", "vmsystem": "VMware"}, "x", "Machine virtuelle"),
        ({"chassis_type": "Other"}, "PowerEdge T350", "Serveur"),
        ({}, "MacBookPro16,1", "Ordinateur portable"),
        ({}, "MacBook Pro", "Ordinateur portable"),
        ({}, "", "Poste fixe"),
    ],
)
def test_the_family_of_a_computer(hardware: dict[str, str], model: str, family: str) -> None:
    data = computer(hardware=hardware, bios={"smodel": model}, operatingsystem={})
    assert read_inventory(data)[0].family == family


def test_a_battery_makes_a_laptop_and_a_server_system_a_server() -> None:
    assert read_inventory(computer(hardware={}, bios={}, batteries=[{"name": "x"}]))[0].family == "Ordinateur portable"
    server = {"full_name": "Microsoft Windows Server 2022 Standard"}
    assert read_inventory(computer(operatingsystem=server))[0].family == "Serveur"


@pytest.mark.parametrize(
    ("itemtype", "device", "family"),
    [
        ("NetworkEquipment", {"type": "Networking", "model": "Catalyst 2960"}, "Commutateur"),
        ("NetworkEquipment", {"type": "Networking", "model": "FortiGate 60F"}, "Pare-feu"),
        ("NetworkEquipment", {"type": "Networking", "description": "UniFi AP AC Pro"}, "Borne Wi-Fi"),
        ("Phone", {"type": "Phone", "model": "T46S"}, "Téléphone"),
        ("Unmanaged", {"type": "Power", "model": "5P"}, "Onduleur"),
        ("Unmanaged", {"type": "Storage", "model": "DS923+"}, "NAS"),
        ("Unmanaged", {"type": "Unmanaged", "model": "x"}, "Autre"),
    ],
)
def test_the_family_of_a_device(itemtype: str, device: dict[str, str], family: str) -> None:
    data = {"itemtype": itemtype, "deviceid": "x", "content": {"network_device": device}}
    assert read_inventory(data)[0].family == family


def test_a_stack_has_the_serial_of_its_first_member() -> None:
    content = {"network_device": {"type": "Networking"}, "network_components": [{"serial": "0"}, {"serial": "FOC1234"}]}
    assert read_inventory({"content": content})[0].values["serial"] == "FOC1234"


def test_a_phone_is_a_smartphone() -> None:
    data = computer(hardware={"name": "Galaxy"}, bios={"smanufacturer": "samsung", "smodel": "SM-A546B", "ssn": "R58"})
    assert read_inventory(data | {"itemtype": "Phone"})[0].family == "Smartphone"


def test_what_makers_write_for_nothing_is_no_serial() -> None:
    bios = {"smanufacturer": "System manufacturer", "smodel": "To be filled by O.E.M.", "mmodel": "B550M",
            "ssn": "Default string", "msn": "0", "enclosureserial": "CH-77", "assettag": "No Asset Tag"}  # fmt: skip
    values = read_inventory(computer(bios=bios))[0].values
    assert (values.get("brand"), values["model"], values["serial"], values.get("number")) == (
        None,
        "B550M",
        "CH-77",
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "To be filled by O.E.M.",
        "Default string",
        "0",
        "00000000",
        "xx-xx",
        "None",
        "n/a",
        "-",
        "INVALID",
        "1111111",
        "",
    ],
)
def test_bogus_values(text: str) -> None:
    assert known(text) is None


@pytest.mark.parametrize("text", ["5CG4120R8K", "00100", "A", "PC 0", "VMware-56 4d"])
def test_true_values(text: str) -> None:
    assert known(text) == text


def test_bogus_serials_and_uuids() -> None:
    assert known_serial("12") is None
    assert known_uuid("03000200-0400-0500-0006-000700080009") is None
    assert known_uuid("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF") is None
    assert known_uuid("4C4C4544-0034-3010-8048-B6C04F503732") == "4c4c4544-0034-3010-8048-b6c04f503732"


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05 10:30:00",
        "2026-01-05T09:30:00Z",
        "2026-01-05 10:30",
        "05/01/2026 10:30",
        "2026-01-05T10:30:00+01:00",
    ],
)
def test_dates_in_several_writings(text: str) -> None:
    assert read_instant(text) == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2019-54-17", "01/01/1970", "Fri Jun 12 14:15", "2999-01-01", "", "missing"])
def test_impossible_dates_are_left_with_a_note(text: str) -> None:
    facts = read_inventory(computer(accesslog={"logdate": text}))[0]
    assert "inventoried_at" not in facts.values
    assert len(facts.notes) == (1 if text else 0)


def test_screens_need_a_serial_of_their_own() -> None:
    monitors = [
        {"name": "U2422H", "manufacturer": "Dell", "serial": "H1Q2"},
        {"name": "U2422H", "serial": "H1Q2"},
        {"name": "intern", "serial": "K77", "port": "eDP-1"},
        {"name": "none", "serial": "0"},
        {"caption": "alt", "altserial": "ZZ9"},
        {"name": "itself", "serial": "7XKQ2M3"},
        "nonsense",
    ]
    found = read_inventory(computer(monitors=monitors))[1:]
    assert [facts.values["serial"] for facts in found] == ["H1Q2", "ZZ9"]


def test_disks_and_encryption() -> None:
    content = {
        "storages": [
            {"disksize": "512110", "type": "disk"},
            {"disksize": 1000204},
            {"disksize": 32000, "interface": "USB"},
            {"disksize": 700, "type": "CD-ROM"},
        ],
        "drives": [
            {"letter": "D:", "encrypt_status": "Yes"},
            {"letter": "C:", "systemdrive": True, "encrypt_status": "No"},
        ],
        "cpus": [{"name": "Xeon"}, {"name": "Xeon"}],
        "hardware": {"name": "a"},
        "memories": [{"capacity": 4096}, {"capacity": "4096"}, {"capacity": "No"}, {"capacity": 10**30}],
    }
    values = read_inventory(computer(**content))[0].values
    assert (values["disk_gb"], values["encrypted"], values["memory_mb"]) == (1512, False, 8192)
    assert values["processor"] == "2\u00a0× Xeon"


@pytest.mark.parametrize(
    ("brand", "model", "told"),
    [
        ("Brother", "Brother HL-5350DN series", "HL-5350DN series"),
        ("Dell Inc.", "DELL 1707FP", "1707FP"),
        ("LENOVO", "Lenovo", "Lenovo"),  # nothing else tells it
        ("Hewlett-Packard", "HP EliteBook 2540p", "HP EliteBook 2540p"),
        ("Brother", "Brotherhood 3", "Brotherhood 3"),
        (None, "DELL P2422H", "DELL P2422H"),
        ("Dell", None, None),
    ],
)
def test_a_maker_is_told_once(brand: str | None, model: str | None, told: str | None) -> None:
    assert without_brand(model, brand) == told


def test_long_texts_are_cut_to_their_fields() -> None:
    values = read_inventory(computer(bios={"smodel": "m" * 500, "ssn": "s" * 500}))[0].values
    asset = ENTITIES["asset"]
    assert all(asset.field(name).check(value) == value for name, value in values.items())


def _parts_of(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, ...]] = []
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        inner += [(*path, key), *_parts_of(value, (*path, key))]
    return inner


_JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=30), st.just([]), st.just({}),
    st.just(["\ud800"]), st.just([{"serial": [[]]}]), st.just("9" * 400), st.just({"a": {"b": None}}),
)  # fmt: skip


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["computer_1.json", "printer_1.json", "own"]), st.data())
def test_no_wrong_type_ever_breaks_the_reading(name: str, data: st.DataObject) -> None:
    whole = computer(monitors=[{"serial": "A12"}], networks=[{"mac": "00:11:22:33:44:55", "description": "e"}])
    if name != "own":
        whole = json.loads((GLPI / name).read_text(encoding="utf-8"))
    mutated = copy.deepcopy(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        paths = _parts_of(mutated)
        if not paths:
            break
        *head, last = data.draw(st.sampled_from(paths))
        target = mutated
        for key in head:
            target = target[key]
        target[last] = copy.deepcopy(data.draw(_JUNK))
    for entry in surveyed(read_inventory(mutated, with_last_user=True), "poste.json").entries:
        asset = ENTITIES["asset"]
        for field, value in entry.values.items():
            assert asset.field(field).check(value) == value
