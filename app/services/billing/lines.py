"""One amount that a contract makes due, with its working."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["fee", "units", "overrun", "act", "hours", "penalty"]
"""The fee, units counted, minutes over those included, one intervention paid apart, hours bought in advance, penalties
taken off."""


@dataclass(frozen=True, slots=True)
class Line:
    """One amount, in cents HT, due for `start` to `end` included. `how` is its working in French; `entity` and
    `record_id` are the record it comes from: the contract, an intervention, a purchase of hours."""

    kind: Kind
    label: str
    cents: int
    how: str
    start: date
    end: date
    entity: str
    record_id: int
