"""Stories of invoices dropped on the window: looked at, recorded with their file, or entered by hand without loss."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.entities import ENTITIES
from app.models import Invoice, InvoiceLine, Provider
from app.models.money_codes import LineKind
from app.services import attachments, setup
from app.services.invoices.draft import DraftLine
from app.storage import Store
from app.ui.desk import Desk
from app.ui.pages import starts
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.invoice_form import InvoiceForm
from app.ui.pages.invoice_import import InvoiceImportDialog
from app.ui.state import UiState
from app.ui.window import Window
from tests.services.company import add_contract
from tests.services.reading.einvoices import PARTY, cii, line, pdf
from tests.ui.fakes import Answers, make_desk
from tests.ui.pages.hand import opened, pick, press, shown

INVOICE = ENTITIES["invoice"]
Put = Callable[..., Path]


@pytest.fixture
def desk(qtbot: QtBot, store: Store, answers: Answers) -> Desk:
    """A contract at 450 € a month, of a provider known by its SIRET."""
    with store.begin() as session:
        setup.ensure(session)
        add_contract(session, fee=45000)
        session.scalars(select(Provider)).one().siret = "73282932000074"
    return make_desk(qtbot, store, answers)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def made(content: bytes, name: str = "facture.xml") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return made


@pytest.fixture
def went(desk: Desk) -> list[tuple[str, int]]:
    places: list[tuple[str, int]] = []
    desk.go_to.connect(lambda key, record: places.append((key, record)))
    return places


def preview(desk: Desk, *files: Path) -> InvoiceImportDialog:
    window = desk.parent()
    assert isinstance(window, QWidget)
    starts.import_invoices(desk, window, files)
    return opened(window, InvoiceImportDialog)


def kept(desk: Desk) -> list[tuple[str, int | None, list[str]]]:
    """Number, contract and files of each invoice."""
    with desk.read() as session:
        return [
            (one.number, one.contract_id, [file.name for file in attachments.of_record(session, INVOICE, one.id)])
            for one in session.scalars(select(Invoice).order_by(Invoice.id))
        ]


def test_an_invoice_is_looked_at_then_recorded(desk: Desk, put: Put, went: list[tuple[str, int]]) -> None:
    dialog = preview(desk, put(pdf({"factur-x.xml": cii()}), "facture.pdf"))
    told = shown(dialog)
    assert "Reconnu par son SIREN." in told
    assert "Reconnu par sa référence." in told
    assert "Conforme au contrat" in [one.accessibleName() for one in dialog.findChildren(QWidget)]
    assert "lue dans les mots" in told
    assert not kept(desk)
    press(dialog, "Enregistrer la facture")
    assert kept(desk) == [("FA-118", 1, ["facture.pdf"])]
    assert went == [("invoice", 1)]


def test_recording_is_one_act_that_is_undone(desk: Desk, put: Put) -> None:
    from app.storage import undo  # noqa: PLC0415 - here only

    told: list[tuple[str, int]] = []
    desk.done.connect(lambda words, action: told.append((words, action)))
    press(preview(desk, put(cii())), "Enregistrer la facture")
    assert told[0][0] == "Facture FA-118 enregistrée"
    with desk.store.begin() as session:
        undo.undo(session, told[0][1])
    with desk.read() as session:
        assert session.scalars(select(Invoice).where(Invoice.deleted_at.is_(None))).all() == []


def test_the_nature_of_a_line_is_changed(desk: Desk, put: Put) -> None:
    lines = line("Maintenance octobre 2026", "400.00") + line("Divers", "50.00", number=2)
    dialog = preview(desk, put(cii(lines=lines)))
    assert dialog.view is not None
    dialog.view.lines.opened.emit(1)
    pick(dialog, "Réparation ou intervention")
    assert [kind.label for kind in dialog.view.kinds] == ["Contrat de maintenance", "Réparation ou intervention"]
    dialog.view.lines.opened.emit(1)
    pick(dialog, "Cette nature pour toutes les lignes")
    press(dialog, "Enregistrer la facture")
    with desk.read() as session:
        assert [one.kind for one in session.scalars(select(InvoiceLine))] == [LineKind.REPAIR, LineKind.REPAIR]


def test_another_provider_is_chosen(desk: Desk, put: Put) -> None:
    """Its contract goes with it; left empty, the provider is created from the file."""
    dialog = preview(desk, put(cii()))
    assert dialog.view is not None
    form = dialog.view.form
    form.editors["provider_id"].show(None)
    dialog.view._follow("provider_id")
    assert form.editors["contract_id"].value() is None
    assert "créé depuis le fichier, Infogérance Morvan, SIREN 732829320" in shown(dialog)
    form.editors["provider_id"].show(1)
    dialog.view._follow("provider_id")
    assert form.editors["contract_id"].value() == 1
    form.editors["contract_id"].put_text("rien de tel")
    dialog.view._follow("contract_id")
    press(dialog, "Enregistrer la facture")
    assert "Choisissez dans la liste" in shown(dialog)
    assert not kept(desk)
    form.editors["contract_id"].show(None)
    dialog.view._follow("contract_id")
    assert "achat hors contrat" in shown(dialog)
    press(dialog, "Enregistrer la facture")
    assert kept(desk) == [("FA-118", None, ["facture.xml"])]


def test_a_file_without_data_is_entered_by_hand_with_it(desk: Desk, put: Put, went: list[tuple[str, int]]) -> None:
    dialog = preview(desk, put(pdf(), "numérisée.pdf"))
    assert "PDF sans données de facture" in shown(dialog)
    press(dialog, "Saisir à la main…")
    form = opened(dialog, InvoiceForm)
    form.form.editors["number"].put_text("A-7")
    form.form.editors["provider_id"].show(1)
    form.lines.show_drafts([DraftLine("Maintenance", 45000)])
    form.accept()
    assert kept(desk) == [("A-7", 1, ["numérisée.pdf"])]
    assert went == [("invoice", 1)]


def test_what_was_read_begins_the_form(desk: Desk, put: Put) -> None:
    dialog = preview(desk, put(cii()))
    press(dialog, "Corriger à la main…")
    form = opened(dialog, InvoiceForm)
    assert form.form.editors["number"].text() == "FA-118"
    assert form.form.editors["provider_id"].value() == 1
    assert [one.net for one in form.lines.drafts()] == [45000]
    form.accept()
    assert kept(desk) == [("FA-118", 1, ["facture.xml"])]


def test_an_invoice_already_there_is_opened(desk: Desk, put: Put, went: list[tuple[str, int]]) -> None:
    path = put(cii())
    press(preview(desk, path), "Enregistrer la facture")
    dialog = preview(desk, path)
    assert "Cette facture est déjà enregistrée" in shown(dialog)
    press(dialog, "Ouvrir la facture")
    assert went == [("invoice", 1), ("invoice", 1)]
    assert len(kept(desk)) == 1


def test_what_would_be_refused_is_told_first(desk: Desk, put: Put) -> None:
    wrong = cii().replace(b">1</ram:BilledQuantity>", b">99999999999</ram:BilledQuantity>")
    dialog = preview(desk, put(wrong))
    assert "Elle ne peut pas être enregistrée ainsi" in shown(dialog)
    assert not dialog.main_button.isEnabled()
    assert dialog.hand_button.isVisible()


def test_several_are_looked_at_one_after_the_other(desk: Desk, put: Put) -> None:
    told: list[str] = []
    desk.done.connect(lambda words, _: told.append(words))
    files = [
        put(cii(), "une.xml"),
        put(pdf(), "deux.pdf"),
        put(cii(number="FA-119", day="20261130", lines=line("Maintenance novembre 2026", "450.00")), "trois.xml"),
    ]
    dialog = preview(desk, *files)
    assert "une.xml · XML CII · 1 sur 3" in shown(dialog)
    press(dialog, "Enregistrer la facture")
    assert "deux.pdf · 2 sur 3" in shown(dialog)
    press(dialog, "Passer à la suivante")
    assert dialog.close_button.text() == "Fermer"
    press(dialog, "Enregistrer la facture")
    assert [one[0] for one in kept(desk)] == ["FA-118", "FA-119"]
    assert told[-1] == "2\u00a0factures enregistrées"


def test_a_new_provider_is_known_to_the_next_file(desk: Desk, put: Put) -> None:
    seller = PARTY.replace("732829320", "443061841").replace("Infogérance Morvan", "Bureautique du Val")
    dialog = preview(desk, *(put(cii(number=f"B-{n}", seller=seller), f"{n}.xml") for n in (1, 2)))
    press(dialog, "Enregistrer la facture")
    assert "Supposé\u00a0: par son nom. Vérifiez." in shown(dialog)
    press(dialog, "Enregistrer la facture")
    assert [one[0] for one in kept(desk)] == ["B-1", "B-2"]


def test_the_file_is_shown_by_its_usual_program(desk: Desk, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    path = put(cii())
    dialog = preview(desk, path)
    press(dialog, "Voir le fichier")
    assert asked == [str(path)]
    press(dialog, "Annuler")
    assert not kept(desk)


def test_a_credit_note_says_so(desk: Desk, put: Put) -> None:
    dialog = preview(desk, put(cii(type="381", number="AV-1")))
    assert "Vérifiez l’avoir" in shown(dialog)
    press(dialog, "Enregistrer l’avoir")
    assert [one[0] for one in kept(desk)] == ["AV-1"]


def test_files_of_all_kinds_are_sorted(desk: Desk, put: Put, qtbot: QtBot) -> None:
    """The invoices first, then the lists, each in its own preview."""
    window = desk.parent()
    assert isinstance(window, QWidget)
    starts.import_files(desk, window, [put(b"Nom;Ville\nA;B\n", "liste.csv"), put(cii())])
    opened(window, InvoiceImportDialog).reject()
    opened(window, ImportDialog).reject()
    starts.import_files(desk, window, [put(b"Nom;Ville\nA;B\n", "liste.csv")])
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ImportDialog)), timeout=10_000)
    opened(window, ImportDialog).reject()


def test_a_choice_of_no_file_opens_nothing(desk: Desk, answers: Answers) -> None:
    window = desk.parent()
    assert isinstance(window, QWidget)
    answers.opens = [[], []]
    starts.import_invoices(desk, window)
    starts.import_files(desk, window)
    assert not window.findChildren(InvoiceImportDialog)


def test_files_dropped_anywhere_on_the_window_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(UiState())
    qtbot.addWidget(window)
    told: list[list[Path]] = []
    window.dropped.connect(told.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "facture.pdf"))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert told == [[tmp_path / "facture.pdf"]]


def test_a_seller_without_a_number_is_named(desk: Desk, put: Put) -> None:
    seller = PARTY.split("<ram:Specified")[0].replace("Infogérance Morvan", "Bureautique du Val")
    dialog = preview(desk, put(cii(seller=seller, agreement="")))
    assert "créé depuis le fichier, Bureautique du Val." in shown(dialog)
