"""From nothing to the signed report in an afternoon: files dropped, the fleet assessed by keyboard, seen, printed."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.jobs import drain
from app.services import campaigns, papers, setup
from app.services.campaigns import Counts
from app.storage import verify
from app.ui.company_dialog import CompanyDialog
from app.ui.demonstration import settle
from app.ui.pages.acts import ActDialog
from app.ui.pages.assets import AssetsPage
from app.ui.pages.campaign import CampaignPage
from app.ui.pages.expertise import ExpertisePage
from app.ui.pages.expertise_assess import AssessView
from app.ui.pages.expertises import OpeningDialog
from app.ui.pages.import_preview import ImportDialog
from app.ui.pages.report_dialog import ReportDialog
from app.ui.pages.welcome import WelcomePage
from app.ui.preview import Preview
from tests.story import Story, text_of
from tests.ui.pages.hand import press, shown

SAMPLES = Path(__file__).parent / "samples" / "glpi-inventory_format"
LISTED = (
    "N° inventaire;Famille;Marque;Modèle;N° de série;Site;Local;Date d'achat;Valeur de remplacement\n"
    "PC-0101;Poste fixe;Dell;OptiPlex 7020;S101;Dole;Accueil;12/03/2024;780,00\n"
    "PC-0102;Poste fixe;Dell;OptiPlex 7020;S102;Dole;Atelier;12/03/2024;780,00\n"
    "IMP-0101;Imprimante;Brother;HL-L5210DN;S103;Dole;Accueil;04/09/2018;420,00\n"
)
ENTER = Qt.Key.Key_Return


def test_from_nothing_to_the_signed_report(story: Story, tmp_path: Path) -> None:
    create_the_company(story)
    drop_the_files(story, tmp_path)
    assess_the_fleet(story)
    see_every_asset(story)
    sign_the_report(story)
    story.close()
    assert drain(verify.verify(story.base)).is_sound


def create_the_company(story: Story) -> None:
    press(story.dialog(WelcomePage), "Créer mon entreprise")
    card = story.dialog(CompanyDialog)
    story.fill(card, name="Ateliers Morvan", siren="732 829 320", city="Dole", postal_code="39100")
    card.accept()
    story.gone(card)


def assets(story: Story) -> AssetsPage:
    page = story.page("asset")
    assert isinstance(page, AssetsPage)
    return page


def drop_the_files(story: Story, folder: Path) -> None:
    """An agent's two inventories and a list, in one gesture; a second time, nothing is left to write."""
    listed = folder / "parc.csv"
    listed.write_text(LISTED, encoding="cp1252")
    for written in (6, 0):
        dropped = QMimeData()
        files = (SAMPLES / "computer_1.json", SAMPLES / "printer_1.json", listed)
        dropped.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        act, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        assets(story)
        story.window.dropEvent(QDropEvent(QPointF(5, 5), act, dropped, button, keys))
        preview = story.dialog(ImportDialog)
        assert preview.tiles["created"].data.number == str(written)
        if written:
            with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
                preview.import_button.click()
        else:
            assert not preview.import_button.isEnabled()
            preview.reject()
        settle(story.app)
    assert len(story.rows("asset")) == 6


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def come_back(story: Story) -> None:
    """A dialog was closed: the keys go to the window again."""
    story.window.activateWindow()
    story.qtbot.waitUntil(story.window.isActiveWindow)


def keys(text: str) -> None:
    for sign in text:
        QTest.keyClicks(focused(), sign)


def assess_the_fleet(story: Story) -> None:
    """Each asset by digits: what is known is already answered; the printer is bad and dear to mend."""
    story.page("expertise").new()
    opening = story.dialog(OpeningDialog)
    story.fill(opening, title="Expertise avant contrat", expert="Y. Le Goff", annual_price="120,00")
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
        press(opening, "Ouvrir l’expertise")
    settle(story.app)
    page = story.record()
    assert isinstance(page, ExpertisePage)
    come_back(story)
    press(page, page.primary.text())
    view = page.assessing
    assert view is not None
    for _ in range(6):
        assess_one(view)
    assert page.body.currentWidget() is not view
    press(page, "Clore l’expertise")
    press(story.dialog(ActDialog), "Clore l’expertise")
    settle(story.app)
    assert sum(page.summary.counts.values()) == 6
    assert page.summary.counts["E"] == 1


def assess_one(view: AssessView) -> None:
    """A digit for each criterion that is asked, nothing to pay, Enter."""
    note = "0" if view.form.asset.number.text() == "IMP-0101" else "3"
    for _ in range(8):
        if "Il manque" not in shown(view.form.verdict):
            break
        keys("0" if isinstance(focused(), QLineEdit) else note)
    QTest.keyClick(focused(), ENTER)


def see_every_asset(story: Story) -> None:
    """A barcode reader types the labels; one screen stays unseen, one stranger turns up."""
    story.page("campaign").new()
    dialog = story.dialog(ActDialog)
    story.fill(dialog, held_by="Claire Bonnin")
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
        dialog.accept()
    settle(story.app)
    page = story.record()
    assert isinstance(page, CampaignPage)
    come_back(story)
    numbers = [str(row.values[0]) for row in story.rows("asset")]
    for number in (*numbers[:-1], "INCONNU-9"):
        keys(f"PCM:B:{number}" if number in numbers else number)
        QTest.keyClick(focused(), ENTER)
    with story.control.desk.read() as session:
        assert campaigns.counts(session, page.record_id) == Counts(to_find=1, found=5, unexpected=1)
    story.answers.confirms = [True]
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=20_000):
        press(page, "Clore la campagne")
    settle(story.app)
    assert "1\u00a0bien" in story.answers.told[-1][1]


def sign_the_report(story: Story) -> None:
    """The draft, then the issued paper: the verdict, the gap and the place to sign are in it, its bytes are kept."""
    assets(story).print_report()
    press(story.dialog(ReportDialog), "Aperçu")
    draft = story.dialog(Preview)
    assert "PROJET" in text_of(draft)
    issued, text = story.issued(draft)
    wanted = ("expertise technique", "IMP-0101", "Mise au rebut", "INCONNU-9", "Pour le client", "Pour le prestataire")
    assert [words for words in wanted if words not in text] == []
    assert "PROJET" not in text
    issued.reject()
    with story.control.desk.read() as session:
        kept = papers.issued(session, "company", setup.company_id(session))
        assert papers.issued_bytes(session, kept[0].id) == issued.paper.pdf
