"""The reversibility file: what the ZIP holds, its manifest, its names, and stopping on the way."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import Refused
from app.jobs import drain
from app.models import Contract, ContractClause, CoveredAsset
from app.models.contract_codes import CertificateKind, ServiceType
from app.services import attachments, papers, records, return_dossier, return_files, reversibility, tickets
from app.services.return_files import safe_name
from app.storage import Store
from tests.reports.reading import pages_of
from tests.services.company import add_asset, add_contract, add_ticket, june, repair

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("schéma du réseau.pdf", "schéma du réseau.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\a.txt", "C-Windows-a.txt"),
        ("CON.txt", "_CON.txt"),
        ("lpt1", "_lpt1"),
        ("fin. ", "fin"),
        ("fac\u202eture.pdf", "fac-ture.pdf"),
        ("???", "sans-nom"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("y" * 300, "y" * 119),
    ],
)
def test_a_name_is_safe_on_every_system(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.fixture
def contract(store: Store) -> int:
    """Two assets covered, one that left the perimeter, two tickets, an intervention, documents of every kind."""
    with store.begin() as session:
        made = add_contract(session)
        kept = add_asset(session, "PC-0001", made)
        add_asset(session, "PC-0002", made)
        gone = add_asset(session, "IMP-0001")
        session.add(CoveredAsset(contract_id=made, asset_id=gone, since=date(2026, 1, 1), until=date(2026, 10, 31)))
        done = add_ticket(session, "01 10:00", asset_id=kept, description="=cmd|’ /C calc’")
        tickets.take(session, done, june("01 10:30"))
        tickets.resolve(session, done, june("01 12:00"))
        repair(session, done, "01 10:30", "01 12:00", 60)
        add_ticket(session, "02 10:00", asset_id=kept)
        service = {"contract_id": made, "label": "Visite", "kind": ServiceType.PREVENTIVE, "scope": "Tous les postes"}
        records.create(session, ENTITIES["contract_service"], service)
        for title, text in (("Objet", "Entre {prestataire} et nous"), ("Prix", "")):
            session.add(ContractClause(contract_id=made, title=title, text=text, article="1", position=10))
        reversibility.prepare(session, made, date(2026, 11, 20))
        _attach(session, made, kept, gone)
        return made


def _attach(session: Session, contract: int, kept: int, gone: int) -> None:
    provider = session.get_one(Contract, contract).provider_id or 0
    held = records.create(
        session, ENTITIES["certificate"],
        {"provider_id": provider, "kind": CertificateKind.KBIS, "issued_on": date(2026, 9, 1)},
    )  # fmt: skip
    item = reversibility.items(session, contract)[0].id
    for key, record, name in (
        ("contract", contract, "contrat signé.pdf"), ("contract", contract, "CONTRAT SIGNÉ.pdf"),
        ("provider", provider, "tarifs.pdf"), ("certificate", held, "kbis.pdf"), ("return_item", item, "plan.pdf"),
        ("asset", kept, "../photo.png"), ("asset", gone, "hors.png"), ("site", 1, "ailleurs.txt"),
    ):  # fmt: skip
        attachments.add(session, ENTITIES[key], record, name, f"{key} {name}".encode())


def made(store: Store, contract: int, path: Path) -> tuple[ZipFile, return_dossier.Made]:
    found = drain(return_dossier.job(store, contract, path, NOW))
    return ZipFile(BytesIO(path.read_bytes())), found


def test_the_file_holds_all_of_the_exit(store: Store, contract: int, tmp_path: Path) -> None:
    kept, told = made(store, contract, tmp_path / "d.zip")
    assert told.sentence.replace("\u00a0", " ") == "2 biens, 2 tickets, 6 documents"
    assert sorted(kept.namelist()) == [
        "1-Inventaire/inventaire.csv", "1-Inventaire/inventaire.xlsx", "2-Tickets/interventions.csv",
        "2-Tickets/journal-des-tickets.csv", "2-Tickets/tickets-historique.csv", "2-Tickets/tickets-ouverts.csv",
        "3-Contrat/termes-du-contrat.txt", "4-Acces/registre-des-acces.csv", "5-Licences/attributions.csv",
        "5-Licences/licences.csv", "6-Reversibilite/PV-de-reversibilite.pdf", "6-Reversibilite/liste-des-points.csv",
        "7-Documents/Attestations/kbis.pdf", "7-Documents/Biens/PC-0001/photo.png",
        "7-Documents/Contrat/CONTRAT SIGNÉ (2).pdf", "7-Documents/Contrat/contrat signé.pdf",
        "7-Documents/Prestataire/tarifs.pdf", "7-Documents/Preuves/plan.pdf", "EMPREINTES-SHA256.txt", "LISEZMOI.txt",
    ]  # fmt: skip
    assert kept.read("7-Documents/Biens/PC-0001/photo.png") == b"asset ../photo.png"
    assert list(tmp_path.glob("*.part")) == []


def test_its_lists_are_whole_and_no_text_is_a_formula(store: Store, contract: int, tmp_path: Path) -> None:
    kept, _ = made(store, contract, tmp_path / "d.zip")
    book = load_workbook(BytesIO(kept.read("1-Inventaire/inventaire.xlsx")))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=3)] == ["PC-0001", "PC-0002"]
    history = kept.read("2-Tickets/tickets-historique.csv").decode("utf-8-sig").splitlines()
    assert len(history) == 3
    assert "'=cmd" in history[1]
    assert len(kept.read("2-Tickets/tickets-ouverts.csv").splitlines()) == 2
    assert len(kept.read("2-Tickets/interventions.csv").splitlines()) == 2
    assert kept.read("2-Tickets/journal-des-tickets.csv").decode("utf-8-sig").count("Ouverture") == 2
    assert len(kept.read("6-Reversibilite/liste-des-points.csv").splitlines()) == 23


def test_its_texts_say_what_it_is_about(store: Store, contract: int, tmp_path: Path) -> None:
    kept, _ = made(store, contract, tmp_path / "d.zip")
    first = kept.read("LISEZMOI.txt").decode("utf-8-sig").replace("\u00a0", " ")
    assert "Contrat : CT-2026-01, Maintenance du parc" in first
    assert "1 ticket ouvert, l’historique de 2 tickets" in first
    assert "Assistance à la sortie : rien n’est écrit" in first
    terms = kept.read("3-Contrat/termes-du-contrat.txt").decode("utf-8-sig").replace("\u00a0", " ")
    assert "Termes en vigueur au 20/11/2026" in terms
    assert "Prestataire : Lumeo Services" in terms
    assert "lun-ven 9 h-18 h" in terms
    assert "P1 : 1 h 00, –, 4 h 00" in terms
    assert "Visite · Préventive" in terms
    assert "Tous les postes" in terms
    assert "1. Objet\r\nEntre Lumeo Services et nous" in terms
    assert "1. Prix\r\n(texte du prestataire)" in terms


def test_its_manifest_proves_each_content(store: Store, contract: int, tmp_path: Path) -> None:
    kept, _ = made(store, contract, tmp_path / "d.zip")
    lines = kept.read(return_files.MANIFEST).decode().splitlines()
    told = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    assert told.keys() == set(kept.namelist()) - {return_files.MANIFEST}
    assert all(hashlib.sha256(kept.read(path)).hexdigest() == digest for path, digest in told.items())


def test_the_record_issued_takes_the_place_of_the_draft(store: Store, contract: int, tmp_path: Path) -> None:
    kept, _ = made(store, contract, tmp_path / "1.zip")
    assert "PROJET" in pages_of(kept.read("6-Reversibilite/PV-de-reversibilite.pdf"))[0]
    with store.begin() as session:
        papers.issue(session, "reversibilite", "CT-2026-01", NOW)
    kept, _ = made(store, contract, tmp_path / "2.zip")
    assert "version 1.0" in pages_of(kept.read("6-Reversibilite/PV-de-reversibilite.pdf"))[0]
    assert any(name.startswith("7-Documents/Papiers emis/pv") for name in kept.namelist())


def test_the_perimeter_of_an_ended_contract_is_that_of_its_last_day(
    store: Store, contract: int, tmp_path: Path
) -> None:
    with store.begin() as session:
        session.get_one(Contract, contract).denounced_on = date(2026, 8, 1)
    drain(return_dossier.job(store, contract, tmp_path / "d.zip", datetime(2027, 6, 1, tzinfo=UTC)))
    first = ZipFile(tmp_path / "d.zip").read("LISEZMOI.txt").decode("utf-8-sig")
    assert "biens couverts le 31/12/2026" in first


def test_a_contract_without_provider_has_its_file_too(store: Store, tmp_path: Path) -> None:
    with store.begin() as session:
        one = Contract(number="CT/P", subject="Projet", starts_on=date(2026, 1, 1), reversibility_days=60)
        session.add(one)
        session.flush()
        wanted = one.id
    kept, told = made(store, wanted, tmp_path / "d.zip")
    assert told.assets == 0
    first = kept.read("LISEZMOI.txt").decode("utf-8-sig")
    assert "Prestataire\u00a0: aucun" in first
    assert "60 jours" in first
    assert return_dossier.file_name("CT/P", NOW.date()) == "dossier-reversibilite_CT-P_2026-11-20.zip"


def test_given_up_on_the_way_it_leaves_nothing(store: Store, contract: int, tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(b"avant")
    job = return_dossier.job(store, contract, path, NOW)
    for _ in range(4):
        next(job)
    job.close()
    assert [(one.name, one.read_bytes()) for one in tmp_path.glob("d.zip*")] == [("d.zip", b"avant")]


def test_another_kind_of_file_is_refused(store: Store, contract: int, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"en \.zip"):
        drain(return_dossier.job(store, contract, tmp_path / "d.pdf", NOW))
