"""One promise of a contract that was missed."""

from dataclasses import dataclass
from datetime import date, datetime

from app.models import Penalty

DAY = 1440


@dataclass(frozen=True, slots=True)
class Late:
    """`entity` and `record_id` are what it opens: a ticket, a visit, what a document tells of; `number` and `subject`
    name it. `done` is None while it is still to do; `minutes` late are those of the contract's clock, of the calendar
    for a penalty by the day and for what is due on a day; 0 where they neither cost nor are asked for."""

    contract_id: int
    entity: str
    record_id: int
    number: str
    subject: str
    penalty: Penalty
    due: datetime
    done: datetime | None
    on: date
    minutes: int

    @property
    def by_day(self) -> bool:
        """Whether it was due on a day, and not at an hour."""
        return self.entity != "ticket" or self.penalty.trigger.value == "document"
