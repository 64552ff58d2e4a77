"""Documents that came, were refused, are not asked for; the e-mail that asks for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.entities.agreements import RECEIVED_DOCUMENT
from app.errors import InvalidFields, Refused
from app.fields import this_day
from app.models import Provider
from app.rules.deliverables import Punctuality
from app.services import attachments, deliverables, records
from app.services.deliverables import expected
from app.storage import Store
from tests.services.company import add_contract
from tests.services.deliverables.make import SINCE, TODAY, first, owe, told, worked

CAME = date(2026, 6, 5)


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        owe(opened, worked(opened), "after_visit")
        yield opened


def test_a_document_received_a_day_late_is_kept_with_its_file(session: Session, tmp_path: Path) -> None:
    report = tmp_path / "cr.pdf"
    report.write_bytes(b"%PDF-1.4 cr")
    made = deliverables.receive(session, first(session), CAME, [report])
    assert [one.name for one in attachments.of_record(session, RECEIVED_DOCUMENT, made)] == ["cr.pdf"]
    assert told(session)[0] == ("FI-2026-0001 du 02/06/2026", "2026-06-04", "received")
    assert (first(session).late_days, first(session).is_open) == (1, False)
    assert deliverables.in_time(session, SINCE, CAME, TODAY) == Punctuality(0, 1)
    deliverables.receive(session, first(session), date(2026, 6, 4))
    assert deliverables.in_time(session, SINCE, CAME, TODAY).rate == 100
    with pytest.raises(InvalidFields, match="pas encore venu"):
        deliverables.receive(session, first(session), this_day() + timedelta(days=1))


def test_one_refused_is_asked_for_again_until_it_comes(session: Session) -> None:
    with pytest.raises(Refused, match="notez d’abord"):
        deliverables.refuse(session, first(session), "Illisible")
    deliverables.receive(session, first(session), CAME)
    with pytest.raises(InvalidFields, match="pourquoi"):
        deliverables.refuse(session, first(session), " ")
    deliverables.refuse(session, first(session), "Sans les pièces posées")
    assert (first(session).state.value, first(session).reason) == ("refused", "Sans les pièces posées")
    assert first(session).is_open
    deliverables.receive(session, first(session), date(2026, 6, 9))
    assert (first(session).late_days, first(session).reason) == (5, "")


def test_what_is_not_asked_for_counts_for_nothing(session: Session) -> None:
    both = expected.found(session, TODAY)
    assert deliverables.waive(session, both, "Demande sans suite") == 2
    assert [one[2] for one in told(session)] == ["waived", "waived"]
    assert deliverables.in_time(session, SINCE, TODAY, TODAY).rate is None
    assert deliverables.expect(session, [*expected.found(session, TODAY), *both]) == 2
    assert [one[2] for one in told(session)] == ["late", "expected"]


def test_what_the_bin_holds_comes_out_of_it(session: Session) -> None:
    made = deliverables.receive(session, first(session), CAME)
    records.to_bin(session, RECEIVED_DOCUMENT, [made])
    assert told(session)[0][2] == "late"
    assert deliverables.receive(session, first(session), CAME) == made
    assert told(session)[0][2] == "received"


def test_the_provider_is_asked_for_what_lacks(session: Session) -> None:
    session.query(Provider).update({"email": "contact@lumeo.example"})
    deliverables.receive(session, first(session), CAME)
    deliverables.refuse(session, first(session), "Illisible")
    message = message_from_bytes(
        deliverables.reminder(session, expected.found(session, date(2026, 6, 22))), policy=policy.default
    )
    assert message["To"] == "contact@lumeo.example"
    assert message["Subject"].replace("\u00a0", " ") == "2 documents à nous remettre, contrat CT-2026-01"
    body = message.get_content().replace("\u00a0", " ")
    assert "- Document after_visit, FI-2026-0001 du 02/06/2026 : reçu le 05/06/2026, à reprendre : Illisible" in body
    assert "FI-2026-0002 du 17/06/2026 : dû le 19/06/2026, non reçu" in body
    soon = deliverables.reminder(session, expected.found(session, TODAY)[1:])
    alone = message_from_bytes(soon, policy=policy.default).get_content().replace("\u00a0", " ")
    assert "attendu pour le 19/06/2026" in alone
    assert "n’avons pas reçu, ou n’avons pas pu accepter :" in body
    assert "n’avons pas reçu :" in alone
    assert "Pouvez-vous nous le faire parvenir" in alone


def test_a_reminder_is_of_one_contract_and_of_what_lacks(session: Session) -> None:
    with pytest.raises(Refused, match="restent à recevoir"):
        deliverables.reminder(session, [])
    owe(session, add_contract(session, number="CT-2"), "monthly")
    with pytest.raises(Refused, match="un seul contrat"):
        deliverables.reminder(session, expected.found(session, TODAY))
