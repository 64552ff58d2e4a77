"""What an inventory says of a machine's health: protection, disk, battery, software and parts."""

import re
from typing import Any

from app.services.reading.loose import Part, answer, parts, text, truth, whole
from app.services.reading.machine import Piece, Program
from app.services.reading.words import known, known_serial, read_date

MAX_PROGRAMS = 20_000
MAX_PIECES = 100
_MIB_PER_GB = 1000 / 1.048576
_MB_PER_GB, _GB_PER_TB, _MB_PER_GIB = 1000, 1000, 1024
_NOT_A_DISK = re.compile(r"usb|removable|cd|dvd|floppy|virtual|tape|card ?reader", re.IGNORECASE)
_SYSTEM_MOUNTS = {"/", "c:", "c:/", "c:\\"}
_UPDATE = re.compile(r"KB\d{6,8}|(Update|Security Update|Hotfix|Mise à jour)\b.*\(KB\d{6,8}\).*", re.IGNORECASE)
_UPDATES = {"update", "security_update", "security update", "hotfix"}
_OWN_SHIELD = "defender"
"""Windows' own antivirus stands behind any other that is on."""
_PUBLISHER_NOISE = re.compile(r"\b(copyright|version)\b|©", re.IGNORECASE)


def survey_of(content: Part) -> dict[str, Any]:
    """By column of the survey; what the file does not say is absent."""
    found = {
        **_antivirus(content),
        "firewall_on": _firewall(content),
        **_disk(content),
        "battery_health": _battery(content),
    }
    return {name: value for name, value in found.items() if value is not None}


def _antivirus(content: Part) -> dict[str, Any]:
    """The one in charge; a list that is there and empty says that there is none."""
    if "antivirus" not in content:
        return {}
    shields = parts(content, "antivirus")
    best = max(shields, key=_charge, default=None)
    if best is None:
        return {"antivirus_on": False}
    name = known(text(best, "name"))
    return {"antivirus": name, "antivirus_on": answer(best, "enabled"), "antivirus_current": answer(best, "uptodate")}


def _charge(shield: Part) -> tuple[bool, ...]:
    return truth(shield, "enabled"), _OWN_SHIELD not in text(shield, "name").casefold(), truth(shield, "uptodate")


def _firewall(content: Part) -> bool | None:
    """On for all its profiles, of which Windows has three."""
    states = [answer(one, "status") for one in parts(content, "firewalls") + parts(content, "firewall")]
    told = [state for state in states if state is not None]
    return all(told) if told else None


def system_drive(content: Part) -> Part:
    """The volume that holds the system: said to, or mounted as it is; else an empty part."""
    drives = parts(content, "drives")
    mounts = [d for d in drives if {text(d, "type").casefold(), text(d, "letter").casefold()} & _SYSTEM_MOUNTS]
    return next(iter([d for d in drives if truth(d, "systemdrive")] or mounts), {})


def is_encrypted(content: Part) -> bool | None:
    """Half encrypted is not encrypted. None if the agent does not say."""
    drive = system_drive(content)
    state = text(drive, "encrypt_status").casefold()
    return None if not state else state in {"yes", "oui"}


def _disk(content: Part) -> dict[str, Any]:
    """GB of a thousand, as makers count; agents give MiB."""
    drive = system_drive(content)
    total, free = whole(drive, "total"), whole(drive, "free")
    if total is None or (free or 0) > total:
        return {"disk_encrypted": is_encrypted(content)}
    return {
        "disk_total_gb": round(total / _MIB_PER_GB),
        "disk_free_gb": round((free or 0) / _MIB_PER_GB),
        "disk_encrypted": is_encrypted(content),
    }


def _battery(content: Part) -> int | None:
    """Percent of the capacity when new, of the most worn one. Phones give their charge as a capacity: not counted."""
    shares = []
    for battery in parts(content, "batteries"):
        new, now = whole(battery, "capacity"), whole(battery, "real_capacity")
        if new and now and now <= new * 2:
            shares.append(round(100 * now / new))
    return min(shares, default=None)


def programs_of(content: Part) -> list[Program] | None:
    """One a name, in its highest version, without the updates of Windows; None if the file does not speak of them."""
    if "softwares" not in content:
        return None
    found: dict[str, Program] = {}
    for one in parts(content, "softwares", MAX_PROGRAMS):
        program = _program(one)
        if program is None:
            continue
        key = program.name.casefold()
        if key not in found or _version_key(program.version) > _version_key(found[key].version):
            found[key] = program
    return list(found.values())


def _program(one: Part) -> Program | None:
    name = text(one, "name", 160)
    kind = (text(one, "release_type") or text(one, "system_category")).casefold()
    if not name or _UPDATE.fullmatch(name) or kind in _UPDATES:
        return None
    installed = read_date(text(one, "install_date") or text(one, "installdate"))
    return Program(
        name, _publisher(one), text(one, "version", 80) or None, installed.isoformat() if installed else None
    )


def _publisher(one: Part) -> str | None:
    """MacOS programs put their whole notice there."""
    publisher = known(text(one, "publisher", 120))
    return None if publisher and _PUBLISHER_NOISE.search(publisher) else publisher


def _version_key(version: str | None) -> list[int]:
    return [int(digits[:9]) for digits in re.findall(r"\d+", version or "")]


def pieces_of(content: Part) -> dict[str, list[Piece]]:
    """By kind of component; a kind that the file does not speak of is absent."""
    readers = {"memory": ("memories", _memory), "disk": ("storages", _storage), "battery": ("batteries", _cell)}
    return {
        kind: [piece for one in parts(content, section, MAX_PIECES) if (piece := read(one))]
        for kind, (section, read) in readers.items()
        if section in content
    }


def _memory(one: Part) -> Piece | None:
    """An empty slot is no component."""
    size = whole(one, "capacity")
    if not size:
        return None
    words = [known(text(one, name, 40)) for name in ("type", "description", "manufacturer")]
    shown = f"{round(size / _MB_PER_GIB)}\u00a0Go" if size >= _MB_PER_GIB * 0.9 else f"{size}\u00a0Mo"
    return Piece(_joined(words) or "Mémoire", shown, known_serial(text(one, "serialnumber", 80)))


def is_fixed(storage: Part) -> bool:
    """Not what is plugged in, nor a drive for discs and cards, nor the little disk that sets a virtual machine up."""
    if (whole(storage, "disksize") or 0) < _MB_PER_GB:
        return False
    return not _NOT_A_DISK.search(" ".join(text(storage, name) for name in ("type", "interface", "description")))


def _storage(one: Part) -> Piece | None:
    size = whole(one, "disksize")
    if not size or not is_fixed(one):
        return None
    label = known(text(one, "model", 120)) or known(text(one, "name", 120)) or "Disque"
    return Piece(label, disk_size(size), known_serial(text(one, "serial", 80) or text(one, "serialnumber", 80)))


def disk_size(megabytes: int) -> str:
    """« 250 Go », « 1 To », « 1,5 To »: makers of disks count by thousands."""
    gigabytes = megabytes / _MB_PER_GB
    if round(gigabytes) < _GB_PER_TB:
        return f"{round(gigabytes)}\u00a0Go"
    return f"{round(gigabytes / _GB_PER_TB, 1):g}\u00a0To".replace(".", ",")


def _cell(one: Part) -> Piece | None:
    words = [known(text(one, name, 60)) for name in ("name", "manufacturer")]
    serial = known_serial(text(one, "serial", 80))
    label = _joined(words)
    if not label and not serial:
        return None
    watt_hours = whole(one, "capacity")
    size = f"{round(watt_hours / 1000)}\u00a0Wh" if watt_hours and watt_hours >= 10_000 else None  # noqa: PLR2004 - mWh
    return Piece(label or "Batterie", size, serial)


def _joined(words: list[str | None]) -> str:
    return " ".join(dict.fromkeys(word for word in words if word))[:120]
