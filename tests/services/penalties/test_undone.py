"""Documents handed over late and visits not done, in the penalties of their month (domain.md A.5, C.7)."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy

import pytest
from sqlalchemy.orm import Session

from app.models import Visit
from app.models.upkeep_codes import VisitStatus
from app.services import deliverables
from app.services.penalties import words
from app.services.penalties.months import MonthState, of_contract, over
from app.storage import Store
from tests.services.company import june
from tests.services.deliverables.make import owe, worked
from tests.services.penalties.make import JULY_2, JUNE, penalty

JUNE_26 = date(2026, 6, 26)


@pytest.fixture
def session(ready: Store) -> Iterator[Session]:
    with ready.begin("essai") as opened:
        yield opened


def test_a_document_late_costs_in_the_month_in_which_it_came(session: Session) -> None:
    contract = worked(session, fee=45_000)
    owe(session, contract, "after_visit")
    penalty(session, contract, "document", "day", amount=1_000)
    running = of_contract(session, contract, june("20 12:00"))[0]
    assert (running.state, [line.cents for line in running.lines]) == (MonthState.RUNNING, [16_000, 1_000])
    first, second = deliverables.found(session, JUNE_26)
    deliverables.receive(session, first, date(2026, 6, 9))
    deliverables.receive(session, second, date(2026, 6, 19))
    month = of_contract(session, contract, JULY_2)[0]
    assert (month.month, month.owed, month.state) == (JUNE, 5_000, MonthState.TO_CLAIM)
    assert [one.owed for one in over(session, JULY_2, {contract: JUNE})] == [5_000]
    letter = message_from_bytes(words.demand(session, month), policy=policy.default).get_content()
    told = letter.replace("\u00a0", " ")
    assert (
        "FI-2026-0001 du 02/06/2026 : document remis en retard de 5 jours, dû le 04/06/2026, fait le 09/06/2026" in told
    )
    late = month.lines[0].late
    assert (late.entity, late.record_id, words.late_words(month.lines[0])) == ("intervention", 1, "5\u00a0jours")


def test_one_refused_has_not_come_and_one_of_a_period_opens_the_contract(session: Session) -> None:
    contract = worked(session, fee=45_000)
    owe(session, contract, "monthly", 5)
    penalty(session, contract, "document", amount=2_000)
    first = deliverables.found(session, JUNE_26)[0]
    deliverables.receive(session, first, date(2026, 6, 5))
    assert of_contract(session, contract, june("26 12:00")) == ()
    deliverables.refuse(session, deliverables.found(session, JUNE_26)[0], "Incomplet")
    (line,) = of_contract(session, contract, june("26 12:00"))[0].lines
    assert (line.late.entity, line.late.done, line.cents) == ("contract/services", None, 2_000)


def test_a_visit_missed_costs_until_it_is_done(session: Session) -> None:
    contract = worked(session, fee=45_000)
    penalty(session, contract, "preventive", amount=5_000)
    days = {"due_on": date(2026, 6, 8), "planned_on": date(2026, 6, 8)}
    visit = Visit(number="V-1", label="Nettoyage", contract_id=contract, latest_on=date(2026, 6, 12), **days)
    session.add_all([visit, Visit(number="V-2", label="Autre", **days)])
    session.flush()
    assert of_contract(session, contract, june("12 12:00")) == ()
    (line,) = of_contract(session, contract, june("15 12:00"))[0].lines
    assert (line.late.number, line.cents, line.late.done) == ("V-1", 5_000, None)
    visit.status, visit.done_on = VisitStatus.DONE, date(2026, 6, 16)
    session.flush()
    month = of_contract(session, contract, JULY_2)[0]
    assert (month.owed, words.late_words(month.lines[0])) == (5_000, "4\u00a0jours")
    letter = message_from_bytes(words.demand(session, month), policy=policy.default).get_content()
    assert "V-1, Nettoyage : visite préventive en retard de 4 jours, due le 12/06/2026" in letter.replace("\u00a0", " ")
    visit.status = VisitStatus.CANCELLED
    session.flush()
    assert of_contract(session, contract, JULY_2) == ()
