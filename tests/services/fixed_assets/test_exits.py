"""Exits: proposed when the assets left, taken out by a person, entries to the cent (domain.md E.4)."""

from datetime import date
from typing import Any

import pytest

from app.errors import InvalidFields, Refused
from app.services import preferences
from app.services.fixed_assets import decide, exits, register
from app.storage import Store
from tests.services.fixed_assets.fleet import add_asset, add_line, retire

SOLD = {"exit_on": date(2028, 6, 15), "exit_kind": "sale", "exit_price": 20_000, "exit_vat_rate": 2000}
TODAY = date(2028, 7, 1)


def test_the_worked_entries(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        told = exits.figures(session, laptop, SOLD)
        found = [(one.account, one.debit, one.credit) for one in exits.entries(session, laptop, told)]
    assert (told.complement, told.book_value, told.result) == (19_097, 52_199, -32_199)
    assert found == [
        ("68112", 19_097, 0), ("28183", 0, 19_097),
        ("462", 24_000, 0), ("757", 0, 20_000), ("44571", 0, 4_000),
        ("28183", 72_801, 0), ("657", 52_199, 0), ("2183", 0, 125_000),
    ]  # fmt: skip
    assert sum(debit for _, debit, _ in found) == sum(credit for _, _, credit in found)


def test_what_is_scrapped_once_depreciated_only_leaves_the_books(ready: Store) -> None:
    scrapped = {"exit_on": date(2031, 3, 1), "exit_kind": "weee"}
    with ready.begin() as session:
        licence = add_line(session, kind="software", account="2051")
        found = exits.entries(session, licence, exits.figures(session, licence, scrapped))
    assert [(one.account, one.debit, one.credit) for one in found] == [("2805", 125_000, 0), ("2051", 0, 125_000)]


def test_the_day_of_the_exit_may_bear_nothing(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        preferences.save(session, {"exit_day_counts": False})
        assert exits.figures(session, laptop, SOLD).total == 72_685


def test_an_exit_is_proposed_and_never_made(ready: Store) -> None:
    with ready.begin() as session:
        assets = [add_asset(session, 45_000), add_asset(session, 30_000, "Écran")]
        line = decide.capitalise_set(session, [("asset", one) for one in assets], {"starts_on": date(2026, 9, 17)})
        retire(session, assets[0], date(2028, 6, 1), price=15_000)
        assert exits.proposed(session) == ()
        retire(session, assets[1], date(2028, 6, 15), price=5_000)
        told = exits.proposed(session)
        assert [one.id for one in told] == [line]
        assert told[0].values == SOLD
        assert register.lines(session, date(2028, 12, 31))[0].exit is None
        assert exits.begin(session, line, TODAY) == SOLD
        exits.take_out(session, line, told[0].values, TODAY)
        assert exits.proposed(session) == ()
        with pytest.raises(Refused, match="déjà sortie, le 15/06/2028"):
            exits.begin(session, line, TODAY)
        with pytest.raises(Refused):
            exits.take_out(session, line, SOLD, TODAY)
        exits.bring_back(session, line)
        assert [one.id for one in exits.proposed(session)] == [line]
        with pytest.raises(Refused, match="encore"):
            exits.bring_back(session, line)


def test_a_sale_bears_no_vat_where_none_was_recovered(ready: Store) -> None:
    with ready.begin() as session:
        preferences.save(session, {"vat_recovered": False})
        assert exits.usual_rate(session) == 0


def test_an_exit_without_retirement_starts_with_today(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        assert exits.begin(session, laptop, TODAY)["exit_on"] == TODAY
        assert exits.usual_rate(session) == 2000
        exits.take_out(session, laptop, {"exit_on": TODAY, "exit_kind": "theft", "exit_vat_rate": 2000}, TODAY)
        out = register.lines(session, TODAY)[0].exit
    assert out is not None
    assert (out.vat, out.price) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"exit_on": None}, "exit_on"),
        ({"exit_on": date(2028, 7, 2)}, "exit_on"),
        ({"exit_on": date(2026, 9, 9)}, "exit_on"),
        ({"exit_kind": None}, "exit_kind"),
        ({"exit_kind": "weee"}, "exit_price"),
    ],
)
def test_an_exit_that_cannot_be(ready: Store, changes: dict[str, Any], field: str) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        with pytest.raises(InvalidFields) as refused:
            exits.take_out(session, laptop, SOLD | changes, TODAY)
    assert set(refused.value.problems) == {field}


def test_an_asset_that_left_before_anybody_wrote_how(ready: Store) -> None:
    with ready.begin() as session:
        asset = add_asset(session, 90_000)
        line = decide.capitalise_each(session, [("asset", asset)])[0]
        retire(session, asset, date(2028, 6, 15), "destruction", None)
        assert exits.begin(session, line, TODAY) == {
            "exit_on": date(2028, 6, 15), "exit_kind": "destruction", "exit_price": None, "exit_vat_rate": None,
        }  # fmt: skip
