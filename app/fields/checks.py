"""Checks of identifiers by their own keys. Each takes cleaned text and returns its normal form, or raises ValueError
with a French sentence."""

import re

_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-]")
LA_POSTE = "356000000"


def _digit_sum(digits: str) -> int:
    """Luhn's sum (ISO/IEC 7812-1, annex B), the rightmost digit counted once."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled)  # noqa: PLR2004 - two digits summed


def siren(text: str) -> str:
    """Nine digits closed by Luhn's key (INSEE)."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"\d{9}", digits, re.ASCII):
        raise ValueError("Un SIREN a 9 chiffres, par exemple 732 829 320.")
    if _digit_sum(digits) % 10:
        raise ValueError("Ce SIREN n’existe pas\u00a0: sa clé est fausse. Vérifiez les chiffres.")
    return digits


def siret(text: str) -> str:
    """Fourteen digits closed by Luhn's key; those of La Poste, by a plain sum that 5 divides (INSEE)."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"\d{14}", digits, re.ASCII):
        raise ValueError("Un SIRET a 14 chiffres, par exemple 732 829 320 00074.")
    la_poste = digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0
    if _digit_sum(digits) % 10 and not la_poste:
        raise ValueError("Ce SIRET n’existe pas\u00a0: sa clé est fausse. Vérifiez les chiffres.")
    return digits


def mac(text: str) -> str:
    """Six bytes in any usual writing -> « aa:bb:cc:dd:ee:ff » (IEEE 802)."""
    digits = re.sub(r"[\s:.\-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        raise ValueError("Une adresse MAC a 12 signes, par exemple 00:1a:2b:3c:4d:5e.")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def ip(text: str) -> str:
    """IPv4 or IPv6 in its normal form."""
    import ipaddress  # noqa: PLC0415 - read when an address is typed

    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError as error:
        raise ValueError("Écrivez une adresse IP comme 192.168.1.10.") from error


def email(text: str) -> str:
    """One @, something on each side, no space: whether it exists is not ours to say."""
    if not re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", text):
        raise ValueError("Écrivez une adresse comme prenom.nom@exemple.fr.")
    return text


def postal_code(text: str) -> str:
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"\d{5}", digits, re.ASCII):
        raise ValueError("Un code postal a 5 chiffres, par exemple 21000.")
    return digits


def day_of_year(text: str) -> str:
    """« 31/12 », « 1/7 » -> « 31/12 », « 01/07 »: a day that every year has."""
    from datetime import date  # noqa: PLC0415 - read when a day is typed

    found = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})", text.strip(), re.ASCII)
    try:
        return date(2025, int(found[2]), int(found[1])).strftime("%d/%m")  # type: ignore[index]  # None is caught
    except (TypeError, ValueError) as error:
        raise ValueError("Écrivez un jour et un mois, par exemple 31/12.") from error
