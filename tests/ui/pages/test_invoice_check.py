"""The comparison of an invoice with its contract, as it is read."""

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from app.services.billing.check import Check, Reason, Verdict, Weight
from app.storage import Store
from app.ui.pages.invoice_check import NO_CONTRACT, CheckCard
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import press, shown

REVISED = Reason(Weight.NOTE, "Égal à la révision du 1er octobre.", 1890, "contract", 1)


def told(difference: int | None, outside: int = 0) -> Check:
    expected = None if difference is None else 45000
    share = None if difference is None else Decimal(difference) * 100 / 45000
    billed = 45000 + (difference or 0)
    return Check(
        Verdict.EXPLAINED, "octobre 2026", expected, billed, outside, difference, share, (), (REVISED,)
    )  # fmt: skip


CASES = [
    (told(1890), "+18,90\u00a0€ (+4,2\u00a0%)", True),
    (told(-450), "−4,50\u00a0€ (−1,0\u00a0%)", True),
    (told(0), "0,00\u00a0€", True),
    (told(1890, 9500), "Hors contrat HT", True),
    (told(None), "Écart", False),
]


@pytest.fixture
def card(qtbot: QtBot, store: Store, answers: Answers) -> CheckCard:
    made = CheckCard(make_desk(qtbot, store, answers))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("found", "words", "there"), CASES)
def test_the_difference_in_figures(card: CheckCard, found: Check, words: str, there: bool) -> None:
    card.show_check(found)
    assert (words in shown(card).splitlines()) is there
    assert REVISED.text in shown(card)
    card.show_check(None)
    assert NO_CONTRACT in shown(card)


def test_a_reason_leads_to_its_record(card: CheckCard) -> None:
    went: list[tuple[str, int]] = []
    card._desk.go_to.connect(lambda key, record: went.append((key, record)))
    card.show_check(told(1890))
    press(card, "Voir")
    assert went == [("contract", 1)]
