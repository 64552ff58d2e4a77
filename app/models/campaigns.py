"""The physical inventory: what should be there, and what was found."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref, utc
from app.models.codes import CampaignResult, CampaignStatus


class Campaign(Record, Base):
    """Of one site, or of all when `site_id` is empty."""

    __tablename__ = "campaign"
    __title__ = ("number", "title")
    __searched__ = ("number", "title")

    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    site_id: Mapped[int | None] = ref("site")
    opened_on: Mapped[date] = day()
    closed_on: Mapped[date | None] = day()
    status: Mapped[CampaignStatus] = code(CampaignStatus, default=CampaignStatus.OPEN)
    held_by: Mapped[str | None]
    notes: Mapped[str | None]


class CampaignLine(Record, Base):
    """One asset expected, or one thing found that was not: then `asset_id` may be empty and `code_read` says what
    was read on it. The expected place is that of the opening; `room` is where it was found when it is another."""

    __tablename__ = "campaign_line"

    campaign_id: Mapped[int] = ref("campaign")
    asset_id: Mapped[int | None] = ref("asset")
    expected_site_id: Mapped[int | None] = ref("site")
    expected_room: Mapped[str | None]
    code_read: Mapped[str | None]
    result: Mapped[CampaignResult] = code(CampaignResult, default=CampaignResult.TO_FIND)
    room: Mapped[str | None]
    seen_at: Mapped[datetime | None] = utc()
    notes: Mapped[str | None]
