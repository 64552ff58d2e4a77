"""The price of a contract told, corrected and revised on its page."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Contract, IndexValue, Penalty, UnitPrice
from app.models.contract_codes import PriceModel
from app.services.amendments import on_day
from app.ui.crud.form import FormDialog
from app.ui.desk import Desk
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_price import PriceTab, RevisionDialog
from app.ui.pages.contract_price_form import PriceForm
from tests.services.company import add_contract
from tests.ui.pages.hand import opened, press, shown


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ContractPage:
    with desk.store.begin("essai") as session:
        contract = add_contract(session, fee=45_000, index_name="Syntec", index_base=300_000)
        session.add(IndexValue(index_name="Syntec", month=date(2026, 2, 1), value=312_600,
                               published_on=date(2026, 4, 20)))  # fmt: skip
    made = ContractPage(desk, contract)
    qtbot.addWidget(made)
    made.resize(1280, 1000)
    made.show()
    made.open_tab("Prix")
    return made


def tab_of(page: ContractPage) -> PriceTab:
    tab = page.tab()
    assert isinstance(tab, PriceTab)
    return tab


def test_the_fields_follow_the_price_model(page: ContractPage) -> None:
    assert "5\u00a0400,00\u00a0€" in shown(page)
    press(page, "Modifier\u00a0: Mode de prix")
    form = opened(page, PriceForm)
    assert "fee" in form.form.editors
    assert "hours_bought" not in form.form.editors
    form.form.editors["price_model"].put_text(PriceModel.HOUR_BANK.label)
    form.form.editors["price_model"].widget.setFocus()
    assert "fee" not in form.form.editors
    form.form.editors["hours_bought"].put_text("50 h")
    form.form.editors["hours_price"].put_text("3000")
    form.accept()
    assert "3\u00a0000,00\u00a0€ pour 50\u00a0h, sur 12\u00a0mois" in shown(page)
    with page.desk.read() as session:
        kept = session.get_one(Contract, page.record_id)
        assert (kept.price_model, kept.hours_bought, kept.fee) == (PriceModel.HOUR_BANK, 3_000, 45_000)


def test_a_term_too_long_is_warned_of(page: ContractPage) -> None:
    press(page, "Modifier\u00a0: Paiement")
    form = opened(page, FormDialog)
    assert set(form.form.editors) == {"billing", "payment_days", "payment_rule", "vat_rate", "late_rate"}
    form.form.editors["payment_days"].put_text("90")
    form.accept()
    assert "Plus de 60 jours après la facture" in shown(page)
    press(page, "Modifier\u00a0: Paiement")
    opened(page, FormDialog).form.editors["payment_days"].put_text("30")
    opened(page, FormDialog).accept()
    press(page, "Modifier\u00a0: Révision du prix")
    form = opened(page, FormDialog)
    form.form.editors["never_lowered"].show(True)
    form.accept()
    assert "Révision à sens unique" in shown(page)


def test_a_revision_is_computed_then_applied(page: ContractPage) -> None:
    press(page, "Calculer une révision…")
    dialog = opened(page, RevisionDialog)
    dialog.form.editors["on"].put_text("01/03/2026")
    assert "n’est connue comme publiée au 01/03/2026" in shown(dialog)
    dialog.form.editors["on"].put_text("")
    assert "Écrivez le jour de la révision." in shown(dialog)
    dialog.form.editors["on"].put_text("01/06/2026")
    dialog.form.editors["signed_on"].put_text("20/05/2026")
    assert "450,00\u00a0€ → 468,90\u00a0€" in shown(dialog)
    assert "450,00\u00a0€ × 312,6 ÷ 300,0 = 468,90\u00a0€." in shown(dialog)
    press(dialog, "Appliquer la révision")
    with page.desk.read() as session:
        assert on_day(session, page.record_id, date(2026, 6, 1)).fee == 46_890
    assert tab_of(page).revisions.table.model().rowCount() == 1


def test_a_value_of_the_index_is_added_here(page: ContractPage) -> None:
    press(page, "Ajouter une valeur d’indice…")
    form = opened(page, FormDialog)
    assert form.form.editors["index_name"].text() == "Syntec"
    for name, text in (("month", "01/03/2026"), ("value", "315"), ("published_on", "20/05/2026")):
        form.form.editors[name].put_text(text)
    form.accept()
    press(page, "Calculer une révision…")
    dialog = opened(page, RevisionDialog)
    dialog.form.editors["on"].put_text("01/06/2026")
    assert "450,00\u00a0€ → 472,50\u00a0€" in shown(dialog)


def test_unit_prices_and_penalties_are_kept_in_place(page: ContractPage) -> None:
    tab = tab_of(page)
    press(tab.units, "Ajouter\u00a0: prix unitaire")
    form = opened(page, FormDialog)
    form.form.editors["label"].put_text("Déplacement")
    form.form.editors["price"].put_text("45")
    form.accept()
    press(tab.penalties, "Ajouter\u00a0: pénalité")
    form = opened(page, FormDialog)
    form.form.editors["trigger"].put_text("Rétablissement en retard")
    form.form.editors["percent"].put_text("2")
    form.form.editors["priorities"].put_text("P1, P9")
    form.accept()
    assert "Écrivez P1, P2, P3 ou P4, séparées par des virgules." in shown(form)
    form.form.editors["priorities"].put_text("p1, P2")
    form.accept()
    assert "9,00\u00a0€ par manquement. Exemple\u00a0: 4 dans le mois, 36,00\u00a0€." in shown(page)
    tab.penalties.table.selectRow(0)
    press(tab.penalties, "Modifier\u00a0: pénalité")
    form = opened(page, FormDialog)
    form.form.editors["percent"].put_text("4")
    form.accept()
    assert "18,00\u00a0€ par manquement" in shown(page)
    tab.units.table.selectRow(0)
    press(tab.units, "Retirer\u00a0: prix unitaire")
    with page.desk.read() as session:
        assert session.scalars(select(Penalty.percent)).one() == 400
        assert session.scalars(select(UnitPrice.deleted_at)).one() is not None
    assert not tab.units.table.isVisible()
