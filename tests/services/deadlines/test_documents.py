"""Documents of providers among the deadlines (domain.md A.5)."""

from datetime import date

from sqlalchemy.orm import Session

from app.services import deadlines, deliverables
from app.services.deadlines import Deadline, DeadlineKind
from app.services.home import agenda, facts
from tests.services.company import june
from tests.services.deadlines.make import plain
from tests.services.deliverables.make import SINCE, owe, worked

LATER = date(2026, 6, 25)


def documents(session: Session, today: date) -> list[Deadline]:
    return [one for one in deadlines.few(session, today) if one.kind == DeadlineKind.DOCUMENT]


def test_the_late_ones_of_a_document_are_one_line(session: Session) -> None:
    owe(session, worked(session), "after_visit")
    (one,) = documents(session, date(2026, 6, 19))
    assert plain(one.title) == "Document after_visit, FI-2026-0001 du 02/06/2026 : en retard"
    (two,) = documents(session, LATER)
    assert (plain(two.title), two.count) == ("Document after_visit : 2 documents en retard", 2)
    assert (two.due, two.state(LATER).value, two.provider) == (date(2026, 6, 4), "late", "Lumeo Services")


def test_dealing_with_them_leaves_the_next_one(session: Session) -> None:
    owe(session, worked(session), "after_visit")
    deadlines.handle(session, documents(session, date(2026, 6, 19)), SINCE, "Relancé")
    assert documents(session, date(2026, 6, 19)) == []
    (one,) = documents(session, LATER)
    assert plain(one.title).startswith("Document after_visit, FI-2026-0002")


def test_what_is_to_come_by_date_is_told_before(session: Session) -> None:
    kept = owe(session, worked(session), "quarterly", None)
    (one,) = documents(session, date(2026, 6, 28))
    assert plain(one.title) == "Document quarterly, 3e trimestre 2026 : à recevoir"
    assert (one.due, one.state(date(2026, 6, 28)).value) == (date(2026, 6, 30), "to_do")
    due = next(one for one in deliverables.found(session, LATER) if one.document_id == kept)
    deliverables.receive(session, due, LATER)
    assert documents(session, LATER) == []
    deals = facts.agreements(session, facts.Clock(june("28 12:00")))
    assert agenda.LISTED["received_document"] == "deliverables"
    assert not [one for one in agenda.tasks(session, facts.Clock(june("28 12:00")), deals) if one.icon == "file-input"]
