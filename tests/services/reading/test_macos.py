"""What system_profiler says, in French and in English, on Apple's own machines and on Intel's."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.reading.machine import Machine
from app.services.reading.macos import mebibytes
from app.services.reading.source import read
from tests.services.importing.bench import one_machine


def profile(**more: Any) -> dict[str, Any]:
    return {
        "SPHardwareDataType": [
            {"_name": "hardware_overview", "machine_name": "MacBook Air", "machine_model": "Mac14,2",
             "chip_type": "Apple M2", "physical_memory": "24 Go", "serial_number": "H2LK41XQ9",
             "platform_UUID": "4C4C4544-0034-3010-8048-B6C04F503733", "number_processors": "proc 8:4:4"}],
        "SPSoftwareDataType": [{"local_host_name": "mac-claire", "os_version": "macOS 14.5 (23F79)",
                                "user_name": "Claire Bonnin (claire)"}],
        "SPStorageDataType": [
            {"mount_point": "/", "size_in_bytes": 494_384_795_648, "free_space_in_bytes": 12_000_000_000,
             "physical_drive": {"device_name": "APPLE SSD AP0512Z", "is_internal_disk": "yes"}},
            {"mount_point": "/System/Volumes/Data", "size_in_bytes": 494_384_795_648,
             "free_space_in_bytes": 100_000_000_000, "physical_drive": {"device_name": "APPLE SSD AP0512Z"}},
            {"mount_point": "/Volumes/Clé", "size_in_bytes": 16_000_000_000, "free_space_in_bytes": 1,
             "physical_drive": {"device_name": "USB", "is_internal_disk": "no"}}],
        "SPNetworkDataType": [
            {"_name": "Wi-Fi", "hardware": "AirPort", "interface": "en0", "ip_address": ["192.168.1.30"],
             "Ethernet": {"MAC Address": "a4:83:e7:00:11:22"}},
            {"_name": "Pont", "hardware": "Ethernet", "interface": "bridge0", "Ethernet": {}}],
        "SPPowerDataType": [
            {"sppower_battery_model_info": {"sppower_battery_device_name": "bq40z651",
                                            "sppower_battery_serial_number": "F8Y1234"},
             "sppower_battery_health_info": {"sppower_battery_health_maximum_capacity": "87 %"}}, {"x": 1}],
        "SPMemoryDataType": [{"SPMemoryDataType": "24 Go", "dimm_type": "LPDDR5", "dimm_manufacturer": "Hynix"}],
        "SPDisplaysDataType": [{"spdisplays_ndrvs": [
            {"_name": "Color LCD", "spdisplays_connection_type": "spdisplays_internal",
             "_spdisplays_display-serial-number": "fd626d62"},
            {"_name": "DELL P2422H", "_spdisplays_display-serial-number2": "7KX1B33"}]}],
        "SPApplicationsDataType": [
            {"_name": "Mail", "version": "16.0", "path": "/System/Applications/Mail.app"},
            {"_name": "Firefox", "version": "133.0", "path": "/Applications/Firefox.app",
             "lastModified": "2026-01-04T08:00:00Z"}],
        "SPFirewallDataType": [{"spfirewall_globalstate": "spfirewall_globalstate_limit_connections"}],
        **more,
    }  # fmt: skip


def machines(folder: Path, data: dict[str, Any]) -> list[Machine]:
    path = folder / "mac.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read(path)
    assert isinstance(found, list)
    return found


def test_a_mac_of_apple(tmp_path: Path) -> None:
    ours = {"date": "2026-01-05T10:00:00+0100", "filevault": True, "pare_feu": False}
    mac, screen = machines(tmp_path, profile(parc=ours))
    told = mac.values
    assert (told["brand"], told["model"], told["serial"]) == ("Apple", "MacBook Air (Mac14,2)", "H2LK41XQ9")
    assert (told["hostname"], told["processor"], told["memory_mb"]) == ("mac-claire", "Apple M2", 24 * 1024)
    assert (told["system"], told["system_version"]) == ("macOS 14.5", "14.5 (23F79)")
    assert (told["mac"], told["ip"], told["disk_gb"]) == ("a4:83:e7:00:11:22", "192.168.1.30", 494)
    assert (mac.family, told["inventoried_at"]) == ("Ordinateur portable", "2026-01-05T09:00:00+00:00")
    assert mac.survey == {
        "tool": "collecte-mac.command", "firewall_on": False, "disk_total_gb": 494, "disk_free_gb": 100,
        "disk_encrypted": True, "battery_health": 87,
    }  # fmt: skip
    assert mac.programs == [("Firefox", None, "133.0", "2026-01-04")]
    assert [piece.label for piece in mac.pieces["disk"]] == ["APPLE SSD AP0512Z"]
    assert mac.pieces["memory"] == [("LPDDR5 Hynix", "24\u00a0Go", None)]
    assert (screen.values["model"], screen.values["serial"]) == ("DELL P2422H", "7KX1B33")
    assert "claire" not in repr(mac.values).replace("mac-claire", "")


def test_what_system_profiler_alone_says(tmp_path: Path) -> None:
    mac = machines(tmp_path, profile())[0]
    assert "inventoried_at" not in mac.values
    assert mac.survey["firewall_on"] is True
    assert mac.survey["tool"] == "system_profiler"
    assert "disk_encrypted" not in mac.survey


def test_an_intel_imac(tmp_path: Path) -> None:
    hardware = {"machine_name": "iMac", "machine_model": "iMac19,1", "cpu_type": "6-Core Intel Core i5",
                "current_processor_speed": "3,1 GHz", "physical_memory": "8 GB", "serial_number": "C02X1"}  # fmt: skip
    modules = {"_items": [{"dimm_size": "4 GB", "dimm_type": "DDR4", "dimm_serial_number": "0x1234"}] * 2}
    data = profile(
        SPHardwareDataType=[{"_name": "x"}, hardware],
        SPMemoryDataType=[modules],
        SPSoftwareDataType=[{"os_version": "Système 12"}],
        SPFirewallDataType={"spfirewall_globalstate": "Désactivé"},
    )
    mac = machines(tmp_path, data)[0]
    assert (mac.family, mac.values["processor"], mac.values["memory_mb"]) == (
        "Poste fixe",
        "6-Core Intel Core i5",
        8192,
    )
    assert mac.values["system"] == "Système 12"
    assert [piece.size for piece in mac.pieces["memory"]] == ["4\u00a0Go"] * 2
    assert mac.survey["firewall_on"] is False


def test_a_profile_that_says_little(tmp_path: Path) -> None:
    mac = one_machine(machines(tmp_path, {"SPHardwareDataType": []}))
    assert mac.values == {"brand": "Apple"}
    assert mac.programs is None
    virtual = machines(tmp_path, {"SPHardwareDataType": [{"machine_model": "VirtualMac2,1"}]})[0]
    assert (virtual.family, virtual.values["model"]) == ("Machine virtuelle", "VirtualMac2,1")


@pytest.mark.parametrize(
    ("size", "mebibyte"),
    [("24 GB", 24576), ("24 Go", 24576), ("512\u00a0Mo", 512), ("1,5 To", 1572864), ("", None), ("beaucoup", None)],
)
def test_sizes_in_two_languages(size: str, mebibyte: int | None) -> None:
    assert mebibytes(size) == mebibyte
