"""What may be told of a ticket beside its course: its asset, its contract, who follows it, how it was restored."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, NotFound, Refused
from app.models import Contract, Ticket
from app.models.codes import ContractStatus, Priority, TicketKind, TicketStatus, WaitReason
from app.models.upkeep_codes import CancelReason, LinkKind, Resolution
from app.services import ticket_cover, ticket_links, ticket_sheet, tickets
from app.services.journal import journal
from app.services.tickets import TicketDraft
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        opened.info["who"] = "Hélène"
        yield opened


@pytest.fixture
def covered(session: Session) -> int:
    """A P2 ticket opened on Monday 1 June at 10:00 under a contract: 2 h to take it, 8 h to restore."""
    return add_ticket(session, "01 10:00", "P2", asset_id=add_asset(session, "PC-01", add_contract(session)))


def ticket(session: Session, ticket_id: int) -> Ticket:
    return session.get_one(Ticket, ticket_id)


# The asset


def test_an_asset_down_before_the_call(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    opened = ticket(session, add_ticket(session, "01 10:00", asset_id=asset, down_at=june("01 08:00")))
    assert (opened.down_since, opened.is_failure, opened.opened_at) == (june("01 08:00"), True, june("01 10:00"))
    tickets.up(session, opened.id, june("01 12:00"))
    assert (opened.down_since, opened.down_minutes) == (None, 180)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        pytest.param({"down_at": june("01 08:00")}, "asset_id", id="no asset"),
        pytest.param({"down_at": datetime.now(UTC) + timedelta(hours=1)}, "down_at", id="not yet"),
    ],
)
def test_a_downtime_that_cannot_be(session: Session, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        add_ticket(session, "01 10:00", **more)
    assert field in refused.value.problems


def test_a_request_that_stops_its_asset_is_no_failure(session: Session) -> None:
    asset = add_asset(session, "PC-01")
    asked = add_ticket(session, "01 10:00", asset_id=asset, kind=TicketKind.REQUEST, down_at=june("01 11:00"))
    assert not ticket(session, asked).is_failure
    tickets.up(session, asked, june("01 12:00"))
    tickets.down(session, asked, june("01 13:00"))
    assert not ticket(session, asked).is_failure


def test_downtimes_are_told_in_any_order(session: Session, covered: int) -> None:
    tickets.down(session, covered, june("01 14:00"), "Ne démarre plus")
    tickets.down(session, covered, june("01 09:00"))
    tickets.up(session, covered, june("01 16:00"))
    assert (ticket(session, covered).down_minutes, ticket(session, covered).is_failure) == (420, True)
    tickets.up(session, covered, june("01 15:00"))
    assert ticket(session, covered).down_minutes == 360
    tickets.down(session, covered, june("02 09:00"))
    assert (ticket(session, covered).down_since, ticket(session, covered).down_minutes) == (june("02 09:00"), 360)


def test_what_is_known_of_the_asset_is_refused(session: Session, covered: int) -> None:
    free = add_ticket(session, "01 10:00")
    with pytest.raises(Refused, match="aucun bien"):
        tickets.down(session, free, june("01 11:00"))
    with pytest.raises(Refused, match="n’est pas noté à l’arrêt"):
        tickets.up(session, covered, june("01 11:00"))
    tickets.down(session, covered, june("01 11:00"))
    with pytest.raises(Refused, match="déjà noté à l’arrêt depuis le 01/06/2026 11:00"):
        tickets.down(session, covered, june("01 12:00"))


def test_downtime_may_be_told_of_a_closed_ticket(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 11:00"))
    tickets.close(session, covered, june("01 12:00"))
    tickets.down(session, covered, june("01 09:00"))
    tickets.up(session, covered, june("01 11:00"))
    assert (ticket(session, covered).down_minutes, ticket(session, covered).status) == (120, TicketStatus.CLOSED)


# How it was restored


@pytest.mark.parametrize(
    ("resolution", "back_up", "still_down"),
    [
        (Resolution.FINAL, None, False),
        (Resolution.FINAL, False, True),
        (Resolution.WORKAROUND, None, True),
        (Resolution.WORKAROUND, True, False),
    ],
)
def test_whether_the_asset_works_again(
    session: Session, covered: int, resolution: Resolution, back_up: bool | None, still_down: bool
) -> None:
    tickets.down(session, covered, june("01 09:00"))
    tickets.resolve(session, covered, june("01 12:00"), resolution=resolution, back_up=back_up, text="Prêt d’un poste")
    assert (ticket(session, covered).down_since is not None) == still_down
    assert ticket(session, covered).resolution == resolution


def test_the_contract_says_whether_a_workaround_restores(session: Session, covered: int) -> None:
    session.get_one(Contract, 1).workaround_stops = False
    with pytest.raises(InvalidFields, match="raison"):
        tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND)
    tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    found = ticket(session, covered)
    assert (found.status, found.resolved_at, found.net_minutes) == (TicketStatus.TAKEN, None, None)
    assert (found.resolution, found.restore_due_at) == (Resolution.WORKAROUND, june("01 18:00"))
    with pytest.raises(Refused, match="déjà en place"):
        tickets.resolve(session, covered, june("01 13:00"), resolution=Resolution.WORKAROUND, text="Un autre")
    tickets.finalise(session, covered, june("02 12:00"), "Carte mère neuve")
    assert (found.status, found.net_minutes, found.restore_met) == (TicketStatus.RESOLVED, 480 + 180, False)
    assert [row.title for row in journal(session, covered)[:2]] == [
        "Solution définitive", "Contournement, l’horloge continue",
    ]  # fmt: skip


def test_a_final_solution_after_a_workaround_that_restored(session: Session, covered: int) -> None:
    tickets.down(session, covered, june("01 09:00"))
    tickets.resolve(session, covered, june("01 12:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    tickets.close(session, covered, june("02 09:00"))
    tickets.finalise(session, covered, june("03 12:00"), "Carte mère neuve")
    found = ticket(session, covered)
    assert (found.status, found.final_at, found.net_minutes) == (TicketStatus.CLOSED, june("03 12:00"), 120)
    assert (found.down_since, found.down_minutes) == (None, 9 * 60 + 9 * 60 + 3 * 60)
    with pytest.raises(Refused, match="pas de contournement"):
        tickets.finalise(session, covered, june("03 13:00"), "Encore")


def test_without_a_workaround_there_is_nothing_to_replace(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 12:00"))
    with pytest.raises(Refused, match="pas de contournement"):
        tickets.finalise(session, covered, june("01 13:00"), "Encore")


# Who follows it, what it waits for


def test_a_ticket_is_handed_over(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"), author="Yanis")
    tickets.transfer(session, covered, june("01 11:00"), "  Sonia ", "Congés de Yanis")
    found = ticket(session, covered)
    assert (found.assignee, found.transfers, found.status) == ("Sonia", 1, TicketStatus.TAKEN)
    assert journal(session, covered)[0].title == "Transféré à Sonia"
    with pytest.raises(Refused, match="Sonia suit déjà"):
        tickets.transfer(session, covered, june("01 12:00"), "Sonia")
    with pytest.raises(InvalidFields):
        tickets.transfer(session, covered, june("01 12:00"), " ")
    assert ticket_sheet.facts_of(session, covered).first_contact is None
    tickets.resolve(session, covered, june("01 12:00"))
    assert ticket_sheet.facts_of(session, covered).first_contact is False


@pytest.mark.parametrize(
    ("reason", "column"),
    [
        (WaitReason.CLIENT, "client_wait_stops"),
        (WaitReason.ACCESS, "access_wait_stops"),
        (WaitReason.THIRD_PARTY, "third_party_wait_stops"),
        (WaitReason.PART, "part_wait_stops"),
    ],
)
@pytest.mark.parametrize("stops", [True, False])
def test_each_wait_stops_the_clock_by_the_word_of_the_contract(
    session: Session, covered: int, reason: WaitReason, column: str, stops: bool
) -> None:
    setattr(session.get_one(Contract, 1), column, stops)
    assert tickets.clock_stops(session, ticket(session, covered), reason) == stops


def test_force_majeure_is_told_and_always_stops_the_clock(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"))
    with pytest.raises(InvalidFields) as refused:
        tickets.start_wait(session, covered, june("01 11:00"), WaitReason.FORCE_MAJEURE, " ")
    assert set(refused.value.problems) == {"text"}
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.FORCE_MAJEURE, "Inondation du quartier")
    assert ticket(session, covered).restore_due_at is None


# Its contract


def other_contract(session: Session, **values: object) -> int:
    """Nothing stops its clock but force majeure; it promises half as much time."""
    usual = {"number": "CT-2026-02", "client_wait_stops": False, "workaround_stops": False}
    return add_contract(session, **{**usual, **values})


def test_a_contract_is_chosen_with_its_reason(session: Session, covered: int) -> None:
    chosen = other_contract(session)
    asset = ticket(session, covered).asset_id
    tickets.change_cover(session, covered, june("02 09:00"), asset_id=asset, chosen=True, contract_id=chosen,
                         text="Poste du service de garde")  # fmt: skip
    found = ticket(session, covered)
    assert (found.contract_id, found.contract_chosen, found.contract_reason) == (
        chosen, True, "Poste du service de garde",
    )  # fmt: skip
    assert journal(session, covered)[0].title == "Contrat\u00a0: CT-2026-02"
    assert ticket_sheet.facts_of(session, covered).chosen
    tickets.change_cover(session, covered, june("02 10:00"), asset_id=asset, text="Non, l’usuel")
    assert (found.contract_id, found.contract_chosen, found.contract_reason) == (1, False, None)


def test_another_contract_judges_the_waits_and_the_workaround_again(session: Session, covered: int) -> None:
    tickets.take(session, covered, june("01 10:10"))
    tickets.start_wait(session, covered, june("01 11:00"), WaitReason.CLIENT, "Devis")
    tickets.end_wait(session, covered, june("01 13:00"))
    found = ticket(session, covered)
    assert found.restore_due_at == june("02 11:00")
    chosen = other_contract(session)
    tickets.change_cover(session, covered, june("01 14:00"), asset_id=found.asset_id, chosen=True, contract_id=chosen,
                         text="Mauvais contrat")  # fmt: skip
    assert found.restore_due_at == june("01 18:00")
    tickets.resolve(session, covered, june("01 15:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    assert found.status == TicketStatus.TAKEN
    tickets.change_cover(session, covered, june("01 16:00"), asset_id=found.asset_id, text="Si, le bon")
    assert (found.status, found.resolved_at, found.net_minutes) == (TicketStatus.RESOLVED, june("01 15:00"), 180)


def test_out_of_contract_is_chosen_too(session: Session, covered: int) -> None:
    asset = ticket(session, covered).asset_id
    tickets.change_cover(session, covered, june("02 09:00"), asset_id=asset, chosen=True, text="Casse du client")
    found = ticket(session, covered)
    assert (found.contract_id, found.contract_chosen, found.restore_due_at) == (None, True, None)
    assert journal(session, covered)[0].title == "Hors contrat"


def test_another_asset_is_told_in_the_journal(session: Session, covered: int) -> None:
    other = add_asset(session, "PC-02", 1)
    tickets.change_cover(session, covered, june("02 09:00"), asset_id=other, text="Erreur de numéro")
    assert journal(session, covered)[0].text == "Bien\u00a0: PC-02 au lieu de PC-01.\nErreur de numéro"
    tickets.change_cover(session, covered, june("02 10:00"), asset_id=None, text="Aucun")
    assert "aucun au lieu de PC-02" in (journal(session, covered)[0].text or "")


def test_a_contract_that_cannot_be(session: Session, covered: int) -> None:
    asset = ticket(session, covered).asset_id
    draft = other_contract(session, status=ContractStatus.DRAFT)
    with pytest.raises(InvalidFields, match="en vigueur le 01/06/2026"):
        tickets.change_cover(session, covered, june("02 09:00"), asset_id=asset, chosen=True, contract_id=draft,
                             text="Essai")  # fmt: skip
    with pytest.raises(Refused, match="déjà ce bien et ce contrat"):
        tickets.change_cover(session, covered, june("02 09:00"), asset_id=asset, text="Le même")
    with pytest.raises(InvalidFields, match="raison"):
        tickets.change_cover(session, covered, june("02 09:00"), asset_id=None, text=" ")
    assert [one.name for one in ticket_cover.choices(session, date(2026, 6, 1))] == ["CT-2026-01, Lumeo Services"]


@pytest.mark.parametrize(
    ("chosen", "reason", "field"),
    [("other", " ", "contract_reason"), ("none", None, "contract_reason"), ("draft", "Essai", "contract_id")],
)
def test_a_contract_chosen_at_the_opening(session: Session, chosen: str, reason: str | None, field: str) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    known = {"other": other_contract(session), "none": None}
    known["draft"] = other_contract(session, number="CT-2026-03", status=ContractStatus.DRAFT)
    values: dict[str, Any] = {"asset_id": asset, "contract_chosen": True, "contract_id": known[chosen]}
    with pytest.raises(InvalidFields) as refused:
        add_ticket(session, "01 10:00", contract_reason=reason, **values)
    assert set(refused.value.problems) == {field}
    if chosen != "draft":
        kept = ticket(session, add_ticket(session, "01 10:00", contract_reason="Garde", **values))
        assert (kept.contract_id, kept.contract_chosen, kept.contract_reason) == (known[chosen], True, "Garde")


def test_a_choice_that_is_the_usual_contract_is_none(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    kept = ticket(session, add_ticket(session, "01 10:00", asset_id=asset, contract_chosen=True, contract_id=1))
    assert (kept.contract_id, kept.contract_chosen) == (1, False)


# Other tickets


def test_a_duplicate_names_the_other_ticket(session: Session, covered: int) -> None:
    twin = add_ticket(session, "01 10:30")
    with pytest.raises(InvalidFields) as refused:
        tickets.cancel(session, twin, june("01 11:00"), "Déjà signalé", reason=CancelReason.DUPLICATE)
    assert set(refused.value.problems) == {"other_id"}
    tickets.cancel(session, twin, june("01 11:00"), "Déjà signalé", reason=CancelReason.DUPLICATE, duplicate_of=covered)
    assert ticket(session, twin).cancel_reason == CancelReason.DUPLICATE
    assert journal(session, twin)[0].title == "Annulation\u00a0: doublon"
    (seen,) = ticket_links.of_ticket(session, covered)
    assert (seen.title, seen.ticket_id, seen.status) == ("A pour doublon", twin, TicketStatus.CANCELLED)


def test_a_duplicate_already_linked_is_cancelled_all_the_same(session: Session, covered: int) -> None:
    twin = add_ticket(session, "01 10:30")
    ticket_links.link(session, twin, covered, LinkKind.DUPLICATE)
    tickets.cancel(session, twin, june("01 11:00"), "Bis", reason=CancelReason.DUPLICATE, duplicate_of=covered)
    assert len(ticket_links.of_ticket(session, covered)) == 1


def test_links_are_read_from_both_ends(session: Session, covered: int) -> None:
    problem = add_ticket(session, "02 10:00", kind=TicketKind.PROBLEM)
    made = ticket_links.link(session, covered, problem, LinkKind.CAUSED_BY)
    (here,), (there,) = ticket_links.of_ticket(session, covered), ticket_links.of_ticket(session, problem)
    assert (here.title, here.ticket_kind, there.title, there.ticket_id) == (
        "Causé par", TicketKind.PROBLEM, "Cause de", covered,
    )  # fmt: skip
    ticket_links.unlink(session, made)
    assert ticket_links.of_ticket(session, covered) == []
    with pytest.raises(NotFound):
        ticket_links.unlink(session, made)
    assert ticket_links.link(session, covered, problem, LinkKind.CAUSED_BY) == made


def test_a_link_taken_away_is_made_the_other_way_round(session: Session, covered: int) -> None:
    other = add_ticket(session, "02 10:00")
    ticket_links.unlink(session, ticket_links.link(session, covered, other, LinkKind.FOLLOWS))
    ticket_links.link(session, other, covered, LinkKind.FOLLOWS)
    assert ticket_links.of_ticket(session, covered)[0].title == "Suivi de"
    ticket(session, other).deleted_at = june("03 10:00")
    assert ticket_links.of_ticket(session, covered) == []


def test_a_link_that_cannot_be(session: Session, covered: int) -> None:
    other = add_ticket(session, "02 10:00")
    ticket_links.link(session, covered, other)
    for one, two in ((covered, covered), (covered, other), (other, covered)):
        with pytest.raises(InvalidFields) as refused:
            ticket_links.link(session, one, two)
        assert set(refused.value.problems) == {"other_id"}


def test_too_late_to_reopen_a_new_ticket_follows(session: Session, covered: int) -> None:
    tickets.resolve(session, covered, june("01 12:00"))
    assert tickets.may_reopen(session, covered, june("08 12:00"))
    assert not tickets.may_reopen(session, covered, june("08 12:01"))
    fresh = tickets.follow_up(session, covered, june("15 10:00"), "De nouveau noir")
    found, before = ticket(session, fresh), ticket(session, covered)
    assert (found.asset_id, found.subject, found.description) == (before.asset_id, before.subject, "De nouveau noir")
    assert (found.status, found.contract_id) == (TicketStatus.OPEN, before.contract_id)
    assert [one.title for one in ticket_links.of_ticket(session, fresh)] == ["Fait suite à"]
    again = tickets.follow_up(session, covered, june("16 10:00"))
    assert ticket(session, again).description == before.description


def test_a_promise_for_a_chosen_contract_and_priority(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    draft = TicketDraft(subject="Essai", opened_at=june("01 10:00"))
    told = ticket_sheet.preview(session, asset, draft.opened_at, draft.impact, draft.urgency, priority=Priority.P1)
    assert (told.priority, told.restore_due) == (Priority.P1, june("01 14:00"))
    none = ticket_sheet.preview(session, asset, draft.opened_at, draft.impact, draft.urgency, chosen=True)
    assert (none.contract_id, none.restore_due) == (None, None)
