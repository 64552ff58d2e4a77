"""A part of a set leaves the company: its share becomes a line that can be taken out."""

from datetime import date

import pytest

from app.errors import Refused
from app.models import Asset, FixedAsset
from app.services.fixed_assets import decide, exits, parts
from app.services.fixed_assets.gaps import gaps
from app.services.fixed_assets.parts import Left
from app.storage import Store
from tests.services.fixed_assets.fleet import add_asset, retire

TODAY = date(2026, 12, 31)


def test_what_left_takes_its_share_by_the_prices(ready: Store) -> None:
    with ready.begin() as session:
        tower, screen = add_asset(session, 60_000, "Poste fixe"), add_asset(session, 30_000, "Écran")
        values = {"starts_on": date(2026, 9, 17), "residual": 1_000, "fees": 1}
        line = decide.capitalise_set(session, [("asset", tower), ("asset", screen)], values)
        assert parts.left(session, line) is None
        retire(session, screen, date(2026, 12, 1))
        assert parts.left(session, line) == Left(("ECR-0001",), 2)
        made = parts.split(session, line)
        first, other = session.get_one(FixedAsset, line), session.get_one(FixedAsset, made)
        assert [(one.cost, one.vat, one.residual) for one in (first, other)] == [
            (60_001, 12_000, 667),
            (30_000, 6_000, 333),
        ]
        assert (other.label, other.starts_on) == ("Lumeo Poste fixe (ECR-0001)", first.starts_on)
        assert session.get_one(Asset, screen).fixed_asset_id == made
        assert [one.id for one in exits.proposed(session)] == [made]
        assert [one.leaves for one in gaps(session, TODAY)] == [True]
        with pytest.raises(Refused):
            parts.split(session, made)


def test_without_prices_the_share_is_by_number(ready: Store) -> None:
    with ready.begin() as session:
        assets = [add_asset(session, 50_000) for _ in range(3)]
        line = decide.capitalise_set(session, [("asset", one) for one in assets], {"vat": None})
        for one in assets[:2]:
            session.get_one(Asset, one).price = None
            retire(session, one, date(2026, 12, 1))
        assert parts.left(session, line) is not None
        assert parts.left(session, line).told == "PT-0001, PT-0002, sur 3"  # type: ignore[union-attr]  # told above
        made = session.get_one(FixedAsset, parts.split(session, line))
        assert (made.cost, made.vat, session.get_one(FixedAsset, line).cost) == (100_000, None, 50_000)


def test_a_line_that_left_is_parted_no_more(ready: Store) -> None:
    with ready.begin() as session:
        assets = [add_asset(session, 50_000) for _ in range(2)]
        line = decide.capitalise_set(session, [("asset", one) for one in assets], {})
        retire(session, assets[0], date(2026, 12, 1))
        exits.take_out(session, line, {"exit_on": TODAY, "exit_kind": "theft"}, TODAY)
        assert parts.left(session, line) is None
