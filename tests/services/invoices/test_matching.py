"""Whose invoice, under which contract: by what the file says, surest first."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Company, Contract, Invoice, Provider
from app.models.codes import ContractStatus
from app.models.money_codes import InvoiceKind, LineKind
from app.services.invoices import matching
from app.services.reading.einvoice_data import Einvoice, EinvoiceLine, EinvoiceVat, Party
from app.storage import Store

SIRET = "73282932000074"
SELLER = Party(name="INFOGERANCE MORVAN S.A.S.", siret=SIRET, siren=SIRET[:9], vat_number="FR44732829320")


def invoice(**told: Any) -> Einvoice:
    usual: dict[str, Any] = {
        "form": "cii",
        "number": "FA-118",
        "issued_on": date(2026, 10, 31),
        "is_credit": False,
        "seller": SELLER,
        "buyer": Party(),
        "net": 45000,
        "vat": 9000,
        "gross": 54000,
        "lines": (EinvoiceLine(label="Maintenance octobre 2026", net=45000, vat_rate=2000),),
        "vats": (EinvoiceVat(rate=2000, base=45000, vat=9000),),
    }
    return Einvoice(**usual | told)


def add(session: Session, **values: Any) -> int:
    made = Provider(**values)
    session.add(made)
    session.flush()
    return made.id


def signed(session: Session, provider: int, number: str, **values: Any) -> int:
    made = Contract(provider_id=provider, number=number, subject="Parc", **{"starts_on": date(2026, 1, 1)} | values)
    session.add(made)
    session.flush()
    return made.id


PROVIDERS = [
    ({"name": "Autre nom", "siret": "732 829 320 00074"}, "par son SIRET", True),
    ({"name": "Autre nom", "siret": "73282932000066"}, "par son SIREN, autre établissement", True),
    ({"name": "Autre nom", "vat_number": "FR 44 732 829 320"}, "par son SIREN", True),
    ({"name": "Infogérance Morvan SARL"}, "par son nom", False),
]


@pytest.mark.parametrize(("known", "how", "sure"), PROVIDERS)
def test_the_provider(ready: Store, known: dict[str, str], how: str, sure: bool) -> None:
    with ready.begin() as session:
        add(session, name="Infogérance de la Loire", siret="44306184100047")
        wanted = add(session, **known)
        assert matching.provider(session, SELLER) == matching.Found(wanted, how, sure)


def test_a_foreign_provider_by_its_vat_number(ready: Store) -> None:
    with ready.begin() as session:
        wanted = add(session, name="Muster", vat_number="de 123456789")
        assert matching.provider(session, Party(name="X", vat_number="DE123456789")) == matching.Found(
            wanted, "par son n° de TVA"
        )


def test_never_by_the_name_of_another_company(ready: Store) -> None:
    with ready.begin() as session:
        add(session, name="Infogérance Morvan", siret="44306184100047")
        add(session, name="…")
        assert matching.provider(session, SELLER) is None
        assert matching.provider(session, Party()) is None


def test_two_establishments_of_a_company_are_a_guess(ready: Store) -> None:
    with ready.begin() as session:
        first = add(session, name="Dijon", siret="73282932000066")
        add(session, name="Nevers", siret="73282932000082")
        assert matching.provider(session, SELLER) == matching.Found(first, "par son SIREN, autre établissement", False)


def test_a_newcomer_is_filled_without_what_does_not_stand(ready: Store) -> None:
    with ready.begin() as session:
        add(session, name="Lumeo")
        seller = Party(name="Lumeo", siret="12345678901234", city="Dijon", postal_code="21000", email="a@b")
        values = matching.newcomer(session, seller)
        assert values["name"] == "Lumeo (12345678901234)"
        assert (values["city"], "siret" in values, "email" in values) == ("Dijon", False, False)
        assert matching.newcomer(session, SELLER)["siret"] == SIRET
        assert matching.newcomer(session, Party())["name"] == "Prestataire sans nom"


CONTRACTS = [
    ({"contract_reference": "ct 2026/01"}, "par sa référence", True),
    ({"contract_reference": "REF-778-B"}, "par sa référence", True),
    ({"order_reference": "CT-2026-01"}, "par la commande", True),
    ({"said": "Contrat n° CT-2026-01, règlement à 30 jours"}, "cité sur la facture", True),
]


@pytest.mark.parametrize(("told", "how", "sure"), CONTRACTS)
def test_the_contract_that_is_named(ready: Store, told: dict[str, str], how: str, sure: bool) -> None:
    with ready.begin() as session:
        provider = add(session, name="Infogérance Morvan", siret=SIRET)
        wanted = signed(session, provider, "CT-2026-01", provider_reference="REF 778 B")
        signed(session, provider, "CT-2026-02")
        assert matching.contract(session, provider, invoice(**told)) == matching.Found(wanted, how, sure)


def test_the_only_contract_is_a_guess(ready: Store) -> None:
    with ready.begin() as session:
        provider = add(session, name="Infogérance Morvan", siret=SIRET)
        assert matching.contract(session, provider, invoice()) is None
        signed(session, provider, "CT-2020-01", status=ContractStatus.ENDED)
        signed(session, provider, "CT-2026-09", status=ContractStatus.DRAFT)
        only = signed(session, provider, "CT-2026-01")
        guess = matching.Found(only, "seul contrat de ce prestataire", False)
        assert matching.contract(session, provider, invoice()) == guess
        assert matching.contract(session, provider, invoice(contract_reference="inconnue")) == guess
        assert matching.contract(session, provider, invoice(), [LineKind.CONTRACT, LineKind.EQUIPMENT]) == guess
        assert matching.contract(session, provider, invoice(), [LineKind.EQUIPMENT]) is None
        assert matching.contract(session, provider, invoice(issued_on=date(2025, 12, 31))) is None
        signed(session, provider, "CT-2026-02")
        assert matching.contract(session, provider, invoice()) is None


def test_the_invoice_that_a_credit_note_corrects(ready: Store) -> None:
    with ready.begin() as session:
        provider = add(session, name="Infogérance Morvan")
        made = Invoice(provider_id=provider, number="FA 100", invoiced_on=date(2026, 9, 30), kind=InvoiceKind.INVOICE)
        session.add(made)
        session.flush()
        credit = invoice(is_credit=True, corrects="FA-100")
        assert matching.corrected(session, provider, credit) == made.id
        assert matching.corrected(session, None, credit) is None
        assert matching.corrected(session, provider, invoice(corrects="FA-100")) is None
        assert matching.corrected(session, provider, invoice(is_credit=True)) is None
        assert matching.corrected(session, provider, invoice(is_credit=True, corrects="FA-999")) is None


def test_an_invoice_made_for_another_company() -> None:
    own = Company(name="Ateliers Morvan", siret="443 061 841 00047")
    assert matching.misdirected(own, invoice()) is None
    assert matching.misdirected(own, invoice(buyer=Party(name="Nous", siren="443061841"))) is None
    assert matching.misdirected(own, invoice(buyer=Party(name="Eux", siren="732829320"))) == (
        "Elle est adressée à Eux (SIREN 732829320), non à Ateliers Morvan."
    )
    assert "votre entreprise" in (matching.misdirected(own, invoice(seller=Party(siren="443061841"))) or "")
    assert matching.misdirected(Company(name="Nous"), invoice(buyer=Party(siren="732829320"))) is None
