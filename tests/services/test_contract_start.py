"""The guided sequence: what it asks, what it refuses, and the contract that it makes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.models import (
    Asset,
    Company,
    Contract,
    ContractClause,
    ContractService,
    CoveredAsset,
    CoverRule,
    DueDocument,
    Family,
    Provider,
    Site,
    UnitPrice,
)
from app.models.codes import ContractStatus, FeePeriod, NoticeUnit, Priority, Renewal, Zone
from app.models.contract_codes import PriceModel
from app.services import clauses, contract_asks, contract_start, gdpr, terms
from app.services.contract_start import Answers
from app.services.contracts import calendar_of, levels_of
from app.storage import Store

TODAY = date(2026, 11, 22)
WHOLE: dict[str, Any] = {
    "signed": "yes", "signed_on": date(2026, 12, 1), "subject": "Parc et assistance", "provider_id": 1,
    "hotline": "03 80 00 00 00", "off_premises": "no", "types": ("preventive", "corrective"), "kind": "managed",
    "scope": "families", "families": ("1",), "hours": "halves", "delays": "usual", "starts_on": date(2027, 1, 1),
    "months": 24, "renewal": "tacit", "notice_value": 60, "notice_unit": "days", "price_model": "flat",
    "fee": 45_000, "fee_period": "quarter", "personal_data": "yes", "channels": ("phone", "portal"),
}  # fmt: skip


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """Two laptops at Dijon, one printer at Beaune."""
    with store.begin("essai") as opened:
        clauses.install(opened)
        opened.add(Company(name="Morvan", zone=Zone.ALSACE_MOSELLE, headcount=12))
        opened.add_all([Provider(name="Lumeo"), Site(name="Dijon"), Site(name="Beaune")])
        opened.add_all([Family(id=1, name="Portable", prefix="PC"), Family(id=2, name="Imprimante", prefix="IMP")])
        opened.flush()
        for number, family, site in (("PC-1", 1, 1), ("PC-2", 1, 1), ("IMP-1", 2, 2)):
            opened.add(Asset(number=number, family_id=family, site_id=site))
        opened.flush()
        yield opened


def made(session: Session, **answers: Any) -> Contract:
    return session.get_one(Contract, contract_start.create(session, Answers(**answers), TODAY))


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_eight_questions_each_with_its_reason(session: Session) -> None:
    steps = contract_asks.steps(session)
    assert [one.key for one in steps] == ["where", "who", "what", "assets", "levels", "term", "price", "data"]
    assert all(one.why.endswith(".") for one in steps)
    assert steps[1].asks == ()
    assert [one.detail for one in steps[3].asks[1].options] == ["1\u00a0bien", "2\u00a0biens"]
    session.query(Company).update({"headcount": 5})
    assert [one.name for one in contract_asks.steps(session)[1].asks] == ["off_premises"]


def test_what_the_base_does_not_have_is_not_asked(session: Session) -> None:
    session.query(Asset).delete()
    session.query(Site).delete()
    assert [one.key for one in contract_asks.steps(session)[3].asks[0].options] == ["later"]


def test_a_whole_contract_in_one_act(session: Session) -> None:
    contract = made(session, **WHOLE)
    assert (contract.number, contract.status) == ("CT-2026-01", ContractStatus.ACTIVE)
    assert (contract.initial_months, contract.renewal_months, contract.notice_value) == (24, 24, 60)
    assert (contract.notice_unit, contract.fee, contract.fee_period) == (NoticeUnit.DAYS, 45_000, FeePeriod.QUARTER)
    assert (contract.by_phone, contract.by_email, contract.by_portal) == (True, False, True)
    assert (contract.zone, contract.notes) == (Zone.ALSACE_MOSELLE, None)
    assert calendar_of(session, contract.id, TODAY).slots[0] == ((540, 750), (840, 1080))
    assert levels_of(session, contract.id, TODAY)["P1"].restore == 240
    assert [one.since for one in session.scalars(select(CoveredAsset))] == [date(2027, 1, 1)] * 2
    assert (count(session, ContractService), count(session, DueDocument), count(session, CoverRule)) == (4, 4, 1)
    assert count(session, ContractClause) == 0
    assert gdpr.checklist(session, contract.id).unknown == 14
    assert session.get_one(Provider, 1).hotline == "03 80 00 00 00"


def test_nothing_known_still_makes_a_project(session: Session) -> None:
    contract = made(session)
    assert (contract.status, contract.subject) == (ContractStatus.DRAFT, contract_start.SUBJECT)
    assert (contract.starts_on, contract.renewal) == (date(2026, 12, 1), Renewal.TACIT)
    assert contract.notes is not None
    assert contract.notes.startswith("À vérifier\u00a0: l’objet, le prestataire, les prestations")
    assert terms.service_terms(session, contract.id).levels[0].is_blank
    assert count(session, CoveredAsset) == 0
    assert count(session, ContractClause) > 10


def test_a_signed_contract_of_nobody_waits_as_a_project(session: Session) -> None:
    assert made(session, signed="yes", signed_on=date(2026, 6, 15)).status == ContractStatus.DRAFT
    assert made(session, signed="yes", signed_on=date(2026, 6, 15)).starts_on == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("answers", "covered"),
    [
        ({"scope": "all"}, ["IMP-1", "PC-1", "PC-2"]),
        ({"scope": "sites", "sites": ("2",)}, ["IMP-1"]),
        ({"scope": "families", "families": ("1", "2")}, ["IMP-1", "PC-1", "PC-2"]),
        ({"scope": "later"}, []),
    ],
)
def test_the_assets_are_covered_by_rules(session: Session, answers: dict[str, Any], covered: list[str]) -> None:
    made(session, **answers)
    inside = select(Asset.number).join(CoveredAsset, CoveredAsset.asset_id == Asset.id).order_by(Asset.number)
    assert list(session.scalars(inside)) == covered


@pytest.mark.parametrize(
    ("model", "name"), [("flat", "fee"), ("mixed", "fee"), ("per_act", "hourly_rate"), ("hour_bank", "hours_price")]
)
def test_the_amount_stands_where_the_model_reads_it(session: Session, model: str, name: str) -> None:
    assert getattr(made(session, price_model=model, fee=6_500), name) == 6_500


def test_a_price_by_the_unit(session: Session) -> None:
    contract = made(session, price_model="per_unit", fee=1_900, fee_period="month")
    assert (contract.price_model, contract.fee) == (PriceModel.PER_UNIT, None)
    assert session.scalars(select(UnitPrice.price)).one() == 1_900


@pytest.mark.parametrize(
    ("answers", "name", "told"),
    [
        ({"signed": "no", "signed_on": TODAY}, "signed_on", "n’est pas encore signé"),
        ({"scope": "families"}, "families", "au moins une famille"),
        ({"scope": "sites"}, "sites", "au moins un site"),
        ({"months": 3, "notice_value": 3}, "notice_value", "aussi long que le contrat"),
        ({"months": 3, "notice_value": 90, "notice_unit": "days"}, "notice_value", "aussi long que le contrat"),
    ],
)
def test_answers_that_contradict_each_other(session: Session, answers: Any, name: str, told: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        made(session, **answers)
    assert told in refused.value.problems[name]
    assert count(session, Contract) == 0


def test_no_access_to_data(session: Session) -> None:
    assert gdpr.checklist(session, made(session, personal_data="no").id).no_access


def test_the_last_look_says_it_all(session: Session) -> None:
    told = "\n".join(contract_start.sentences(session, Answers(**WHOLE), TODAY))
    for part in (
        "Un contrat en cours\u00a0: Parc et assistance, avec Lumeo.",
        "Types\u00a0: préventive, corrective.",
        "Couvre 2\u00a0biens aujourd’hui",
        "5 jours sur 7, avec une coupure à midi",
        "À partir du 1er\u00a0janvier\u00a02027",
        "périodes de 24\u00a0mois",
        "préavis de 60\u00a0jours",
        "forfait, 450,00\u00a0€ HT, chaque trimestre",
        "liste RGPD",
    ):
        assert part in told, part
    assert "À compléter" not in told
    assert "données" not in contract_start.sentences(session, Answers(), TODAY)[1]
    bare = "\n".join(
        contract_start.sentences(session, Answers(personal_data="no", price_model="per_act", fee=1), TODAY)
    )
    assert "Un projet de contrat" in bare
    assert "En attendant vos précisions\u00a0: à partir du" in bare
    assert "En attendant" not in told
    assert "sans prestataire pour l’instant" in bare
    assert "à l’acte, 0,01\u00a0€ HT." in bare
    assert "À compléter ensuite\u00a0: l’objet" in bare


def test_the_delays_of_a_need_go_from_the_gravest(session: Session) -> None:
    for key, levels in contract_asks.LEVELS.items():
        assert len(levels) == len(Priority), key
        assert list(levels) == sorted(levels), key
        assert all(take < restore for take, restore in levels), key
    assert made(session, delays="written", hours="always").round_the_clock
