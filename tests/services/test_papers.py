import hashlib
import json
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.fields import formats
from app.jobs import drain
from app.models import Asset, Blob, Campaign, Company, Family, Intervention, IssuedPaper, Part, Site, Ticket
from app.models.codes import AssetStatus, Condition, Criticality, Finding, Ownership
from app.reports.identity import Stamp
from app.services import documents, example, papers, setup, tickets
from app.services.synthesis import DANGERS, age_of, numbers_of
from app.storage import Store
from tests.services import company

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
STAMP = Stamp("Rapport", "RIE-2026-001", 1, NOW)


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in PdfReader(BytesIO(pdf)).pages]


def add_asset(session: Session, number: str, **values: Any) -> None:
    setup.ensure(session)
    family = session.scalar(select(Family).where(Family.prefix == "PC"))
    session.add(Asset(number=number, family_id=family and family.id, **values))
    session.flush()


@pytest.fixture
def filled(store: Store) -> Store:
    drain(example.fill_job(store))
    return store


# -- inventory --------------------------------------------------------------------------------------------------


def test_an_empty_company_has_a_whole_report(store: Store) -> None:
    with store.read() as session:
        pages = texts(papers.draft(session, "inventaire", None, NOW))
    assert len(pages) == 4
    assert "Aucun bien inventorié" in pages[1]
    assert "Relever les biens" in pages[1]
    assert "Signatures" in pages[3]


def test_every_figure_of_the_synthesis_is_that_of_the_register(filled: Store) -> None:
    with filled.read() as session:
        report = documents.inventory_report(session, STAMP)
        kept = session.scalar(
            select(func.count())
            .select_from(Asset)
            .where(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
        )
        systems = session.scalar(
            select(func.count()).select_from(Asset).where(
                Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED,
                Asset.support_end < date(2026, 11, 20),
            )
        )  # fmt: skip
    assert len(report.lines) == kept
    assert report.synthesis.figures[0][0] == str(kept)
    assert report.synthesis.supports[0].count == systems
    assert sum(support.count for support in report.synthesis.supports) == sum(line.has_system for line in report.lines)
    dated = sum(line.commissioned_on is not None for line in report.lines)
    assert sum(age.workstations + age.others for age in report.synthesis.ages) >= dated
    worth = sum(line.value or 0 for line in report.lines)
    assert report.synthesis.figures[1][0] == formats.number(worth // 100) + "\u00a0€"


def test_assets_stand_by_site_then_family_in_french_order(store: Store) -> None:
    with store.begin("Essai") as session:
        session.add_all(
            [Site(name="Zone nord"), Site(name="Évry", city="Évry", postal_code="91000"), Site(name="Dole")]
        )
        session.flush()
        sites = {site.name: site.id for site in session.scalars(select(Site))}
        for n, name in enumerate(("Zone nord", "Évry", "Dole"), 1):
            add_asset(session, f"PC-000{n}", site_id=sites[name], seen_on=date(2026, 11, n), finding=Finding.SEEN)
        add_asset(session, "PC-0004")
        add_asset(session, "PC-0005", status=AssetStatus.RETIRED, site_id=sites["Dole"])
    with store.read() as session:
        report = documents.inventory_report(session, STAMP)
    assert [(site.name, site.place, site.count) for site in report.sites] == [
        ("Dole", "", 1),
        ("Évry", "91000", 1),
        ("Zone nord", "", 1),
        ("Sans site", "", 1),
    ]
    assert report.sites[0].visited == (date(2026, 11, 3), date(2026, 11, 3))
    assert report.sites[3].visited is None


def test_each_danger_is_found_and_only_where_it_is(store: Store) -> None:
    past = date(2020, 1, 1)
    dangerous: tuple[dict[str, Any], ...] = (
        {"support_end": past},
        {"condition": Condition.DEAD},
        {"personal_data": True, "encrypted": False},
        {"criticality": Criticality.VITAL, "warranty_end": past, "condition": Condition.GOOD},
        {"commissioned_on": past},
        {"criticality": Criticality.HIGH},
    )
    with store.begin("Essai") as session:
        for n, values in enumerate(dangerous):
            add_asset(session, f"PC-{n:04d}", **values)
        add_asset(session, "PC-0100", condition=Condition.GOOD, encrypted=True, personal_data=True)
    with store.read() as session:
        rows = documents.assets_of(session)
        found = [[row.number for row in rows if danger.test(row, NOW.date())] for danger in DANGERS]
        risks = documents.inventory_report(session, STAMP).synthesis.risks
    assert found == [[f"PC-{n:04d}"] for n in range(6)]
    assert [risk.criticality for risk in risks] == ["4", "3", "–", "–", "–"]


def test_reserves_say_what_was_not_established(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001", serial="A1", finding=Finding.SEEN, condition=Condition.GOOD)
        add_asset(session, "PC-0002", serial="A2", finding=Finding.TOOL, condition=Condition.GOOD, system="Windows 11")
        add_asset(session, "PC-0003", finding=Finding.SEEN, condition=Condition.GOOD, ownership=Ownership.PERSONAL)
    with store.read() as session:
        reserves = documents.inventory_report(session, STAMP).reserves
    assert [(reserve.subject, reserve.nature, reserve.words.split(" ")[0]) for reserve in reserves] == [
        ("PC-0003", "Réserve", "N°"),
        ("PC-0002", "Réserve", "Bien"),
        ("PC-0002", "Réserve", "Fin"),
        ("PC-0003", "Exclusion", "Bien"),
    ]


@pytest.mark.parametrize(
    ("since", "age"), [(date(2021, 11, 20), 5), (date(2021, 11, 21), 4), (date(2026, 12, 1), 0), (None, None)]
)
def test_age_counts_whole_years(since: date | None, age: int | None) -> None:
    assert age_of(Asset(commissioned_on=since), NOW.date()) == age


def test_numbers_are_named_then_counted() -> None:
    assets = [Asset(number=f"PC-{n}") for n in range(5)]
    assert numbers_of(assets[:2]) == "PC-0, PC-1"
    assert numbers_of(assets[:3]) == "PC-0, PC-1 et 1\u00a0autre"
    assert numbers_of(assets) == "PC-0, PC-1 et 3\u00a0autres"


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
        first, second = texts(papers.draft(session, "intervention", number, NOW))
    take, _, restore = sheet.promises
    assert (take.promised, take.spare, take.met) == (60, 30, True)
    assert (restore.promised, restore.spare, restore.met) == (240, -60, False)
    assert sheet.quote == "Écran noir"
    assert sheet.parts[0].unit_price == 1250
    assert "Câble débranché" in first
    assert "1 h 00 de retard" in first
    assert "GTI : tenu · GTR : dépassé" in second


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
            "title": "Rapport d’inventaire et\u00a0d’état du parc", "reference": "RIE-2026-001", "version": 1,
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
    with filled.read() as session:
        pages = texts(papers.draft(session, "inventaire", None, NOW))
        assert session.scalar(select(func.count()).select_from(IssuedPaper)) == 0
        assert session.scalar(select(func.count()).select_from(Blob)) == 0
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


def test_every_paper_renders_for_the_example_company(filled: Store) -> None:
    with filled.read() as session:
        refs = {
            "intervention": session.scalar(select(Intervention.number).join(Ticket).limit(1)),
            "campaign": session.scalar(select(Campaign.number).limit(1)),
        }
        for kind, paper in papers.PAPERS.items():
            assert papers.draft(session, kind, refs.get(paper.entity), NOW).startswith(b"%PDF")


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


def test_a_single_site_is_named_under_the_title(store: Store) -> None:
    with store.begin("Essai") as session:
        site = Site(name="Dole")
        session.add(site)
        session.flush()
        add_asset(session, "PC-0001", site_id=site.id)
        assert documents.inventory_report(session, STAMP).subtitle == "Parc informatique du site Dole"
