"""The family of an asset, guessed from the words of its category, case or model, in French and in English."""

import re
from functools import lru_cache

from app.fields import fold

LAPTOP, DESKTOP, SERVER, NAS = "Ordinateur portable", "Poste fixe", "Serveur", "NAS"
SCREEN, PRINTER, SWITCH, FIREWALL, ACCESS_POINT = "Écran", "Imprimante", "Commutateur", "Pare-feu", "Borne Wi-Fi"
UPS, PHONE, SMARTPHONE, TABLET = "Onduleur", "Téléphone", "Smartphone", "Tablette"
PERIPHERAL, VIRTUAL, OTHER = "Périphérique", "Machine virtuelle", "Autre"

_WORDS: dict[str, str] = {
    VIRTUAL: "machines? virtuelles?|virtual machines?|vm|vmware|virtualbox|hyper v|qemu",
    SCREEN: "ecrans?|moniteurs?|monitors?|displays?|screens?|prolite|ultrasharp",
    PERIPHERAL: "peripheriques?|peripherals?|claviers?|souris|keyboards?|mouse|mice|webcams?|stations? d accueil|docks?"
    "|docking stations?|scanners?|casques?|headsets?|videoprojecteurs?|projectors?",
    NAS: "nas|synology|qnap|diskstation|stockage|storage",
    SERVER: "serveurs?|servers?|main server chassis|rack mount( chassis| unit)?|blade( enclosure)?|poweredge|proliant"
    "|multi system chassis",
    FIREWALL: "pare feux?|firewalls?|fortigate|stormshield|sonicwall|pfsense|opnsense|watchguard|utm",
    ACCESS_POINT: "bornes?( wi ?fi)?|points? d acces|access points?|wireless ap|aironet|unifi ap|uap",
    SWITCH: "commutateurs?|switch(es)?|catalyst|procurve|routeurs?|routers?|reseau|networking|network equipment",
    UPS: "onduleurs?|ups|power|smart ups|eaton",
    PRINTER: "imprimantes?|printers?|copieurs?|multifonctions?|traceurs?|laserjet|officejet|mfp|bizhub|imagerunner",
    TABLET: "tablettes?|tablets?|ipads?",
    SMARTPHONE: "smartphones?|mobiles?|mobile phones?|telephones? (mobiles?|portables?)|iphones?|android|pixel",
    PHONE: "telephones?|phones?|voip|telephonie|dect|postes? telephoniques?",
    LAPTOP: r"(ordinateurs? |pc |postes? )?portables?|laptops?|notebooks?|sub notebook|ultrabooks?|macbook\w*|latitude"
    "|elitebook|probook|thinkpads?|convertible|detachable|hand held|chromebooks?|zenbook|xps 1[35]",
    DESKTOP: "(pc|postes?|ordinateurs?)( (fixes?|de bureau|de travail))?|desktops?|workstations?|stations? de travail"
    r"|unites? centrales?|imac\w*|mac ?(mini|pro|studio)\w*|(mini |low profile |micro)?tower|mini pc|all in one"
    "|space saving|lunch box|pizza box|tour|stick pc|computers?|optiplex|thinkcentre|prodesk|elitedesk",
}
_PATTERNS = tuple((family, re.compile(rf"\b(?:{words})\b")) for family, words in _WORDS.items())
_NAMES = {fold(name): name for name in _WORDS} | {fold(OTHER): OTHER}


@lru_cache(maxsize=5000)
def from_words(*texts: str | None) -> str | None:
    """The first text that tells a family wins; None if no word is known."""
    for text in texts:
        plain = re.sub(r"[^a-z0-9]+", " ", fold(text or "")).strip()
        if exact := _NAMES.get(fold(text or "").strip()):
            return exact
        for family, pattern in _PATTERNS:
            if plain and pattern.search(plain):
                return family
    return None


def of_computer(chassis: str | None, model: str | None, system: str | None, virtual: bool, battery: bool) -> str:
    """A computer with no telling word is a laptop if it has a battery, else a desktop."""
    if virtual:
        return VIRTUAL
    case = from_words(chassis)
    if "server" in fold(system or "") and case in {None, DESKTOP}:
        return SERVER
    if case in {LAPTOP, DESKTOP, SERVER, TABLET}:
        return case
    return _portable(model, system) or (LAPTOP if battery else DESKTOP)


def _portable(model: str | None, system: str | None) -> str | None:
    guessed = from_words(model)
    if guessed in {LAPTOP, DESKTOP, SERVER, NAS, TABLET, SMARTPHONE}:
        return guessed
    return SMARTPHONE if re.search(r"\b(android|ios)\b", fold(system or "")) else None


_DEVICES = {
    "computer": DESKTOP, "networking": SWITCH, "networkequipment": SWITCH, "printer": PRINTER, "storage": NAS,
    "power": UPS, "phone": PHONE, "video": PERIPHERAL, "kvm": PERIPHERAL,
}  # fmt: skip


def of_device(kind: str | None, *texts: str | None) -> str:
    """A device seen on the network: its declared type, made precise by the words of its model."""
    base = _DEVICES.get(fold(kind or ""), OTHER)
    guessed = from_words(*texts)
    if base == OTHER:
        return guessed or OTHER
    if base == SWITCH and guessed in {FIREWALL, ACCESS_POINT}:
        return guessed
    return TABLET if base == PHONE and guessed == TABLET else base
