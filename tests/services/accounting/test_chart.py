"""The usual accounts (domain.md E.1), those of the company, and the financial years."""

from datetime import date

import pytest

from app.errors import InvalidFields
from app.models import Account, Company
from app.models.money_codes import AccountUse, FixedKind, LineKind
from app.services.accounting import chart, years
from app.storage import Store
from tests.services.accounting.ledgers import laptop

USUAL = {
    AccountUse.HARDWARE: "2183", AccountUse.HARDWARE_WEAR: "28183", AccountUse.SOFTWARE: "205",
    AccountUse.SOFTWARE_WEAR: "2805", AccountUse.SOFTWARE_CHARGE: "68111", AccountUse.HARDWARE_CHARGE: "68112",
    AccountUse.CONTRACT: "6156", AccountUse.REPAIR: "6155", AccountUse.SMALL: "6063", AccountUse.SUPPLIES: "6064",
    AccountUse.SUBCONTRACT: "611", AccountUse.RENT: "6135", AccountUse.LEASING: "6122", AccountUse.SAAS: "6511",
    AccountUse.TELECOM: "626", AccountUse.FEES: "6226", AccountUse.PREPAID: "486", AccountUse.ACCRUED: "4081",
    AccountUse.VAT_ACCRUED: "44586", AccountUse.SUPPLIER: "401", AccountUse.ASSET_SUPPLIER: "404",
    AccountUse.VAT: "44566", AccountUse.VAT_ASSETS: "44562", AccountUse.BOOK_VALUE: "657", AccountUse.SALE: "757",
    AccountUse.SALE_DEBTOR: "462", AccountUse.VAT_DUE: "44571",
}  # fmt: skip


@pytest.mark.parametrize("use", AccountUse)
def test_the_usual_chart(use: AccountUse) -> None:
    assert chart.USUAL[use].number == USUAL.get(use, chart.USUAL[use].number)
    assert chart.USUAL[use].label


def test_every_line_and_every_kind_of_fixed_asset_has_its_account() -> None:
    assert set(chart.OF_LINE) == set(LineKind)
    assert set(chart.OF_FIXED) == set(FixedKind)


def test_the_account_of_the_company_wins(store: Store) -> None:
    with store.begin("Essai") as session:
        session.add(Account(use=AccountUse.SAAS, number="6135100", label="Abonnements"))
    with store.read() as session:
        assert chart.accounts(session)[AccountUse.SAAS] == chart.ChartAccount("6135100", "Abonnements")
        assert chart.accounts(session)[AccountUse.CONTRACT].number == "6156"


def test_a_number_is_given_changed_and_taken_back(store: Store) -> None:
    def given(number: str | None, label: str | None = None) -> dict[str, chart.ChartAccount]:
        with store.begin("Compte") as session:
            chart.change(session, "saas", number, label)
        with store.read() as session:
            return {one.use: one.account for one in chart.listed(session) if one.own}

    assert given("6511") == {}
    assert given(" 6135 100 ") == {"saas": chart.ChartAccount("6135100", chart.USUAL[AccountUse.SAAS].label)}
    assert given("6135200", "Abonnements") == {"saas": chart.ChartAccount("6135200", "Abonnements")}
    assert given(None) == {}
    assert given("6156") == {"saas": chart.ChartAccount("6156", chart.USUAL[AccountUse.SAAS].label)}
    with pytest.raises(InvalidFields, match="comme 6156"):
        given("12")


@pytest.mark.parametrize(("year", "numbers"), [(2024, ("675", "775")), (2025, ("657", "757")), (2026, ("657", "757"))])
def test_what_is_sold_is_booked_as_of_its_year(store: Store, year: int, numbers: tuple[str, str]) -> None:
    with store.read() as session:
        found = chart.accounts(session, years.of_year(session, year))
    assert (found[AccountUse.BOOK_VALUE].number, found[AccountUse.SALE].number) == numbers


@pytest.mark.parametrize(("closes", "end"), [(None, date(2026, 12, 31)), ("30/06", date(2026, 6, 30))])
def test_the_company_says_when_it_closes(store: Store, closes: str | None, end: date) -> None:
    with store.begin("Essai") as session:
        session.add(Company(name="Morvan", year_end=closes))
    with store.read() as session:
        assert years.of_year(session, 2026).end == end
        assert years.holding(session, end).end == end


@pytest.mark.parametrize(
    ("today", "proposed", "offered"),
    [
        (date(2026, 3, 1), 2025, [2026, 2025, 2024]),
        (date(2026, 8, 1), 2026, [2026, 2025, 2024]),
        (date(2024, 6, 1), 2024, [2024]),
        (date(2023, 6, 1), 2023, [2023]),
    ],
)
def test_the_years_that_can_be_booked(store: Store, today: date, proposed: int, offered: list[int]) -> None:
    with store.begin("Essai") as session:
        laptop(session, acquired_on=date(2024, 9, 10))
    with store.read() as session:
        assert years.proposed(session, today).year == proposed
        assert [one.year for one in years.offered(session, today)] == offered
