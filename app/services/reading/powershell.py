"""The file that `collecte.ps1` writes on a Windows machine, to the words of inventory_format.

Windows PowerShell 5.1 writes dates as « /Date(ms)/ » and a list of one as the thing itself.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from app.services.reading.chassis import case_of
from app.services.reading.loose import Part, answer, divided, part, parts, text, whole

FORMAT = "parc-collecte-1"
_MIB, _MB = 1024 * 1024, 1_000_000
_MS = re.compile(r"/Date\((-?\d{1,15})([+-]\d{4})?\)/")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VIRTUAL = re.compile(r"virtual|vmware|kvm|qemu|hvm domu|parallels", re.IGNORECASE)
_RAM = {"20": "DDR", "21": "DDR2", "24": "DDR3", "26": "DDR4", "34": "DDR5", "27": "LPDDR", "28": "LPDDR2",
        "29": "LPDDR3", "30": "LPDDR4", "35": "LPDDR5"}  # fmt: skip


def is_ours(data: Any) -> bool:
    return isinstance(data, dict) and text(data, "format").startswith("parc-collecte")


def inventory(data: Part) -> Part:
    machine, bios, case, system = (part(data, n) for n in ("systeme", "bios", "boitier", "os"))
    content: dict[str, Any] = {
        "accesslog": {"logdate": moment(text(data, "date"))},
        "versionclient": text(data, "outil") or "collecte.ps1",
        "bios": {
            "smanufacturer": text(machine, "Manufacturer"),
            "smodel": text(machine, "Model"),
            "ssn": text(bios, "SerialNumber"),
            "assettag": text(case, "SMBIOSAssetTag"),
        },
        "hardware": {
            "name": text(machine, "Name"),
            "uuid": text(part(data, "produit"), "UUID"),
            "memory": divided(machine, "TotalPhysicalMemory", _MIB),
            "chassis_type": _case(case),
            "vmsystem": "Virtual" if _VIRTUAL.search(text(machine, "Model")) else "Physical",
        },
        "operatingsystem": {
            "full_name": text(system, "Caption"),
            "version": text(system, "DisplayVersion"),
            "kernel_version": text(system, "Version"),
        },
        "cpus": [{"name": text(one, "Name")} for one in parts(data, "processeurs")],
        "memories": [_memory(one) for one in parts(data, "memoires")],
        "storages": [_disk(one) for one in parts(data, "supports")],
        "drives": [_volume(one) for one in parts(data, "disques")],
        "networks": [_card(one) for one in parts(data, "reseau")],
        "monitors": [_screen(one) for one in parts(data, "ecrans")],
        "firewalls": [{"status": answer(one, "actif")} for one in parts(data, "pare_feu")],
    }
    if "batteries" in data:
        content["batteries"] = [_battery(one) for one in parts(data, "batteries")]
    if data.get("antivirus") is not None:
        content["antivirus"] = [
            {"name": text(one, "nom"), "enabled": answer(one, "actif"), "uptodate": answer(one, "a_jour")}
            for one in parts(data, "antivirus")
        ]
    if "logiciels" in data:
        content["softwares"] = [_program(one) for one in parts(data, "logiciels", 20_000)]
    return {"itemtype": "Computer", "content": content}


def moment(written: str) -> str:
    """« /Date(1767606000000)/ » -> its UTC time in ISO; another writing is left as it is."""
    found = _MS.fullmatch(written)
    if not found:
        return written
    try:
        return (_EPOCH + timedelta(milliseconds=int(found[1]))).isoformat(timespec="seconds")
    except OverflowError:
        return written


def _case(case: Part) -> str:
    kinds = case.get("ChassisTypes")
    first = kinds[0] if isinstance(kinds, list) and kinds else kinds
    return case_of(first)


def _memory(one: Part) -> Part:
    return {
        "capacity": divided(one, "Capacity", _MIB),
        "type": _RAM.get(text(one, "SMBIOSMemoryType"), ""),
        "manufacturer": text(one, "Manufacturer"),
        "serialnumber": text(one, "SerialNumber"),
    }


def _disk(one: Part) -> Part:
    return {
        "model": text(one, "Model"),
        "serial": text(one, "SerialNumber"),
        "disksize": divided(one, "Size", _MB),
        "interface": text(one, "InterfaceType"),
        "type": text(one, "MediaType"),
    }


def _volume(one: Part) -> Part:
    sealed = answer(one, "Chiffre")
    return {
        "letter": text(one, "DeviceID"),
        "total": divided(one, "Size", _MIB),
        "free": divided(one, "FreeSpace", _MIB),
        "systemdrive": answer(one, "Systeme"),
        "encrypt_status": "" if sealed is None else "Yes" if sealed else "No",
    }


def _card(one: Part) -> Part:
    return {
        "mac": text(one, "MACAddress"),
        "ipaddress": text(one, "IPAddress"),
        "ipgateway": text(one, "DefaultIPGateway"),
        "pnpdeviceid": text(one, "PNPDeviceID"),
        "status": "Up",
    }


def _screen(one: Part) -> Part:
    return {"manufacturer": text(one, "fabricant"), "name": text(one, "modele"), "serial": text(one, "serie")}


def _battery(one: Part) -> Part:
    return {
        "name": text(one, "nom"),
        "serial": text(one, "serie"),
        "capacity": whole(one, "neuve"),
        "real_capacity": whole(one, "actuelle"),
    }


def _program(one: Part) -> Part:
    return {
        "name": text(one, "DisplayName"),
        "version": text(one, "DisplayVersion"),
        "publisher": text(one, "Publisher"),
        "install_date": moment(text(one, "InstallDate")),
    }
