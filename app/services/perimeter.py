"""The perimeter of a contract: what it covers, since when and until when, by hand and by rule (domain.md C.9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.entities.assets import ASSET
from app.entities.contract_parts import COVER_RULE
from app.errors import InvalidFields
from app.fields import clean_line, day, plural
from app.models import Asset, Contract, CoveredAsset, CoverRule, Family, Site
from app.models.base import Day
from app.models.codes import ContractStatus
from app.services import cover_rules, records
from app.services.amendments import found
from app.services.listing import title_of

NO_REASON = "Écrivez pourquoi ce bien, que la règle prend, n’est plus couvert."
_LIVE = CoveredAsset.deleted_at.is_(None)


@dataclass(frozen=True, slots=True)
class Covered:
    """What `cover` did: assets added, and those that were there already."""

    added: int
    already: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule and how many assets it covers on the day asked; `until` None: without end."""

    id: int
    text: str
    since: date
    until: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Assets that another contract covers too, on the day asked; `assets` names the first three."""

    contract_id: int
    number: str
    count: int
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """An asset taken out of a rule by hand; `last_day` None: it never was covered."""

    cover_id: int
    asset_id: int
    asset: str
    rule: str
    last_day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class CoveredOn:
    """What a contract covered on a day. `count` has those by hand and those by rule."""

    day: date
    count: int
    by_hand: int
    rules: tuple[RuleRow, ...]
    conflicts: tuple[Conflict, ...]


# By hand


def cover(session: Session, contract_id: int, assets: Iterable[int], since: date) -> Covered:
    """Put assets in the perimeter from that day on; those that are in it by then are left as they were."""
    _in_contract(session, contract_id, since)
    statement = select(CoveredAsset.asset_id).where(
        CoveredAsset.contract_id == contract_id, _LIVE, or_(CoveredAsset.until.is_(None), CoveredAsset.until >= since)
    )
    there = set(session.scalars(statement))
    wanted = list(dict.fromkeys(assets))
    added = [{"contract_id": contract_id, "asset_id": one, "since": since} for one in wanted if one not in there]
    if added:
        session.execute(insert(CoveredAsset), added)
    return Covered(len(added), len(wanted) - len(added))


def uncover(session: Session, covers: Iterable[int], last_day: date, reason: str = "") -> int:
    """End these covers on that day, included; the past stays as it was. Gives how many.

    An asset that a rule takes stays out of it from then on: the reason is asked.
    """
    wanted = list(covers)
    chosen = CoveredAsset.id.in_(wanted)
    early = session.scalar(select(func.count()).where(chosen, CoveredAsset.since > last_day, ~_BY_RULE))
    if early:
        sentence = f"{ASSET.counted(early).capitalize()} {plural(early, 'n’entre', 'n’entrent')} qu’après ce jour."
        raise InvalidFields({"until": f"La fin précède le début\u00a0: {sentence}"})
    why = clean_line(reason)
    if not why and by_rule(session, wanted):
        raise InvalidFields({"reason": NO_REASON})
    unborn = _binned(session, "Retiré de la règle avant d’être couvert") | {"excluded": True, "reason": why}
    done = _write(session, and_(chosen, _BY_RULE, CoveredAsset.since > last_day), unborn)
    out = {"until": last_day, "excluded": True, "reason": why}
    done += _write(session, and_(chosen, _BY_RULE, CoveredAsset.since <= last_day), out)
    return done + _write(session, and_(chosen, CoveredAsset.rule_id.is_(None)), {"until": last_day})


_BY_RULE = and_(CoveredAsset.rule_id.is_not(None), CoveredAsset.excluded.is_(False))


def by_rule(session: Session, covers: Sequence[int]) -> int:
    """How many of these covers come from a rule."""
    return session.scalar(select(func.count()).where(CoveredAsset.id.in_(covers), _BY_RULE)) or 0


def excluded(session: Session, contract_id: int) -> list[Excluded]:
    """The assets kept out of the rules of a contract, in the order of their numbers."""
    name = title_of(Asset, Asset.__table__)
    rows = session.execute(
        select(CoveredAsset, name, CoverRule, Family.name, Site.name)
        .join(Asset, Asset.id == CoveredAsset.asset_id)
        .join(CoverRule, CoverRule.id == CoveredAsset.rule_id)
        .outerjoin(Family, Family.id == CoverRule.family_id)
        .outerjoin(Site, Site.id == CoverRule.site_id)
        .where(CoveredAsset.contract_id == contract_id, CoveredAsset.excluded, CoverRule.deleted_at.is_(None))
        .order_by(Asset.number)
    )
    return [
        Excluded(
            one.id, one.asset_id, title, rule_text(family, site),
            one.until if one.deleted_at is None else None, one.reason or "",
        )
        for one, title, _, family, site in rows
    ]  # fmt: skip


def put_back(session: Session, covers: Sequence[int], today: date) -> None:
    """Let the rules take again what was taken out by hand: as before if its last day is to come, else from today."""
    chosen = CoveredAsset.id.in_(covers)
    assets = list(session.scalars(select(CoveredAsset.asset_id).where(chosen)))
    last = select(CoverRule.until).where(CoverRule.id == CoveredAsset.rule_id).scalar_subquery()
    known = {"excluded": False, "reason": None}
    _write(session, and_(chosen, _LIVE, CoveredAsset.until >= today), known | {"until": last})
    back = {"deleted_at": None, "deleted_by": None, "deleted_reason": None}
    _write(session, and_(chosen, CoveredAsset.deleted_at.is_not(None)), known | back | {"until": last})
    _write(session, and_(chosen, CoveredAsset.excluded), known)
    cover_rules.follow(session, assets)


# By rule


def rule_text(family: str | None, site: str | None) -> str:
    """« Famille Portable, site de Dijon »."""
    parts = [f"famille {family}" if family else "", f"site {site}" if site else ""]
    told = ", ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def save_rule(session: Session, contract_id: int, values: Mapping[str, Any], rule_id: int | None = None) -> int:
    """A new rule, or a corrected one, and the covers that follow from it. Gives how many assets entered."""
    if values.get("since") is not None:
        _in_contract(session, contract_id, values["since"])
    if rule_id is None:
        made = records.create(session, COVER_RULE, {**values, "contract_id": contract_id})
        return cover_rules.apply(session, session.get_one(CoverRule, made))
    rule = session.get_one(CoverRule, rule_id)
    before = (rule.since, rule.until)
    records.update(session, COVER_RULE, rule_id, values)
    _move(session, rule, *before)
    return cover_rules.apply(session, rule)


def _move(session: Session, rule: CoverRule, since: date, until: date | None) -> None:
    """Covers that began or ended with the rule do so still."""
    own = and_(CoveredAsset.rule_id == rule.id, _LIVE)
    if rule.until != until:
        ended = CoveredAsset.until.is_(None) if until is None else CoveredAsset.until == until
        after = or_(ended, CoveredAsset.until > rule.until) if rule.until is not None else ended
        _write(session, and_(own, ~CoveredAsset.excluded, after), {"until": rule.until})
    if rule.since != since:
        begun = or_(CoveredAsset.since == since, CoveredAsset.since < rule.since)
        _write(session, and_(own, begun), {"since": _first_day(rule)})
    never = and_(own, CoveredAsset.until < CoveredAsset.since)
    _write(session, never, _binned(session, "Règle corrigée"))


def _first_day(rule: CoverRule) -> ColumnElement[Any]:
    """Of each asset of the rule: it is not covered before it serves."""
    known = func.max(func.coalesce(Asset.commissioned_on, Asset.purchased_on, rule.since), rule.since, type_=Day)
    return select(known).where(Asset.id == CoveredAsset.asset_id).scalar_subquery()


def stop_rule(session: Session, rule_id: int, last_day: date) -> None:
    """The rule takes nothing after that day; one that had not begun goes to the bin with its covers."""
    rule = session.get_one(CoverRule, rule_id)
    if rule.until is not None and last_day > rule.until:
        raise InvalidFields({"until": f"Cette règle finit déjà le {day(rule.until)}."})
    own = and_(CoveredAsset.rule_id == rule_id, _LIVE)
    later = or_(CoveredAsset.until.is_(None), CoveredAsset.until > last_day)
    _write(session, and_(own, CoveredAsset.since > last_day), _binned(session, "Règle retirée"))
    _write(session, and_(own, later, CoveredAsset.since <= last_day), {"until": last_day})
    if last_day < rule.since:
        records.to_bin(session, COVER_RULE, [rule_id], "Règle retirée")
    else:
        records.update(session, COVER_RULE, rule_id, {"until": last_day})


def rules(session: Session, contract_id: int, on: date) -> list[RuleRow]:
    """Those of a contract in their order, with how many assets each covers that day."""
    rows = session.execute(
        select(CoverRule, Family.name, Site.name, func.count(CoveredAsset.id))
        .outerjoin(Family, Family.id == CoverRule.family_id)
        .outerjoin(Site, Site.id == CoverRule.site_id)
        .outerjoin(CoveredAsset, and_(CoveredAsset.rule_id == CoverRule.id, *on_day(CoveredAsset, on)))
        .where(CoverRule.contract_id == contract_id, CoverRule.deleted_at.is_(None))
        .group_by(CoverRule.id)
        .order_by(CoverRule.since, CoverRule.id)
    )
    return [RuleRow(one.id, rule_text(family, site), one.since, one.until, n) for one, family, site, n in rows]


def would_take(session: Session, family_id: int | None, site_id: int | None) -> int:
    """How many assets such a rule takes today; 0 for a rule of nothing."""
    if family_id is None and site_id is None:
        return 0
    rule = CoverRule(family_id=family_id, site_id=site_id)
    return session.scalar(select(func.count()).select_from(Asset).where(cover_rules.matches(rule))) or 0


# On a day


def covered_on(session: Session, contract_id: int, on: date) -> CoveredOn:
    """What the contract covers that day, by whom it was said, and what another contract covers as well."""
    own = select(func.count()).select_from(CoveredAsset).join(Asset, Asset.id == CoveredAsset.asset_id)
    own = own.where(CoveredAsset.contract_id == contract_id, Asset.deleted_at.is_(None), *on_day(CoveredAsset, on))
    return CoveredOn(
        on,
        session.scalar(own) or 0,
        session.scalar(own.where(CoveredAsset.rule_id.is_(None))) or 0,
        tuple(rules(session, contract_id, on)),
        tuple(conflicts(session, contract_id, on)),
    )


def conflicts(session: Session, contract_id: int, on: date) -> list[Conflict]:
    """Other contracts under way that cover some of the same assets that day."""
    other = aliased(CoveredAsset)
    name = title_of(Asset, Asset.__table__)
    rows = session.execute(
        select(Contract.id, Contract.number, name)
        .join(other, other.contract_id == Contract.id)
        .join(CoveredAsset, CoveredAsset.asset_id == other.asset_id)
        .join(Asset, Asset.id == other.asset_id)
        .where(
            CoveredAsset.contract_id == contract_id, Contract.id != contract_id, Contract.deleted_at.is_(None),
            Contract.status == ContractStatus.ACTIVE, Asset.deleted_at.is_(None),
            *on_day(CoveredAsset, on), *on_day(other, on),
        )
        .order_by(Contract.number, Asset.number)
    ).all()  # fmt: skip
    by_contract: dict[tuple[int, str], list[str]] = {}
    for contract, number, title in rows:
        by_contract.setdefault((contract, number), []).append(title)
    return [Conflict(*key, len(titles), tuple(titles[:3])) for key, titles in by_contract.items()]


def on_day(source: Any, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        source.deleted_at.is_(None),
        source.since <= on,
        or_(source.until.is_(None), source.until >= on),
    )


def _in_contract(session: Session, contract_id: int, since: date) -> None:
    contract = found(session, contract_id)
    if since < contract.starts_on:
        raise InvalidFields({"since": f"Le contrat ne prend effet que le {day(contract.starts_on)}."})


def _binned(session: Session, reason: str) -> dict[str, Any]:
    return {"deleted_at": datetime.now(UTC), "deleted_by": session.info.get("who"), "deleted_reason": reason}


def _write(session: Session, which: ColumnElement[bool], values: Mapping[str, Any]) -> int:
    session.flush()
    statement = update(CoveredAsset).where(which).values(values)
    made: Any = session.execute(statement, execution_options={"synchronize_session": False})
    cover_rules.read_again(session)
    return int(made.rowcount)
