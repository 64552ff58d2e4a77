"""Meetings with a provider, their decisions and the actions followed from one to the next (domain.md C.12)."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record, code, day, ref, utc
from app.models.contract_codes import ActionState, MeetingKind, MeetingStatus


class Meeting(Record, Base):
    """`since` and `until` bound the period reviewed. `agenda`, `minutes` and `decisions` hold one point a line."""

    __tablename__ = "meeting"
    __title__ = ("number", "subject")
    __searched__ = ("number", "subject", "minutes", "decisions")

    number: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = ref("contract")
    kind: Mapped[MeetingKind] = code(MeetingKind, default=MeetingKind.REVIEW)
    status: Mapped[MeetingStatus] = code(MeetingStatus, default=MeetingStatus.PLANNED)
    subject: Mapped[str]
    starts_at: Mapped[datetime] = utc()
    place: Mapped[str | None]
    participants: Mapped[str | None]
    excused: Mapped[str | None]
    since: Mapped[date | None] = day()
    until: Mapped[date | None] = day()
    agenda: Mapped[str | None]
    minutes: Mapped[str | None]
    decisions: Mapped[str | None]
    next_on: Mapped[date | None] = day()


class MeetingAction(Record, Base):
    """Who does what by when. It stays with the contract until it is done or dropped."""

    __tablename__ = "meeting_action"
    __title__ = ("label",)
    __searched__ = ("label", "owner")

    meeting_id: Mapped[int] = ref("meeting")
    contract_id: Mapped[int] = ref("contract")
    label: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date] = day()
    state: Mapped[ActionState] = code(ActionState, default=ActionState.TO_DO)
    done_on: Mapped[date | None] = day()
    outcome: Mapped[str | None]
