"""Period after period: expected, billed, the difference, and where it stands."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import HourPurchase, Intervention, PenaltyClaim
from app.models.codes import Charge, ContractStatus, FeePeriod
from app.models.contract_codes import Billing, PriceModel
from app.models.money_codes import InvoiceKind, LineKind
from app.services.billing.table import Row, Standing, table
from tests.services.billing.make import amended, bought, contract, invoice, unit, work

D = date
TODAY = D(2026, 3, 10)
JANUARY = {"period_start": D(2026, 1, 1), "period_end": D(2026, 1, 31)}
FEBRUARY = {"period_start": D(2026, 2, 1), "period_end": D(2026, 2, 28)}


def rows(session: Session, one: int, today: date = TODAY, months: int | None = None) -> list[Row]:
    return list(table(session, one, today, months).rows)


def told(some: list[Row]) -> list[tuple[int, int | None, int, Standing]]:
    return [(row.days[0].month, row.expected, row.billed, row.standing) for row in some]


def test_each_month_is_compared_newest_first(session: Session) -> None:
    one = contract(session)
    amended(session, one, D(2026, 2, 1), fee=46_890)
    for on, net, days in ((D(2026, 1, 2), 45_000, JANUARY), (D(2026, 2, 2), 45_000, FEBRUARY)):
        invoice(session, one, on, {"net": net}, **days)
    assert told(rows(session, one)) == [
        (3, 46_890, 0, Standing.NONE),
        (2, 46_890, 45_000, Standing.LESS),
        (1, 45_000, 45_000, Standing.RIGHT),
    ]
    assert [row.gap for row in rows(session, one)] == [None, -1_890, 0]


def test_a_longer_invoice_is_shared_and_a_credit_note_counts_below_zero(session: Session) -> None:
    one = contract(session)
    first = invoice(
        session, one, D(2026, 1, 2), {"net": 150_000}, period_start=D(2026, 1, 1), period_end=D(2026, 3, 31)
    )
    invoice(session, one, D(2026, 3, 2), {"net": 5_000}, kind=InvoiceKind.CREDIT, corrects_id=first, **FEBRUARY)
    assert told(rows(session, one)) == [
        (3, 45_000, 50_000, Standing.MORE),
        (2, 45_000, 45_000, Standing.RIGHT),
        (1, 45_000, 50_000, Standing.MORE),
    ]
    assert [one.cents for one in rows(session, one)[1].invoices] == [50_000, -5_000]


@pytest.mark.parametrize(
    ("values", "months", "kept"),
    [
        ({}, 3, [(D(2026, 1, 1), D(2026, 3, 31), 135_000)]),
        ({"fee": 135_000, "fee_period": FeePeriod.QUARTER}, None, [(D(2026, 1, 1), D(2026, 3, 31), 135_000)]),
        ({"starts_on": D(2025, 11, 15)}, 12, [(D(2025, 11, 1), D(2026, 10, 31), 519_000)]),
        ({"starts_on": D(2026, 5, 1)}, None, [(D(2026, 5, 1), D(2026, 5, 31), 45_000)]),
        ({"status": ContractStatus.DRAFT}, None, []),
    ],
)
def test_periods_may_be_longer(
    session: Session, values: dict[str, Any], months: int | None, kept: list[tuple[date, date, int]]
) -> None:
    found = rows(session, contract(session, **values), months=months)
    assert [(*row.days, row.expected) for row in found] == kept


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({"billing": Billing.ARREARS}, Standing.COMING),
        ({"starts_on": D(2026, 5, 1)}, Standing.COMING),
        ({"fee": None}, Standing.UNKNOWN),
        ({"fee": None, "price_model": PriceModel.PER_UNIT}, Standing.NOTHING),
    ],
)
def test_where_the_period_under_way_stands(session: Session, values: dict[str, Any], standing: Standing) -> None:
    one = contract(session, **values)
    unit(session, one, 1_200)
    assert rows(session, one)[0].standing == standing


def test_periods_without_anything_are_left_out(session: Session) -> None:
    one = contract(session, fee=None, price_model=PriceModel.PER_ACT)
    invoice(session, one, TODAY, {"net": 18_900, "kind": LineKind.EQUIPMENT})
    assert rows(session, one) == []


def test_an_intervention_counts_where_it_is_billed(session: Session) -> None:
    one = contract(session, hourly_rate=6_500)
    done = [work(session, one, f"2026-0{month}-10 10:00", 60) for month in (1, 2)]
    made = invoice(session, one, D(2026, 2, 2), {"net": 45_000}, {"net": 6_500, "kind": LineKind.REPAIR}, **FEBRUARY)
    session.get_one(Intervention, done[0]).invoice_id = made
    work(session, one, "2026-02-11 10:00", None, number="FI-X")
    work(session, one, "2026-02-12 10:00", 60, Charge.INCLUDED)
    session.flush()
    assert told(rows(session, one))[1:] == [
        (2, 58_000, 51_500, Standing.LESS),
        (1, 45_000, 0, Standing.NONE),
    ]
    assert rows(session, one)[1].missing == ("FI-X\u00a0: durée non saisie.",)


def test_hours_and_penalties_count_with_their_invoice(session: Session) -> None:
    bank = {"price_model": PriceModel.HOUR_BANK, "fee": None, "hours_bought": 600, "hours_price": 60_000}
    one = contract(session, **bank)
    kept = bought(session, one, D(2026, 1, 28), 600, price=58_000)
    invoice(session, one, D(2026, 1, 5), {"net": 60_000})
    year = {"period_start": D(2026, 2, 1), "period_end": D(2027, 1, 31)}
    lines: list[dict[str, Any]] = [
        {"net": 58_000, "kind": LineKind.HOURS, **year},
        {"net": -3_600, "kind": LineKind.PENALTY},
        {"net": 18_900, "kind": LineKind.EQUIPMENT},
    ]
    made = invoice(session, one, D(2026, 2, 2), *lines)
    session.get_one(HourPurchase, kept).invoice_id = made
    session.add(PenaltyClaim(contract_id=one, month=D(2026, 1, 1), amount=3_600, claimed_on=TODAY, invoice_id=made))
    session.flush()
    assert told(rows(session, one)) == [
        (2, 54_400, 54_400, Standing.RIGHT),
        (1, 60_000, 60_000, Standing.RIGHT),
    ]
    assert table(session, one, TODAY).outside == 18_900


def test_the_hours_included_of_the_period_under_way(session: Session) -> None:
    one = contract(session, included_minutes=600, hourly_rate=6_500)
    work(session, one, "2026-03-03 09:00", 510, Charge.COUNTED)
    found = table(session, one, TODAY).included
    assert found is not None
    assert (found.days, found.used, found.minutes) == ((D(2026, 3, 1), D(2026, 3, 31)), 510, 600)
    assert table(session, contract(session, number="CT-2"), TODAY).included is None
