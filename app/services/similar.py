"""What a ticket being typed looks like: those open now that it may double, those of the same trouble since solved.

Only a few rows are ever looked at: what is open on the asset, what its asset had in ninety days, and the newest tickets
that hold one of the words typed (their full-text index). domain.md B.2, « Récurrence ».
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, column, func, literal, or_, select, table
from sqlalchemy.orm import Session

from app.fields import clean_text, counted, fold, joined
from app.models import Asset, Person, Ticket
from app.models.codes import AssetStatus, TicketKind, TicketStatus
from app.models.upkeep_codes import LinkKind
from app.services import preferences, ticket_links, tickets
from app.services.journal import found as found_ticket
from app.services.listing import title_of

UNDER_WAY = (TicketStatus.OPEN, TicketStatus.TAKEN, TicketStatus.WAITING)
A_YEAR = timedelta(days=365)
LATELY, FEW = 2000, 5
"""Tickets whose categories are offered; assets called about that are."""
NEWEST, MOST = 200, 3
"""Tickets looked at that share a word; lines shown of each sort."""
LETTERS, ROOT, WORDS = 4, 6, 12
"""Shortest word that tells something, letters by which two are held for the same, words looked for."""
SAME_ASSET, SAME_CATEGORY, ENOUGH = 3, 1, 3
_EMPTY = """
alors apres aussi autre avant avec avoir bien cela celle celui cette ceux chez comme comment depuis deux donc elle elles
encore entre etre fait faire faut lors leur mais meme merci moins notre nous parce pendant peut plus pour pourquoi quand
quel quelle quoi sans sera seul sont sous sur tous tout toute toutes tres trop tombe marche fonctionne marchent votre
vous probleme bonjour matin soir hier jour ordinateur poste panne
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
"""Folded words that any ticket may hold."""


@dataclass(frozen=True, slots=True)
class Similar:
    """`why` is « même bien, même catégorie »; `solved_at` is None while it is open."""

    id: int
    number: str
    subject: str
    status: TicketStatus
    opened_at: datetime
    solved_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed so far of a ticket opened at `at`."""

    words: str
    at: datetime
    asset_id: int | None = None
    category: str | None = None
    requester_id: int | None = None
    kind: TicketKind = TicketKind.INCIDENT


@dataclass(frozen=True, slots=True)
class Found:
    """`open_now` may be the same call; `before` are incidents solved less than ninety days ago; `category` is the one
    that tickets of these words bear, empty where they do not tell."""

    open_now: tuple[Similar, ...] = ()
    before: tuple[Similar, ...] = ()
    category: str = ""


@lru_cache(maxsize=2048)
def roots(text: str) -> frozenset[str]:
    """The beginnings of the words that tell something: « Imprimantes bloquées » -> « imprim », « bloque »."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    return frozenset(
        word[:ROOT] for word in (one.rstrip("sx") for one in words if one not in EMPTY_WORDS) if len(word) >= LETTERS
    )


def window(session: Session) -> timedelta:
    """How long after its resolution an incident makes the next one a recurrence (B.2)."""
    return timedelta(days=preferences.get(session, "recurrence_days"))


def find(session: Session, asked: Asked) -> Found:
    """Tickets like this one, the closest first."""
    wanted = roots(asked.words)
    rows = _candidates(session, asked, wanted)
    scored = sorted(((_score(asked, wanted, row), row) for row in rows), key=lambda one: (-one[0], -one[1].id))
    close = [row for score, row in scored if score >= ENOUGH]
    since = asked.at - window(session)
    open_now = [row for row in close if row.status in UNDER_WAY]
    recurring = asked.kind in {TicketKind.INCIDENT, TicketKind.PROBLEM}
    before = [
        row
        for row in close
        if row.kind == TicketKind.INCIDENT and row.resolved_at and since <= row.resolved_at <= asked.at and recurring
    ]
    return Found(
        tuple(_told(asked, wanted, row) for row in open_now[:MOST]),
        tuple(_told(asked, wanted, row) for row in before[:MOST]),
        _category(asked, wanted, rows),
    )


def recurrence(session: Session, asked: Asked) -> str:
    """« 3e incident de ce bien en 90 jours », empty for a first one."""
    if asked.asset_id is None or asked.kind != TicketKind.INCIDENT:
        return ""
    own, lately = Ticket, window(session)
    ids = session.scalars(
        select(own.id).where(
            own.asset_id == asked.asset_id,
            own.kind == TicketKind.INCIDENT,
            own.status != TicketStatus.CANCELLED,
            own.opened_at.between(asked.at - lately, asked.at),
            own.deleted_at.is_(None),
        )
    ).all()
    return f"Ce serait le {len(ids) + 1}e incident de ce bien en {counted(lately.days, 'jour')}." if ids else ""


def categories(session: Session) -> list[str]:
    """Those of the newest tickets, the most frequent first."""
    newest = select(Ticket.category).where(Ticket.deleted_at.is_(None)).order_by(Ticket.opened_at.desc()).limit(LATELY)
    kept = newest.subquery().c.category
    statement = select(kept).where(kept.is_not(None)).group_by(kept).order_by(func.count().desc(), kept)
    return list(session.scalars(statement))


def assets_of(session: Session, person_id: int) -> list[tuple[int, str]]:
    """(id, title) of the assets of a person, then of those they called about in a year, the last first."""
    own, kept = Asset.__table__, and_(Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED)
    title = title_of(Asset, own)
    theirs = session.execute(select(own.c.id, title).where(Asset.person_id == person_id, kept).order_by(own.c.number))
    told = (
        select(own.c.id, title)
        .join(Ticket, Ticket.asset_id == own.c.id)
        .where(Ticket.requester_id == person_id, Ticket.deleted_at.is_(None), kept)
        .where(Ticket.opened_at >= datetime.now(UTC) - A_YEAR)
        .group_by(own.c.id)
        .order_by(func.max(Ticket.opened_at).desc())
        .limit(FEW)
    )
    return list(dict.fromkeys((row[0], row[1]) for row in (*theirs, *session.execute(told))))


def same_call(session: Session, ticket_id: int, at: datetime, asked: Asked) -> None:
    """Note on a ticket that somebody called about the same trouble, in their words: no other ticket is opened."""
    ticket = found_ticket(session, ticket_id)
    person = session.get(Person, asked.requester_id) if asked.requester_id else None
    who = joined(person.first_name, person.last_name) if person else ""
    again = person is not None and person.id == ticket.requester_id
    told = f"Signalé {'de nouveau' if again else 'aussi'}{f' par {who}' if who else ''}"
    words = clean_text(asked.words)
    tickets.note(session, ticket_id, max(at, ticket.opened_at), f"{told}\u00a0: {words}" if words else f"{told}.")


def attach(session: Session, ticket_id: int, other_id: int) -> None:
    """Link a new ticket to one like it: the problem that causes it, what it follows once solved, else as related."""
    ticket, other = found_ticket(session, ticket_id), found_ticket(session, other_id)
    kinds = (ticket.kind, other.kind)
    if kinds == (TicketKind.PROBLEM, TicketKind.INCIDENT):
        ticket_links.link(session, other_id, ticket_id, LinkKind.CAUSED_BY)
    elif kinds == (TicketKind.INCIDENT, TicketKind.PROBLEM):
        ticket_links.link(session, ticket_id, other_id, LinkKind.CAUSED_BY)
    else:
        kind = LinkKind.RELATED if other.status in UNDER_WAY else LinkKind.FOLLOWS
        ticket_links.link(session, ticket_id, other_id, kind)


def _candidates(session: Session, asked: Asked, wanted: frozenset[str]) -> Sequence[Any]:
    """Rows of tickets outside the bin, not cancelled, that share the asset or a word."""
    own = Ticket
    shared: list[ColumnElement[bool]] = []
    if asked.asset_id is not None:
        recent = or_(own.status.in_(UNDER_WAY), own.resolved_at >= asked.at - window(session))
        shared.append((own.asset_id == asked.asset_id) & recent)
    if wanted:
        shared.append(own.id.in_(_holding(wanted).scalar_subquery()))
    if not shared:
        return ()
    cells = (
        own.id, own.number, own.subject, own.description, own.status, own.kind, own.opened_at, own.resolved_at,
        own.asset_id, own.category, own.requester_id,
    )  # fmt: skip
    alive = (own.deleted_at.is_(None), own.status != TicketStatus.CANCELLED)
    return session.execute(select(*cells).where(or_(*shared), *alive)).all()


def _holding(wanted: frozenset[str]) -> Select[Any]:
    """Ids of the newest tickets that hold a word beginning so."""
    index: Any = table("ticket_fts", column("rowid"), column("ticket_fts"))
    expression = " OR ".join(f'"{root}"*' for root in sorted(wanted, key=len, reverse=True)[:WORDS])
    hits = select(index.c.rowid).where(index.c.ticket_fts.op("MATCH")(literal(expression)))
    return select(hits.order_by(index.c.rowid.desc()).limit(NEWEST).subquery().c.rowid)


def _shared(wanted: frozenset[str], row: Any) -> int:
    return len(wanted & roots(joined(row.subject, row.description)))


def _score(asked: Asked, wanted: frozenset[str], row: Any) -> int:
    """The asset weighs most for what is open; a word or the category must be shared too with what was solved."""
    words = _shared(wanted, row)
    category = SAME_CATEGORY if _same_category(asked, row) else 0
    if asked.asset_id is None or row.asset_id != asked.asset_id:
        return category + words
    under_way = row.status in UNDER_WAY
    return SAME_ASSET + category + words if under_way or category or words else 0


def _same_category(asked: Asked, row: Any) -> bool:
    return bool(asked.category and row.category and fold(asked.category) == fold(row.category))


def _told(asked: Asked, wanted: frozenset[str], row: Any) -> Similar:
    same_asset = asked.asset_id is not None and row.asset_id == asked.asset_id
    why = joined(
        "même bien" if same_asset else "",
        "même catégorie" if _same_category(asked, row) else "",
        "même demandeur" if asked.requester_id and row.requester_id == asked.requester_id else "",
        "mêmes mots" if _shared(wanted, row) else "",
        by=", ",
    )
    return Similar(row.id, row.number, row.subject, row.status, row.opened_at, row.resolved_at, why)


def _category(asked: Asked, wanted: frozenset[str], rows: Sequence[Any]) -> str:
    """The one that most of the tickets of these words bear, each weighing as many words as it shares."""
    if asked.category or not wanted:
        return ""
    votes: Counter[str] = Counter()
    for row in rows:
        if row.category:
            votes[row.category] += _shared(wanted, row)
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] else ""
