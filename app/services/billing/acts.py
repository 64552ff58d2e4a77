"""What interventions are worth under the contract of their day, and what of it is paid apart (domain.md C.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.models.codes import Charge


@dataclass(frozen=True, slots=True)
class Act:
    """One intervention. Minutes, and cents HT.

    `worked` is its effective work, `outside` how much of it fell out of the contract's hours, `counted` what is billed
    or taken from hours bought: rounded up, to the minimum, with the coefficient of hours bought. `labour` is the price
    of that work at the contract's hourly rate, whoever pays for it: None when no rate or no duration is known.
    `worth` is all it would cost if paid by the act (labour, travel, parts); `cents` what is really to be paid apart
    from the fee: all of it if billable, parts and travel if its time is taken from hours, 0 if included, under warranty
    or refused. None: nobody can tell. `how` is the working in French, or what is missing.
    """

    intervention_id: int
    number: str
    ticket_id: int
    subject: str
    asset_id: int | None
    contract_id: int | None
    invoice_id: int | None
    on: date
    charge: Charge
    worked: int | None
    outside: int
    counted: int | None
    labour: int | None
    travel: int
    parts: int
    worth: int | None
    cents: int | None
    how: str


def value(session: Session, *which: ColumnElement[bool]) -> list[Act]:
    """The acts that conditions on Intervention and Ticket choose, in the order of time; three statements for all of
    them, and one reading of each contract between two changes of its terms."""
    raise NotImplementedError


def of_contract(session: Session, contract_id: int, start: date, end: date) -> list[Act]:
    """Those of the tickets of a contract, begun from `start` to `end` included."""
    raise NotImplementedError


def total(acts: Sequence[Act]) -> tuple[int, int]:
    """What is to be paid for them, and how many have no known price."""
    return sum(act.cents or 0 for act in acts), sum(act.cents is None for act in acts)
