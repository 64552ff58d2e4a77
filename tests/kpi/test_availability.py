"""Stops of assets: domain.md B.3 to the digit, and what is a failure, a stop that was planned, a time required."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kpi import EVERYTHING, REGISTRY, Amount, Base, Measure, Scope
from app.models import Asset, Contract, CoveredAsset, MaintenanceTask, Site, Visit
from app.models.codes import AssetStatus, Criticality, MaintenanceType, Priority, TicketKind
from app.services import interventions, tickets
from app.services.cohorts import Asked
from app.services.spans import Period, month
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

JUNE = month(date(2026, 6, 1))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CLOCK = Scope(base=Base.CALENDAR)
MONTH = 198
"""Hours of June 2026, Monday to Friday from 9 to 18."""


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """Of a company that has told its tickets for years: before the first one, nothing is known."""
    with store.begin("essai") as opened:
        add_ticket(opened, "01 09:00", kind=TicketKind.REQUEST, opened_at=datetime(2020, 1, 6, 9, tzinfo=UTC))
        yield opened


@pytest.fixture
def asset(session: Session) -> int:
    return add_asset(session, "PC-01", add_contract(session))


def measure(session: Session, code: str, period: Period = JUNE, scope: Scope = EVERYTHING, **more: Any) -> Measure:
    now = more.pop("now", NOW)
    found = Asked(session, now, scope).measure(REGISTRY[code], period, detail=True)
    short = Asked(session, now, scope).measure(REGISTRY[code], period)
    assert (short.value, short.n, short.top, short.bottom) == (found.value, found.n, found.top, found.bottom)
    return found


def told(found: Measure, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(found, name) for name in names or ("value", "n"))


def exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value).limit_denominator(10**9)


def named(session: Session, found: Measure) -> dict[str, int | None]:
    names = {row.id: row.number for row in session.execute(select(Asset.id, Asset.number))}
    return {names[one]: row.amount for one, row in found.rows.items()}


def lived(session: Session, asset_id: int, **values: Any) -> None:
    session.execute(update(Asset).where(Asset.id == asset_id).values(**values))


def test_the_reference_month(session: Session) -> None:
    """SRV-01 9 h of 198, IMP-02 27 h: 95,45 % and 86,36 %; MTBF 954/3, MDT 12 h."""
    ids = reference_month(session)
    dispo = measure(session, "dispo")
    assert exact(dispo.value) == (Fraction(189, 198) + Fraction(171, 198) + 3) / 5
    assert round(dispo.value or 0, 4) == Decimal("0.9636")
    assert told(dispo, "n", "median") == (5, 1)
    assert named(session, dispo) == {"SRV-01": 540, "PC-07": 0, "IMP-02": 1620, "PC-11": 0, "PC-12": 0}
    assert dispo.included == {"biens sans panne": 3, "biens arrêtés": 2}
    mdt, mtbf = measure(session, "mdt"), measure(session, "mtbf")
    assert told(mdt) + told(mtbf, "value", "n", "at_least") == (12, 3, 318, 3, False)
    assert {one: row.amount for one, row in mdt.rows.items()} == {ids["T1"]: 300, ids["T3"]: 1620, ids["T7"]: 240}
    assert mdt.rows == mtbf.rows
    assert exact(mtbf.value) / (exact(mtbf.value) + exact(mdt.value)) == exact(dispo.value)  # type: ignore[operator]


def test_the_weighted_reference_month(session: Session) -> None:
    """Five people depend on the server, one on each of the four others: 95,96 % (B.3)."""
    reference_month(session)
    session.execute(update(Asset).where(Asset.number == "SRV-01").values(user_count=5))
    found = measure(session, "dispo_ponderee")
    assert exact(found.value) == (5 * Fraction(189, 198) + Fraction(171, 198) + 3) / 9
    assert round(found.value or 0, 4) == Decimal("0.9596")
    session.execute(update(Asset).values(user_count=None))
    session.execute(update(Asset).where(Asset.number == "SRV-01").values(criticality=Criticality.VITAL))
    found = measure(session, "dispo_ponderee")
    assert exact(found.value) == (4 * Fraction(189, 198) + Fraction(171, 198) + 3) / 8
    assert told(found, "n", "bottom") == (5, Amount(Decimal(8)))
    one = session.scalars(select(Asset.family_id).where(Asset.number == "SRV-01")).one()
    alone = measure(session, "mtbf", scope=Scope(family_id=one))
    assert told(alone) == (Decimal("94.5"), 2)
    assert round(measure(session, "dispo", scope=Scope(family_id=one)).value or 0, 4) == Decimal("0.9545")


def test_the_clock_on_the_wall(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "05 17:00", asset_id=asset, down_at=june("05 17:00"))
    tickets.resolve(session, ticket, june("08 10:00"))
    assert [measure(session, "mdt", scope=base).value for base in (EVERYTHING, CLOCK)] == [2, 65]
    assert measure(session, "mtbf", scope=CLOCK).value == 720 - 65


def test_before_the_first_ticket_nothing_is_known(session: Session, asset: int) -> None:
    """The asset was there, and nobody wrote what stopped it."""
    lived(session, asset, commissioned_on=date(2019, 1, 1))
    for code in ("mtbf", "dispo", "dispo_ponderee"):
        assert measure(session, code, Period(date(2019, 12, 1), date(2019, 12, 31))).value is None


def test_no_failure_is_at_least_so_much(session: Session, asset: int) -> None:  # noqa: ARG001
    found = measure(session, "mtbf")
    assert told(found, "value", "n", "at_least", "rows") == (MONTH, 0, True, {})
    assert measure(session, "mdt").value is None
    assert measure(session, "dispo").value == 1


def test_what_began_before_the_period_is_not_lost(session: Session, asset: int) -> None:
    """product.md, « Mistakes »: it counts in both, for what stands in each."""
    ticket = add_ticket(session, "29 17:00", asset_id=asset, down_at=june("29 17:00"))
    tickets.resolve(session, ticket, datetime(2026, 7, 2, 8, tzinfo=UTC))
    july = JUNE.before(-1)
    assert [measure(session, "mdt", one).value for one in (JUNE, july)] == [10, 10]
    both = measure(session, "mdt", Period(JUNE.start, july.end))
    assert told(both) == (20, 1)


def test_what_lasts_is_counted_to_the_end_or_to_now(session: Session, asset: int) -> None:
    add_ticket(session, "29 10:00", asset_id=asset, down_at=june("29 10:00"))
    assert measure(session, "mdt").value == 17
    assert measure(session, "mdt", now=june("29 12:00")).value == 2
    assert measure(session, "dispo", now=june("29 12:00")).value == 1 - Decimal(2) / (19 * 9 + 9 + 3)


def test_a_past_moment_knows_nothing_of_later(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "29 10:00", asset_id=asset, down_at=june("29 10:00"))
    tickets.resolve(session, ticket, june("30 11:00"))
    second = add_ticket(session, "30 15:00", asset_id=asset, down_at=june("30 15:00"))
    tickets.cancel(session, second, june("30 16:00"), "Erreur")
    seen = [measure(session, "mdt", now=june(at)) for at in ("29 09:00", "30 10:00", "30 15:30", "30 17:00")]
    assert [told(one) for one in seen] == [(None, 0), (9, 1), (Decimal("5.25"), 2), (10, 1)]
    assert measure(session, "mtbf", now=june("01 00:00")).value is None


def test_two_tickets_of_one_asset_are_one_failure(session: Session, asset: int) -> None:
    first = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 10:00"))
    second = add_ticket(session, "01 11:00", asset_id=asset, down_at=june("01 11:00"))
    tickets.up(session, second, june("01 15:00"))
    found = measure(session, "mdt", now=june("02 10:00"))
    assert (*told(found), *found.rows) == (9, 1, first)


def test_the_same_word_twice_says_nothing_new(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 11:00"))
    tickets.down(session, ticket, june("01 10:00"))
    tickets.up(session, ticket, june("01 14:00"))
    tickets.up(session, ticket, june("01 13:00"))
    assert measure(session, "mdt").value == 3


def test_a_ticket_without_asset_tells_nothing(session: Session, asset: int) -> None:
    moved = add_ticket(session, "02 10:00", asset_id=asset, down_at=june("02 10:00"))
    tickets.change_cover(session, moved, june("02 11:00"), asset_id=None, text="Aucun bien en cause")
    assert measure(session, "mdt").n == 0


def test_a_stop_that_was_planned_is_no_failure_and_was_not_required(session: Session, asset: int) -> None:
    """B.2: « preventive stops are neither failures nor required time »."""
    change = add_ticket(session, "01 09:00", kind=TicketKind.CHANGE, asset_id=asset, down_at=june("01 09:00"))
    tickets.resolve(session, change, june("01 18:00"))
    assert measure(session, "mtbf").value == MONTH - 9
    failed = add_ticket(session, "01 16:00", asset_id=asset, down_at=june("01 16:00"))
    tickets.resolve(session, failed, june("02 10:00"))
    assert measure(session, "mdt").value == 1
    assert exact(measure(session, "dispo").value) == 1 - Fraction(1, MONTH - 9)


def test_a_visit_that_stops_its_asset_is_planned(session: Session, asset: int) -> None:
    task = MaintenanceTask(number="TM-1", label="Dépoussiérage", first_on=JUNE.start, stops_asset=True, asset_id=asset)
    session.add(task)
    session.flush()
    visit = Visit(number="V-1", label="Dépoussiérage", planned_on=date(2026, 6, 3), asset_id=asset, task_id=task.id)
    session.add(visit)
    session.flush()
    given = {"maintenance_type": MaintenanceType.PREVENTIVE, "technician": "Yanis"}
    interventions.record(
        session, {"visit_id": visit.id, "started_at": june("03 09:00"), "ended_at": june("03 12:00"), **given}
    )
    assert measure(session, "mtbf").value == MONTH - 3


def test_an_asset_stopped_on_purpose_all_along_has_no_availability(session: Session, asset: int) -> None:
    other = add_asset(session, "PC-02")
    change = add_ticket(session, "01 08:00", kind=TicketKind.CHANGE, asset_id=asset, down_at=june("01 08:00"))
    assert measure(session, "dispo").n == 1
    failed = add_ticket(session, "02 08:00", asset_id=other, down_at=june("02 08:00"))
    tickets.resolve(session, failed, june("02 09:30"))
    tickets.resolve(session, change, datetime(2026, 8, 1, tzinfo=UTC))
    assert exact(measure(session, "dispo").value) == 1 - Fraction(1, 2 * MONTH)


def test_required_from_the_commissioning_to_the_exit(session: Session) -> None:
    late, gone, bought, stock, lost = (add_asset(session, f"PC-0{n}") for n in range(5))
    lived(session, late, commissioned_on=date(2026, 6, 29))
    lived(session, gone, status=AssetStatus.RETIRED, retired_on=date(2026, 6, 1))
    lived(session, bought, purchased_on=date(2026, 7, 1))
    lived(session, stock, status=AssetStatus.IN_STOCK)
    lived(session, lost, status=AssetStatus.RETIRED)
    found = measure(session, "mtbf")
    assert found.value == 2 * 9 + 9
    assert measure(session, "dispo").excluded == {"biens en stock, ou sortis sans date": 2}
    assert list(measure(session, "dispo").rows) == [late, gone]


def test_the_hours_are_those_of_the_contract_that_covers_each_day(session: Session, asset: int) -> None:
    """Ten days round the clock, then a contract of the usual hours, and those of the company."""
    night = add_contract(session, number="CT-24", round_the_clock=True)
    session.execute(update(CoveredAsset).values(since=date(2026, 6, 8), until=date(2026, 6, 12)))
    session.add(CoveredAsset(contract_id=night, asset_id=asset, since=date(2026, 6, 10), until=date(2026, 6, 19)))
    session.flush()
    first = session.scalars(select(Contract.id).where(Contract.number == "CT-2026-01")).one()
    parts = [measure(session, "mtbf", scope=Scope(contract_id=one)).value for one in (first, night)]
    assert parts == [2 * 9, 10 * 24]
    assert measure(session, "mtbf").value == 5 * 9 + 2 * 9 + 10 * 24 + 7 * 9
    provider = session.get_one(Contract, night).provider_id
    assert measure(session, "mtbf", scope=Scope(provider_id=provider)).value == 240
    assert measure(session, "mtbf", scope=Scope(provider_id=provider, contract_id=first)).value is None
    assert list(measure(session, "dispo", scope=Scope(contract_id=first)).rows) == [asset]


def test_a_contract_binds_from_its_start_until_it_is_over(session: Session) -> None:
    short = {"round_the_clock": True, "initial_months": 1, "renewal": "none"}
    contract = add_contract(session, number="CT-B", starts_on=date(2026, 5, 11), **short)
    draft = add_contract(session, number="CT-D", status="draft", round_the_clock=True)
    add_asset(session, "PC-01", contract)
    add_asset(session, "PC-02", draft)
    assert measure(session, "mtbf").value == 10 * 24 + 14 * 9 + MONTH


def test_of_two_covers_of_one_day_the_last_told_prevails(session: Session, asset: int) -> None:
    night = add_contract(session, number="CT-24", round_the_clock=True)
    session.add(CoveredAsset(contract_id=night, asset_id=asset, since=date(2026, 1, 1)))
    session.flush()
    assert measure(session, "mtbf").value == 720


def test_the_site_and_the_severity_asked_for(session: Session, asset: int) -> None:
    site = Site(name="Dijon")
    session.add(site)
    session.flush()
    add_asset(session, "PC-02")
    lived(session, asset, site_id=site.id)
    ticket = add_ticket(session, "01 10:00", "P1", asset_id=asset, down_at=june("01 10:00"))
    tickets.resolve(session, ticket, june("01 12:00"))
    assert measure(session, "mtbf", scope=Scope(site_id=site.id)).value == MONTH - 2
    assert measure(session, "mdt", scope=Scope(priority=Priority.P1)).n == 1
    assert measure(session, "mdt", scope=Scope(priority=Priority.P2)).n == 0


def test_a_failure_without_its_hours_is_told(session: Session, asset: int) -> None:
    add_ticket(session, "01 10:00", asset_id=asset, is_failure=True)
    for code in ("mdt", "mtbf"):
        assert measure(session, code).excluded == {"pannes sans heure d’arrêt": 1}


def test_a_trend_reads_once_what_all_its_months_ask(session: Session, asset: int) -> None:
    ticket = add_ticket(session, "29 17:00", asset_id=asset, down_at=june("29 17:00"))
    tickets.resolve(session, ticket, datetime(2026, 7, 2, 8, tzinfo=UTC))
    whole = Asked(session, NOW)
    months = [JUNE.before(steps) for steps in range(11, -6, -1)]
    for one in [*months, Period(JUNE.before(11).start, JUNE.end), JUNE]:
        alone = Asked(session, NOW).measure(REGISTRY["mtbf"], one)
        assert whole.measure(REGISTRY["mtbf"], one) == alone
    day = Period(date(2026, 6, 30), date(2026, 6, 30))
    assert whole.measure(REGISTRY["mtbf"], day).value == 0
    assert whole.measure(REGISTRY["mdt"], day).value == 9
    assert Asked(session, NOW + timedelta(days=3650)).measure(REGISTRY["mtbf"], JUNE).n == 1
    assert whole.measure(REGISTRY["mdt"], Period(date(1000, 1, 1), date(2999, 12, 31))).value == 20
