"""What the contract of a ticket says on the day of its opening: which waits stop its clock, what restores it (D.4)."""

from sqlalchemy.orm import Session

from app.models import Contract, Ticket
from app.models.codes import WaitReason
from app.services.amendments import on_day
from app.services.contracts import opening_day

NAMED = {
    WaitReason.CLIENT: "client_wait_stops",
    WaitReason.ACCESS: "access_wait_stops",
    WaitReason.PART: "part_wait_stops",
    WaitReason.THIRD_PARTY: "third_party_wait_stops",
}
"""The waits of which a contract says something."""


def terms_of(session: Session, ticket: Ticket) -> Contract | None:
    """The contract with its words of that day, belonging to no session; None out of contract."""
    if ticket.contract_id is None:
        return None
    return on_day(session, ticket.contract_id, opening_day(ticket.opened_at))


def clock_stops(session: Session, ticket: Ticket, reason: WaitReason) -> bool:
    """domain.md B.1 and D.4: a part only if the contract says so, the provider's own subcontractor never; a day chosen
    by the client and force majeure always."""
    contract = terms_of(session, ticket) if reason in NAMED else None
    if contract is not None:
        return bool(getattr(contract, NAMED[reason]))
    return reason not in {WaitReason.PART, WaitReason.SUBCONTRACTOR}


def workaround_stops(session: Session, ticket: Ticket) -> bool:
    """Whether a workaround restores the service in the contract's sense (domain.md B.2, MTTRes)."""
    contract = terms_of(session, ticket)
    return contract is None or contract.workaround_stops
