"""What the manager says of an indicator over a period: what the figures do not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.entities.judgement import INDICATOR_NOTE
from app.fields import this_day
from app.models import Contract, IndicatorNote
from app.services import records
from app.services.spans import Period


@dataclass(frozen=True, slots=True)
class Note:
    """`contract` is its number, empty for every contract."""

    id: int
    code: str
    period: Period
    contract_id: int | None
    contract: str
    text: str
    written_on: date
    author: str


def of(
    session: Session, period: Period, contract_id: int | None = None, codes: Sequence[str] | None = None
) -> list[Note]:
    """The notes about a period that meets this one, the newest first; with a contract, its own and those of all."""
    statement = (
        select(IndicatorNote, Contract.number)
        .join(Contract, Contract.id == IndicatorNote.contract_id, isouter=True)
        .where(
            IndicatorNote.deleted_at.is_(None),
            IndicatorNote.starts_on <= period.end,
            IndicatorNote.ends_on >= period.start,
        )
        .order_by(IndicatorNote.written_on.desc(), IndicatorNote.id.desc())
    )
    if codes is not None:
        statement = statement.where(IndicatorNote.indicator.in_(codes))
    if contract_id is not None:
        statement = statement.where(or_(IndicatorNote.contract_id.is_(None), IndicatorNote.contract_id == contract_id))
    return [_told(row, number) for row, number in session.execute(statement)]


def one(session: Session, note_id: int) -> Note | None:
    """None when there is no such note."""
    row = session.get(IndicatorNote, note_id)
    contract = session.get(Contract, row.contract_id) if row and row.contract_id else None
    return _told(row, contract.number if contract else "") if row else None


def _told(row: IndicatorNote, contract: str | None) -> Note:
    return Note(
        row.id, row.indicator, Period(row.starts_on, row.ends_on), row.contract_id, contract or "", row.text,
        row.written_on, row.author or "",
    )  # fmt: skip


def write(
    session: Session, code: str, period: Period, text: str, *, contract_id: int | None = None, author: str = ""
) -> int:
    """Keep a new note; InvalidFields when it is empty."""
    return records.create(
        session,
        INDICATOR_NOTE,
        {
            "indicator": code,
            "starts_on": period.start,
            "ends_on": period.end,
            "contract_id": contract_id,
            "text": text,
            "written_on": this_day(),
            "author": author or None,
        },
    )


def rewrite(session: Session, note_id: int, text: str) -> None:
    records.update(session, INDICATOR_NOTE, note_id, {"text": text})


def remove(session: Session, note_id: int) -> None:
    """To the bin."""
    records.to_bin(session, INDICATOR_NOTE, [note_id])
