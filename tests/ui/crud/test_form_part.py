"""A form of some fields of a record: what it does not show stays as it is."""

from datetime import date

from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Contract
from app.models.codes import ContractStatus
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from tests.services.company import add_contract
from tests.ui.fakes import Answers
from tests.ui.pages.hand import shown

CONTRACT = ENTITIES["contract"]


def test_only_the_fields_shown_are_saved(qtbot: QtBot, desk: Desk) -> None:
    with desk.store.begin("essai") as session:
        contract = add_contract(session, notes="Gardé")
    form = FormDialog(desk, CONTRACT, contract, only=("fee", "fee_period"), title="le prix")
    qtbot.addWidget(form)
    form.show()
    assert set(form.form.editors) == {"fee", "fee_period"}
    assert form.windowTitle() == "CT-2026-01 Maintenance du parc\u00a0: le prix[*]"
    form.form.editors["fee"].put_text("450")
    form.accept()
    with desk.read() as session:
        kept = session.get_one(Contract, contract)
        assert (kept.fee, kept.notes) == (45_000, "Gardé")


def test_what_is_wrong_out_of_sight_is_said_in_the_box(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    form = FormDialog(desk, CONTRACT, start={"status": ContractStatus.ACTIVE}, only=("subject", "starts_on"))
    qtbot.addWidget(form)
    form.show()
    assert form.windowTitle() == "Nouveau contrat[*]"
    form.form.editors["subject"].put_text("Copieurs")
    form.form.editors["starts_on"].put_text("01/12/2026")
    form.accept()
    assert "Seul un projet peut rester sans prestataire." in shown(form)
    answers.unsaved_answers = ["discard"]
    form.reject()


def test_what_it_was_begun_with_is_kept_though_not_shown(qtbot: QtBot, desk: Desk) -> None:
    start = {"status": ContractStatus.DRAFT, "fee": 30_000}
    form = FormDialog(desk, CONTRACT, start=start, only=("subject", "starts_on"), title="Commencer un contrat")
    qtbot.addWidget(form)
    assert form.windowTitle() == "Commencer un contrat[*]"
    form.form.editors["subject"].put_text("Copieurs")
    form.form.editors["starts_on"].put_text("01/12/2026")
    with qtbot.waitSignal(form.saved) as saved:
        form.accept()
    assert saved.args is not None
    with desk.read() as session:
        kept = session.get_one(Contract, saved.args[0])
        assert (kept.fee, kept.status, kept.starts_on) == (30_000, ContractStatus.DRAFT, date(2026, 12, 1))
