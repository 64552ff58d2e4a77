"""What the penalties of a month say in French."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy.orm import Session

from app.models import Contract, PenaltyClaim
from app.models.contract_codes import PenaltyForm
from app.services.penalties import words
from app.services.penalties.months import Month, of_contract
from app.storage import Store
from tests.services.company import add_ticket, june
from tests.services.deadlines.make import plain
from tests.services.penalties.make import JULY_2, JUNE, agreed, late, penalty


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def month(session: Session, contract: int, now: datetime = JULY_2) -> Month:
    return of_contract(session, contract, now)[0]


@pytest.mark.parametrize(
    ("days", "franchise", "told"),
    [
        (1, 0, "1 manquement · 9,00 €."),
        (1, 1, "1 manquement, sans pénalité par la franchise du contrat."),
        (3, 1, "3 manquements, dont 1 sans pénalité (franchise) · 18,00 €."),
        (9, 0, "9 manquements · 81,00 €, ramenés à 67,50 € par le plafond."),
    ],
)
def test_how_a_month_is_counted(session: Session, days: int, franchise: int, told: str) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, percent=200, franchise=franchise)
    for day in ("01", "02", "03", "04", "05", "08", "09", "10", "11")[:days]:
        late(session, asset, day)
    assert plain(words.how(month(session, contract))) == told


def test_what_cannot_be_counted_says_why(session: Session) -> None:
    contract, asset = agreed(session, fee=None)
    penalty(session, contract, percent=200)
    late(session, asset, "01")
    assert "écrivez d’abord le prix" in words.how(month(session, contract))
    other, _ = agreed(session, number="CT-2")
    session.add(PenaltyClaim(contract_id=other, month=JUNE, amount=400, claimed_on=JUNE))
    session.flush()
    assert "à la main" in words.how(month(session, other))


def test_what_is_still_late_is_told(session: Session) -> None:
    contract, asset = agreed(session)
    penalty(session, contract, amount=1_000)
    add_ticket(session, "30 09:00", "P1", asset_id=asset)
    told = plain(words.how(month(session, contract, june("30 15:30"))))
    assert told == "1 manquement, dont 1 encore en cours · 10,00 €."


@pytest.mark.parametrize(
    ("trigger", "told"),
    [(None, words.NO_PENALTY), ("other", words.BY_HAND), ("restore", words.ALL_HELD)],
)
def test_a_contract_with_nothing_to_claim_says_why(session: Session, trigger: str | None, told: str) -> None:
    contract, _ = agreed(session)
    if trigger:
        penalty(session, contract, trigger=trigger, amount=1_000)
    assert words.standing(session, contract) == told


def test_the_email_tells_each_breach_the_total_and_the_form(session: Session) -> None:
    contract, asset = agreed(session, provider_reference="INFO-42", penalty_month_cap=200)
    penalty(session, contract, unit="day", amount=1_000)
    late(session, asset, "01")
    session.get_one(Contract, contract).penalty_form = PenaltyForm.DEDUCTION
    session.flush()
    message = message_from_bytes(words.demand(session, month(session, contract)), policy=default)
    told = plain(message.get_content())
    assert plain(message["Subject"]) == "Pénalités de juin 2026, contrat CT-2026-01"
    assert "rétablissement en retard de 1 jour" in told
    assert "CT-2026-01 (votre référence INFO-42)" in told
    assert "par une déduction" in told
    assert "Total : 9,00 €, après le plafond du contrat (10,00 € avant)." in told
