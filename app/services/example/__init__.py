"""The example company: the Ateliers Morvan, a joinery that does not exist, drawn from resources/example.

The same seed and day give the same company, down to the identifiers of its records. The tickets follow the very rules
of the program; they are written by the thousand, so that a base of any size can be made to measure by.
"""

from datetime import UTC, date, datetime, time
from random import Random

from sqlalchemy.orm import Session

from app.errors import Refused
from app.jobs import Job
from app.services import setup
from app.services.example import (
    agreements,
    aimed,
    asked,
    concluded,
    consultation,
    dated,
    firm,
    fleet,
    gathered,
    handed,
    helpdesk,
    invoices,
    judged,
    opinions,
    planned,
    promises,
    providers,
    reviewed,
    scored,
    seen,
    upkeep,
    wording,
)
from app.services.example.world import World
from app.storage import Store

TODAY = date(2026, 11, 20)


def fill(
    session: Session, seed: int = 1, assets: int | None = None, tickets: int | None = None, today: date = TODAY
) -> Job[None]:
    """Fill an empty base with the company as it stands on the morning of `today`: 98 assets, 48 of
    them workstations, and 900 tickets, or as many as asked. Refused if anything was entered before."""
    if not setup.is_empty(session):
        raise Refused("Cette base n’est pas vide\u00a0: l’entreprise d’exemple n’y a pas été ajoutée.")
    setup.ensure(session)
    world = World(session, Random(seed), today, datetime.combine(today, time(7), UTC), Random(f"{seed} factures"), seed)
    firm.settle(world, assets or 0)
    yield from fleet.equip(world, assets)
    seen.look(world)
    seen.license_all(world)
    agreements.sign(world)
    upkeep.keep_up(world)
    yield from helpdesk.answer(world, tickets)
    planned.plan(world)
    opinions.judge(world)
    asked.ask_all(world)
    judged.judge_all(world)
    providers.know(world)
    consultation.consult(world)
    wording.write(world)
    agreements.detail(world)
    promises.promise(world)
    handed.hand_over(world)
    invoices.bill(world)
    dated.remind(world)
    gathered.gather(world)
    aimed.aim(world)
    reviewed.review(world)
    concluded.conclude(world)
    scored.score(world)
    world.keep_counters()


def fill_job(
    store: Store, seed: int = 1, assets: int | None = None, tickets: int | None = None, today: date = TODAY
) -> Job[None]:
    """The same as one act of the store; closing the job leaves the base empty."""
    with store.begin("Entreprise d’exemple") as session:
        yield from fill(session, seed, assets, tickets, today)
