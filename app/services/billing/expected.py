"""What a contract makes due for a period of service (domain.md C.6): each amount with its working. Cents HT."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

Kind = Literal["fee", "units", "overrun", "act", "hours"]
"""The fee, units counted, minutes over those included, one intervention paid apart, hours bought in advance."""


@dataclass(frozen=True, slots=True)
class Line:
    """One amount due for `start` to `end` included. `how` is its working in French; `entity` and `record_id` are the
    record it comes from: the contract, an amendment, an intervention, a purchase of hours."""

    kind: Kind
    label: str
    cents: int
    how: str
    start: date
    end: date
    entity: str
    record_id: int


@dataclass(frozen=True, slots=True)
class Expected:
    """`cents` sums the lines; None when the contract says nothing of its price. `missing` tells in French what could
    not be priced: an intervention without its time, an hourly rate never written."""

    cents: int | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()

    def of(self, *kinds: Kind) -> int:
        return sum(line.cents for line in self.lines if line.kind in kinds)


def expected(session: Session, contract_id: int, start: date, end: date) -> Expected:
    """What is due for the service of these days, both included, by the terms in force on each: nothing before the
    contract begins nor after it ends. When it is billed, in advance or in arrears, does not count here."""
    raise NotImplementedError
