"""Which network card of a machine stands for it."""

from app.fields.checks import ip, mac
from app.services.reading.loose import Part, parts, text, truth

_NO_ADDRESS = ("127.", "169.254.", "0.", "::1", "fe80:")
_NO_MAC = {"00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "02:00:00:00:00:00"}


def network(content: Part) -> dict[str, str | None]:
    """The card that is part of the machine and reaches the outside, before one plugged in by USB."""
    gateway = text(next(iter(parts(content, "hardware")), {}), "defaultgateway")
    cards = [c for c in parts(content, "networks") if not truth(c, "virtualdev") and _usual(c) and mac_of(c)]
    best = max(cards, key=lambda card: _rank(card, gateway), default=None)
    return {"mac": mac_of(best) if best else None, "ip": _address(cards, best)}


def _usual(card: Part) -> bool:
    return text(card, "type").casefold() in {"", "ethernet", "wifi"} and not truth(card, "management")


def _rank(card: Part, gateway: str) -> tuple[bool, ...]:
    return (
        bool(text(card, "pcislot") or text(card, "pciid") or "PCI\\" in text(card, "pnpdeviceid")),
        text(card, "type").casefold() == "ethernet",
        bool(gateway) and text(card, "ipgateway") == gateway,
        text(card, "status").casefold() == "up",
        bool(ip_of(text(card, "ipaddress"))),
    )


def _address(cards: list[Part], best: Part | None) -> str | None:
    """Of the best card, else of any other that has one."""
    same = [c for c in cards if best and mac_of(c) == mac_of(best)]
    return next((found for c in (*same, *cards) if (found := ip_of(text(c, "ipaddress")))), None)


def mac_of(section: Part) -> str | None:
    """FusionInventory writes MACADDR where GLPI writes mac."""
    try:
        value = mac(text(section, "mac") or text(section, "macaddr"))
    except ValueError:
        return None
    return None if value in _NO_MAC else value


def ip_of(address: str) -> str | None:
    try:
        value = ip(address)
    except ValueError:
        return None
    return None if value.startswith(_NO_ADDRESS) else value
