"""What providers owe on a day (domain.md A.5)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app.fields import this_day
from app.models import Contract, DueDocument, Intervention, Ticket, Visit
from app.models.codes import ContractStatus, InterventionKind, Renewal, TicketStatus
from app.services.deliverables import expected, standing
from app.storage import Store
from tests.services.deliverables.make import SINCE, TODAY, owe, told, worked


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def test_a_report_is_owed_for_each_intervention_within_two_working_days(session: Session) -> None:
    owe(session, worked(session), "after_visit")
    assert told(session) == [
        ("FI-2026-0001 du 02/06/2026", "2026-06-04", "late"),
        ("FI-2026-0002 du 17/06/2026", "2026-06-19", "expected"),
    ]


def test_serious_incidents_only_are_told_once_restored(session: Session) -> None:
    contract = worked(session)
    owe(session, contract, "after_incident", 5)
    assert told(session) == [("T-2026-0001 (P1) du 02/06/2026", "2026-06-09", "late")]
    session.get_one(Ticket, 1).status = TicketStatus.CANCELLED
    session.flush()
    assert told(session) == []


def test_a_visit_without_a_ticket_owes_a_report_too(session: Session) -> None:
    contract = worked(session)
    owe(session, contract, "after_visit")
    visit = Visit(number="V-1", label="Nettoyage", contract_id=contract, due_on=TODAY, planned_on=TODAY)
    session.add(visit)
    session.flush()
    began = datetime(2026, 6, 18, 8, tzinfo=UTC)
    session.add(Intervention(number="FI-9", visit_id=visit.id, kind=InterventionKind.ON_SITE, started_at=began))
    session.flush()
    assert told(session)[-1] == ("FI-9 du 18/06/2026", "2026-06-22", "expected")


def test_what_comes_by_periods(session: Session) -> None:
    contract = worked(session)
    for rule, delay in (("monthly", 10), ("quarterly", None), ("yearly", 5), ("once", 3)):
        owe(session, contract, rule, delay)
    assert told(session) == [
        ("prise d’effet", "2026-06-04", "late"),  # taken effect in January, followed since 1 June
        ("mai 2026", "2026-06-12", "late"),
        ("3e trimestre 2026", "2026-06-30", "expected"),
        ("juin 2026", "2026-07-15", "expected"),
        ("du 01/01/2026 au 31/12/2026", "2027-01-08", "expected"),
    ]


def test_what_was_owed_before_it_was_followed_is_not_asked_for(session: Session) -> None:
    contract = worked(session)
    owe(session, contract, "after_visit", since=date(2026, 6, 5))
    assert [one[1] for one in told(session)] == ["2026-06-19"]
    owe(session, contract, "monthly", since=None)
    since = expected.owing(session, TODAY)[1].since
    assert since == this_day()


def test_a_contract_over_owes_nothing_for_what_comes_after(session: Session) -> None:
    contract = worked(session, initial_months=6, renewal=Renewal.NONE)
    owe(session, contract, "monthly", 0)
    assert [one[:2] for one in told(session, date(2026, 9, 1))] == [
        ("mai 2026", "2026-06-01"),  # 31 May is a Sunday
        ("juin 2026", "2026-06-30"),
    ]
    kept = session.get_one(Contract, contract)
    kept.initial_months, kept.renewal, kept.renewal_months = 12, Renewal.TACIT_OPEN, None
    kept.status = ContractStatus.ENDED
    session.flush()
    assert told(session, date(2026, 9, 1)) == []
    kept.status = ContractStatus.DRAFT
    session.flush()
    assert expected.owing(session, TODAY) == []


def test_where_each_document_stands(session: Session) -> None:
    contract = worked(session)
    owe(session, contract, "after_visit")
    owe(session, contract, "quarterly", None)
    visits, planning = standing(session, TODAY)
    assert [one.mark for one in visits.late] == ["intervention:1"]
    assert visits.coming is not None
    assert visits.coming.title == "Document after_visit, FI-2026-0002 du 17/06/2026"
    assert (planning.late, planning.coming.mark if planning.coming else "") == ((), "2026-T3")
    assert session.get_one(DueDocument, planning.owing.id).uuid == planning.owing.uuid


def test_what_came_in_time_of_a_period(session: Session) -> None:
    contract = worked(session)
    owe(session, contract, "after_visit")
    assert expected.in_time(session, SINCE, TODAY, TODAY).rate == 0
    assert expected.in_time(session, date(2026, 6, 5), date(2026, 6, 6), TODAY, contract).rate is None
