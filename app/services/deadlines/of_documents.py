"""The documents that providers owe (domain.md A.5): the late ones told in one line, the next one apart."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.fields import counted
from app.models.contract_codes import DueRule
from app.models.deadline_codes import DeadlineKind as Kind
from app.services import deliverables
from app.services.deadlines.asking import Ask
from app.services.deadlines.words import Deadline, mark
from app.services.deliverables import Delivery
from app.services.deliverables.expected import Owing
from app.services.remembered import remembered

WHY = "Sans lui, vous ne pouvez pas contrôler ce qui a été fait."
BY_EVENT = {DueRule.AFTER_VISIT, DueRule.AFTER_INCIDENT}


def deliveries(ask: Ask) -> Iterator[Deadline]:
    """Dealing with the late ones of a document deals with those of that day: the next one late shows again."""
    key = ("deliverables", ask.today)
    found = remembered(ask.session, key, lambda: deliverables.standing(ask.session, ask.today), hurried=ask.hurried)
    dealt = _dealt_with(ask.handled)
    for one in found:
        last = dealt.get(one.owing.uuid, "")
        late = [other for other in one.late if other.due_on.isoformat() > last]
        if late:
            title = f"{late[0].title}\u00a0: en retard"
            if len(late) > 1:
                title = f"{one.owing.label}\u00a0: {counted(len(late), 'document')} en retard"
            yield _deadline(ask, one.owing, late[0].due_on, late[-1].due_on, title, len(late))
        if one.coming is not None and one.owing.rule not in BY_EVENT:
            yield _coming(ask, one.owing, one.coming)


def _dealt_with(handled: Iterable[str]) -> dict[str, str]:
    """The last day of each document dealt with, by its uuid."""
    days: dict[str, str] = {}
    for one in handled:
        kind, _, rest = one.partition(":")
        uuid, _, day = rest.partition(":")
        if kind == Kind.DOCUMENT.value:
            days[uuid] = max(day, days.get(uuid, ""))
    return days


def _coming(ask: Ask, owing: Owing, coming: Delivery) -> Deadline:
    return _deadline(ask, owing, coming.due_on, coming.due_on, f"{coming.title}\u00a0: à recevoir", 1)


def _deadline(  # noqa: PLR0917 - what a deadline is made of
    ask: Ask, owing: Owing, due: date, until: date, title: str, count: int
) -> Deadline:
    why = f"S’il manque\u00a0: {owing.sanction}" if owing.sanction else WHY
    return Deadline(
        Kind.DOCUMENT, mark(Kind.DOCUMENT, owing.uuid, until), title, why, due, ask.lead(Kind.DOCUMENT),
        "received_document", 0, provider=owing.provider, contract=owing.contract, reference=owing.contract, count=count,
    )  # fmt: skip
