"""Lines of a list to tickets as they were told elsewhere; several lines of one number are one ticket, seen again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.fields import clean_line, clean_text
from app.fields import moment as shown
from app.jobs import Job, Progress
from app.models.codes import Channel, Impact, Priority, TicketKind, Urgency
from app.rules.priority import priority as matrix
from app.services.importing import cells
from app.services.importing.entries import Reject
from app.services.importing.tables import Table
from app.services.reading.rows import UNCOMPUTED
from app.services.ticket_import import words
from app.services.ticket_import.columns import BY_NAME, MOMENTS, Layout

MOST_REOPENINGS = 50
DIGITS = 4
ADVANCE = timedelta(minutes=5)
"""How far the clock of another machine may be ahead."""
STEP = 1000
"""Lines between two looks at whether somebody cancelled."""
NO_SEVERITY = "sans gravité reconnue\u00a0: P3 prise"
NO_HOUR = "sans heure d’ouverture\u00a0: minuit prise"
NO_TAKING = "sans heure de prise en charge\u00a0: elle reste inconnue"
NO_END = "sans heure de rétablissement\u00a0: elle reste inconnue"
CLOSING = "sans heure de rétablissement\u00a0: celle de la clôture"
UNDATED = "sans date de réouverture\u00a0: celle du rétablissement"


@dataclass(frozen=True, slots=True)
class Told:
    """One ticket of another tool, times in UTC. `reopened` are the moments, `undated` how many have none. `silent`: its
    list tells when other tickets were restored, not this one."""

    line: int
    number: str
    subject: str
    opened: datetime
    taken: datetime | None = None
    resolved: datetime | None = None
    closed: datetime | None = None
    reopened: tuple[datetime, ...] = ()
    undated: int = 0
    silent: bool = False
    priority: Priority = Priority.P3
    kind: TicketKind = TicketKind.INCIDENT
    impact: Impact | None = None
    urgency: Urgency | None = None
    category: str = ""
    status: str = ""
    asset: str = ""
    requester: str = ""
    assignee: str = ""
    channel: Channel = Channel.PHONE
    description: str = ""
    remarks: frozenset[str] = field(default_factory=frozenset)
    source: str = ""
    """The name of its list."""

    @property
    def last(self) -> datetime:
        """The last thing known of it."""
        known = (self.opened, self.taken, self.resolved, self.closed, *self.reopened)
        return max(one for one in known if one is not None)


class _Wrong(ValueError):
    """One cell that cannot be read: (its field, the sentence)."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = BY_NAME[name].label


def read(table: Table, layout: Layout, now: datetime, source: str) -> Job[tuple[list[Told], list[Reject]]]:
    """The tickets of a table in the order of their first lines, and the lines refused."""
    order = cells.date_order(
        [row.cells[layout.taken[name]] for row in table.rows] for name in MOMENTS if name in layout.taken
    )
    tells = _tells(table, layout, "resolved")
    found: list[Told] = []
    refused = [Reject(line, "", sentence, source) for line, sentence in table.bad]
    for done, row in enumerate(table.rows):
        if done % STEP == 0:
            yield Progress(done, len(table.rows), f"Lecture des tickets de {source}")
        texts = {name: row.cells[column].strip() for name, column in layout.taken.items()}
        texts = {name: text for name, text in texts.items() if text != UNCOMPUTED and _says_something(text)}
        if not texts:
            continue
        try:
            told = _told(row.line, texts, order, now)
            found.append(replace(told, source=source, silent=told.resolved is None and tells))
        except _Wrong as wrong:
            refused.append(Reject(row.line, wrong.field, str(wrong), source))
    return one_of_each(found), refused


def one_of_each(told: Sequence[Told]) -> list[Told]:
    """One ticket for each number, in the order of their first lines."""
    found: dict[str, Told] = {}
    for one in told:
        before = found.get(one.number)
        found[one.number] = one if before is None else _joined(before, one)
    return list(found.values())


def _tells(table: Table, layout: Layout, name: str) -> bool:
    """Whether a column of the list says something of one ticket at least."""
    column = layout.taken.get(name)
    return column is not None and any(_says_something(row.cells[column].strip()) for row in table.rows)


def _says_something(text: str) -> bool:
    return not cells.is_nothing(text) and any(letter.isalnum() for letter in text)


def _told(line: int, texts: dict[str, str], order: cells.Order, now: datetime) -> Told:
    number = clean_line(texts.get("number", ""))[:60]
    if not number:
        raise _Wrong("number", "il manque.")
    opened, hour = _moment(texts, "opened", order)
    if opened is None:
        raise _Wrong("opened", "il manque.")
    times = {name: _moment(texts, name, order)[0] for name in ("taken", "resolved", "closed")}
    reopened, undated = _reopenings(texts, order)
    _in_order(opened, times, reopened, now)
    priority, unknown = _priority(texts)
    remarks = {NO_SEVERITY} if unknown else set()
    remarks |= set() if hour else {NO_HOUR}
    remarks |= {UNDATED} if undated else set()
    remarks |= {NO_TAKING} if times["taken"] is None and (times["resolved"] or times["closed"]) else set()
    said = clean_text(texts.get("description", ""))
    return Told(
        line, number, _subject(texts, said, number), opened, times["taken"], times["resolved"], times["closed"],
        reopened=reopened, undated=undated,
        priority=priority, kind=words.kind(texts.get("kind", "")) or TicketKind.INCIDENT,
        impact=words.impact(texts.get("impact", "")), urgency=words.urgency(texts.get("urgency", "")),
        category=clean_line(texts.get("category", ""))[:80], status=texts.get("status", ""),
        asset=clean_line(texts.get("asset", "")), requester=clean_line(texts.get("requester", "")),
        assignee=clean_line(texts.get("assignee", ""))[:120],
        channel=words.channel(texts.get("channel", "")) or Channel.PHONE, description=said,
        remarks=frozenset(remarks),
    )  # fmt: skip


def _subject(texts: dict[str, str], said: str, number: str) -> str:
    first = said.splitlines()[0] if said else ""
    return clean_line(texts.get("subject", "") or first or texts.get("category", "") or f"Ticket {number}")[:160]


def _moment(texts: dict[str, str], name: str, order: cells.Order) -> tuple[datetime | None, bool]:
    return _read_moment(name, texts[name], order) if name in texts else (None, True)


def _read_moment(name: str, text: str, order: cells.Order) -> tuple[datetime, bool]:
    try:
        return words.moment(text, order)
    except ValueError as error:
        raise _Wrong(name, str(error)) from error


def _reopenings(texts: dict[str, str], order: cells.Order) -> tuple[tuple[datetime, ...], int]:
    """Its moments, or how many there were when the column only counts them."""
    text = texts.get("reopened", "")
    if text.isdecimal():
        return (), min(int(text[:DIGITS]), MOST_REOPENINGS)
    pieces = [one.strip() for one in text.replace("|", ";").split(";") if one.strip()]
    found = {_read_moment("reopened", one, order)[0] for one in pieces[:MOST_REOPENINGS]}
    return tuple(sorted(found)), 0


def _in_order(opened: datetime, times: dict[str, datetime | None], reopened: Sequence[datetime], now: datetime) -> None:
    later = (*times.items(), *(("reopened", one) for one in reopened))
    for name, at in (("opened", opened), *later):
        if at is not None and at > now + ADVANCE:
            raise _Wrong(name, f"le {shown(at)} n’est pas encore passé.")
    for name, at in later:
        if at is not None and at < opened:
            raise _Wrong(name, f"c’est avant l’ouverture, le {shown(opened)}.")
    resolved, closed = times["resolved"], times["closed"]
    if resolved and closed and closed < resolved:
        raise _Wrong("closed", f"c’est avant le rétablissement, le {shown(resolved)}.")


def _priority(texts: dict[str, str]) -> tuple[Priority, bool]:
    """By its own column, else by impact and urgency; and whether nothing told it."""
    told = words.priority(texts.get("priority", ""))
    if told:
        return told, False
    impact, urgency = words.impact(texts.get("impact", "")), words.urgency(texts.get("urgency", ""))
    if impact and urgency:
        return Priority.of(matrix(impact, urgency)), False
    return Priority.P3, True


def _joined(before: Told, after: Told) -> Told:
    """A log writes a line each time a ticket changes: what was known first, then what was known last."""
    taken = min((one for one in (before.taken, after.taken) if one), default=None)
    resolved = max((one for one in (before.resolved, after.resolved) if one), default=None)
    closed = max((one for one in (before.closed, after.closed) if one), default=None)
    return replace(
        after, line=before.line, opened=min(before.opened, after.opened), taken=taken, resolved=resolved, closed=closed,
        reopened=tuple(sorted({*before.reopened, *after.reopened})), undated=max(before.undated, after.undated),
    )  # fmt: skip


def _remarks(one: Told) -> frozenset[str]:
    """A log may tell on a later line what the first ones do not."""
    if one.resolved is not None or one.closed is None:
        return one.remarks
    return one.remarks | {NO_END if one.silent else CLOSING}


def remarks_of(told: Sequence[Told]) -> Iterator[str]:
    """« 12 tickets sans heure d’ouverture : … », one sentence for each thing that the list does not say."""
    counts = Counter(remark for one in told for remark in _remarks(one))
    for remark in (NO_SEVERITY, NO_HOUR, NO_TAKING, NO_END, CLOSING, UNDATED):
        if count := counts[remark]:
            yield f"{count}\u00a0ticket{'s' if count > 1 else ''} {remark}."
