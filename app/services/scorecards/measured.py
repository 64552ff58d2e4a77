"""The criteria that indicators measure: delays, reopenings, upkeep done, documents in time (domain.md B.2, G.2)."""

from app.fields import NBSP, joined, number
from app.kpi import Measure
from app.rules import scorecard
from app.services.scorecards.asked import NOTHING, Asked, Fact

BEHIND = {
    "delays": ("gti", "gts", "gtr"),
    "quality": ("reouverture", "recurrence"),
    "preventive": ("realisation_preventif",),
    "documents": ("documents",),
}
"""The indicators that each criterion is measured by."""
CODES = tuple(code for codes in BEHIND.values() for code in codes)
PROMISES = (("gti", "GTI"), ("gts", "GTS"), ("gtr", "GTR"))


def counts(measure: Measure | None) -> tuple[int, int]:
    """Numerator and denominator; 0, 0 without data."""
    if measure is None or measure.top is None or measure.bottom is None or measure.value is None:
        return 0, 0
    return int(measure.top.value), int(measure.bottom.value)


def share_told(done: int, of: int) -> str:
    """« 95,2 % »."""
    found = scorecard.share(done, of)
    return f"{number(found, 1)}{NBSP}%" if found is not None else ""


def delays(asked: Asked) -> Fact:
    """Every promise together: « GTI 62/64, GTR 58/62 : ensemble 95,2 % »."""
    found = [(name, asked.measures.get(code)) for code, name in PROMISES]
    kept = [(name, *counts(one)) for name, one in found if counts(one)[1]]
    done, of = sum(one[1] for one in kept), sum(one[2] for one in kept)
    if not of:
        return NOTHING
    parts = ", ".join(f"{name}{NBSP}{top}/{bottom}" for name, top, bottom in kept)
    whole = "ensemble " if len(kept) > 1 else ""
    told = f"{parts}{NBSP}: {whole}{share_told(done, of)}"
    return Fact(told, scorecard.share_note(done, of), "ticket")


def quality(asked: Asked) -> Fact:
    """Noted on what had to be done again; what came back on the same asset is told beside."""
    reopened, again = asked.measures.get("reouverture"), asked.measures.get("recurrence")
    top, bottom = counts(reopened)
    if not bottom:
        return NOTHING
    told = f"Réouverture{NBSP}{top}/{bottom} ({share_told(top, bottom)})"
    back, incidents = counts(again)
    more = f"récurrence{NBSP}{back}/{incidents} ({share_told(back, incidents)})" if incidents else ""
    return Fact(joined(told, more, by=f"{NBSP}; "), scorecard.reopening_note(top, bottom), "ticket")


def preventive(asked: Asked) -> Fact:
    done, of = counts(asked.measures.get("realisation_preventif"))
    told = f"{_of(done, of, 'visite')} à leur date{NBSP}: {share_told(done, of)}"
    return _rate(asked, "realisation_preventif", told)


def documents(asked: Asked) -> Fact:
    done, of = counts(asked.measures.get("documents"))
    late = f"{NBSP}; {of - done} en retard ou {'absents' if of - done > 1 else 'absent'}" if done < of else ""
    return _rate(
        asked, "documents", f"{done} sur {of} {'échus' if of > 1 else 'échu'}{NBSP}: {share_told(done, of)}{late}"
    )


def _rate(asked: Asked, code: str, told: str) -> Fact:
    done, of = counts(asked.measures.get(code))
    if not of:
        return NOTHING
    entity = "visit" if code == "realisation_preventif" else "received_document"
    return Fact(told, scorecard.share_note(done, of), entity)


def _of(done: int, of: int, word: str) -> str:
    """« 19 visites sur 21 »."""
    return f"{done} {word}{'s' if done > 1 else ''} sur {of}"
