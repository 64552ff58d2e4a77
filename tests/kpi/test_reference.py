"""Every indicator against a plain recount of the rows, on a thousand journals in companies drawn at random, with
filters, in both bases, seen from the present and from past moments."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from app.kpi import REGISTRY, Base, Scope
from app.models.codes import Priority
from app.services.cohorts import Asked
from app.services.spans import Period, month
from app.storage import open_store
from tests.kpi import reference_assets, reference_costs, reference_tickets
from tests.kpi.histories import FIRST, Histories
from tests.kpi.reference import Ask, Company, Found, midnight

NOW = datetime(2026, 8, 20, 9, 30, tzinfo=UTC)
SEEDS = (1, 2, 3, 4)
TICKETS = 250
RECOUNTS: dict[str, Callable[[Company, Ask], Found]] = {
    code: getattr(module, code)
    for module in (reference_tickets, reference_assets, reference_costs)
    for code in REGISTRY
    if hasattr(module, code)
}


@pytest.fixture(scope="module", params=SEEDS)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Session, Histories]]:
    with (
        closing(open_store(tmp_path_factory.mktemp("tirage") / "essai.parc")) as store,
        store.begin("Essai") as session,
    ):
        made = Histories(session, request.param)
        made.tickets(TICKETS)
        made.visits(60)
        made.bills()
        made.papers()
        yield session, made


def asks(made: Histories) -> Iterator[Ask]:
    """Each filter over a period drawn for it, seen from the present, from its end, and from before its end."""
    rng = random.Random(made.seed)
    months = [month(date(2026, n, 1)) for n in range(1, 9)]
    periods = [*months, Period(FIRST, date(2026, 6, 30)), Period(date(2026, 3, 9), date(2026, 4, 21))]
    scopes: list[dict[str, int | str]] = [
        {}, {}, {}, {"contract": made.contracts[0]}, {"contract": made.contracts[1]}, {"provider": made.providers[0]},
        {"site": made.sites[0]}, {"family": made.families[1]}, {"priority": "P2"},
        {"provider": made.providers[1], "site": made.sites[1]},
    ]  # fmt: skip
    for n, scope in enumerate(scopes):
        period = rng.choice(periods)
        over = midnight(period.end + timedelta(days=1))
        for now in (NOW, over, over - timedelta(days=9, minutes=731)):
            yield Ask(period.start, period.end, now, working=n % 2 == 0, **scope)  # type: ignore[arg-type]


def test_every_indicator_has_its_recount() -> None:
    assert set(RECOUNTS) == set(REGISTRY)


def test_the_program_agrees_with_the_recount(told: tuple[Session, Histories]) -> None:
    session, made = told
    company, wrong, values = Company(session), [], 0
    for ask in asks(made):
        base = Base.WORKING if ask.working else Base.CALENDAR
        severity = Priority.of(ask.priority) if ask.priority else None
        asked = Asked(session, ask.now, Scope(ask.contract, ask.provider, ask.site, ask.family, severity, base))
        for code, recount in RECOUNTS.items():
            if code == "cout_valeur" and (ask.site or ask.family):
                continue
            expected = recount(company, ask)
            found = asked.measure(REGISTRY[code], Period(ask.start, ask.end))
            values += expected[0] is not None
            if not _same(expected, (None if found.value is None else Fraction(found.value), found.n)):
                wrong.append((code, ask, expected, found))
    assert not wrong, "\n".join(map(str, wrong[:20]))
    assert values > 300


def _same(expected: Found, found: Found) -> bool:
    if expected[0] is None or found[0] is None:
        return expected == found
    return abs(expected[0] - found[0]) < Fraction(1, 10**18) and expected[1] == found[1]
