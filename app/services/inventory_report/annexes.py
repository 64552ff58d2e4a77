"""The annexes: gaps of the last campaign, photos of the assets, failures of the last twelve months."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.fields import PARIS, counted, formats, joined, plural
from app.models import Asset, Campaign, Document, Ticket
from app.models.codes import CampaignStatus, TicketStatus, Verdict
from app.reports import pictures
from app.reports.campaign_data import GapReport
from app.reports.identity import Stamp
from app.reports.inventory.facts import Gaps
from app.reports.inventory.lines import Failure, Gap, Photo
from app.rules.notice import add_months
from app.services import campaign_papers
from app.services.inventory_report.rows import AssetRow, Fleet, name_of
from app.storage import attachments

MONTHS = 12
PHOTOS = 36
"""Printed at most: those of the assets that are not rated A come first."""
PIXELS = 640
"""Longest side of a printed photo: 300 points an inch where it stands."""
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff")


# -- gaps -------------------------------------------------------------------------------------------------------


def gaps(session: Session, fleet: Fleet, site_ids: Sequence[int], stamp: Stamp) -> Gaps | None:
    """Of the last campaign closed by that day, on these sites or on all; None if there was none."""
    statement = select(Campaign.id).where(
        Campaign.status == CampaignStatus.CLOSED, Campaign.deleted_at.is_(None), Campaign.closed_on <= fleet.today
    )
    if site_ids:
        statement = statement.where(or_(Campaign.site_id.is_(None), Campaign.site_id.in_(site_ids)))
    last = session.scalar(statement.order_by(Campaign.closed_on.desc(), Campaign.id.desc()).limit(1))
    if last is None:
        return None
    found = campaign_papers.gap_report(session, last, stamp)
    return Gaps(_told(found), (*_missing(found), *_extra(found), *_moved(found)))


def _told(found: GapReport) -> str:
    own = found.campaign
    by = f", menée par {own.held_by}" if own.held_by else ""
    when = formats.days_words(own.opened_on, own.closed_on or own.opened_on)
    return (
        f"Campagne {own.number} «\u00a0{own.title}\u00a0», {own.site}, {when}{by}\u00a0: "
        f"{counted(found.found, 'bien')} {plural(found.found, 'trouvé')} sur {formats.number(found.expected)} attendus."
    )


def _missing(found: GapReport) -> Iterator[Gap]:
    for one in found.missing:
        place = joined(one.site, one.room, by=", ")
        yield Gap(f"Non trouvés · {len(found.missing)}", one.number, one.name, place, "", one.note)


def _extra(found: GapReport) -> Iterator[Gap]:
    for one in found.extra:
        note = joined(one.why, one.note, by=", ")
        yield Gap(
            f"Trouvés, non attendus · {len(found.extra)}", one.code or formats.MISSING, one.name, "", one.room, note
        )


def _moved(found: GapReport) -> Iterator[Gap]:
    for one in found.moved:
        note = "fiche corrigée depuis" if one.corrected else ""
        place = joined(one.site, one.expected, by=", ")
        yield Gap(f"Trouvés ailleurs qu’attendu · {len(found.moved)}", one.number, one.name, place, one.found, note)


# -- photos -----------------------------------------------------------------------------------------------------


def photos(session: Session, fleet: Fleet) -> tuple[tuple[Photo, ...], int]:
    """Those that are printed, and how many are not."""
    found = sorted(_images(session, fleet), key=lambda pair: (_sound(fleet, pair[0]), pair[0].number, pair[1].id))
    made: list[Photo] = []
    for row, document in found:
        if len(made) == PHOTOS:
            break
        picture = pictures.ready(attachments.get(session, document.sha256), PIXELS)
        if picture is not None:
            made.append(Photo(row.number, name_of(row), document.name, picture))
    return tuple(made), max(len(found) - PHOTOS, 0)


def _images(session: Session, fleet: Fleet) -> list[tuple[AssetRow, Any]]:
    rows = {row.id: row for row in fleet.rows}
    documents = session.execute(
        select(Document.id, Document.record_id, Document.name, Document.sha256).where(
            Document.entity == Asset.__tablename__, Document.deleted_at.is_(None)
        )
    )
    return [
        (rows[one.record_id], one)
        for one in documents
        if one.record_id in rows and PurePath(one.name).suffix.lower() in IMAGES
    ]


def _sound(fleet: Fleet, row: AssetRow) -> bool:
    judged = fleet.judged(row)
    return judged is None or judged.verdict == Verdict.A


# -- failures ---------------------------------------------------------------------------------------------------


def failures(session: Session, fleet: Fleet) -> tuple[Failure, ...]:
    """Those called in the twelve months before, by asset then by day."""
    since = datetime.combine(add_months(fleet.today, -MONTHS), time(), PARIS)
    rows = {row.id: row for row in fleet.rows}
    found = session.execute(
        select(Ticket.asset_id, Ticket.opened_at, Ticket.number, Ticket.subject, Ticket.priority, Ticket.net_minutes)
        .where(
            Ticket.is_failure.is_(True), Ticket.status != TicketStatus.CANCELLED, Ticket.deleted_at.is_(None),
            Ticket.opened_at >= since, Ticket.asset_id.is_not(None),
        )
        .order_by(Ticket.opened_at)
    )  # fmt: skip
    met = [(rows[one.asset_id], one) for one in found if one.asset_id in rows]
    met.sort(key=lambda pair: pair[0].number)
    return tuple(
        Failure(row.number, name_of(row), _day(one.opened_at), one.number, one.subject, one.priority.value,
                one.net_minutes)
        for row, one in met
    )  # fmt: skip


def _day(moment: datetime) -> date:
    return moment.astimezone(PARIS).date()
