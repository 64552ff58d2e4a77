"""What this very machine says of itself: the same as the collecting scripts say of another. Nothing is sent anywhere.

On Windows and macOS the script itself is run, its answer kept in memory; on Linux, whose agents are packages, the
system's own files and commands are read. The result is a file like an agent's, which the import then reads, compares
and shows before anything is kept.
"""

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.fields import PARIS
from app.services import collection
from app.services.reading import macos, powershell
from app.services.reading.chassis import case_of
from app.services.reading.decoding import decode
from app.services.reading.loose import Part

Run = Callable[[list[str]], bytes]
PATIENCE = 60
"""Seconds given to a command of the system: a Mac with many programs takes its time."""
_MIB, _MB = 1024 * 1024, 1_000_000
_POWERSHELL = ["powershell", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"]


def write(folder: Path) -> Path:
    """The file that describes this machine, under its name; Refused if it says nothing at all."""
    found = inventory()
    content = found["content"]
    if not content.get("bios") and not content.get("hardware"):
        raise Refused("Ce poste ne se laisse pas décrire. Saisissez-le par «\u00a0Nouveau bien\u00a0».")
    name = re.sub(r"[^\w.-]", "-", platform.node().partition(".")[0]) or "ce-poste"
    path = folder / f"{name}.json"
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return path


def inventory() -> Part:
    """In the words of inventory_format."""
    return {"win32": windows, "darwin": mac}.get(sys.platform, linux)()


def windows(run: Run | None = None) -> Part:
    answer = (run or output)([*_POWERSHELL, str(collection.script("collecte.ps1")), "-Ecran"])
    return powershell.inventory(_object(answer))


def mac(run: Run | None = None) -> Part:
    answer = (run or output)(["bash", str(collection.script("collecte-mac.command")), "ecran"])
    return macos.inventory(_object(answer))


def linux(root: Path = Path("/"), run: Run | None = None) -> Part:
    """Serial numbers are readable by the administrator only; what is not readable is left out."""
    ask = run or output
    disks = _object(ask(["lsblk", "--json", "--bytes", "--output", "TYPE,SIZE,MODEL,SERIAL,TRAN,RM,MOUNTPOINTS"]))
    dmi = root / "sys/class/dmi/id"
    content = {
        "accesslog": {"logdate": datetime.now(PARIS).isoformat(timespec="seconds")},
        "versionclient": "Parcomètre",
        "hardware": {
            "name": platform.node().partition(".")[0],
            "uuid": _line(dmi / "product_uuid"),
            "memory": _memory(root),
            "chassis_type": case_of(_line(dmi / "chassis_type")),
            "vmsystem": "Physical" if _words(ask(["systemd-detect-virt"])) in {"", "none"} else "Virtual",
        },
        "bios": {
            "smanufacturer": _line(dmi / "sys_vendor"),
            "smodel": _line(dmi / "product_name"),
            "ssn": _line(dmi / "product_serial"),
            "assettag": _line(dmi / "chassis_asset_tag"),
        },
        "operatingsystem": _system(root),
        "cpus": [{"name": name} for name in _processors(root)],
        "storages": [_storage(one) for one in _blocks(disks) if one.get("type") == "disk" and not one.get("rm")],
        "drives": [_volume(disks)],
        "networks": [_card(one) for one in _objects(ask(["ip", "-json", "address"]))],
        "batteries": [_battery(one) for one in sorted((root / "sys/class/power_supply").glob("BAT*"))],
        "softwares": list(_programs(ask)),
    }
    return {"itemtype": "Computer", "content": content}


def output(command: list[str]) -> bytes:
    """What a command of the system prints, or nothing if it cannot be run."""
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        ended = subprocess.run(  # noqa: S603 - ours
            command, capture_output=True, timeout=PATIENCE, check=False, creationflags=quiet
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return ended.stdout


def _loaded(answer: bytes) -> Any:
    try:
        return json.loads(decode(answer)[0])
    except (ValueError, RecursionError):
        return None


def _object(answer: bytes) -> Part:
    found = _loaded(answer)
    return found if isinstance(found, dict) else {}


def _objects(answer: bytes) -> list[Part]:
    found = _loaded(answer)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _words(answer: bytes) -> str:
    return answer.decode("utf-8", "replace").strip()


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _whole(path: Path) -> int | None:
    text = _line(path)
    return int(text) if text.isascii() and text.isdigit() else None


def _memory(root: Path) -> int | None:
    found = re.search(r"MemTotal:\s+(\d+) kB", _line(root / "proc/meminfo"))
    return round(int(found[1]) / 1024) if found else None


def _processors(root: Path) -> list[str]:
    """One a socket, whatever its number of cores."""
    blocks = _line(root / "proc/cpuinfo").split("\n\n")
    sockets: dict[str, str] = {}
    for block in blocks:
        pairs = dict(re.findall(r"^(model name|physical id)\s*:\s*(.*)$", block, re.MULTILINE))
        if "model name" in pairs:
            sockets.setdefault(pairs.get("physical id", "0"), pairs["model name"])
    return list(sockets.values())


def _system(root: Path) -> Part:
    pairs = dict(re.findall(r'^(\w+)="?(.*?)"?$', _line(root / "etc/os-release"), re.MULTILINE))
    return {
        "full_name": pairs.get("PRETTY_NAME", ""),
        "version": pairs.get("VERSION_ID", ""),
        "kernel_version": platform.release(),
    }


def _blocks(disks: Part, parents: tuple[Part, ...] = ()) -> Iterator[Part]:
    """Every device, with those that hold it under « within »."""
    for key in ("blockdevices", "children"):
        for one in disks.get(key) or ():
            yield {**one, "within": parents}
            yield from _blocks(one, (*parents, one))


def _storage(one: Part) -> Part:
    return {
        "model": one.get("model"),
        "serial": one.get("serial"),
        "disksize": round(int(one.get("size") or 0) / _MB) or None,
        "interface": one.get("tran"),
    }


def _volume(disks: Part) -> Part:
    """The one that holds the system; encrypted when a ciphered device stands under it."""
    holds = [one for one in _blocks(disks) if "/" in (one.get("mountpoints") or ())]
    sealed = any(one.get("type") == "crypt" for found in holds for one in (found, *found["within"]))
    usage = shutil.disk_usage("/")
    return {
        "type": "/",
        "total": round(usage.total / _MIB),
        "free": round(usage.free / _MIB),
        "encrypt_status": ("Yes" if sealed else "No") if holds else "",
    }


def _card(one: Part) -> Part:
    addresses = [a.get("local") for a in one.get("addr_info") or () if a.get("family") == "inet"]
    return {
        "mac": one.get("address"),
        "ipaddress": addresses[0] if addresses else "",
        "status": "Up" if one.get("operstate") == "UP" else "Down",
        "type": "ethernet" if one.get("link_type") == "ether" else "other",
        "virtualdev": bool(re.match(r"docker|veth|virbr|br-|tun|tap", str(one.get("ifname", "")))),
    }


def _battery(folder: Path) -> Part:
    """In µWh, or in µAh where the battery says nothing else: the share is the same."""
    new = _whole(folder / "energy_full_design") or _whole(folder / "charge_full_design")
    now = _whole(folder / "energy_full") or _whole(folder / "charge_full")
    return {
        "name": _line(folder / "model_name"),
        "manufacturer": _line(folder / "manufacturer"),
        "serial": _line(folder / "serial_number"),
        "capacity": round(new / 1000) if new else None,
        "real_capacity": round(now / 1000) if now else None,
    }


def _programs(ask: Run) -> Iterator[Part]:
    """Of Debian's packages, else of Red Hat's."""
    answer = _words(ask(["dpkg-query", "--show", "--showformat", "${Package}\\t${Version}\\t${Maintainer}\\n"]))
    answer = answer or _words(ask(["rpm", "--query", "--all", "--queryformat", "%{NAME}\\t%{VERSION}\\t%{VENDOR}\\n"]))
    for line in answer.splitlines():
        name, _, rest = line.partition("\t")
        version, _, publisher = rest.partition("\t")
        yield {"name": name, "version": version, "publisher": re.sub(r"\s*<.*", "", publisher)}
