from collections.abc import Callable

import pytest

from app.fields import checks


@pytest.mark.parametrize(
    ("check", "text", "normal"),
    [
        (checks.siren, "732 829 320", "732829320"),
        (checks.siren, "732\u00a0829\u202f320", "732829320"),
        (checks.siret, "732 829 320 00074", "73282932000074"),
        (checks.siret, "356 000 000 00048", "35600000000048"),
        (checks.siret, "35600000009075", "35600000009075"),  # La Poste: digits sum to 35, Luhn's key is wrong
        (checks.mac, "00-1A-2B-3C-4D-5E", "00:1a:2b:3c:4d:5e"),
        (checks.mac, "001a.2b3c.4d5e", "00:1a:2b:3c:4d:5e"),
        (checks.ip, " 192.168.1.10 ", "192.168.1.10"),
        (checks.ip, "2001:0DB8::0001", "2001:db8::1"),
        (checks.email, "prenom.nom@exemple.fr", "prenom.nom@exemple.fr"),
        (checks.postal_code, "21 000", "21000"),
    ],
)
def test_the_normal_form(check: Callable[[str], str], text: str, normal: str) -> None:
    assert check(text) == normal


@pytest.mark.parametrize(
    ("check", "text", "sentence"),
    [
        (checks.siren, "732 829 321", "clé est fausse"),
        (checks.siren, "73282932", "9 chiffres"),
        (checks.siren, "٧٣٢٨٢٩٣٢٠", "9 chiffres"),
        (checks.siret, "732 829 320 00075", "clé est fausse"),
        (checks.siret, "732 829 320", "14 chiffres"),
        (checks.siret, "35600000009076", "clé est fausse"),
        (checks.mac, "00:1a:2b:3c:4d", "12 signes"),
        (checks.mac, "00:1a:2b:3c:4d:5g", "12 signes"),
        (checks.ip, "192.168.1.256", "adresse IP"),
        (checks.ip, "serveur", "adresse IP"),
        (checks.email, "prenom.nom", "adresse"),
        (checks.email, "a b@exemple.fr", "adresse"),
        (checks.email, "a@exemple", "adresse"),
        (checks.postal_code, "2100", "5 chiffres"),
    ],
)
def test_refused_in_a_sentence(check: Callable[[str], str], text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        check(text)


def test_one_wrong_digit_is_always_seen() -> None:
    """What Luhn's key promises."""
    for place, digit in enumerate("732829320"):
        for other in set("0123456789") - {digit}:
            with pytest.raises(ValueError, match="clé"):
                checks.siren("732829320"[:place] + other + "732829320"[place + 1 :])
