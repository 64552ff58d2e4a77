"""Any acts in any order: each is taken or refused, and the ticket stays coherent."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.errors import AppError
from app.models import Ticket, TicketEvent
from app.models.codes import EventKind, Priority, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.services import ticket_terms, tickets
from app.services.clock import PromiseState, clock
from app.services.contracts import calendar_of, opening_day
from app.services.journal import acts, journal, project
from app.storage import Store
from tests.rules.test_worktime_reference import runs
from tests.services.company import add_asset, add_contract, add_ticket, june

TRIES = 40
MINUTE = timedelta(minutes=1)


def step(session: Session, ticket: int, at: datetime, rng: random.Random) -> None:
    """One act, or a refusal."""
    reason, priority = rng.choice(list(WaitReason)), rng.choice(list(Priority))
    how, chosen = rng.choice(list(Resolution)), rng.random() < 0.5
    asset = session.get_one(Ticket, ticket).asset_id
    tries: list[Callable[[], None]] = [
        lambda: tickets.take(session, ticket, at),
        lambda: tickets.arrive(session, ticket, at),
        lambda: tickets.contact(session, ticket, at, "Appel"),
        lambda: tickets.start_wait(session, ticket, at, reason, "Parce que", author="Yanis"),
        lambda: tickets.end_wait(session, ticket, at, reason=reason),
        lambda: tickets.end_wait(session, ticket, at),
        lambda: tickets.resolve(session, ticket, at, resolution=how, text="Ainsi"),
        lambda: tickets.finalise(session, ticket, at, "Pour de bon"),
        lambda: tickets.reopen(session, ticket, at, "Encore"),
        lambda: tickets.change_priority(session, ticket, at, priority, "Pour voir"),
        lambda: tickets.close(session, ticket, at),
        lambda: tickets.down(session, ticket, at),
        lambda: tickets.up(session, ticket, at),
        lambda: tickets.transfer(session, ticket, at, rng.choice(["Yanis", "Sonia"])),
        lambda: tickets.change_cover(session, ticket, at, asset_id=asset, chosen=chosen, text="À revoir"),
    ]
    rng.choice(tries)()


def walk(session: Session, ticket: int, rng: random.Random) -> int:
    """Forty tries, mostly forward in time; gives how many were refused."""
    at, refused = june("01 10:00"), 0
    for _ in range(TRIES):
        at += timedelta(minutes=rng.choice([-90, 0, 5, 60, 600, 2000]))
        try:
            step(session, ticket, at, rng)
        except AppError:
            refused += 1
    return refused


def recounted(session: Session, ticket: Ticket, told: list[TicketEvent]) -> tuple[int, int]:
    """Minutes that the clock ran, and that the asset was down (of times that ended): minute by minute, from the acts
    alone, with the waits that stop the clock by the contract it is under now."""
    calendar = calendar_of(session, ticket.contract_id, opening_day(ticket.opened_at))
    stopping = {one for one in WaitReason if tickets.clock_stops(session, ticket, one)}
    end = ticket.resolved_at or told[-1].at
    net = down = pending = 0
    moment, waits, resting, stopped = min(told[0].at, ticket.opened_at), set[WaitReason](), False, False
    left = sorted(told, key=lambda one: one.at)
    while moment <= max(end, told[-1].at):
        while left and left[0].at <= moment:
            one = left.pop(0)
            if one.kind == EventKind.WAIT_STARTED and one.wait_reason:
                waits.add(one.wait_reason)
            elif one.kind == EventKind.WAIT_ENDED:
                waits = waits - {one.wait_reason} if one.wait_reason else set()
            elif one.kind in {EventKind.RESOLVED, EventKind.FINAL}:
                around = one.value == Resolution.WORKAROUND
                waits, resting = set(), resting or not around or ticket_terms.workaround_stops(session, ticket)
            elif one.kind == EventKind.REOPENED:
                resting = False
            elif one.kind == EventKind.DOWN:
                stopped = True
            elif one.kind == EventKind.UP:
                down, pending, stopped = down + pending, 0, False
        worked = runs(calendar, moment)
        net += worked and not waits & stopping and not resting and ticket.opened_at <= moment < end
        pending += worked and stopped
        moment += MINUTE
    return net, down


@pytest.mark.parametrize("seed", range(16))
def test_a_walk_leaves_a_coherent_ticket(store: Store, seed: int) -> None:
    with store.begin("essai") as session:
        written = {"part_wait_stops": bool(seed % 2), "workaround_stops": bool(seed % 3)}
        asset = add_asset(session, "PC-01", add_contract(session, **written))
        ticket = add_ticket(session, "01 10:00", "P2", asset_id=asset, down_at=june("01 08:00") if seed % 5 else None)
        begun = len(journal(session, ticket))
        refused = walk(session, ticket, random.Random(seed))
        rows, told = journal(session, ticket), acts(session, ticket)
        assert 0 < refused < TRIES
        assert len(rows) >= begun + TRIES - refused  # a solution puts the asset in service again
        found = session.get_one(Ticket, ticket)
        done = found.status in {TicketStatus.RESOLVED, TicketStatus.CLOSED}
        assert (found.resolved_at is not None) == (found.net_minutes is not None) == done
        if found.net_minutes is not None and found.calendar_minutes is not None:
            assert 0 <= found.net_minutes <= found.calendar_minutes
        panel = clock(session, ticket, max(one.at for one in told))
        if not done or found.status == TicketStatus.RESOLVED:
            assert (panel.deadlines[2].spent, found.down_minutes or 0) == recounted(session, found, told)
        assert (panel.waiting is not None) == (found.status == TicketStatus.WAITING)
        assert all(one.spent >= 0 for one in panel.deadlines)
        assert panel.stopped or panel.deadlines[2].state != PromiseState.STOPPED
        assert not panel.moves or panel.moves[-1].due in {panel.deadlines[2].due, None}
        before = [getattr(found, c.key) for c in Ticket.__table__.columns if c.key not in {"version", "updated_at"}]
        project(session, ticket)
        session.refresh(found)
        after = [getattr(found, c.key) for c in Ticket.__table__.columns if c.key not in {"version", "updated_at"}]
        assert before == after
