"""Indicators of delay: the month of domain.md B.3 to the last digit, and any month against a plain recount."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import Session

from app.kpi import REGISTRY, Cohort, Measure, Row, Scope
from app.models import Base, Intervention, Ticket
from app.models.codes import MaintenanceType, Priority, TicketKind, TicketStatus
from app.services import interventions, tickets
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month, repair

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def measure(session: Session, code: str, *, now: datetime = NOW, detail: bool = True, **more: Any) -> Measure:
    start, end = more.pop("period", JUNE)
    return REGISTRY[code].compute(Cohort(session, start, end, now, detail=detail, **more))


@pytest.mark.parametrize(
    ("code", "value", "n", "middle"),
    [
        ("mtta", Fraction(335, 360), 6, Fraction(1, 2)),
        ("mttres", Fraction(1330, 300), 5, Fraction(4)),
        ("mttr", Fraction(565, 300), 5, Fraction(2)),
        ("gti", Fraction(6, 6), 6, Fraction(1, 2)),
        ("gtr", Fraction(5, 6), 6, Fraction(9, 2)),
    ],
)
def test_the_reference_month(session: Session, code: str, value: Fraction, n: int, middle: Fraction) -> None:
    reference_month(session)
    found = measure(session, code)
    assert found.value is not None
    assert abs(Fraction(found.value) - value) < Fraction(1, 10**20)
    assert (found.n, len(found.ids)) == (n, n)
    assert found.median == Decimal(middle.numerator) / middle.denominator


@pytest.mark.parametrize(
    ("code", "shown"), [("mtta", "0.931"), ("mttres", "4.433"), ("mttr", "1.883"), ("gti", "1.000"), ("gtr", "0.833")]
)
def test_the_reference_month_as_printed(session: Session, code: str, shown: str) -> None:
    reference_month(session)
    assert round(measure(session, code, detail=False).value or Decimal(0), 3) == Decimal(shown)


@pytest.mark.parametrize(
    ("code", "excluded"),
    [
        ("mtta", {"non pris en charge": 1, "annulés": 1}),
        ("mttres", {"non rétablis": 1, "autres que des incidents": 1, "annulés": 1}),
        ("mttr", {"non rétablis": 1, "autres que des incidents": 1, "annulés": 1}),
        ("gti", {"pas encore dus": 1, "annulés": 1}),
        ("gtr", {"pas encore dus": 1, "annulés": 1}),
    ],
)
def test_what_was_left_out_is_told(session: Session, code: str, excluded: dict[str, int]) -> None:
    ids = reference_month(session)
    found = measure(session, code)
    assert found.excluded == excluded
    assert not {ids["T6"], ids["T8"]} & set(found.ids)


@pytest.mark.parametrize("code", list(REGISTRY))
@pytest.mark.parametrize("detail", [True, False])
def test_no_data_is_none(session: Session, code: str, detail: bool) -> None:
    found = measure(session, code, detail=detail)
    assert (found.value, found.n, found.median, found.ids) == (None, 0, None, ())


def test_an_open_ticket_past_its_deadline_counts_as_failed(session: Session) -> None:
    """At the end of July T8 was due and neither taken nor restored; nothing else happened in that month."""
    ids = reference_month(session)
    for code in ("gti", "gtr"):
        found = measure(session, code, period=(date(2026, 7, 1), date(2026, 7, 31)))
        assert found.value == 0
        assert found.rows == {ids["T8"]: Row(None, hit=False)}
        assert found.included == {"ouverts en retard": 1}


def test_the_month_under_way_is_judged_now(session: Session) -> None:
    reference_month(session)
    period = (date(2026, 7, 1), date(2026, 7, 31))
    before = datetime(2026, 7, 1, 7, 59, tzinfo=UTC)
    found = measure(session, "gti", period=period, now=before)
    assert found.value is None
    assert found.excluded == {"pas encore dus": 1}
    assert measure(session, "gti", period=period, now=before + timedelta(minutes=2)).value == 0


def test_midnight_in_paris_belongs_to_the_next_month(session: Session) -> None:
    for day, hour in ((10, 22), (11, 21)):
        ticket = add_ticket(session, f"{day} 10:00")
        tickets.resolve(session, ticket, datetime(2026, 6, 30, hour, tzinfo=UTC))
    july = (date(2026, 7, 1), date(2026, 7, 31))
    assert (measure(session, "mttres").n, measure(session, "mttres", period=july).n) == (1, 1)


def test_out_of_contract_nothing_is_judged(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.resolve(session, ticket, june("01 11:00"))
    for code in ("gti", "gtr"):
        assert measure(session, code).excluded == {"sans engagement": 1}
    assert measure(session, "mttres").value == 1


def test_one_contract_only(session: Session) -> None:
    reference_month(session)
    other = add_contract(session, number="CT-2")
    ticket = add_ticket(session, "01 10:00", asset_id=add_asset(session, "PT-01", other))
    tickets.resolve(session, ticket, june("01 12:00"))
    assert measure(session, "mttres", scope=Scope(contract_id=other)).rows == {ticket: Row(120)}
    assert measure(session, "mttres").n == 6


def test_repair_time_leaves_out_what_repairs_nothing(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    repair(session, ticket, "01 10:00", "01 11:00", 60)
    repair(session, ticket, "01 10:00", "01 11:00", 60)
    interventions.record(
        session,
        {
            "ticket_id": ticket,
            "maintenance_type": MaintenanceType.PREVENTIVE,
            "started_at": june("01 11:00"),
            "repair_minutes": 500,
        },
    )
    tickets.resolve(session, ticket, june("01 12:00"))
    untimed = add_ticket(session, "02 10:00")
    tickets.resolve(session, untimed, june("02 12:00"))
    found = measure(session, "mttr")
    assert (found.rows, found.excluded) == ({ticket: Row(60)}, {"sans temps de réparation": 1})


def many(session: Session, count: int, seed: int = 1) -> None:
    """Tickets over four years, as their journals would have projected them."""
    rng = random.Random(seed)
    contract = add_contract(session)
    base = datetime(2023, 1, 1, tzinfo=UTC)
    rows, visits = [], []
    for number in range(1, count + 1):
        opened = base + timedelta(minutes=rng.randrange(4 * 365 * 1440))
        promised = rng.random() < 0.9
        taken = opened + timedelta(minutes=rng.randrange(600)) if rng.random() < 0.97 else None
        resolved = taken + timedelta(minutes=rng.randrange(9000)) if taken and rng.random() < 0.95 else None
        take_due, due = opened + timedelta(minutes=500), opened + timedelta(minutes=7000)
        rows.append(
            {
                "id": number,
                "number": f"T-{number}",
                "subject": "Ennui",
                "kind": rng.choice([TicketKind.INCIDENT, TicketKind.INCIDENT, TicketKind.REQUEST]),
                "priority": Priority.P3,
                "status": TicketStatus.CANCELLED if rng.random() < 0.03 else TicketStatus.RESOLVED,
                "deleted_at": base if rng.random() < 0.01 else None,
                "contract_id": contract if promised else None,
                "opened_at": opened,
                "taken_at": taken,
                "resolved_at": resolved,
                "take_due_at": take_due if promised else None,
                "restore_due_at": due if promised else None,
                "take_minutes": int((taken - opened).total_seconds() // 60) if taken else None,
                "net_minutes": int((resolved - opened).total_seconds() // 60) if resolved else None,
                "take_met": taken <= take_due if taken and promised else None,
                "restore_met": resolved <= due if resolved and promised else None,
            }
        )
        visits += [
            {"number": f"FI-{number}-{k}", "ticket_id": number, "started_at": opened + timedelta(hours=2 * k + 1),
             "repair_minutes": rng.randrange(90)}
            for k in range(rng.choice([0, 1, 1, 2]))
        ]  # fmt: skip
    session.execute(insert(Ticket), rows)
    session.execute(insert(Intervention), visits)
    session.flush()


def recount(session: Session, code: str, since: datetime, until: datetime) -> tuple[Fraction | None, int]:
    """The same figures by a plain reading of every ticket."""
    mine = [t for t in session.scalars(select(Ticket)) if not t.deleted_at and t.status != TicketStatus.CANCELLED]
    ended = [t for t in mine if t.resolved_at and since <= t.resolved_at < until]
    begun = [t for t in mine if t.taken_at and since <= t.taken_at < until]
    broken = [t for t in ended if t.kind == TicketKind.INCIDENT]
    if code in {"gti", "gtr"}:
        met = [t.take_met for t in begun] if code == "gti" else [t.restore_met for t in ended]
        judged = [one for one in met if one is not None]
        for t in mine:
            act, due = (t.taken_at, t.take_due_at) if code == "gti" else (t.resolved_at, t.restore_due_at)
            if due and due < until and (act is None or act >= until):
                judged.append(False)
        return (Fraction(sum(judged), len(judged)) if judged else None), len(judged)
    if code == "mttr":
        spent: dict[int, int] = {}
        wanted = {t.id for t in broken}
        for visit in session.scalars(select(Intervention)):
            if visit.ticket_id in wanted:
                spent[visit.ticket_id] = spent.get(visit.ticket_id, 0) + (visit.repair_minutes or 0)
        values = list(spent.values())
    else:
        values = [t.take_minutes or 0 for t in begun] if code == "mtta" else [t.net_minutes or 0 for t in broken]
    return (Fraction(sum(values), 60 * len(values)) if values else None), len(values)


@pytest.mark.parametrize("code", ["mtta", "mttres", "mttr", "gti", "gtr"])
def test_sql_agrees_with_a_plain_recount(session: Session, code: str) -> None:
    many(session, 3000)
    for start, end in ((date(2024, 2, 1), date(2024, 2, 29)), (date(2025, 10, 1), date(2025, 12, 31))):
        cohort = Cohort(session, start, end, NOW)
        found = REGISTRY[code].compute(cohort)
        value, n = recount(session, code, cohort.since, cohort.until)
        assert value is not None
        assert found.value is not None
        assert (round(float(found.value), 12), found.n, len(found.ids)) == (round(float(value), 12), n, n)
        times = [one.amount for one in found.rows.values() if one.amount is not None]
        assert found.median == Decimal(median(times)) / 60
        assert REGISTRY[code].compute(Cohort(session, start, end, NOW, detail=False)).value == found.value


def test_twenty_thousand_tickets_are_counted_at_once(tmp_path: Path) -> None:
    """In a plain base: the history that the store keeps is not what is measured."""
    engine = create_engine(f"sqlite:///{tmp_path / 'many'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        many(session, 20_000)
        begun = time.perf_counter()
        for code in REGISTRY:
            measure(session, code, detail=False, period=(date(2025, 10, 1), date(2025, 10, 31)))
        assert time.perf_counter() - begun < 0.5
    engine.dispose()
