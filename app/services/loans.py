"""Lending an asset and taking it back: the loan and the status of the asset go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.entities.assets import ASSET, LOAN
from app.errors import InvalidFields
from app.fields import joined
from app.models import Asset, Loan
from app.models.codes import AssetStatus, Condition, Finding
from app.services import records

OPEN = (Loan.returned_on.is_(None), Loan.deleted_at.is_(None))


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """An asset that somebody has. `late` once the day agreed is past."""

    id: int
    number: str
    asset_id: int
    asset: str
    who: str
    person_id: int | None
    lent_on: date
    due_on: date | None
    late: bool


def lend(session: Session, asset_id: int, values: Mapping[str, Any]) -> int:
    """Hand an asset over; `values` are those of the loan's form. Gives the loan."""
    return save(session, None, {**values, "asset_id": asset_id})


def give_back(
    session: Session, loan_id: int, on: date, condition: Condition | None = None, notes: str | None = None
) -> None:
    """The asset is back; the condition noted becomes its own, as seen that day."""
    loan = session.get_one(Loan, loan_id)
    told = joined(loan.notes, notes, by="\n")
    save(session, loan_id, {"returned_on": on, "condition_in": condition, "notes": told or None})
    if condition is not None:
        seen = {"condition": condition, "finding": Finding.SEEN, "seen_on": on}
        records.update(session, ASSET, loan.asset_id, seen)


def save(session: Session, loan_id: int | None, values: Mapping[str, Any], version: int | None = None) -> int:
    """Create or correct a loan. An asset has one open loan at most; its status follows."""
    before = session.get_one(Loan, loan_id).asset_id if loan_id else None
    asset_id = values.get("asset_id", before)
    if asset_id is not None and not values.get("returned_on"):
        _refuse_twice(session, asset_id, loan_id)
    if loan_id is None:
        loan_id = records.create(session, LOAN, values)
    else:
        records.update(session, LOAN, loan_id, values, version)
    for asset in {before, asset_id} - {None}:
        follow(session, asset)
    return loan_id


def to_bin(session: Session, wanted: Sequence[int]) -> None:
    """Loans noted by mistake; their assets are no longer lent."""
    assets = session.scalars(select(Loan.asset_id).where(Loan.id.in_(wanted)).distinct()).all()
    records.to_bin(session, LOAN, wanted)
    for asset in assets:
        follow(session, asset)


def _refuse_twice(session: Session, asset_id: int, loan_id: int | None) -> None:
    asset = session.get(Asset, asset_id)
    if asset is not None and asset.status == AssetStatus.RETIRED:
        raise InvalidFields({"asset_id": "Ce bien est sorti du parc."})
    other = of_asset(session, asset_id, date.max)
    if other is not None and other.id != loan_id:
        raise InvalidFields({"asset_id": f"Ce bien est déjà prêté à {other.who} ({other.number})."})


def follow(session: Session, asset_id: int) -> None:
    """The asset is « Prêté » while a loan is open; after, in service if it is somebody's, else in stock."""
    asset = session.get_one(Asset, asset_id)
    lent = session.scalar(select(Loan.id).where(Loan.asset_id == asset_id, *OPEN).limit(1)) is not None
    if lent:
        asset.status = AssetStatus.LENT
    elif asset.status == AssetStatus.LENT:
        asset.status = AssetStatus.IN_SERVICE if asset.person_id else AssetStatus.IN_STOCK
    session.flush()


def of_asset(session: Session, asset_id: int, today: date) -> OpenLoan | None:
    found = _told(session, select(Loan).where(Loan.asset_id == asset_id, *OPEN), today)
    return found[0] if found else None


def overdue(session: Session, today: date) -> list[OpenLoan]:
    """The longest awaited first."""
    return _told(session, select(Loan).where(Loan.due_on < today, *OPEN).order_by(Loan.due_on, Loan.id), today)


def _told(session: Session, wanted: Select[Loan], today: date) -> list[OpenLoan]:
    return [_open(session, loan, today) for loan in session.scalars(wanted)]


def _open(session: Session, loan: Loan, today: date) -> OpenLoan:
    sheet = records.get(session, LOAN, loan.id)
    late = loan.due_on is not None and loan.due_on < today
    return OpenLoan(
        loan.id, loan.number, loan.asset_id, sheet.titles["asset_id"],
        sheet.titles.get("person_id") or loan.borrower or "", loan.person_id, loan.lent_on, loan.due_on, late,
    )  # fmt: skip
