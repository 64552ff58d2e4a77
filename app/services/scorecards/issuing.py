"""Issuing a scorecard: its facts, notes, weights and hours are kept as they stand, and told so ever after (G.2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models.judgement_codes import Grade, ScorecardStatus
from app.services.scorecards import notes, view
from app.services.scorecards.view import Card


def freeze(session: Session, card_id: int, now: datetime) -> None:
    """What the issuing of the paper does first: every fact, note, weight and hour is kept as it is counted now."""
    own = notes.found(session, card_id)
    if own.status == ScorecardStatus.ISSUED:
        return
    told = view.card(session, card_id, now)
    for contract, key, values in frozen_notes(told):
        notes.write(session, card_id, contract, key, values)
    for name, value in frozen_head(told).items():
        setattr(own, name, value)
    session.flush()


def frozen_head(told: Card) -> dict[str, Any]:
    """The columns of a card that its issuing writes."""
    return {
        "status": ScorecardStatus.ISSUED,
        "score": None if told.total is None else int(told.total * 10),
        "grade": None if told.grade is None else Grade.of(told.grade.lower()),
    }


def frozen_notes(told: Card) -> Iterator[tuple[int | None, str, dict[str, Any]]]:
    """The contract (None: of the whole card), the criterion and the columns of each row that its issuing writes."""
    for one in told.prestations:
        for row in one.rows:
            yield one.contract_id, row.criterion.key, {
                "weight": row.weight, "proposed": row.proposed, "facts": row.facts or None, "minutes": one.minutes,
                "note": row.note if row.is_judged else None,
            }  # fmt: skip
    for key, weight in told.weights.items():
        yield None, key, {"weight": weight}


def reopen(session: Session, card_id: int) -> None:
    """Back to a draft: its facts are counted again; what was issued stays as it was, the next is another version."""
    card = notes.found(session, card_id)
    card.status, card.score, card.grade = ScorecardStatus.DRAFT, None, None
    session.flush()
