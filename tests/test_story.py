"""The whole thread, once, through the real window: from an empty base to the signed papers.

A company is created, real inventories are imported, a laptop is given to somebody, a contract with its service levels
covers it, its breakdown is timed, an intervention ends it, the sheet is issued, four indicators judge it, the inventory
report is issued and the list goes to Excel. Then the program is closed and opened again.
"""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from app.entities import ENTITIES
from app.fields import PARIS, moment
from app.jobs import drain
from app.services import home, listing, measures, papers, records, setup
from app.storage import open_store, verify
from app.ui import acts, places
from app.ui.company_dialog import CompanyDialog
from app.ui.crud.form import FormDialog
from app.ui.demonstration import settle
from app.ui.pages.assets import AssetsPage
from app.ui.pages.contract import ContractPage
from app.ui.pages.contract_cover import AssetChooser
from app.ui.pages.contract_questions import QuestionsDialog
from app.ui.pages.contract_terms_dialog import TermsDialog
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.indicators import BoardPage
from app.ui.pages.intervention_form import InterventionForm
from app.ui.pages.new_ticket import NewTicketDialog
from app.ui.pages.report_dialog import ReportDialog
from app.ui.pages.ticket import TicketPage
from app.ui.pages.welcome import WelcomePage
from app.ui.parts.tiles import Tile
from app.ui.preview import Preview
from tests.story import Story
from tests.ui.pages.hand import press

SAMPLES = Path(__file__).parent / "samples" / "glpi-inventory_format"
HOME, INVENTORY, CONTRACTS, TICKETS, BOARD = range(5)


def test_from_an_empty_base_to_the_signed_papers(story: Story, tmp_path: Path) -> None:
    create_the_company(story)
    import_real_inventories(story)
    give_the_laptop(story)
    sign_a_contract(story)
    time_a_breakdown(story)
    intervene(story)
    issue_the_sheet(story)
    read_the_indicators(story)
    issue_the_report(story)
    send_to_excel(story, tmp_path)
    leave_and_come_back(story)


def create_the_company(story: Story) -> None:
    welcome = story.dialog(WelcomePage)
    press(welcome, "Créer mon entreprise")
    card = story.dialog(CompanyDialog)
    story.fill(card, name="Ateliers Morvan", siren="732 829 321", city="Dijon", postal_code="21000")
    card.accept()
    assert card.isVisible()
    assert "clé est fausse" in card.form._fields["siren"].under.text()
    story.fill(card, siren="732 829 320")
    card.accept()
    story.gone(card)
    assert story.window.windowTitle() == "Ateliers Morvan – Parcomètre"


def import_real_inventories(story: Story) -> None:
    story.page("asset")
    story.answers.opens = [[SAMPLES / "computer_1.json", SAMPLES / "printer_1.json"]] * 2
    for expected in (3, 0):
        acts.import_files(story.control)
        preview = story.dialog(ImportDialog)
        assert preview.plan is not None
        assert preview.plan.writes == expected
        assert len(story.rows("asset")) == 3 - expected
        if expected:
            with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
                preview.import_button.click()
        else:
            assert not preview.import_button.isEnabled()
            preview.reject()
        settle(story.app)
    assert len(story.rows("asset")) == 3


def give_the_laptop(story: Story) -> None:
    people = story.page("person")
    people.new()
    form = story.dialog(FormDialog)
    story.fill(form, last_name="Morvan", first_name="Hélène", service="Direction")
    form.accept()
    story.gone(form)
    assets = story.page("asset")
    assets.open_form(laptop(story))
    form = story.dialog(FormDialog)
    story.fill(form, person_id="Hélène Morvan", criticality="2, importante", price="1 089,00")
    form.accept()
    story.gone(form)
    with story.control.desk.read() as session:
        assert records.get(session, ENTITIES["asset"], laptop(story)).titles["person_id"] == "Hélène Morvan"


def laptop(story: Story) -> int:
    return next(row.id for row in story.rows("asset") if str(row.values[0]).startswith("PT-"))


def sign_a_contract(story: Story) -> None:
    contracts = story.page("contract")
    contracts.new()
    press(story.dialog(QuestionsDialog), "Formulaire simple")
    form = story.dialog(FormDialog)
    form.form.editors["provider_id"].widget.add.click()  # type: ignore[attr-defined]  # the finder's own button
    provider = next(
        w for w in QApplication.allWidgets() if isinstance(w, FormDialog) and w.isVisible() and w is not form
    )
    story.fill(provider, name="Lumeo Services")
    provider.accept()
    settle(story.app)
    start = (datetime.now(PARIS) - timedelta(days=200)).date()
    story.fill(form, subject="Maintenance du parc", starts_on=start.strftime("%d/%m/%Y"), fee="450")
    form.accept()
    story.gone(form)
    story.control.go_to("contract", story.rows("contract")[0].id)
    page = story.record()
    assert isinstance(page, ContractPage)
    set_the_levels(story, page)
    cover_everything(story, page)


def set_the_levels(story: Story, page: ContractPage) -> None:
    page.open_tab("Niveaux de service")
    press(page, "Modifier\u00a0: délais et heures")
    dialog = story.dialog(TermsDialog)
    dialog.always.setChecked(True)
    for priority, (take, restore) in {"P1": (1, 4), "P2": (2, 8), "P3": (4, 16), "P4": (4, 2)}.items():
        dialog.targets[f"{priority}.take_minutes"].put_text(f"{take} h")
        dialog.targets[f"{priority}.restore_minutes"].put_text(f"{restore} h")
    dialog.accept()
    assert dialog.isVisible()  # a restoration promised before the taking
    dialog.targets["P4.restore_minutes"].put_text("16 h")
    dialog.accept()
    story.gone(dialog)


def cover_everything(story: Story, page: ContractPage) -> None:
    page.open_tab("Périmètre")
    press(page, "Ajouter des biens…")
    chooser = story.dialog(AssetChooser)
    chooser.panel.table.selectAll()
    chooser.accept()
    story.gone(chooser)
    assert len(story.rows("covered_asset")) == 3


def time_a_breakdown(story: Story) -> None:
    acts.new_ticket(story.control)
    dialog = story.dialog(NewTicketDialog)
    texts = {
        "requester_id": "Hélène Morvan",
        "asset_id": "PT-0001",
        "words": "L’ordinateur ne démarre plus\nÉcran noir depuis ce matin.",
        "opened_at": moment(datetime.now(UTC) - timedelta(hours=2)),
    }
    for name, text in texts.items():
        dialog.editors[name].put_text(text)
    press(dialog, "Créer et ouvrir")
    settle(story.app)
    page = story.record()
    assert isinstance(page, TicketPage)
    ticket = story.rows("ticket")[0]
    with story.control.desk.read() as session:
        kept = records.get(session, ENTITIES["ticket"], ticket.id)
    assert kept.values["subject"] == "L’ordinateur ne démarre plus"
    assert kept.titles["contract_id"].startswith("CT-")
    story.act("Prendre en charge", author="Yanis Le Goff", at=moment(datetime.now(UTC) - timedelta(hours=1)))


def intervene(story: Story) -> None:
    page = story.record()
    press(page, "Ajouter une intervention")
    form = story.dialog(InterventionForm)
    now = datetime.now(UTC)
    story.fill(
        form,
        technician="Yanis Le Goff",
        started_at=moment(now - timedelta(minutes=40)),
        ended_at=moment(now),
        repair_minutes="25 min",
        diagnosis="Alimentation hors service.",
        work_done="Bloc remplacé.",
    )
    form.accept()
    story.gone(form)
    story.act("Résoudre", text="Le poste démarre.")
    with story.control.desk.read() as session:
        values = records.get(session, ENTITIES["ticket"], 1).values
    assert (values["status"].value, values["take_met"], values["restore_met"]) == ("resolved", True, True)


def issue_the_sheet(story: Story) -> None:
    story.record().print_paper()  # type: ignore[attr-defined]  # a record page
    shown = story.dialog(Preview)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(shown.paper.pdf)).pages)
    for words in (
        "Fiche d’intervention",
        "Alimentation hors service.",
        "Tenu",
        "Visa du gestionnaire",
        "PROJET",
    ):
        assert words in text
    issued, text = story.issued(shown)
    assert "PROJET" not in text
    assert "empreinte SHA-256" in text
    issued.reject()
    settle(story.app)


def read_the_indicators(story: Story) -> None:
    board = story.control.section(BOARD, 0)
    assert isinstance(board, BoardPage)
    story.qtbot.waitUntil(lambda: bool(board.findChildren(Tile)), timeout=10_000)
    tiles = {tile.data.key: tile.data for tile in board.findChildren(Tile)}
    today = datetime.now(PARIS).date()
    with story.control.desk.read() as session:
        found = {m.code: m for m in measures.measures(session, today.replace(day=1), today, datetime.now(UTC))}
    for code in ("mtta", "mttres", "gti", "gtr"):
        assert found[code].n == 1
        assert tiles[code].value.split()[0] in found[code].text
    assert tiles["gti"].word == tiles["gtr"].word == "Tenu"


def issue_the_report(story: Story) -> None:
    page = story.page("asset")
    assert isinstance(page, AssetsPage)
    page.print_report()
    press(story.dialog(ReportDialog), "Aperçu")
    shown = story.dialog(Preview)
    issued, text = story.issued(shown)
    assert all(words in text for words in ("Ateliers Morvan", "PT-0001", "Hélène Morvan", "Pour le prestataire"))
    issued.reject()
    with story.control.desk.read() as session:
        kept = papers.issued(session, "company", setup.company_id(session))
        assert papers.issued_bytes(session, kept[0].id) == issued.paper.pdf


def send_to_excel(story: Story, folder: Path) -> None:
    page = story.page("asset")
    story.answers.saves = [folder / "biens.xlsx"]
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
        page.export()
    settle(story.app)
    book = load_workbook(folder / "biens.xlsx")
    cells = [[cell.value for cell in line] for line in book["Biens"].iter_rows()]
    assert any(line[0] == "PT-0001" and "Hélène Morvan" in line for line in cells)


def leave_and_come_back(story: Story) -> None:
    story.close()
    story.open()
    assert story.window.tabs.currentIndex() == INVENTORY
    assert len(places.TABS) == story.window.tabs.count()
    with story.control.desk.read() as session:
        steps = {step.title: step.state for step in home.read(session, datetime.now(UTC)).steps}
    assert steps["Établir le contrat"] == "done"
    story.close()
    report = drain(verify.verify(story.base))
    assert report.is_sound
    with closing(open_store(story.base, read_only=True)) as store, store.read() as session:
        assert listing.count(session, ENTITIES["ticket"], listing.default_query(ENTITIES["ticket"])) == 1
