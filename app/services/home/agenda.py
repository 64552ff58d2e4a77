"""« À faire », for what has a date and a file of its own: notices, invoices, certificates, meetings, reminders…

Invoices to check are counted beside (bills.py) until they are late. Guarantees, supports, licences and loans are
counted by the other modules: one line says how many.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.fields import counted
from app.services import deadlines
from app.services.deadlines import ICONS, Deadline, DeadlineKind, State
from app.services.home.facts import Agreements, Clock
from app.services.home.words import Task, When, ago, ahead, group_of

COUNTED = (DeadlineKind.LICENCE, DeadlineKind.LOAN)
DECIDE = "Décider"
MOST = 3
"""Of one kind and group told one by one: the others are one line, that opens the échéancier."""
LISTED = {
    "campaign": "campaigns", "received_document": "deliverables", "period_review": "reviews", "scorecard": "scorecards",
}  # fmt: skip
"""What opens a list and not a record."""


def tasks(session: Session, clock: Clock, deals: Agreements) -> Iterator[Task]:
    today = clock.today
    seen: Counter[tuple[DeadlineKind, When]] = Counter()
    pressing = {State.LATE, State.TO_DO, State.SOON}
    found = deadlines.few(session, today, deals.prices, hurried=True)
    for one in found:
        if one.kind in COUNTED or one.state(today) not in pressing or _is_to_check(one, today):
            continue
        group = _group(one, today)
        seen[one.kind, group] += 1
        if seen[one.kind, group] <= MOST:
            yield _task(one, group, today)
    for (kind, group), count in seen.items():
        if count > MOST:
            yield _others(kind, group, count - MOST)


def _is_to_check(one: Deadline, today: date) -> bool:
    return one.kind == DeadlineKind.INVOICE and not one.decided and one.state(today) != State.LATE


def _group(one: Deadline, today: date) -> When:
    if one.state(today) == State.LATE:
        return "late"
    return group_of(max(one.acts, today), today)


def _task(one: Deadline, group: When, today: date) -> Task:
    tone = "" if group == "later" else one.tone(today) if group in {"late", "today"} else "warn"
    posted = one.act_by is not None and group == "today" and one.kind != DeadlineKind.HOURS
    when = ago(one.due, today) if group == "late" else ahead(one.due if posted else max(one.acts, today), today)
    key = LISTED.get(one.entity) if not one.record_id else f"{one.entity}:{one.record_id}"
    icon_tone = "bad" if posted else tone or "mute"
    when_tone = icon_tone if group in {"late", "today"} else tone
    verb = _verb(one, group)
    return Task(
        group, key or "deadlines", ICONS[one.kind], icon_tone, one.title, one.why, when, when_tone, verb,
        one.acts if verb == DECIDE else None,
    )  # fmt: skip


def _verb(one: Deadline, group: When) -> str:
    if one.kind == DeadlineKind.NOTICE:
        return "Voir" if group == "late" else "Ouvrir" if one.decided else DECIDE
    return "Ouvrir" if one.record_id else "Voir la liste"


def _others(kind: DeadlineKind, group: When, count: int) -> Task:
    title = f"{counted(count, 'autre échéance', 'autres échéances')} du même type\u00a0: {kind.label.lower()}"
    tone = kind.tone if group == "late" else "warn"
    when = "En retard" if group == "late" else "À voir"
    return Task(group, "deadlines", ICONS[kind], tone, title, "", when, tone, "Voir l’échéancier")
