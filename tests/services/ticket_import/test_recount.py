"""Random histories written as a list, imported, and counted again minute by minute, by nothing that the rules know."""

import random
from bisect import bisect_left
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import select

from app.fields import PARIS
from app.jobs import drain
from app.models import Ticket
from app.services.ticket_import import import_job
from app.storage import Store
from tests.services.company import TARGETS, add_asset, add_contract

START, DAYS, MANY = datetime(2026, 6, 1, tzinfo=PARIS), 30, 400
"""A month without a holiday."""
HEAD = "ID;Titre;Ouvert le;Pris en charge le;Rétabli le;Clos le;Rouvert le;Priorité;Bien"


def is_worked(minute: int) -> bool:
    """Monday to Friday, 9 to 18."""
    at = START + timedelta(minutes=minute)
    return at.weekday() < 5 and 9 <= at.hour < 18


WORKED = [0, *accumulate(int(is_worked(minute)) for minute in range(DAYS * 1440))]
"""Minutes worked since the start of the month, at each of its minutes."""


def written(minute: int | None) -> str:
    return "" if minute is None else f"{START + timedelta(minutes=minute):%d/%m/%Y %H:%M}"


def told(minute: int | None) -> datetime | None:
    return None if minute is None else START + timedelta(minutes=minute)


def history(draw: random.Random) -> tuple[str, list[int | None]]:
    """A priority; then opened, taken, restored, closed, opened again, in minutes: some are missing, some come before
    the restoration, some after it."""
    opened = draw.randrange(20 * 1440)
    taken = opened + draw.randrange(900)
    restored = taken + draw.randrange(4000)
    closed = restored + draw.randrange(4000)
    again = draw.choice([None, None, draw.randrange(opened, restored + 1), draw.randrange(restored, closed + 1)])
    ended = draw.choice([closed, None]) if again is None or again <= restored else closed
    return draw.choice(list(TARGETS)), [opened, draw.choice([taken, None]), restored, ended, again]


def counted(priority: str, times: list[int | None]) -> tuple[int, int | None, bool, datetime | None]:
    """Net minutes, minutes to the taking, whether restored in time, when that was due."""
    opened, taken, restored, closed, again = times
    assert opened is not None
    assert restored is not None
    net, gap = WORKED[restored] - WORKED[opened], 0
    if again is not None and again > restored and closed is not None:
        net += WORKED[closed] - WORKED[again]
        gap = WORKED[again] - WORKED[restored]
    # nobody restores what nobody has taken: a restoration implied by a reopening is a taking at the latest; but where
    # the list says nothing of the taking, nothing is measured of it
    first = min(one for one in (taken, again if again and again <= restored else None, restored) if one is not None)
    target = TARGETS[priority][1]
    due = bisect_left(WORKED, WORKED[opened] + target)
    take = None if taken is None else WORKED[first] - WORKED[opened]
    return net, take, net <= target, None if gap else told(due)


def test_the_times_of_imported_tickets_are_those_of_a_plain_count(store: Store, tmp_path: Path) -> None:
    draw = random.Random(2027)
    made = {str(number): history(draw) for number in range(MANY)}
    path = tmp_path / "tickets.csv"
    lines = [";".join((n, "Panne", *map(written, times), p, "PC-01")) for n, (p, times) in made.items()]
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    with store.begin() as session:
        add_asset(session, "PC-01", add_contract(session))
    outcome = drain(import_job(store, [path]))
    assert (outcome.added, outcome.rejects) == (MANY, ())
    with store.read() as session:
        for ticket in session.scalars(select(Ticket)):
            net, taken, met, due = counted(*made[ticket.source_number or ""])
            assert (ticket.net_minutes, ticket.take_minutes, ticket.restore_met) == (net, taken, met), made[
                ticket.source_number or ""
            ]
            assert due is None or ticket.restore_due_at == due
