"""What is installed and what is held, worked out by SQL: columns of the lists, figures of the panes.

A machine counts once, by its survey in force. One given a licence, or whose person was given one, is covered. The
others are covered by the licences given to nobody, the licences of one software filling one after the other.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.sql.expression import FromClause

from app.fields import this_day
from app.models import Asset, Installation, Licence, LicenceSeat, Software, Survey
from app.models.base import CodeText
from app.models.codes import LicenceNeed, LicenceState, SoftwareCover
from app.services import surveys

NO_LIMIT = 10**9
"""Seats of a licence without limit, for the sums."""
FREE = (LicenceNeed.FREE, LicenceNeed.INCLUDED)
OPEN = (LicenceSeat.deleted_at.is_(None), LicenceSeat.released_on.is_(None))
"""A licence still given."""


def in_force(on: date) -> ColumnElement[bool]:
    """A licence outside the bin, that has not expired."""
    return and_(Licence.deleted_at.is_(None), or_(Licence.expires_on.is_(None), Licence.expires_on >= on))


def machines(*among: ColumnElement[bool]) -> Select[int, int]:
    """(software_id, n): on how many machines each software was last seen."""
    own = Installation
    counted = select(own.software_id, func.count().label("n")).where(own.survey_id.in_(surveys.in_force()), *among)
    return counted.group_by(own.software_id)


def _uncovered(on: date, wanted: Select[Any]) -> Select[int, int]:
    """(software_id, n): of the wanted software, machines to which no licence was given, nor to their person."""
    held = exists().where(
        Licence.id == LicenceSeat.licence_id, Licence.software_id == Installation.software_id, in_force(on), *OPEN
    )
    return (
        select(Installation.software_id, func.count().label("n"))
        .join(Survey, Survey.id == Installation.survey_id)
        .join(Asset, Asset.id == Survey.asset_id)
        .where(
            Installation.survey_id.in_(surveys.in_force()),
            Installation.software_id.in_(wanted),
            ~held.where(LicenceSeat.asset_id == Asset.id),
            ~held.where(LicenceSeat.person_id == Asset.person_id),
        )
        .group_by(Installation.software_id)
    )


def _licences(on: date) -> FromClause:
    """Each licence: how many it was given to (`assigned`), whether it can take machines of its own accord, how many
    (`room`), whether it is in force."""
    given = select(LicenceSeat.licence_id, func.count().label("n")).where(*OPEN).group_by(LicenceSeat.licence_id)
    seats = given.subquery("given")
    assigned = func.coalesce(seats.c.n, 0)
    alive = in_force(on)
    shares = and_(alive, assigned == 0, Licence.software_id.is_not(None))
    return (
        select(
            Licence.id,
            Licence.software_id,
            Licence.seats,
            assigned.label("assigned"),
            case((alive, 1), else_=0).label("alive"),
            case((shares, 1), else_=0).label("shares"),
            case((shares, func.coalesce(Licence.seats, NO_LIMIT)), else_=0).label("room"),
        )
        .outerjoin(seats, seats.c.licence_id == Licence.id)
        .where(Licence.deleted_at.is_(None))
        .subquery("own")
    )


def _licensed() -> Select[Any]:
    return select(Licence.software_id).where(Licence.deleted_at.is_(None), Licence.software_id.is_not(None))


def of_licences(on: date) -> Select[Any]:
    """(id, seats, assigned, seen, used, free, state). `seen` counts the machines that have its software, `free` is
    negative when more is used than held and None without limit."""
    own = _licences(on).c
    seen = machines(Installation.software_id.in_(_licensed())).subquery("seen")
    bare = _uncovered(on, _licensed()).subquery("bare")
    same: dict[str, Any] = {"partition_by": own.software_id, "order_by": own.id}
    before = func.coalesce(func.sum(own.room).over(**same, rows=(None, -1)), 0)
    after = func.coalesce(func.sum(own.shares).over(**same, rows=(1, None)), 0)
    left = func.max(0, func.coalesce(bare.c.n, 0) - before)
    used = case((own.shares == 0, own.assigned), (after == 0, left), else_=func.min(left, own.room))
    dealt = (
        select(
            own.id,
            own.seats,
            own.assigned,
            own.alive,
            func.coalesce(seen.c.n, 0).label("seen"),
            used.label("used"),
            func.sum(own.alive).over(partition_by=own.software_id).label("living"),
        )
        .outerjoin(seen, seen.c.software_id == own.software_id)
        .outerjoin(bare, bare.c.software_id == own.software_id)
        .subquery("dealt")
        .c
    )
    free = (dealt.seats - dealt.used).label("free")
    return select(dealt.id, dealt.seats, dealt.assigned, dealt.seen, dealt.used, free, _state(dealt).label("state"))


def _state(dealt: Any) -> ColumnElement[Any]:
    """One that expired is still used while it is given, or while no other covers the machines seen."""
    still = or_(dealt.assigned > 0, and_(dealt.seen > 0, dealt.living == 0))
    return case(
        (and_(dealt.alive == 0, still), LicenceState.LAPSED.value),
        (dealt.alive == 0, LicenceState.EXPIRED.value),
        (dealt.used > dealt.seats, LicenceState.OVER.value),
        (dealt.used == 0, LicenceState.UNUSED.value),
        else_=LicenceState.ENOUGH.value,
    ).cast(CodeText(LicenceState))


def of_software(on: date) -> Select[Any]:
    """(id, machines, licences, missing, cover): how many licences are in force (None for none), how many machines they
    leave without. Asked of what needs a licence, or has one."""
    own = _licences(on).c
    held = (
        select(own.software_id, func.sum(own.alive).label("licences"), func.sum(own.room).label("room"))
        .where(own.software_id.is_not(None))
        .group_by(own.software_id)
        .subquery("held")
    )
    wanted = select(Software.id).where(
        or_(Software.need == LicenceNeed.REQUIRED, and_(Software.id.in_(_licensed()), Software.need.not_in(FREE)))
    )
    seen, bare = machines().subquery("seen"), _uncovered(on, wanted).subquery("bare")
    missing = func.max(0, func.coalesce(bare.c.n, 0) - func.coalesce(held.c.room, 0))
    cover = case(
        (or_(Software.id.not_in(wanted), seen.c.n.is_(None)), None),
        (missing > 0, SoftwareCover.MISSING.value),
        else_=SoftwareCover.COVERED.value,
    ).cast(CodeText(SoftwareCover))
    return (
        select(
            Software.id,
            func.coalesce(seen.c.n, 0).label("machines"),
            func.nullif(held.c.licences, 0).label("licences"),
            missing.label("missing"),
            cover.label("cover"),
        )
        .outerjoin(seen, seen.c.software_id == Software.id)
        .outerjoin(bare, bare.c.software_id == Software.id)
        .outerjoin(held, held.c.software_id == Software.id)
        .where(Software.deleted_at.is_(None))
    )


def columns_of(key: str) -> FromClause:
    """The worked out columns of a list, by the id of the record."""
    return {"software": of_software, "licence": of_licences}[key](this_day()).subquery("worked_out")
