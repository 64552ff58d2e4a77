"""The forecast of a year against its budget, what is to be replaced, and what a fee bought."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.models import Asset, Budget, Expertise, ExpertiseSheet, Family, Licence, Part
from app.models.codes import AssetStatus, Charge, LicenceKind, SheetState, Verdict
from app.models.money_codes import BudgetPurpose, LineKind
from app.services.spending import bought as fees
from app.services.spending import forecast
from app.services.spending.forecast import Column, Forecast, Standing
from app.services.spending.lines import Nature, Origin
from app.storage import Store
from tests.services.spending.books import TODAY, asset, bought, contract, fee, invoice, read, visit


def of_purpose(store: Store, purpose: BudgetPurpose | None, year: int = 2026) -> Forecast:
    return next(one for one in forecast.forecasts(read(store, year)) if one.purpose == purpose)


@pytest.fixture
def half_year(store: Store) -> Store:
    """Four months invoiced at 450,00 €; 5 400,00 € is what the contract foresees of the year."""
    with store.begin() as session:
        contract(session)
        for month in range(1, 5):
            fee(session, f"F-{month}", month)
    return store


def test_the_parts_of_a_forecast_follow_each_other(half_year: Store) -> None:
    found = of_purpose(half_year, BudgetPurpose.CONTRACTS)
    assert found.parts == {
        Column.INVOICED: 180_000, Column.UNBILLED: 90_000, Column.AHEAD: 270_000, Column.PLANNED: 0,
        Column.TOTAL: 540_000,
    }  # fmt: skip
    assert (found.budget, found.gap, found.standing) == (None, None, Standing.NONE)
    assert of_purpose(half_year, None).total == 540_000
    assert len(forecast.forecasts(read(half_year))) == len(BudgetPurpose) + 1


def test_what_is_invoiced_ahead_is_invoiced(store: Store) -> None:
    whole = {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)}
    with store.begin() as session:
        invoice(session, "F-1", date(2026, 1, 3), bought("Antivirus", 120_000, LineKind.SAAS), **whole)
    assert of_purpose(store, BudgetPurpose.SOFTWARE).parts[Column.INVOICED] == 120_000


@pytest.mark.parametrize(
    ("budget", "gap", "standing"),
    [
        (600_000, 60_000, Standing.HELD),
        (568_422, 28_422, Standing.HELD),
        (568_421, 28_421, Standing.NEAR),
        (540_000, 0, Standing.NEAR),
        (539_999, -1, Standing.OVER),
        (0, -540_000, Standing.OVER),
    ],
)
def test_a_forecast_is_judged_by_its_budget(half_year: Store, budget: int, gap: int, standing: Standing) -> None:
    with half_year.begin() as session:
        forecast.set_budget(session, 2026, BudgetPurpose.CONTRACTS, budget)
    found = of_purpose(half_year, BudgetPurpose.CONTRACTS)
    assert (found.gap, found.standing) == (gap, standing)
    assert of_purpose(half_year, None).budget == budget


def test_a_budget_is_written_changed_and_taken_away(store: Store) -> None:
    def budget() -> int | None:
        return of_purpose(store, BudgetPurpose.REPAIRS).budget

    def write(cents: int | None) -> None:
        with store.begin() as session:
            forecast.set_budget(session, 2026, BudgetPurpose.REPAIRS, cents)

    write(None)
    assert budget() is None
    write(100_000)
    write(120_000)
    assert budget() == 120_000
    with store.begin() as session:
        session.add(Budget(year=2026, purpose=BudgetPurpose.REPAIRS, amount=5_000))
    assert budget() == 125_000
    write(90_000)
    assert budget() == 90_000
    write(None)
    assert budget() is None


def test_budgets_of_contracts_make_that_of_their_purpose(half_year: Store) -> None:
    with half_year.begin() as session:
        for cents in (200_000, 300_000):
            session.add(Budget(year=2026, purpose=BudgetPurpose.CONTRACTS, contract_id=1, amount=cents))
    assert of_purpose(half_year, BudgetPurpose.CONTRACTS).budget == 500_000
    with half_year.begin() as session:
        forecast.set_budget(session, 2026, BudgetPurpose.CONTRACTS, 560_000)
    assert of_purpose(half_year, BudgetPurpose.CONTRACTS).budget == 560_000


def test_the_months_of_a_year(half_year: Store) -> None:
    with half_year.begin() as session:
        invoice(session, "F-9", date(2026, 2, 3), bought("Écran", 20_000))
    months = forecast.months(read(half_year))
    assert [one.total for one in months] == [45_000, 65_000, *[45_000] * 10]
    assert (months[1].natures[Nature.PURCHASE], months[1].foreseen, months[4].foreseen) == (20_000, 0, 45_000)


@pytest.mark.parametrize(
    ("verdict", "renew_on", "planned"),
    [
        (Verdict.D, None, (6, "verdict D, à renouveler le 10/04/2026")),
        (Verdict.C, None, None),
        (Verdict.C, date(2026, 9, 15), (9, "verdict C, à renouveler le 15/09/2026")),
        (Verdict.A, date(2026, 11, 2), (11, "verdict A, à renouveler le 02/11/2026")),
        (Verdict.A, None, None),
        (Verdict.E, date(2027, 1, 2), None),
    ],
)
def test_what_the_expertise_says_to_replace(
    store: Store, verdict: Verdict, renew_on: date | None, planned: tuple[int, str] | None
) -> None:
    with store.begin() as session:
        pc = asset(session, "PC-01", replacement_value=80_000, brand="Dell")
        session.add(Expertise(number="EX-1", title="Parc", held_on=date(2026, 1, 10)))
        session.flush()
        session.add(
            ExpertiseSheet(expertise_id=1, asset_id=pc, state=SheetState.DONE, final_verdict=verdict,
                           renew_on=renew_on, replacement_value=90_000)
        )  # fmt: skip
    lines = read(store).lines
    assert [(line.month.month, line.why) for line in lines] == ([planned] if planned else [])
    if planned:
        assert (lines[0].cents, lines[0].label, lines[0].origin) == (90_000, "PC-01 Dell", Origin.PLANNED)
        assert of_purpose(store, BudgetPurpose.EQUIPMENT).parts[Column.PLANNED] == 90_000
        assert read(store).to_date == []
    assert not [line for line in read(store, 2025).lines if line.origin == Origin.PLANNED]


@pytest.mark.parametrize(
    ("values", "month"),
    [
        ({"commissioned_on": date(2021, 10, 5)}, 10),
        ({"purchased_on": date(2021, 10, 5)}, 10),
        ({"commissioned_on": date(2021, 3, 5)}, 6),
        ({"commissioned_on": date(2022, 3, 5)}, None),
        ({"commissioned_on": date(2021, 10, 5), "replacement_value": None}, None),
        ({"commissioned_on": date(2021, 10, 5), "status": AssetStatus.RETIRED}, None),
        ({}, None),
    ],
)
def test_what_nobody_judged_is_replaced_at_the_end_of_its_life(
    store: Store, values: dict[str, Any], month: int | None
) -> None:
    with store.begin() as session:
        pc = asset(session, "PC-01", **({"replacement_value": 80_000} | values))
        session.get_one(Family, session.get_one(Asset, pc).family_id).life_years = 5
    lines = read(store).lines
    assert [line.month.month for line in lines] == ([month] if month else [])


def test_a_licence_that_renews_itself_is_to_come(store: Store) -> None:
    common: dict[str, Any] = {"price": 12_000, "purchased_on": date(2025, 10, 1), "renews": True}
    with store.begin() as session:
        session.add(Licence(number="LI-1", name="Suite", kind=LicenceKind.SUBSCRIPTION, expires_on=date(2026, 9, 30),
                            **common))  # fmt: skip
        session.add(Licence(number="LI-2", name="Autre", kind=LicenceKind.VOLUME, expires_on=date(2026, 7, 30),
                            **common))  # fmt: skip
        session.add(Licence(number="LI-3", name="Vieille", kind=LicenceKind.VOLUME, expires_on=date(2026, 1, 30),
                            **common))  # fmt: skip
    ahead = [line for line in read(store).lines if line.origin == Origin.RENEWAL]
    assert [(line.month.month, line.cents) for line in ahead] == [(7, 12_000), (10, 1_000), (11, 1_000), (12, 1_000)]
    assert of_purpose(store, BudgetPurpose.SOFTWARE).parts[Column.AHEAD] == 15_000


def test_what_a_fee_bought(half_year: Store) -> None:
    with half_year.begin() as session:
        one = asset(session, "PC-01", contract_id=1)
        asset(session, "SR-01", station=False, contract_id=1)
        visit(session, Charge.INCLUDED, one, 60)
        visit(session, Charge.INCLUDED, one, None)
        visit(session, Charge.COUNTED, one, 90)
        visit(session, Charge.WARRANTY, one, 90)
        visit(session, Charge.BILLABLE, one, 30)
        invoice(session, "R-1", date(2026, 3, 3), bought("Dépannage", 20_000, LineKind.REPAIR), contract_id=1)
    with half_year.read() as session:
        [found] = fees.read(session, read(half_year))
    assert (found.title, found.fee, found.foreseen, found.stations) == ("CT-1 Maintenance du parc", 270_000, 90_000, 1)
    assert (found.acts, found.minutes, found.unpriced, found.priced) == ((1, 2, 3), 150, 1, 2)
    assert found.worth == 6_500 + 9_750
    assert (found.per_act, found.per_station) == (90_000, 270_000)
    assert found.use == Decimal(16_250) / 270_000
    assert (found.outside, found.outside_acts) == (23_250, (5,))


def test_what_hours_bought_leaves_out_the_parts_paid_beside(half_year: Store) -> None:
    with half_year.begin() as session:
        taken = visit(session, Charge.COUNTED, asset(session, "PC-01", contract_id=1), 60)
        session.add(Part(intervention_id=taken, label="Disque", unit_price=9_900))
    with half_year.read() as session:
        [found] = fees.read(session, read(half_year))
    assert (found.worth, found.priced) == (6_500, 1)


def test_a_fee_that_bought_nothing(half_year: Store) -> None:
    with half_year.read() as session:
        [found] = fees.read(session, read(half_year))
    assert (found.acts, found.per_act, found.per_station, found.use) == ((), None, None, None)
    with half_year.read() as session:
        assert fees.read(session, read(half_year, 2025, TODAY)) == []
