"""Any acts in any order: each is taken or refused, and the ticket stays coherent."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.errors import AppError
from app.models import Ticket
from app.models.codes import Priority, TicketStatus, WaitReason
from app.services import tickets
from app.services.clock import PromiseState, clock
from app.services.journal import journal, project
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


def step(session: Session, ticket: int, at: datetime, rng: random.Random) -> None:
    """One act, or a refusal."""
    reason, priority = rng.choice(list(WaitReason)), rng.choice(list(Priority))
    tries: list[Callable[[], None]] = [
        lambda: tickets.take(session, ticket, at),
        lambda: tickets.arrive(session, ticket, at),
        lambda: tickets.contact(session, ticket, at, "Appel"),
        lambda: tickets.start_wait(session, ticket, at, reason, author="Yanis"),
        lambda: tickets.end_wait(session, ticket, at, reason=reason),
        lambda: tickets.end_wait(session, ticket, at),
        lambda: tickets.resolve(session, ticket, at),
        lambda: tickets.reopen(session, ticket, at, "Encore"),
        lambda: tickets.change_priority(session, ticket, at, priority, "Pour voir"),
        lambda: tickets.close(session, ticket, at),
    ]
    rng.choice(tries)()


def walk(session: Session, ticket: int, rng: random.Random) -> int:
    """Forty tries, mostly forward in time; gives how many were refused."""
    at, refused = june("01 10:00"), 0
    for _ in range(40):
        at += timedelta(minutes=rng.choice([-90, 0, 5, 60, 600, 2000]))
        try:
            step(session, ticket, at, rng)
        except AppError:
            refused += 1
    return refused


@pytest.mark.parametrize("seed", range(12))
def test_a_walk_leaves_a_coherent_ticket(store: Store, seed: int) -> None:
    with store.begin("essai") as session:
        asset = add_asset(session, "PC-01", add_contract(session, part_wait_stops=bool(seed % 2)))
        ticket = add_ticket(session, "01 10:00", "P2", asset_id=asset)
        refused = walk(session, ticket, random.Random(seed))
        rows = journal(session, ticket)
        assert 0 < refused < 40
        assert len(rows) == 41 - refused
        found = session.get_one(Ticket, ticket)
        done = found.status in {TicketStatus.RESOLVED, TicketStatus.CLOSED}
        assert (found.resolved_at is not None) == (found.net_minutes is not None) == done
        if found.net_minutes is not None and found.calendar_minutes is not None:
            assert 0 <= found.net_minutes <= found.calendar_minutes
        panel = clock(session, ticket, rows[0].at)
        assert (panel.waiting is not None) == (found.status == TicketStatus.WAITING)
        assert all(one.spent >= 0 for one in panel.deadlines)
        assert panel.stopped or panel.deadlines[2].state != PromiseState.STOPPED
        before = [getattr(found, c.key) for c in Ticket.__table__.columns if c.key not in {"version", "updated_at"}]
        project(session, ticket)
        session.refresh(found)
        after = [getattr(found, c.key) for c in Ticket.__table__.columns if c.key not in {"version", "updated_at"}]
        assert before == after
