"""Issuing a scorecard: its facts, notes, weights and hours are kept as they stand, and told so ever after (G.2)."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models.judgement_codes import Grade, ScorecardStatus
from app.services.scorecards import notes, view


def freeze(session: Session, card_id: int, now: datetime) -> None:
    """What the issuing of the paper does first: every fact, note, weight and hour is kept as it is counted now."""
    card = notes.found(session, card_id)
    if card.status == ScorecardStatus.ISSUED:
        return
    told = view.card(session, card_id, now)
    for one in told.prestations:
        for row in one.rows:
            notes.write(session, card_id, one.contract_id, row.criterion.key, {
                "weight": row.weight, "proposed": row.proposed, "facts": row.facts or None, "minutes": one.minutes,
                "note": row.note if row.is_judged else None,
            })  # fmt: skip
    for key, weight in told.weights.items():
        notes.write(session, card_id, None, key, {"weight": weight})
    card.status = ScorecardStatus.ISSUED
    card.score = None if told.total is None else int(told.total * 10)
    card.grade = None if told.grade is None else Grade.of(told.grade.lower())
    session.flush()


def reopen(session: Session, card_id: int) -> None:
    """Back to a draft: its facts are counted again; what was issued stays as it was, the next is another version."""
    card = notes.found(session, card_id)
    card.status, card.score, card.grade = ScorecardStatus.DRAFT, None, None
    session.flush()
