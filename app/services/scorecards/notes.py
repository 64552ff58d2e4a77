"""What a person puts in a scorecard: the weights, the notes retained and why, the comments of both (domain.md G.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.judgement import SCORECARD, SCORECARD_NOTE
from app.errors import InvalidFields, NotFound, Refused
from app.fields import NBSP, clean_text
from app.models import Scorecard, ScorecardNote
from app.models.judgement_codes import ScorecardStatus
from app.rules import scorecard
from app.services import records

ISSUED = "Cette fiche est émise\u00a0: rouvrez-la pour la corriger."
CRITERIA = scorecard.CRITERIA
"""As they are noted and weighed, for the screen too."""
NO_REASON = "Dites pourquoi\u00a0: la note retenue n’est pas celle des faits."


def found(session: Session, card_id: int) -> Scorecard:
    card = session.get(Scorecard, card_id)
    if card is None or card.deleted_at is not None:
        raise NotFound("Cette fiche contrôle n’existe plus.")
    return card


def _draft(session: Session, card_id: int) -> Scorecard:
    card = found(session, card_id)
    if card.status == ScorecardStatus.ISSUED:
        raise Refused(ISSUED)
    return card


def weights_of(session: Session, card_id: int) -> dict[str, int]:
    """By criterion, in percents: those of this card, else the usual ones."""
    own = {one.criterion: one.weight for one in _kept(session, card_id) if one.contract_id is None}
    return {key: usual if own.get(key) is None else int(own[key] or 0) for key, usual in scorecard.WEIGHTS.items()}


def weigh(session: Session, card_id: int, weights: Mapping[str, int]) -> None:
    """Change the weights of this card; InvalidFields unless they total 100."""
    _draft(session, card_id)
    if gap := scorecard.weight_gap(weights.values()):
        told = f"Les poids font {scorecard.WHOLE - gap}{NBSP}%{NBSP}: ils doivent faire 100{NBSP}%."
        raise InvalidFields({"": told})
    for key in scorecard.WEIGHTS:
        write(session, card_id, None, key, {"weight": weights[key]})


@dataclass(frozen=True, slots=True)
class Retained:
    """A note in hundredths beside that of the facts, and the reason; `note` None: that of the facts holds."""

    note: int | None
    proposed: int | None = None
    reason: str | None = None


def judge(session: Session, card_id: int, contract_id: int, key: str, given: Retained) -> None:
    """Retain a note where facts give none, or other than theirs: then for a reason only."""
    _draft(session, card_id)
    if key not in scorecard.BY_KEY:
        raise NotFound("Ce critère n’existe pas.")
    text = clean_text(given.reason or "") or None
    kept = None if given.note == given.proposed else given.note
    if kept is not None and given.proposed is not None and text is None:
        raise InvalidFields({"reason": NO_REASON})
    write(session, card_id, contract_id, key, {"note": kept, "reason": text})


def comment(session: Session, card_id: int, values: Mapping[str, Any]) -> None:
    """`our_comment`, `their_comment`: theirs often comes once the card was issued, and leaves it so."""
    records.update(session, SCORECARD, card_id, values)


def _kept(session: Session, card_id: int) -> list[ScorecardNote]:
    own = ScorecardNote
    return list(session.scalars(select(own).where(own.scorecard_id == card_id, own.deleted_at.is_(None))))


def kept_of(session: Session, card_id: int) -> dict[tuple[int, str], ScorecardNote]:
    """What was written of each prestation and criterion."""
    return {(one.contract_id, one.criterion): one for one in _kept(session, card_id) if one.contract_id is not None}


def write(session: Session, card_id: int, contract_id: int | None, key: str, values: Mapping[str, object]) -> None:
    own = ScorecardNote
    where = own.contract_id.is_(None) if contract_id is None else own.contract_id == contract_id
    known = session.scalar(select(own.id).where(own.scorecard_id == card_id, where, own.criterion == key))
    if known is None:
        told = {"scorecard_id": card_id, "contract_id": contract_id, "criterion": key, **values}
        records.create(session, SCORECARD_NOTE, told)
    else:
        records.update(session, SCORECARD_NOTE, known, values)
