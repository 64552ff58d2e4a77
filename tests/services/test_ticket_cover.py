"""The contract of a ticket: found, chosen with its reason, changed; its waits are then judged again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidFields, Refused
from app.models import Ticket
from app.models.codes import ContractStatus, Priority, TicketStatus, WaitReason
from app.models.upkeep_codes import Resolution
from app.services import ticket_cover, ticket_sheet, tickets
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


def test_a_promise_for_a_chosen_contract_and_priority(session: Session) -> None:
    asset = add_asset(session, "PC-01", add_contract(session))
    draft = TicketDraft(subject="Essai", opened_at=june("01 10:00"))
    told = ticket_sheet.preview(session, asset, draft.opened_at, draft.impact, draft.urgency, priority=Priority.P1)
    assert (told.priority, told.restore_due) == (Priority.P1, june("01 14:00"))
    none = ticket_sheet.preview(session, asset, draft.opened_at, draft.impact, draft.urgency, chosen=True)
    assert (none.contract_id, none.restore_due) == (None, None)
