"""The terms of a contract: saved as one, refused as one, and what becomes of the open tickets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields
from app.models import Contract, Ticket
from app.models.codes import ContractStatus
from app.services import terms, tickets
from app.services.contracts import calendar_of, levels_of
from app.services.terms import Level, ServiceTerms
from app.storage import Store
from tests.services.company import DAY, add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


@pytest.fixture
def contract(session: Session) -> int:
    return add_contract(session)


def with_level(kept: ServiceTerms, position: int, **values: int | None) -> ServiceTerms:
    levels = list(kept.levels)
    levels[position] = replace(levels[position], **values)  # type: ignore[arg-type]
    return replace(kept, levels=tuple(levels))


def test_what_was_saved_is_read_back(session: Session, contract: int) -> None:
    kept = terms.service_terms(session, contract)
    assert [level.restore_minutes for level in kept.levels] == [240, 480, 960, 2400]
    assert kept.week == (((540, 1080),),) * 5 + ((), ())
    wanted = replace(
        with_level(kept, 0, on_site_minutes=120),
        week=terms.PRESETS[1][1],
        closings=({"first_day": date(2026, 8, 3), "last_day": date(2026, 8, 21), "label": "Congés"},),
    )
    terms.save_terms(session, contract, wanted)
    again = terms.service_terms(session, contract)
    assert (again.levels, again.week) == (wanted.levels, wanted.week)
    assert again.closings[0]["label"] == "Congés"
    assert calendar_of(session, contract, DAY).closings == ((date(2026, 8, 3), date(2026, 8, 21)),)
    longer = {**again.closings[0], "last_day": date(2026, 8, 28)}
    terms.save_terms(session, contract, replace(again, closings=(longer,)))
    assert terms.service_terms(session, contract).closings == (longer,)
    terms.save_terms(session, contract, replace(again, closings=()))
    assert terms.service_terms(session, contract).closings == ()


def test_a_corrected_contract_times_its_open_tickets_again(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    ticket = session.get_one(Ticket, add_ticket(session, "01 10:00", "P3", asset_id=asset))
    assert ticket.restore_due_at == june("02 17:00")
    assert terms.change(session, contract, {"round_the_clock": True}) == 1
    assert ticket.restore_due_at == june("02 02:00")
    terms.change(session, contract, {"denounced_on": date(2026, 6, 1), "status": ContractStatus.ACTIVE})
    assert session.get_one(Contract, contract).status == ContractStatus.TERMINATED


def test_open_tickets_follow_the_new_terms_and_closed_ones_keep_theirs(session: Session, contract: int) -> None:
    asset = add_asset(session, "PC-01", contract)
    running = add_ticket(session, "01 10:00", "P2", asset_id=asset)
    closed = add_ticket(session, "01 10:00", "P2", asset_id=asset)
    tickets.resolve(session, closed, june("01 12:00"))
    tickets.close(session, closed, june("01 13:00"))
    wanted = with_level(terms.service_terms(session, contract), 1, restore_minutes=240)
    assert terms.save_terms(session, contract, wanted) == 1
    assert session.get_one(Ticket, running).restore_due_at == june("01 14:00")
    assert session.get_one(Ticket, closed).restore_due_at == june("01 18:00")


def test_round_the_clock(session: Session, contract: int) -> None:
    kept = terms.service_terms(session, contract)
    terms.save_terms(session, contract, replace(kept, round_the_clock=True))
    assert calendar_of(session, contract, DAY).round_the_clock


def test_every_refusal_is_told_at_once(session: Session, contract: int) -> None:
    kept = terms.service_terms(session, contract)
    week = (((540, 780), (720, 1080)), ((600, 600),), *kept.week[2:])
    wrong = replace(with_level(kept, 1, restore_minutes=60), week=week, closings=({"label": "Août"},))
    with pytest.raises(InvalidFields) as refused:
        terms.save_terms(session, contract, wrong)
    assert set(refused.value.problems) == {"P2.restore_minutes", "day.0", "day.1", "closings"}
    assert "se chevauchent" in refused.value.problems["day.0"]


def test_a_first_level_is_made_at_need(session: Session) -> None:
    contract = add_contract(session, number="CT-2")
    for level in levels_of(session, contract, DAY):
        assert level
    bare = Contract(
        number="CT-3", subject="Nu", provider_id=session.get_one(Contract, contract).provider_id,
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    session.add(bare)
    session.flush()
    kept = terms.service_terms(session, bare.id)
    assert kept.levels[0] == Level(kept.levels[0].priority, None, None, None)
    first = with_level(kept, 0, take_minutes=60)
    with pytest.raises(InvalidFields) as refused:
        terms.save_terms(session, bare.id, first)
    assert refused.value.problems == dict.fromkeys([f"P{n}.take_minutes" for n in (2, 3, 4)], terms.UNSAID)
    said = replace(first, levels=(first.levels[0], *(replace(one, nothing=True) for one in first.levels[1:])))
    terms.save_terms(session, bare.id, said)
    assert terms.service_terms(session, bare.id).levels == said.levels
    assert levels_of(session, bare.id, DAY)["P4"].restore is None
    terms.save_terms(session, bare.id, kept)
    assert (levels_of(session, bare.id, DAY), terms.service_terms(session, bare.id).levels) == ({}, kept.levels)


@pytest.mark.parametrize(
    ("targets", "name", "words"),
    [
        ((None, 120, 240), "P1.take_minutes", "L’intervention sur site est promise, mais pas la prise en charge"),
        ((None, None, None), "P1.take_minutes", "Écrivez au moins un délai, ou cochez «\u00a0Rien de promis\u00a0»"),
        ((120, 60, 240), "P1.on_site_minutes", "L’intervention sur site est promise avant la prise en charge"),
        ((120, None, 60), "P1.restore_minutes", "Le rétablissement est promis avant la prise en charge"),
    ],
)
def test_a_level_that_cannot_stand_is_refused(
    session: Session, contract: int, targets: tuple[int | None, ...], name: str, words: str
) -> None:
    before = terms.service_terms(session, contract)
    with pytest.raises(InvalidFields) as refused:
        terms.save_terms(session, contract, with_level(before, 0, **dict(zip(terms.NAMES, targets, strict=True))))
    assert list(refused.value.problems) == [name]
    assert words in refused.value.problems[name]
    assert terms.service_terms(session, contract) == before


def test_days_are_closed_once(session: Session, contract: int) -> None:
    kept = terms.service_terms(session, contract)
    noel = {"first_day": date(2026, 12, 24), "last_day": date(2027, 1, 3), "label": "Noël"}
    terms.save_terms(session, contract, replace(kept, closings=(noel,)))
    assert calendar_of(session, contract, DAY).closings == ((date(2026, 12, 24), date(2027, 1, 3)),)
    again = {"first_day": date(2027, 1, 1), "last_day": None, "label": "Jour de l’an"}
    with pytest.raises(InvalidFields) as refused:
        terms.save_terms(session, contract, replace(kept, closings=(noel, again)))
    assert refused.value.problems["closings"] == (
        "Fermeture 2\u00a0: ces jours sont déjà fermés du 24/12/2026 au 03/01/2027."
    )
