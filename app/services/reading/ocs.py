"""OCS and FusionInventory XML to the words of inventory_format: the same sections under other names (its converter
says which). Sections that hold people, keys or processes are not even looked at."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from app.errors import Refused
from app.services.reading.loose import Part

MAX_ITEMS = 20_000
_KEPT = {
    "ACCESSLOG", "ANTIVIRUS", "BATTERIES", "BIOS", "CPUS", "DRIVES", "FIREWALL", "HARDWARE", "MEMORIES", "MONITORS",
    "NETWORKS", "OPERATINGSYSTEM", "SECURITYCENTER", "SOFTWARES", "STORAGES", "VERSIONCLIENT", "VERSIONPROVIDER",
}  # fmt: skip
_SINGLE = {"ACCESSLOG", "BIOS", "HARDWARE", "OPERATINGSYSTEM", "VERSIONCLIENT", "VERSIONPROVIDER"}
_NEVER = {"WINPRODKEY", "WINOWNER", "WINCOMPANY", "SSH_KEY", "USERID", "KEY", "BASE64"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCES = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)
_INVENTORY_TYPES = {"NETWORKING": "NetworkEquipment", "PRINTER": "Printer", "COMPUTER": "Computer", "PHONE": "Phone"}


def inventories(name: str, text: str) -> list[Part]:
    """One an agent's file, several a network scan's; Refused if it is no such inventory."""
    root = parsed(name, text)
    content = root.find("CONTENT")
    if content is None or root.tag != "REQUEST":
        raise Refused(f"«\u00a0{name}\u00a0» est un fichier XML qui n’est pas un inventaire OCS ou FusionInventory.")
    devices = content.findall("DEVICE")[:MAX_ITEMS]
    if devices:
        found = [_device(device) for device in devices]
        return [one for one in found if one["content"]["network_device"]] or _nothing(name)
    if content.find("HARDWARE") is None and content.find("BIOS") is None:
        return _nothing(name)
    return [_computer(root, content)]


def parsed(name: str, text: str) -> Element:
    """Without its declaration, since it is text already; no document type, so no entity that unfolds."""
    bare = _REFERENCES.sub(" ", _CONTROLS.sub(" ", _DECLARATION.sub("", text, count=1)))
    try:
        root: Element = fromstring(bare, forbid_dtd=True)
    except ValueError as error:
        raise Refused(f"«\u00a0{name}\u00a0» est un fichier XML piégé, il n’est pas lu.") from error
    except SyntaxError as error:
        line = getattr(error, "position", (0, 0))[0]
        raise Refused(f"«\u00a0{name}\u00a0» est un fichier XML abîmé ou coupé en route (ligne {line}).") from error
    return root


def _nothing(name: str) -> list[Part]:
    raise Refused(f"«\u00a0{name}\u00a0» ne décrit aucun appareil\u00a0: l’outil n’a sans doute pas eu de réponse.")


def _computer(root: Element, content: Element) -> Part:
    found: dict[str, Any] = {}
    if content.find("VERSIONCLIENT") is None:
        found["versionclient"] = "OCS Inventory"
    for section in content:
        if section.tag in _KEPT:
            _add(found, section)
    return {
        "deviceid": root.findtext("DEVICEID") or "",
        "itemtype": root.findtext("ITEMTYPE") or "Computer",
        "content": found | {"antivirus": list(_shields(found))} if "securitycenter" in found else found,
    }


def _add(found: dict[str, Any], section: Element) -> None:
    """An empty section says that there is none of it."""
    name, value = section.tag.lower(), _plain(section)
    if section.tag in _SINGLE:
        found.setdefault(name, value)
        return
    listed = found.setdefault(name, [])
    if isinstance(value, dict) and len(listed) < MAX_ITEMS:
        listed.append(value)


def _plain(element: Element, levels: int = 2) -> Any:
    """A text, or a dict of its children by their name in small letters."""
    if not len(element) or not levels:
        return (element.text or "").strip()
    return {child.tag.lower(): _plain(child, levels - 1) for child in element[:MAX_ITEMS] if child.tag not in _NEVER}


def _shields(found: dict[str, Any]) -> Iterator[Part]:
    """OCS names Windows' Security Center its own way, antivirus among other protections."""
    yield from found.get("antivirus", [])
    for one in found["securitycenter"]:
        if "virus" in str(one.get("category", "")).casefold():
            yield {"name": one.get("product"), "enabled": one.get("enabled"), "uptodate": one.get("uptodate")}


def _device(device: Element) -> Part:
    """A printer, a switch, a box seen through the network; discovery puts its facts a level higher."""
    info = device.find("INFO")
    plain = _plain(info if info is not None else device)
    told: dict[str, Any] = plain if isinstance(plain, dict) else {}
    addresses = [one.text or "" for one in (info if info is not None else device).findall("IPS/IP")[:50]]
    name = next((told[n] for n in ("name", "snmphostname", "netbiosname", "dnshostname") if told.get(n)), "")
    kept = {
        "name": name,
        "manufacturer": told.get("manufacturer"),
        "model": told.get("model"),
        "serial": told.get("serial"),
        "mac": told.get("mac"),
        "assettag": told.get("assettag"),
        "description": told.get("comments") or told.get("description"),
        "type": _INVENTORY_TYPES.get(str(told.get("type", "")).upper(), told.get("type")),
        "ips": addresses or [told.get("ip", "")],
    }
    identified = any(kept[n] for n in ("name", "model", "serial", "mac")) or any(addresses) or told.get("ip")
    components = [_plain(one) for one in device.findall("COMPONENTS/COMPONENT")[:MAX_ITEMS]]
    return {"content": {"network_device": kept if identified else {}, "network_components": components}}
