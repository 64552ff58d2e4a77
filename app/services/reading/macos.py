"""What `system_profiler -json` says of a Mac, to the words of inventory_format. Its keys are stable, its values speak
the language of the session: « 24 Go », « 3,1 GHz », « Oui »."""

import re
from typing import Any

from app.services.reading.loose import Part, answer, divided, part, parts, text

OURS = "parc"
"""The section that `collecte-mac.command` adds: when, FileVault, firewall."""
_MIB, _MB = 1024 * 1024, 1_000_000
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([KMGT])", re.IGNORECASE)
_IN_MIB = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1024 * 1024}
_SYSTEM = re.compile(r"((?:Mac ?OS X|macOS|OS X)) ([\d.]+)\s*(?:\(([^)]*)\))?", re.IGNORECASE)
_BOOKS = re.compile("book", re.IGNORECASE)
_OFF = re.compile(r"_off\b|désactiv|disabled|\bnon\b|\bno\b", re.IGNORECASE)


def is_one(data: Any) -> bool:
    return isinstance(data, dict) and any(str(key).startswith("SPHardware") for key in data)


def inventory(data: Part) -> Part:
    machine = _hardware(data)
    software = part(data, "SPSoftwareDataType")
    ours = part(data, OURS)
    model = text(machine, "machine_model")
    named = text(machine, "machine_name")
    content: dict[str, Any] = {
        "accesslog": {"logdate": text(ours, "date")},
        "versionclient": "collecte-mac.command" if ours else "system_profiler",
        "bios": {
            "smanufacturer": "Apple",
            "smodel": f"{named} ({model})" if named and model else named or model,
            "ssn": text(machine, "serial_number"),
        },
        "hardware": {
            "name": text(software, "local_host_name"),
            "uuid": text(machine, "platform_UUID"),
            "memory": mebibytes(text(machine, "physical_memory")),
            "chassis_type": ("Laptop" if _BOOKS.search(named + model) else "Desktop") if named or model else "",
            "vmsystem": "Virtual" if "virtual" in model.casefold() else "Physical",
        },
        "operatingsystem": _system(text(software, "os_version")),
        "cpus": [{"name": text(machine, "chip_type") or text(machine, "cpu_type")}],
        "firewalls": _firewall(data, ours),
    }
    readers = {
        "memories": ("SPMemoryDataType", _memories),
        "drives": ("SPStorageDataType", _drives),
        "storages": ("SPStorageDataType", _disks),
        "networks": ("SPNetworkDataType", _cards),
        "batteries": ("SPPowerDataType", _batteries),
        "monitors": ("SPDisplaysDataType", _screens),
        "softwares": ("SPApplicationsDataType", _programs),
    }
    content |= {name: read(data) for name, (section, read) in readers.items() if section in data}
    return {"itemtype": "Computer", "content": content}


def _hardware(data: Part) -> Part:
    found = parts(data, "SPHardwareDataType")
    return next(
        (one for one in found if one.get("serial_number") or one.get("machine_model")), found[0] if found else {}
    )


def mebibytes(size: str) -> int | None:
    """« 24 GB », « 24 Go », « 512 Mo » -> MiB."""
    found = _SIZE.search(size)
    return round(float(found[1].replace(",", ".")) * _IN_MIB[found[2].upper()]) if found else None


def _system(words: str) -> Part:
    """« macOS 14.5 (23F79) » -> its name and its version."""
    found = _SYSTEM.search(words)
    if not found:
        return {"full_name": words}
    return {"full_name": f"{found[1]} {found[2]}", "version": f"{found[2]} ({found[3]})" if found[3] else found[2]}


def _firewall(data: Part, ours: Part) -> list[Part]:
    told = answer(ours, "pare_feu")
    if told is not None:
        return [{"status": told}]
    state = text(part(data, "SPFirewallDataType"), "spfirewall_globalstate")
    return [{"status": not _OFF.search(state)}] if state else []


def _memories(data: Part) -> list[Part]:
    """Intel machines list their modules one level lower; Apple's own have one soldered memory."""
    found = parts(data, "SPMemoryDataType")
    modules = [module for one in found for module in parts(one, "_items")] or found
    return [
        {
            "capacity": mebibytes(text(one, "dimm_size") or text(one, "SPMemoryDataType")),
            "type": text(one, "dimm_type"),
            "manufacturer": text(one, "dimm_manufacturer"),
            "serialnumber": text(one, "dimm_serial_number"),
        }
        for one in modules
    ]


def _drives(data: Part) -> list[Part]:
    """The data volume is where the room is; « / » alone is the sealed system."""
    volumes = parts(data, "SPStorageDataType")
    mounts = {text(one, "mount_point"): one for one in volumes}
    system = mounts.get("/System/Volumes/Data") or mounts.get("/") or {}
    sealed = answer(part(data, OURS), "filevault")
    return [
        {
            "type": text(one, "mount_point"),
            "total": divided(one, "size_in_bytes", _MIB),
            "free": divided(one, "free_space_in_bytes", _MIB),
            "systemdrive": one is system,
            "encrypt_status": "" if sealed is None or one is not system else "Yes" if sealed else "No",
        }
        for one in volumes
    ]


def _disks(data: Part) -> list[Part]:
    """The drives under the volumes, each once, in the size of what they hold."""
    sizes: dict[str, int] = {}
    for volume in parts(data, "SPStorageDataType"):
        drive = part(volume, "physical_drive")
        name = text(drive, "device_name")
        if name and answer(drive, "is_internal_disk") is not False:
            sizes[name] = max(sizes.get(name, 0), divided(volume, "size_in_bytes", _MB) or 0)
    return [{"model": name, "disksize": size} for name, size in sizes.items()]


def _cards(data: Part) -> list[Part]:
    return [
        {
            "type": "ethernet" if text(one, "hardware").casefold() == "ethernet" else "wifi",
            "mac": text(part(one, "Ethernet"), "MAC Address"),
            "ipaddress": text(one, "ip_address") or text(part(one, "IPv4"), "Addresses"),
            "pcislot": "1" if text(one, "interface") in {"en0", "en1"} else "",
        }
        for one in parts(data, "SPNetworkDataType")
        if text(part(one, "Ethernet"), "MAC Address")
    ]


def _batteries(data: Part) -> list[Part]:
    """MacOS gives the worn share itself: « 87 % »."""
    found = []
    for one in parts(data, "SPPowerDataType"):
        model, health = part(one, "sppower_battery_model_info"), part(one, "sppower_battery_health_info")
        share = re.match(r"(\d{1,3})", text(health, "sppower_battery_health_maximum_capacity"))
        if model or health:
            found.append(
                {
                    "name": text(model, "sppower_battery_device_name"),
                    "serial": text(model, "sppower_battery_serial_number"),
                    "capacity": 100 if share else None,
                    "real_capacity": int(share[1]) if share else None,
                }
            )
    return found


def _screens(data: Part) -> list[Part]:
    screens = [screen for card in parts(data, "SPDisplaysDataType") for screen in parts(card, "spdisplays_ndrvs")]
    return [
        {
            "name": text(one, "_name"),
            "serial": text(one, "_spdisplays_display-serial-number2") or text(one, "_spdisplays_display-serial-number"),
            "port": "internal" if "internal" in text(one, "spdisplays_connection_type") else "",
        }
        for one in screens
    ]


def _programs(data: Part) -> list[Part]:
    """What Apple delivers with the system is left out."""
    return [
        {
            "name": text(one, "_name"),
            "version": text(one, "version"),
            "publisher": "",
            "install_date": text(one, "lastModified")[:10],
        }
        for one in parts(data, "SPApplicationsDataType", 20_000)
        if not text(one, "path").startswith("/System/")
    ]
