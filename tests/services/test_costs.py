"""What an asset cost: each amount with where it comes from, summed by year, against what it would cost today."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import Asset, Contract, CoveredAsset, Intervention, Licence, LicenceSeat, Part, Retirement, Ticket
from app.models.codes import Charge, ContractStatus, ExitKind, FeePeriod, InterventionKind
from app.models.contract_codes import PriceModel
from app.models.money_codes import LineKind
from app.services import amending, costs, preferences
from app.services.amending import Wanted
from app.services.costs import CostSheet
from app.services.spending.views import Dimension, groups
from app.storage import Store
from tests.services import company
from tests.services.spending.books import bought, fee, invoice, seen

TODAY = date(2026, 11, 20)


@pytest.fixture
def ready(store: Store) -> Store:
    """PC-01 at 900 € and PC-02 at 2 700 €, of which PC-01 was bought for 800 €."""
    with store.begin() as session:
        pc = session.get_one(Asset, company.add_asset(session, "PC-01"))
        pc.price, pc.replacement_value, pc.purchased_on = 80_000, 90_000, date(2024, 3, 1)
        pc.supplier, pc.invoice = "Hautecour", "F-12"
        session.get_one(Asset, company.add_asset(session, "SRV-02")).replacement_value = 270_000
    return store


def read(store: Store, asset: int = 1) -> CostSheet:
    with store.read() as session:
        return costs.sheet(session, asset, TODAY)


def lines(found: CostSheet, kind: str) -> list[tuple[int, int | None, str]]:
    return [(line.year, line.cents, line.why.replace("\u00a0", " ")) for line in found.lines if line.kind == kind]


def visit(session: Session, charge: Charge, price: int | None, on: str = "03 10:00", quantity: int = 1) -> int:
    ticket = company.add_ticket(session, "03 09:00", asset_id=1)
    done = Intervention(number=f"FI-{ticket}", ticket_id=ticket, kind=InterventionKind.ON_SITE, charge=charge,
                        started_at=company.june(on))  # fmt: skip
    session.add(done)
    session.flush()
    if price is not None:
        session.add(Part(intervention_id=done.id, label="Disque", quantity=quantity, unit_price=price))
        session.flush()
    return done.id


def test_a_purchase_leads_to_the_asset(ready: Store) -> None:
    found = read(ready)
    assert lines(found, "purchase") == [(2024, 80_000, "Facture F-12")]
    assert (found.lines[0].entity, found.lines[0].record_id, found.lines[0].label) == ("asset", 1, "Hautecour")
    assert (found.total, found.value, found.maintenance, found.ratio) == (80_000, 90_000, 0, Decimal(0))
    other = read(ready, 2)
    assert (other.lines, other.total, other.years) == ((), None, ())


def test_a_purchase_without_a_date_or_an_invoice_still_counts(ready: Store) -> None:
    with ready.begin() as session:
        pc = session.get_one(Asset, 1)
        pc.purchased_on = pc.invoice = pc.supplier = None
    found = read(ready)
    assert lines(found, "purchase") == [(0, 80_000, "Prix HT de la fiche")]
    assert found.years[0].year == 0


@pytest.mark.parametrize(
    ("charge", "price", "found"),
    [
        (Charge.BILLABLE, 4_500, [(2026, 9_000, "FI-1 : durée non saisie, pièces 90,00 €")]),
        (Charge.COUNTED, 4_500, [(2026, 9_000, "FI-1 : durée non saisie, pièces 90,00 €")]),
        (Charge.BILLABLE, None, [(2026, None, "FI-1, facturable : durée non saisie")]),
        (Charge.COUNTED, None, []),
        (Charge.INCLUDED, 4_500, []),
        (Charge.WARRANTY, 4_500, []),
        (Charge.REFUSED, 4_500, []),
    ],
)
def test_only_what_is_paid_apart_counts(ready: Store, charge: Charge, price: int | None, found: list[Any]) -> None:
    with ready.begin() as session:
        visit(session, charge, price, quantity=2)
    read_back = read(ready)
    assert lines(read_back, "work") == found
    assert read_back.unpriced == sum(cents is None for _, cents, _ in found)


def test_a_licence_is_shared_over_its_seats(ready: Store) -> None:
    with ready.begin() as session:
        limited = Licence(number="LIC-1", name="Suite", price=100_000, seats=3, purchased_on=date(2025, 1, 5))
        endless = Licence(number="LIC-2", name="Antivirus", price=50_000)
        session.add_all([limited, endless, Licence(number="LIC-3", name="Sans prix")])
        session.flush()
        for licence, asset in ((1, 1), (2, 1), (2, 2), (3, 1)):
            session.add(LicenceSeat(licence_id=licence, asset_id=asset, assigned_on=date(2026, 2, 1)))
        session.flush()
    assert lines(read(ready), "licence") == [
        (2026, 25_000, "500,00 € pour 2 postes"),
        (2025, 33_333, "1 000,00 € pour 3 postes"),
    ]


def cover(session: Session, asset: int, since: date, until: date | None = None, **values: Any) -> int:
    contract = session.query(Contract).one_or_none() or session.get_one(
        Contract, company.add_contract(session, **{"starts_on": date(2025, 1, 1), "fee": 6_000, **values})
    )
    session.add(CoveredAsset(contract_id=contract.id, asset_id=asset, since=since, until=until))
    session.flush()
    return contract.id


def test_a_fee_is_shared_by_value_month_after_month(ready: Store) -> None:
    """60 € a month over 3 600 €: the 900 € of the PC bear a quarter, 15 € a month."""
    with ready.begin() as session:
        cover(session, 1, date(2025, 7, 1))
        cover(session, 2, date(2025, 1, 1))
    found = read(ready)
    assert lines(found, "contract") == [
        (2026, 16_500, "660,00 € pour 2 biens, selon leur valeur ; 11 mois, sans facture"),
        (2025, 9_000, "360,00 € pour 2 biens, selon leur valeur ; 6 mois, sans facture"),
    ]
    assert (found.maintenance, found.ratio) == (18_000, Decimal("0.2"))
    assert found.total == 80_000 + 16_500 + 9_000


def test_a_value_nobody_wrote_bears_an_equal_part(ready: Store) -> None:
    with ready.begin() as session:
        pc = session.get_one(Asset, 1)
        pc.replacement_value = pc.price = None
        cover(session, 1, date(2026, 1, 1), fee=12_000, fee_period=FeePeriod.QUARTER)
        cover(session, 2, date(2026, 1, 1))
    found = read(ready)
    assert lines(found, "contract") == [(2026, 22_000, "440,00 € pour 2 biens, à parts égales ; 11 mois, sans facture")]
    assert found.ratio is None


def test_a_cover_that_ended_and_a_draft(ready: Store) -> None:
    with ready.begin() as session:
        contract = cover(session, 1, date(2025, 1, 1), date(2025, 3, 31), status=ContractStatus.ENDED)
    assert lines(read(ready), "contract") == [
        (2025, 18_000, "180,00 € pour 1 bien, selon leur valeur ; 3 mois, sans facture")
    ]
    with ready.begin() as session:
        session.get_one(Contract, contract).status = ContractStatus.DRAFT
    assert lines(read(ready), "contract") == []


def test_an_amended_fee_counts_from_its_day(ready: Store) -> None:
    """60 € a month from January, 90 € from July: each month with its own."""
    with ready.begin() as session:
        contract = cover(session, 1, date(2026, 1, 1))
        wanted = Wanted("Forfait revu", date(2026, 7, 1), None, date(2026, 6, 1), {"fee": 9_000})
        amending.save(session, contract, wanted)
    assert sorted(lines(read(ready), "contract")) == [
        (2026, 6 * 6_000 + 5 * 9_000, "810,00 € pour 1 bien, selon leur valeur ; 11 mois, sans facture"),
    ]


def test_hours_bought_are_shared_too(ready: Store) -> None:
    with ready.begin() as session:
        contract = session.get_one(Contract, cover(session, 1, date(2026, 1, 1), fee=None))
        contract.price_model, contract.hours_price, contract.hours_bought = PriceModel.HOUR_BANK, 120_000, 1_200
    assert lines(read(ready), "contract") == [
        (2026, 120_000, "1 200,00 € pour 1 bien, selon leur valeur ; 1 mois, sans facture")
    ]


def test_a_contract_without_price_costs_nothing_known(ready: Store) -> None:
    with ready.begin() as session:
        cover(session, 1, date(2026, 1, 1), fee=None)
    assert lines(read(ready), "contract") == []


def test_a_sale_comes_back_and_the_years_add_up(ready: Store) -> None:
    with ready.begin() as session:
        visit(session, Charge.BILLABLE, 4_500)
        session.add(
            Retirement(number="SOR-1", asset_id=1, kind=ExitKind.SALE, retired_on=date(2026, 10, 1), price=10_000)
        )
        session.flush()
    found = read(ready)
    assert lines(found, "sale") == [(2026, -10_000, "SOR-1, vente")]
    assert [(year.year, year.total) for year in found.years] == [(2026, -5_500), (2024, 80_000)]
    assert found.years[0].kinds == {
        "purchase": None, "work": 4_500, "licence": None, "contract": None, "sale": -10_000,
    }  # fmt: skip
    assert found.total == sum(year.total for year in found.years)
    assert [line.kind for line in found.lines] == ["sale", "work", "purchase"]


# What invoices and the terms of a contract say


def test_an_act_is_worth_what_its_contract_says(ready: Store) -> None:
    """An hour and a quarter at 65 €: a price that nobody wrote is known."""
    with ready.begin() as session:
        cover(session, 1, date(2026, 6, 1), hourly_rate=6_500, rounding_minutes=15, fee=None)
        session.get_one(Intervention, visit(session, Charge.BILLABLE, None)).repair_minutes = 62
    assert lines(read(ready), "work") == [(2026, 8_125, "FI-1 : 1 h 15 × 65,00 €")]
    assert read(ready).unpriced == 0


def test_an_invoice_says_the_price_of_what_it_names(ready: Store) -> None:
    """The purchase, the repair of two assets by their time, and a licence given to both."""
    with ready.begin() as session:
        first, second = visit(session, Charge.BILLABLE, None), visit(session, Charge.BILLABLE, None, "04 10:00")
        session.get_one(Ticket, session.get_one(Intervention, second).ticket_id).asset_id = 2
        repairs = invoice(session, "F-2", date(2026, 6, 9), bought("Dépannages", 40_000, LineKind.REPAIR))
        for done, minutes in ((first, 60), (second, 180)):
            kept = session.get_one(Intervention, done)
            kept.invoice_id, kept.repair_minutes = repairs, minutes
        session.add(Licence(number="LIC-1", name="Suite", purchased_on=date(2026, 2, 1)))
        session.flush()
        session.add_all([LicenceSeat(licence_id=1, asset_id=asset) for asset in (1, 2)])
        session.get_one(Asset, 1).invoice = None
        invoice(session, "F-1", date(2024, 3, 1), bought("Portable", 79_000, asset_id=1))
        invoice(session, "F-3", date(2026, 2, 2), bought("Suite", 10_001, LineKind.SOFTWARE, licence_id=1))
    found = read(ready)
    assert lines(found, "purchase") == [(2024, 79_000, "Facture F-1 du 01/03/2024")]
    assert lines(found, "work") == [(2026, 10_000, "Facture F-2 du 09/06/2026")]
    assert lines(found, "licence") == [(2026, 5_001, "Facture F-3 du 02/02/2026")]
    assert sum(cents for _, cents, _ in lines(read(ready, 2), "licence") if cents) == 5_000
    assert [line.entity for line in found.lines] == ["invoice"] * 3


def test_a_part_bought_for_an_asset_is_not_its_purchase(ready: Store) -> None:
    with ready.begin() as session:
        invoice(session, "F-1", date(2026, 3, 1), bought("Batterie", 8_900, asset_id=1))
    assert sorted(cents or 0 for _, cents, _ in lines(read(ready), "purchase")) == [8_900, 80_000]


def test_a_contract_costs_what_is_invoiced(ready: Store) -> None:
    with ready.begin() as session:
        cover(session, 1, date(2026, 1, 1), number="CT-1")
        fee(session, "F-1", 1, 6_300)
    assert lines(read(ready), "contract") == [
        (2026, 66_300, "663,00 € pour 1 bien, selon leur valeur ; 11 mois, dont 600,00 € sans facture")
    ]


def test_costs_are_ttc_where_vat_is_not_recovered(ready: Store) -> None:
    with ready.begin() as session:
        preferences.save(session, {"vat_recovered": False})
        session.get_one(Asset, 1).invoice = None
    assert lines(read(ready), "purchase") == [(2024, 96_000, "Prix TTC de la fiche")]
    assert read(ready).words == "TTC"


def test_the_page_of_costs_says_the_same_of_an_asset(ready: Store) -> None:
    with ready.begin() as session:
        cover(session, 1, date(2025, 7, 1))
        cover(session, 2, date(2026, 4, 1))
        fee(session, "F-1", 2, 6_300)
        visit(session, Charge.BILLABLE, 4_500)
    [pc] = [one for one in groups(seen(ready, 2026, TODAY), Dimension.ASSET) if one.key == 1]
    assert next(year.total for year in read(ready).years if year.year == 2026) == pc.total
