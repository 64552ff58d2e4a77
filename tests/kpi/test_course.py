"""Indicators of the course of tickets beside their delays: domain.md B.3 to the digit, and what each leaves out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, REGISTRY, Amount, Base, Cohort, Means, Measure, Row, Scope, Unit
from app.models import Asset, Contract, ServiceLevel, Site
from app.models.codes import Priority, TicketKind, WaitReason
from app.services import tickets
from app.services.cohorts import Asked
from app.services.spans import Period
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month, repair

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CODES = ("gts", "fcr", "recurrence", "reouverture", "volume", "backlog", "backlog_age")
CALENDAR = Scope(base=Base.CALENDAR)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def measure(session: Session, code: str, period: Period = JUNE, scope: Scope = EVERYTHING, **more: Any) -> Measure:
    found: Measure = Asked(session, more.pop("now", NOW), scope).measure(REGISTRY[code], period, detail=True, **more)
    short = Asked(session, NOW, scope).measure(REGISTRY[code], period)
    assert (short.value, short.n, short.top, short.bottom) == (found.value, found.n, found.top, found.bottom)
    return found


def exact(value: Decimal | None) -> Fraction:
    assert value is not None
    return Fraction(value).limit_denominator(10**9)


@pytest.mark.parametrize(
    ("code", "value", "n", "hits"),
    [
        ("fcr", Fraction(1, 5), 5, {"T2"}),
        ("recurrence", Fraction(2, 6), 6, {"T5", "T7"}),
        ("reouverture", Fraction(1, 6), 6, {"T5"}),
    ],
)
def test_the_rates_of_the_reference_month(session: Session, code: str, value: Fraction, n: int, hits: set[str]) -> None:
    ids = reference_month(session)
    found = measure(session, code)
    assert (exact(found.value), found.n, len(found.rows)) == (value, n, n)
    assert {name for name, one in ids.items() if one in found.rows and found.rows[one].hit} == hits
    assert (found.top, found.bottom) == (Amount(Decimal(len(hits))), Amount(Decimal(n)))


def test_the_load_of_the_reference_month(session: Session) -> None:
    ids = reference_month(session)
    volume, backlog, age = (measure(session, code) for code in ("volume", "backlog", "backlog_age"))
    assert [one.value for one in (volume, backlog, age)] == [7, 1, 3]
    assert (volume.included, volume.excluded) == ({"ouverts": 7}, {"annulés": 1})
    assert backlog.rows == {ids["T8"]: Row(180)}
    assert backlog.included == {"dans le délai": 1}
    assert (age.top, age.bottom) == (Amount(Decimal(3), Unit.HOURS), Amount(Decimal(1)))


def test_the_reference_month_in_calendar_time(session: Session) -> None:
    """B.3: 26,83 h; a wait of days, a night before the ticket is taken."""
    reference_month(session)
    found = measure(session, "mttres", scope=CALENDAR)
    assert exact(found.value) == Fraction(300 + 40 + 7200 + 210 + 300, 300)
    assert round(found.value or 0, 2) == Decimal("26.83")
    taken = measure(session, "mtta", scope=CALENDAR)
    assert exact(taken.value) == Fraction(30 + 15 + 18 * 60 + 60 + 30 + 80, 360)
    assert measure(session, "backlog_age", scope=CALENDAR).value == 9
    for code in ("gti", "gtr", "mttr", "fcr"):
        assert measure(session, code, scope=CALENDAR).value == measure(session, code).value


@pytest.mark.parametrize(
    ("code", "excluded"),
    [
        ("fcr", {"non rétablis": 1, "autres que des incidents": 1, "annulés": 1}),
        ("recurrence", {"autres que des incidents": 1, "annulés": 1}),
        ("reouverture", {"non rétablis": 1, "annulés": 1}),
    ],
)
def test_what_was_left_out(session: Session, code: str, excluded: dict[str, int]) -> None:
    reference_month(session)
    assert measure(session, code).excluded == excluded


@pytest.mark.parametrize("code", CODES)
def test_before_the_first_ticket_nothing_is_known(session: Session, code: str) -> None:
    assert measure(session, code).value is None
    reference_month(session)
    assert measure(session, code, JUNE.before(1)).value is None
    assert measure(session, code, Period(date(2027, 1, 1), date(2027, 1, 31))).value is None


def test_a_quiet_month_after_the_first_ticket_is_a_zero(session: Session) -> None:
    ids = reference_month(session)
    tickets.resolve(session, ids["T8"], june("30 17:00"))
    assert [measure(session, code, JULY).value for code in ("volume", "backlog")] == [0, 0]
    assert measure(session, "backlog_age", JULY).value is None


def test_a_ticket_reopened_later_was_not_open_between(session: Session) -> None:
    """Restored on 5 June, reopened on the 10th, restored on the 20th of July."""
    ticket = add_ticket(session, "04 10:00")
    tickets.resolve(session, ticket, june("05 12:00"))
    tickets.reopen(session, ticket, june("10 09:00"), "Encore")
    tickets.resolve(session, ticket, datetime(2026, 7, 20, 9, tzinfo=UTC))
    days = {4: 1, 5: 0, 9: 0, 10: 1, 30: 1}
    for day, expected in days.items():
        assert measure(session, "backlog", Period(date(2026, 6, 1), date(2026, 6, day))).value == expected
    assert measure(session, "backlog", JULY).value == 0


def test_what_is_open_by_its_deadline(session: Session) -> None:
    contract = add_contract(session)
    asset = add_asset(session, "PC-01", contract)
    late = add_ticket(session, "01 10:00", "P1", asset_id=asset)
    bare = add_ticket(session, "30 10:00")
    waits = add_ticket(session, "30 11:00", asset_id=asset)
    tickets.take(session, waits, june("30 11:05"))
    tickets.start_wait(session, waits, june("30 11:10"), WaitReason.CLIENT, "Absent", "Yanis")
    found = measure(session, "backlog")
    assert found.included == {"hors délai de rétablissement": 1, "sans engagement": 1, "suspendus": 1}
    assert set(found.rows) == {late, bare, waits}


def solved(session: Session, day: str, **more: Any) -> int:
    ticket = add_ticket(session, f"{day} 10:00", **more)
    tickets.resolve(session, ticket, june(f"{day} 11:00"))
    return ticket


@pytest.mark.parametrize(
    ("days", "opened", "expected"),
    [
        (90, "2026-08-30 11:00", 1),
        (90, "2026-08-30 11:01", 0),
        (30, "2026-07-01 11:01", 0),
        (30, "2026-07-01 11:00", 1),
    ],
)
def test_an_incident_repeats_one_restored_not_long_before(
    session: Session, days: int, opened: str, expected: int
) -> None:
    """Restored on 1 June at 11:00 in Paris: 90 days later is 30 August at 11:00."""
    asset = add_asset(session, "PC-01")
    solved(session, "01", asset_id=asset, category="Écran")
    at = datetime.fromisoformat(opened).replace(tzinfo=UTC) - timedelta(hours=2)
    add_ticket(session, "02 10:00", opened_at=at, asset_id=asset, category="Écran")
    cohort = Cohort(session, at.date(), at.date(), NOW, means=Means(recurrence_days=days))
    assert REGISTRY["recurrence"].compute(cohort).value == expected


def test_what_repeats_nothing(session: Session) -> None:
    """Another category, another asset, none, a request before, one cancelled, one not restored yet."""
    first, second = add_asset(session, "PC-01"), add_asset(session, "PC-02")
    solved(session, "01", asset_id=first, category="Écran")
    solved(session, "01", asset_id=second, category="Réseau", kind=TicketKind.REQUEST)
    under_way = add_ticket(session, "02 09:00", asset_id=second, category="Écran")
    for asset, category in ((first, "Réseau"), (second, "Réseau"), (second, "Écran"), (None, "Écran"), (first, None)):
        add_ticket(session, "03 10:00", asset_id=asset, category=category)
    found = measure(session, "recurrence")
    assert found.value == 0
    assert found.n == 7
    assert found.included == {"isolés": 5, "sans bien ou sans catégorie": 2}
    tickets.resolve(session, under_way, june("04 10:00"))
    assert measure(session, "recurrence").value == 0


def test_a_visit_or_a_transfer_is_a_second_contact(session: Session) -> None:
    alone, called, seen, handed = (solved(session, "02") for _ in range(4))
    tickets.contact(session, called, june("02 10:30"), "Rappel")
    tickets.contact(session, called, june("02 10:40"), "Encore")
    repair(session, seen, "03 10:00", "03 10:30", 30)
    passed = add_ticket(session, "02 10:00")
    tickets.take(session, passed, june("02 10:05"), author="Léa")
    tickets.transfer(session, passed, june("02 10:10"), "Yanis")
    tickets.resolve(session, passed, june("02 10:20"))
    hits = {one for one, row in measure(session, "fcr").rows.items() if row.hit}
    assert hits == {alone, handed}
    assert measure(session, "fcr").included == {"résolus au premier contact": 2, "résolus plus tard": 3}


def on_site_contract(session: Session) -> int:
    """P3 on site within four worked hours."""
    contract = add_contract(session)
    session.execute(update(ServiceLevel).values(on_site_minutes=240))
    return add_asset(session, "PC-01", contract)


def test_arrivals_in_time(session: Session) -> None:
    """One in time, one an hour late, one never visited but restored, one still expected and late, one not due."""
    asset = on_site_contract(session)
    names = [add_ticket(session, f"{day} 10:00", asset_id=asset) for day in ("01", "02", "03", "04")]
    soon, late, remote, awaited = names
    tickets.arrive(session, soon, june("01 13:00"))
    tickets.arrive(session, late, june("02 15:00"))
    tickets.resolve(session, remote, june("03 10:30"))
    due_later = add_ticket(session, "30 16:00", asset_id=asset)
    bare = add_ticket(session, "05 10:00")
    tickets.arrive(session, bare, june("05 11:00"))
    found = measure(session, "gts")
    assert exact(found.value) == Fraction(1, 3)
    assert {one: row.hit for one, row in found.rows.items()} == {soon: True, late: False, awaited: False}
    assert found.included == {"vus sur site": 2, "ouverts en retard": 1}
    assert found.excluded == {"pas encore dus": 1, "sans engagement": 1}
    assert due_later not in found.rows


def test_a_scope_keeps_its_tickets(session: Session) -> None:
    contract = add_contract(session)
    provider = session.get_one(Contract, contract).provider_id
    asset = add_asset(session, "PC-01", contract)
    site = Site(name="Lyon")
    session.add(site)
    session.flush()
    mine = session.get_one(Asset, asset)
    mine.site_id = site.id
    session.flush()
    inside = solved(session, "02", asset_id=asset, priority="P2")
    solved(session, "03")
    wanted = (
        Scope(contract_id=contract), Scope(provider_id=provider), Scope(site_id=site.id),
        Scope(family_id=mine.family_id), Scope(priority=Priority.P2),
        Scope(contract, provider, site.id, mine.family_id, Priority.P2),
    )  # fmt: skip
    for scope in wanted:
        assert set(measure(session, "volume", scope=scope).rows) == {inside}
    assert measure(session, "volume", scope=Scope(priority=Priority.P1)).value is None
