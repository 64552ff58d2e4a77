"""The register of backups and the attendance sheet, gathered."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import BackupPlan
from app.models.upkeep_codes import VisitResult
from app.reports.backups_data import Point, Trial
from app.reports.identity import Stamp
from app.services import attendance_paper, awareness, backups_paper, papers, records
from app.services.backups import acts
from app.services.backups.acts import Told
from app.storage import Store
from tests.services.company import add_asset, add_contract

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
STAMP = Stamp("Registre", "SAU-2026-001", 1, NOW)


def add_plan(session: Session, label: str, **values: object) -> int:
    made = records.create(session, ENTITIES["backup_plan"], {"label": label, **values})
    plan = session.get_one(BackupPlan, made)
    plan.created_at = plan.created_at.replace(year=2025, month=1, day=1)
    return made


def test_the_register_gathers_a_year(store: Store) -> None:
    with store.begin() as session:
        known = {"asset_id": add_asset(session, "SRV-0001"), "contract_id": add_contract(session), "rto_minutes": 120,
                 "encrypted": True, "destination": "NAS"}  # fmt: skip
        plan = add_plan(session, "Serveur", **known)
        bare = add_plan(session, "Comptabilité", encrypted=False)
        for days, result in (
            (1, VisitResult.GOOD),
            (2, VisitResult.FAILED),
            (3, VisitResult.GOOD),
            (400, VisitResult.GOOD),
        ):
            acts.check(session, plan, Told(TODAY - timedelta(days=days), result, "plein"), TODAY)
        acts.test(session, plan, Told(TODAY, VisitResult.GOOD, "relu", "Julie", 150, 60), TODAY)
        acts.test(session, bare, Told(TODAY - timedelta(days=300), VisitResult.GOOD), TODAY)
        told = backups_paper.register(session, None, STAMP)
        undated = backups_paper.register(session, None, Stamp("Registre", ""))
    server, other = told.sheets
    assert told.since == date(2025, 11, 20)
    assert told.proved == 1
    assert len(undated.sheets) == 2
    assert server.checks == "3\u00a0contrôles sur la période\u00a0: 2 sans remarque, 1 en échec."
    assert server.trials == (Trial("20/11/2026", "Conforme", "2\u00a0h\u00a030", "1\u00a0h\u00a000", "Julie", "relu"),)
    assert server.promises[0] == Point(
        "Temps de restauration (RTO)", "2\u00a0h\u00a030, au plus 2\u00a0h\u00a000", "bad"
    )
    assert dict(server.facts)["Bien"].startswith("SRV-0001")
    assert dict(server.facts)["Chiffrées"] == "Oui"
    assert (dict(other.facts)["Bien"], dict(other.facts)["Chiffrées"]) == ("–", "Non")
    assert (other.checked, other.checks) == ("jamais", "Aucun contrôle noté sur cette période.")


def test_the_attendance_sheet_of_a_session_or_blank(store: Store) -> None:
    with store.begin() as session:
        person = records.create(session, ENTITIES["person"], {"last_name": "Aubry", "service": "Atelier"})
        site = records.create(session, ENTITIES["site"], {"name": "Dijon"})
        values = {
            "label": "Hameçonnage",
            "planned_on": TODAY,
            "starts_at": 570,
            "duration_minutes": 60,
            "site_id": site,
        }
        awareness.plan(session, values, {person})
        bare = awareness.plan(session, {"label": "Mots de passe", "planned_on": TODAY}, ())
        ref = "V-2026-0001"
        told = attendance_paper.sheet(session, attendance_paper.found(session, ref), STAMP)
        assert told.topic == "Hameçonnage · Dijon"
        assert told.card == (
            ("Date", "20\u00a0novembre\u00a02026"), ("Heure, durée", "9\u00a0h\u00a030, 1\u00a0h\u00a000"),
            ("Intervenant", ""),
        )  # fmt: skip
        assert told.people == (("Aubry", "Atelier"),)
        assert attendance_paper.sheet(session, bare, STAMP).card[1] == ("Heure, durée", "")
        assert papers.draft(session, "presence", None, NOW).startswith(b"%PDF")
