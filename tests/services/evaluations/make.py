"""A ticket solved by one intervention, ready to be judged."""

from datetime import date

from sqlalchemy.orm import Session

from app.models import Person
from app.services import interventions, tickets
from app.services.evaluations.answers import Answers
from app.services.evaluations.expected import expect
from tests.services.company import add_asset, add_contract, add_ticket, june

PRINTED = date(2026, 6, 3)
GOOD = Answers((4, 4, 3, 2, 4, 0, None, None, None), solved=True, tested=True, again=False, liked="Rapide")


def solved_ticket(session: Session) -> tuple[int, int]:
    """(ticket, intervention): asked by Claire Bonnin, done by Yanis on the second of June."""
    contract = add_contract(session)
    asker = Person(first_name="Claire", last_name="Bonnin", email="claire@morvan.example")
    session.add(asker)
    session.flush()
    ticket = add_ticket(session, "02 09:00", asset_id=add_asset(session, "PC-07", contract), requester_id=asker.id)
    tickets.take(session, ticket, june("02 09:10"))
    done = intervene(session, ticket)
    tickets.resolve(session, ticket, june("02 11:00"))
    return ticket, done


def intervene(session: Session, ticket: int, ended: str = "02 11:00") -> int:
    values = {"ticket_id": ticket, "technician": "Yanis", "started_at": june("02 10:00"), "ended_at": june(ended)}
    return interventions.record(session, values)


def printed(session: Session) -> tuple[int, int]:
    """(ticket, evaluation): the form of that intervention, expected since the third of June."""
    ticket, done = solved_ticket(session)
    return ticket, expect(session, done, PRINTED)[0]
