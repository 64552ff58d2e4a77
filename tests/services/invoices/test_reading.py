"""From the file to the invoice kept: read in the child, matched, tried, recorded with its file."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.entities.invoices import INVOICE
from app.jobs import drain
from app.models import Company, Document, Invoice, InvoiceLine, Provider
from app.models.money_codes import InvoiceKind, InvoiceSource, LineKind
from app.services import attachments, records
from app.services.invoices import importing, reading
from app.services.invoices.matching import Found
from app.services.invoices.reading import Choice, Proposal, Unread
from app.storage import Store
from tests.services.company import add_contract
from tests.services.reading.einvoices import PARTY, cii, line, pdf, sums, tax

SEPTEMBER = {"number": "FA-117", "day": "20260930", "lines": line("Maintenance septembre 2026", "450.00")}


@pytest.fixture
def base(ready: Store) -> Store:
    """A contract at 450 € a month, of a provider known by its SIREN."""
    with ready.begin() as session:
        contract = add_contract(session, fee=45000)
        provider = session.scalars(select(Provider)).one()
        provider.siret = "73282932000074"
        assert contract == 1
    return ready


def put(folder: Path, content: bytes, name: str = "facture.xml") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def proposed(store: Store, *paths: Path) -> list[Proposal | Unread]:
    return drain(reading.read_job(store, paths))


def one(store: Store, path: Path) -> Proposal:
    found = proposed(store, path)[0]
    assert isinstance(found, Proposal)
    return found


def kept(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count(Invoice.id))) or 0


def test_an_invoice_is_proposed_tried_and_recorded(base: Store, tmp_path: Path) -> None:
    path = put(tmp_path, pdf({"factur-x.xml": cii()}), "facture.pdf")
    found = one(base, path)
    assert (found.provider, found.newcomer) == (Found(1, "par son SIREN"), {})
    assert found.contract == Found(1, "par sa référence")
    assert (found.period, found.supposed) == ((date(2026, 10, 1), date(2026, 10, 31)), True)
    seen = reading.trial(base, found, found.choice)
    assert seen.problems == ()
    assert seen.check is not None
    assert (seen.check.expected, seen.check.billed, seen.check.difference) == (45000, 45000, 0)
    assert kept(base) == 0, "a trial leaves nothing"
    with base.begin() as session:
        made = reading.record(session, found, found.choice)
    with base.read() as session:
        sheet = records.get(session, INVOICE, made).values
        lines = session.scalars(select(InvoiceLine)).all()
        (document,) = attachments.of_record(session, INVOICE, made)
        assert attachments.content(session, document.id) == ("facture.pdf", path.read_bytes())
    assert (sheet["source"], sheet["gross"], sheet["contract_reference"]) == (
        InvoiceSource.FACTUR_X, 54000, "CT-2026-01",
    )  # fmt: skip
    assert [(its.kind, its.net, its.unit) for its in lines] == [(LineKind.CONTRACT, 45000, "mois")]
    assert one(base, path).existing == made


def test_a_revised_fee_is_a_difference(base: Store, tmp_path: Path) -> None:
    """468,90 € in the place of 450 €: + 4,2 %, domain.md C.4."""
    content = cii(
        lines=line("Maintenance octobre 2026", "468.90"),
        settlement=tax("468.90", "93.78"),
        sums=sums("468.90", "93.78", "562.68", "562.68"),
    )
    found = one(base, put(tmp_path, content))
    seen = reading.trial(base, found, found.choice)
    assert seen.check is not None
    assert seen.check.difference == 1890
    assert "4,2" in seen.check.headline


def test_a_new_provider_is_created_from_the_file(base: Store, tmp_path: Path) -> None:
    seller = PARTY.replace("732829320", "443061841").replace("Infogérance Morvan", "Bureautique du Val")
    found = one(base, put(tmp_path, cii(seller=seller, lines=line("Écran 24 pouces", "450.00"), agreement="")))
    assert (found.provider, found.contract, found.kinds) == (None, None, (LineKind.EQUIPMENT,))
    with base.begin() as session:
        reading.record(session, found, found.choice)
        assert [its.name for its in session.scalars(select(Provider))] == ["Lumeo Services", "Bureautique du Val"]


def test_what_a_person_chose_is_what_is_kept(base: Store, tmp_path: Path) -> None:
    found = one(base, put(tmp_path, cii()))
    choice = Choice(None, None, (LineKind.REPAIR,))
    with base.begin() as session:
        made = reading.record(session, replace(found, provider=None, newcomer={"name": "Autre"}), choice)
        kept_line = session.scalars(select(InvoiceLine)).one()
        assert (kept_line.kind, session.get_one(Invoice, made).contract_id) == (LineKind.REPAIR, None)


def test_the_contract_of_another_provider_is_proposed(base: Store, tmp_path: Path) -> None:
    found = one(base, put(tmp_path, cii()))
    with base.begin() as session:
        other = Provider(name="Autre")
        session.add(other)
        session.flush()
        assert reading.contract_of(session, found, 1) == found.contract
        assert reading.contract_of(session, found, other.id) is None
        assert reading.contract_of(session, found, None) is None


def test_a_credit_note_meets_its_invoice(base: Store, tmp_path: Path) -> None:
    with base.begin() as session:
        before = one(base, put(tmp_path, cii(**SEPTEMBER), "avant.xml"))
        made = reading.record(session, before, before.choice)
    told = (
        "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>FA-117</ram:IssuerAssignedID>"
        "</ram:InvoiceReferencedDocument>"
    )
    found = one(base, put(tmp_path, cii(type="381", number="AV-1", after=told), "avoir.xml"))
    assert found.corrects_id == made
    with base.begin() as session:
        credit = session.get_one(Invoice, reading.record(session, found, found.choice))
        assert (credit.kind, credit.corrects_id, credit.gross) == (InvoiceKind.CREDIT, made, 54000)


def test_what_would_be_refused_is_told_before(base: Store, tmp_path: Path) -> None:
    """The same number of the same provider, which another choice of provider reaches."""
    path = put(tmp_path, cii())
    found = one(base, path)
    with base.begin() as session:
        reading.record(session, found, found.choice)
    assert "Ce numéro est déjà" in reading.trial(base, found, found.choice).problems[0]
    base.read_only = True
    assert "lecture" in reading.trial(base, found, found.choice).problems[0]


def test_an_invoice_for_another_company_is_told(base: Store, tmp_path: Path) -> None:
    with base.begin() as session:
        session.add(Company(name="Nous", siret="44306184100047"))
    found = one(base, put(tmp_path, cii(buyer=PARTY.replace("Infogérance Morvan", "Eux"))))
    assert found.notes == ("Elle est adressée à Eux (SIREN 732829320), non à Nous.",)


def test_days_that_do_not_stand_are_left_out(base: Store, tmp_path: Path) -> None:
    """A due day before the invoice, a line whose period ends before it begins."""
    wrong = (
        '<ram:BillingSpecifiedPeriod><ram:StartDateTime><udt:DateTimeString format="102">20261031</udt:DateTimeString>'
        '</ram:StartDateTime><ram:EndDateTime><udt:DateTimeString format="102">20261001</udt:DateTimeString>'
        "</ram:EndDateTime></ram:BillingSpecifiedPeriod>"
    )
    due = (
        '<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20260101'
        "</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
    )
    content = cii(lines=line("Maintenance", "450.00", more=wrong), settlement=tax("450.00", "90.00") + due)
    found = one(base, put(tmp_path, content))
    made = reading.draft(found, found.choice, 1)
    assert (made.due_on, made.lines[0].period_start, made.period_start) == (None, None, None)


def test_invoices_are_told_from_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "reçus"
    folder.mkdir()
    listed, bill = put(folder, b"Nom;Ville\nA;B\n", "parc.csv"), put(folder, pdf(), "facture.pdf")
    assert reading.apart([folder]) == ([bill], [listed])


def test_a_file_that_gives_nothing_does_not_stop_the_others(base: Store, tmp_path: Path) -> None:
    paths = [put(tmp_path, pdf(), "image.pdf"), put(tmp_path, b"Nom;Ville\nA;B\n", "liste.csv"), put(tmp_path, cii())]
    image, listed, bill = proposed(base, *paths)
    assert isinstance(image, Unread)
    assert isinstance(listed, Unread)
    assert "sans données de facture" in image.sentence
    assert "n’est pas une facture électronique" in listed.sentence
    assert isinstance(bill, Proposal)


def test_the_command_line_records_tells_and_does_not_repeat(base: Store, tmp_path: Path) -> None:
    seller = PARTY.replace("732829320", "443061841").replace("Infogérance Morvan", "Bureautique du Val")
    paths = [
        put(tmp_path, cii()),
        put(tmp_path, cii(number="B-1", seller=seller, lines=line("Écran", "450.00"), agreement=""), "autre.xml"),
        put(tmp_path, pdf(), "image.pdf"),
    ]
    tried = drain(importing.import_job(base, paths, dry_run=True))
    assert [its.state for its in tried] == ["recorded", "recorded", "refused"]
    assert kept(base) == 0
    assert tried[0].sentence.startswith(
        "Facture FA-118 de Lumeo Services, 540,00\u00a0€ TTC\u00a0: serait enregistrée, contrat CT-2026-01 (par sa "
    )
    done = drain(importing.import_job(base, paths))
    assert "enregistrée, prestataire créé, sans contrat" in done[1].sentence
    assert done[0].as_json() == {
        "fichier": "facture.xml",
        "etat": "enregistrée",
        "numero": "FA-118",
        "ttc_centimes": 54000,
        "message": done[0].sentence,
    }
    assert [its.state for its in drain(importing.import_job(base, paths[:2]))] == ["known", "known"]
    assert kept(base) == 2
    with base.read() as session:
        assert session.scalar(select(func.count(Document.id))) == 2


def test_a_new_provider_comes_with_the_first_of_its_invoices(base: Store, tmp_path: Path) -> None:
    seller = PARTY.replace("732829320", "443061841").replace("Infogérance Morvan", "Bureautique du Val")
    bills = [put(tmp_path, cii(number=f"B-{n}", seller=seller), f"{n}.xml") for n in (1, 2)]
    done = drain(importing.import_job(base, [*bills, put(tmp_path, cii(number="B-2", seller=seller), "copie.xml")]))
    assert [its.state for its in done] == ["recorded", "recorded", "known"]
    assert "La référence «\u00a0CT-2026-01\u00a0» n’est celle d’aucun contrat" in done[1].sentence
    with base.read() as session:
        assert session.scalar(select(func.count(Provider.id))) == 2


def test_what_cannot_be_kept_is_refused_with_its_name(base: Store, tmp_path: Path) -> None:
    """A line whose label is only spaces is given one; a provider without a name too. A quantity out of all measure
    is what saving refuses."""
    content = cii().replace(b">1</ram:BilledQuantity>", b">99999999999</ram:BilledQuantity>")
    (found,) = drain(importing.import_job(base, [put(tmp_path, content)]))
    assert found.state == "refused"
    assert found.sentence.startswith("«\u00a0facture.xml\u00a0»\u00a0: ")
