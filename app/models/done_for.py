"""What an intervention was done for, by SQL: its ticket, or the planned visit where there was no ticket.

A statement that reads interventions joins both with `beside`, then names the contract, the asset and the subject here.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_, select

from app.models import Intervention, Ticket, Visit

Told = ColumnElement[Any]
BARE = Intervention.ticket_id.is_(None)


def beside(statement: Any) -> Any:
    """The statement, which reads Intervention, with its ticket and its visit beside it, either of which may miss."""
    return statement.outerjoin(Ticket, Ticket.id == Intervention.ticket_id).outerjoin(
        Visit, Visit.id == Intervention.visit_id
    )


def contract() -> Told:
    """That of the ticket if there is one, were it out of contract: else that of the visit."""
    return case((BARE, Visit.contract_id), else_=Ticket.contract_id)


def asset() -> Told:
    return case((BARE, Visit.asset_id), else_=Ticket.asset_id)


def subject() -> Told:
    return case((BARE, Visit.label), else_=Ticket.subject)


def minutes() -> Told:
    """Its effective work if told, else the time between its beginning and its end; None when neither is."""
    lasted = func.unixepoch(Intervention.ended_at) - func.unixepoch(Intervention.started_at)
    return func.coalesce(Intervention.repair_minutes, cast(lasted, Integer) // 60)


def kept() -> tuple[ColumnElement[bool], ...]:
    """It was done for something, and neither of them is in the bin."""
    return (
        Intervention.deleted_at.is_(None),
        or_(Ticket.id.is_not(None), Visit.id.is_not(None)),
        Ticket.deleted_at.is_(None),
        Visit.deleted_at.is_(None),
    )


def on_assets(which: Any) -> ColumnElement[bool]:
    """Of these assets: an id, or a statement of ids. By the indexes of tickets and visits, without reading the rest."""
    return or_(
        Intervention.ticket_id.in_(select(Ticket.id).where(_among(Ticket.asset_id, which))),
        and_(BARE, Intervention.visit_id.in_(select(Visit.id).where(_among(Visit.asset_id, which)))),
    )


def _among(column: Any, which: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == which if isinstance(which, int) else column.in_(which)
    return found
