"""The « fiche contrôle entreprise » gathered for its paper (papers.md 2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.fields import MISSING, NBSP, PARIS, day, joined, lowered, number
from app.models import Improvement
from app.reports.identity import Stamp
from app.reports.scorecard_data import BlankScorecard, Decided, Line, ScorecardSheet, Step, Worked
from app.rules import scorecard
from app.rules.scorecard import BY_KEY, CRITERIA, Counted
from app.services import improvements
from app.services.company_card import company_card
from app.services.periodic import when
from app.services.scorecards import view
from app.services.scorecards.view import Card, CriterionRow, Noting

TITLE = "Fiche contrôle entreprise"
BY_HAND = "À remplir à la main, et à garder avec le contrat."
NOUNS = {"mois": "mois", "trimestre": "trimestres", "année": "années"}


def sheet(session: Session, card_id: int, stamp: Stamp) -> ScorecardSheet:
    now = stamp.data_at or datetime.now(UTC)
    card = view.card(session, card_id, now)
    start, end = day(card.period.start), day(card.period.end)
    numbers = joined(*(one.number for one in card.prestations), by=", ")
    return ScorecardSheet(
        company=company_card(session),
        stamp=replace(stamp, title=TITLE, reference=card.number),
        subtitle=joined(card.provider, numbers, f"du {start} au {end}", by=" · "),
        issued_on=day(now.astimezone(PARIS).date()),
        lines=_lines(card),
        total=card.total,
        mean=card.score.mean,
        twenty=card.score.twenty,
        grade=card.grade or "",
        noun=noun_of(card),
        trend=tuple(Step(one.label, one.total) for one in card.trend),
        prestations=tuple(_worked(one) for one in card.prestations),
        by_hours=any(one.minutes for one in card.prestations),
        actions=_actions(session, card_id, now),
        our_comment=card.our_comment,
        their_comment=card.their_comment,
    )


def noun_of(card: Card) -> str:
    """« trimestres »."""
    return NOUNS.get(when.noun(card.period), "périodes")


def blank(session: Session, stamp: Stamp) -> BlankScorecard:
    criteria = tuple((one.label, one.rule, one.weight) for one in CRITERIA)
    return BlankScorecard(company_card(session), replace(stamp, title=TITLE, working=BY_HAND), criteria)


def _lines(card: Card) -> tuple[Line, ...]:
    """Of the only prestation, its facts; of several, the note of each, whose facts follow."""
    if len(card.prestations) == 1:
        return _worked(card.prestations[0]).lines
    return tuple(
        _line(one, _by_prestation(card.prestations, one.key), _source(card.prestations, one.key))
        for one in card.score.rows or tuple(Counted(one.key, None, None, None) for one in CRITERIA)
    )


def _by_prestation(parts: Sequence[Noting], key: str) -> str:
    """« CT-2025-004 : 4 ; CT-2026-001 : 3,5 »."""
    notes = [(one.number, row.note) for one in parts for row in one.rows if row.criterion.key == key]
    told = [f"{contract}{NBSP}: {note_told(note)}" for contract, note in notes if note is not None]
    return joined(*told, by=f"{NBSP}; ") or MISSING


def _source(parts: Sequence[Noting], key: str) -> str:
    found = [row.source for one in parts for row in one.rows if row.criterion.key == key]
    judged = [one for one in found if one != BY_KEY[key].source]
    return (judged or found or [BY_KEY[key].source])[0].value


def _worked(one: Noting) -> Worked:
    lines = tuple(_line(row.counted, facts_told(row), row.source.value) for row in one.rows)
    return Worked(joined(one.number, one.subject, by=" · "), one.minutes, one.total, one.score.grade or "", lines)


def _line(counted: Counted, facts: str, source: str) -> Line:
    return Line(BY_KEY[counted.key].label, facts, source, counted.weight, counted.note, counted.points)


def facts_told(row: CriterionRow) -> str:
    """The facts, then the opinion; of a note put aside, both values."""
    aside = ""
    if row.is_judged and row.proposed is not None:
        aside = f"note des faits{NBSP}: {note_told(row.proposed)}"
    facts = row.facts or ("" if row.reason else MISSING)
    reason = lowered(row.reason) if row.facts and row.reason else row.reason
    return joined(facts, reason, aside, by=f"{NBSP}; ")


def note_told(hundredths: int) -> str:
    """« 4 », « 3,5 »."""
    found = scorecard.tenths(hundredths)
    return number(found, 0 if found == int(found) else 1)


def _actions(session: Session, card_id: int, now: datetime) -> tuple[Decided, ...]:
    rows = improvements.rows(session, now.astimezone(PARIS).date(), Improvement.scorecard_id == card_id)
    return tuple(Decided(one.label, one.owner, day(one.due_on), lowered(one.told)) for one in rows)
