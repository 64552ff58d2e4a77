"""What the manager decides of an asset of the plan: another year, to keep it, another budget; or as proposed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.entities.judgement import REPLACEMENT
from app.errors import InvalidFields
from app.fields import clean_line
from app.models import Replacement
from app.models.judgement_codes import ReplacementChoice
from app.services import records
from app.services.replacements.reading import Item

FAR = 20
"""Years ahead that may be chosen."""


def put_in(session: Session, items: Sequence[Item], year: int, reason: str, today: date) -> None:
    """Replace them that year: « reporté » for those that the rules would replace before. A reason is asked for then."""
    if not today.year <= year <= today.year + FAR:
        raise InvalidFields({"year": f"Une année de {today.year} à {today.year + FAR}."})
    later = [one for one in items if one.proposed is not None and max(one.proposed, today).year < year]
    if later and not clean_line(reason):
        raise InvalidFields({"reason": "Dites pourquoi ce remplacement attend."})
    late = {one.asset_id for one in later}
    for one in items:
        choice = ReplacementChoice.POSTPONE if one.asset_id in late else ReplacementChoice.REPLACE
        _decide(session, one.asset_id, {"choice": choice, "year": year, "reason": reason, "decided_on": today})


def keep(session: Session, items: Sequence[Item], reason: str, today: date) -> None:
    """Not to be replaced until it is decided otherwise."""
    if not clean_line(reason):
        raise InvalidFields({"reason": "Dites pourquoi ce bien est gardé."})
    for one in items:
        values = {"choice": ReplacementChoice.KEEP, "year": None, "reason": reason, "decided_on": today}
        _decide(session, one.asset_id, values)


def price(session: Session, items: Sequence[Item], cents: int | None, today: date) -> None:
    """What each will cost, HT; None for what is known of it again."""
    for one in items:
        _decide(session, one.asset_id, {"amount": cents, "decided_on": today})


def forget(session: Session, items: Sequence[Item]) -> int:
    """As the rules propose. Gives how many decisions were taken back."""
    assets = [one.asset_id for one in items]
    kept = select(Replacement.id).where(Replacement.asset_id.in_(assets), Replacement.deleted_at.is_(None))
    return records.to_bin(session, REPLACEMENT, list(session.scalars(kept)))


def _decide(session: Session, asset_id: int, values: dict[str, Any]) -> None:
    """One decision an asset: the one before, even taken back, is written over."""
    before = session.scalar(select(Replacement).where(Replacement.asset_id == asset_id))
    if before is None:
        records.create(session, REPLACEMENT, {"asset_id": asset_id, **values})
        return
    if before.deleted_at is not None:
        records.restore(session, REPLACEMENT, [before.id])
        values = {"choice": ReplacementChoice.REPLACE, "year": None, "amount": None, "reason": None} | values
    records.update(session, REPLACEMENT, before.id, values)
