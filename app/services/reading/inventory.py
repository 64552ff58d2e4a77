"""An inventory in the words of inventory_format (MIT), which GLPI's agents write and the other readers translate to,
to facts about assets. Keys, logins and accounts are never read."""

import re
from datetime import timedelta, timezone, tzinfo
from typing import Any

from app.fields.formats import PARIS
from app.services.reading import families
from app.services.reading.cards import ip_of, mac_of, network
from app.services.reading.loose import Part, part, parts, text, truth, whole
from app.services.reading.machine import Machine
from app.services.reading.upkeep import is_encrypted, is_fixed, pieces_of, programs_of, survey_of
from app.services.reading.words import known, known_serial, known_uuid, read_instant, without_brand

_INTERNAL_PORTS = re.compile(r"\b(edp|lvds|internal|interne|dsi)", re.IGNORECASE)
_MB_PER_GB = 1000
_WIDTHS = {
    "hostname": 80, "brand": 80, "model": 120, "serial": 80, "number": 30, "system": 120, "system_version": 80,
    "processor": 120, "last_user": 80,
}  # fmt: skip


def read_inventory(data: Any, with_last_user: bool = False) -> list[Machine]:
    """The machine first, then each external screen that has a serial number of its own."""
    content = part(data, "content")
    device = part(content, "network_device")
    main = _device(data, device) if device and not part(content, "hardware") else _computer(data, content)
    main.partial = truth(data, "partial")
    _date(main, content)
    if with_last_user:
        _put(main.values, last_user=text(part(content, "hardware"), "lastloggeduser"))
    return [main] if main.family == families.VIRTUAL else [main, *_screens(content, main)]


def _put(values: dict[str, Any], **found: Any) -> None:
    """Keep what is not empty, cut to the width of its field."""
    for name, value in found.items():
        if value not in (None, ""):
            values[name] = value[: _WIDTHS[name]].strip() if name in _WIDTHS else value


def _computer(data: Any, content: Part) -> Machine:
    hardware, bios, system = part(content, "hardware"), part(content, "bios"), part(content, "operatingsystem")
    values: dict[str, Any] = {}
    brand, model = _first(bios, "smanufacturer", "mmanufacturer"), _first(bios, "smodel", "mmodel")
    _put(
        values,
        hostname=known(text(hardware, "name")) or known(text(system, "fqdn")) or _device_name(data),
        brand=brand,
        model=without_brand(model, brand),
        serial=_serial(bios, "ssn", "msn", "enclosureserial"),
        machine_uuid=known_uuid(text(hardware, "uuid")),
        **_system(system, hardware),
        **_machine(content, hardware),
        **network(content),
    )
    _put(values, number=_tag(bios, values))
    return Machine(
        values,
        _computer_family(data, content, model, values.get("system")),
        survey=survey_of(content) | _tool(content),
        programs=programs_of(content),
        pieces=pieces_of(content),
    )


def _tool(content: Part) -> dict[str, str]:
    name = known(text(content, "versionclient", 80))
    return {"tool": name} if name else {}


def _tag(bios: Part, values: dict[str, Any]) -> str | None:
    """Makers repeat the serial number or the name where the company's own label should be."""
    tag = known(text(bios, "assettag", 30))
    return None if tag in {values.get("serial"), values.get("hostname")} else tag


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
    chassis = text(hardware, "chassis_type") or text(part(content, "bios"), "type")
    if text(data, "itemtype").casefold() == "phone" and not chassis:
        return families.from_words(model) or families.SMARTPHONE
    return families.of_computer(chassis, model, system, virtual, bool(parts(content, "batteries")))


def _system(system: Part, hardware: Part) -> dict[str, str | None]:
    """Windows says its version by a name (22H2) and by a build, which alone tells the end of support."""
    name = _first(system, "full_name", "name") or known(text(hardware, "osname"))
    version = known(text(system, "version"))
    kernel = known(text(system, "kernel_version")) or known(text(hardware, "osversion"))
    if "windows" in (name or "").casefold() and kernel and version != kernel:
        version = f"{version} ({kernel})" if version else kernel
    return {"system": name, "system_version": version or kernel}


def _machine(content: Part, hardware: Part) -> dict[str, Any]:
    return {
        "processor": _processor(parts(content, "cpus")) or known(text(hardware, "processort")),
        "memory_mb": whole(hardware, "memory") or _sum(parts(content, "memories"), "capacity"),
        "disk_gb": _disk(parts(content, "storages")),
        "encrypted": is_encrypted(content),
    }  # fmt: skip


def _sum(listed: list[Part], name: str) -> int | None:
    return sum(whole(item, name) or 0 for item in listed) or None


def _processor(cpus: list[Part]) -> str | None:
    names = [name for cpu in cpus if (name := known(text(cpu, "name")) or known(text(cpu, "type")))]
    if not names:
        return None
    return f"{len(names)}\u00a0× {names[0]}" if len(names) > 1 and len(set(names)) == 1 else names[0]


def _disk(storages: list[Part]) -> int | None:
    """Fixed disks together, in GB of a thousand as their makers count."""
    return round(sum(whole(one, "disksize") or 0 for one in storages if is_fixed(one)) / _MB_PER_GB) or None


def _device(data: Any, device: Part) -> Machine:
    content = part(data, "content")
    components = parts(content, "network_components")
    brand = known(text(device, "manufacturer"))
    values: dict[str, Any] = {}
    serial = _serial(device, "serial") or next((s for c in components if (s := _serial(c, "serial"))), None)
    addresses = device.get("ips")
    listed = [text({"ip": a}, "ip") for a in addresses[:50]] if isinstance(addresses, list) else [text(device, "ips")]
    _put(
        values,
        hostname=known(text(device, "name")),
        brand=brand,
        model=without_brand(known(text(device, "model")), brand),
        serial=serial,
        mac=mac_of(device),
        ip=next((found for address in listed if (found := ip_of(address))), None),
    )
    _put(values, number=_tag(device, values))
    kind = text(data, "itemtype") if text(data, "itemtype") not in {"", "Unmanaged"} else text(device, "type")
    return Machine(values, families.of_device(kind, text(device, "model"), text(device, "description", 400)))


def _screens(content: Part, main: Machine) -> list[Machine]:
    """A screen without serial number, or built into the machine, is no asset of its own."""
    found: dict[str, Machine] = {}
    for monitor in parts(content, "monitors"):
        serial = _serial(monitor, "serial", "altserial")
        if not serial or _INTERNAL_PORTS.search(text(monitor, "port")) or serial == main.values.get("serial"):
            continue
        values: dict[str, Any] = {"serial": serial}
        brand = known(text(monitor, "manufacturer"))
        _put(values, brand=brand, model=without_brand(_first(monitor, "name", "caption"), brand))
        if when := main.values.get("inventoried_at"):
            values["inventoried_at"] = when
        found.setdefault(serial, Machine(values, families.SCREEN, partial=main.partial))
    return list(found.values())


def _date(machine: Machine, content: Part) -> None:
    """When the agent looked, in its own time zone."""
    written = text(part(content, "accesslog"), "logdate")
    if not written:
        return
    try:
        when = read_instant(written, _zone(part(content, "operatingsystem")))
    except (ValueError, OverflowError) as error:
        machine.notes.append(f"Date du relevé laissée de côté. {error}")
    else:
        machine.values["inventoried_at"] = when.isoformat(timespec="seconds")


def _zone(system: Part) -> tzinfo:
    offset = re.fullmatch(r"([+-])(\d\d)(\d\d)", text(part(system, "timezone"), "offset"))
    if not offset or int(offset[2]) > 14:  # noqa: PLR2004 - no zone is further
        return PARIS
    delta = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
    return timezone(-delta if offset[1] == "-" else delta)
