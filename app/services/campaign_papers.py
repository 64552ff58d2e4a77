"""The papers of a physical inventory: what they are made of, gathered by a few statements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.fields import PARIS, fold, joined
from app.models import Asset, Campaign, CampaignLine, Family, Person, Site
from app.reports.campaign_data import CampaignHead, ExpectedLine, ExtraLine, GapReport, MovedLine, TickList
from app.reports.identity import Stamp
from app.services import campaigns
from app.services.campaigns import FOUND, MISSING, TO_FIND, UNEXPECTED
from app.services.company_card import company_card

EXPECTED = (TO_FIND, FOUND, MISSING)
EVERYWHERE = "tous les sites"
NO_SITE = "Sans site"
LIST_TITLE = "Liste des biens à pointer"
WORKING = "Feuille de travail\u00a0: ce qui y est coché est à reporter dans la campagne."


def gap_report(session: Session, campaign_id: int, stamp: Stamp) -> GapReport:
    """The gaps as they stand, in the order of the walk."""
    campaign = campaigns.found(session, campaign_id)
    rows = _rows(session, campaign_id)
    by_result = {result: [row for row in rows if row.result == result] for result in (*EXPECTED, UNEXPECTED)}
    return GapReport(
        company=company_card(session),
        stamp=stamp,
        campaign=_head(session, campaign),
        expected=sum(len(by_result[result]) for result in EXPECTED),
        found=len(by_result[FOUND]),
        missing=tuple(_expected(row) for row in by_result[MISSING]),
        to_find=tuple(_expected(row) for row in by_result[TO_FIND]),
        extra=tuple(_extra(row, campaign) for row in by_result[UNEXPECTED]),
        moved=tuple(_moved(row) for row in by_result[FOUND] if row.found_room),
    )


def tick_list(session: Session, campaign_id: int, stamp: Stamp) -> TickList:
    """What is still to find; the whole list when nothing is, or once the campaign is closed."""
    campaign = campaigns.found(session, campaign_id)
    rows = [row for row in _rows(session, campaign_id) if row.result != UNEXPECTED]
    left = [row for row in rows if row.result == TO_FIND]
    return TickList(
        company=company_card(session),
        stamp=replace(stamp, title=LIST_TITLE, working=WORKING),
        campaign=_head(session, campaign),
        lines=tuple(_expected(row) for row in left or rows),
    )


def _head(session: Session, campaign: Campaign) -> CampaignHead:
    site = session.get(Site, campaign.site_id) if campaign.site_id else None
    return CampaignHead(
        campaign.number, campaign.title, site.name if site else EVERYWHERE, campaign.opened_on, campaign.closed_on,
        campaign.held_by or "",
    )  # fmt: skip


def _rows(session: Session, campaign_id: int) -> Sequence[Any]:
    """The lines with what the register says of their assets, by expected site and room, then by number."""
    expected, own = aliased(Site), aliased(Site)
    statement = (
        select(
            CampaignLine.result, CampaignLine.code_read, CampaignLine.expected_room, CampaignLine.seen_at,
            CampaignLine.room.label("found_room"), CampaignLine.notes, expected.name.label("site"),
            Asset.number, Asset.name, Asset.brand, Asset.model, Asset.serial, Asset.service, Asset.seen_on,
            Asset.replacement_value, Asset.status, Asset.room, Asset.site_id,
            own.name.label("own_site"), Family.name.label("family"), Person.first_name, Person.last_name,
        )
        .outerjoin(Asset, Asset.id == CampaignLine.asset_id)
        .outerjoin(Family, Family.id == Asset.family_id)
        .outerjoin(Person, Person.id == Asset.person_id)
        .outerjoin(expected, expected.id == CampaignLine.expected_site_id)
        .outerjoin(own, own.id == Asset.site_id)
        .where(CampaignLine.campaign_id == campaign_id, CampaignLine.deleted_at.is_(None))
        .order_by(CampaignLine.id)
    )  # fmt: skip
    rows = session.execute(statement).all()
    return sorted(rows, key=_walk)


def _walk(row: Any) -> tuple[str, str, str]:
    """Site, room, number; what was not expected comes as it was met."""
    number = "" if row.result == UNEXPECTED else row.number or ""
    return fold(row.site or "~"), fold(row.expected_room or "~"), number


def _name(row: Any) -> str:
    return row.name or joined(row.brand, row.model) or row.family or ""


def _expected(row: Any) -> ExpectedLine:
    holder = joined(row.first_name, row.last_name) or row.service or ""
    return ExpectedLine(
        row.number or "", _name(row), row.serial, row.site or NO_SITE, row.expected_room or "", holder, row.seen_on,
        row.replacement_value, row.notes or "",
    )  # fmt: skip


def _moved(row: Any) -> MovedLine:
    corrected = fold(row.room or "") == fold(row.found_room)
    return MovedLine(
        row.number or "", _name(row), row.site or NO_SITE, row.expected_room or "", row.found_room, _day(row), corrected
    )


def _extra(row: Any, campaign: Campaign) -> ExtraLine:
    name = f"{row.number} {_name(row)}" if row.number else ""
    return ExtraLine(row.code_read or "", name, _why(row, campaign), row.found_room or "", _day(row), row.notes or "")


def _why(row: Any, campaign: Campaign) -> str:
    """What is known of a thing that was not expected."""
    if row.number is None:
        return ""
    return campaigns.why_unexpected(row.status, campaign.site_id, row.site_id, row.own_site)


def _day(row: Any) -> date | None:
    return row.seen_at.astimezone(PARIS).date() if row.seen_at else None
