"""A code read during a campaign: that of our label, or a number, a serial number, a name on the network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import column, func, literal, or_, select, table
from sqlalchemy.orm import Session

from app.entities import ENTITIES
from app.fields import clean_line, fold, moment
from app.models import Asset, Campaign, CampaignLine, Site
from app.rules import label_code
from app.services import campaign_places, campaigns, records
from app.services.campaigns import FOUND, UNEXPECTED
from app.storage.search import match_expression

ASSET = ENTITIES["asset"]
Outcome = Literal["found", "elsewhere", "again", "unexpected", "unknown", "several", "nothing"]
TONES: dict[Outcome, str] = {
    "found": "ok", "elsewhere": "warn", "again": "info", "unexpected": "warn", "unknown": "warn", "several": "bad",
    "nothing": "mute",
}  # fmt: skip
CODE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """What a code gave. `title` is the asset or the code, `sentence` what was noted of it; `line_id` None when
    nothing was. `misplaced`: its record says another place."""

    outcome: Outcome
    title: str
    sentence: str
    line_id: int | None = None
    asset_id: int | None = None
    misplaced: bool = False

    @property
    def tone(self) -> str:
        return TONES[self.outcome]

    @property
    def written(self) -> bool:
        """Whether something was noted, which can be undone."""
        return self.outcome in {"found", "elsewhere", "unexpected", "unknown"}


@dataclass(frozen=True, slots=True)
class _Read:
    code: str
    at: datetime
    room: str


def read(session: Session, campaign_id: int, typed: str, now: datetime, room: str = "") -> Reading:
    """Tick what the code names. `room` is where the reader stands, if that was said.

    An asset that was not expected, and a code that nothing bears, become lines of their own.
    """
    campaign = campaigns.under_way(session, campaign_id)
    told = _read(session, campaign, _Read(clean_line(typed)[:CODE_LENGTH], now, room))
    if told.outcome in {"elsewhere", "unexpected"} and told.line_id:
        return replace(told, misplaced=bool(campaign_places.misplaced(session, campaign_id, [told.line_id])))
    return told


def _read(session: Session, campaign: Campaign, one: _Read) -> Reading:
    matches = assets_named(session, one.code)
    if not one.code:
        return Reading("nothing", "", "Lisez une étiquette, ou tapez un numéro.")
    if not matches:
        return _unknown(session, campaign, one)
    line = _line_of(session, campaign.id, matches)
    if line is None and len(matches) > 1:
        told = ", ".join(asset.number for asset in matches[:3])
        return Reading("several", one.code, f"Plusieurs biens portent ce code ({told})\u00a0: lisez leur étiquette.")
    if line is None:
        return _unexpected(session, campaign, matches[0], one)
    return _expected(session, line, one)


def assets_named(session: Session, code: str) -> list[Asset]:
    """The assets that this code may name, outside the bin; those of the first reading that gives any."""
    for text in label_code.meanings(code):
        if found := _named(session, text):
            return found
    return []


def _named(session: Session, text: str) -> list[Asset]:
    """By number, else serial number, else name on the network; case and accents ignored.

    The full-text index gives few candidates, which are then compared whole.
    """
    expression = match_expression(text)
    if expression is None:
        return []
    index = table("asset_fts", column("rowid"), column("asset_fts"))
    hits = select(index.c.rowid).where(index.c.asset_fts.op("MATCH")(literal(expression)))
    borne = (Asset.number, Asset.serial, Asset.hostname)
    wanted = fold(text)
    same = or_(*(func.fold(name) == wanted for name in borne))
    rows = session.scalars(select(Asset).where(Asset.id.in_(hits), Asset.deleted_at.is_(None), same).order_by(Asset.id))
    candidates = rows.all()
    for name in ("number", "serial", "hostname"):
        if borne_by := [asset for asset in candidates if fold(getattr(asset, name) or "") == wanted]:
            return borne_by
    return []


def _line_of(session: Session, campaign_id: int, matches: Sequence[Asset]) -> CampaignLine | None:
    """The line of the one among these assets that the campaign knows; None when it knows none, or several."""
    wanted = [asset.id for asset in matches]
    lines = session.scalars(
        select(CampaignLine).where(
            CampaignLine.campaign_id == campaign_id,
            CampaignLine.asset_id.in_(wanted),
            CampaignLine.deleted_at.is_(None),
        )
    ).all()
    return lines[0] if len(lines) == 1 else None


def _expected(session: Session, line: CampaignLine, one: _Read) -> Reading:
    """A line that the campaign has: met for the first time, again, or again in another room."""
    title = records.title(session, ASSET, line.asset_id or 0)
    if line.seen_at is not None and not _moved(line, one.room):
        word = "Déjà trouvé" if line.result == FOUND else "Déjà noté comme non attendu"
        return Reading("again", title, f"{word} le {moment(line.seen_at)}.", line.id, line.asset_id)
    if line.result != UNEXPECTED:
        line.result = FOUND
    line.seen_at, line.room = one.at, campaign_places.another_room(line, one.room)
    session.flush()
    outcome, told = _met(line)
    return Reading(outcome, title, told, line.id, line.asset_id)


def _moved(line: CampaignLine, room: str) -> bool:
    """Whether it is now in another room than the one where it was met before."""
    return bool(room.strip()) and fold(clean_line(room)) != fold(line.room or line.expected_room or "")


def _met(line: CampaignLine) -> tuple[Outcome, str]:
    if line.result == UNEXPECTED:
        return "unexpected", f"Non attendu, vu dans «\u00a0{line.room}\u00a0»."
    if line.room is None:
        where = f" ({line.expected_room})" if line.expected_room else ""
        return "found", f"Trouvé à sa place{where}."
    before = f"attendu dans «\u00a0{line.expected_room}\u00a0»" if line.expected_room else "son local n’était pas noté"
    return "elsewhere", f"Trouvé dans «\u00a0{line.room}\u00a0»\u00a0: {before}."


def _unexpected(session: Session, campaign: Campaign, asset: Asset, one: _Read) -> Reading:
    site = session.get(Site, asset.site_id) if asset.site_id else None
    why = campaigns.why_unexpected(asset.status, campaign.site_id, asset.site_id, site.name if site else None)
    line_id = _noted(session, campaign, asset.id, one)
    return Reading(
        "unexpected", records.title(session, ASSET, asset.id), f"Non attendu\u00a0: {why}.", line_id, asset.id
    )


def _unknown(session: Session, campaign: Campaign, one: _Read) -> Reading:
    before = session.scalars(
        select(CampaignLine).where(
            CampaignLine.campaign_id == campaign.id, CampaignLine.deleted_at.is_(None), CampaignLine.asset_id.is_(None)
        )
    )
    for line in before:
        if fold(line.code_read or "") == fold(one.code):
            return Reading("again", one.code, f"Déjà noté comme inconnu le {moment(line.seen_at)}.", line.id)
    told = "Aucun bien ne porte ce code\u00a0: il est noté comme non attendu."
    return Reading("unknown", one.code, told, _noted(session, campaign, None, one))


def _noted(session: Session, campaign: Campaign, asset_id: int | None, one: _Read) -> int:
    line = CampaignLine(
        campaign_id=campaign.id, asset_id=asset_id, code_read=one.code, result=UNEXPECTED, seen_at=one.at
    )
    line.room = campaign_places.another_room(line, one.room)
    session.add(line)
    session.flush()
    return line.id


def start_of_asset(session: Session, line_id: int) -> dict[str, object]:
    """Values to begin the form of an asset that was found and is not known."""
    line = campaigns.line_of(session, line_id)
    campaign = campaigns.found(session, line.campaign_id)
    serial = None if label_code.is_label(line.code_read or "") else line.code_read
    return {"serial": serial, "site_id": campaign.site_id, "room": line.room}
