"""From the file of an invoice to the accountant's workbook: dropped, checked, approved, paid, exported."""

from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.fields import day, this_day
from app.models import Company, Contract, IndexValue, Invoice, Provider
from app.models.money_codes import InvoiceStatus
from app.services import attachments
from app.ui import places
from app.ui.demonstration import settle
from app.ui.pages.accounting import AccountingPage
from app.ui.pages.invoice import INVOICE, InvoicePage
from app.ui.pages.invoice_import import InvoiceImportDialog
from tests.services.reading.einvoices import cii, line, pdf, sums, tax
from tests.story import Story
from tests.ui.pages.hand import press, shown

TODAY = this_day()
MONTH = TODAY.replace(day=1)
PERIOD = (
    "<ram:BillingSpecifiedPeriod><ram:StartDateTime>{}</ram:StartDateTime><ram:EndDateTime>{}</ram:EndDateTime>"
    "</ram:BillingSpecifiedPeriod>"
)
ACCOUNTS = next(section for section, place in enumerate(places.TABS[2].places) if place.title == "Comptabilité")


def test_from_the_invoice_dropped_to_the_workbook(story: Story, tmp_path: Path) -> None:
    know_the_contract(story)
    drop_the_invoice(story, tmp_path)
    see_why_it_differs(story)
    approve_and_pay(story)
    hand_the_workbook(story, tmp_path / "classeur.xlsx")


def know_the_contract(story: Story) -> None:
    """450 € a month, and an index that rose by 4,2 % since (domain.md C.4)."""
    index = {"index_name": "Syntec", "index_base": 300_000, "index_base_month": date(MONTH.year - 1, 1, 1)}
    with story.control.desk.store.begin("essai") as session:
        session.add(Company(name="Ateliers Morvan", siren="000412577", city="Dijon"))
        session.add(Provider(name="Infogérance Morvan", siret="73282932000074"))
        session.flush()
        starts = date(MONTH.year - 1, MONTH.month, 1)
        told = {"number": "CT-2026-01", "subject": "Maintenance du parc", "fee": 45_000, "starts_on": starts, **index}
        session.add(Contract(provider_id=1, **told))
        published = MONTH - timedelta(days=20)
        session.add(IndexValue(index_name="Syntec", month=starts, value=312_600, published_on=published))


def drop_the_invoice(story: Story, folder: Path) -> None:
    """A Factur-X let fall on the window, wherever it is, and recorded as it was read."""
    path = folder / "facture.pdf"
    path.write_bytes(pdf({"factur-x.xml": billed()}))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(story.window, QDragEnterEvent(QPoint(400, 300), *held))
    QApplication.sendEvent(story.window, QDropEvent(QPointF(400, 300), *held))
    dialog = story.dialog(InvoiceImportDialog)
    press(dialog, "Enregistrer la facture")
    settle(story.app)
    assert isinstance(story.record(), InvoicePage)


def billed() -> bytes:
    """The month at 468,90 €."""
    end = (MONTH + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    period = PERIOD.format(
        *(f'<udt:DateTimeString format="102">{on:%Y%m%d}</udt:DateTimeString>' for on in (MONTH, end))
    )
    return cii(
        day=f"{MONTH:%Y%m%d}",
        lines=line("Forfait de maintenance", "468.90"),
        settlement=tax("468.90", "93.78") + period,
        sums=sums("468.90", "93.78", "562.68", "562.68"),
    )


def see_why_it_differs(story: Story) -> None:
    page = story.record()
    told = shown(page).replace("\u00a0", " ")
    assert "Écart +4,2 %" in told
    assert "450,00 € × 312,6 ÷ 300,0 = 468,90 €" in told
    with story.control.desk.read() as session:
        kept = attachments.of_record(session, INVOICE, page.record_id)  # type: ignore[attr-defined]
        assert [one.name for one in kept] == ["facture.pdf"]


def approve_and_pay(story: Story) -> None:
    story.act("Bon à payer…", on=day(TODAY), by="Claire Bonnin")
    story.act("Noter le règlement…", on=day(TODAY), means="Virement")
    with story.control.desk.read() as session:
        kept = session.query(Invoice).one()
        assert (kept.status, kept.gross, kept.payment) == (InvoiceStatus.PAID, 56_268, "Virement")


def hand_the_workbook(story: Story, path: Path) -> None:
    page = story.control.section(2, ACCOUNTS)
    assert isinstance(page, AccountingPage)
    with story.qtbot.waitSignal(page.read_again, timeout=10_000):
        page.choose_year(MONTH.year)
    story.answers.saves.append(path)
    with story.qtbot.waitSignal(story.control.jobs.idle, timeout=30_000):
        page.section_actions()[0].click()
    rows = list(load_workbook(path)["Factures"].iter_rows(values_only=True))
    (own,) = [row for row in rows if "FA-118" in row]
    assert {468.90, 93.78} <= {float(value) for value in own if isinstance(value, int | float)}
