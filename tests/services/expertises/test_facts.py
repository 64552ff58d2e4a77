"""What is known of an asset on the day of an expertise, from the inventory, the tickets and the contracts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Asset, CoveredAsset
from app.models.codes import Charge, Condition, ContractStatus, FeePeriod, Finding, TicketStatus
from app.rules.expertise import Notes
from app.services.expertises.facts import Fee, Known, known
from app.storage import Store
from tests.services.company import add_contract
from tests.services.expertises.park import ON, asset, failure, family, visit


def of(session: Session, asset_id: int, on: date = ON) -> Known:
    return known(session, on, Asset.id == asset_id)[0]


def test_notes_that_need_nobody(store: Store) -> None:
    with store.begin() as session:
        failure(session, None, ON, is_failure=False)
        found = of(session, asset(session, "PC-1", warranty_end=ON))
    assert found.notes == Notes(condition=None, age=4, support=4, failures=4, parts=4, fit=None)
    assert (found.since, found.life_end) == (date(2024, 11, 21), date(2029, 11, 21))
    assert not found.support_unknown


@pytest.mark.parametrize(
    ("values", "age", "life_end"),
    [
        ({"commissioned_on": None, "purchased_on": date(2021, 11, 21)}, 1, date(2026, 11, 21)),
        ({"commissioned_on": date(2022, 11, 21), "purchased_on": date(2000, 1, 1)}, 2, date(2027, 11, 21)),
        ({"commissioned_on": None}, None, None),
    ],
)
def test_the_age_counts_from_the_first_use_else_from_the_purchase(
    store: Store, values: dict[str, Any], age: int | None, life_end: date | None
) -> None:
    with store.begin() as session:
        found = of(session, asset(session, "PC-1", **values))
    assert (found.notes.age, found.life_end) == (age, life_end)


def test_without_a_target_life_the_age_is_asked(store: Store) -> None:
    with store.begin() as session:
        found = of(session, asset(session, "X-1", family_id=family(session, "Autre", "X", None)))
    assert (found.notes.age, found.life_end) == (None, None)


def test_an_unknown_support_has_the_note_2(store: Store) -> None:
    with store.begin() as session:
        found = of(session, asset(session, "PC-1", support_end=None))
    assert (found.notes.support, found.support_unknown) == (2, True)


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"condition": Condition.BAD, "seen_on": date(2026, 5, 21)}, 1),
        ({"condition": Condition.BAD, "seen_on": date(2026, 5, 20)}, None),  # six months ago and a day
        ({"condition": Condition.BAD, "seen_on": date(2026, 11, 22)}, None),  # after the expertise
        ({"condition": Condition.BAD}, None),
        ({"seen_on": ON}, None),
    ],
)
def test_a_condition_counts_when_it_was_seen_lately(store: Store, values: dict[str, Any], note: int | None) -> None:
    with store.begin() as session:
        assert of(session, asset(session, "PC-1", finding=Finding.SEEN, **values)).notes.condition == note


@pytest.mark.parametrize(
    ("values", "expected"),
    [({}, False), ({"ip": "10.0.0.1"}, True), ({"mac": "02:00"}, True), ({"hostname": "P"}, True)],
)
def test_what_has_an_address_or_a_name_is_on_the_network(store: Store, values: dict[str, Any], expected: bool) -> None:
    with store.begin() as session:
        assert of(session, asset(session, "PC-1", **values)).networked is expected


@pytest.mark.parametrize(("value", "price", "expected"), [(90_000, 1, 90_000), (None, 80_000, 80_000), (0, None, None)])
def test_the_replacement_value_else_the_price(
    store: Store, value: int | None, price: int | None, expected: int | None
) -> None:
    with store.begin() as session:
        found = of(session, asset(session, "PC-1", replacement_value=value, price=price))
    assert found.replacement_value == expected


def test_failures_of_the_last_twelve_months(store: Store) -> None:
    with store.begin() as session:
        one, other = asset(session, "PC-1"), asset(session, "PC-2")
        failure(session, one, date(2025, 11, 21))
        failure(session, one, ON, opened_at=datetime(2026, 11, 21, 22, 59, tzinfo=UTC))  # 23:59 in Paris
        for kept_out in (
            {"opened_on": date(2025, 11, 20)},
            {"opened_on": ON, "opened_at": datetime(2026, 11, 21, 23, 0, tzinfo=UTC)},
            {"opened_on": ON, "is_failure": False},
            {"opened_on": ON, "status": TicketStatus.CANCELLED},
            {"opened_on": ON, "deleted_at": datetime.now(UTC)},
        ):
            failure(session, one, **kept_out)
        assert (of(session, one).failures, of(session, one).notes.failures) == (2, 2)
        assert of(session, other).notes.failures == 4


def test_failures_are_unknown_where_no_ticket_is_noted(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        failure(session, None, date(2025, 11, 20))  # the day before the twelve months
        failure(session, None, ON, deleted_at=datetime.now(UTC))
        assert (of(session, one).failures, of(session, one).notes.failures) == (None, None)
        failure(session, None, ON, is_failure=False)
        assert (of(session, one).failures, of(session, one).notes.failures) == (0, 4)


def test_costs_are_the_parts_that_are_paid(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        ticket = failure(session, one, ON)
        visit(session, ticket, ON, Charge.BILLABLE, 5_000, 1_000)
        visit(session, ticket, ON, Charge.COUNTED, 2_000)
        visit(session, ticket, ON, Charge.INCLUDED, 100_000)
        visit(session, ticket, ON, Charge.WARRANTY, 100_000)
        visit(session, ticket, date(2025, 11, 20), Charge.BILLABLE, 100_000)
        visit(session, ticket, ON, Charge.BILLABLE)
        found = of(session, one)
    assert (found.parts_cost, found.unpriced, found.maintenance_cost) == (16_000, 1, 16_000)


def cover(session: Session, contract: int, *assets: int, **more: Any) -> None:
    for one in assets:
        session.add(CoveredAsset(contract_id=contract, asset_id=one, **({"since": date(2026, 1, 1)} | more)))
    session.flush()


def test_a_contract_is_shared_by_value(store: Store) -> None:
    with store.begin() as session:
        contract = add_contract(session, fee=30_000, fee_period=FeePeriod.QUARTER)
        big, small = asset(session, "PC-1", replacement_value=150_000), asset(session, "PC-2", replacement_value=50_000)
        bare = asset(session, "PC-3", replacement_value=None)
        out = asset(session, "PC-4")
        cover(session, contract, big, small, bare)
        fee = Fee("CT-2026-01", 120_000, 3, Decimal(100_000))
        assert of(session, big).fees == of(session, bare).fees == (fee,)
        costs = [of(session, one).maintenance_cost for one in (big, small, bare, out)]
    assert costs == [60_000, 20_000, 40_000, 0]


def test_without_any_value_a_contract_is_shared_by_head() -> None:
    assert Fee("CT", 100_000, 3, None).share(None) == 33_333
    assert Fee("CT", 100_000, 3, None).share(5) == 33_333


@pytest.mark.parametrize(
    ("contract", "covered"),
    [
        ({"fee": None}, {}),
        ({"status": ContractStatus.ENDED}, {}),
        ({"status": ContractStatus.DRAFT}, {}),
        ({"starts_on": date(2026, 12, 1)}, {}),
        ({}, {"since": date(2026, 12, 1)}),
        ({}, {"until": date(2026, 11, 20)}),
    ],
)
def test_a_contract_that_does_not_cover_costs_nothing(
    store: Store, contract: dict[str, Any], covered: dict[str, Any]
) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        cover(session, add_contract(session, **({"fee": 10_000} | contract)), one, **covered)
        assert of(session, one).maintenance_cost == 0


def test_a_denounced_contract_still_costs(store: Store) -> None:
    with store.begin() as session:
        one = asset(session, "PC-1")
        contract = add_contract(session, fee=1_000, status=ContractStatus.TERMINATED)
        cover(session, contract, one)
        cover(session, contract, one, since=ON, until=ON)  # named twice, counted once
        assert of(session, one).fees == (Fee("CT-2026-01", 12_000, 1, Decimal(90_000)),)
