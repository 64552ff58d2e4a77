"""What an intervention is worth, by its contract on its day (domain.md C.6)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Intervention
from app.models.codes import Charge, FeePeriod
from app.models.contract_codes import PriceModel
from app.services.billing import acts
from app.services.billing.acts import Act
from tests.services.billing.make import amended, contract, part, plain, unit, work

PER_ACT = {"price_model": PriceModel.PER_ACT, "hourly_rate": 6_500, "rounding_minutes": 15}
BANK = {"price_model": PriceModel.HOUR_BANK, "hours_bought": 3_000, "hours_price": 300_000, "rounding_minutes": 15}
NIGHT = {"out_of_hours_rate": 5_000}
MORNING, EVENING = "2026-06-15 10:00", "2026-06-15 19:00"


def only(session: Session) -> Act:
    (found,) = acts.value(session)
    return found


@pytest.mark.parametrize(
    ("values", "done", "cents", "how"),
    [
        ({}, (MORNING, 61), 8_125, "1 h 15 × 65,00 €"),
        ({}, (MORNING, 15), 1_625, "0 h 15 × 65,00 €"),
        ({}, (MORNING, 16), 3_250, "0 h 30 × 65,00 €"),
        ({}, (MORNING, 40), 4_875, "0 h 45 × 65,00 €"),
        ({}, (MORNING, 0), 0, "0 h 00 × 65,00 €"),
        ({"minimum_minutes": 60}, (MORNING, 16), 6_500, "1 h 00 × 65,00 €"),
        (NIGHT, (EVENING, 60), 9_750, "1 h 00 × 65,00 €, dont 1 h 00 hors des heures à + 50 %"),
        (NIGHT, ("2026-06-15 17:30", 60), 8_125, "1 h 00 × 65,00 €, dont 0 h 30 hors des heures à + 50 %"),
        (NIGHT, ("2026-07-14 10:00", 60), 9_750, "1 h 00 × 65,00 €, dont 1 h 00 hors des heures à + 50 %"),
        ({**NIGHT, "round_the_clock": True}, (EVENING, 60), 6_500, "1 h 00 × 65,00 €"),
        ({}, (EVENING, 60), 6_500, "1 h 00 × 65,00 €"),
        ({"hourly_rate": None}, (MORNING, 60), None, "1 h 00, taux horaire non écrit"),
    ],
)
def test_an_act_is_worth_its_time(
    session: Session, values: dict[str, Any], done: tuple[str, int], cents: int | None, how: str
) -> None:
    work(session, contract(session, **(PER_ACT | values)), *done)
    found = only(session)
    assert (found.cents, found.worth, plain(found.how)) == (cents, cents, how)


@pytest.mark.parametrize(
    ("minutes", "more", "cents", "how"),
    [
        (60, {"travel": True}, 11_000, "1 h 00 × 65,00 €, déplacement 45,00 €"),
        (60, {"travel": False}, 6_500, "1 h 00 × 65,00 €"),
        (60, {"repair_minutes": 40}, 4_875, "0 h 45 × 65,00 €"),
        (60, {"repair_minutes": None}, 6_500, "1 h 00 × 65,00 €"),
        (None, {"repair_minutes": 30}, 3_250, "0 h 30 × 65,00 €"),
        (None, {}, None, "durée non saisie"),
    ],
)
def test_what_is_written_of_it_counts(
    session: Session, minutes: int | None, more: dict[str, Any], cents: int | None, how: str
) -> None:
    work(session, contract(session, **PER_ACT, travel_fee=4_500), MORNING, minutes, **more)
    assert (only(session).cents, plain(only(session).how)) == (cents, how)


def test_parts_are_paid_with_the_work(session: Session) -> None:
    done = work(session, contract(session, **PER_ACT), MORNING, 60)
    part(session, done, 4_450, 2)
    found = only(session)
    assert (found.cents, found.parts, plain(found.how)) == (15_400, 8_900, "1 h 00 × 65,00 €, pièces 89,00 €")
    part(session, done, None)
    found = only(session)
    assert (found.cents, found.worth, found.labour) == (None, None, 6_500)
    assert found.how.endswith("prix d’une pièce non saisi")


@pytest.mark.parametrize(
    ("charge", "cents", "how"),
    [
        (Charge.INCLUDED, 0, "inclus : 1 h 00 × 65,00 €, pièces 89,00 €"),
        (Charge.WARRANTY, 0, "garantie : 1 h 00 × 65,00 €, pièces 89,00 €"),
        (Charge.REFUSED, 0, "refusé : 1 h 00 × 65,00 €, pièces 89,00 €"),
        (Charge.COUNTED, 8_900, "1 h 00 à décompter, pièces 89,00 €"),
        (Charge.BILLABLE, 15_400, "1 h 00 × 65,00 €, pièces 89,00 €"),
    ],
)
def test_who_pays_is_told_by_its_charge(session: Session, charge: Charge, cents: int, how: str) -> None:
    part(session, work(session, contract(session, **PER_ACT), MORNING, 60, charge), 8_900)
    found = only(session)
    assert (found.cents, found.worth, plain(found.how)) == (cents, 15_400, how)


def test_hours_bought_weigh_more_out_of_hours(session: Session) -> None:
    work(session, contract(session, **BANK, out_of_hours_rate=5_000), EVENING, 50, Charge.COUNTED)
    found = only(session)
    assert (found.worked, found.outside, found.counted, found.cents) == (50, 50, 90, 0)
    assert found.labour == 9_000
    assert plain(found.how) == "1 h 30 à décompter, dont 0 h 50 hors des heures à + 50 %"


@pytest.mark.parametrize(
    ("values", "rate"),
    [({}, 6_000), ({"hourly_rate": 6_500}, 6_500), ({"hours_price": None}, None), ({"hours_bought": 0}, None)],
)
def test_an_hour_bought_is_worth_its_share_of_the_price(
    session: Session, values: dict[str, Any], rate: int | None
) -> None:
    work(session, contract(session, **(BANK | values)), MORNING, 60, Charge.COUNTED)
    assert only(session).labour == rate


def test_a_journey_may_be_priced_as_a_unit(session: Session) -> None:
    one = contract(session, **BANK, hourly_rate=6_500)
    unit(session, one, 3_500, None, label="Frais de déplacement", until=date(2026, 3, 31))
    unit(session, one, 3_900, None, label="Déplacement", since=date(2026, 4, 1))
    unit(session, one, 9_900, FeePeriod.MONTH, label="Forfait de déplacement")
    unit(session, one, 9_900, None, label="Audit")
    for at in ("2026-03-31 10:00", "2026-04-01 10:00"):
        work(session, one, at, 60, Charge.COUNTED, travel=True)
    work(session, one, "2026-04-02 10:00", 60, Charge.COUNTED)
    assert [found.cents for found in acts.value(session)] == [3_500, 3_900, 0]


def test_without_contract_nobody_knows_the_price(session: Session) -> None:
    part(session, work(session, None, MORNING, 60, travel=True), 8_900)
    found = only(session)
    assert (found.cents, found.parts, found.contract_id) == (None, 8_900, None)
    assert plain(found.how) == "1 h 00, taux horaire non écrit, pièces 89,00 €"


def test_the_terms_are_those_of_the_day(session: Session) -> None:
    one = contract(session, **PER_ACT)
    amended(session, one, date(2026, 7, 1), hourly_rate=7_000)
    for at in ("2026-06-30 10:00", "2026-07-01 10:00"):
        work(session, one, at, 60)
    assert [found.cents for found in acts.value(session)] == [6_500, 7_000]


def test_those_of_a_contract_and_of_days_in_paris(session: Session) -> None:
    one, other = contract(session, **PER_ACT), contract(session, number="CT-2", **PER_ACT)
    kept = [work(session, one, at, 60) for at in ("2026-06-01 00:00", "2026-06-30 23:59")]
    work(session, one, "2026-05-31 23:59", 60)
    work(session, one, "2026-07-01 00:00", 60)
    work(session, other, MORNING, 60)
    gone = work(session, one, MORNING, 60)
    session.get_one(Intervention, gone).deleted_at = session.get_one(Intervention, gone).started_at
    session.flush()
    found = acts.of_contract(session, one, date(2026, 6, 1), date(2026, 6, 30))
    assert [act.intervention_id for act in found] == kept
    assert acts.total(found) == (13_000, 0)
    assert acts.total([*found, *acts.value(session, Intervention.id == work(session, None, MORNING, 60))]) == (
        13_000,
        1,
    )


@pytest.mark.parametrize(
    ("values", "charge"),
    [
        ({}, Charge.INCLUDED),
        ({"included_minutes": 600}, Charge.COUNTED),
        (BANK, Charge.COUNTED),
        (PER_ACT, Charge.BILLABLE),
        (None, Charge.BILLABLE),
    ],
)
def test_who_should_pay_is_told_by_the_contract(
    session: Session, values: dict[str, Any] | None, charge: Charge
) -> None:
    done = work(session, None if values is None else contract(session, **values), MORNING, 60)
    ticket = session.get_one(Intervention, done).ticket_id
    assert acts.usual_charge(session, ticket, date(2026, 6, 15)) == charge
    assert acts.usual_charge(session, None, date(2026, 6, 15)) == Charge.INCLUDED
