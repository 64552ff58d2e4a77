"""Where things are met during a campaign, and the correction of the assets whose record says another place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fields import clean_line, fold
from app.models import Asset, CampaignLine
from app.services import cover_rules
from app.services.campaigns import FOUND, MISSING, UNEXPECTED, found, kept_of, line_of, under_way

ROOM_LENGTH = 80


def found_in(session: Session, line_id: int, room: str, now: datetime) -> None:
    """Found, in a room said by hand."""
    line = line_of(session, line_id)
    under_way(session, line.campaign_id)
    if line.result != UNEXPECTED:
        line.result = FOUND
    line.seen_at = line.seen_at or now
    line.room = another_room(line, room)
    session.flush()


def another_room(line: CampaignLine, room: str) -> str | None:
    """The room, if it is not the one where the line was expected."""
    told = clean_line(room)[:ROOM_LENGTH]
    return None if not told or fold(told) == fold(line.expected_room or "") else told


def misplaced(session: Session, campaign_id: int, line_ids: Sequence[int] | None = None) -> list[int]:
    """Lines met in a place that their asset does not say, all of them or among those given."""
    site_id = found(session, campaign_id).site_id
    wrong = [CampaignLine.room.is_not(None) & or_(Asset.room.is_(None), Asset.room != CampaignLine.room)]
    if site_id is not None:
        elsewhere = or_(Asset.site_id.is_(None), Asset.site_id != site_id)
        wrong.append((CampaignLine.seen_at.is_not(None)) & elsewhere)
    statement = (
        select(CampaignLine.id)
        .join(Asset, Asset.id == CampaignLine.asset_id)
        .where(*kept_of(campaign_id), CampaignLine.result != MISSING, Asset.deleted_at.is_(None), or_(*wrong))
        .order_by(CampaignLine.id)
    )
    if line_ids is not None:
        statement = statement.where(CampaignLine.id.in_(line_ids))
    return list(session.scalars(statement))


def correct_places(session: Session, campaign_id: int, line_ids: Sequence[int] | None = None) -> int:
    """Write on the assets the place where they were met; gives how many were corrected."""
    site_id = found(session, campaign_id).site_id
    wrong = misplaced(session, campaign_id, line_ids)
    moved = []
    for line_id in wrong:
        line = line_of(session, line_id)
        asset = session.get_one(Asset, line.asset_id)
        asset.room = line.room or asset.room
        asset.site_id = site_id or asset.site_id
        moved.append(asset.id)
    session.flush()
    cover_rules.follow(session, moved)
    return len(wrong)
