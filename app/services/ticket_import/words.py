"""The words of other tools in ours: severities, natures, states, ways in; and their moments in UTC."""

import re
from datetime import UTC, date, datetime, time

from app.fields import PARIS, fold, read_day
from app.models.codes import Channel, Impact, Priority, TicketKind, Urgency
from app.services.importing.cells import Order, day_text

_MOMENT = re.compile(
    r"\s*(?P<day>\d[^T\s,]*)(?:(?:T|[\s,]+)(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*"
)
NOON = 12
_LEVELS = {
    "P1": ("1", "p1", "critique", "critical", "urgent", "urgente", "highest", "blocker", "bloquant", "bloquante",
           "tres haute", "majeure", "very high", "emergency", "sev1"),
    "P2": ("2", "p2", "haute", "haut", "high", "elevee", "eleve", "major", "majeur", "important", "importante", "sev2"),
    "P3": ("3", "p3", "normale", "normal", "moyenne", "moyen", "medium", "moderate", "moderee", "standard", "sev3"),
    "P4": ("4", "5", "p4", "p5", "basse", "bas", "low", "faible", "minor", "mineure", "tres basse", "lowest",
           "planning", "trivial", "sev4"),
}  # fmt: skip
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words}
_OF_THREE = {"1": "high", "2": "medium", "3": "low"}
_BREADTH = {"P1": "high", "P2": "high", "P3": "medium", "P4": "low"}
_KINDS = {
    TicketKind.REQUEST: ("demande", "request", "service request", "requete", "task", "tache", "question"),
    TicketKind.PROBLEM: ("probleme", "problem"),
    TicketKind.CHANGE: ("changement", "change", "evolution"),
    TicketKind.INCIDENT: ("incident", "bug", "panne", "anomalie", "fault"),
}
_CHANNELS = {
    Channel.EMAIL: ("mail", "email", "e mail", "courriel"),
    Channel.PORTAL: ("portail", "portal", "web", "self service", "formulaire", "helpdesk"),
    Channel.DESK: ("direct", "vive voix", "walk in", "sur place"),
    Channel.PHONE: ("telephone", "phone", "appel", "call"),
}
CANCELLED = ("annule", "cancel", "abandon", "rejet", "reject")
DUPLICATE = ("doublon", "duplicate")
OVER = ("clos", "ferme", "resol", "solved", "done", "termine")


def moment(cell: str, order: Order) -> tuple[datetime, bool]:
    """In UTC to the second, a time without zone being of Paris; and whether an hour was given. ValueError in French."""
    found = _MOMENT.fullmatch(cell)
    if not found:
        raise ValueError(f"«\u00a0{cell[:40]}\u00a0» n’est pas une date et une heure.")
    on = read_day(day_text(found["day"], order))
    try:
        return _at(on, found).astimezone(UTC), found["hour"] is not None
    except (ValueError, OverflowError):
        raise ValueError(f"«\u00a0{cell[:40]}\u00a0»\u00a0: cette heure n’existe pas.") from None


def _at(on: date, found: re.Match[str]) -> datetime:
    """With its zone; ValueError or OverflowError for what no clock shows."""
    if found["hour"] is None:
        return datetime.combine(on, time(), PARIS)
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % NOON + (NOON if found["half"].lower().startswith("p") else 0)
    clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    zone = found["zone"]
    if zone is None:
        return datetime.combine(on, clock, PARIS)
    shift = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(f"{on.isoformat()}T{clock.isoformat()}{shift}")


def _bare(cell: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(cell)).strip()


def level(cell: str) -> str | None:
    """« 1 - Critical », « Très haute », « P2, haute » -> « P1 », « P1 », « P2 »; None for an unknown word."""
    bare = _bare(cell)
    words = sorted(bare.split(), key=str.isdecimal)
    return _LEVEL.get(bare) or next((_LEVEL[word] for word in words if word in _LEVEL), None)


def priority(cell: str) -> Priority | None:
    found = level(cell)
    return Priority.of(found) if found else None


def _breadth(cell: str) -> str | None:
    """Of three: « 2 - Medium », « Moyen » or « 2 » -> « medium »."""
    found = level(cell)
    return _OF_THREE.get(_bare(cell)) or (_BREADTH[found] if found else None)


def impact(cell: str) -> Impact | None:
    found = _breadth(cell)
    return Impact.of(found) if found else None


def urgency(cell: str) -> Urgency | None:
    found = _breadth(cell)
    return Urgency.of(found) if found else None


def kind(cell: str) -> TicketKind | None:
    bare = _bare(cell)
    return next((one for one, words in _KINDS.items() if any(word in bare for word in words)), None)


def channel(cell: str) -> Channel | None:
    bare = _bare(cell)
    return next((one for one, words in _CHANNELS.items() if any(word in bare for word in words)), None)


def says(cell: str, words: tuple[str, ...]) -> bool:
    bare = _bare(cell)
    return any(word in bare for word in words)
