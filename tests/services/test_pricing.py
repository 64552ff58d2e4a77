"""What a contract costs a year, and the words that say how it is got."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Asset, Contract, Person, UnitPrice
from app.models.codes import FeePeriod
from app.models.contract_codes import PriceModel
from app.services import pricing
from app.services.notices import notice_of
from app.storage import Store
from tests.services.company import DAY, add_asset, add_contract


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def told(session: Session, contract: int) -> tuple[int | None, str]:
    found = pricing.yearly(session, contract, DAY)
    return found.cents, found.how.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "cents", "how"),
    [
        ({"fee": 45_000}, 540_000, "450,00 € par mois × 12"),
        ({"fee": 540_000, "fee_period": FeePeriod.YEAR}, 540_000, "5 400,00 € par an"),
        ({}, None, ""),
        ({"price_model": PriceModel.PER_ACT, "fee": 45_000}, None, "les actes, payés à mesure"),
        ({"price_model": PriceModel.MIXED}, None, "un forfait à écrire + les actes, payés à mesure"),
        ({"price_model": PriceModel.MIXED, "fee": 10_000}, 120_000,
         "100,00 € par mois × 12 + les actes, payés à mesure"),
        ({"price_model": PriceModel.HOUR_BANK, "hours_bought": 3_000, "hours_price": 300_000}, 300_000,
         "3 000,00 € pour 50 h, sur 12 mois"),
        ({"price_model": PriceModel.HOUR_BANK, "hours_price": 300_000, "initial_months": 24}, 150_000,
         "3 000,00 € pour toutes les heures, sur 24 mois"),
        ({"price_model": PriceModel.HOUR_BANK}, None, ""),
    ],
)  # fmt: skip
def test_each_model_says_where_its_year_comes_from(
    session: Session, values: dict[str, Any], cents: int | None, how: str
) -> None:
    assert told(session, add_contract(session, **values)) == (cents, how)


def test_units_are_counted_in_the_perimeter(session: Session) -> None:
    contract = add_contract(session, price_model=PriceModel.PER_UNIT)
    seats = [session.get_one(Asset, add_asset(session, f"PC-0{n}", contract)) for n in (1, 2, 3)]
    session.add(Person(last_name="Roux", first_name="Ada"))
    session.flush()
    seats[0].person_id = seats[1].person_id = 1
    more: list[dict[str, Any]] = [
        {"label": "Poste", "price": 1_000},
        {"label": "Serveur", "price": 5_000, "family_id": seats[2].family_id},
        {"label": "Utilisateur", "price": 200, "per_user": True},
        {"label": "Ancien", "price": 9_999, "until": date(2026, 1, 31)},
        {"label": "Visite", "price": 8_000, "period": None},
    ]
    for values in more:
        session.add(UnitPrice(contract_id=contract, **({"period": FeePeriod.MONTH} | values)))
    session.flush()
    cents, how = told(session, contract)
    assert cents == 12 * (2 * 1_000 + 5_000 + 200)
    assert how.split(" + ") == [
        "2 × 10,00 € par mois × 12 (Poste)",
        "1 × 50,00 € par mois × 12 (Serveur)",
        "1 × 2,00 € par mois × 12 (Utilisateur)",
    ]


def test_what_a_renewal_engages_counts_months_of_the_year(session: Session) -> None:
    contract = add_contract(session, fee=45_000, renewal_months=6)
    assert notice_of(session, contract, DAY).more_cost == 270_000
    session.get_one(Contract, contract).fee = None
    assert notice_of(session, contract, DAY).more_cost is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"fee": 45_000}, "forfait 450,00 € HT chaque mois"),
        ({}, ""),
        ({"price_model": PriceModel.PER_UNIT}, "par poste ou par utilisateur"),
        ({"price_model": PriceModel.PER_ACT, "fee": 45_000}, "à l’acte"),
        ({"price_model": PriceModel.HOUR_BANK, "hours_bought": 3_000, "hours_price": 300_000},
         "banque d’heures, 50 h pour 3 000,00 € HT"),
        ({"price_model": PriceModel.HOUR_BANK}, ""),
    ],
)  # fmt: skip
def test_the_price_in_a_few_words(session: Session, values: dict[str, Any], words: str) -> None:
    assert pricing.brief(session, add_contract(session, **values), DAY).replace("\u00a0", " ") == words
