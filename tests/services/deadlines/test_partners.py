"""The deadlines of what goes on with providers, each gone once what it came from is settled."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import AccessGrant, Certificate, Consultation, Meeting, MeetingAction, ReturnItem
from app.models.contract_codes import AccessLevel, ActionState, CertificateKind, MeetingStatus, ReturnState
from app.services.deadlines import DeadlineKind
from tests.services.deadlines.make import TODAY, contract, keep, plain, provider, told


def certificate(session: Session, owner: int, issued: date, **values: Any) -> int:
    row = Certificate(provider_id=owner, issued_on=issued, **{"kind": CertificateKind.URSSAF, **values})
    made: int = keep(session, row).id
    return made


def test_the_last_certificate_of_a_kind_is_asked_for_again(session: Session) -> None:
    owner = provider(session)
    certificate(session, owner, date(2025, 6, 1))
    assert [one.due for one in told(session, DeadlineKind.CERTIFICATE)] == [date(2025, 12, 1)]
    last = certificate(session, owner, date(2026, 3, 1))
    certificate(session, owner, date(2020, 1, 1), kind=CertificateKind.OTHER)
    found = told(session, DeadlineKind.CERTIFICATE)
    assert [(one.due, one.record_id, one.provider) for one in found] == [(date(2026, 9, 1), last, "Lumeo Services")]
    assert found[0].state(date(2026, 9, 2)).value == "late"


def test_a_certificate_that_lacks_is_due_since_the_contract(session: Session) -> None:
    contract(session, fee=45_000)
    found = told(session, DeadlineKind.CERTIFICATE)
    assert {one.mark.split("/")[1] for one in found} == {"urssaf:2026-01-01", "kbis:2026-01-01", "insurance:2026-01-01"}
    assert all((one.entity, one.state(TODAY).value) == ("provider", "late") for one in found)
    assert all(plain(one.title).endswith(" : à demander") for one in found)


def test_a_certificate_held_is_not_asked_for_twice(session: Session) -> None:
    owner = provider(session)
    contract(session, provider_id=owner)
    certificate(session, owner, date(2026, 1, 1), kind=CertificateKind.INSURANCE)
    assert [one.entity for one in told(session, DeadlineKind.CERTIFICATE)] == ["certificate"]


def test_an_access_is_reviewed_until_it_is_withdrawn(session: Session) -> None:
    values = {"provider_id": provider(session), "target": "Serveur", "level": AccessLevel.ADMIN, "since": TODAY}
    given = keep(session, AccessGrant(holder="Yanis", review_on=date(2026, 6, 20), **values))
    keep(session, AccessGrant(holder="Luc", **values))
    assert [one.title for one in told(session, DeadlineKind.ACCESS)] == ["Accès de Yanis à Serveur"]
    given.withdrawn_on = TODAY
    session.flush()
    assert told(session, DeadlineKind.ACCESS) == []


def test_what_must_be_given_back(session: Session) -> None:
    own = contract(session)
    wanted = keep(session, ReturnItem(contract_id=own, label="Plans du réseau", due_on=TODAY, owner="Yanis"))
    keep(session, ReturnItem(contract_id=own, label="Sans date"))
    keep(session, ReturnItem(contract_id=own, label="Comptes", due_on=TODAY))
    found = told(session, DeadlineKind.RETURN)
    assert [(one.title, one.why[:6], one.entity, one.record_id) for one in found] == [
        ("Comptes (CT-2026-01)", "À récu", "contract/return", own),
        ("Plans du réseau (CT-2026-01)", "Confié", "contract/return", own),
    ]
    wanted.state = ReturnState.CHECKED
    session.flush()
    assert len(told(session, DeadlineKind.RETURN)) == 1


@pytest.mark.parametrize(
    ("status", "parts"),
    [
        ("draft", ["questions", "answers", "decided"]), ("open", ["questions", "answers", "decided"]),
        ("comparing", ["decided"]), ("awarded", []), ("dropped", []),
    ],
)  # fmt: skip
def test_the_dates_of_a_consultation(session: Session, status: str, parts: list[str]) -> None:
    dates = {"questions_until": TODAY, "answers_until": TODAY + timedelta(9), "decided_until": TODAY + timedelta(20)}
    keep(session, Consultation(number="CO-1", subject="Parc", status=status, **dates))
    keep(session, Consultation(number="CO-2", subject="Copieurs", status="open"))
    found = told(session, DeadlineKind.CONSULTATION)
    assert [one.mark.split("/")[1].split(":")[0] for one in found] == parts


def meeting(session: Session, own: int, at: str, **values: Any) -> Any:
    starts = datetime.fromisoformat(at).replace(tzinfo=UTC)
    number = f"R-{session.query(Meeting).count() + 1}"
    return keep(session, Meeting(number=number, contract_id=own, subject="Revue", starts_at=starts, **values))


def test_a_meeting_planned_then_the_next_one(session: Session) -> None:
    own, kind = contract(session), DeadlineKind.MEETING
    first = meeting(session, own, "2026-06-15 22:30", place="Dijon", next_on=date(2026, 9, 15))
    assert [(one.due, plain(one.why)) for one in told(session, kind)] == [
        (date(2026, 6, 16), "Préparez l’ordre du jour. À 0 h 30, Dijon.")
    ]
    first.status = MeetingStatus.HELD
    session.flush()
    assert [plain(one.title) for one in told(session, kind)] == ["Réunion suivante de CT-2026-01"]
    later = meeting(session, own, "2026-09-14 08:00")
    assert [one.due for one in told(session, kind)] == [date(2026, 9, 14)]
    later.status = MeetingStatus.CANCELLED
    session.flush()
    assert [one.due for one in told(session, kind)] == [date(2026, 9, 15)]
    meeting(session, own, "2026-10-01 08:00", status=MeetingStatus.HELD)
    assert told(session, kind) == []


def test_an_action_until_it_is_done(session: Session) -> None:
    own = contract(session)
    held = meeting(session, own, "2026-06-01 08:00", status=MeetingStatus.HELD)
    made = keep(
        session, MeetingAction(meeting_id=held.id, contract_id=own, label="Changer", owner="Yanis", due_on=TODAY)
    )
    assert [(one.title, one.why) for one in told(session, DeadlineKind.ACTION)] == [
        ("Changer", "Par Yanis, décidé en réunion R-1.")
    ]
    made.state = ActionState.DONE
    session.flush()
    assert told(session, DeadlineKind.ACTION) == []
