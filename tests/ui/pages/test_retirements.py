"""Stories of the exits, the erasures and the loans, each in its list."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Asset, Loan, Retirement
from app.models.codes import AssetStatus, ErasureCheck, ErasureLevel, ExitKind, MediumKind
from app.services import loans, records, retirement, setup
from app.storage import Store
from app.ui.crud.form import FormDialog
from app.ui.crud.page import EntityPage
from app.ui.desk import Desk
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_loans import LoanForm, LoansPage
from app.ui.pages.retirements import ErasuresPage, RetirementsPage
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

ASSET = ENTITIES["asset"]
TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """PC-0001 was sold, PC-0002 erased and given to a collector, PC-0003 is lent, PC-0004 is there."""
    with store.begin() as session:
        setup.ensure(session)
        for _ in range(4):
            records.create(session, ASSET, {"family_id": 1, "brand": "Dell", "personal_data": False})
        sale = {"kind": ExitKind.SALE, "retired_on": TODAY, "recipient": "Occasion 21", "price": 5_000}
        retirement.retire(session, 1, sale, TODAY)
        erasure = {
            "asset_id": 2, "level": ErasureLevel.PURGE, "method": "sanitize", "verification": ErasureCheck.FULL,
            "done_on": TODAY, "operator": "Yanis", "medium": MediumKind.SSD, "succeeded": True,
        }  # fmt: skip
        records.create(session, ENTITIES["erasure"], erasure)
        retirement.retire(session, 2, {"kind": ExitKind.WEEE, "retired_on": TODAY, "recipient": "Recyclage"}, TODAY)
        loans.lend(session, 3, {"borrower": "Stagiaire", "lent_on": TODAY})
    return make_desk(qtbot, store, answers)


def show(qtbot: QtBot, page: EntityPage) -> None:
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    settle(qtbot, lambda: page.panel.model.tally.all > 0 or page.body.currentIndex() == 1)


def act(page: EntityPage, words: str) -> None:
    press(page.detail, "Autres actions")
    pick(page.detail, words)


def test_an_exit_is_proved_printed_and_cancelled(qtbot: QtBot, desk: Desk) -> None:
    page = RetirementsPage(desk, UiState())
    show(qtbot, page)
    page.show_record(1)
    settle(qtbot)
    act(page, "Compléter la preuve…")
    dialog = opened(page, ActDialog)
    assert "Facture de vente" in shown(dialog)
    dialog.form.editors["proof"].put_text("Facture V-12")
    dialog.accept()
    settle(qtbot, lambda: "Facture V-12" in shown(page.detail))
    page.print_paper()
    preview = opened(page, Preview)
    assert preview.paper.title.startswith("Fiche de sortie SOR-")
    preview.close()
    page.bin_chosen()
    dialog = opened(page, ActDialog)
    dialog.form.editors["text"].put_text("Vente annulée")
    dialog.accept()
    settle(qtbot, lambda: page.panel.model.tally.all == 1)
    with desk.read() as session:
        assert session.get_one(Asset, 1).status == AssetStatus.IN_STOCK
        assert session.get_one(Retirement, 1).deleted_reason == "Vente annulée"


def test_nothing_is_typed_in_the_list_of_exits(qtbot: QtBot, desk: Desk) -> None:
    page = RetirementsPage(desk, UiState())
    show(qtbot, page)
    page.show_record(1)
    page.new()
    page.edit()
    page.duplicate()
    page.open_record(1)
    page.to_bin([])
    assert not page.findChildren(FormDialog)
    assert page.acts_on([1, 2]) == ()


def test_the_register_of_waste_goes_to_excel(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    page = RetirementsPage(desk, UiState())
    show(qtbot, page)
    [register] = page.section_actions()
    answers.saves = [None, tmp_path / "registre.xlsx"]
    register.click()
    register.click()
    qtbot.waitUntil(lambda: (tmp_path / "registre.xlsx").exists() and not desk.jobs.busy)


def test_a_company_without_exits_is_sent_to_its_assets(qtbot: QtBot, store: Store) -> None:
    page = RetirementsPage(make_desk(qtbot, store, Answers()), UiState())
    show(qtbot, page)
    went: list[str] = []
    page.desk.show_list.connect(lambda key, _: went.append(key))
    press(page, "Choisir un bien à sortir")
    assert went == ["asset"]


def test_a_certificate_is_printed_from_its_erasure(qtbot: QtBot, desk: Desk) -> None:
    page = ErasuresPage(desk, UiState())
    show(qtbot, page)
    page.print_paper()
    assert not page.findChildren(Preview)
    page.show_record(1)
    settle(qtbot)
    act(page, "Imprimer le certificat d’effacement…")
    preview = opened(page, Preview)
    assert preview.paper.title.startswith("Certificat d’effacement EFF-")
    preview.close()
    assert page.acts_on([]) == ()


def status(desk: Desk, asset: int) -> AssetStatus:
    with desk.read() as session:
        found: AssetStatus = session.get_one(Asset, asset).status
    return found


def test_a_loan_typed_in_its_list_marks_its_asset(qtbot: QtBot, desk: Desk) -> None:
    page = LoansPage(desk, UiState())
    show(qtbot, page)
    page.new()
    form = opened(page, LoanForm)
    for name, text in (("asset_id", "PC-0003"), ("borrower", "Luc")):
        form.form.editors[name].put_text(text)
    form.accept()
    assert "déjà prêté à Stagiaire" in shown(form)
    form.form.editors["asset_id"].put_text("PC-0004")
    form.accept()
    settle(qtbot, lambda: status(desk, 4) == AssetStatus.LENT)
    again = page.open_form(2)
    again.form.editors["notes"].put_text("Avec sacoche")
    again.accept()
    page.to_bin([2])
    settle(qtbot, lambda: status(desk, 4) == AssetStatus.IN_STOCK)


def test_a_loan_comes_back_from_its_list(qtbot: QtBot, desk: Desk) -> None:
    page = LoansPage(desk, UiState())
    show(qtbot, page)
    page.show_record(1)
    settle(qtbot)
    act(page, "Rendre…")
    opened(page, ActDialog).accept()
    settle(qtbot, lambda: status(desk, 3) == AssetStatus.IN_STOCK)
    assert page.acts_on([1]) == ()
    assert page.acts_on([1, 2]) == ()
    with desk.read() as session:
        assert session.get_one(Loan, 1).returned_on is not None
