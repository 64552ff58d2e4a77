"""What the words of an invoice let one guess."""

from datetime import date

import pytest

from app.models.money_codes import LineKind
from app.services.invoices.guessing import kind_of, kinds_of, period_in
from app.services.reading.einvoice_data import EinvoiceLine

K = LineKind
LABELS = [
    ("Maintenance du serveur", K.CONTRACT),
    ("Infogérance, 54 postes", K.CONTRACT),
    ("Forfait mensuel octobre 2026", K.CONTRACT),
    ("Forfait mobile 5G", K.TELECOM),
    ("Abonnement Internet fibre", K.TELECOM),
    ("Abonnement Microsoft 365 Business", K.SAAS),
    ("Hébergement du site", K.SAAS),
    ("Licence perpétuelle Office 2024", K.SOFTWARE),
    ("Réparation d’un écran", K.REPAIR),
    ("Main d’œuvre, 2 h", K.REPAIR),
    ("Intervention hors forfait", K.REPAIR),
    ("PC portable Dell Latitude 5550", K.EQUIPMENT),
    ("Écran 24 pouces", K.EQUIPMENT),
    ("Clavier et souris", K.SMALL),
    ("Toner imprimante", K.SUPPLIES),
    ("Location copieur", K.RENT),
    ("Crédit-bail serveurs", K.LEASING),
    ("Banque d’heures, 50 h", K.HOURS),
    ("Carnet de tickets prépayés", K.HOURS),
    ("Audit de sécurité", K.FEES),
    ("Pénalités de retard de juin", K.PENALTY),
    ("Sous-traitance câblage", K.SUBCONTRACT),
    ("Divers", None),
    ("Pcap", None),
]


@pytest.mark.parametrize(("label", "expected"), LABELS)
def test_what_a_line_pays_for(label: str, expected: LineKind | None) -> None:
    assert kind_of(label) == expected


def _lines(*told: tuple[str, int]) -> list[EinvoiceLine]:
    return [EinvoiceLine(label=label, net=net, vat_rate=2000) for label, net in told]


def test_a_discount_goes_with_the_largest_line() -> None:
    lines = _lines(("Écran", 30000), ("Divers", 500), ("Remise\u00a0: fidélité", -1000), ("Frais de port", 900))
    assert kinds_of(lines, under_contract=False) == (K.EQUIPMENT, K.OTHER, K.EQUIPMENT, K.EQUIPMENT)
    assert kinds_of(_lines(("Divers", 500), ("Remise", -1)), under_contract=True) == (K.CONTRACT, K.CONTRACT)
    assert kinds_of(_lines(("Remise", -1)), under_contract=False) == (K.OTHER,)


PERIODS = [
    ("Maintenance octobre 2026", "2026-10-01", "2026-10-31"),
    ("Maintenance Décembre\u00a02026", "2026-12-01", "2026-12-31"),
    ("Maintenance décembre 2025 et janvier 2026", "2025-12-01", "2026-01-31"),
    ("Infogérance 02/2028", "2028-02-01", "2028-02-29"),
    ("Forfait T4 2026", "2026-10-01", "2026-12-31"),
    ("Forfait du 1er trimestre 2026", "2026-01-01", "2026-03-31"),
    ("Forfait du 3e trimestre de 2026", "2026-07-01", "2026-09-30"),
    ("Contrat du 15/10/2026 au 14/11/2026", "2026-10-15", "2026-11-14"),
    ("Contrat, année 2026", "2026-01-01", "2026-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_a_period_in_words(text: str, start: str, end: str) -> None:
    assert period_in(["", text]) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "Facture du 05/10/2026",
        "Écran 24/2026",
        "du 31/02/2026 au 31/03/2026",
        "du 02/01/2026 au 01/01/2026",
        "T5 2026",
        "",
    ],
)
def test_no_period_in_words(text: str) -> None:
    assert period_in([text]) is None
