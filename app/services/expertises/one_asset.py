"""What the expertises say of one asset: its sheets, its last verdict, what it still waits for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Asset, Expertise, ExpertiseSheet
from app.models.codes import ExpertiseStatus, SheetState, Verdict
from app.services.expertises import words
from app.services.expertises.assessed import Assessed, as_told, score_of, sheets_judged


def of_asset(session: Session, asset_id: int) -> list[Assessed]:
    """Every sheet of one asset that has a verdict, the newest first."""
    only = Asset.id == asset_id
    rows = session.execute(sheets_judged().where(only)).all()
    pairs = [(row, rows[at - 1] if at else None) for at, row in enumerate(rows)]
    return as_told(session, pairs[::-1], only)


@dataclass(frozen=True, slots=True)
class Standing:
    """The last verdict of an asset."""

    sheet_id: int
    held_on: date
    verdict: Verdict
    words: str
    score: Decimal


def standing(session: Session, asset_id: int) -> Standing | None:
    """None while no expertise judged the asset."""
    newest = sheets_judged().where(ExpertiseSheet.asset_id == asset_id).order_by(None)
    row = session.execute(newest.order_by(Expertise.held_on.desc(), Expertise.id.desc()).limit(1)).first()
    if row is None:
        return None
    verdict = row.final_verdict
    return Standing(row.id, row.held_on, verdict, words.VERDICTS[verdict], score_of(row.score_hundredths))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet of an open expertise that has no verdict yet."""

    sheet_id: int
    expertise: str


def waiting(session: Session, asset_id: int) -> list[Waiting]:
    """What an asset is still to be given in the expertises under way."""
    rows = session.execute(
        select(ExpertiseSheet.id, Expertise.number)
        .join(Expertise, Expertise.id == ExpertiseSheet.expertise_id)
        .where(
            ExpertiseSheet.asset_id == asset_id,
            ExpertiseSheet.deleted_at.is_(None),
            ExpertiseSheet.state != SheetState.DONE,
            Expertise.deleted_at.is_(None),
            Expertise.status == ExpertiseStatus.OPEN,
        )
        .order_by(Expertise.held_on.desc(), Expertise.id.desc())
    )
    return [Waiting(*row) for row in rows]
