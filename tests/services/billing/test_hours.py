"""The account of hours bought under a contract (domain.md C.6 and E.5)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models.codes import Charge, Renewal
from app.models.contract_codes import PriceModel
from app.services.billing import hours
from app.services.billing.hours import HourAlert, Ledger
from tests.services.billing.make import amended, bought, contract, plain, work

D = date
BANK = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 3_000, "hours_price": 300_000}
END = D(2026, 12, 31)


def bank(session: Session, **values: Any) -> int:
    return contract(session, **(BANK | values))


def use(session: Session, one: int, at: str, minutes: int | None, **more: Any) -> int:
    return work(session, one, f"2026-{at} 00:00", minutes, Charge.COUNTED, **more)


def read(session: Session, one: int, on: date = END) -> Ledger:
    return hours.ledger(session, one, on)


def test_what_is_not_used_keeps_its_price(session: Session) -> None:
    """domain.md E.5: 50 h at 60 €, 32 used: 18 × 60 = 1 080 € at the closing."""
    one = bank(session)
    use(session, one, "03-02", 1_920)
    found = read(session, one)
    (lot,) = found.lots
    assert (lot.left, lot.left_cents, lot.until) == (1_080, 108_000, END)
    assert (found.bought, found.used, found.expired, found.balance, found.percent) == (3_000, 1_920, 0, 1_080, 64)
    assert [plain(line) for line in found.told] == [
        "18 h 00 à utiliser d’ici le 31/12/2026 : après, ces heures sont perdues."
    ]


@pytest.mark.parametrize(
    ("minutes", "alert"),
    [
        (2_399, HourAlert.NONE),
        (2_400, HourAlert.LOW),
        (2_999, HourAlert.LOW),
        (3_000, HourAlert.EMPTY),
        (3_001, HourAlert.OVER),
    ],
)
def test_one_is_told_at_80_and_100_percent(session: Session, minutes: int, alert: HourAlert) -> None:
    one = bank(session)
    use(session, one, "03-02", minutes)
    assert read(session, one).alert == alert


def test_each_movement_says_what_it_is(session: Session) -> None:
    one = bank(session, hours_bought=600, hours_price=60_000, hours_until=D(2026, 6, 30))
    bought(session, one, D(2026, 2, 1), 300, price=30_000, label="Complément")
    use(session, one, "03-02", 100, number="FI-A")
    use(session, one, "08-03", 50, number="FI-B")
    bought(session, one, D(2027, 2, 1), 300)
    told = [(entry.kind, plain(entry.label), entry.minutes, entry.balance) for entry in read(session, one).entries]
    assert told == [
        ("purchase", "Heures du contrat", 600, 600),
        ("purchase", "Complément", 300, 900),
        ("use", "FI-A, Un ennui", -100, 800),
        ("expiry", "Heures perdues, heures du contrat", -500, 300),
        ("use", "FI-B, Un ennui", -50, 250),
    ]
    hows = [plain(entry.how) for entry in read(session, one).entries]
    assert hows[:2] == ["600,00 €, jusqu’au 30/06/2026", "300,00 €, sans limite"]
    assert hows[3] == "Elles valaient jusqu’au 30/06/2026."


@pytest.mark.parametrize(
    ("values", "sums", "told"),
    [
        ({}, (-210, 0, None), "3 h 30 au-delà des heures achetées : le prochain achat les reprendra."),
        ({"overrun_allowed": False, "hourly_rate": 6_500}, (-210, 0, None),
         "3 h 30 au-delà des heures achetées, que le contrat ne permet pas de dépasser."),
        ({"hourly_rate": 6_500}, (0, 210, 22_750),
         "3 h 30 au-delà des heures achetées, payées à part : 227,50 € HT."),
    ],
)  # fmt: skip
def test_hours_beyond_are_owed_forbidden_or_paid_apart(
    session: Session, values: dict[str, Any], sums: tuple[int, int, int | None], told: str
) -> None:
    one = bank(session, **values)
    use(session, one, "03-02", 3_210)
    found = read(session, one)
    assert (found.balance, found.over, found.over_cents or None) == sums
    assert found.used == 3_210 - found.over
    assert [plain(line) for line in found.told] == [told]
    assert found.alert == (HourAlert.EMPTY if found.over else HourAlert.OVER)
    assert found.entries[-1].how.endswith("dont 3\u00a0h\u00a030 au-delà") == bool(found.over)


FIRST = ("Heures du contrat", 3_000, D(2026, 12, 31), 2_940)
AGAIN = ("Reconduction du 01/01/2027", 3_000, D(2027, 12, 31), 0)


@pytest.mark.parametrize(
    ("values", "lots"),
    [
        ({}, [FIRST, AGAIN]),
        ({"hours_until": D(2026, 3, 31)},
         [("Heures du contrat", 3_000, D(2026, 3, 31), 2_940), AGAIN]),
        ({"hours_carried_over": True},
         [("Heures du contrat", 3_000, None, 0), ("Reconduction du 01/01/2027", 3_000, None, 0)]),
        ({"hours_carried_over": True, "max_renewals": 2},
         [("Heures du contrat", 3_000, D(2028, 12, 31), 0), ("Reconduction du 01/01/2027", 3_000, D(2028, 12, 31), 0)]),
        ({"renewal_months": 6}, [FIRST,
                                 ("Reconduction du 01/01/2027", 1_500, D(2027, 6, 30), 0)]),
        ({"renewal": Renewal.NONE}, [FIRST]),
        ({"renewal": Renewal.TACIT_OPEN}, [FIRST]),
    ],
)  # fmt: skip
def test_a_renewal_brings_the_same_hours(session: Session, values: dict[str, Any], lots: list[Any]) -> None:
    one = bank(session, **values)
    use(session, one, "03-02", 60)
    found = read(session, one, D(2027, 3, 1))
    assert [(lot.label, lot.minutes, lot.until, lot.expired) for lot in found.lots] == lots


def test_an_amendment_changes_the_hours_of_the_periods_after_it(session: Session) -> None:
    one = bank(session)
    amended(session, one, D(2026, 9, 1), hours_bought=1_200, hours_price=None)
    assert [(lot.minutes, lot.price) for lot in read(session, one, D(2027, 3, 1)).lots] == [
        (3_000, 300_000),
        (1_200, None),
    ]


def test_an_intervention_without_time_is_told(session: Session) -> None:
    one = bank(session)
    use(session, one, "03-02", None)
    found = read(session, one, D(2026, 3, 3))
    assert (found.unknown, found.used) == (1, 0)
    assert found.told[0] == "Des interventions à décompter n’ont pas encore de durée."


@pytest.mark.parametrize("values", [{"price_model": PriceModel.FLAT}, {"hours_bought": None}, {"status": "draft"}])
def test_without_hours_bought_there_is_no_account(session: Session, values: dict[str, Any]) -> None:
    one = bank(session, **values)
    use(session, one, "03-02", 60)
    found = read(session, one)
    assert (found.entries, found.lots, found.percent, found.balance, found.told) == ((), (), None, 0, ())
