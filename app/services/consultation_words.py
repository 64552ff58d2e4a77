"""A comparison of offers told in sentences: who comes first, by how much, and how each differs (domain.md C.12)."""

from collections.abc import Sequence
from decimal import Decimal

from app.fields import NBSP, amount, lowered, number, percent, plural
from app.services.consultation_view import Comparison, Standing

AND = "\u00a0; "
CLOSE = Decimal("0.10")
"""A gap of score under which two offers are said to be close."""


def differences(shown: Comparison) -> list[str]:
    """The ranking in sentences: who comes first and by how much, then how each of the others differs from it."""
    ranked = [one for one in shown.standings if one.judged.rank is not None]
    told = _first(ranked)
    if ranked:
        told += [_against(shown, ranked[0], other) for other in ranked[1:]]
    told += [f"{one.provider} n’est pas classé\u00a0: {AND.join(one.lacks)}." for one in shown.standings if one.lacks]
    return told


def _first(ranked: Sequence[Standing]) -> list[str]:
    if not ranked:
        return []
    best, score = ranked[0], ranked[0].judged.score
    equals = [one.provider for one in ranked if one.judged.rank == 1]
    if len(equals) > 1:
        return [f"{' et '.join(equals)} arrivent à égalité avec {score_text(score)}."]
    if len(ranked) == 1:
        return [f"{best.provider} est la seule offre complète, avec {score_text(score)}."]
    ahead = (score or Decimal(0)) - (ranked[1].judged.score or Decimal(0))
    close = " L’écart est faible\u00a0: la négociation ou les réserves peuvent l’inverser." if ahead <= CLOSE else ""
    lead = f"{best.provider} vient en tête avec {score_text(score)}, {points(ahead)} devant {ranked[1].provider}."
    return [lead + close]


def _against(shown: Comparison, best: Standing, other: Standing) -> str:
    parts = [_price_words(best, other)]
    better = _by_notes(shown, best, other, 1)
    worse = _by_notes(shown, best, other, -1)
    if better:
        parts.append(f"mieux noté sur {', '.join(better)}")
    if worse:
        parts.append(f"moins bien noté sur {', '.join(worse)}")
    return f"{other.provider}, comparé à {best.provider}\u00a0: {AND.join(parts)}."


def _price_words(best: Standing, other: Standing) -> str:
    mine, theirs = best.totals.firm or 0, other.totals.firm or 0
    if mine == theirs:
        return "même prix"
    gap = amount(abs(theirs - mine))
    share = f" ({percent(abs(theirs - mine) / mine)})" if mine else ""
    return f"{'plus' if theirs > mine else 'moins'} cher de {gap} HT{share}"


def _by_notes(shown: Comparison, best: Standing, other: Standing, sign: int) -> list[str]:
    """The criteria, price aside, where the other's note is above (1) or below (-1)."""
    found_ = []
    for one in shown.criteria:
        mine, theirs = best.judged.notes.get(one.id), other.judged.notes.get(one.id)
        if not one.is_price and mine is not None and theirs is not None and (theirs - mine) * sign > 0:
            found_.append(f"{lowered(one.label)} ({note_text(theirs)} contre {note_text(mine)})")
    return found_


def note_text(note: Decimal | None) -> str:
    """« 4,44 »; « – » without a note."""
    return number(note, 2)


def score_text(score: Decimal | None) -> str:
    return f"{note_text(score)} sur{NBSP}5"


def points(gap: Decimal) -> str:
    return f"{number(gap, 2)}{NBSP}{plural(int(gap), 'point')}"
