"""What there is to judge the communication of a provider by: meetings held, actions kept, breaches explained (G.2)."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.fields import NBSP, PARIS, counted, day, joined
from app.models import BreachNote, Meeting, MeetingAction, Ticket
from app.models.contract_codes import ActionState, MeetingStatus
from app.services.scorecards.asked import Asked, Fact
from app.services.scorecards.measured import PROMISES, counts

NAMED = 2


def communication(asked: Asked) -> Fact:
    """Never noted by the program: only what there is to judge by."""
    meetings = _meetings(asked)
    told = joined(_held(meetings), _actions_late(asked), _explained(asked), by=f"{NBSP}; ")
    return Fact(told, None, "meeting", tuple(one.id for one in meetings))


def _meetings(asked: Asked) -> Sequence[Meeting]:
    return asked.session.scalars(
        select(Meeting)
        .where(
            Meeting.contract_id == asked.contract.id, Meeting.deleted_at.is_(None), Meeting.starts_at >= asked.since,
            Meeting.starts_at < asked.until, Meeting.starts_at < asked.now,
        )
        .order_by(Meeting.starts_at)
    ).all()  # fmt: skip


def _held(meetings: Sequence[Meeting]) -> str:
    if not meetings:
        return "Aucune réunion"
    held = [one for one in meetings if one.status == MeetingStatus.HELD]
    if len(meetings) <= NAMED and len(held) == len(meetings):
        return joined(
            *(f"{one.kind.label} du {day(one.starts_at.astimezone(PARIS).date())} tenue" for one in held), by=", "
        )
    return f"{counted(len(held), 'réunion tenue', 'réunions tenues')} sur {len(meetings)}"


def _actions_late(asked: Asked) -> str:
    """Those decided in meetings, still to do on their day."""
    found = asked.session.scalars(
        select(MeetingAction.id).where(
            MeetingAction.contract_id == asked.contract.id, MeetingAction.deleted_at.is_(None),
            MeetingAction.due_on <= asked.last_day, MeetingAction.state == ActionState.TO_DO,
        )
    ).all()  # fmt: skip
    return f"{counted(len(found), 'action')} en retard" if found else ""


def _explained(asked: Asked) -> str:
    """Of the promises missed that the delays count, those that the provider explained."""
    found = [counts(asked.measures.get(code)) for code, _ in PROMISES]
    late = sum(of - kept for kept, of in found)
    if not late:
        return ""
    given = asked.session.scalar(
        select(func.count(BreachNote.id))
        .join(Ticket, Ticket.id == BreachNote.ticket_id)
        .where(
            BreachNote.deleted_at.is_(None), BreachNote.explanation.is_not(None), Ticket.deleted_at.is_(None),
            Ticket.contract_id == asked.contract.id, Ticket.opened_at >= asked.since, Ticket.opened_at < asked.until,
        )
    )  # fmt: skip
    told = min(given or 0, late)
    return f"{told or 'aucun'} {'retards expliqués' if told > 1 else 'retard expliqué'} sur {late}"
