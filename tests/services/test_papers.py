import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.models import Asset, Blob, Company, Intervention, IssuedPaper, Part
from app.reports.identity import Stamp
from app.services import documents, papers, tickets
from app.storage import Store
from tests.services import company

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
STAMP = Stamp("Rapport", "RIE-2026-001", 1, NOW)


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def filled(own_morvan: Store) -> Store:
    return own_morvan


# -- intervention -----------------------------------------------------------------------------------------------


def a_repair(session: Session) -> str:
    """Ticket P1 (60 and 240 minutes), taken after 30, restored after 300; one intervention with a part."""
    contract = company.add_contract(session)
    asset = company.add_asset(session, "PC-0001", contract)
    ticket = company.add_ticket(session, "03 09:00", "P1", asset_id=asset, description="Écran noir")
    tickets.take(session, ticket, company.june("03 09:30"))
    done = company.repair(session, ticket, "03 13:00", "03 14:00", 60)
    session.execute(update(Intervention).where(Intervention.id == done).values(diagnosis="Câble débranché"))
    session.add(Part(intervention_id=done, label="Câble DisplayPort", quantity=2, unit_price=1250))
    tickets.resolve(session, ticket, company.june("03 14:00"))
    return session.get_one(Intervention, done).number


def test_the_sheet_says_what_the_clock_says(store: Store) -> None:
    with store.begin("Essai") as session:
        number = a_repair(session)
        intervention = session.scalar(select(Intervention.id))
        sheet = documents.intervention_sheet(session, intervention or 0, Stamp("Fiche", number, 1, NOW))
        (only,) = texts(papers.draft(session, "intervention", number, NOW))
    take, _, restore = sheet.promises
    assert (take.promised, take.spare, take.met) == (60, 30, True)
    assert (restore.promised, restore.spare, restore.met) == (240, -60, False)
    assert sheet.quote == "Écran noir"
    assert sheet.parts[0].unit_price == 1250
    assert "Câble débranché" in only
    assert "1 h 00 de retard" in only


def test_a_blank_sheet_needs_no_record(store: Store) -> None:
    with store.read() as session:
        pages = texts(papers.draft(session, "intervention", None, NOW, blank=True))
    assert "modèle 1.0" in pages[0]
    assert "PROJET" not in pages[0]


# -- issuing ----------------------------------------------------------------------------------------------------


def test_an_issued_paper_keeps_its_bytes_whatever_changes(filled: Store) -> None:
    with filled.begin("Émission") as session:
        first = papers.issue(session, "inventaire", None, NOW)
        kept = papers.issued_bytes(session, first)
        session.execute(update(Asset).values(serial="CHANGÉ"))
    with filled.read() as session:
        assert papers.issued_bytes(session, first) == kept
        record = session.get_one(IssuedPaper, first)
        data = json.loads(record.data)
        assert hashlib.sha256(record.data.encode()).hexdigest() == record.data_sha256
        assert hashlib.sha256(kept).hexdigest() == record.pdf_sha256
        assert data["stamp"] == {
            "title": "Rapport d’inventaire et\u00a0d’expertise technique", "reference": "RIE-2026-001", "version": 1,
            "data_at": "2026-11-20T10:00:00+00:00", "draft": False, "data_hash": "", "working": "",
        }  # fmt: skip
    pages = texts(kept)
    assert record.data_sha256 in pages[0].replace(" ", "")
    assert not any("PROJET" in page for page in pages)


def test_issued_again_is_the_next_version_and_another_is_the_next_reference(filled: Store) -> None:
    with filled.begin("Émission") as session:
        papers.issue(session, "inventaire", None, NOW)
        papers.issue(session, "inventaire", "RIE-2026-001", NOW)
        papers.issue(session, "inventaire", None, NOW)
        rows = papers.issued(session, "company", session.scalar(select(Company.id)))
    assert [(row.reference, row.version, row.file_name) for row in rows] == [
        ("RIE-2026-002", 1, "rapport-inventaire_RIE-2026-002_2026-11-20.pdf"),
        ("RIE-2026-001", 2, "rapport-inventaire_RIE-2026-001-v2_2026-11-20.pdf"),
        ("RIE-2026-001", 1, "rapport-inventaire_RIE-2026-001_2026-11-20.pdf"),
    ]


def test_an_intervention_lists_the_papers_issued_for_it(store: Store) -> None:
    with store.begin("Essai") as session:
        number = a_repair(session)
        papers.issue(session, "intervention", number, NOW)
        record = session.scalar(select(Intervention.id))
        rows = papers.issued(session, "intervention", record)
    assert [(row.label, row.reference, row.version) for row in rows] == [("Fiche d’intervention", number, 1)]


def test_a_draft_keeps_nothing(filled: Store) -> None:
    def kept(session: Session) -> list[int | None]:
        return [session.scalar(select(func.count()).select_from(one)) for one in (IssuedPaper, Blob)]

    with filled.read() as session:
        before = kept(session)
        pages = texts(papers.draft(session, "inventaire", None, NOW))
        assert kept(session) == before
    assert all("PROJET, sans valeur" in page for page in pages)


def test_two_times_of_one_instant_have_one_canonical_form() -> None:
    assert papers.canonical(NOW) == papers.canonical(NOW.astimezone(ZoneInfo("Europe/Paris")))


@pytest.mark.parametrize(
    ("kind", "ref", "error"),
    [
        ("facture", None, Refused),
        ("intervention", None, Refused),
        ("intervention", "FI-1999-0001", NotFound),
        ("inventaire", "RIE-1999-001", NotFound),
    ],
)
def test_what_does_not_exist_is_said_so(store: Store, kind: str, ref: str | None, error: type[Exception]) -> None:
    with store.read() as session, pytest.raises(error):
        papers.draft(session, kind, ref, NOW)


def test_a_paper_without_a_blank_model_says_so(store: Store) -> None:
    with store.read() as session, pytest.raises(Refused, match="modèle vierge"):
        papers.draft(session, "inventaire", None, NOW, blank=True)


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("FI-2026-0001", "fiche-intervention_FI-2026-0001_2026-11-20.pdf"),
        ("../a/b:c é", "fiche-intervention_a-b-c_2026-11-20.pdf"),
        ("", "fiche-intervention_vierge_2026-11-20.pdf"),
    ],
)
def test_file_names_are_safe(reference: str, name: str) -> None:
    assert papers.file_name("intervention", reference, NOW.date()) == name


def test_what_is_gone_is_not_printed(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(NotFound, match="intervention"):
            documents.intervention_sheet(session, 404, STAMP)
        with pytest.raises(NotFound, match="papier"):
            papers.issued_bytes(session, 404)


def test_a_ticket_without_an_asset_says_so(store: Store) -> None:
    with store.begin("Essai") as session:
        ticket = company.add_ticket(session, "03 09:00")
        done = company.repair(session, ticket, "03 10:00", "03 11:00", 30)
        sheet = documents.intervention_sheet(session, done, Stamp("Fiche", "FI", 1, NOW))
    assert sheet.asset == (("N° d’inventaire", "aucun bien désigné"),)
    assert "hors contrat" in sheet.subtitle
