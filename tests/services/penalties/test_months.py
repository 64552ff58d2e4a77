"""Which breaches cost what, month by month (domain.md C.7)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Amendment, PenaltyClaim, Ticket, UnitPrice
from app.models.codes import FeePeriod
from app.models.contract_codes import AmendmentStatus, PriceModel
from app.services import tickets
from app.services.penalties.months import Month, MonthState, of_contract, over
from app.storage import Store
from tests.services.company import add_ticket, june, reference_month
from tests.services.penalties.make import JULY_2, JUNE, agreed, late, penalty


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def only(session: Session, contract: int, now: Any = JULY_2) -> Month:
    found = of_contract(session, contract, now)
    assert len(found) == 1
    return found[0]


def cents(month: Month) -> list[int | None]:
    return [line.cents for line in month.lines]


def test_four_late_p1_or_p2_cost_36_euros_and_the_cap_holds_eight(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract)
    for day in ("01", "02", "03"):
        late(session, asset, day)
    late(session, asset, "04", "P2", "18:00")
    late(session, asset, "05", "P3", "18:00")
    late(session, asset, "08", done="12:00")
    month = only(session, contract)
    assert (month.month, cents(month), month.owed, month.left) == (JUNE, [900] * 4, 3_600, 3_600)
    assert month.state == MonthState.TO_CLAIM
    for day in ("09", "10", "11", "12"):
        late(session, asset, day)
    month = only(session, contract)
    assert (month.bare, month.owed) == (7_200, 6_750)


def test_the_month_of_the_indicators_has_one_late_restoration(session: Session) -> None:
    """T1 of domain.md B.3; the ticket cancelled and the one not due yet are no breach."""
    reference_month(session)
    penalty(session, 1, percent=200)
    found = of_contract(session, 1, JULY_2)
    assert [(line.late.number, line.late.minutes) for month in found for line in month.lines] == [("T-2026-0001", 60)]


@pytest.mark.parametrize(
    ("unit", "values", "expected", "minutes"),
    [
        ("breach", {"amount": 5_000}, 5_000, 180),
        ("hour", {"amount": 1_500}, 4_500, 180),
        ("day", {"amount": 1_000}, 1_000, 180),
        ("hour", {"percent": 100}, 1_350, 180),
        ("breach", {"amount": 5_000, "franchise": 1}, 0, 180),
    ],
)
def test_a_breach_costs_by_its_unit(
    session: Session, unit: str, values: dict[str, Any], expected: int, minutes: int
) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, unit=unit, **values)
    late(session, asset, "01")
    month = only(session, contract)
    assert (cents(month), month.lines[0].late.minutes) == ([expected], minutes)
    assert month.state == (MonthState.TO_CLAIM if expected else MonthState.NOTHING)


def test_days_are_those_of_the_calendar_and_hours_those_of_the_contract(session: Session) -> None:
    contract, asset = agreed(session, penalty_month_cap=None)
    penalty(session, contract, unit="day", amount=1_000)
    made = add_ticket(session, "05 09:00", "P1", asset_id=asset)
    tickets.take(session, made, june("05 09:30"))
    tickets.resolve(session, made, june("08 10:00"))
    assert cents(only(session, contract)) == [3_000]
    found = of_contract(session, contract, JULY_2)[0].lines[0].late
    assert found.minutes == 3 * 1440 - 180


def test_a_breach_is_counted_once_under_the_penalty_that_names_its_priority(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, amount=1_000, priorities="")
    penalty(session, contract, amount=5_000, priorities="p1")
    late(session, asset, "01")
    late(session, asset, "02", "P2", "18:00")
    assert cents(only(session, contract)) == [5_000, 1_000]
    other = penalty(session, contract, trigger="take", amount=700, priorities="P3")
    late(session, asset, "03")
    assert other.id
    assert cents(only(session, contract)) == [5_000, 1_000, 5_000]


def test_the_three_promises_of_a_ticket_are_three_breaches(session: Session) -> None:
    contract, asset = agreed(session, penalty_month_cap=None)
    for trigger in ("take", "restore"):
        penalty(session, contract, trigger=trigger, amount=1_000)
    penalty(session, contract, trigger="on_site", unit="hour", amount=1_000)
    made = add_ticket(session, "01 09:00", "P1", asset_id=asset)
    tickets.take(session, made, june("01 11:00"))
    tickets.resolve(session, made, june("01 16:00"))
    assert cents(only(session, contract)) == [1_000, 1_000]
    kept = session.get_one(Ticket, made)
    kept.on_site_due_at, kept.on_site_at = june("01 12:00"), june("01 13:30")
    session.flush()
    assert [(one.late.penalty.trigger.value, one.cents) for one in only(session, contract).lines] == [
        ("take", 1_000), ("on_site", 2_000), ("restore", 1_000)
    ]  # fmt: skip


def test_what_is_still_late_counts_in_the_month_under_way_and_is_not_claimed_yet(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, unit="hour", amount=1_000)
    add_ticket(session, "30 09:00", "P1", asset_id=asset)
    month = only(session, contract, june("30 15:30"))
    line = month.lines[0]
    assert (month.state, line.late.done, line.late.minutes, line.cents) == (MonthState.RUNNING, None, 150, 3_000)
    later = only(session, contract, JULY_2)
    assert (later.month, later.state) == (date(2026, 7, 1), MonthState.RUNNING)


def test_the_fee_and_the_caps_are_those_in_force_that_day(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, percent=200)
    session.add(Amendment(number="AV-1", contract_id=contract, subject="Hausse", status=AmendmentStatus.SIGNED,
                          effective_on=date(2026, 6, 15), extra={"fee": "60000"}))  # fmt: skip
    session.flush()
    late(session, asset, "01")
    late(session, asset, "22")
    assert cents(only(session, contract)) == [900, 1_200]


def test_a_share_of_no_fee_is_that_of_the_units_and_unknown_without_any(session: Session) -> None:
    contract, asset = agreed(session, fee=None, price_model=PriceModel.PER_UNIT)
    penalty(session, contract, percent=1_000)
    late(session, asset, "01")
    month = only(session, contract)
    assert (cents(month), month.owed, month.state) == ([None], 0, MonthState.NOTHING)
    session.add(UnitPrice(contract_id=contract, label="Poste", price=1_200, period=FeePeriod.MONTH))
    session.flush()
    assert cents(only(session, contract)) == [120]


@pytest.mark.parametrize(
    ("states", "state", "left", "standing"),
    [
        (["claimed"], MonthState.CLAIMED, 500, (1, None, 0)),
        (["obtained"], MonthState.OBTAINED, 500, (None, 1, 400)),
        (["waived"], MonthState.WAIVED, 0, (None, 1, 0)),
        (["waived", "claimed"], MonthState.CLAIMED, 500, (2, 1, 0)),
        (["claimed", "obtained"], MonthState.CLAIMED, 100, (1, 2, 400)),
    ],
)
def test_a_claim_settles_its_month(
    session: Session, states: list[str], state: MonthState, left: int, standing: tuple[int | None, ...]
) -> None:
    contract, asset = agreed(session)
    penalty(session, contract)
    late(session, asset, "01")
    for name in states:
        session.add(PenaltyClaim(contract_id=contract, month=JUNE, amount=400, state=name, claimed_on=date(2026, 7, 1)))
    session.flush()
    month = only(session, contract)
    assert (month.state, month.left) == (state, left)
    assert (month.waiting, month.settled, month.obtained) == standing


def test_a_claim_made_by_hand_has_its_month_though_no_ticket_was_late(session: Session) -> None:
    contract, _ = agreed(session)
    session.add(PenaltyClaim(contract_id=contract, month=JUNE, amount=400, claimed_on=date(2026, 7, 1)))
    session.flush()
    month = only(session, contract)
    assert (month.lines, month.claimed, month.left) == ((), 400, 0)


def test_all_contracts_together_say_the_same_as_each(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, unit="hour", amount=1_000)
    late(session, asset, "01")
    late(session, asset, "02")
    alone = only(session, contract)
    assert [(one.month, one.owed) for one in over(session, JULY_2, {contract: JUNE})] == [(JUNE, alone.owed)]
    assert over(session, JULY_2, {contract: JUNE + timedelta(days=31)}) == []
    assert over(session, JULY_2, {}) == []
