"""The sentences of a contract, its services and what both sides owe."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.entities.agreements import CONTRACT_SERVICE
from app.entities.contracts import CONTRACT
from app.errors import InvalidFields, NotFound
from app.models import Company, Contract, CoverageSlot, Provider, ProviderContact
from app.models.codes import ContractStatus, FeePeriod, NoticeReference, NoticeUnit, Renewal
from app.models.contract_codes import (
    DocumentRole,
    EmergencyCover,
    Frequency,
    Inclusion,
    Obligation,
    PriceModel,
    ServiceType,
    Side,
)
from app.services import attachments, contract_facts, contract_services, records
from app.services.contract_services import CATALOGUE, Owed
from app.storage import Store
from tests.services.company import add_contract

TODAY = date(2026, 6, 15)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        add_contract(opened)
        yield opened


def contract(session: Session, **values: Any) -> Contract:
    found = session.get_one(Contract, 1)
    for name, value in values.items():
        setattr(found, name, value)
    session.flush()
    return found


def told(session: Session, **values: Any) -> contract_facts.Facts:
    contract(session, **values)
    return contract_facts.facts(session, 1, TODAY)


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({}, "À partir du 1er\u00a0janvier\u00a02026, pour 12\u00a0mois, puis reconduit tacitement par périodes de"),
        ({}, "périodes de 12\u00a0mois, sans limite de nombre\u00a0; préavis de 3\u00a0mois"),
        ({"max_renewals": 2}, "par périodes de 12\u00a0mois, 2\u00a0fois au plus"),
        ({"renewal": Renewal.NONE}, "sans reconduction"),
        ({"renewal": Renewal.EXPRESS}, "reconduit seulement par un accord écrit"),
        ({"renewal": Renewal.TACIT_OPEN}, "puis pour une durée indéterminée"),
        ({"notice_value": 0}, "aucun préavis n’est écrit"),
        ({"notice_value": 1, "notice_unit": NoticeUnit.DAYS}, "préavis de 1\u00a0jour avant la fin d’une période"),
        ({"notice_reference": NoticeReference.ANNIVERSARY}, "préavis de 3\u00a0mois avant la date anniversaire"),
    ],
)
def test_the_term_in_one_sentence(session: Session, values: dict[str, Any], part: str) -> None:
    assert part in told(session, **values).term


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Aucun prix n’est écrit."),
        ({"fee": 45_000}, "Forfait de 450,00\u00a0€ HT chaque mois\u00a0; soit 5\u00a0400,00\u00a0€ HT par an."),
        ({"fee": 45_000, "included_minutes": 120, "hourly_rate": 6_500},
         ("Forfait de 450,00\u00a0€ HT chaque mois, 2\u00a0h\u00a000 comprises, 65,00\u00a0€ HT au-delà\u00a0; "
         "soit 5\u00a0400,00\u00a0€ HT par an.")),
        ({"price_model": PriceModel.PER_ACT, "hourly_rate": 6_500}, "À l’acte, 65,00\u00a0€ HT l’heure."),
    ],
)  # fmt: skip
def test_the_price_in_one_sentence(session: Session, values: dict[str, Any], sentence: str) -> None:
    assert told(session, **values).price == sentence


def test_a_bank_of_hours_in_one_sentence(session: Session) -> None:
    bank = {"price_model": PriceModel.HOUR_BANK, "hours_bought": 3_000, "hours_price": 300_000}
    assert told(session, **bank).price.startswith("Banque de 50\u00a0h\u00a000 pour 3\u00a0000,00\u00a0€ HT")
    assert told(session, hours_bought=None, hours_price=None).price == "Banque d’heures."


def test_how_to_ask_for_help(session: Session) -> None:
    assert told(session).hours == "Les délais courent lun-ven 9\u00a0h-18\u00a0h."
    assert told(session).help == (
        "On demande de l’aide par téléphone, par courriel. Hors de ces heures, aucun secours n’est promis."
    )
    more = {"emergency": EmergencyCover.ON_CALL, "emergency_phone": "06 00", "simultaneous_requests": 3}
    found = told(session, **more, by_phone=False, by_email=False)
    assert found.help.startswith("Aucun moyen de demander de l’aide n’est écrit, 3\u00a0demandes à la fois.")
    assert found.help.endswith("une astreinte répond aux urgences. Numéro d’urgence\u00a0: 06 00.")


def test_hours_that_nobody_wrote_are_told_as_such(session: Session) -> None:
    session.execute(delete(CoverageSlot))
    assert told(session).hours == "Aucune heure n’est écrite\u00a0: les délais courent lun-ven 9\u00a0h-18\u00a0h."
    assert told(session, round_the_clock=True).hours.startswith("Les délais courent")


def test_the_parties_and_the_signature(session: Session) -> None:
    found = told(session)
    assert found.maker is not None
    assert (found.maker.name, found.maker.hotline, found.maker.calls) == ("Lumeo Services", "", ())
    assert (found.signed, found.signed_copy, found.levels) == ("Signé, date non notée", None, "")
    session.get_one(Provider, 1).phone = "03 80"
    session.add(ProviderContact(provider_id=1, last_name="Roy", escalation=1))
    found = told(session, signed_on=TODAY, signed_off_premises=True, internal_level=2, contract_level=4)
    assert found.maker is not None
    assert (found.maker.hotline, [one.name for one in found.maker.calls]) == ("03 80", ["Roy"])
    assert found.signed == "Signé le 15/06/2026, après démarchage"
    assert told(session, status=ContractStatus.DRAFT, signed_on=None).signed == "Pas encore signé"
    assert found.levels == "Vous faites jusqu’au niveau 2, lui jusqu’au 4\u00a0; au-delà, sur devis"
    assert told(session, internal_level=None).levels.startswith("Lui jusqu’au 4")
    assert told(session, provider_id=None).maker is None


def test_the_signed_copy(session: Session) -> None:
    first = attachments.add(session, CONTRACT, 1, "devis.pdf", b"a")
    copy = attachments.add(session, CONTRACT, 1, "contrat.pdf", b"b")
    attachments.mark(session, first, DocumentRole.OFFER)
    attachments.mark(session, copy, DocumentRole.SIGNED)
    found = told(session).signed_copy
    assert found is not None
    assert found.name == "contrat.pdf"
    attachments.mark(session, copy, None)
    assert told(session).signed_copy is None
    with pytest.raises(NotFound):
        attachments.mark(session, 99, None)


def test_duties_of_both_sides_are_proposed_once(session: Session) -> None:
    every = contract_facts.duties_proposed(session, 1, Side.CLIENT)
    contract_facts.add_duties(session, 1, Side.CLIENT, every)
    assert contract_facts.duties_proposed(session, 1, Side.CLIENT) == []
    kept = contract_facts.duties(session, 1)
    assert (len(kept[Side.CLIENT]), kept[Side.PROVIDER]) == (len(every), [])


def test_who_is_asked_of_canvassing(session: Session) -> None:
    assert contract_facts.asks_of_canvassing(session)
    session.add(Company(name="Morvan", headcount=6))
    session.flush()
    assert not contract_facts.asks_of_canvassing(session)


# Services


def service(session: Session, **values: Any) -> int:
    usual = {"contract_id": 1, "label": "Visite", "kind": ServiceType.PREVENTIVE}
    return records.create(session, CONTRACT_SERVICE, {**usual, **values})


def test_every_type_is_proposed_with_its_scope() -> None:
    assert {one.kind for one in CATALOGUE} == set(ServiceType)
    assert len({one.label for one in CATALOGUE}) == len(CATALOGUE)
    assert all(one.scope.endswith(".") for one in CATALOGUE)
    assert len(contract_services.starting([ServiceType.BACKUP, ServiceType.ADVICE])) == 4


def test_services_are_proposed_once_and_told_by_type(session: Session) -> None:
    offered = contract_services.proposed(session, 1)
    assert contract_services.add(session, 1, reversed(offered)) == len(offered) == len(CATALOGUE)
    assert contract_services.proposed(session, 1) == []
    kinds = [one.kind for one in contract_services.rows(session, 1, TODAY)]
    assert kinds == sorted(kinds, key=list(ServiceType).index)
    assert contract_facts.types(session, 1)[0] == "Préventive"
    with pytest.raises(NotFound):
        contract_services.add(session, 9, [])


def test_the_types_are_those_of_what_is_included(session: Session) -> None:
    service(session, inclusion=Inclusion.EXTRA, kind=ServiceType.EVOLUTIVE)
    service(session, frequency=Frequency.YEARLY, obligation=Obligation.RESULTS)
    assert told(session).types == ("Préventive",)
    assert contract_services.rows(session, 1, TODAY)[0].obligation == "De résultats"


def test_the_cost_of_the_services_in_force(session: Session) -> None:
    assert contract_services.yearly_cost(session, 1, TODAY) is None
    service(session, cost=10_000, cost_period=FeePeriod.MONTH)
    service(session, cost=20_000, cost_period=FeePeriod.QUARTER)
    service(session, cost=5_000, cost_period=FeePeriod.YEAR, until=date(2026, 6, 14))
    service(session, cost=5_000, cost_period=FeePeriod.YEAR, since=date(2026, 6, 16))
    service(session, cost=5_000, cost_period=FeePeriod.YEAR, inclusion=Inclusion.OPTION)
    assert contract_services.yearly_cost(session, 1, TODAY) == 200_000
    assert [one.over for one in contract_services.rows(session, 1, TODAY)] == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"cost": 100}, "cost_period"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "until"),
        ({"label": " "}, "label"),
    ],
)
def test_a_service_that_says_nothing_is_refused(session: Session, values: dict[str, Any], name: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        service(session, **values)
    assert set(refused.value.problems) == {name}


def test_the_documents_owed(session: Session) -> None:
    assert contract_services.add_usual_documents(session, 1) == 4
    assert contract_services.add_usual_documents(session, 1) == 0
    words = [contract_services.delay_words(one) for one in contract_services.owed(session, 1)]
    assert words == ["2\u00a0jours ouvrés", "5\u00a0jours ouvrés", "–", "10\u00a0jours ouvrés"]
    one = contract_services.owed(session, 1)[0]
    assert contract_services.delay_words(Owed(one.id, one.label, one.rule, 1, "")) == "1\u00a0jour ouvré"
