"""Software, safety, needs and annexes: each reads its own records, and nothing else."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import (
    Asset,
    Campaign,
    CampaignLine,
    Company,
    Installation,
    Licence,
    LicenceSeat,
    Need,
    Person,
    Software,
    Survey,
    Ticket,
)
from app.models.codes import (
    CampaignResult,
    CampaignStatus,
    Condition,
    Criticality,
    LicenceNeed,
    NeedDecision,
    NeedSource,
    TicketStatus,
)
from app.services import attachments
from app.storage import Store
from app.storage import attachments as blobs
from tests.services.inventory_report.make import NOW, add_asset, add_expertise, add_site, judge, report_of


def add(session: Session, record: Any) -> int:
    session.add(record)
    session.flush()
    return int(record.id)


def survey(session: Session, asset: int, **values: Any) -> int:
    return add(session, Survey(asset_id=asset, taken_at=datetime(2026, 11, 2, tzinfo=UTC), **values))


# -- software ---------------------------------------------------------------------------------------------------


def test_licences_say_what_is_wrong_with_them(store: Store) -> None:
    with store.begin("Essai") as session:
        one, two = add_asset(session, "PC-0001"), add_asset(session, "PC-0002")
        short = add(session, Licence(number="LIC-0001", name="Dessin", seats=1, price=120_000))
        add(session, Licence(number="LIC-0002", name="Ancienne", seats=5, expires_on=date(2026, 1, 1)))
        for asset in (one, two):
            add(session, LicenceSeat(licence_id=short, asset_id=asset))
        lines = report_of(session).software.licences
    assert [(line.number, line.used, line.price, line.remark) for line in lines] == [
        ("LIC-0001", 2, 120_000, "en dépassement de 1\u00a0poste"),
        ("LIC-0002", 0, None, "expirée"),
    ]


def test_software_without_a_licence_is_listed_the_most_seen_first(store: Store) -> None:
    needs = {"Acrobat": LicenceNeed.REQUIRED, "Zip": LicenceNeed.FREE, "Plan": LicenceNeed.REQUIRED,
             "Inconnu": LicenceNeed.UNKNOWN, "Couvert": LicenceNeed.REQUIRED}  # fmt: skip
    with store.begin("Essai") as session:
        seen = [survey(session, add_asset(session, f"PC-000{n}")) for n in (1, 2)]
        known = {name: add(session, Software(name=name, need=need)) for name, need in needs.items()}
        add(session, Licence(number="LIC-0001", name="Couvert", software_id=known["Couvert"]))
        for name, software in known.items():
            for one in seen if name != "Acrobat" else seen[:1]:
                session.add(Installation(survey_id=one, software_id=software))
        session.flush()
        found = report_of(session).software
    assert [(line.name, line.machines, line.missing) for line in found.seen] == [("Plan", 2, 2), ("Acrobat", 1, 1)]
    assert (found.surveyed, found.unsorted) == (2, 1)


# -- safety -----------------------------------------------------------------------------------------------------


def test_what_the_surveys_found_is_told_planned_and_counted_as_a_risk(store: Store) -> None:
    with store.begin("Essai") as session:
        bad = add_asset(session, "PC-0001", criticality=Criticality.VITAL, condition=Condition.GOOD)
        survey(session, bad, antivirus_on=False, disk_encrypted=True)
        survey(session, add_asset(session, "PC-0002"), antivirus="ESET", antivirus_on=True, antivirus_current=True)
        report = report_of(session)
    (finding,) = report.safety.findings
    assert finding.words.startswith("Antivirus absent. Installez")
    assert (finding.count, finding.criticality, finding.numbers) == (1, "4", "PC-0001")
    assert report.safety.surveyed.startswith("2 ordinateurs sur 2 sont décrits par un relevé, du 02/11/2026")
    assert report.plan[0].actions[0].words.startswith("Antivirus absent\u00a0: installez")
    assert "Antivirus absent" in [risk.words for risk in report.synthesis.risks]
    assert "Antivirus absent sur 1\u00a0bien" in report.synthesis.recommendations[0][0][0]


def test_a_fault_of_another_site_is_not_told(store: Store) -> None:
    with store.begin("Essai") as session:
        here, there = add_site(session, "Dole"), add_site(session, "Évry")
        add_asset(session, "PC-0001", site_id=here)
        survey(session, add_asset(session, "PC-0002", site_id=there), antivirus_on=False)
        assert not report_of(session, sites=(here,)).safety.findings
        assert report_of(session, sites=(there,)).safety.findings


def test_the_network_holds_what_has_an_address_and_belongs_to_nobody(store: Store) -> None:
    with store.begin("Essai") as session:
        person = add(session, Person(last_name="Roy"))
        site = add_site(session, "Dole")
        add_asset(session, "COM-0001", site_id=site, ip="10.0.0.2", brand="Aruba", model="1930")
        add_asset(session, "SRV-0001", mac="02:00:5e:00:00:01", system="Debian", support_end=date(2028, 6, 30))
        add_asset(session, "IMP-0001", ip="10.0.0.9", system="Firmware")
        add_asset(session, "MOB-0001", ip="10.0.0.7", person_id=person)
        add_asset(session, "PC-0001", ip="10.0.0.8")
        safety = report_of(session).safety
    assert [(one.name, [line.number for line in one.lines]) for one in safety.network] == [
        ("Dole", ["COM-0001"]),
        ("Sans site", ["IMP-0001", "SRV-0001"]),
    ]
    assert [line.support for one in safety.network for line in one.lines] == ["–", "inconnue", "30/06/2028"]
    assert safety.holders == "Biens faits pour porter les données de l’entreprise\u00a0: 1\u00a0serveur (SRV-0001)."


def test_documents_of_backups_are_the_proofs(store: Store) -> None:
    with store.begin("Essai") as session:
        server, nas = add_asset(session, "SRV-0001"), add_asset(session, "NAS-0001")
        attachments.add(session, ENTITIES["asset"], server, "PV Restauration 09-2026.pdf", b"%PDF-1")
        attachments.add(session, ENTITIES["asset"], nas, "notice.pdf", b"%PDF-2")
        safety = report_of(session).safety
    assert [proof.split(",")[0] for proof in safety.proofs] == ["PV Restauration 09-2026.pdf"]
    assert "1\u00a0serveur et 1\u00a0NAS" in safety.holders


# -- needs ------------------------------------------------------------------------------------------------------


def test_needs_stand_by_source_with_their_decision(store: Store) -> None:
    with store.begin("Essai") as session:
        person = add(session, Person(first_name="Inès", last_name="Roy"))
        asset = add_asset(session, "PC-0001")
        usual: dict[str, Any] = {"decision": NeedDecision.PENDING}
        add(session, Need(number="B-2", statement="Imprimer", source=NeedSource.USER, person_id=person, **usual))
        add(session, Need(number="B-1", statement="Dépanner", source=NeedSource.TECHNICIAN, asset_id=asset,
                          service="Atelier", criticality=Criticality.HIGH, **usual))  # fmt: skip
        add(session, Need(number="B-3", statement="Un écran", stated_by="Paul", decision=NeedDecision.REJECTED,
                          decision_reason="Budget arrêté"))  # fmt: skip
        groups = report_of(session).needs
    assert [(group.source, [line.number for line in group.lines]) for group in groups] == [
        ("Techniciens", ["B-1"]),
        ("Utilisateurs", ["B-2", "B-3"]),
    ]
    first, second, third = (line for group in groups for line in group.lines)
    assert (first.thing, first.criticality, first.decision) == ("PC-0001, Atelier", "3", "À décider")
    assert second.statement == "Imprimer\nInès Roy"
    assert (third.statement, third.decision) == ("Un écran\nPaul", "Écarté\u00a0: Budget arrêté")


# -- annexes ----------------------------------------------------------------------------------------------------


def campaign(session: Session, number: str, closed: date | None, site: int | None = None) -> int:
    status = CampaignStatus.CLOSED if closed else CampaignStatus.OPEN
    values = {"opened_on": date(2026, 11, 3), "closed_on": closed, "status": status, "site_id": site}
    return add(session, Campaign(number=number, title="Annuelle", held_by="Claire Besnard", **values))


def test_the_gaps_are_those_of_the_last_campaign_that_was_closed(store: Store) -> None:
    with store.begin("Essai") as session:
        site = add_site(session, "Dole")
        assets = [add_asset(session, f"PC-000{n}", name="Poste", site_id=site, room="101") for n in range(1, 5)]
        assert report_of(session).gaps is None
        campaign(session, "INV-2026-003", None)
        campaign(session, "INV-2026-001", date(2026, 3, 3))
        last = campaign(session, "INV-2026-002", date(2026, 11, 6))
        at = datetime(2026, 11, 5, 9, tzinfo=UTC)
        expected = {"campaign_id": last, "expected_site_id": site, "expected_room": "101"}
        results = (CampaignResult.FOUND, CampaignResult.FOUND, CampaignResult.MISSING)
        for asset, result, room in zip(assets, results, (None, "Quai", None), strict=False):
            add(session, CampaignLine(asset_id=asset, result=result, room=room, seen_at=at, **expected))
        extra = {"result": CampaignResult.UNEXPECTED, "room": "Hall", "seen_at": at, "notes": "sans étiquette"}
        add(session, CampaignLine(campaign_id=last, code_read="1PQ7MB3", **extra))
        gaps = report_of(session).gaps
        elsewhere = report_of(session, sites=(add_site(session, "Évry"),)).gaps
    assert gaps is not None
    assert gaps.told == (
        "Campagne INV-2026-002 «\u00a0Annuelle\u00a0», tous les sites, du 3 au "
        "6\u00a0novembre\u00a02026, menée par Claire Besnard\u00a0: 2\u00a0biens trouvés sur 3 attendus."
    )
    assert [(one.nature, one.subject, one.expected, one.found) for one in gaps.lines] == [
        ("Non trouvés · 1", "PC-0003", "Dole, 101", ""),
        ("Trouvés, non attendus · 1", "1PQ7MB3", "", "Hall"),
        ("Trouvés ailleurs qu’attendu · 1", "PC-0002", "Dole, 101", "Quai"),
    ]
    assert elsewhere is not None


def image(kind: str = "PNG", size: tuple[int, int] = (2000, 1000)) -> bytes:
    out = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "#1F4E5F").save(out, kind)
    return out.getvalue()


def test_photos_are_made_small_and_those_to_replace_come_first(store: Store) -> None:
    with store.begin("Essai") as session:
        sound, poor = add_asset(session, "PC-0001"), add_asset(session, "PC-0002")
        lot = add_expertise(session)
        judge(session, lot, sound, "A")
        judge(session, lot, poor, "D")
        for asset, name, content in (
            (sound, "a.jpg", image("JPEG")), (poor, "b.png", image()), (poor, "faux.png", b"pas une image"),
            (poor, "notice.pdf", b"%PDF-"),
        ):  # fmt: skip
            attachments.add(session, ENTITIES["asset"], asset, name, content)
        with_them, without = report_of(session), report_of(session, sections=())
    assert [(one.number, one.picture.width, one.picture.height) for one in with_them.photos] == [
        ("PC-0002", 640, 320),
        ("PC-0001", 640, 320),
    ]
    assert (with_them.photos_left, without.photos) == (0, ())


def test_no_more_photos_than_a_report_can_bear(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.inventory_report.annexes.PHOTOS", 2)
    with store.begin("Essai") as session:
        asset = add_asset(session, "PC-0001")
        for n in range(5):
            attachments.add(session, ENTITIES["asset"], asset, f"{n}.png", image(size=(10 + n, 10)))
        report = report_of(session)
    assert (len(report.photos), report.photos_left) == (2, 3)


def test_failures_are_those_of_twelve_months_by_asset(store: Store) -> None:
    with store.begin("Essai") as session:
        one, two = add_asset(session, "PC-0001"), add_asset(session, "PC-0002")
        told: tuple[tuple[int, datetime, dict[str, Any]], ...] = (
            (two, datetime(2026, 1, 5, tzinfo=UTC), {"net_minutes": 90}),
            (one, datetime(2026, 9, 5, tzinfo=UTC), {}),
            (one, datetime(2026, 2, 5, tzinfo=UTC), {}),
            (one, datetime(2025, 11, 1, tzinfo=UTC), {}),
            (one, datetime(2026, 2, 6, tzinfo=UTC), {"status": TicketStatus.CANCELLED}),
            (one, datetime(2026, 2, 7, tzinfo=UTC), {"is_failure": False}),
        )
        for n, (asset, opened, values) in enumerate(told):
            usual = {"is_failure": True, "subject": "Panne", "number": f"T-{n}"}
            add(session, Ticket(asset_id=asset, opened_at=opened, **(usual | values)))
        found = report_of(session).failures
    assert [(one.number, one.ticket, one.minutes) for one in found] == [
        ("PC-0001", "T-2", None), ("PC-0001", "T-1", None), ("PC-0002", "T-0", 90),
    ]  # fmt: skip


# -- who issues -------------------------------------------------------------------------------------------------


def test_the_cover_bears_the_logo_the_siret_and_those_who_were_chosen(store: Store) -> None:
    with store.begin("Essai") as session:
        add(session, Company(name="Morvan", siren="123456782", siret="12345678200014"))
        session.execute(update(Company).values(logo_sha256=blobs.put(session, image("JPEG", (900, 300)))))
        add_asset(session, "PC-0001")
        report = report_of(
            session,
            redactor="Hélène Roy",
            participants="Kervadel",
            diffusion="Direction",
            exclusions="Machines.\nRadios.",
        )
    assert report.company.siret == "123\u00a0456\u00a0782\u00a000014"
    assert report.company.logo is not None
    assert (report.company.logo.width, report.company.logo.height) == (600, 200)
    assert (report.redactor, report.participants, report.diffusion) == ("Hélène Roy", "Kervadel", "Direction")
    assert report.perimeter.endswith("biens sortis du parc exclus, et machines")
    assert report.scope.excluded[:2] == ("Machines.", "Radios.")


def test_asset_rows_are_read_by_one_statement(store: Store) -> None:
    with store.begin("Essai") as session:
        add_asset(session, "PC-0001")
        session.execute(update(Asset).values(deleted_at=NOW))
        assert not report_of(session).lines
