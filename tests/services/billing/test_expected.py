"""What a contract makes due for a period, by its price model (domain.md C.6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset, Person
from app.models.codes import Charge, ContractStatus, FeePeriod, Renewal
from app.models.contract_codes import CountRule, PriceModel
from app.services.billing.expected import Expected, expected, without_acts
from tests.services.billing.make import amended, bought, contract, invoice, plain, unit, work
from tests.services.company import add_asset

D = date
JULY = (D(2026, 7, 1), D(2026, 7, 31))
SUMMER = (D(2026, 7, 1), D(2026, 9, 30))
UNITS = {"price_model": PriceModel.PER_UNIT, "fee": None}


def told(found: Expected) -> list[tuple[str, int, str]]:
    return [(line.label, line.cents, plain(line.how)) for line in found.lines]


@pytest.mark.parametrize(
    ("values", "days", "cents", "how"),
    [
        ({}, JULY, 45_000, "1 mois à 450,00 € par mois"),
        ({}, SUMMER, 135_000, "3 mois à 450,00 € par mois"),
        ({"fee": 135_000, "fee_period": FeePeriod.QUARTER}, SUMMER, 135_000, "3 mois à 1 350,00 € par trimestre"),
        ({"fee": 90_000, "fee_period": FeePeriod.QUARTER}, (D(2026, 11, 1), D(2026, 12, 31)), 60_000,
         "2 mois à 900,00 € par trimestre"),
        ({"fee": 540_000, "fee_period": FeePeriod.YEAR}, JULY, 45_000, "1 mois à 5 400,00 € par an"),
        ({"starts_on": D(2026, 7, 15)}, JULY, 24_677, "17 jours sur 31 à 450,00 € par mois"),
        ({"starts_on": D(2026, 7, 15)}, SUMMER, 114_677, "2 mois et 17 jours sur 31 à 450,00 € par mois"),
        ({"starts_on": D(2026, 7, 15)}, (D(2026, 7, 15), D(2026, 8, 14)), 45_000, "1 mois à 450,00 € par mois"),
        ({"starts_on": D(2025, 8, 1), "renewal": Renewal.NONE}, SUMMER, 45_000, "1 mois à 450,00 € par mois"),
        ({"denounced_on": D(2026, 9, 1), "status": ContractStatus.TERMINATED}, (D(2026, 12, 1), D(2027, 1, 31)),
         45_000, "1 mois à 450,00 € par mois"),
    ],
)  # fmt: skip
def test_a_fee_is_due_for_the_days_of_the_contract(
    session: Session, values: dict[str, Any], days: tuple[date, date], cents: int, how: str
) -> None:
    found = expected(session, contract(session, **values), *days)
    assert (found.cents, found.missing, told(found)) == (cents, (), [("Forfait", cents, how)])


@pytest.mark.parametrize(
    ("values", "cents", "missing"),
    [
        ({"status": ContractStatus.DRAFT}, 0, "Le contrat ne court pas sur cette période."),
        ({"starts_on": D(2026, 8, 1)}, 0, "Le contrat ne court pas sur cette période."),
        ({"fee": None}, None, "Le contrat ne dit pas le montant du forfait."),
        (UNITS, None, "Le contrat n’a aucun prix à l’unité pour cette période."),
        ({"price_model": PriceModel.PER_ACT}, 0, None),
    ],
)
def test_what_is_not_due_or_not_known(
    session: Session, values: dict[str, Any], cents: int | None, missing: str | None
) -> None:
    found = expected(session, contract(session, **values), *JULY)
    assert (found.cents, found.lines) == (cents, ())
    assert found.missing == ((missing,) if missing else ())


def test_an_amendment_changes_the_fee_from_its_day(session: Session) -> None:
    one = contract(session)
    amended(session, one, D(2026, 8, 11), fee=46_890)
    amended(session, one, D(2026, 9, 1), payment_days=45)
    found = expected(session, one, *SUMMER)
    assert [(line.start, line.end) for line in found.lines] == [
        (D(2026, 7, 1), D(2026, 8, 10)),
        (D(2026, 8, 11), D(2026, 9, 30)),
    ]
    assert told(found) == [
        ("Forfait", 59_516, "1 mois et 10 jours sur 31 à 450,00 € par mois"),
        ("Forfait", 78_654, "1 mois et 21 jours sur 31 à 468,90 € par mois"),
    ]
    assert found.cents == found.of("fee") == 138_170


def test_a_fee_that_stops_is_due_until_then(session: Session) -> None:
    one = contract(session)
    amended(session, one, D(2026, 8, 1), fee=None)
    amended(session, one, D(2026, 9, 1), fee=45_000)
    assert [line.start for line in expected(session, one, *SUMMER).lines] == [D(2026, 7, 1), D(2026, 9, 1)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.dates(D(2026, 1, 1), D(2027, 12, 31)), st.dates(D(2026, 1, 1), D(2027, 12, 31)), st.integers(1, 500_000))
def test_an_amendment_that_changes_nothing_changes_no_price(
    session: Session, first: date, second: date, fee: int
) -> None:
    """Terms read again on any day of a period make the same amount, but for a rounding of half a cent each side."""
    one = contract(session, number=f"C-{first}-{second}-{fee}", fee=fee)
    start, end = min(first, second), max(first, second)
    whole = expected(session, one, start, end).cents or 0
    amended(session, one, start + (end - start) // 2, fee=fee + 1)
    amended(session, one, start + (end - start) // 2 + timedelta(days=1), fee=fee)
    assert abs((expected(session, one, start, end).cents or 0) - whole) <= 2


def seats(session: Session, one: int, *days: tuple[date, date | None]) -> list[int]:
    """So many workstations of one family, each covered on those days."""
    made = [add_asset(session, f"PC-{number}") for number, _ in enumerate(days)]
    family = session.get_one(Asset, made[0]).family_id
    for asset, (since, until) in zip(made, days, strict=True):
        session.get_one(Asset, asset).family_id = family
        session.add(CoveredAsset(contract_id=one, asset_id=asset, since=since, until=until))
    session.flush()
    return made


MOVES = ((D(2026, 1, 1), None), (D(2026, 1, 1), D(2026, 7, 10)), (D(2026, 7, 17), None))
"""Two on 1 July, one leaves on the 10th, another comes on the 17th: 2 on 1 August, and 56 days of July."""


@pytest.mark.parametrize(
    ("rule", "days", "cents", "how"),
    [
        (CountRule.MONTH_START, JULY, 2_400, "2 à 12,00 € par mois"),
        (None, SUMMER, 7_200, "2 × 3 mois à 12,00 € par mois"),
        (CountRule.AVERAGE, JULY, 2_168, "1,81 à 12,00 € par mois"),
        (CountRule.AVERAGE, SUMMER, 6_968,
         "1,81 en juillet 2026, 2 en août 2026, 2 en septembre 2026 à 12,00 € par mois"),
        (CountRule.MONTH_START, (D(2026, 7, 11), D(2026, 7, 31)), 813, "1 × 21 jours sur 31 à 12,00 € par mois"),
        (CountRule.AVERAGE, (D(2026, 5, 1), D(2026, 8, 31)), 9_368,
         "de 1,81 à 2 selon le mois, 7,81 mois en tout, à 12,00 € par mois"),
    ],
)  # fmt: skip
def test_units_are_counted_as_the_contract_says(
    session: Session, rule: CountRule | None, days: tuple[date, date], cents: int, how: str
) -> None:
    one = contract(session, **UNITS, count_rule=rule)
    seats(session, one, *MOVES)
    unit(session, one, 1_200)
    assert told(expected(session, one, *days)) == [("Poste", cents, how)]


def test_a_price_per_year_is_due_by_twelfths(session: Session) -> None:
    one = contract(session, **UNITS)
    seats(session, one, *MOVES)
    unit(session, one, 2_400, FeePeriod.YEAR, label="Antivirus")
    unit(session, one, 9_000, None, label="Visite")
    assert told(expected(session, one, *JULY)) == [("Antivirus", 400, "2 à 24,00 € par an")]


def test_a_price_that_changes_counts_from_its_day(session: Session) -> None:
    """Counted on the first of the month, the price of that day holds for the month; by the mean, each its days."""
    one = contract(session, **UNITS)
    seats(session, one, *MOVES[:1])
    unit(session, one, 1_200, until=D(2026, 7, 15))
    unit(session, one, 3_100, since=D(2026, 7, 16))
    unit(session, one, 9_900, since=D(2026, 8, 1))
    assert [cents for _, cents, _ in told(expected(session, one, *JULY))] == [1_200]
    amended(session, one, D(2026, 7, 1), count_rule=CountRule.AVERAGE)
    assert told(expected(session, one, *JULY)) == [
        ("Poste", 581, "1 × 15 jours sur 31 à 12,00 € par mois"),
        ("Poste", 1_600, "1 × 16 jours sur 31 à 31,00 € par mois"),
    ]


def test_families_and_persons_have_prices_of_their_own(session: Session) -> None:
    one = contract(session, **UNITS)
    kept = seats(session, one, *MOVES[:1] * 3)
    server = add_asset(session, "SRV-1", one)
    session.add(Person(last_name="Roux", first_name="Ada"))
    session.flush()
    for asset in kept[:2]:
        session.get_one(Asset, asset).person_id = 1
    unit(session, one, 1_200)
    unit(session, one, 5_000, label="Serveur", family_id=session.get_one(Asset, server).family_id)
    unit(session, one, 200, label="Utilisateur", per_user=True)
    assert told(expected(session, one, *JULY)) == [
        ("Poste", 3_600, "3 à 12,00 € par mois"),
        ("Serveur", 5_000, "1 à 50,00 € par mois"),
        ("Utilisateur", 200, "1 à 2,00 € par mois"),
    ]


def test_an_amendment_may_change_the_model(session: Session) -> None:
    one = contract(session)
    seats(session, one, *MOVES[:1])
    unit(session, one, 1_200)
    amended(session, one, D(2026, 8, 1), price_model=PriceModel.PER_UNIT, fee=None)
    assert [(kind, cents) for kind, cents, _ in told(expected(session, one, *SUMMER))] == [
        ("Forfait", 45_000),
        ("Poste", 2_400),
    ]


INCLUDED = {"included_minutes": 600, "hourly_rate": 6_500}


def test_hours_over_those_included_are_due(session: Session) -> None:
    """domain.md C.6: 10 h included, 13 h 30 used at 65 € make 227,50 €."""
    one = contract(session, **INCLUDED)
    for on in ("02", "09"):
        work(session, one, f"2026-07-{on} 09:00", 405, Charge.COUNTED)
    work(session, one, "2026-07-10 09:00", 405, Charge.INCLUDED)
    work(session, one, "2026-08-03 09:00", 500, Charge.COUNTED)
    found = expected(session, one, *JULY)
    assert told(found)[1:] == [
        ("Dépassement des heures", 22_750, "13 h 30 décomptées, 10 h 00 comprises : 3 h 30 × 65,00 €")
    ]
    assert (found.cents, found.of("overrun")) == (67_750, 22_750)
    assert expected(session, one, D(2026, 7, 1), D(2026, 7, 30)).of("overrun") == 0
    assert expected(session, one, *SUMMER).of("overrun") == 22_750


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"hourly_rate": None}, "12 h 00 décomptées, 10 h 00 comprises : taux horaire non écrit."),
        (
            {"overrun_allowed": False},
            "12 h 00 décomptées, 10 h 00 comprises : le contrat ne permet pas de les dépasser.",
        ),
    ],
)
def test_an_overrun_that_has_no_price_is_told(session: Session, values: dict[str, Any], missing: str) -> None:
    one = contract(session, **(INCLUDED | values))
    work(session, one, "2026-07-02 09:00", 720, Charge.COUNTED)
    found = expected(session, one, *JULY)
    assert (found.cents, [plain(line) for line in found.missing]) == (45_000, [missing])


def test_included_hours_follow_the_billing_period(session: Session) -> None:
    """By quarter, those of a quarter together; less in one that the contract begins within."""
    one = contract(session, **INCLUDED, fee_period=FeePeriod.QUARTER, starts_on=D(2026, 2, 1))
    work(session, one, "2026-03-03 09:00", 540, Charge.COUNTED)
    work(session, one, "2026-04-03 09:00", 120, Charge.COUNTED)
    assert expected(session, one, D(2026, 2, 1), D(2026, 4, 30)).of("overrun") == 6_500
    late = contract(session, number="CT-2", **INCLUDED, starts_on=D(2026, 7, 17))
    work(session, late, "2026-07-20 09:00", 600, Charge.COUNTED)
    assert (
        plain(expected(session, late, *JULY).lines[1].how) == "10 h 00 décomptées, 4 h 50 comprises : 5 h 10 × 65,00 €"
    )


def test_a_billing_from_the_day_of_the_contract_is_seen_in_its_invoices(session: Session) -> None:
    one = contract(session, **INCLUDED, starts_on=D(2026, 7, 15))
    work(session, one, "2026-08-10 09:00", 660, Charge.COUNTED)
    assert expected(session, one, D(2026, 7, 15), D(2026, 8, 14)).of("overrun") == 0
    invoice(session, one, D(2026, 7, 15), {"net": 45_000}, period_start=D(2026, 7, 15), period_end=D(2026, 8, 14))
    assert expected(session, one, D(2026, 7, 15), D(2026, 8, 14)).of("overrun") == 6_500


def test_acts_out_of_the_fee_are_due(session: Session) -> None:
    one = contract(session, price_model=PriceModel.MIXED, hourly_rate=6_500, rounding_minutes=15)
    work(session, one, "2026-07-02 09:00", 61)
    work(session, one, "2026-07-03 09:00", 30, Charge.INCLUDED)
    work(session, one, "2026-07-06 09:00", None, number="FI-X")
    work(session, one, "2026-08-03 09:00", 60)
    found = expected(session, one, *JULY)
    assert [(line.kind, line.cents) for line in found.lines] == [("fee", 45_000), ("act", 8_125)]
    assert (found.cents, found.missing) == (53_125, ("FI-X\u00a0: durée non saisie.",))
    assert found.lines[1].entity == "intervention"


def test_the_acts_may_be_left_out(session: Session) -> None:
    one = contract(session, price_model=PriceModel.MIXED, hourly_rate=6_500)
    work(session, one, "2026-07-02 09:00", 61)
    assert told(without_acts(session, one, *JULY)) == [("Forfait", 45_000, "1 mois à 450,00 € par mois")]


def test_a_contract_by_the_act_without_rate_is_unknown(session: Session) -> None:
    one = contract(session, price_model=PriceModel.PER_ACT)
    work(session, one, "2026-07-02 09:00", 61)
    assert expected(session, one, *JULY).cents is None


BANK = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 600, "hours_price": 60_000}


def test_hours_are_due_when_bought(session: Session) -> None:
    one = contract(session, **BANK, hourly_rate=6_500, starts_on=D(2026, 7, 1))
    bought(session, one, D(2026, 7, 20), 300, price=31_000, label="Complément")
    bought(session, one, D(2026, 7, 21), 60)
    bought(session, one, D(2026, 8, 1), 60, price=6_000)
    found = expected(session, one, *JULY)
    assert told(found) == [
        ("Heures du contrat", 60_000, "10 h 00 achetées d’avance"),
        ("Complément", 31_000, "5 h 00 achetées d’avance"),
    ]
    assert [plain(one) for one in found.missing] == ["Achat d’heures, 1 h 00 : prix non saisi."]
    assert expected(session, one, D(2026, 9, 1), D(2026, 9, 30)).cents == 0


def test_hours_beyond_those_bought_are_due_where_the_contract_says_so(session: Session) -> None:
    one = contract(session, **BANK, hourly_rate=6_500, starts_on=D(2026, 7, 1))
    work(session, one, "2026-07-02 09:00", 540, Charge.COUNTED)
    work(session, one, "2026-07-03 09:00", 270, Charge.COUNTED, number="FI-Y")
    found = expected(session, one, *JULY)
    assert told(found)[1] == ("FI-Y, Un ennui", 22_750, "3 h 30 au-delà des heures achetées × 65,00 €")
