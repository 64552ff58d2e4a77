"""What is proposed to the accountant, line by line (domain.md E.2 to E.4, E.8)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.models import Asset, InvoiceVat, Licence
from app.models.codes import ExitKind
from app.models.money_codes import FixedKind, InvoiceKind, InvoiceStatus, LineKind, Treatment
from app.reports.accounts.data import AccruedRow, PrepaidRow
from app.rules import day_count, vat
from app.rules.prepaid import shared
from app.services.accounting import booking, chart
from app.services.accounting.bills import Bill
from tests.services.accounting.ledgers import company, gathered, laptop, moved, sold
from tests.services.billing.make import contract, invoice, plain
from tests.services.company import add_asset

ON = date(2026, 3, 2)


@pytest.fixture
def books(session: Session) -> Session:
    """A company, and a provider under a contract without price."""
    company(session)
    contract(session, fee=None, starts_on=date(2026, 1, 1))
    return session


def bill(session: Session, *lines: dict[str, Any], **more: Any) -> int:
    return invoice(session, 1, ON, *lines, **more)


def purchase(session: Session) -> list[tuple[str, int, int]]:
    return [line[1:] for line in moved(list(gathered(session).entries), "AC")]


# -- exits and depreciation -------------------------------------------------------------------------------------


def test_a_laptop_sold(books: Session) -> None:
    """The three entries of domain.md E.4."""
    sold(books)
    found = gathered(books, 2028, date(2029, 1, 15))
    assert moved(list(found.entries)) == [
        ("Complément", "68112", 19_097, 0), ("Complément", "28183", 0, 19_097),
        ("Cession,", "462", 24_000, 0), ("Cession,", "757", 0, 20_000), ("Cession,", "44571", 0, 4_000),
        ("Sortie", "28183", 72_801, 0), ("Sortie", "657", 52_199, 0), ("Sortie", "2183", 0, 125_000),
    ]  # fmt: skip
    (row,) = found.fixed
    assert (row.exit_value, row.charge, row.released, row.book_value) == (52_199, 19_097, 72_801, 0)
    assert found.entries[-1].label == "Sortie de l’actif (vente), IM-0001 Portable"


def test_before_2025_what_is_sold_goes_elsewhere(books: Session) -> None:
    sold(books, acquired_on=date(2023, 1, 1), starts_on=date(2023, 1, 1), exit_on=date(2024, 6, 30))
    found = gathered(books, 2024)
    assert {"675", "775"} <= {line.account for one in found.entries for line in one.lines}


def test_one_scrapped_once_depreciated_only_leaves(books: Session) -> None:
    gone = {"exit_on": date(2026, 5, 1), "exit_kind": ExitKind.WEEE, "exit_price": None, "exit_vat_rate": None}
    sold(books, acquired_on=date(2020, 1, 1), starts_on=date(2020, 1, 1), **gone)
    assert moved(list(gathered(books).entries)) == [("Sortie", "28183", 125_000, 0), ("Sortie", "2183", 0, 125_000)]


def test_the_charges_of_the_year_by_kind(books: Session) -> None:
    """The server and the laptop of domain.md E.3, and a licence."""
    laptop(books)
    server = {"label": "Serveur", "cost": 360_000, "acquired_on": date(2026, 4, 1), "starts_on": date(2026, 4, 1)}
    laptop(books, number="IM-0002", **server)
    laptop(books, number="IM-0003", kind=FixedKind.SOFTWARE, cost=120_000, starts_on=date(2026, 1, 1), life_months=12)
    found = gathered(books)
    assert [line[1:] for line in moved(list(found.entries))] == [
        ("68112", 102_037, 0), ("28183", 0, 102_037), ("68111", 120_000, 0), ("2805", 0, 120_000),
    ]  # fmt: skip
    assert [(row.number, row.charge, row.book_value) for row in found.fixed] == [
        ("IM-0001", 12_037, 112_963), ("IM-0002", 90_000, 270_000), ("IM-0003", 120_000, 0),
    ]  # fmt: skip
    assert dict(found.fixed[1].plan or {}) == {2026: 90_000, 2027: 120_000, 2028: 120_000, 2029: 30_000}


def test_the_movements_of_each_account(books: Session) -> None:
    laptop(books, acquired_on=date(2025, 1, 1), starts_on=date(2025, 1, 1), cost=120_000)
    laptop(books, number="IM-0002", cost=60_000)
    laptop(books, number="IM-0003", account="2182", cost=70_000, starts_on=None)
    sold(books, number="IM-0004", exit_on=date(2026, 12, 31), starts_on=date(2026, 1, 1), cost=36_000)
    first, second, third = gathered(books).movements
    assert (first.account, first.closing) == ("205", 0)
    assert (second.account, second.opening, second.bought, second.left) == ("2182", 0, 70_000, 0)
    assert (third.account, third.wear, third.name) == ("2183", "28183", "Matériel de bureau et matériel informatique")
    assert (third.opening, third.bought, third.left, third.closing) == (120_000, 96_000, 36_000, 180_000)
    assert (third.worn_before, third.charge, third.released, third.worn) == (40_000, 57_778, 12_000, 85_778)
    assert second.name == "Matériel informatique"


# -- purchases --------------------------------------------------------------------------------------------------


def test_an_invoice_and_its_vat(books: Session) -> None:
    bill(books, {"net": 45_000}, {"net": 10_000, "kind": LineKind.TELECOM})
    assert purchase(books) == [("6156", 45_000, 0), ("44566", 11_000, 0), ("626", 10_000, 0), ("401", 0, 66_000)]


def test_a_credit_note_is_the_other_way_round(books: Session) -> None:
    bill(books, {"net": 45_000}, kind=InvoiceKind.CREDIT)
    assert purchase(books) == [("401", 54_000, 0), ("6156", 0, 45_000), ("44566", 0, 9_000)]
    assert gathered(books).bills[0].gross == -54_000


def test_without_recovered_vat_it_is_a_charge(session: Session) -> None:
    company(session, vat_recovered=False)
    contract(session, fee=None)
    bill(session, {"net": 45_000})
    assert purchase(session) == [("6156", 54_000, 0), ("401", 0, 54_000)]


def test_an_account_written_on_the_line_wins(books: Session) -> None:
    bill(books, {"net": 1_000, "account": "6132", "vat_rate": 0})
    assert purchase(books) == [("6132", 1_000, 0), ("401", 0, 1_000)]


def test_the_lines_of_a_rate_make_the_vat_that_is_stated(books: Session) -> None:
    made = bill(books, {"net": 3_333}, {"net": 3_333}, {"net": 3_334})
    books.add(InvoiceVat(invoice_id=made, rate=2_000, base=10_000, vat=2_001))
    found = gathered(books).bills
    assert [row.vat for row in found] == [667, 667, 667]
    assert sum(row.vat for row in found) == 2_001


HARD, SOFT = {"kind": LineKind.EQUIPMENT}, {"kind": LineKind.SOFTWARE}
ASSETS = [("2183", 50_001, 0), ("44562", 10_000, 0), ("404", 0, 60_001)]


@pytest.mark.parametrize(
    ("line", "found", "undecided"),
    [
        ({"net": 50_000, **HARD}, [("6063", 50_000, 0), ("44566", 10_000, 0), ("401", 0, 60_000)], 1),
        ({"net": 50_001, **HARD}, ASSETS, 1),
        ({"net": 50_001, **HARD, "treatment": Treatment.CAPITALISED}, ASSETS, 0),
        (
            {"net": 50_001, **HARD, "treatment": Treatment.EXPENSED},
            [("6063", 50_001, 0), ("44566", 10_000, 0), ("401", 0, 60_001)], 0,
        ),
        (
            {"net": 100_000, "quantity": 2_000, **HARD},
            [("6063", 100_000, 0), ("44566", 20_000, 0), ("401", 0, 120_000)], 1,
        ),
        ({"net": 60_000, **SOFT}, [("205", 60_000, 0), ("44562", 12_000, 0), ("404", 0, 72_000)], 1),
        (
            {"net": 60_000, **SOFT, "period_start": ON, "period_end": date(2026, 12, 31)},
            [("6511", 60_000, 0), ("44566", 12_000, 0), ("401", 0, 72_000)], 0,
        ),
    ],
)  # fmt: skip
def test_equipment_is_capitalised_or_expensed(
    books: Session, line: dict[str, Any], found: list[tuple[str, int, int]], undecided: int
) -> None:
    bill(books, line)
    assert purchase(books) == found
    assert next(one for one in gathered(books).points if one.key == "undecided").count == undecided


def test_what_stands_in_the_register_goes_to_its_account(books: Session) -> None:
    here = laptop(books, account="2183500", cost=40_000)
    asset = add_asset(books, "PC-1")
    books.get_one(Asset, asset).fixed_asset_id = here
    licence = Licence(number="LI-1", name="CAO", treatment=Treatment.EXPENSED)
    books.add(licence)
    books.flush()
    bill(books, {"net": 40_000, **HARD, "asset_id": asset})
    bill(books, {"net": 90_000, **SOFT, "licence_id": licence.id})
    assert [line[0] for line in purchase(books)] == ["2183500", "44562", "404", "6511", "44566", "401"]


def test_a_repair_of_a_fixed_asset_is_a_charge(books: Session) -> None:
    asset = add_asset(books, "PC-1")
    books.get_one(Asset, asset).fixed_asset_id = laptop(books)
    bill(books, {"net": 90_000, "kind": LineKind.REPAIR, "asset_id": asset})
    assert purchase(books)[0] == ("6155", 90_000, 0)


# -- points -----------------------------------------------------------------------------------------------------


def test_what_is_to_be_settled_is_named(books: Session) -> None:
    idle = laptop(books, starts_on=None)
    odd = bill(books, {"net": 45_000}, status=InvoiceStatus.DISPUTED)
    late = bill(
        books, {"net": 60_000, **HARD}, due_on=date(2026, 4, 1), status=InvoiceStatus.PAID, paid_on=date(2026, 4, 8)
    )
    found = gathered(books)
    told = {one.key: one.ids for one in found.points if one.count}
    assert told["no_service"] == (idle,)
    assert (told["no_period"], told["disputed"], told["undecided"]) == ((odd,), (odd,), (late,))
    assert "to_check" not in told
    assert [row.late for row in found.bills] == [None, 7]
    assert [row.note for row in found.bills] == ["période, en litige", "immobilisation ou charge"]
    assert all(plain(one.why).endswith(".") for one in found.points)


# -- every entry ------------------------------------------------------------------------------------------------

AMOUNT, RATE = st.integers(-900_000, 900_000), st.sampled_from([0, 550, 850, 1_000, 2_000])


@st.composite
def bills(draw: st.DrawFn) -> Bill:
    net, rate, fixed = draw(AMOUNT), draw(RATE), draw(st.booleans())
    tax = vat.tax(net, rate)
    return Bill(
        draw(st.integers(1, 3)), "F-1", net < 0, InvoiceStatus.APPROVED, ON, None, None, "Nord Info", None, None,
        LineKind.CONTRACT, "Forfait", draw(st.sampled_from(["6156", "6155"])), fixed, False, None, None, net, rate,
        tax, draw(st.sampled_from([net, net + tax])),
    )  # fmt: skip


@given(found=st.lists(bills(), max_size=8))
def test_purchases_balance(found: list[Bill]) -> None:
    made = list(booking.purchases(found, chart.USUAL))
    assert all(one.is_balanced for one in made)
    owed = sum(ln.credit - ln.debit for one in made for ln in one.lines if ln.account in {"401", "404"})
    assert owed == sum(bill.gross for bill in found)


@given(cents=AMOUNT, days=st.integers(1, 900), rule=st.sampled_from(["months", "thirty", "real"]), rate=RATE)
def test_what_is_put_off_or_accrued_balances(cents: int, days: int, rule: str, rate: int) -> None:
    year, end = day_count.financial_year(2026), ON + timedelta(days=days)
    ahead = PrepaidRow("F-1", ON, "", "", "6156", ON, end, cents, shared(cents, ON, end, year.end, rule))
    due = AccruedRow("CT-1", "", "", "6156", ON, ON, cents, rate, vat.tax(cents, rate), "")
    made = [*booking.prepaid([ahead], chart.USUAL, year), *booking.accrued([due], chart.USUAL, year)]
    assert all(one.is_balanced for one in (*made, *booking.reversed_at(made, year)))
    moved_to = sum(ln.debit - ln.credit for one in made for ln in one.lines if ln.account == "486")
    assert ahead.shared.before + moved_to == cents
