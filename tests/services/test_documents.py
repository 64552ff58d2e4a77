"""What the intervention sheet and the account of an incident are made of (domain.md A.5, G.1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import MaintenanceTask, Person, Ticket, Visit, VisitCheck
from app.models.codes import EventKind, WaitReason
from app.models.upkeep_codes import CheckResult, LinkKind, Resolution, VisitResult, VisitStatus
from app.reports.identity import Stamp
from app.services import documents, incident_report, interventions, loaners, parts, ticket_links, tickets
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month, repair

NOW = june("30 16:00")
STAMP = Stamp("Fiche", "FI-2026-0001", 1, NOW)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_sheet_of_a_ticket_tells_promises_contact_parts_and_loans(session: Session) -> None:
    month = reference_month(session)
    session.add(Person(first_name="Agathe", last_name="Morel", phone="214"))
    session.flush()
    session.get_one(Ticket, month["T3"]).requester_id = 1
    done = repair(session, month["T3"], "08 13:00", "08 15:00", 60)
    told = {"technician": "Yanis ; Léa", "travel": True, "travel_minutes": 40, "level": 3, "remaining_work": "Le bac"}
    interventions.update(session, done, told)
    until = date(2027, 6, 8)
    parts.save(
        session,
        done,
        [
            {"label": "Four", "quantity": 1, "taken_back": True, "old_serial": "A1", "warranty_until": until},
            {"label": "Galet", "quantity": 1, "taken_back": False},
            {"label": "Vis", "quantity": 2},
        ],
    )
    lent = {"ticket_id": month["T3"], "lent_on": date(2026, 6, 4)}
    for due in (date(2026, 6, 9), None):
        loaners.lend(session, lent | {"label": "Laser", "due_on": due})
    back = loaners.lend(session, lent | {"label": "Bac", "serial": "S9"})
    loaners.give_back(session, back, date(2026, 6, 8))
    sheet = documents.intervention_sheet(session, done, STAMP)
    assert spaced(sheet.promises_note).endswith("lun-ven 9 h-18 h. Déduit : attente de pièce 18 h 00.")
    assert sheet.promises[2].met
    assert dict(sheet.request)["Demandeur"] == "Agathe Morel, 214"
    assert dict(sheet.request)["Premier contact"] == "04/06/2026 10:00"
    assert dict(sheet.request)["Type, niveau"] == "corrective, curative · niveau 3"
    assert [(one.technician, spaced(one.travel)) for one in sheet.visits] == [
        ("Yanis", "oui, 0 h 40"),
        ("Léa", "oui, 0 h 40"),
    ]
    assert [(one.old_part, one.warranty) for one in sheet.parts] == [
        ("récupérée · A1", "08/06/2027"),
        ("emportée", ""),
        ("", ""),
    ]
    assert [one.partition(", prêté")[2] for one in sheet.loans] == [
        " le 04/06/2026, à rendre le 09/06/2026",
        " le 04/06/2026, sans date de retour",
        " le 04/06/2026, rendu le 08/06/2026",
    ]
    assert (sheet.charge, sheet.remaining, sheet.planned) == ("inclus", "Le bac", ())
    assert "contrat CT-2026-01" in sheet.subtitle


def test_the_sheet_of_a_planned_visit_tells_what_was_due_and_checked(session: Session) -> None:
    contract = add_contract(session)
    asset = add_asset(session, "SRV-01", contract)
    session.add(MaintenanceTask(number="MP-0001", label="Dépoussiérage", first_on=date(2026, 6, 1), asset_id=asset))
    session.flush()
    day = date(2026, 6, 3)
    visit = Visit(
        number="V-2026-0001", label="Dépoussiérage", task_id=1, contract_id=contract, asset_id=asset, due_on=day,
        planned_on=day, done_on=day, status=VisitStatus.DONE, result=VisitResult.GOOD,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    session.add(VisitCheck(visit_id=visit.id, asset_id=asset, label="Ventilateurs", result=CheckResult.BAD))
    session.flush()
    done = interventions.record(session, {"visit_id": visit.id, "started_at": june("03 10:00")})
    sheet = documents.intervention_sheet(session, done, STAMP)
    assert sheet.about == ("Visite", "V-2026-0001")
    assert dict(sheet.planned)["Tâche"] == "MP-0001 Dépoussiérage"
    assert dict(sheet.planned)["Résultat"] == "conforme"
    assert [(one.label, one.result) for one in sheet.points] == [("Ventilateurs", "À reprendre")]
    assert (sheet.promises, sheet.loans, dict(sheet.request)["Nature"]) == ((), (), "Dépoussiérage")
    assert sheet.visits[0].minutes is None
    visit.task_id, visit.result = None, None
    assert dict(documents.intervention_sheet(session, done, STAMP).planned)["Tâche"] == "hors programme"


def test_what_is_done_on_a_ticket_during_a_visit_is_the_ticket_s(session: Session) -> None:
    done = repair(session, add_ticket(session, "01 10:00"), "01 11:00", "01 12:00", 60)
    sheet = documents.intervention_sheet(session, done, STAMP)
    assert sheet.asset == (("N° d’inventaire", "aucun bien désigné"),)
    assert "hors contrat" in sheet.subtitle
    assert sheet.visits[0].travel == "–"


def test_without_a_moment_or_without_anything_there_is_no_sheet(session: Session) -> None:
    done = repair(session, add_ticket(session, "01 10:00"), "01 11:00", "01 12:00", 60)
    for gather, record in ((documents.intervention_sheet, done), (incident_report.incident_report, 1)):
        with pytest.raises(NotFound):
            gather(session, record, replace(STAMP, data_at=None))
    interventions.kept(session, done).ticket_id = None
    with pytest.raises(NotFound):
        documents.intervention_sheet(session, done, STAMP)


# The account of an incident


def test_the_account_of_the_server_down_in_june(session: Session) -> None:
    """T1 of domain.md B.3: down from 9:30 to 14:30, restored late."""
    month = reference_month(session)
    ticket_links.link(session, month["T1"], month["T7"], LinkKind.CAUSED_BY)
    (row,) = interventions.of_ticket(session, month["T1"])
    told = {"diagnosis": "Alimentation morte", "work_done": "Remplacée", "remaining_work": "Onduleur à changer"}
    interventions.update(session, row.id, told)
    account = incident_report.incident_report(session, month["T1"], STAMP)
    assert [spaced(one) for one in account.headline] == [
        "Rétabli en 5 h 00",
        "Le contrat promettait 4 h 00 : dépassé de 1 h 00.",
    ]
    assert [(one.worked, one.whole) for one in account.downs] == [(300, 300)]
    assert [(one.what, one.worked) for one in account.facts][:3] == [
        ("Ouverture", 0),
        ("Bien à l’arrêt", 0),
        ("Prise en charge", 30),
    ]
    assert account.causes == ("Alimentation morte",)
    assert account.related[0][0] == "Causé par"
    assert [(one.what, one.state) for one in account.actions] == [
        ("Remplacée (FI-2026-0001)", "faite"),
        ("Onduleur à changer (FI-2026-0001)", "à faire"),
    ]
    assert account.subtitle.endswith("contrat CT-2026-01, Lumeo Services")


def test_waits_and_a_promise_kept(session: Session) -> None:
    account = incident_report.incident_report(session, reference_month(session)["T3"], STAMP)
    assert [(one.reason, one.minutes, one.stops) for one in account.waits] == [("Attente de pièce", 1080, True)]
    assert spaced(account.headline[1]) == "Le contrat promettait 16 h 00 : tenu, avec 7 h 00 d’avance."
    assert spaced(account.down_note).startswith("Au total 27 h 00")


def test_what_is_not_restored_says_what_is_due(session: Session) -> None:
    month = reference_month(session)
    slow = incident_report.incident_report(session, month["T2"], STAMP)
    assert slow.down_note == "Aucun arrêt du bien n’a été noté."
    account = incident_report.incident_report(session, month["T8"], STAMP)
    assert account.headline == ("À prendre en charge", "Rétablissement dû le 02/07/2026 13:00.")
    bare = add_ticket(session, "30 15:00")
    assert incident_report.incident_report(session, bare, STAMP).headline[1].startswith("Aucun délai")


def test_out_of_contract_and_reopened(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00", asset_id=add_asset(session, "PC-07"))
    tickets.down(session, ticket, june("01 09:30"))
    tickets.take(session, ticket, june("01 10:30"))
    tickets.resolve(session, ticket, june("01 11:00"), resolution=Resolution.WORKAROUND, text="Poste prêté")
    account = incident_report.incident_report(session, ticket, STAMP)
    assert account.headline[1] == (
        "Aucun délai de rétablissement n’était promis. Par un contournement, solution définitive à venir."
    )
    assert account.facts[0].worked is None  # it was down before anybody called
    assert account.downs[0].end is None
    tickets.finalise(session, ticket, june("02 10:00"), "Disque changé")
    tickets.reopen(session, ticket, june("03 10:00"), "Encore")
    assert ("Rouvert", "1\u00a0fois") in incident_report.incident_report(session, ticket, STAMP).request


def test_only_what_was_known_then_is_told(session: Session) -> None:
    ticket = add_ticket(session, "01 10:00")
    tickets.take(session, ticket, june("01 10:30"))
    tickets.start_wait(session, ticket, june("02 10:00"), WaitReason.CLIENT, "Quand ?", "Yanis")
    early = incident_report.incident_report(session, ticket, replace(STAMP, data_at=june("01 12:00")))
    assert (len(early.facts), early.waits) == (2, ())
    assert {one.what for one in early.facts} == {EventKind.OPENED.label, EventKind.TAKEN.label}
