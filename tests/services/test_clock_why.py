"""Why a clock stopped, why a date moved, under whose words."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.models import Amendment, Contract, ServiceLevel, Ticket
from app.models.codes import Priority, WaitReason
from app.models.contract_codes import AmendmentStatus
from app.models.upkeep_codes import Resolution
from app.services import clock_why, tickets
from app.services.clock import clock
from app.services.journal import project
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Hélène"
        yield opened


@pytest.fixture
def covered(session: Session) -> int:
    asset = add_asset(session, "PC-01", add_contract(session))
    made = add_ticket(session, "01 10:00", "P2", asset_id=asset)
    tickets.take(session, made, june("01 10:10"))
    return made


def amend(session: Session, signed_on: date, restore: int) -> None:
    """An amendment in effect since May, with its own levels."""
    made = Amendment(
        number="AV-2026-01", contract_id=1, subject="Délais", status=AmendmentStatus.SIGNED, signed_on=signed_on,
        effective_on=date(2026, 5, 1), replaces_levels=True,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add(ServiceLevel(contract_id=1, amendment_id=made.id, priority=Priority.P2, restore_minutes=restore))
    session.flush()


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def lines(session: Session, ticket: int, now: str) -> list[tuple[str, str, str]]:
    told = clock(session, ticket, june(now)).moves
    return [
        (spaced(one.title), spaced(one.text), f"{one.due:%d %H:%M}" if one.due else "–") for one in told
    ]  # times in UTC


def test_each_fact_that_moved_the_date(session: Session, covered: int) -> None:
    assert clock(session, covered, june("01 11:00")).moves == ()
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.CLIENT, "Devis")
    tickets.end_wait(session, covered, june("01 13:00"))
    tickets.change_priority(session, covered, june("01 14:00"), Priority.P1, "Toute l’équipe")
    tickets.start_wait(session, covered, june("01 15:00"), WaitReason.ACCESS)
    assert lines(session, covered, "01 16:00") == [
        ("À l’ouverture, en P2", "8 h 00 ouvrées", "01 16:00"),
        ("Attente du client, du 01/06 à 11:00 au 01/06 à 13:00", "+ 2 h 00 ouvrées", "02 09:00"),
        ("Priorité portée à P1 le 01/06 à 14:00", "4 h 00 ouvrées depuis l’ouverture", "01 14:00"),
        ("Attente d’accès depuis le 01/06 à 15:00", "1 h 00 ouvrées à ce jour, l’horloge est arrêtée", "–"),
    ]


def test_a_reopening_another_contract_and_a_priority_without_promise(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 12:00"))
    tickets.reopen(session, covered, june("01 14:00"), "Encore")
    other = add_contract(session, number="CT-2026-02")
    asset = session.get_one(Ticket, covered).asset_id
    tickets.change_cover(session, covered, june("01 15:00"), asset_id=asset, chosen=True, contract_id=other, text="Bis")
    found = lines(session, covered, "01 16:00")
    assert [title for title, _, _ in found] == [
        "À l’ouverture, en P2",
        "Contrat changé pour CT-2026-02 le 01/06 à 15:00",
        "Rétabli le 01/06 à 12:00, puis rouvert",
    ]  # fmt: skip
    assert found[-1][1:] == ("+ 2 h 00 ouvrées", "02 09:00")
    tickets.change_cover(session, covered, june("01 16:00"), asset_id=asset, chosen=True, text="Hors")
    assert clock(session, covered, june("01 16:00")).moves == ()


def test_back_under_the_contract_it_had_left(session: Session, covered: int) -> None:
    asset = session.get_one(Ticket, covered).asset_id
    tickets.change_cover(session, covered, june("01 15:00"), asset_id=asset, chosen=True, text="Hors")
    tickets.change_cover(session, covered, june("01 15:30"), asset_id=asset, text="Non")
    assert [title for title, _, _ in lines(session, covered, "01 16:00")] == [
        "À l’ouverture, en P2", "Mis hors contrat le 01/06 à 15:00", "Contrat changé pour CT-2026-01 le 01/06 à 15:30",
    ]  # fmt: skip


@pytest.mark.parametrize(("signed_on", "told"), [(date(2026, 6, 10), True), (date(2026, 4, 30), False)])
def test_an_amendment_signed_later_is_told(session: Session, covered: int, signed_on: date, told: bool) -> None:
    amend(session, signed_on, 240)
    project(session, covered)
    panel = clock(session, covered, june("01 16:00"))
    assert panel.terms == "CT-2026-01, avenant AV-2026-01"
    assert ("Avenant AV-2026-01" in [one.title for one in panel.moves]) == told
    assert panel.deadlines[2].due == june("01 14:00")


def test_a_priority_that_promises_nothing(session: Session, covered: int) -> None:
    amend(session, date(2026, 4, 30), 240)
    tickets.change_priority(session, covered, june("01 14:00"), Priority.P4, "Rien ne presse")
    assert lines(session, covered, "01 16:00")[-1][1] == "Rien n’est promis depuis l’ouverture"


def test_a_closed_ticket_whose_contract_changed_since_tells_no_other_date(session: Session, covered: int) -> None:
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.CLIENT, "Devis")
    tickets.resolve(session, covered, june("01 14:00"))
    tickets.close(session, covered, june("01 15:00"))
    assert len(clock(session, covered, june("01 16:00")).moves) == 2
    amend(session, date(2026, 6, 10), 240)
    assert clock(session, covered, june("01 16:00")).moves == ()


def test_the_waits_with_who_and_why(session: Session, covered: int) -> None:
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.SUBCONTRACTOR, "Rappelle", "Yanis")
    tickets.end_wait(session, covered, june("01 12:00"))
    tickets.start_wait(session, covered, june("01 14:00"), WaitReason.CLIENT)
    told = clock_why.waits_of(session, covered, june("01 15:00"))
    assert [(one.reason, one.minutes, one.stops, one.author, one.text, one.end is None) for one in told] == [
        (WaitReason.CLIENT, 60, True, "Hélène", None, True),
        (WaitReason.SUBCONTRACTOR, 60, False, "Yanis", "Rappelle", False),
    ]


@pytest.mark.parametrize(
    ("reason", "standing", "why"),
    [
        (WaitReason.CLIENT, (True, True), "L’horloge s’arrête : le contrat CT-2026-01 le prévoit."),
        (WaitReason.PART, (False, True),
         "L’horloge continue : le contrat CT-2026-01 ne prévoit pas que l’attente de pièce l’arrête."),
        (WaitReason.CLIENT, (True, False), "L’horloge s’arrête : cette attente ne dépend pas du prestataire."),
        (WaitReason.PART, (False, False), "L’horloge continue : ce ticket est hors contrat."),
        (WaitReason.SUBCONTRACTOR, (False, True),
         "L’horloge continue : le sous-traitant est l’affaire du prestataire."),
        (WaitReason.PLANNED, (True, True), "L’horloge s’arrête : vous avez choisi la date."),
        (WaitReason.FORCE_MAJEURE, (True, False),
         "L’horloge s’arrête : la force majeure suspend l’engagement (art. 1218 du Code civil)."),
    ],
)  # fmt: skip
def test_whose_word_stops_the_clock(
    session: Session, covered: int, reason: WaitReason, standing: tuple[bool, bool], why: str
) -> None:
    """`standing`: whether it stops, whether the ticket is under a contract."""
    stops, under = standing
    ticket = session.get_one(Ticket, covered)
    if not under:
        ticket.contract_id = None
    assert spaced(clock_why.why_stopped(session, ticket, reason, stops=stops)) == why


def test_the_panel_tells_a_workaround_and_the_downtime(session: Session, covered: int) -> None:
    session.get_one(Contract, 1).workaround_stops = False
    tickets.down(session, covered, june("01 09:00"))
    tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    panel = clock(session, covered, june("01 13:00"))
    assert (panel.workaround, panel.down and panel.down.minutes, panel.down and panel.down.since) == (
        True, 240, june("01 09:00"),
    )  # fmt: skip
    tickets.finalise(session, covered, june("01 14:00"), "Réparé")
    panel = clock(session, covered, june("01 15:00"))
    assert (panel.workaround, panel.down and panel.down.minutes, panel.down and panel.down.since) == (False, 300, None)
    tickets.cancel(session, covered, june("01 15:00"), "Essai")
    assert clock(session, covered, june("01 15:00")).down is None


def test_a_stopped_clock_says_why(session: Session, covered: int) -> None:
    assert clock(session, covered, june("01 11:00")).why == ""
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.CLIENT)
    assert "le contrat CT-2026-01 le prévoit" in clock(session, covered, june("01 12:00")).why
