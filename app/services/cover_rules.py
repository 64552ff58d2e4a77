"""What the rules of a perimeter write: covers of assets, by set (domain.md A.7, C.9 clause 4).

A rule says « all the laptops », « all of the site of Dijon »; what the rest of the program reads are rows of
`covered_asset`. They are written here when a rule is saved and whenever an asset comes, changes or leaves, in the same
transaction. Whoever writes assets calls `follow`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, insert, literal, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.fields import this_day
from app.models import Asset, Contract, CoveredAsset, CoverRule
from app.models.base import Day
from app.models.codes import AssetStatus

NAMES = frozenset({"status", "family_id", "site_id", "retired_on"})
"""Of the fields of an asset, those by which a rule may take it or leave it."""
Assets = Sequence[int] | None
"""Those concerned; None: all."""
_LIVE = CoveredAsset.deleted_at.is_(None)
GONE = "Bien sorti de la règle"


def follow(session: Session, assets: Assets = None) -> int:
    """Cover the assets that a rule now takes, end the covers of those that left it or the company.

    `assets` are those that changed; None: all of them. Gives how many covers were written.
    """
    session.flush()
    if assets is not None and not assets:
        return 0
    rules = list(session.scalars(_rules()))
    of = _among(assets)
    done = _end(session, of) + _leave(session, of)
    done += sum(_cover(session, rule, assets, _arrival(session)) for rule in rules)
    read_again(session)
    return done


def apply(session: Session, rule: CoverRule) -> int:
    """Cover all that a rule takes, from its first day on, as it was just told. Gives how many assets entered."""
    session.flush()
    _end(session, CoveredAsset.rule_id == rule.id)
    entered = func.coalesce(Asset.commissioned_on, Asset.purchased_on, literal(rule.since, Day))
    done = _cover(session, rule, None, entered)
    read_again(session)
    return done


def matches(rule: CoverRule) -> ColumnElement[bool]:
    """Of an asset: whether this rule takes it."""
    wanted = [Asset.deleted_at.is_(None), Asset.status != AssetStatus.RETIRED]
    wanted += [Asset.family_id == rule.family_id] if rule.family_id is not None else []
    wanted += [Asset.site_id == rule.site_id] if rule.site_id is not None else []
    return and_(*wanted)


def _rules() -> Any:
    return (
        select(CoverRule)
        .join(Contract, Contract.id == CoverRule.contract_id)
        .where(CoverRule.deleted_at.is_(None), Contract.deleted_at.is_(None))
        .order_by(CoverRule.id)
    )


def _among(assets: Assets) -> ColumnElement[bool]:
    return CoveredAsset.asset_id.is_not(None) if assets is None else CoveredAsset.asset_id.in_(assets)


def _arrival(session: Session) -> ColumnElement[Any]:
    """The first day of an asset that a rule meets: that of its use if this act made it, else today."""
    today = literal(this_day(), Day)
    act = session.info.get("at", datetime.now(UTC))
    known = func.coalesce(Asset.commissioned_on, Asset.purchased_on, today)
    return case((Asset.created_at >= act, known), else_=today)


def _cover(session: Session, rule: CoverRule, of: Assets, entered: ColumnElement[Any]) -> int:
    """Whoever is in the contract already stays as it is; a cover that has an end is followed from the day after."""
    other = aliased(CoveredAsset)
    own = other.contract_id + 0  # by the index of the asset: that of the contract would give all of its covers
    same = and_(own == rule.contract_id, other.asset_id == Asset.id)
    first = func.max(literal(rule.since, Day), entered)
    after = (
        select(func.date(func.max(other.until), "+1 day"))
        .where(same, other.deleted_at.is_(None), other.until >= first)
        .correlate(Asset)
        .scalar_subquery()
    )
    since = func.coalesce(after, first, type_=Day)
    held = exists().where(same, or_(other.excluded, and_(other.deleted_at.is_(None), other.until.is_(None))))
    wanted = [matches(rule), not_(held), *([] if of is None else [Asset.id.in_(of)])]
    if rule.until is not None:
        wanted.append(since <= literal(rule.until, Day))
    common = {"contract_id": rule.contract_id, "until": rule.until, "rule_id": rule.id}
    rows = [
        {**common, "asset_id": asset, "since": day}
        for asset, day in session.execute(select(Asset.id, since).where(*wanted))
    ]
    if rows:
        session.execute(insert(CoveredAsset), rows)
    return len(rows)


def _end(session: Session, of: ColumnElement[bool]) -> int:
    """End today the covers by a rule that no longer takes their asset; those that had not begun go to the bin."""
    rules = select(CoverRule).where(CoverRule.deleted_at.is_(None)).subquery()
    taken = exists().where(
        rules.c.id == CoveredAsset.rule_id,
        Asset.id == CoveredAsset.asset_id,
        or_(rules.c.family_id.is_(None), rules.c.family_id == Asset.family_id),
        or_(rules.c.site_id.is_(None), rules.c.site_id == Asset.site_id),
    )
    by_rule = and_(of, CoveredAsset.rule_id.is_not(None), not_(CoveredAsset.excluded), not_(taken))
    return _finish(session, by_rule, literal(this_day(), Day))


def _leave(session: Session, of: ColumnElement[bool]) -> int:
    """What has left the company is covered no more, by whatever way it was."""
    own = and_(Asset.id == CoveredAsset.asset_id, Asset.status == AssetStatus.RETIRED)
    left = select(func.min(func.coalesce(Asset.retired_on, this_day()), this_day(), type_=Day)).where(own)
    return _finish(session, and_(of, exists().where(own)), left.scalar_subquery())


def _finish(session: Session, which: ColumnElement[bool], last: ColumnElement[Any]) -> int:
    """`last` is the last day covered."""
    which = and_(which, _LIVE, or_(CoveredAsset.until.is_(None), CoveredAsset.until > last))
    now = datetime.now(UTC)
    unborn = {"deleted_at": now, "deleted_by": session.info.get("who"), "deleted_reason": GONE}
    done = 0
    for begun, values in ((CoveredAsset.since > last, unborn), (CoveredAsset.since <= last, {"until": last})):
        statement = update(CoveredAsset).where(which, begun).values(values)
        made: Any = session.execute(statement, execution_options={"synchronize_session": False})
        done += int(made.rowcount)
    return done


def read_again(session: Session) -> None:
    """What was written by set is not what the session remembers."""
    for known in list(session.identity_map.values()):
        if isinstance(known, CoveredAsset):
            session.expire(known)
