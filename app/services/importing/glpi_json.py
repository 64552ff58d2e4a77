"""A native GLPI inventory (inventory_format, MIT) to facts about assets. Keys, logins and accounts are never read."""

import re
from datetime import timedelta, timezone, tzinfo
from typing import Any

from app.fields.checks import ip, mac
from app.fields.formats import PARIS
from app.models.codes import Finding
from app.services.importing import families
from app.services.importing.entries import Entry
from app.services.importing.facts import AssetFacts, known, known_serial, known_uuid, read_instant
from app.services.importing.loose import Part, part, parts, text, truth, whole

_NO_ADDRESS = ("127.", "169.254.", "0.", "::1", "fe80:")
_INTERNAL_PORTS = re.compile(r"\b(edp|lvds|internal|interne|dsi)", re.IGNORECASE)
_EMPTY_BUSES = re.compile(r"usb|removable|cd|dvd|floppy|virtual|tape", re.IGNORECASE)
_MIB_PER_GB = 1000
_WIDTHS = {
    "hostname": 80, "brand": 80, "model": 120, "serial": 80, "number": 30, "system": 120, "system_version": 80,
    "processor": 120, "last_user": 80,
}  # fmt: skip


def entries_of(data: Any, with_last_user: bool = False) -> list[Entry]:
    """The same as lines of a file, which an inventory does not have."""
    partial = truth(data, "partial")
    return [
        Entry(None, facts.values, notes=facts.notes, guess=facts.family, from_tool=True, partial=partial)
        for facts in read_inventory(data, with_last_user)
    ]


def read_inventory(data: Any, with_last_user: bool = False) -> list[AssetFacts]:
    """The machine first, then each external screen that has a serial number of its own."""
    content = part(data, "content")
    device = part(content, "network_device")
    main = _device(data, device) if device and not part(content, "hardware") else _computer(data, content)
    _survey(main, content)
    if with_last_user:
        _put(main.values, last_user=text(part(content, "hardware"), "lastloggeduser"))
    return [main, *_screens(content, main)]


def _put(values: dict[str, Any], **found: Any) -> None:
    """Keep what is not empty, cut to the width of its field."""
    for name, value in found.items():
        if value not in (None, ""):
            values[name] = value[: _WIDTHS[name]].strip() if name in _WIDTHS else value


def _computer(data: Any, content: Part) -> AssetFacts:
    hardware, bios, system = part(content, "hardware"), part(content, "bios"), part(content, "operatingsystem")
    values: dict[str, Any] = {"finding": Finding.TOOL}
    brand, model = _first(bios, "smanufacturer", "mmanufacturer"), _first(bios, "smodel", "mmodel")
    _put(
        values,
        hostname=known(text(hardware, "name")) or known(text(system, "fqdn")) or _device_name(data),
        brand=brand,
        model=model,
        serial=_serial(bios, "ssn", "msn", "enclosureserial"),
        number=known(text(bios, "assettag", 30)),
        machine_uuid=known_uuid(text(hardware, "uuid")),
        **_system(system),
        **_machine(content, hardware),
        **_network(content, hardware),
    )
    return AssetFacts(values, _computer_family(data, content, model, values.get("system")))


def _device_name(data: Any) -> str | None:
    """« glpixps-2018-07-09-09-07-13 »: the agent's own name begins with that of the machine."""
    found = re.fullmatch(r"(.+?)-\d{4}(-\d\d){5}", text(data, "deviceid"))
    return known(found[1]) if found else None


def _first(section: Part, *names: str) -> str | None:
    return next((value for name in names if (value := known(text(section, name)))), None)


def _serial(section: Part, *names: str) -> str | None:
    return next((value for name in names if (value := known_serial(text(section, name)))), None)


def _computer_family(data: Any, content: Part, model: str | None, system: str | None) -> str:
    hardware = part(content, "hardware")
    virtual = text(hardware, "vmsystem").casefold() not in {"", "physical", "missing"}
    chassis = text(hardware, "chassis_type")
    if text(data, "itemtype").casefold() == "phone" and not chassis:
        return families.from_words(model) or families.SMARTPHONE
    return families.of_computer(chassis, model, system, virtual, bool(parts(content, "batteries")))


def _system(system: Part) -> dict[str, str | None]:
    """Windows says its version by a name (22H2) and by a build, which alone tells the end of support."""
    name = known(text(system, "full_name")) or known(text(system, "name"))
    version, kernel = known(text(system, "version")), known(text(system, "kernel_version"))
    if "windows" in (name or "").casefold() and kernel and version != kernel:
        version = f"{version} ({kernel})" if version else kernel
    return {"system": name, "system_version": version or kernel}


def _machine(content: Part, hardware: Part) -> dict[str, Any]:
    return {
        "processor": _processor(parts(content, "cpus")),
        "memory_mb": whole(hardware, "memory") or _sum(parts(content, "memories"), "capacity"),
        "disk_gb": _disk(parts(content, "storages")),
        "encrypted": _encrypted(parts(content, "drives")),
    }  # fmt: skip


def _sum(listed: list[Part], name: str) -> int | None:
    return sum(whole(item, name) or 0 for item in listed) or None


def _processor(cpus: list[Part]) -> str | None:
    names = [name for cpu in cpus if (name := known(text(cpu, "name")))]
    if not names:
        return None
    return f"{len(names)}\u00a0× {names[0]}" if len(names) > 1 and len(set(names)) == 1 else names[0]


def _disk(storages: list[Part]) -> int | None:
    """Fixed disks together, in GB of a thousand as their makers count."""
    sizes = (
        whole(s, "disksize") or 0
        for s in storages
        if not _EMPTY_BUSES.search(f"{text(s, 'type')} {text(s, 'interface')} {text(s, 'description')}")
    )
    return round(sum(sizes) / _MIB_PER_GB) or None


def _encrypted(drives: list[Part]) -> bool | None:
    """Of the system's own volume; half encrypted is not encrypted. None if the agent does not say."""
    for drive in drives:
        if truth(drive, "systemdrive") or text(drive, "type") == "/":
            state = text(drive, "encrypt_status").casefold()
            return None if not state else state in {"yes", "oui"}
    return None


def _network(content: Part, hardware: Part) -> dict[str, str | None]:
    """The card that is part of the machine and reaches the outside, before one plugged in by USB."""
    cards = [c for c in parts(content, "networks") if not truth(c, "virtualdev") and _usual(c) and _mac(c)]
    best = max(cards, key=lambda card: _rank(card, text(hardware, "defaultgateway")), default=None)
    return {"mac": _mac(best) if best else None, "ip": _address(cards, best)}


def _usual(card: Part) -> bool:
    return text(card, "type").casefold() in {"", "ethernet", "wifi"} and not truth(card, "management")


def _rank(card: Part, gateway: str) -> tuple[bool, ...]:
    return (
        bool(text(card, "pcislot") or text(card, "pciid") or "PCI\\" in text(card, "pnpdeviceid")),
        text(card, "type").casefold() == "ethernet",
        bool(gateway) and text(card, "ipgateway") == gateway,
        text(card, "status").casefold() == "up",
        bool(_ip(text(card, "ipaddress"))),
    )


def _address(cards: list[Part], best: Part | None) -> str | None:
    """Of the best card, else of any other that has one."""
    same = [c for c in cards if best and text(c, "mac") == text(best, "mac")]
    return next((found for c in (*same, *cards) if (found := _ip(text(c, "ipaddress")))), None)


def _mac(section: Part) -> str | None:
    try:
        value = mac(text(section, "mac"))
    except ValueError:
        return None
    return None if value in {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"} else value


def _ip(address: str) -> str | None:
    try:
        value = ip(address)
    except ValueError:
        return None
    return None if value.startswith(_NO_ADDRESS) else value


def _device(data: Any, device: Part) -> AssetFacts:
    content = part(data, "content")
    components = parts(content, "network_components")
    values: dict[str, Any] = {"finding": Finding.TOOL}
    serial = _serial(device, "serial") or next((s for c in components if (s := _serial(c, "serial"))), None)
    addresses = device.get("ips")
    listed = [text({"ip": a}, "ip") for a in addresses[:50]] if isinstance(addresses, list) else [text(device, "ips")]
    _put(
        values,
        hostname=known(text(device, "name")),
        brand=known(text(device, "manufacturer")),
        model=known(text(device, "model")),
        serial=serial,
        number=known(text(device, "assettag", 30)),
        mac=_mac(device),
        ip=next((found for address in listed if (found := _ip(address))), None),
    )
    kind = text(data, "itemtype") if text(data, "itemtype") not in {"", "Unmanaged"} else text(device, "type")
    return AssetFacts(values, families.of_device(kind, text(device, "model"), text(device, "description", 400)))


def _screens(content: Part, main: AssetFacts) -> list[AssetFacts]:
    """A screen without serial number, or built into the machine, is no asset of its own."""
    found: dict[str, AssetFacts] = {}
    for monitor in parts(content, "monitors"):
        serial = _serial(monitor, "serial", "altserial")
        if not serial or _INTERNAL_PORTS.search(text(monitor, "port")) or serial == main.values.get("serial"):
            continue
        values: dict[str, Any] = {"finding": Finding.TOOL, "serial": serial}
        _put(values, brand=known(text(monitor, "manufacturer")), model=_first(monitor, "name", "caption"))
        if when := main.values.get("inventoried_at"):
            values["inventoried_at"] = when
        found.setdefault(serial, AssetFacts(values, families.SCREEN))
    return list(found.values())


def _survey(facts: AssetFacts, content: Part) -> None:
    """When the agent looked, in its own time zone."""
    written = text(part(content, "accesslog"), "logdate")
    if not written:
        return
    try:
        facts.values["inventoried_at"] = read_instant(written, _zone(part(content, "operatingsystem")))
    except (ValueError, OverflowError) as error:
        facts.notes.append(f"Date du relevé laissée de côté. {error}")


def _zone(system: Part) -> tzinfo:
    offset = re.fullmatch(r"([+-])(\d\d)(\d\d)", text(part(system, "timezone"), "offset"))
    if not offset or int(offset[2]) > 14:  # noqa: PLR2004 - no zone is further
        return PARIS
    delta = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-delta if offset[1] == "-" else delta)
