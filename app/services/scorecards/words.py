"""What a scorecard calls for, in French: sentences of the page, actions and steps proposed (domain.md G.2)."""

from decimal import ROUND_HALF_UP, Decimal

from app.fields import NBSP, duration, joined, lowered, number
from app.rules import scorecard
from app.services.scorecards.paper import note_told
from app.services.scorecards.view import Card, CriterionRow

CALLS_FOR = {
    "A": "Très bon niveau\u00a0: dites-le-lui, et gardez ce qui marche.",
    "B": "Bon niveau\u00a0: suivez les points faibles.",
    "C": "Niveau insuffisant\u00a0: convenez d’un plan d’action daté.",
    "D": "Niveau inacceptable\u00a0: mettez en demeure, ou préparez un changement.",
}
NO_DATA = "Rien à noter\u00a0: aucun fait sur cette période, et aucun avis donné."
TONES = {"A": "ok", "B": "ok", "C": "warn", "D": "bad"}
WORDS = {"A": "Très bien", "B": "Bien", "C": "Plan d’action", "D": "À décider"}


def score_told(card: Card) -> str:
    """« 80,0 », « – »."""
    return "" if card.total is None else brief(card.total)


def brief(value: Decimal) -> str:
    """A score or a weight to the tenth, without a decimal that would be zero."""
    tenth = value.quantize(scorecard.TENTH, ROUND_HALF_UP)
    return number(tenth, 0 if tenth == int(tenth) else 1)


def headline(card: Card) -> str:
    """What the class calls for, before the figures."""
    return CALLS_FOR[card.grade] if card.grade else NO_DATA


def waiting(card: Card) -> str:
    """« 2 avis vous sont demandés. »."""
    if not card.asked:
        return ""
    if card.asked == 1:
        return "Un avis vous est demandé\u00a0: d’ici là, ce critère est «\u00a0non évalué\u00a0»."
    return f"{card.asked} avis vous sont demandés\u00a0: d’ici là, ces critères sont «\u00a0non évalués\u00a0»."


def weak_points(card: Card) -> str:
    """« Points faibles : documents remis à temps (2), … »."""
    rows = card.to_improve[:3]
    told = [f"{lowered(row.criterion.label)} ({note_told(row.note or 0)})" for row in rows]
    return f"Points faibles{NBSP}: {joined(*told, by=', ')}." if told else ""


def hours_told(minutes: int) -> str:
    return duration(minutes) if minutes else ""


def row_told(row: CriterionRow) -> str:
    """The whole row, as it is read aloud."""
    note = "non évalué" if row.note is None else f"note {note_told(row.note)} sur 5"
    return joined(row.criterion.label, row.facts, row.reason, note, f"poids {row.weight}{NBSP}%", by=", ")
