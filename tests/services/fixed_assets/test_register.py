"""The register at a closing, to the figures of domain.md E.3 and E.4."""

from datetime import date
from decimal import Decimal

import pytest

from app.entities import ENTITIES
from app.errors import NotFound
from app.models import Company
from app.services import preferences, records
from app.services.fixed_assets import exits, plan, register
from app.storage import Store
from tests.services.fixed_assets.fleet import add_line


def closing(year: int) -> date:
    return date(year, 12, 31)


def test_the_years_of_the_worked_laptop(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        told = {}
        for year in (2026, 2027, 2028, 2029, 2030):
            one = register.lines(session, closing(year))[0]
            told[year] = (one.opening, one.charge, one.closing, one.book_value)
        assert [(one.charge, one.book_value) for one in plan.plan(session, laptop)] == [
            (12_037, 112_963), (41_667, 71_296), (41_666, 29_630), (29_630, 0),
        ]  # fmt: skip
    assert told == {
        2026: (0, 12_037, 12_037, 112_963),
        2027: (12_037, 41_667, 53_704, 71_296),
        2028: (53_704, 41_666, 95_370, 29_630),
        2029: (95_370, 29_630, 125_000, 0),
        2030: (125_000, 0, 125_000, 0),
    }


def test_a_company_that_closes_in_june(ready: Store) -> None:
    with ready.begin() as session:
        session.add(Company(name="Morvan", year_end="30/06"))
        add_line(session, label="Serveur", cost=360_000, acquired_on=date(2026, 3, 20), starts_on=date(2026, 4, 1))
        charges = [register.lines(session, date(year, 6, 30))[0].charge for year in (2026, 2027, 2028, 2029)]
        told = register.years_told(session, date(2028, 9, 1))
        years = [one.year for one in told]
        names = [register.named(told[0]), register.named(register.Year(date(2026, 1, 1), closing(2026)))]
    assert charges == [30_000, 120_000, 120_000, 90_000]
    assert years == [2029, 2028, 2027, 2026]
    assert names == ["2028-2029", "2026"]


def test_real_days_when_the_company_counts_so(ready: Store) -> None:
    with ready.begin() as session:
        add_line(session)
        preferences.save(session, {"depreciation_days": "real"})
        assert register.lines(session, closing(2026))[0].charge == 12_100


def test_the_worked_exit_in_its_year_and_after(ready: Store) -> None:
    sold = {"exit_on": date(2028, 6, 15), "exit_kind": "sale", "exit_price": 20_000, "exit_vat_rate": 2000}
    with ready.begin() as session:
        laptop = add_line(session)
        exits.take_out(session, laptop, sold, date(2028, 7, 1))
        before, during = (register.lines(session, closing(year))[0] for year in (2027, 2028))
        after = register.lines(session, closing(2029))
        assert register.line(session, laptop, closing(2029)) is None
        assert register.line(session, laptop, closing(2028)) == during
        charges = [one.charge for one in register.plans(session)[laptop]]
    assert (before.exit, before.closing, before.gross_closing) == (None, 53_704, 125_000)
    assert during.exit is not None
    assert (during.exit.complement, during.exit.total, during.exit.book_value) == (19_097, 72_801, 52_199)
    assert (during.exit.result, during.exit.price, during.exit.vat) == (-32_199, 20_000, 4_000)
    assert (during.charge, during.closing, during.book_value, during.gross_closing) == (19_097, 72_801, 0, 0)
    assert (during.gross_opening, after) == (125_000, ())
    assert charges == [12_037, 41_667, 19_097]


def test_what_is_not_in_service_bears_nothing_and_stays_in_sight(ready: Store) -> None:
    with ready.begin() as session:
        waiting = add_line(session, starts_on=None)
        nobody_knows = add_line(session, starts_on=None, acquired_on=None)
        add_line(session, acquired_on=date(2027, 1, 1), starts_on=date(2027, 1, 1))
        found = register.lines(session, closing(2026))
        assert plan.plan(session, waiting) == ()
    assert [one.id for one in found] == [waiting, nobody_knows]
    assert [(one.charge, one.book_value, one.entered) for one in found] == [(0, 125_000, True), (0, 125_000, False)]
    assert found[0].rate == Decimal("33.33")
    assert (found[0].gross_opening, found[1].gross_opening) == (0, 125_000)


def test_an_empty_register_has_the_year_of_today(ready: Store) -> None:
    with ready.read() as session:
        assert [one.year for one in register.years_told(session, date(2026, 5, 1))] == [2026]
        assert register.lines(session, closing(2026)) == ()


def test_what_is_in_the_bin_has_no_plan(ready: Store) -> None:
    with ready.begin() as session:
        line = add_line(session)
        records.to_bin(session, ENTITIES["fixed_asset"], [line])
        assert register.lines(session, closing(2026)) == ()
        with pytest.raises(NotFound):
            plan.plan(session, line)
