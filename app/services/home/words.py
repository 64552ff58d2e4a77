"""What a line of « À faire » is made of, and its usual words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.fields import NBSP, counted, day

When = Literal["late", "today", "soon", "later"]
GROUPS: tuple[tuple[When, str, str], ...] = (
    ("late", "En retard", "bad"),
    ("today", "Aujourd’hui", ""),
    ("soon", "Dans les 30 jours", ""),
    ("later", "Plus tard", ""),
)
MONTH = timedelta(days=30)
SUBJECTS = {
    "ticket": "Tickets",
    "tickets": "Tickets",
    **dict.fromkeys(("send", "file-clock", "rotate-ccw", "receipt-euro", "timer"), "Contrats"),
    **dict.fromkeys(("banknote", "coins", "circle-alert"), "Factures"),
    **dict.fromkeys(("file-check", "lock-open", "archive-restore", "scale", "users", "list-checks"), "Prestataires"),
    "file-input": "Prestataires",
    "package-check": "Prestataires",
    "calendar-check": "Planning",
    "clipboard-pen": "Évaluations",
    "calendar-clock": "Rappels",
    "key-round": "Licences",
    "app-window": "Licences",
    "hard-drive-download": "Sauvegardes",
    "building": "Votre fichier",
    "database-backup": "Votre fichier",
    **dict.fromkeys(("file-chart-column", "award", "check-check"), "Indicateurs"),
}
"""Icon of a line -> its subject, « Biens » for all others."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line. `key` is answered by `leads.lead`; `tone` tints the icon, `when_tone` the date."""

    group: When
    key: str
    icon: str
    tone: str
    title: str
    why: str
    when: str
    when_tone: str
    verb: str
    decide_by: date | None = None
    """The last day to decide of a notice."""

    @property
    def subject(self) -> str:
        """What it is about, to read one subject at a time."""
        return SUBJECTS.get(self.icon, "Biens")


def ago(since: date, today: date) -> str:
    """« Depuis 8 jours », « Depuis 13 mois », « Depuis 3 ans »."""
    days = (today - since).days
    if days < 60:  # noqa: PLR2004 - days are still easy to think of
        return f"Depuis {counted(days, 'jour')}" if days else "Aujourd’hui"
    months = round(days / 30.44)
    return f"Depuis {months}{NBSP}mois" if months < 24 else f"Depuis {counted(months // 12, 'an')}"  # noqa: PLR2004


def ahead(until: date, today: date) -> str:
    """« Dans 14 jours », « Demain », then the date."""
    days = (until - today).days
    if days <= 1:
        return "Demain" if days else "Aujourd’hui"
    return f"Dans {days}{NBSP}jours" if days <= MONTH.days else day(until)


def group_of(on: date, today: date) -> When:
    return "late" if on < today else "today" if on == today else "soon" if on <= today + MONTH else "later"
