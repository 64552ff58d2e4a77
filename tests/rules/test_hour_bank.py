"""Hours bought: none is lost from sight, none counted twice (domain.md C.6)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules import hour_bank
from app.rules.hour_bank import Lot, account, percent_used

D = date
TODAY = D(2026, 12, 31)
DAYS = st.dates(D(2025, 1, 1), D(2027, 6, 30))
MINUTES = st.integers(0, 3_000)


@st.composite
def lots(draw: st.DrawFn) -> Lot:
    bought = draw(DAYS)
    until = draw(st.one_of(st.none(), st.integers(-20, 500).map(lambda more: bought + timedelta(days=more))))
    return Lot(bought, until, draw(MINUTES))


CASES = (st.lists(lots(), max_size=5), st.lists(st.tuples(DAYS, MINUTES), max_size=12), DAYS, st.booleans())


def left(found: hour_bank.Account) -> list[int]:
    return [lot.left for lot in found.lots]


def test_the_hours_that_end_first_are_used_first() -> None:
    bought = [
        Lot(D(2026, 1, 1), None, 600),
        Lot(D(2026, 2, 1), D(2026, 12, 31), 600),
        Lot(D(2026, 3, 1), D(2026, 9, 30), 600),
    ]
    found = account(bought, [(D(2026, 1, 15), 60), (D(2026, 4, 1), 700), (D(2026, 10, 1), 600)], TODAY)
    assert left(found) == [440, 0, 0]
    assert (found.debt, found.over, found.balance) == (0, 0, 440)


def test_what_is_left_on_the_last_day_is_lost_the_day_after() -> None:
    bought = [Lot(D(2026, 1, 1), D(2026, 6, 30), 600)]
    assert account(bought, [(D(2026, 6, 30), 100)], D(2026, 6, 30)).balance == 500
    found = account(bought, [(D(2026, 6, 30), 100)], D(2026, 7, 1))
    assert [(move.kind, move.on, move.minutes, move.balance) for move in found.moves] == [
        ("purchase", D(2026, 1, 1), 600, 600),
        ("use", D(2026, 6, 30), -100, 500),
        ("expiry", D(2026, 6, 30), -500, 0),
    ]
    assert (found.lots[0].used, found.lots[0].expired, found.lots[0].left) == (100, 500, 0)


def test_the_next_purchase_pays_a_debt() -> None:
    bought = [Lot(D(2026, 1, 1), None, 60), Lot(D(2026, 3, 1), None, 120)]
    uses = [(D(2026, 2, 1), 100)]
    assert account(bought, uses, D(2026, 2, 28)).balance == -40
    found = account(bought, uses, TODAY)
    assert (left(found), found.debt, found.balance) == ([0, 80], 0, 80)


def test_what_is_paid_apart_makes_no_debt() -> None:
    found = account([Lot(D(2026, 1, 1), None, 60)], [(D(2026, 2, 1), 100)], TODAY, paid_apart=True)
    assert (found.over, found.debt, found.balance) == (40, 0, 0)
    assert (found.moves[-1].minutes, found.moves[-1].over) == (-60, 40)


def test_the_share_used_is_of_the_hours_one_can_still_use() -> None:
    bought = [Lot(D(2025, 1, 1), D(2025, 12, 31), 600), Lot(D(2026, 1, 1), None, 3_000)]
    found = account(bought, [(D(2026, 3, 1), 2_399)], TODAY)
    assert percent_used(found.lots, TODAY) == 79
    assert percent_used(account(bought, [(D(2026, 3, 1), 2_400)], TODAY).lots, TODAY) == 80
    assert percent_used(bought, D(2024, 1, 1)) is None


@given(*CASES)
def test_nothing_is_lost_from_sight(bought: list[Lot], uses: list[tuple[date, int]], today: date, apart: bool) -> None:
    found = account(bought, uses, today, paid_apart=apart)
    assert all(lot.used >= 0 and lot.expired >= 0 and lot.left >= 0 for lot in found.lots)
    assert all(lot.left == 0 for lot in found.lots if lot.until is not None and lot.until < today)
    assert sum(lot.used for lot in found.lots) + found.debt + found.over == sum(n for on, n in uses if on <= today)
    assert found.balance == sum(move.minutes for move in found.moves)
    assert found.balance == (found.moves[-1].balance if found.moves else 0)
    assert not (apart and found.debt)
    assert apart or not found.over


@given(*CASES)
def test_no_hour_is_used_out_of_its_time(
    bought: list[Lot], uses: list[tuple[date, int]], today: date, apart: bool
) -> None:
    """A purchase alone never gives more than what was used while it could be, and the debt it paid when bought."""
    found = account(bought, uses, today, paid_apart=apart)
    for lot in found.lots:
        usable = sum(minutes for on, minutes in uses if lot.until is None or on <= lot.until)
        assert lot.used <= min(lot.minutes, usable)
