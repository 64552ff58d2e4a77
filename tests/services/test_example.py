"""The example company: believable, never twice different, and true to the rules that the program itself applies."""

import re
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities import ENTITIES, Entity
from app.errors import Refused
from app.fields import PARIS
from app.jobs import drain
from app.models import (
    Asset,
    Company,
    Contract,
    Erasure,
    Family,
    Installation,
    Intervention,
    Person,
    Provider,
    Record,
    Retirement,
    Revision,
    Software,
    Survey,
    Ticket,
    TicketEvent,
)
from app.models.codes import AssetStatus, Charge, ContractStatus, EventKind, TicketStatus
from app.models.contract_codes import PriceModel
from app.rules.notice import in_force, standing
from app.services import amendments, contracts, example, journal, records, revising, setup, tickets
from app.services.expertises import latest
from app.storage import Store, open_store

KEPT: list[type[Record]] = [*(entity.model for entity in ENTITIES.values()), TicketEvent]


def content(session: Session, model: type[Record]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(select(*model.__table__.columns).order_by(model.id))]


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.read() as session:
        return {model.__name__: content(session, model) for model in KEPT}


def count(session: Session, model: type[Record]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def filled(morvan: Store) -> Store:
    return morvan


def another(path: Path, seed: int) -> dict[str, list[tuple[Any, ...]]]:
    with closing(open_store(path)) as store:
        drain(example.fill_job(store, seed=seed))
        return everything(store)


def test_the_same_seed_gives_the_same_company_and_another_seed_another(filled: Store, tmp_path: Path) -> None:
    kept = everything(filled)
    every_base = ("Clause", "Family", "FamilyField", "SemesterRate", "SupportEnd")
    given = {name: kept[name] for name in every_base}
    assert kept == another(tmp_path / "meme.parc", 1) | given
    assert kept["Ticket"] != another(tmp_path / "autre.parc", 2)["Ticket"]


def test_it_has_the_size_of_a_small_company(filled: Store) -> None:
    with filled.read() as session:
        sizes = [count(session, model) for model in (Asset, Person, Provider, Contract, Ticket)]
        assert sizes == [98, 51, 6, 3, 900]
        assert 380 <= count(session, Intervention) <= 480
        assert setup.company(session) == setup.CompanyCard("Ateliers Morvan", is_example=True)


def test_forty_eight_workstations_stand_on_two_sites(filled: Store) -> None:
    with filled.read() as session:
        sites = session.execute(
            select(Asset.site_id, func.count())
            .join(Family, Family.id == Asset.family_id)
            .where(Family.is_workstation, Asset.status != AssetStatus.RETIRED)
            .group_by(Asset.site_id)
        ).all()
        assert sum(n for _, n in sites) == 48
        assert len(sites) == 2


def test_what_an_agent_saw_says_what_to_mend(filled: Store) -> None:
    with filled.read() as session:
        seen = session.scalars(select(Survey)).all()
        assert len(seen) == 49
        assert sum(not one.antivirus_on for one in seen) >= 2
        assert any((one.disk_free_gb or 0) * 10 < (one.disk_total_gb or 0) for one in seen)
        assert min(one.battery_health or 100 for one in seen) < 60
        assert count(session, Software) == 19
        assert (session.scalar(select(func.count()).select_from(Installation)) or 0) > 300


def test_the_fleet_was_judged_twice_by_the_rules(filled: Store) -> None:
    with filled.read() as session:
        lot = latest(session, example.TODAY)
        assert lot.number == "EXP-2026-001"
        assert lot.reserves == ()
        assert sum(lot.counts.values()) == len(lot.rows) == 97
        assert all(lot.counts[letter] for letter in "ABCDE")
        assert any(row.before and row.before.verdict != row.verdict for row in lot.rows)
        assert [row.ruled.value for row in lot.rows if row.reason] == ["C"]


def test_what_left_left_with_its_proofs(filled: Store) -> None:
    with filled.read() as session:
        out = session.scalars(select(Asset).where(Asset.status == AssetStatus.RETIRED)).all()
        for asset in out:
            erased = session.scalars(select(Erasure).where(Erasure.asset_id == asset.id)).one()
            gone = session.scalars(select(Retirement).where(Retirement.asset_id == asset.id)).one()
            assert erased.done_on <= gone.retired_on == asset.retired_on
        assert len(out) == 1


def test_every_family_that_a_company_has_is_there(filled: Store) -> None:
    with filled.read() as session:
        assert len(session.scalars(select(Asset.family_id).distinct()).all()) == len(setup.FAMILIES)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda e: e.key)
def test_every_record_would_be_accepted_from_a_form(filled: Store, entity: Entity) -> None:
    with filled.read() as session:
        for record_id in session.scalars(select(entity.model.id)):
            values = records.get(session, entity, record_id).values
            assert records.checked(session, entity, values, record_id) == values


def test_no_address_nor_number_reaches_anybody(filled: Store) -> None:
    reserved = re.compile(r"(01 99 00|03 53 01|06 39 98)( \d\d){2}")
    with filled.read() as session:
        for table in (Company.__table__, Person.__table__, Provider.__table__):
            for phone, email in session.execute(select(table.c.phone, table.c.email)):
                assert reserved.fullmatch(phone)
                assert email.endswith("exemple.fr")
        assert all(serial.startswith("EX") for serial in session.scalars(select(Asset.serial)) if serial)


def test_the_delays_are_those_that_the_program_counts_from_the_journal(filled: Store) -> None:
    with filled.read() as session:
        for ticket in session.scalars(select(Ticket)):
            acts = journal.acts(session, ticket.id)
            course = journal.course_of(acts)
            counted = journal.projected(course, journal.assessed(session, ticket, course, acts[-1].at))
            assert {name: getattr(ticket, name) for name in counted} == counted
            assert ticket.contacts == course.contacts


def test_each_ticket_has_the_contract_that_covered_its_asset_that_day(filled: Store) -> None:
    with filled.read() as session:
        for ticket in session.scalars(select(Ticket)):
            on = ticket.opened_at.astimezone(PARIS).date()
            assert ticket.contract_id == contracts.cover_of(session, ticket.asset_id, on)


def test_each_act_was_allowed_in_the_state_it_was_done_in(filled: Store) -> None:
    with filled.read() as session:
        for ticket in session.scalars(select(Ticket)):
            acts = journal.acts(session, ticket.id)
            told = [act.kind for act in acts].index(EventKind.OPENED) + 1
            for done, act in enumerate(acts[told:], told):
                before = TicketStatus.of(journal.course_of(acts[:done]).status)
                assert before in tickets.ALLOWED[act.kind]


def test_a_clock_stops_for_the_reasons_of_the_contract(filled: Store) -> None:
    with filled.read() as session:
        waits = select(TicketEvent).where(TicketEvent.kind == EventKind.WAIT_STARTED)
        for act in session.scalars(waits):
            ticket = session.get_one(Ticket, act.ticket_id)
            assert act.wait_reason is not None
            assert act.stops_clock == tickets.clock_stops(session, ticket, act.wait_reason)


def test_three_tickets_are_open_and_some_were_late(filled: Store) -> None:
    with filled.read() as session:
        states = Counter(session.scalars(select(Ticket.status)))
        assert [states[s] for s in (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)] == [1, 1, 1]
        met = Counter(session.scalars(select(Ticket.restore_met)))
        assert 0.05 < met[False] / (met[True] + met[False]) < 0.3


def test_a_notice_falls_soon_on_a_contract_renewed_twice(filled: Store) -> None:
    with filled.read() as session:
        main = session.scalars(select(Contract).order_by(Contract.id)).first()
        assert main is not None
        found = standing(contracts.terms_of(main), example.TODAY)
        assert found.period.index == 2
        assert found.notice is not None
        assert timedelta() <= found.notice.advised_posting - example.TODAY <= timedelta(days=45)


def test_two_contracts_are_in_force_and_one_was_amended(filled: Store) -> None:
    with filled.read() as session:
        signed = select(Contract).where(Contract.status != ContractStatus.DRAFT).order_by(Contract.id)
        kept = session.scalars(signed).all()
        main, bank = amendments.all_on_day(session, kept, example.TODAY)
        assert [in_force(contracts.terms_of(one), example.TODAY) for one in (main, bank)] == [True, True]
        assert (kept[0].fee, main.fee) == (66_000, 69_000)
        assert revising.proposal(session, main.id, example.TODAY).before == 69_000
        assert (bank.price_model, bank.hours_bought, bank.hours_price) == (PriceModel.HOUR_BANK, 300, 30_000)
        applied = session.scalars(select(Revision)).one()
        first = revising.proposal(session, main.id, applied.effective_on - timedelta(days=1))
        assert (first.before, first.after, first.index_to) == (66_000, 69_000, applied.index_to)
        done = select(Intervention.charge).join(Ticket, Ticket.id == Intervention.ticket_id)
        counted = session.scalars(done.where(Ticket.contract_id == bank.id))
        assert set(counted) == {Charge.COUNTED}


@pytest.mark.parametrize("month", range(1, 13))
def test_whatever_the_day_nothing_has_happened_after_it(store: Store, month: int) -> None:
    today = date(2027, month, 14)
    drain(example.fill_job(store, tickets=40, today=today))
    morning = datetime.combine(today, time(0), PARIS).astimezone(UTC)
    with store.read() as session:
        assert (session.scalar(select(func.max(TicketEvent.at))) or morning) < morning
        assert (session.scalar(select(func.max(Intervention.ended_at))) or morning) < morning
        numbers = session.scalars(select(Ticket.number).order_by(Ticket.opened_at, Ticket.id)).all()
        assert numbers == sorted(numbers)


@pytest.mark.parametrize(("assets", "wanted"), [(0, 0), (1, 1), (130, 130), (1001, 1001)])
def test_it_can_be_made_of_any_size(store: Store, assets: int, wanted: int) -> None:
    drain(example.fill_job(store, assets=assets, tickets=20))
    with store.read() as session:
        assert count(session, Asset) == wanted
        assert count(session, Ticket) == (20 if wanted else 0)
        assert len(set(session.scalars(select(Asset.number)))) == wanted


def test_many_tickets_are_spread_over_two_years_and_written_as_they_come(store: Store) -> None:
    steps = list(example.fill_job(store, tickets=2500))
    assert [step.done for step in steps] == [1000, 2000]
    with store.read() as session:
        first = session.scalar(select(func.min(Ticket.opened_at)))
        assert first is not None
        assert first.date() < date(2025, 1, 1)


def test_the_program_goes_on_from_the_last_numbers(own_morvan: Store) -> None:
    with own_morvan.begin() as session:
        family = session.scalar(select(Asset.family_id).where(Asset.number == "PC-0001"))
        given = records.create(session, ENTITIES["asset"], {"family_id": family})
        assert session.get_one(Asset, given).number == "PC-0026"
        opened = datetime(2026, 11, 20, 9, tzinfo=UTC)
        ticket = tickets.open_ticket(session, tickets.TicketDraft(subject="Essai", opened_at=opened))
        last = session.scalar(select(func.count()).where(Ticket.number.startswith("T-2026-")))
        assert session.get_one(Ticket, ticket).number == f"T-2026-{last:04d}"


def test_a_base_that_is_not_empty_is_refused(own_morvan: Store) -> None:
    with pytest.raises(Refused, match="pas vide"):
        drain(example.fill_job(own_morvan))


def test_a_job_that_is_cancelled_leaves_the_base_empty(store: Store) -> None:
    job = example.fill_job(store, assets=2000)
    assert len(list(islice(job, 1))) == 1
    job.close()
    with store.read() as session:
        assert setup.is_empty(session)
