"""The facts of the home page, from tables of what the base holds."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.models import Asset, Company, Family, IssuedPaper, Loan, NoticeDecision, Person, Site, Ticket
from app.models.codes import AssetStatus, WaitReason
from app.models.contract_codes import Choosing
from app.services import home, listing, tickets
from app.services.home import Home, Task, words
from app.storage import Store
from tests.services.company import add_asset, add_contract, add_ticket, june, reference_month

NOW = june("10 10:00")
TODAY = date(2026, 6, 10)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.begin("essai") as opened:
        yield opened


def found(session: Session, key: str, now: datetime = NOW, backup_age: int | None = None) -> Task | None:
    groups = home.read(session, now, backup_age).groups
    return next((task for group in groups for task in group.tasks if task.key == key), None)


def asset(session: Session, **values: Any) -> int:
    made = add_asset(session, f"PC-{session.query(Asset).count() + 1:02d}")
    for name, value in values.items():
        setattr(session.get(Asset, made), name, value)
    session.flush()
    return made


def shown_by(session: Session, key: str, now: datetime = NOW) -> int:
    """How many lines the list has that this key opens."""
    lead = home.lead(session, key, now)
    assert lead.query is not None
    return listing.count(session, ENTITIES[lead.entity], lead.query)


def test_an_empty_base_has_only_its_company_to_describe(session: Session) -> None:
    shown = home.read(session, NOW)
    assert [task.key for group in shown.groups for task in group.tasks] == ["company"]
    assert [figure.value for figure in shown.figures] == ["–"] * 4
    assert [step.state for step in shown.steps] == ["now"] + ["todo"] * 8


@pytest.mark.parametrize(
    ("opened", "priority", "taken", "now", "group", "when", "what"),
    [
        ("10 09:30", "P1", False, "10 10:00", "today", "Reste 0 h 30", "prise en charge due à 10:30"),
        ("10 09:00", "P1", True, "10 10:00", "today", "Reste 3 h 00", "rétablissement dû à 13:00"),
        ("09 17:00", "P1", False, "10 10:00", "late", "Dépassé de 1 h 00", "prise en charge due le 09/06/2026 à 18:00"),
        ("09 15:00", "P1", True, "10 11:40", "late", "Dépassé de 1 h 40", "rétablissement dû à 10:00"),
        ("09 15:00", "P1", False, "10 11:40", "late", "Dépassé de 1 h 40", "rétablissement dû à 10:00"),
        ("10 09:00", "P3", True, "10 10:00", None, "", ""),
    ],
)
def test_a_ticket_presses_by_its_deadlines(
    session: Session, *, opened: str, priority: str, taken: bool, now: str, group: str | None, when: str, what: str
) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    ticket = add_ticket(session, opened, priority, asset_id=covered)
    if taken:
        tickets.take(session, ticket, june(opened) + timedelta(minutes=10))
    task = found(session, f"ticket:{ticket}", june(now))
    if group is None:
        assert task is None
        return
    assert task
    assert (task.group, task.when.replace("\u00a0", " ")) == (group, when)
    assert what in task.why


def test_a_stopped_clock_is_not_late(session: Session) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    ticket = add_ticket(session, "09 15:00", "P1", asset_id=covered)
    tickets.take(session, ticket, june("09 15:10"))
    tickets.start_wait(session, ticket, june("09 15:20"), WaitReason.CLIENT, author="Yanis")
    assert found(session, f"ticket:{ticket}", june("10 17:00")) is None


def test_beyond_five_the_late_tickets_are_one_line(session: Session) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    for _ in range(8):
        add_ticket(session, "08 09:00", "P1", asset_id=covered)
    late = [task for task in home.read(session, NOW).groups[0].tasks if task.key.startswith("ticket")]
    assert [task.key.split(":")[0] for task in late] == ["ticket"] * 5 + ["tickets-late"]
    assert late[-1].title == "3\u00a0autres tickets hors délai"
    assert shown_by(session, "tickets-late") == 8


@pytest.mark.parametrize(
    ("values", "key", "group", "when"),
    [
        ({"support_end": TODAY - timedelta(days=8)}, "support-ended", "late", "Depuis 8 jours"),
        ({"support_end": date(2025, 5, 10)}, "support-ended", "late", "Depuis 13 mois"),
        ({"support_end": date(2023, 5, 10)}, "support-ended", "late", "Depuis 3 ans"),
        ({"support_end": TODAY}, "support-ending", "today", "Aujourd’hui"),
        ({"support_end": TODAY + timedelta(days=14)}, "support-ending", "soon", "Dans 14 jours"),
        ({"support_end": TODAY + timedelta(days=90)}, "support-ending", "later", "08/09/2026"),
        ({"support_end": TODAY + timedelta(days=91)}, "support-ending", None, ""),
        ({"warranty_end": TODAY + timedelta(days=1)}, "warranty", "soon", "Demain"),
        ({"warranty_end": TODAY - timedelta(days=1)}, "unprotected", "later", "À décider"),
        ({"warranty_end": TODAY - timedelta(days=1), "status": AssetStatus.RETIRED}, "unprotected", None, ""),
        ({"support_end": date(2025, 5, 10), "status": AssetStatus.RETIRED}, "support-ended", None, ""),
    ],
)
def test_the_dates_of_an_asset_press(
    session: Session, values: dict[str, Any], key: str, group: str | None, when: str
) -> None:
    asset(session, **values)
    task = found(session, key)
    if group is None:
        assert task is None
        return
    assert task
    assert (task.group, task.when.replace("\u00a0", " ")) == (group, when)
    assert shown_by(session, key) == 1


def test_a_covered_asset_is_not_unprotected(session: Session) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    asset_covered = session.get(Asset, covered)
    assert asset_covered
    asset_covered.warranty_end = TODAY - timedelta(days=1)
    session.flush()
    assert found(session, "unprotected") is None


def test_assets_without_updates_are_told_by_their_only_system(session: Session) -> None:
    for _ in range(6):
        asset(session, system="Windows 10", support_end=date(2025, 10, 14))
    task = found(session, "support-ended")
    assert task
    assert task.title == "6\u00a0biens sous Windows 10 sans mises à jour de sécurité"
    asset(session, system="Windows 8.1", support_end=date(2023, 1, 10))
    task = found(session, "support-ended")
    assert task
    assert task.title == "7\u00a0biens sous un système sans mises à jour de sécurité"


@pytest.mark.parametrize(
    ("today", "group", "told", "verb"),
    [
        # 12 months from 1 January, notice of three months: posted by 9 September, decided from 11 June on.
        ("2026-06-01", None, "", ""),
        ("2026-07-01", "later", "Décider du contrat", "Décider"),
        ("2026-09-01", "soon", "Décider du contrat", "Décider"),
        ("2026-09-20", "today", "la lettre doit être reçue", "Décider"),
        ("2026-10-20", "late", "le contrat est reconduit", "Voir"),
    ],
)
def test_a_notice_is_decided_sent_or_missed(
    session: Session, today: str, group: str | None, told: str, verb: str
) -> None:
    contract = add_contract(session)
    now = datetime.fromisoformat(f"{today}T10:00:00+02:00")
    task = found(session, f"contract/notice:{contract}", now)
    assert (task.group if task else None) == group
    if task:
        assert told in task.title
        assert task.verb == verb


@pytest.mark.parametrize(("age", "told"), [(None, False), (7, False), (8, True)])
def test_an_old_backup_presses(session: Session, age: int | None, told: bool) -> None:
    assert (found(session, "backup", backup_age=age) is not None) == told


def test_what_a_person_who_left_still_holds(session: Session) -> None:
    person = Person(last_name="Morvan", left_on=TODAY - timedelta(days=1))
    session.add(person)
    session.flush()
    asset(session, person_id=person.id)
    lent = asset(session)
    session.add(Loan(number="PR-1", asset_id=lent, person_id=person.id, lent_on=TODAY))
    session.flush()
    assert found(session, "orphaned")
    assert shown_by(session, "orphaned") == 2


def test_a_loan_presses_once_its_day_is_past(session: Session) -> None:
    lent = asset(session)
    loan = Loan(number="PR-1", asset_id=lent, borrower="Luc", lent_on=TODAY - timedelta(days=9), due_on=TODAY)
    session.add(loan)
    session.flush()
    assert found(session, "loans-late") is None
    loan.due_on = TODAY - timedelta(days=1)
    session.flush()
    task = found(session, "loans-late")
    assert task
    assert (task.group, task.title) == ("late", "1\u00a0prêt à reprendre")
    assert shown_by(session, "loans-late") == 1


def test_the_figures_are_those_of_the_lists_they_open(session: Session) -> None:
    reference_month(session)
    asset(session, status=AssetStatus.IN_STOCK)
    shown = home.read(session, june("30 17:00"))
    counts = [shown_by(session, figure.key, june("30 17:00")) for figure in shown.figures]
    assert [figure.value for figure in shown.figures] == ["5", "1", "83,3", "1"]
    assert counts == [5, 1, 6, 1]
    assert shown.figures[0].unit == "sur 6"
    assert "n\u00a0=\u00a06" in shown.figures[2].unit
    assert (shown.figures[2].tone, shown.figures[2].note) == ("bad", "Objectif 90\u00a0%, non tenu")


def test_the_yearly_cost_adds_fees_of_any_rhythm(session: Session) -> None:
    add_contract(session, fee=45_000)
    second = add_contract(session, number="CT-2026-02", fee=120_000, fee_period="quarter")
    assert second
    assert home.read(session, NOW).figures[3].unit == "10\u00a0200,00\u00a0€ HT par an"


def states(shown: Home) -> dict[str, str]:
    return {step.title: step.state for step in shown.steps}


def test_the_steps_follow_the_facts(session: Session) -> None:
    session.add(Company(name="Ateliers Morvan"))
    session.add(Site(name="Dijon"))
    session.flush()
    asset(session)
    assert states(home.read(session, NOW))["Inventorier les biens"] == "part"
    one = session.scalars(select(Asset)).one()
    one.serial = "S1"
    session.flush()
    shown = home.read(session, NOW)
    assert (shown.steps[0].state, shown.steps[0].key) == ("part", "unplaced")
    assert shown.steps[0].note == "1\u00a0bien · 1 à affecter"
    assert [step.state for step in shown.steps[1:]] == ["now"] + ["todo"] * 7

    one.room = "2.04"
    session.scalars(select(Family)).one().is_workstation = True
    contract = add_contract(session)
    session.add(
        IssuedPaper(
            kind="inventaire", reference="RIE-2026-001", number=2, issued_at=NOW, data="{}", data_sha256="",
            pdf_sha256="", file_name="",
        )
    )  # fmt: skip
    session.flush()
    shown = home.read(session, NOW)
    told = states(shown)
    assert [told[name] for name in ("Inventorier les biens", "Éditer le rapport d’inventaire")] == ["done"] * 2
    assert shown.steps[2].note == "Version 2 du 10/06/2026"
    assert (shown.steps[6].note, shown.steps[6].state) == ("CT-2026-01 · 1\u00a0poste à couvrir", "part")
    assert shown_by(session, "uncovered") == 1
    assert {step.note for step in shown.steps[3:6]} == {"Avant le prochain contrat"}
    assert contract


def test_tickets_followed_are_the_step_under_way(session: Session) -> None:
    reference_month(session)
    shown = home.read(session, june("30 17:00"))
    assert states(shown)["Suivre tickets et interventions"] == "now"
    assert states(shown)["Juger et décider"] == "part"
    assert [step.state for step in shown.steps].count("now") == 1


def test_every_key_of_the_page_leads_somewhere(session: Session) -> None:
    reference_month(session)
    asset(session, support_end=date(2025, 1, 1), warranty_end=date(2025, 1, 1))
    shown = home.read(session, june("30 17:00"), backup_age=30)
    keys = {task.key for group in shown.groups for task in group.tasks}
    keys |= {figure.key for figure in shown.figures} | {step.key for step in shown.steps}
    for key in keys:
        lead = home.lead(session, key, june("30 17:00"))
        assert lead.act or lead.record_id or lead.query
    with pytest.raises(KeyError):
        home.lead(session, "unknown", NOW)


def test_the_summary_counts_what_is_late(session: Session) -> None:
    session.add(Company(name="Ateliers Morvan"))
    session.flush()
    assert home.read(session, NOW).summary == "Ateliers Morvan · Rien à faire"
    asset(session, support_end=date(2025, 1, 1))
    assert home.read(session, NOW).summary == "Ateliers Morvan · 1\u00a0chose à faire, dont 1 en retard"


def test_a_binned_ticket_does_not_press(session: Session) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    ticket = session.get(Ticket, add_ticket(session, "08 09:00", "P1", asset_id=covered))
    assert ticket
    ticket.deleted_at = NOW
    session.flush()
    assert not [task for task in home.read(session, NOW).groups[0].tasks if task.key.startswith("ticket")]
    assert home.read(session, NOW).figures[1].value == "–"


@pytest.mark.parametrize(
    ("days", "told"), [(0, "Aujourd’hui"), (1, "Demain"), (30, "Dans 30 jours"), (31, "11/07/2026")]
)
def test_days_ahead_in_words(days: int, told: str) -> None:
    assert words.ahead(TODAY + timedelta(days=days), TODAY).replace("\u00a0", " ") == told


def test_beyond_five_what_is_due_today_is_one_line(session: Session) -> None:
    covered = add_asset(session, "PC-01", add_contract(session))
    for _ in range(6):
        add_ticket(session, "10 09:50", "P1", asset_id=covered)
    today = home.read(session, NOW).groups[1].tasks
    assert next(task.title for task in today if task.key == "tickets-today") == "1\u00a0autre ticket dû aujourd’hui"
    assert shown_by(session, "tickets-today") == 6


def test_after_the_safe_receipt_a_letter_is_a_risk(session: Session) -> None:
    """The notice must arrive by Saturday 30 January 2027: Friday 29 is the last safe day."""
    contract = add_contract(session, starts_on=date(2026, 5, 1))
    task = found(session, f"contract/notice:{contract}", datetime.fromisoformat("2027-01-30T10:00:00+01:00"))
    assert task
    assert (task.group, task.when.replace("\u00a0", " ")) == ("late", "Depuis 1 jour")
    assert "risque d’arriver après" in task.title


def test_a_contract_that_is_only_drafted_is_a_step_begun(session: Session) -> None:
    add_contract(session, status="draft")
    shown = home.read(session, NOW)
    assert states(shown)["Établir le contrat"] == "part"
    assert shown_by(session, "contracts-all") == 1


def test_more_tickets_than_a_statement_can_name_are_found_by_their_dates(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference_month(session)
    monkeypatch.setattr("app.services.home.leads.MOST_NAMED", 5)
    assert shown_by(session, "restored", june("30 17:00")) == 6


def test_a_notice_that_is_decided_is_no_more_to_decide(session: Session) -> None:
    contract = add_contract(session, starts_on=date(2026, 1, 1))
    now = datetime.fromisoformat("2026-09-01T10:00:00+02:00")
    assert home.read(session, now, None).figures[3].note == "1\u00a0préavis à décider"
    session.add(
        NoticeDecision(
            contract_id=contract, period_end=date(2026, 12, 31), choice=Choosing.DENOUNCE, decided_on=date(2026, 9, 1)
        )
    )
    session.flush()
    task = found(session, f"contract/notice:{contract}", now)
    assert task
    assert (task.title, task.verb) == ("Poster la lettre de dénonciation de CT-2026-01", "Ouvrir")
    assert home.read(session, now, None).figures[3].note == ""
