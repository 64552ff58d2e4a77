"""A price revised by its index: proposed with its working, then applied as a signed amendment."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models import Amendment, Contract, IndexValue, Penalty, Revision
from app.models.codes import FeePeriod
from app.models.contract_codes import AmendmentStatus, IndexSeries, PaymentRule, PenaltyTrigger, PenaltyUnit, PriceModel
from app.services import price_words, revising
from app.services.amendments import on_day
from app.storage import Store
from tests.services.company import DAY, add_contract

JUNE, SIGNED = date(2026, 6, 1), date(2026, 1, 5)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        for month, value in ((2, 312_600), (4, 330_000)):
            published = date(2026, month + 2, 20)
            opened.add(IndexValue(index_name="Syntec", month=date(2026, month, 1), value=value, published_on=published,
                                  series=IndexSeries.REVISED))  # fmt: skip
        yield opened


def indexed(session: Session, **values: Any) -> int:
    return add_contract(session, **({"fee": 45_000, "index_name": "Syntec", "index_base": 300_000} | values))


def plain(lines: tuple[str, ...]) -> list[str]:
    return [line.replace("\u00a0", " ") for line in lines]


@pytest.mark.parametrize(
    ("values", "after", "last"),
    [
        ({}, 46_890, "450,00 € × 312,6 ÷ 300,0 = 468,90 €."),
        ({"revision_fixed_part": 1_500}, 46_607, "450,00 € × (15 % + 85 % × 312,6 ÷ 300,0) = 466,07 €."),
        ({"revision_cap": 300}, 46_350, "La hausse est tenue au plafond du contrat : 463,50 €."),
        (
            {"index_base": 320_000, "revision_floor": 100},
            44_550,
            "La baisse est tenue à la limite du contrat : 445,50 €.",
        ),
        (
            {"index_base": 320_000, "never_lowered": True},
            45_000,
            "Le contrat ne laisse pas ce prix baisser : 450,00 €.",
        ),
    ],
)  # fmt: skip
def test_the_working_is_told(session: Session, values: dict[str, Any], after: int, last: str) -> None:
    found = revising.proposal(session, indexed(session, **values), JUNE)
    assert (found.after, found.month) == (after, date(2026, 2, 1))
    assert plain(found.how)[0] == "Dernière valeur connue : 312,6 pour février 2026, publiée le 20/04/2026."
    assert plain(found.how)[-1] == last


def test_an_index_of_the_other_series_is_brought_back(session: Session) -> None:
    contract = indexed(session, index_base=275_000, index_series=IndexSeries.OLD)
    found = revising.proposal(session, contract, JUNE)
    assert found.after == 52_210
    assert "ramenée par 0,97975, elle vaut 319,061" in plain(found.how)[1]


@pytest.mark.parametrize(
    ("values", "on", "words"),
    [
        ({"fee": None}, JUNE, "pas de forfait"),
        ({"index_name": None}, JUNE, "ne dit pas par quel indice"),
        ({"index_base": None}, JUNE, "ne dit pas par quel indice"),
        ({}, date(2026, 4, 19), "Aucune valeur de «\u00a0Syntec\u00a0» n’est connue comme publiée au 19/04/2026"),
    ],
)
def test_what_is_missing_is_told(session: Session, values: dict[str, Any], on: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        revising.proposal(session, indexed(session, **values), on)


def test_a_revision_is_an_amendment_of_the_fee(session: Session) -> None:
    contract = indexed(session)
    made = session.get_one(Amendment, revising.apply(session, contract, JUNE, SIGNED))
    assert (made.status, made.effective_on, made.signed_on) == (AmendmentStatus.SIGNED, JUNE, SIGNED)
    after = on_day(session, contract, JUNE)
    assert (after.fee, after.index_base, after.index_base_month) == (46_890, 312_600, date(2026, 2, 1))
    kept = session.scalars(select(Revision)).one()
    assert (kept.fee_before, kept.fee_after, kept.index_from, kept.index_to) == (45_000, 46_890, 300_000, 312_600)
    assert session.get_one(Contract, contract).fee == 45_000
    with pytest.raises(Refused, match="Le prix ne change pas"):
        revising.apply(session, contract, date(2026, 6, 2), SIGNED)


def told(session: Session, contract: int) -> price_words.PriceTold:
    return price_words.told(session, contract, DAY)


def test_payment_is_told_by_an_example(session: Session) -> None:
    one = told(session, indexed(session))
    assert plain(one.payment) == [
        "Une facture du 10/06/2026 est à payer le 10/07/2026 au plus tard.",
        "Payée après, elle coûte des intérêts au taux de la BCE plus 10 points et 40,00 € de frais, sans rappel.",
    ]
    assert (one.payment_wrong, one.revision, one.revision_wrong) == ("", (), "")


@pytest.mark.parametrize(
    ("days", "rule", "wrong"),
    [
        (60, PaymentRule.INVOICE, ""),
        (61, PaymentRule.INVOICE, "Plus de 60 jours"),
        (45, PaymentRule.MONTH_END_AFTER, ""),
        (46, PaymentRule.MONTH_END_BEFORE, "Plus de 45 jours fin de mois"),
    ],
)
def test_a_term_that_the_law_forbids_is_told(session: Session, days: int, rule: PaymentRule, wrong: str) -> None:
    contract = add_contract(session, payment_days=days, payment_rule=rule, late_rate=1_000, never_lowered=True)
    one = told(session, contract)
    assert one.payment_wrong.startswith(wrong)
    assert bool(one.payment_wrong) == bool(wrong)
    assert "intérêts de 10,00 % par an" in plain(one.payment)[1]
    assert (one.revision, one.revision_wrong, one.penalties) == ((price_words.NO_INDEX,), "", (price_words.NO_PENALTY,))


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({}, []),
        ({"included_minutes": 600, "hourly_rate": 6_500},
         ["Exemple : 13 h 30 de travail coûtent 227,50 € en plus du forfait."]),
        ({"rounding_minutes": 15}, ["Une intervention de 16 min est comptée 0 h 30."]),
        ({"price_model": PriceModel.HOUR_BANK, "included_minutes": 600, "hourly_rate": 6_500, "minimum_minutes": 60},
         ["Une intervention de 16 min est comptée 1 h 00."]),
        ({"price_model": PriceModel.PER_UNIT, "rounding_minutes": 15}, []),
    ],
)  # fmt: skip
def test_what_work_costs_is_told_by_examples(session: Session, values: dict[str, Any], lines: list[str]) -> None:
    assert plain(told(session, indexed(session, **values)).model) == lines


def test_interest_is_told_by_an_example(session: Session) -> None:
    line = plain(told(session, indexed(session, late_rate=1_215)).payment)[2]
    assert line == "Exemple : 1 800,00 € TTC payés 45 jours trop tard, 26,96 € d’intérêts."


def test_a_one_way_clause_is_told(session: Session) -> None:
    assert told(session, indexed(session, never_lowered=True)).revision_wrong == revising.ONE_WAY


@pytest.mark.parametrize(
    ("values", "penalty", "line"),
    [
        ({}, {"percent": 200}, "9,00 € par manquement. Exemple : 4 dans le mois, 36,00 €."),
        ({"penalty_month_cap": 500}, {"percent": 200},
         "9,00 € par manquement. Exemple : 4 dans le mois, 22,50 €, au plafond."),
        ({}, {"percent": 200, "franchise": 1},
         "9,00 € par manquement. Exemple : 4 dans le mois, dont le premier sans pénalité, 27,00 €."),
        ({"fee": 135_000, "fee_period": FeePeriod.QUARTER}, {"percent": 200},
         "9,00 € par manquement. Exemple : 4 dans le mois, 36,00 €."),
        ({"fee": None}, {"amount": 1_500, "unit": PenaltyUnit.HOUR},
         "15,00 € par heure. Exemple : 4 dans le mois, 60,00 €."),
        ({"fee": None}, {"percent": 200}, ""),
    ],
)  # fmt: skip
def test_a_penalty_is_told_by_an_example(
    session: Session, values: dict[str, Any], penalty: dict[str, Any], line: str
) -> None:
    contract = indexed(session, **values)
    session.add(Penalty(contract_id=contract, trigger=PenaltyTrigger.RESTORE, **penalty))
    session.flush()
    wanted = [f"Rétablissement en retard : {line}"] if line else []
    assert plain(told(session, contract).penalties) == wanted
