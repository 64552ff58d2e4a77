"""The board and the page of an indicator, in the words shown."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.kpi import REGISTRY, Base, Scope, Unit
from app.services import indicators, tickets
from app.services.indicators import IndicatorState, Period, board, month, page, value_text
from app.storage import Store
from tests.services.company import add_ticket, june, reference_month

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
JUNE = month(date(2026, 6, 15))


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("period", "steps", "expected"),
    [
        (JUNE, 1, Period(date(2026, 5, 1), date(2026, 5, 31))),
        (month(date(2026, 3, 31)), 1, Period(date(2026, 2, 1), date(2026, 2, 28))),
        (Period(date(2026, 1, 1), date(2026, 3, 31)), 1, Period(date(2025, 10, 1), date(2025, 12, 31))),
        (Period(date(2026, 1, 1), date(2026, 12, 31)), 2, Period(date(2024, 1, 1), date(2024, 12, 31))),
        (Period(date(2026, 6, 8), date(2026, 6, 14)), 2, Period(date(2026, 5, 25), date(2026, 5, 31))),
    ],
)
def test_the_period_before(period: Period, steps: int, expected: Period) -> None:
    assert period.before(steps) == expected


def test_the_board_of_the_reference_month(session: Session) -> None:
    reference_month(session)
    codes = ("mtta", "mttres", "mttr", "gti", "gtr", "gts", "fcr", "recurrence", "reouverture", "volume", "backlog",
             "backlog_age")  # fmt: skip
    tiles = {tile.code: tile for tile in board(session, JUNE, NOW, codes=codes)}
    assert tuple(tiles) == codes
    shown = {code: (spaced(tile.text), tile.state.value, spaced(tile.n_text)) for code, tile in tiles.items()}
    assert shown == {
        "mtta": ("0 h 56", "met", "n = 6"),
        "mttres": ("4 h 26", "watch", "n = 5"),
        "mttr": ("1 h 53", "met", "n = 5"),
        "gti": ("100,0 %", "met", "n = 6"),
        "gtr": ("83,3 %", "missed", "n = 6"),
        "gts": ("–", "none", "n = 0"),
        "fcr": ("20,0 %", "missed", "n = 5"),
        "recurrence": ("33,3 %", "missed", "n = 6"),
        "reouverture": ("16,7 %", "missed", "n = 6"),
        "volume": ("7", "followed", "n = 7"),
        "backlog": ("1", "followed", "n = 1"),
        "backlog_age": ("3 h 00", "followed", "n = 1"),
    }
    gtr = tiles["gtr"]
    assert (gtr.figure, gtr.unit, spaced(gtr.target_text)) == ("83,3", "%", "Objectif ≥ 90 %")
    assert (tiles["mtta"].unit, spaced(tiles["mtta"].target_text)) == ("", "Objectif ≤ 1 h 00")
    assert spaced(gtr.sentence) == "Rétablissements dans le délai : 83,3 %, objectif au moins 90 %, non tenu, 6 tickets"
    assert spaced(gtr.trend_text) == "juil. 2025 – juin 2026"


def test_months_without_data_are_gaps(session: Session) -> None:
    reference_month(session)
    tile = board(session, JUNE, NOW)[0]
    assert [point.value for point in tile.trend[:-1]] == [None] * 11
    assert (len(tile.trend), tile.trend[-1].value, tile.trend[-1].n) == (12, tile.value, 6)
    assert tile.change == "–"


def test_an_empty_base_has_no_zero(session: Session) -> None:
    for tile in board(session, JUNE, NOW):
        assert (tile.text, tile.state, tile.change) == ("–", IndicatorState.NONE, "–")
        assert spaced(tile.sentence) == f"{tile.label} : sans donnée"


def test_the_change_from_the_period_before(session: Session) -> None:
    reference_month(session)
    july = {tile.code: tile for tile in board(session, month(date(2026, 7, 1)), NOW)}
    assert spaced(july["gtr"].change) == "−83,3 pt"
    assert spaced(july["gtr"].sentence).endswith("non tenu, 1 ticket")
    ticket = add_ticket(session, "15 10:00")
    tickets.resolve(session, ticket, june("15 11:00"))
    tickets.reopen(session, ticket, june("16 10:00"), "Encore")
    tickets.resolve(session, ticket, datetime(2026, 7, 1, 12, tzinfo=UTC))
    july = {tile.code: tile for tile in board(session, month(date(2026, 7, 1)), NOW)}
    assert july["mttres"].change.startswith("+")


@pytest.mark.parametrize(
    ("unit", "now", "before", "told"),
    [
        (Unit.RATIO, "0.96739", "0.91154", "+5,5 pt"),  # 96,7 % less 91,2 %, not the exact +5,585
        (Unit.HOURS, "3.524", "3.704", "−0 h 11"),  # 3 h 31 less 3 h 42
        (Unit.COUNT, "5", "3", "+2"),
    ],
)
def test_the_change_is_that_of_the_figures_shown(unit: Unit, now: str, before: str, told: str) -> None:
    assert spaced(indicators.change_text(unit, Decimal(now), Decimal(before))) == told


def test_a_week_has_its_own_trend(session: Session) -> None:
    reference_month(session)
    tile = board(session, Period(date(2026, 6, 8), date(2026, 6, 14)), NOW)[0]
    assert (tile.n, tile.trend[-2].n) == (2, 3)
    assert tile.trend_text == "23/03/2026 – 14/06/2026"


def test_the_page_lists_the_very_tickets(session: Session) -> None:
    ids = reference_month(session)
    found = page(session, "gtr", JUNE, NOW)
    assert [row.id for row in found.rows] == [ids[name] for name in ("T1", "T7", "T3", "T5", "T2", "T4")]
    first = found.rows[0]
    assert (first.number, first.asset, first.target, first.minutes, first.gap, first.met) == (
        "T-2026-0001", "SRV-01", 240, 300, 60, False,
    )  # fmt: skip
    assert spaced(found.included) == "6 rétablis"
    assert spaced(found.excluded) == "1 pas encore dû, 1 annulé"
    assert (spaced(found.median), spaced(found.period), spaced(found.previous)) == ("4 h 30", "juin 2026", "–")
    assert (spaced(found.previous_label), spaced(found.year)) == ("mai 2026", "83,3 % (n = 6)")


def test_the_page_of_an_overdue_ticket_counts_to_the_end_of_the_period(session: Session) -> None:
    """T8 was due on Thursday 2 July at 13:00; at noon on Friday it is 8 hours late."""
    ids = reference_month(session)
    noon = datetime(2026, 7, 3, 10, tzinfo=UTC)
    (row,) = page(session, "gtr", month(date(2026, 7, 1)), noon).rows
    assert (row.id, row.gap, row.minutes, row.met) == (ids["T8"], 480, 960 + 480, False)


def test_repair_judges_no_promise(session: Session) -> None:
    reference_month(session)
    rows = page(session, "mttr", JUNE, NOW).rows
    assert sum(row.minutes or 0 for row in rows) == 565
    assert {(row.target, row.gap, row.met) for row in rows} == {(None, None, None)}


def test_nothing_left_out(session: Session) -> None:
    found = page(session, "mtta", JUNE, NOW)
    assert (found.included, found.excluded, found.rows) == ("aucun", "aucun", ())


def test_an_unknown_indicator(session: Session) -> None:
    with pytest.raises(NotFound):
        page(session, "nps", JUNE, NOW)


@pytest.mark.parametrize("code", list(REGISTRY))
def test_every_indicator_says_what_it_means(session: Session, code: str) -> None:
    kpi = REGISTRY[code]
    assert (" ÷ " in kpi.formula) == (kpi.unit != Unit.COUNT)
    assert all((kpi.label, kpi.definition, kpi.cohort, kpi.base))
    assert page(session, code, JUNE, NOW).tile.value is None


def test_a_target_with_decimals_shows_them() -> None:
    assert spaced(indicators.target_text(Unit.RATIO, Decimal("0.985"))) == "98,5 %"
    assert value_text(Unit.RATIO, None) == "–"


def test_in_calendar_time_a_delay_is_not_judged(session: Session) -> None:
    """Its target is in working hours; what contracts promised is still judged in theirs."""
    reference_month(session)
    clock = Scope(base=Base.CALENDAR)
    found = page(session, "mttres", JUNE, NOW, clock)
    assert (found.tile.text.replace("\u00a0", " "), found.tile.state) == ("26 h 50", IndicatorState.FOLLOWED)
    assert (found.tile.target_text, found.base.split(",")[0]) == ("Sans objectif", "Temps calendaire")
    assert {(row.target, row.gap, row.met) for row in found.rows} == {(None, None, None)}
    assert page(session, "gtr", JUNE, NOW, clock).rows == page(session, "gtr", JUNE, NOW).rows


def test_the_page_of_what_is_counted_of_other_records(session: Session) -> None:
    reference_month(session)
    found = page(session, "dispo", JUNE, NOW)
    assert (found.behind, found.rows) == ("asset", ())
    assert [(row.title, row.amount) for row in found.records[:2]] == [("IMP-02", 1620), ("SRV-01", 540)]
    assert spaced(found.worked).endswith(" ÷ 5 = 96,4 %")


def test_out_of_contract_a_delay_has_no_target(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.resolve(session, ticket, june("01 12:00"))
    (row,) = page(session, "mttres", JUNE, NOW).rows
    assert (row.minutes, row.target, row.gap, row.met) == (120, None, None, None)
