"""The penalties of a contract claimed, obtained and given up on its card, and in the list of claims."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Contract, Invoice, PenaltyClaim, Ticket
from app.models.money_codes import ClaimState, InvoiceKind
from app.services import setup
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.contract_penalties import ClaimsPage, PenaltiesCard
from app.ui.state import UiState
from tests.services.penalties.make import agreed, late, penalty
from tests.ui.fakes import settle
from tests.ui.pages.hand import opened, pick, press, shown, write

WIDE = 1_200


@pytest.fixture
def contract(desk: Desk) -> int:
    """Two late tickets of June, 9 € each."""
    with desk.store.begin("essai") as session:
        setup.ensure(session)
        made, asset = agreed(session)
        penalty(session, made)
        for day in ("01", "02"):
            late(session, asset, day)
    return made


def card_of(qtbot: QtBot, desk: Desk, contract: int) -> PenaltiesCard:
    made = PenaltiesCard(desk, contract)
    qtbot.addWidget(made)
    desk.changed.connect(lambda _: made.reload())
    made.reload()
    made.resize(WIDE, 600)
    made.show()
    settled(qtbot, made)
    return made


def settled(qtbot: QtBot, card: PenaltiesCard) -> None:
    """Its months are read beside the window."""
    settle(qtbot, lambda: not card.reader.busy)


def claims(desk: Desk) -> list[tuple[int, ClaimState]]:
    with desk.read() as session:
        kept = select(PenaltyClaim).where(PenaltyClaim.deleted_at.is_(None)).order_by(PenaltyClaim.id)
        return [(one.amount, one.state) for one in session.scalars(kept)]


def test_a_month_is_claimed_then_its_credit_note_noted(qtbot: QtBot, desk: Desk, contract: int) -> None:
    card = card_of(qtbot, desk, contract)
    assert "18,00\u00a0€ à réclamer" in shown(card)
    assert "2\u00a0manquements · 18,00\u00a0€." in shown(card)
    press(card, "Réclamer…")
    dialog = opened(card, ActDialog)
    write(dialog, "amount", "20")
    dialog.accept()
    assert "au plus 18,00" in shown(dialog)
    write(dialog, "amount", "18")
    dialog.accept()
    settled(qtbot, card)
    assert "18,00\u00a0€ réclamés" in shown(card)
    assert not card.claim_button.isEnabled()
    with desk.store.begin("avoir") as session:
        provider = session.get_one(Contract, contract).provider_id
        session.add(Invoice(number="AV-7", provider_id=provider, kind=InvoiceKind.CREDIT,
                            invoiced_on=datetime.now(UTC).date() + timedelta(days=1)))  # fmt: skip
    press(card, "Noter l’avoir…")
    dialog = opened(card, ActDialog)
    assert dialog.form.editors["invoice_id"].text() == "AV-7"
    dialog.accept()
    settled(qtbot, card)
    assert claims(desk) == [(1_800, ClaimState.OBTAINED)]
    assert "18,00\u00a0€ obtenus" in shown(card)


def test_no_month_is_acted_upon_before_they_are_read(qtbot: QtBot, desk: Desk, contract: int) -> None:
    card = PenaltiesCard(desk, contract)
    qtbot.addWidget(card)
    card.reload()
    card.show()
    assert not card.claim_button.isVisible()
    assert "à réclamer" not in shown(card)
    settled(qtbot, card)
    assert card.claim_button.isVisible()


def test_a_month_is_given_up_and_claimed_again_after_all(qtbot: QtBot, desk: Desk, contract: int) -> None:
    card = card_of(qtbot, desk, contract)
    press(card, "Autres actions sur ces pénalités")
    pick(card, "Ne pas réclamer ce mois…")
    opened(card, ActDialog).accept()
    settled(qtbot, card)
    assert claims(desk) == [(1_800, ClaimState.WAIVED)]
    press(card, "Autres actions sur ces pénalités")
    pick(card, "Réclamer de nouveau")
    settled(qtbot, card)
    press(card, "Autres actions sur ces pénalités")
    pick(card, "Abandonner la réclamation…")
    opened(card, ActDialog).accept()
    assert claims(desk) == [(1_800, ClaimState.WAIVED)]


def test_a_breach_opens_its_ticket_and_the_claim_is_written_as_an_email(
    qtbot: QtBot, desk: Desk, contract: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: sent.append(Path(url.toLocalFile())))
    card = card_of(qtbot, desk, contract)
    with qtbot.waitSignal(desk.go_to) as gone, desk.read() as session:
        first = session.scalar(select(Ticket.id).order_by(Ticket.id))
        card.lines.activated.emit(card.lines.model().index(0, 0))
    assert gone.args == ["ticket", first]
    press(card, "Préparer le courriel")
    told = message_from_bytes(sent[0].read_bytes(), policy=default).get_content()
    assert "rétablissement en retard de 3\u00a0h\u00a000, dû le 01/06/2026 13:00" in told
    assert "Total\u00a0: 18,00\u00a0€." in told


def test_without_penalty_it_says_so(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        setup.ensure(session)
        made, _ = agreed(session)
    card = card_of(qtbot, desk, made)
    assert "ne prévoit aucune pénalité" in shown(card)
    assert not card.claim_button.isVisible()


def test_the_list_of_claims_settles_each(qtbot: QtBot, desk: Desk, contract: int) -> None:
    with desk.store.begin("essai") as session:
        session.add(PenaltyClaim(contract_id=contract, month=datetime(2026, 6, 1, tzinfo=UTC).date(), amount=1_800,
                                 claimed_on=datetime(2026, 7, 2, tzinfo=UTC).date()))  # fmt: skip
    page = ClaimsPage(desk, UiState())
    qtbot.addWidget(page)
    page.show()
    assert page.acts_on([]) == ()
    told = dict(page.acts_on([1]))
    assert list(told) == ["Noter l’avoir…", "Abandonner la réclamation…", "Ouvrir le contrat"]
    told["Noter l’avoir…"]()
    opened(page, ActDialog).accept()
    assert claims(desk) == [(1_800, ClaimState.OBTAINED)]
    told = dict(page.acts_on([1]))
    with qtbot.waitSignal(desk.go_to) as gone:
        told["Ouvrir le contrat"]()
    assert gone.args == ["contract", contract]
    told["Réclamer de nouveau"]()
    dict(page.acts_on([1]))["Abandonner la réclamation…"]()
    opened(page, ActDialog).accept()
    assert claims(desk) == [(1_800, ClaimState.WAIVED)]
