"""The tickets seen from a past moment: what the base said then, whatever happened since."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.kpi import REGISTRY, Measure, Scope
from app.models import Ticket
from app.models.codes import Priority, WaitReason
from app.services import as_of, tickets
from app.services.cohorts import Asked
from app.services.spans import Period
from app.storage import Store, open_store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
CODES = ("mtta", "mttres", "mttr", "gti", "gts", "gtr", "fcr", "reouverture", "recurrence", "volume", "backlog",
         "backlog_age")  # fmt: skip


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def measure(session: Session, code: str, now: datetime, period: Period = JUNE) -> Measure:
    found = Asked(session, now).measure(REGISTRY[code], period, detail=True)
    short = Asked(session, now).measure(REGISTRY[code], period)
    assert (short.value, short.n) == (found.value, found.n)
    return found


def test_the_present_reads_the_table_itself(session: Session) -> None:
    assert as_of.tickets(session, june("01 10:00")) is Ticket.__table__
    reference_month(session)
    assert as_of.tickets(session, june("30 15:01")) is Ticket.__table__
    assert as_of.tickets(session, june("30 15:00")) is not Ticket.__table__


def test_a_ticket_reopened_later_was_restored_then(session: Session) -> None:
    ids = reference_month(session)
    between = june("10 18:00")
    found = measure(session, "mttres", between)
    assert found.rows[ids["T5"]].amount == 90
    assert measure(session, "reouverture", between).value == 0
    assert set(measure(session, "backlog", between).rows) == set()
    assert set(measure(session, "backlog", june("11 11:00")).rows) == {ids["T5"]}


def test_one_cancelled_later_was_open_then(session: Session) -> None:
    ids = reference_month(session)
    before = measure(session, "backlog", june("15 10:03"))
    assert set(before.rows) == {ids["T6"]}
    assert measure(session, "volume", june("15 10:03")).excluded == {}


def test_a_severity_changed_later_was_another(session: Session) -> None:
    contract = add_contract(session)
    ticket = add_ticket(session, "01 10:00", "P4", asset_id=add_asset(session, "PC-01", contract))
    tickets.change_priority(session, ticket, june("02 10:00"), Priority.P1, "Bloque l’atelier")
    assert measure(session, "gtr", june("02 09:00")).value is None
    assert measure(session, "gtr", june("02 11:00")).value == 0


COURSES = (
    "", "take", "take wait", "take wait end_wait resolve close", "take resolve", "take resolve reopen resolve close",
    "take resolve reopen", "take cancel", "take contact contact resolve", "take arrive urge resolve close contact",
)  # fmt: skip


def test_a_contract_changed_later_holds_from_the_opening(session: Session) -> None:
    contract = add_contract(session)
    asset = add_asset(session, "PC-01", contract)
    ticket = add_ticket(session, "01 10:00", "P1", asset_id=asset)
    tickets.change_cover(session, ticket, june("03 10:00"), asset_id=None, text="Mauvais bien")
    assert measure(session, "gtr", june("02 10:00")).value is None


def story(draw: random.Random) -> list[tuple[datetime, int, str]]:
    """Acts on forty tickets over a month and a half, in the order of time: when, on which one, what."""
    acts = []
    for place in range(40):
        at = june("01 08:00") + timedelta(minutes=draw.randrange(24 * 1440))
        for act in ["open", *draw.choice(COURSES).split()]:
            acts.append((at, place, act))
            at += timedelta(minutes=draw.randrange(1, 2500))
    return sorted(acts)


def play(session: Session, acts: list[tuple[datetime, int, str]]) -> None:
    contract = add_contract(session)
    assets = [add_asset(session, f"PC-{number}", contract) for number in range(3)]
    made: dict[int, int] = {}
    for at, place, act in acts:
        if act == "open":
            more = {"asset_id": assets[place % 3], "category": ("Réseau", "Poste")[place % 2]}
            made[place] = add_ticket(session, "01 08:00", f"P{place % 3 + 1}", opened_at=at, **more)
        elif act == "wait":
            tickets.start_wait(session, made[place], at, WaitReason.PART, "Pièce", "Yanis")
        elif act == "urge":
            tickets.change_priority(session, made[place], at, Priority.P4, "Il peut attendre")
        elif act in {"contact", "reopen", "cancel"}:
            getattr(tickets, act)(session, made[place], at, "Dit au téléphone")
        else:
            getattr(tickets, act)(session, made[place], at)


@pytest.mark.parametrize("seed", range(2))
def test_a_past_moment_is_what_a_base_of_that_moment_says(store: Store, tmp_path: Path, seed: int) -> None:
    """Each figure, with its records, equals that of a base in which nothing later was ever written."""
    draw = random.Random(seed)
    acts = story(draw)
    with store.begin("essai") as session:
        play(session, acts)
        for day in (9, 24):
            now = june(f"{day:02d} 14:00")
            with closing(open_store(tmp_path / f"{day}.parc")) as other, other.begin("essai") as then:
                play(then, [one for one in acts if one[0] < now])
                for code in CODES:
                    assert measure(session, code, now) == measure(then, code, now), (code, day)


def test_a_past_moment_keeps_to_its_scope(session: Session) -> None:
    ids = reference_month(session)
    with_asset = Scope(contract_id=1, priority=Priority.P3)
    found = Asked(session, june("09 09:00"), with_asset).measure(REGISTRY["mttres"], JUNE, detail=True)
    assert set(found.rows) == {ids["T2"], ids["T3"]}
