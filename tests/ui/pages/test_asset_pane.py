"""Stories of one asset: lent and given back, photographed, taken apart, its costs, its exit."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.entities import ENTITIES
from app.models import Asset, Component, Document, Erasure, Loan, Retirement
from app.models.codes import AssetStatus, Charge, ErasureLevel
from app.services import attachments, records, setup
from app.storage import Store
from app.ui.crud.document_card import png_of
from app.ui.crud.form import FormDialog
from app.ui.pages.acts import ActDialog
from app.ui.pages.asset_pane import AssetPane
from app.ui.pages.asset_photos import PhotoDialog, picture_of
from app.ui.pages.assets import AssetsPage
from app.ui.pages.retirement_dialog import RetireDialog
from app.ui.parts import awaited
from app.ui.preview import Preview
from app.ui.state import UiState
from tests.services import company
from tests.ui.fakes import Answers, make_desk, settle
from tests.ui.pages.hand import opened, pick, press, shown

ASSET = ENTITIES["asset"]
TODAY = date.today()  # noqa: DTZ011 - the day of this machine, as the program takes it


@pytest.fixture
def page(qtbot: QtBot, store: Store, answers: Answers, tmp_path: Path) -> AssetsPage:
    """PC-0001, bought for 800 €, holds personal data; PC-0002 has nothing."""
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, ENTITIES["person"], {"last_name": "Roux", "first_name": "Amandine"})
        for more in ({"personal_data": True, "disk_gb": 256, "price": 80_000, "replacement_value": 90_000}, {}):
            records.create(session, ASSET, {"family_id": 1, "brand": "Dell", "purchased_on": date(2024, 1, 2), **more})
    made = AssetsPage(make_desk(qtbot, store, answers), UiState(tmp_path / "poste.json"))
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    settle(qtbot, lambda: made.panel.model.tally.all == 2)
    made.show_record(1)
    settle(qtbot)
    return made


def pane(page: AssetsPage) -> AssetPane:
    assert isinstance(page.detail, AssetPane)
    return page.detail


def get(page: AssetsPage, model: type[Any], number: int = 1) -> Any:
    with page.desk.read() as session:
        found = session.get_one(model, number)
        session.expunge(found)
        return found


def act(page: AssetsPage, words: str) -> None:
    """By the menu of the pane."""
    press(pane(page), "Autres actions")
    pick(pane(page), words)


def put(dialog: ActDialog | FormDialog, **texts: str) -> None:
    for name, text in texts.items():
        dialog.form.editors[name].put_text(text)


def test_seven_tabs_stand_in_the_pane(page: AssetsPage) -> None:
    tabs = pane(page).tabs
    titles = [tabs.tabText(i) for i in range(tabs.count())]
    assert titles == ["Fiche", "Expertise", "Contrats", "Tickets", "Coûts", "Documents", "Historique"]
    assert tabs.sizeHint().width() <= pane(page).width()


def test_what_it_cost_takes_the_place_of_the_reading(qtbot: QtBot, page: AssetsPage) -> None:
    pane(page).tabs.setCurrentIndex(4)
    settle(qtbot, lambda: "Depuis l’achat" in shown(pane(page)))
    waited = [one for one in pane(page).findChildren(QLabel) if one.text() == awaited.WORDS and one.isVisible()]
    assert waited == []


def test_an_asset_is_lent_and_comes_back(qtbot: QtBot, page: AssetsPage) -> None:
    act(page, "Prêter…")
    lending = opened(page, ActDialog)
    put(lending, due_on="01/12/2026")
    lending.accept()
    assert "Dites à qui ce bien est prêté." in shown(lending)
    put(lending, person_id="Roux")
    lending.accept()
    settle(qtbot, lambda: "Prêté à Amandine Roux" in shown(pane(page)))
    assert get(page, Asset).status == AssetStatus.LENT
    press(pane(page), "Rendre…")
    back = opened(page, ActDialog)
    put(back, condition_in="2, moyen", notes="Sans chargeur")
    back.accept()
    settle(qtbot, lambda: "Prêté à" not in shown(pane(page)))
    assert get(page, Asset).status == AssetStatus.IN_STOCK
    assert get(page, Loan).notes == "Sans chargeur"


def test_a_late_loan_is_told_so(qtbot: QtBot, page: AssetsPage) -> None:
    with page.desk.store.begin("Prêt") as session:
        values = {"asset_id": 1, "borrower": "Stagiaire", "lent_on": date(2026, 1, 5), "due_on": date(2026, 1, 9)}
        records.create(session, ENTITIES["loan"], values)
    settle(qtbot, lambda: "Prêté à Stagiaire, en retard" in shown(pane(page)))


def test_components_are_added_corrected_and_taken_off(qtbot: QtBot, page: AssetsPage) -> None:
    press(pane(page), "Ajouter un composant")
    form = opened(page, FormDialog)
    put(form, kind="Disque", label="SSD Samsung", size="512 Go")
    form.accept()
    settle(qtbot, lambda: get(page, Component).label == "SSD Samsung")
    press(pane(page), "Disque\u00a0: SSD Samsung")
    form = opened(page, FormDialog)
    put(form, label="SSD Crucial")
    form.accept()
    press(pane(page), "Autres actions\u00a0: SSD Crucial")
    pick(pane(page), "Retiré aujourd’hui")
    settle(qtbot, lambda: f"retiré le {TODAY:%d/%m/%Y}" in shown(pane(page)))
    press(pane(page), "Autres actions\u00a0: SSD Crucial")
    pick(pane(page), "Mettre à la corbeille")
    settle(qtbot, lambda: get(page, Component).deleted_at is not None)


def a_picture(width: int = 1600, height: int = 1200) -> QImage:
    made = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    made.fill(QColor("navy"))
    return made


def test_photos_are_chosen_pasted_seen_as_thumbnails_and_enlarged(
    qtbot: QtBot, page: AssetsPage, answers: Answers, tmp_path: Path
) -> None:
    file = tmp_path / "face.png"
    file.write_bytes(png_of(a_picture()))
    answers.opens = [[file]]
    press(pane(page), "Ajouter une photo…")
    settle(qtbot, lambda: len(pane(page).photos.thumbs) == 1)
    QGuiApplication.clipboard().setImage(a_picture(40, 60))
    pane(page).photos.paste()
    settle(qtbot, lambda: len(pane(page).photos.thumbs) == 2)
    photos = pane(page).photos
    qtbot.waitUntil(lambda: not any(thumb.icon().isNull() for thumb in photos.thumbs))
    QTest.mouseClick(photos.thumbs[0], Qt.MouseButton.LeftButton)
    dialog = opened(page, PhotoDialog)
    assert dialog.canvas.image.size() == QSize(40, 60)
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.canvas.image.size() == QSize(1600, 1200)
    assert "2\u00a0sur\u00a02" in shown(dialog)
    dialog.accept()


def test_what_is_no_image_is_no_photo(qtbot: QtBot, page: AssetsPage) -> None:
    assert picture_of(b"not an image").isNull()
    with page.desk.store.begin("Documents") as session:
        attachments.add(session, ASSET, 1, "facture.pdf", b"%PDF")
        attachments.add(session, ASSET, 1, "faux.png", b"not an image")
    settle(qtbot, lambda: len(pane(page).photos.thumbs) == 1)
    QGuiApplication.clipboard().setMimeData(QMimeData())
    pane(page).photos.paste()
    pane(page).photos.enlarge(0)
    dialog = opened(page, PhotoDialog)
    assert "Image illisible" in shown(dialog)
    dialog.accept()
    assert len(pane(page).photos.thumbs) == 1


def test_costs_are_read_and_lead_to_their_record(qtbot: QtBot, page: AssetsPage) -> None:
    with page.desk.store.begin("Ticket") as session:
        ticket = company.add_ticket(session, "03 09:00", asset_id=1)
        values = {"ticket_id": ticket, "started_at": company.june("03 10:00"), "charge": Charge.BILLABLE}
        done = records.create(session, ENTITIES["intervention"], values)
        records.create(
            session, ENTITIES["part"], {"intervention_id": done, "label": "Dalle", "quantity": 1, "unit_price": 11_200}
        )
    pane(page).tabs.setCurrentIndex(4)
    settle(qtbot, lambda: "912" in shown(pane(page)))
    told = shown(pane(page)).replace("\u00a0", " ")
    assert "912,00 €" in told
    assert "112,00 €" in told
    went: list[tuple[str, int]] = []
    page.desk.go_to.connect(lambda key, number: went.append((key, number)))
    press(pane(page), "Pièces et interventions\u00a0: Un ennui, 112,00\u00a0€")
    assert went == [("intervention", done)]


def test_an_asset_without_costs_says_so(qtbot: QtBot, page: AssetsPage) -> None:
    page.show_record(2)
    pane(page).tabs.setCurrentIndex(4)
    settle(qtbot, lambda: "Aucun coût connu" in shown(pane(page)))


def test_another_asset_may_be_shown_before_the_costs_of_one_are_read(qtbot: QtBot, page: AssetsPage) -> None:
    pane(page).tabs.setCurrentIndex(4)
    page.show_record(2)
    pane(page).tabs.setCurrentIndex(4)
    settle(qtbot, lambda: "Aucun coût connu" in shown(pane(page)))


def test_an_asset_leaves_once_its_disk_is_erased(qtbot: QtBot, page: AssetsPage, tmp_path: Path) -> None:
    act(page, "Sortir du parc…")
    leaving = opened(page, RetireDialog)
    assert "Les données ne sont pas effacées" in shown(leaving)
    put(leaving, kind="Don", recipient="Restos du cœur")
    assert "Attestation de don" in shown(leaving)
    leaving.accept()
    assert get(page, Asset).status == AssetStatus.IN_SERVICE
    press(leaving, "Noter un effacement…")
    erasing = opened(leaving, FormDialog)
    assert erasing.form.editors["succeeded"].value() is None  # a proof is answered, not accepted
    put(erasing, level=ErasureLevel.PURGE.label, method="Commande sanitize", verification="Complète", operator="Yanis",
        medium="Disque SSD", succeeded="Oui")  # fmt: skip
    erasing.accept()
    settle(qtbot, lambda: "Les données ne sont pas effacées" not in shown(leaving))
    proof = tmp_path / "attestation.pdf"
    proof.write_bytes(b"%PDF-1.4")
    leaving.attach([proof])
    assert "attestation.pdf" in shown(leaving)
    leaving.accept()
    settle(qtbot, lambda: get(page, Asset).status == AssetStatus.RETIRED)
    assert get(page, Retirement).recipient == "Restos du cœur"
    assert get(page, Document).entity == "retirement"
    assert get(page, Erasure).asset_id == 1
    settle(qtbot, lambda: "Sorti le" in shown(pane(page)))
    act(page, "Annuler la sortie…")
    opened(page, ActDialog).accept()
    settle(qtbot, lambda: get(page, Asset).status == AssetStatus.IN_STOCK)


def test_a_theft_of_readable_data_says_what_to_do(qtbot: QtBot, page: AssetsPage, answers: Answers) -> None:
    act(page, "Sortir du parc…")
    leaving = opened(page, RetireDialog)
    put(leaving, kind="Vol ou perte")
    leaving.accept()
    settle(qtbot, lambda: bool(answers.told))
    title, text = answers.told[0]
    assert "72\u00a0heures" in title
    assert "CNIL" in text
    assert "Violation de données personnelles" in shown(pane(page))


def test_several_leave_together_from_the_list(qtbot: QtBot, page: AssetsPage) -> None:
    with page.desk.store.begin("Données") as session:
        records.update(session, ASSET, 1, {"personal_data": False})
    page.panel.table.selectAll()
    dict(page.acts_on(page.panel.chosen_ids()))["Sortir ces biens du parc…"]()
    leaving = opened(page, RetireDialog)
    put(leaving, kind="Déchet électrique (DEEE)", recipient="Recyclage Côte-d’Or")
    leaving.accept()
    settle(qtbot, lambda: get(page, Asset, 2).status == AssetStatus.RETIRED)
    assert get(page, Retirement, 2).recipient == "Recyclage Côte-d’Or"


def test_the_keys_print_the_sheet_of_the_asset(page: AssetsPage) -> None:
    page.print_paper()
    preview = opened(page, Preview)
    assert preview.paper.title == "Fiche de bien PC-0001"
    preview.close()
    QApplication.processEvents()
    press(pane(page), "Imprimer la fiche (Ctrl+P)")
    opened(page, Preview).close()


def test_a_ticket_and_an_erasure_begin_from_the_asset(page: AssetsPage) -> None:
    act(page, "Nouveau ticket…")
    from app.ui.pages.new_ticket import NewTicketDialog  # noqa: PLC0415 - of this story

    ticket = opened(page, NewTicketDialog)
    assert ticket.editors["asset_id"].text().startswith("PC-0001")
    ticket.close()
    act(page, "Noter un effacement…")
    form = opened(page, FormDialog)
    assert form.form.editors["asset_id"].text().startswith("PC-0001")
    assert (form.form.editors["capacity"].text(), form.form.editors["sensitivity"].text()) == (
        "256\u00a0Go",
        "Personnelles",
    )
    assert form.form.editors["medium"].widget.hasFocus()  # the first that is not known
    form.reject()
