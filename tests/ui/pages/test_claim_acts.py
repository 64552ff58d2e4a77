"""Claim files and letters from the contract and from the ticket: shown, issued, written as an archive."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.fields import Day, this_day
from app.models import IssuedPaper
from app.services import setup
from app.ui.desk import Desk
from app.ui.pages.contract_penalties import PenaltiesCard
from app.ui.pages.planned_papers import PlannedDialog
from app.ui.pages.ticket import TicketPage
from app.ui.preview import Preview
from tests.services.claim_file.make import lumeo
from tests.services.company import add_contract
from tests.ui.fakes import Answers, settle
from tests.ui.pages.hand import opened, pick, press, shown


@pytest.fixture
def card(qtbot: QtBot, desk: Desk) -> PenaltiesCard:
    with desk.store.begin("essai") as session:
        setup.ensure(session)
    contract, _ = lumeo(desk.store)
    made = PenaltiesCard(desk, contract)
    qtbot.addWidget(made)
    made.reload()
    made.show()
    settle(qtbot, lambda: not made.reader.busy)
    return made


def issued(desk: Desk) -> list[str]:
    with desk.read() as session:
        return [f"{one.kind} {one.reference}" for one in session.scalars(select(IssuedPaper))]


def choose(card: PenaltiesCard, **texts: str) -> PlannedDialog:
    press(card, "Autres actions sur ces pénalités")
    pick(card, "Dossier de preuve…")
    dialog = opened(card, PlannedDialog)
    dialog.form.show_values({name: Day(name="", label="").read(text) if name != "made" else text
                             for name, text in texts.items()})  # fmt: skip
    dialog.accept()
    return dialog


def test_the_file_of_several_months_is_shown(card: PenaltiesCard) -> None:
    choose(card, made="preuve-contrat", first="12/05/2026", last="30/06/2026")
    preview = opened(card, Preview)
    assert "CT-2026-01-2026-05-2026-06" in preview.windowTitle() + shown(preview)
    preview.close()


def test_months_given_backwards_are_refused_in_place(card: PenaltiesCard) -> None:
    dialog = choose(card, made="zip", first="01/06/2026", last="01/05/2026")
    assert "avant le premier" in shown(dialog)
    dialog.close()


def test_an_archive_is_issued_and_saved(
    card: PenaltiesCard, desk: Desk, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    target = tmp_path / "preuve.zip"
    answers.saves = [target, None]
    with qtbot.waitSignal(desk.done, timeout=20_000) as told:
        choose(card, made="zip", first="01/06/2026", last="01/06/2026")
    assert told.args is not None
    assert "2\u00a0tickets, 1\u00a0pièce" in told.args[0]
    assert "verifier.py" in ZipFile(target).namelist()
    assert issued(desk) == ["preuve-contrat CT-2026-01-2026-06"]
    choose(card, made="zip", first="01/06/2026", last="01/06/2026")  # given up in the dialog of files
    assert len(issued(desk)) == 1


def test_the_letter_of_the_month_is_one_click_away(card: PenaltiesCard) -> None:
    press(card, "Autres actions sur ces pénalités")
    pick(card, "Lettre de réclamation…")
    preview = opened(card, Preview)
    assert "CT-2026-01-2026-06" in preview.windowTitle() + shown(preview)
    preview.close()


def test_a_contract_without_penalty_has_its_file_too(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        setup.ensure(session)
        contract = add_contract(session)
    made = PenaltiesCard(desk, contract)
    qtbot.addWidget(made)
    made.reload()
    made.show()
    press(made, "Autres actions sur ces pénalités")
    pick(made, "Dossier de preuve…")
    assert opened(made, PlannedDialog).form.values()["first"] == this_day().replace(day=1)


def test_a_ticket_has_its_file_and_its_archive(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    with desk.store.begin("essai") as session:
        setup.ensure(session)
    _, ticket = lumeo(desk.store)
    page = TicketPage(desk, ticket)
    qtbot.addWidget(page)
    page.show()
    press(page, "Autres actions")
    assert "Dossier de preuve…" in [one.text() for one in page.findChildren(QMenu)[-1].actions()]
    pick(page, "Dossier de preuve…")
    preview = opened(page, Preview)
    assert preview.paper.pdf.startswith(b"%PDF")
    preview.close()
    answers.saves = [tmp_path / "t.zip"]
    press(page, "Autres actions")
    with qtbot.waitSignal(desk.done, timeout=20_000):
        pick(page, "Dossier de preuve en archive ZIP…")
    assert issued(desk) == ["preuve T-2026-0001"]
