"""Who sells and who buys, from the identifiers that an electronic invoice gives (ISO 6523 schemes)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.services.reading.einvoice_data import Party
from app.services.reading.einvoice_figures import clipped, or_none

SIREN, SIRET, FRENCH_ADDRESS = "0002", "0009", "0225"
"""Schemes: the company, its establishment, the address that the French platforms use, which begins by the SIREN."""
_LONG, _SHORT = re.compile(r"\d{14}"), re.compile(r"\d{9}")
_FRENCH_VAT = re.compile(r"FR[0-9A-Z]{2}(\d{9})")


def party(data: Mapping[str, Any] | None) -> Party:
    known = data or {}
    vat = re.sub(r"[^0-9A-Z]", "", clipped(known.get("vat_identifier"), 30).upper()) or None
    siret, siren = _french(known, vat)
    contact = _contact(known)
    lines = (clipped(known.get(name), 120) for name in ("addr_l1", "addr_l2", "addr_l3"))
    return Party(
        name=clipped(known.get("name") or known.get("biz_name"), 120),
        siret=siret,
        siren=siren,
        vat_number=vat,
        address=", ".join(line for line in lines if line) or None,
        postal_code=or_none(known.get("postcode"), 10),
        city=or_none(known.get("city"), 80),
        contact=or_none(contact.get("name") or contact.get("department")),
        phone=or_none(contact.get("phone"), 30),
        email=or_none(contact.get("email")),
    )


def _contact(known: Mapping[str, Any]) -> Mapping[str, Any]:
    found = known.get("contacts")
    first = found[0] if isinstance(found, list) and found else found
    return first if isinstance(first, Mapping) else {}


def _french(known: Mapping[str, Any], vat: str | None) -> tuple[str | None, str | None]:
    """SIRET and SIREN, each from where it stands surest; a French VAT number ends by the SIREN."""
    siret = siren = None
    french = clipped(known.get("country_code"), 4) in {"", "FR"} or (vat or "").startswith("FR")
    for scheme, text in _identifiers(known):
        bare = re.sub(r"[\s.]", "", text)
        if scheme == SIRET or (french and scheme in {"", SIREN}):
            siret = siret or _whole(_LONG, bare)
        if scheme == SIREN or (french and not scheme):
            siren = siren or _whole(_SHORT, bare)
        if scheme == FRENCH_ADDRESS and (head := _SHORT.match(bare)):
            siren = siren or head.group()
    if siren is None and (known_to_tax := _FRENCH_VAT.fullmatch(vat or "")):
        siren = known_to_tax.group(1)
    return siret, siren or (siret[:9] if siret else None)


def _whole(shape: re.Pattern[str], text: str) -> str | None:
    return text if shape.fullmatch(text) else None


def _identifiers(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(scheme, text), « » where no scheme is said."""
    several = known.get("identifiers")
    for scheme, text in several.items() if isinstance(several, Mapping) else ():
        yield scheme or "", clipped(text, 40)
    for name in ("legal_identifier", "einvoicing_addr"):
        yield clipped(known.get(f"{name}_schemeid"), 8), clipped(known.get(name), 60)
    yield "", clipped(known.get("tax_identifier"), 40)
