"""Opening tickets, the acts of the journal, and what is refused."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import Contract, CoverageSlot, Ticket, TicketEvent
from app.models.codes import EventKind, Impact, Priority, TicketStatus, Urgency, WaitReason
from app.services import ticket_sheet, tickets
from app.services.journal import journal, project_open
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import TARGETS, add_asset, add_contract, add_ticket, june, reference_month


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Hélène"
        yield opened


@pytest.fixture
def covered(session: Session) -> int:
    """A P2 ticket opened on Monday 1 June at 10:00 under a contract: 2 h to take it, 8 h to restore."""
    asset = add_asset(session, "PC-01", add_contract(session))
    return add_ticket(session, "01 10:00", "P2", asset_id=asset)


def ticket(session: Session, ticket_id: int) -> Ticket:
    return session.get_one(Ticket, ticket_id)


def test_the_reference_month_gives_the_projections_of_the_design(session: Session) -> None:
    ids = reference_month(session)
    found = {name: ticket(session, one) for name, one in ids.items()}
    assert [found[t].net_minutes for t in ("T1", "T2", "T3", "T4", "T5", "T7")] == [300, 40, 540, 720, 210, 240]
    assert [found[t].take_minutes for t in ("T1", "T2", "T3", "T4", "T5", "T7")] == [30, 15, 180, 60, 30, 20]
    assert [found[t].restore_met for t in ids] == [False, True, True, True, True, None, True, None]
    assert found["T3"].restore_due_at == june("09 14:00")
    assert (found["T6"].status, found["T6"].net_minutes) == (TicketStatus.CANCELLED, None)
    assert (found["T1"].contacts, found["T5"].reopenings) == (2, 1)
    assert [found[t].down_minutes for t in ("T1", "T3", "T7")] == [300, 1620, 240]
    assert (found["T8"].take_due_at, found["T8"].restore_due_at) == (
        datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 7, 2, 11, tzinfo=UTC),
    )  # fmt: skip
    solved = {name: ticket_sheet.facts_of(session, one).first_contact for name, one in ids.items()}
    assert [name for name, at_once in solved.items() if at_once] == ["T2"]


def test_the_matrix_gives_the_priority(session: Session) -> None:
    draft = TicketDraft(subject="Panne", opened_at=june("01 10:00"), impact=Impact.HIGH, urgency=Urgency.HIGH)
    opened = ticket(session, tickets.open_ticket(session, draft))
    assert (opened.priority, opened.priority_reason, opened.number) == (Priority.P1, None, "T-2026-0001")
    assert (opened.contract_id, opened.restore_due_at, opened.status) == (None, None, TicketStatus.OPEN)


def test_another_priority_asks_for_its_reason(session: Session) -> None:
    draft = TicketDraft(subject=" ", opened_at=datetime.now(UTC) + timedelta(hours=1), priority=Priority.P1)
    with pytest.raises(InvalidFields) as refused:
        tickets.open_ticket(session, draft)
    assert set(refused.value.problems) == {"subject", "opened_at", "priority_reason"}
    assert session.scalar(select(func.count()).select_from(Ticket)) == 0


def test_the_contract_is_that_of_the_asset_on_that_day(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session, starts_on=date(2026, 6, 15)))
    assert ticket(session, add_ticket(session, "12 10:00", asset_id=asset)).contract_id is None
    assert ticket(session, add_ticket(session, "15 10:00", asset_id=asset)).contract_id == 1


def test_a_number_follows_the_year_of_paris(session: Session) -> None:
    late = TicketDraft(subject="Réveillon", opened_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    assert ticket(session, tickets.open_ticket(session, late)).number == "T-2026-0001"


Act = Callable[[Session, int], Any]
REFUSED: list[tuple[str, list[Act], Act]] = [
    ("taken twice", [lambda s, t: tickets.take(s, t, june("01 10:10"))],
     lambda s, t: tickets.take(s, t, june("01 10:20"))),
    ("wait before being taken", [],
     lambda s, t: tickets.start_wait(s, t, june("01 11:00"), WaitReason.CLIENT)),
    ("wait not open", [lambda s, t: tickets.take(s, t, june("01 10:10"))],
     lambda s, t: tickets.end_wait(s, t, june("01 11:00"))),
    ("reopened without resolution", [],
     lambda s, t: tickets.reopen(s, t, june("01 11:00"), "Encore")),
    ("closed before resolution", [], lambda s, t: tickets.close(s, t, june("01 11:00"))),
    ("visit after resolution", [lambda s, t: tickets.resolve(s, t, june("01 11:00"))],
     lambda s, t: tickets.arrive(s, t, june("01 11:10"))),
    ("resolved once cancelled", [lambda s, t: tickets.cancel(s, t, june("01 10:10"), "Doublon")],
     lambda s, t: tickets.resolve(s, t, june("01 11:00"))),
    ("contact once cancelled", [lambda s, t: tickets.cancel(s, t, june("01 10:10"), "Doublon")],
     lambda s, t: tickets.contact(s, t, june("01 11:00"), "Allô")),
    ("same priority", [], lambda s, t: tickets.change_priority(s, t, june("01 11:00"), Priority.P2, "Parce que")),
    ("reopened too late", [lambda s, t: tickets.resolve(s, t, june("01 11:00"))],
     lambda s, t: tickets.reopen(s, t, june("08 11:01"), "Encore")),
    ("other asset once closed", [lambda s, t: tickets.resolve(s, t, june("01 11:00")),
                                     lambda s, t: tickets.close(s, t, june("01 11:00"))],
     lambda s, t: tickets.change_cover(s, t, june("01 11:00"), asset_id=None, text="Erreur")),
    ("another wait ended",
     [lambda s, t: tickets.take(s, t, june("01 10:10")),
      lambda s, t: tickets.start_wait(s, t, june("01 10:20"), WaitReason.PART)],
     lambda s, t: tickets.end_wait(s, t, june("01 11:00"), reason=WaitReason.CLIENT)),
    ("same wait twice",
     [lambda s, t: tickets.take(s, t, june("01 10:10")),
      lambda s, t: tickets.start_wait(s, t, june("01 10:20"), WaitReason.PART)],
     lambda s, t: tickets.start_wait(s, t, june("01 11:00"), WaitReason.PART)),
]  # fmt: skip


@pytest.mark.parametrize(("before", "act"), [pytest.param(b, a, id=name) for name, b, a in REFUSED])
def test_a_bad_sequence_is_refused_and_changes_nothing(
    session: Session, covered: int, before: list[Act], act: Act
) -> None:
    for earlier in before:
        earlier(session, covered)
    count = select(func.count()).select_from(TicketEvent)
    events, status = session.scalar(count), ticket(session, covered).status
    with pytest.raises(Refused):
        act(session, covered)
    assert (session.scalar(count), ticket(session, covered).status) == (events, status)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda s, t: tickets.resolve(s, t, june("01 09:59")), id="before the opening"),
        pytest.param(lambda s, t: tickets.note(s, t, june("01 09:59"), "Note"), id="a note before the opening"),
        pytest.param(lambda s, t: tickets.resolve(s, t, june("01 10:59")), id="before the last act"),
        pytest.param(lambda s, t: tickets.resolve(s, t, datetime.now(UTC) + timedelta(hours=1)), id="in the future"),
    ],
)
def test_a_bad_time_is_told_under_its_field(session: Session, covered: int, act: Act) -> None:
    tickets.take(session, covered, june("01 11:00"))
    with pytest.raises(InvalidFields) as refused:
        act(session, covered)
    assert set(refused.value.problems) == {"at"}


def test_what_must_be_written_is_asked_for(session: Session, covered: int) -> None:
    with pytest.raises(InvalidFields, match="raison"):
        tickets.cancel(session, covered, june("01 11:00"), "  ")


def test_a_wait_has_an_author(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 11:00"))
    session.info["who"] = ""
    with pytest.raises(InvalidFields) as refused:
        tickets.start_wait(session, covered, june("01 11:10"), WaitReason.CLIENT)
    assert set(refused.value.problems) == {"author"}


@pytest.mark.parametrize(
    ("reason", "part_stops", "stops"),
    [
        (WaitReason.CLIENT, False, True),
        (WaitReason.ACCESS, False, True),
        (WaitReason.THIRD_PARTY, False, True),
        (WaitReason.PLANNED, False, True),
        (WaitReason.SUBCONTRACTOR, True, False),
        (WaitReason.PART, False, False),
        (WaitReason.PART, True, True),
    ],
)
def test_the_contract_says_which_wait_stops_the_clock(
    session: Session, covered: int, reason: WaitReason, part_stops: bool, stops: bool
) -> None:
    session.get_one(Contract, 1).part_wait_stops = part_stops
    tickets.take(session, covered, june("01 11:00"))
    tickets.start_wait(session, covered, june("01 12:00"), reason)
    found = ticket(session, covered)
    assert (found.status, found.restore_due_at is None) == (TicketStatus.WAITING, stops)


def test_out_of_contract_a_part_stops_no_clock(session: Session) -> None:
    free = add_ticket(session, "01 10:00")
    assert not tickets.clock_stops(session, ticket(session, free), WaitReason.PART)


def test_acts_of_the_same_minute_keep_their_order(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:00"))
    tickets.resolve(session, covered, june("01 10:00"))
    found = ticket(session, covered)
    assert (found.status, found.take_minutes, found.net_minutes) == (TicketStatus.RESOLVED, 0, 0)


def test_a_forgotten_visit_can_be_told_afterwards(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:30"))
    tickets.start_wait(session, covered, june("01 12:00"), WaitReason.ACCESS)
    tickets.arrive(session, covered, june("01 11:00"))
    found = ticket(session, covered)
    assert (found.on_site_at, found.taken_at) == (june("01 11:00"), june("01 10:30"))


def test_a_new_priority_counts_from_the_opening(session: Session, covered: int) -> None:
    tickets.change_priority(session, covered, june("01 11:00"), Priority.P1, "Tout le monde est bloqué")
    found = ticket(session, covered)
    assert (found.priority, found.restore_due_at) == (Priority.P1, june("01 14:00"))
    assert found.priority_reason == "Tout le monde est bloqué"
    assert journal(session, covered)[0].title == "Priorité portée à P1"


def test_a_closed_ticket_keeps_the_delays_it_was_judged_by(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 17:00"))
    tickets.close(session, covered, june("02 10:00"))
    other = add_ticket(session, "01 10:00", "P2", asset_id=ticket(session, covered).asset_id)
    for slot in session.scalars(select(CoverageSlot)):
        slot.closes = 660
    assert project_open(session, 1) == 1
    tickets.note(session, covered, june("03 10:00"), "Merci")
    tickets.contact(session, covered, june("03 10:00"), "Appel")
    assert ticket(session, covered).restore_due_at == june("01 18:00")
    assert (ticket(session, covered).restore_met, ticket(session, covered).contacts) == (True, 1)
    assert ticket(session, other).restore_due_at == june("05 10:00")


def test_reopened_after_closing(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 11:00"))
    tickets.close(session, covered, june("01 12:00"))
    tickets.reopen(session, covered, june("02 11:00"), "Encore")
    found = ticket(session, covered)
    assert (found.status, found.resolved_at, found.closed_at) == (TicketStatus.TAKEN, None, None)
    assert found.restore_due_at == june("02 18:00")


def test_another_asset_brings_its_own_contract(session: Session, covered: int) -> None:
    free = add_asset(session, "MOB-01")
    tickets.change_cover(session, covered, june("01 11:00"), asset_id=free, text="Mauvais poste")
    found = ticket(session, covered)
    assert (found.asset_id, found.contract_id, found.restore_due_at) == (free, None, None)


def test_the_journal_reads_newest_first(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"), author="Yanis", text="Rappel")
    tickets.start_wait(session, covered, june("01 10:20"), WaitReason.PART)
    tickets.start_wait(session, covered, june("01 10:30"), WaitReason.SUBCONTRACTOR)
    tickets.end_wait(session, covered, june("01 10:40"), reason=WaitReason.PART)
    assert ticket(session, covered).status == TicketStatus.WAITING
    rows = journal(session, covered)
    assert [(row.title, row.author) for row in rows] == [
        ("Reprise", "Hélène"),
        ("Attente du sous-traitant du prestataire, l’horloge continue", "Hélène"),
        ("Horloge arrêtée\u00a0: attente de pièce", "Hélène"),
        ("Prise en charge", "Yanis"),
        ("Ouverture", "Hélène"),
    ]
    assert rows[-2].text == "Rappel"


def test_a_ticket_that_is_not_there(session: Session, covered: int) -> None:
    with pytest.raises(NotFound):
        tickets.take(session, 999, june("01 11:00"))
    ticket(session, covered).deleted_at = june("02 11:00")
    with pytest.raises(NotFound):
        journal(session, covered)


def test_every_act_has_its_states() -> None:
    assert set(tickets.ALLOWED) == set(EventKind) - {EventKind.OPENED}
    assert set(TARGETS) == {p.value for p in Priority}
