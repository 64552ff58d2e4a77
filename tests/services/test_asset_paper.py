"""What the papers of an asset and of a departure are made of."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.errors import NotFound, Refused
from app.models import Asset, Erasure, Person, Retirement
from app.models.codes import AssetStatus, ErasureCheck, ErasureLevel, ExitKind, MediumKind
from app.reports.asset_sheet_data import AssetSheet
from app.reports.identity import Stamp
from app.services import asset_paper, attachments, exit_papers, loans, people, records, retirement, setup
from app.services.families import PREFIX
from app.services.numbered import by_number
from app.services.own_fields import uuid_of
from app.storage import Store
from tests.services import company

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 20)
STAMP = Stamp("Fiche", "PC-0001", 1, NOW)
ASSET = ENTITIES["asset"]


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def ready(store: Store) -> Store:
    with store.begin() as session:
        setup.ensure(session)
        records.create(session, ENTITIES["site"], {"name": "Dijon", "address": "1 rue A"})
        person = {"last_name": "Morvan", "first_name": "Hélène", "site_id": 1, "email": "h@exemple.fr"}
        records.create(session, ENTITIES["person"], person)
        values = {
            "family_id": 2, "brand": "Dell", "model": "Latitude", "site_id": 1, "person_id": 1, "personal_data": True,
            "price": 80_000, "purchased_on": date(2024, 1, 2), "notes": "Bruyant",
            PREFIX + uuid_of("Ordinateur portable", "Diagonale"): Decimal("15.6"),
        }  # fmt: skip
        records.create(session, ASSET, values)
    return store


def sheet(store: Store, asset: int = 1) -> AssetSheet:
    with store.read() as session:
        return asset_paper.asset_sheet(session, asset, STAMP)


def told(found: AssetSheet, title: str) -> dict[str, str]:
    return next((dict(block.facts) for block in found.blocks if block.title == title), {})


def rows(found: AssetSheet, title: str) -> Any:
    return next(table.rows for table in found.tables if table.title == title)


def test_the_facts_are_those_of_the_form_with_the_familys_own(ready: Store) -> None:
    found = sheet(ready)
    assert found.code == "PCM:B:PT-0001"
    assert found.subtitle == "Ordinateur portable · Dell Latitude"
    assert told(found, "Identification")["N° de série"] == "non relevé"
    assert told(found, "Affectation")["Affecté à"] == "Hélène Morvan"
    assert told(found, "Ordinateur portable") == {"Diagonale": "15,6\u00a0pouces"}
    assert (found.notes, found.opinion) == ("Bruyant", None)
    assert all(not table.rows for table in found.tables if table.title != "Coûts")


def test_its_parts_its_contracts_its_tickets_and_its_costs(ready: Store) -> None:
    with ready.begin() as session:
        records.create(session, ENTITIES["component"], {"asset_id": 1, "kind": "disk", "label": "SSD"})
        contract = company.add_contract(session, fee=6_000)
        cover = {"contract_id": contract, "asset_id": 1, "since": date(2026, 1, 1)}
        records.create(session, ENTITIES["covered_asset"], cover)
        for day in range(1, 15):
            company.add_ticket(session, f"{day:02d} 09:00", asset_id=1, is_failure=day < 3)
    found = sheet(ready)
    assert rows(found, "Composants") == (("Disque", "SSD", "–", "–", "–", "–"),)
    assert rows(found, "Contrats")[0][:3] == ("CT-2026-01", "Maintenance du parc", "Lumeo Services")
    tickets = next(table for table in found.tables if table.title == "Tickets")
    assert len(tickets.rows) == 12
    assert tickets.note.replace("\u00a0", " ") == "14 en tout, dont 2 pannes ; les 12 derniers"
    costs = next(table for table in found.tables if table.title == "Coûts")
    assert [row[0] for row in costs.rows] == ["2026", "2024"]
    assert costs.total
    assert costs.total[-1] == "1\u00a0460,00"
    assert "du remplacement" in costs.note


def test_photos_are_the_images_among_the_documents(ready: Store) -> None:
    with ready.begin() as session:
        for n in range(11):
            attachments.add(session, ASSET, 1, f"{n}.png", picture() + bytes([n]))
        attachments.add(session, ASSET, 1, "faux.jpg", b"nothing")
        for n in range(12):
            attachments.add(session, ASSET, 1, f"{n}.pdf", b"%PDF" + bytes([n]))
    found = sheet(ready)
    assert len(found.photos) == 9
    assert found.photos[0][1] == "10.png"
    documents = next(table for table in found.tables if table.title == "Documents joints")
    assert (len(documents.rows), documents.note) == (20, "24 en tout")


def test_a_loan_and_an_exit_are_told(ready: Store) -> None:
    with ready.begin() as session:
        loans.lend(session, 1, {"borrower": "Stagiaire", "lent_on": date(2026, 11, 2), "due_on": date(2026, 11, 9)})
    assert told(sheet(ready), "Prêt en cours")["À rendre le"] == "09/11/2026, en retard"
    with ready.begin() as session:
        theft = {"kind": ExitKind.THEFT, "retired_on": TODAY}
        retirement.retire(session, 1, theft, TODAY)
    exited = told(sheet(ready), "Sortie du parc")
    assert (exited["Nature"], exited["Preuve"]) == ("Vol ou perte", "–")


def test_the_last_verdict_comes_first(morvan: Store) -> None:
    with morvan.read() as session:
        found = asset_paper.asset_sheet(session, by_number("asset")(session, "PC-0007"), STAMP)
    assert found.opinion is not None
    assert found.opinion[2].startswith("Score ")


def test_an_asset_of_which_little_is_known_has_its_paper(ready: Store) -> None:
    with ready.begin() as session:
        contract = company.add_contract(session, fee=6_000)
        made = records.create(session, ASSET, {"family_id": 1})
        cover = {"contract_id": contract, "asset_id": made, "since": date(2026, 1, 1)}
        records.create(session, ENTITIES["covered_asset"], cover)
    costs = next(table for table in sheet(ready, made).tables if table.title == "Coûts")
    assert "du remplacement" not in costs.note


def test_what_does_not_exist_has_no_paper(ready: Store) -> None:
    with ready.read() as session:
        for gather in (
            asset_paper.asset_sheet, exit_papers.erasure_certificate, exit_papers.exit_sheet, exit_papers.return_sheet,
        ):  # fmt: skip
            with pytest.raises(NotFound):
                gather(session, 99, STAMP)
        for ref in (None, "XX-99"):
            with pytest.raises(NotFound):
                exit_papers.person_found(session, ref)


# -- erasure ------------------------------------------------------------------------------------------------------


def erase(session: Session, **more: Any) -> int:
    usual = {
        "number": "EFF-1", "asset_id": 1, "level": ErasureLevel.PURGE, "method": "sanitize", "done_on": TODAY,
        "verification": ErasureCheck.FULL, "operator": "Yanis",
    }  # fmt: skip
    made = Erasure(**(usual | more))
    session.add(made)
    session.flush()
    return made.id


@pytest.mark.parametrize(
    ("more", "result", "sentence"),
    [
        ({}, "Conforme", "peut quitter"),
        ({"level": ErasureLevel.DESTROY}, "Conforme", "détruit"),
        ({"level": ErasureLevel.CLEAR}, "Conforme", "ne doit pas la quitter"),
        ({"succeeded": False}, "Non conforme", "ne doit pas quitter"),
    ],
)
def test_a_certificate_says_whether_it_is_enough(
    ready: Store, more: dict[str, Any], result: str, sentence: str
) -> None:
    with ready.begin() as session:
        erasure = erase(session, **more)
        assert by_number("erasure")(session, "EFF-1") == erasure
        found = exit_papers.erasure_certificate(session, erasure, STAMP)
    assert found.result == result
    assert sentence in found.sentence
    assert found.signatories == ("Yanis", "")


# -- exit ---------------------------------------------------------------------------------------------------------


def leave(session: Session, kind: ExitKind, **more: Any) -> int:
    out = Retirement(number="SOR-1", asset_id=1, kind=kind, retired_on=TODAY, **more)
    session.add(out)
    asset = session.get_one(Asset, 1)
    asset.status, asset.retired_on = AssetStatus.RETIRED, TODAY
    session.flush()
    return out.id


@pytest.mark.parametrize(
    ("kind", "taker", "no_erasure", "duties"),
    [
        (ExitKind.SALE, "L’acheteur", "Aucun.", 0),
        (ExitKind.WEEE, "Le collecteur", "Aucun.", 3),
        (ExitKind.THEFT, "", "Impossible", 6),
    ],
)
def test_an_exit_tells_its_duties(ready: Store, kind: ExitKind, taker: str, no_erasure: str, duties: int) -> None:
    with ready.begin() as session:
        out = leave(session, kind, price=5_000 if kind == ExitKind.SALE else None)
        assert by_number("retirement")(session, "SOR-1") == out
        found = exit_papers.exit_sheet(session, out, STAMP)
    assert (found.taker, len(found.duties)) == (taker, duties)
    assert found.no_erasure.startswith(no_erasure)
    exited = next(dict(block.facts) for block in found.blocks if block.title == "Sortie")
    assert ("Prix HT" in exited) == (kind == ExitKind.SALE)
    assert exited["Preuve"].startswith("attendue")


def test_an_exit_lists_its_erasures_and_one_without_data_needs_none(ready: Store) -> None:
    with ready.begin() as session:
        erase(session, medium=MediumKind.HDD, medium_serial="S1")
        erase(session, number="EFF-2", succeeded=False)
        found = exit_papers.exit_sheet(session, leave(session, ExitKind.GIFT), STAMP)
        assert [row[1:4:2] for row in found.erasures] == [
            ("Disque magnétique, S1", "conforme"), ("Disque SSD", "non conforme"),
        ]  # fmt: skip
        session.get_one(Asset, 1).personal_data = False
        session.flush()
        assert exit_papers.exit_sheet(session, 1, STAMP).no_erasure.startswith("Sans objet")


# -- restitution --------------------------------------------------------------------------------------------------


def test_what_is_held_then_what_was_given_back(ready: Store) -> None:
    with ready.begin() as session:
        records.create(session, ASSET, {"family_id": 2, "person_id": 1, "brand": "HP"})
    with ready.begin("Départ") as session:
        people.leave(session, 1, TODAY, ["asset:1"])
    with ready.read() as session:
        found = exit_papers.return_sheet(session, 1, STAMP)
    assert [(line.number, line.kept) for line in found.lines] == [("PT-0002", True), ("PT-0001", False)]
    assert found.lines[1].told.startswith("rendu le ")
    assert dict(found.facts[1].facts)["À rendre"] == "1 sur 2"


def test_somebody_who_has_nothing_and_no_last_day(ready: Store) -> None:
    with ready.begin() as session:
        session.add(Person(last_name="Garnier"))
        session.flush()
        found = exit_papers.return_sheet(session, 2, STAMP)
    assert found.lines == ()
    assert dict(found.facts[1].facts) == {"Arrivée": "–", "Dernier jour": "à préciser", "À rendre": "rien"}


def test_somebody_is_found_by_name_or_address(ready: Store) -> None:
    with ready.begin() as session:
        assert exit_papers.person_found(session, "hélène MORVAN") == 1
        assert exit_papers.person_found(session, "h@exemple.fr") == 1
        session.add(Person(last_name="Morvan", first_name="Hélène"))
        session.flush()
        with pytest.raises(Refused, match="adresse"):
            exit_papers.person_found(session, "Hélène Morvan")
