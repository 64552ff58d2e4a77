"""What this very machine says of itself: name, maker, model, serial number, system. Nothing is sent anywhere.

Read from the system's own files on Linux, by its own commands on Windows and macOS; what it will not say is left out.
"""

import json
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fields import clean_line
from app.models import Family

Facts = dict[str, str | None]
DMI = Path("/sys/class/dmi/id")
PATIENCE = 20
"""Seconds given to a command of the system."""
MEANINGLESS = {"", "none", "default string", "to be filled by o.e.m.", "system serial number", "not specified", "0"}
PORTABLE = {"8", "9", "10", "11", "14", "30", "31", "32"}
"""Kinds of chassis that are carried about (SMBIOS 3.7, 7.4.1)."""
_WINDOWS = (
    "$c = Get-CimInstance Win32_ComputerSystem; $b = Get-CimInstance Win32_BIOS; "
    "$o = Get-CimInstance Win32_OperatingSystem; $e = Get-CimInstance Win32_SystemEnclosure; "
    "@{brand=$c.Manufacturer; model=$c.Model; serial=$b.SerialNumber; system=$o.Caption; version=$o.Version; "
    "chassis=[string]$e.ChassisTypes[0]} | ConvertTo-Json"
)


def facts(told: Callable[[], Facts] | None = None) -> Facts:
    """Values of an asset's fields, and « portable » (« yes » or None); only what the machine knows."""
    found = {"hostname": platform.node().partition(".")[0], **(told or _by_system())()}
    return {name: cleaned for name, value in found.items() if (cleaned := _meant(value))}


def _meant(value: str | None) -> str | None:
    """Makers leave words of their factory in the place of a serial number."""
    kept = clean_line(value or "")
    return None if kept.lower() in MEANINGLESS else kept


def _by_system() -> Callable[[], Facts]:
    return {"win32": windows, "darwin": macos}.get(sys.platform, linux)


def linux(folder: Path = DMI) -> Facts:
    """The serial number is readable by the administrator only."""
    release = platform.freedesktop_os_release() if Path("/etc/os-release").exists() else {}
    return {
        "brand": _line(folder / "sys_vendor"),
        "model": _line(folder / "product_name"),
        "serial": _line(folder / "product_serial"),
        "system": release.get("PRETTY_NAME"),
        "system_version": platform.release(),
        "portable": "yes" if _line(folder / "chassis_type") in PORTABLE else None,
    }


def _line(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def windows(run: Callable[[list[str]], Any] | None = None) -> Facts:
    told = (run or _json_of)(["powershell", "-NoProfile", "-Command", _WINDOWS])
    return {
        "brand": told.get("brand"),
        "model": told.get("model"),
        "serial": told.get("serial"),
        "system": told.get("system"),
        "system_version": told.get("version"),
        "portable": "yes" if told.get("chassis") in PORTABLE else None,
    }


def macos(run: Callable[[list[str]], Any] | None = None) -> Facts:
    told = (run or _json_of)(["system_profiler", "SPHardwareDataType", "-json"])
    machine: dict[str, str] = next(iter(told.get("SPHardwareDataType") or ()), {})
    model = machine.get("machine_name") or ""
    return {
        "brand": "Apple",
        "model": machine.get("machine_model") and f"{model} ({machine['machine_model']})",
        "serial": machine.get("serial_number"),
        "system": f"macOS {platform.mac_ver()[0]}",
        "system_version": platform.mac_ver()[0],
        "portable": "yes" if "Book" in model else None,
    }


def _json_of(command: list[str]) -> Any:
    """What a command of the system prints, or nothing if it cannot be run."""
    try:
        ended = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 - ours
        return json.loads(ended.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {}


def start_of_form(session: Session, told: Facts) -> dict[str, Any]:
    """The values with which to open the form of a new asset: those facts, and its family."""
    prefix = "PT" if told.get("portable") else "PC"
    family = session.scalar(select(Family.id).where(Family.prefix == prefix, Family.deleted_at.is_(None)))
    return {"family_id": family} | {name: value for name, value in told.items() if name != "portable"}
