"""Lines that leave the register: proposed when their assets left, taken out by a person, never of themselves (E.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entities.accounting import FIXED_ASSET
from app.errors import InvalidFields, Refused
from app.fields import day
from app.models import Asset, FixedAsset, Retirement
from app.models.codes import AssetStatus, ExitKind
from app.models.money_codes import AccountUse
from app.rules import leaving as trade
from app.rules.depreciation import Leaving
from app.services import records
from app.services.accounting import chart, years
from app.services.fixed_assets.limits import limits
from app.services.fixed_assets.plan import found, method
from app.services.fixed_assets.register import ExitFigures, exit_figures

NOT_YET = "Ce jour n’est pas encore passé\u00a0: notez la sortie quand le bien sera parti."
UNPAID = "Une telle sortie ne rapporte rien\u00a0: laissez le prix vide."
NAMES = ("exit_on", "exit_kind", "exit_price", "exit_vat_rate")
SCRAPPED = "À faire valider\u00a0: 657, ou 6871 si l’événement est exceptionnel."
"""What is said of the book value of what was not sold (domain.md E.4)."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line whose assets have all left: `values` are what the exit would be kept with."""

    id: int
    number: str
    label: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a proposed entry, cents; one of `debit` and `credit` is 0."""

    use: AccountUse
    account: str
    label: str
    debit: int
    credit: int


def proposed(session: Session, fixed_asset_id: int | None = None) -> tuple[Proposed, ...]:
    """Lines still in the register whose assets have all left the company, by number."""
    gone = func.sum(func.iif(Asset.status == AssetStatus.RETIRED, 1, 0))
    wanted = (
        select(FixedAsset.id, FixedAsset.number, FixedAsset.label)
        .join(Asset, Asset.fixed_asset_id == FixedAsset.id)
        .where(FixedAsset.deleted_at.is_(None), FixedAsset.exit_on.is_(None), Asset.deleted_at.is_(None))
        .group_by(FixedAsset.id)
        .having(gone == func.count())
        .order_by(FixedAsset.number)
    )
    if fixed_asset_id is not None:
        wanted = wanted.where(FixedAsset.id == fixed_asset_id)
    rows = session.execute(wanted).all()
    told = _retirements(session, [row.id for row in rows] if fixed_asset_id else None)
    rate = usual_rate(session)
    return tuple(Proposed(*row, _values(told.get(row.id, ()), rate)) for row in rows)


def _retirements(session: Session, lines: Sequence[int] | None) -> dict[int, list[Any]]:
    wanted = (
        select(Asset.fixed_asset_id, Asset.retired_on, Retirement.kind, Retirement.price)
        .outerjoin(Retirement, (Retirement.asset_id == Asset.id) & Retirement.deleted_at.is_(None))
        .where(Asset.fixed_asset_id.is_not(None), Asset.status == AssetStatus.RETIRED, Asset.deleted_at.is_(None))
    )
    if lines is not None:
        wanted = wanted.where(Asset.fixed_asset_id.in_(lines))
    held: dict[int, list[Any]] = {}
    for row in session.execute(wanted):
        held.setdefault(row.fixed_asset_id, []).append(row)
    return held


def _values(rows: Sequence[Any], rate: int) -> dict[str, Any]:
    """The last day, its kind, and all that was paid."""
    last = max(rows, key=lambda row: row.retired_on or date.min, default=None)
    prices = [row.price for row in rows if row.price]
    return {
        "exit_on": last.retired_on if last else None,
        "exit_kind": last.kind if last else None,
        "exit_price": sum(prices) or None,
        "exit_vat_rate": rate if prices else None,
    }


def begin(session: Session, fixed_asset_id: int, today: date) -> dict[str, Any]:
    """What the form of an exit starts with: what is proposed, else today."""
    line = found(session, fixed_asset_id)
    if line.exit_on is not None:
        raise Refused(f"Cette immobilisation est déjà sortie, le {day(line.exit_on)}.")
    told = proposed(session, fixed_asset_id)
    return dict(told[0].values) if told else {**dict.fromkeys(NAMES), "exit_on": today}


def usual_rate(session: Session) -> int:
    """Hundredths of a percent of VAT on a sale; none where the VAT of the purchase was not recovered (art. 261 CGI)."""
    bounds = limits(session)
    return bounds.rate if bounds.recovered else 0


def take_out(session: Session, fixed_asset_id: int, values: Mapping[str, Any], today: date) -> ExitFigures:
    """Close the books of a line: its charge stops that day and it leaves the register. InvalidFields, nothing kept."""
    line = found(session, fixed_asset_id)
    if line.exit_on is not None:
        raise Refused(f"Cette immobilisation est déjà sortie, le {day(line.exit_on)}.")
    told = {name: values.get(name) for name in NAMES}
    if problems := _problems(line, told, today):
        raise InvalidFields(problems)
    if not told["exit_price"]:
        told["exit_vat_rate"] = None
    records.update(session, FIXED_ASSET, fixed_asset_id, told)
    return figures(session, fixed_asset_id, told)


def _problems(line: FixedAsset, told: Mapping[str, Any], today: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    on, kind, came = told["exit_on"], told["exit_kind"], line.acquired_on or line.starts_on
    if on is None:
        wrong["exit_on"] = "Dites quel jour elle est sortie."
    elif on > today:
        wrong["exit_on"] = NOT_YET
    elif came and on < came:
        wrong["exit_on"] = f"Elle est entrée à l’actif le {day(came)}."
    if kind is None:
        wrong["exit_kind"] = "Dites comment elle est sortie."
    elif told["exit_price"] and ExitKind.of(kind).value not in trade.SOLD:
        wrong["exit_price"] = UNPAID
    return wrong


def bring_back(session: Session, fixed_asset_id: int) -> None:
    """Take the exit back: the line is in the register again, as if it had never left."""
    if found(session, fixed_asset_id).exit_on is None:
        raise Refused("Cette immobilisation est encore à l’actif.")
    records.update(session, FIXED_ASSET, fixed_asset_id, dict.fromkeys(NAMES))


def figures(session: Session, fixed_asset_id: int, values: Mapping[str, Any]) -> ExitFigures:
    """What such an exit would leave in the books, before or after it is kept."""
    line, how = found(session, fixed_asset_id), method(session)
    kind, rate = values.get("exit_kind"), values.get("exit_vat_rate") or 0
    leaving = Leaving(values["exit_on"], values.get("exit_price") or 0, how.exit_counts)
    return exit_figures(line, how, leaving, ExitKind.of(kind) if kind else None, rate)


def entries(session: Session, fixed_asset_id: int, told: ExitFigures) -> tuple[Posting, ...]:
    """The proposed entries of an exit: the complement, the sale, then what leaves the books; debits equal credits."""
    line = found(session, fixed_asset_id)
    accounts = chart.accounts(session, years.holding(session, told.on))
    fixed = chart.OF_FIXED[line.kind]
    wanted = (
        (fixed.charge, told.complement, 0), (fixed.wear, 0, told.complement),
        (AccountUse.SALE_DEBTOR, told.price + told.vat, 0), (AccountUse.SALE, 0, told.price),
        (AccountUse.VAT_DUE, 0, told.vat),
        (fixed.wear, told.total, 0), (AccountUse.BOOK_VALUE, told.book_value, 0), (fixed.asset, 0, line.cost),
    )  # fmt: skip
    own = {fixed.asset: line.account} if line.account else {}
    return tuple(
        Posting(use, own.get(use) or accounts[use].number, accounts[use].label, debit, credit)
        for use, debit, credit in wanted
        if debit or credit
    )
