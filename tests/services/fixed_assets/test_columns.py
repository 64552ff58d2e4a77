"""The figures of the list, worked out by SQL, are those of the register, worked out by the rule."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.entities import ENTITIES
from app.models import FixedAsset
from app.models.money_codes import FixedStanding
from app.services import listing, preferences, setup
from app.services.fixed_assets import register
from app.services.listing import Filter, Query
from app.storage import Store, open_store
from tests.services.fixed_assets.fleet import add_line

ENTITY = ENTITIES["fixed_asset"]
NAMES = ("opening", "charge", "closing", "book_value", "standing")
DAYS = st.dates(date(2018, 1, 1), date(2034, 12, 31))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("registre") / "essai.parc"
    with closing(open_store(path)) as opened:
        with opened.begin() as session:
            setup.ensure(session)
        yield opened


def shown(store: Store, on: date, **more: Any) -> dict[int, tuple[Any, ...]]:
    with store.read() as session:
        return {row.id: row.values for row in listing.page(session, ENTITY, Query(NAMES, "number", on=on, **more))}


@given(
    cost=st.integers(0, 10**9), percent=st.integers(0, 100), life=st.integers(1, 120), starts=st.none() | DAYS,
    out=st.none() | DAYS, on=DAYS, count=st.sampled_from(["thirty", "real"]), counted=st.booleans(),
)  # fmt: skip
def test_sql_says_what_the_rule_says(  # noqa: PLR0917 - one for each thing drawn
    shared: Store, cost: int, percent: int, life: int, starts: date | None, out: date | None, on: date, count: str,
    counted: bool,
) -> None:  # fmt: skip
    with shared.begin() as session:
        preferences.save(session, {"depreciation_days": count, "exit_day_counts": counted})
        line = FixedAsset(
            number=f"IM-{session.query(FixedAsset).count() + 1}", label="Une chose", cost=cost, starts_on=starts,
            residual=cost * percent // 100, life_months=life, exit_on=out,
        )  # fmt: skip
        session.add(line)
        session.flush()
        made, told = line.id, register.line(session, line.id, on)
    found = shown(shared, on, ids=(made,)).get(made)
    assert (found is None) == (told is None)
    if found is not None and told is not None:
        assert found[:4] == (told.opening, told.charge, told.closing, told.book_value)
        assert (found[4] == FixedStanding.LEFT) == (told.exit is not None)


def test_the_list_sorts_filters_and_sums_by_the_year(ready: Store) -> None:
    with ready.begin() as session:
        laptop = add_line(session)
        server = add_line(
            session, label="Serveur", cost=360_000, starts_on=date(2026, 4, 1), acquired_on=date(2026, 3, 1)
        )
        past = date(2020, 1, 6)
        gone = add_line(session, acquired_on=past, starts_on=past, exit_on=date(2021, 10, 1), exit_kind="theft")
        waiting = add_line(session, starts_on=None)
        query = Query(NAMES, "charge", descending=True, on=date(2027, 12, 31))
        assert listing.ids(session, ENTITY, query) == [server, laptop, waiting]
        sums = listing.totals(session, ENTITY, query)
        inside = (Filter("standing", (FixedStanding.IN,)),)
        assert set(listing.ids(session, ENTITY, Query(NAMES, "number", filters=inside, on=query.on))) == {
            laptop,
            server,
        }
        whole = {row.id: row.values for row in listing.page(session, ENTITY, Query(NAMES, "number"))}
        assert whole[gone] == (None, None, None, None, FixedStanding.BEFORE)
        told = listing.distinct(session, ENTITY, "standing", on=query.on)
    assert [(value, count) for value, _, count in told] == [(FixedStanding.WAITING, 1), (FixedStanding.IN, 2)]
    assert (sums["charge"], sums["gross"]) == (161_667, 610_000)
    standings = [values[4] for values in shown(ready, date(2030, 12, 31)).values()]
    assert standings == [FixedStanding.DONE, FixedStanding.DONE, FixedStanding.WAITING]
